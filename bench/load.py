"""Many visitors at once, each a WebSocket session that moves the slider.

One process first, then two behind nginx, with ``docs/nginx.conf``, below ``/atlas``.
"""

import asyncio
import itertools
import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil
from machine import REPOSITORY, free_port, percentile, print_table, serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from pilotzones import load_atlas

VISITORS = (1, 10, 50, 100)
STEPS = 8
# a reader looks at a day before going on
PAUSE_SECONDS = (3.0, 7.0)
# how Streamlit names what a component of a page sends
TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{}__events"
DAYS = [stop.on.isoformat() for stop in load_atlas().stops]


@dataclass
class Seen:
    """What all visitors saw."""

    steps: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """One session, and what its page would know."""

    connection: ClientConnection
    page: str = ""
    timeline: str = ""
    sent: str = ""
    known: set[str] = field(default_factory=set)

    async def ask(self, question: BackMsg) -> None:
        """Ask and read the answer to its end."""
        question.rerun_script.query_string = f"on={DAYS[0]}"
        question.rerun_script.page_script_hash = self.page
        question.rerun_script.cached_message_hashes.extend(self.known)
        await self.connection.send(question.SerializeToString())
        while True:
            answer = await asyncio.wait_for(self.connection.recv(), timeout=60)
            message = ForwardMsg.FromString(answer)
            if message.hash:
                self.known.add(message.hash)
            if message.HasField("navigation"):
                self.page = message.navigation.page_script_hash
            element = message.delta.new_element
            if element.bidi_component.component_name == "pilotzones.timeline":
                self.timeline = element.bidi_component.id
                self.sent = element.bidi_component.json or element.bidi_component.mixed.json
            if element.HasField("exception"):
                raise RuntimeError(element.exception.message)
            if message.WhichOneof("type") == "script_finished":
                return

    async def step(self, number: int, day: str) -> None:
        """Move the slider to a day."""
        question = BackMsg()
        state = question.rerun_script.widget_states.widgets.add()
        state.id = TRIGGER.format(self.timeline)
        moved = {"event": "day", "value": {"day": day, "number": number}}
        state.json_trigger_value = json.dumps([moved])
        await self.ask(question)
        if json.loads(self.sent)["on"] != day:
            message = f"asked for {day} and got {self.sent[:80]}"
            raise RuntimeError(message)


async def visit(address: str, number: int, seen: Seen) -> None:
    """Open the atlas and move the slider, with time to look."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS[1]))
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    cookie = {"Cookie": f"pilotzones_visitor={number}"}
    try:
        async with connect(
            url, subprotocols=["streamlit"], additional_headers=cookie, max_size=None
        ) as connection:
            visitor = Visitor(connection)
            await visitor.ask(BackMsg())
            way = itertools.islice(itertools.cycle(DAYS[1:] + DAYS[-2::-1]), STEPS)
            for step, day in enumerate(way, start=1):
                await asyncio.sleep(chance.uniform(*PAUSE_SECONDS))
                start = time.perf_counter()
                await visitor.step(step, day)
                seen.steps.append((time.perf_counter() - start) * 1000)
    except (OSError, TimeoutError, RuntimeError) as error:
        seen.errors.append(f"visitor {number}: {error!r}")


async def crowd(address: str, visitors: int, servers: list[psutil.Process]) -> tuple[Seen, float]:
    """Let visitors come together; return what they saw and how many MB the servers grew to."""
    seen = Seen()
    most = 0.0
    visits = asyncio.gather(*(visit(address, number, seen) for number in range(visitors)))
    while not visits.done():
        most = max(most, sum(server.memory_info().rss for server in servers) / 1e6)
        await asyncio.sleep(0.5)
    await visits
    return seen, most


def line(address: str, visitors: int, servers: list[psutil.Process]) -> list[str]:
    """Measure one crowd and write its line of the table."""
    before = sum(server.memory_info().rss for server in servers) / 1e6
    busy = sum(sum(server.cpu_times()[:2]) for server in servers)
    start = time.perf_counter()
    seen, most = asyncio.run(crowd(address, visitors, servers))
    busy = sum(sum(server.cpu_times()[:2]) for server in servers) - busy
    for error in seen.errors[:5]:
        print(error)
    return [
        str(len(servers)),
        str(visitors),
        f"{len(seen.steps) / (time.perf_counter() - start):.1f}",
        f"{percentile(seen.steps, 50):.0f}",
        f"{percentile(seen.steps, 95):.0f}",
        str(len(seen.errors)),
        f"{(most - before) / visitors:.1f}",
        f"{100 * busy / (time.perf_counter() - start):.0f}",
    ]


@contextmanager
def behind_nginx(addresses: list[str]) -> Iterator[str]:
    """Start nginx with the configuration of the documents; yield the address below it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        message = "nginx is not installed; install it to measure several processes behind it"
        raise SystemExit(message)
    port = free_port()
    own = (REPOSITORY / "docs" / "nginx.conf").read_text(encoding="utf-8")
    own = own.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    own = own.replace("server_name atlas.example.org", "server_name 127.0.0.1")
    for example, address in zip(("127.0.0.1:8501", "127.0.0.1:8502"), addresses, strict=True):
        own = own.replace(example, urlsplit(address).netloc)
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ access_log off;\n{own}\n}}\n",
            encoding="utf-8",
        )
        command = [nginx, "-p", folder, "-c", str(configuration), "-g", "daemon off;"]
        with subprocess.Popen(command) as process:
            time.sleep(1)
            try:
                yield f"http://127.0.0.1:{port}/atlas"
            finally:
                process.terminate()


def main() -> None:
    """Measure one process, then two behind nginx, and print the table."""
    rows = []
    with serve() as address:
        asyncio.run(crowd(address, 2, []))  # the first visitors pay for what is then kept
        servers = psutil.Process().children()
        rows += [line(address, visitors, servers) for visitors in VISITORS]
    with ExitStack() as stack:
        addresses = [stack.enter_context(serve(base_path="atlas")) for _ in range(2)]
        servers = psutil.Process().children()
        address = stack.enter_context(behind_nginx(addresses))
        with urlopen(f"{address}/healthz") as healthy:
            print(f"through nginx: {healthy.status} {healthy.headers['Set-Cookie']}")
        asyncio.run(crowd(address, 8, []))
        rows += [line(address, visitors, servers) for visitors in VISITORS[-2:]]
    heads = ["processes", "visitors", "steps a second", "p50 ms", "p95 ms", "errors"]
    heads += ["MB more a visitor", "CPU %"]
    low, high = PAUSE_SECONDS
    print_table(f"Visitors at once, a step every {low:.0f} to {high:.0f} s each", heads, rows)


if __name__ == "__main__":
    main()
