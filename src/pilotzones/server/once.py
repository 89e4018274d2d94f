"""Answers that are kept; equal ones that are asked for at the same time are made once."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

P = ParamSpec("P")
R = TypeVar("R")


def made_once(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the latest results; `functools.lru_cache` alone would make equal ones side by side."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=most)(function)
        guard = Lock()
        # a lock lives as long as someone waits for it
        locks: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, *sorted(kwargs.items()))
            with guard:
                lock = locks.get(key)
                if lock is None:
                    lock = locks[key] = Lock()
            with lock:
                return kept(*args, **kwargs)  # type: ignore[arg-type]

        return call

    return wrap
