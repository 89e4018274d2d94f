"""Work that takes long: done one by one, for a bounded number of requests."""

import asyncio
import math
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from time import monotonic
from typing import Any
from weakref import WeakSet

from starlette.requests import Request
from starlette.responses import Response

from pilotzones.server.responses import refuse

# share of the latest answer in what is expected of the next
_LATEST = 0.3
# of the places: who asks for many answers at once leaves room for others
_SHARE_OF_A_CLIENT = 1 / 3

# those of this process
QUEUES: "WeakSet[Queue]" = WeakSet()


class Queue:
    """Requests whose answers are made one by one, in a thread apart from the pool of all routes.

    Parameters
    ----------
    things
        What is waited for, as the message to those turned away names it.
    most
        How many different answers may be waited for, a third of them by one client.
    """

    def __init__(self, things: str, most: int) -> None:
        self._things, self._most = things, most
        self._thread = ThreadPoolExecutor(1, things)
        # one for each request that waits; changed by the event loop alone
        self._waiting: list[tuple[str, str]] = []
        self._each = max(1, math.ceil(most * _SHARE_OF_A_CLIENT))
        self._seconds = 1.0
        self._closed = False
        QUEUES.add(self)

    async def answer(self, tag: str, make: Callable[[], Response], client: str) -> Response:
        """Make an answer when its turn comes; 503 if too many are waited for, or by this client.

        A second request for an answer with the same entity tag takes no further place.
        """
        if self._closed:
            return self._refuse_at_the_end()
        tags = {one for one, _ in self._waiting}
        own = {one for one, who in self._waiting if who == client}
        if tag not in tags and (len(tags) >= self._most or len(own) >= self._each):
            return self._refuse(len(tags), all_places=len(tags) >= self._most)
        self._waiting.append((tag, client))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._time, make)
        except asyncio.CancelledError:
            if self._closed:
                return self._refuse_at_the_end()
            raise
        finally:
            self._waiting.remove((tag, client))

    def close(self) -> None:
        """Refuse what still waits and all that comes; what is being made is finished."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _refuse(self, waiting: int, *, all_places: bool) -> Response:
        seconds = math.ceil(self._seconds * waiting)
        whose = "are waited for" if all_places else "are waited for from your address"
        message = f"too many {self._things} {whose}; ask again in {seconds} seconds"
        retry = {"Retry-After": str(seconds)}
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, headers=retry)

    def _refuse_at_the_end(self) -> Response:
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, "the server is being stopped")

    def _time(self, make: Callable[[], Response]) -> Response:
        begun = monotonic()
        try:
            return make()
        finally:
            self._seconds += _LATEST * (monotonic() - begun - self._seconds)


def client_of(request: Request) -> str:
    """Return the address of who asks; behind a proxy that is trusted, the one that it names."""
    return request.client.host if request.client else ""


@contextmanager
def closing_on_sigterm(queues: Iterable[Queue]) -> Iterator[None]:
    """Close queues as soon as the process is asked to end, before its connections are."""
    loop, before = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)

    def close(number: int, frame: Any) -> None:  # noqa: ANN401 - of the interpreter
        for queue in list(queues):
            # between two steps of the loop, which may be in the queue just now
            loop.call_soon_threadsafe(queue.close)
        if callable(before):
            before(number, frame)

    try:
        signal.signal(signal.SIGTERM, close)
    except ValueError:
        # not the main thread: whoever started this one ends it
        before = None
    yield
    if before is not None:
        signal.signal(signal.SIGTERM, before)
