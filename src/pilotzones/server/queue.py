"""Work that takes long: done one by one, for a bounded number of requests."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from starlette.responses import Response

from pilotzones.server.responses import refuse

RETRY_AFTER_SECONDS = 10


class Queue:
    """Requests whose answers are made one by one, in a thread apart from the pool of all routes.

    Parameters
    ----------
    things
        What is waited for, as the message to those turned away names it.
    most
        How many different answers may be waited for.
    """

    def __init__(self, things: str, most: int) -> None:
        self._things, self._most = things, most
        self._thread = ThreadPoolExecutor(1, things)
        # one for each request that waits; changed by the event loop alone
        self._waiting: list[str] = []

    async def answer(self, tag: str, make: Callable[[], Response]) -> Response:
        """Make an answer when its turn comes; 503 if too many are waited for.

        A second request for an answer with the same entity tag takes no further place.
        """
        if tag not in self._waiting and len(set(self._waiting)) >= self._most:
            wait = f"ask again in {RETRY_AFTER_SECONDS} seconds"
            message = f"too many {self._things} are waited for; {wait}"
            retry = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, headers=retry)
        self._waiting.append(tag)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, make)
        finally:
            self._waiting.remove(tag)
