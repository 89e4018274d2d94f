"""Answers that are kept; equal ones that are asked for at the same time are made once."""

from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper
from threading import Lock
from typing import Generic, ParamSpec, TypeVar
from weakref import WeakValueDictionary

P = ParamSpec("P")
R = TypeVar("R")


class MadeOnce(Generic[P, R]):
    """A function whose latest results are kept; who asks for one in the making waits for it."""

    def __init__(self, function: Callable[P, R], most: int) -> None:
        self._kept = lru_cache(maxsize=most)(function)
        self.cache_clear = self._kept.cache_clear
        self._guard = Lock()
        # a lock lives as long as someone waits for it
        self._locks: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()
        update_wrapper(self, function)

    @property
    def under_way(self) -> bool:
        """Whether a result is in the making."""
        with self._guard:
            return any(lock.locked() for lock in self._locks.values())

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the result, kept or made now."""
        key = (args, *sorted(kwargs.items()))
        with self._guard:
            lock = self._locks.get(key)
            if lock is None:
                lock = self._locks[key] = Lock()
        with lock:
            return self._kept(*args, **kwargs)  # type: ignore[arg-type]


def made_once(most: int) -> Callable[[Callable[P, R]], MadeOnce[P, R]]:
    """Keep the latest results; `functools.lru_cache` alone would make equal ones side by side."""
    return lambda function: MadeOnce(function, most)
