"""A queue says truly how long it takes, and ends with the server."""

import asyncio
import signal
import time

import pytest
from starlette.responses import Response

from pilotzones.server.queue import Queue, closing_on_sigterm


def slowly(seconds):
    def make():
        time.sleep(seconds)
        return Response("made")

    return make


@pytest.mark.long
def test_the_time_to_wait_follows_what_answers_take():
    queue = Queue("answers", 2)

    async def crowd(seconds):
        tasks = [
            asyncio.create_task(queue.answer(str(n), slowly(seconds), str(n))) for n in range(3)
        ]
        *_, refused = await asyncio.gather(*tasks)
        assert refused.status_code == 503
        return int(refused.headers["retry-after"])

    waits = [asyncio.run(crowd(seconds)) for seconds in (0.01, 0.01, 0.01, 0.01, 1.6, 1.6)]
    # before any answer a second each is expected
    assert waits[0] == 2
    assert waits[4] == 1
    assert asyncio.run(crowd(0)) >= 2


def test_who_asks_for_much_leaves_room_for_others():
    queue = Queue("answers", 6)

    async def crowd():
        wanted = [("one", n) for n in range(5)] + [("other", 9), ("one", 0)]
        tasks = [
            asyncio.create_task(queue.answer(str(n), slowly(0.01), client)) for client, n in wanted
        ]
        return await asyncio.gather(*tasks)

    answers = asyncio.run(crowd())
    # a third of the places; what is waited for already takes none
    assert [one.status_code for one in answers] == [200, 200, 503, 503, 503, 200, 200]
    assert b"from your address" in answers[2].body
    assert int(answers[2].headers["retry-after"]) >= 1


def test_what_waits_when_the_server_ends_is_refused_and_what_is_made_is_finished():
    queue, made = Queue("answers", 9), []

    def make():
        made.append(1)
        return slowly(0.2)()

    async def crowd():
        with closing_on_sigterm([queue]):
            tasks = [asyncio.create_task(queue.answer(str(n), make, str(n))) for n in range(4)]
            await asyncio.sleep(0.1)
            signal.raise_signal(signal.SIGTERM)
            answers = await asyncio.gather(*tasks)
            return [*answers, await queue.answer("late", make, "")]

    ended = []
    before = signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
    try:
        statuses = [answer.status_code for answer in asyncio.run(crowd())]
        assert statuses == [200, 503, 503, 503, 503]
        assert len(made) == len(ended) == 1
        signal.raise_signal(signal.SIGTERM)
        assert len(ended) == 2
    finally:
        signal.signal(signal.SIGTERM, before)
