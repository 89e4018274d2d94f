"""What a stranger with a session sends is bounded before it lies in memory."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from serving import serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

MUCH = 60_000_000


@pytest.fixture(scope="module", params=["", "below"])
def address(request):
    with serve(base_path=request.param) as address:
        yield address


def run(work):
    """Run a coroutine in a thread of its own: another may have the loop of a browser running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def open_socket(address):
    return connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
    )


@asynccontextmanager
async def session(address):
    """Open the atlas as a page does; give the name of the session when the page has its answer."""
    async with open_socket(address) as socket:
        question = BackMsg()
        question.rerun_script.query_string = "on=2025-04-25"
        await socket.send(question.SerializeToString())
        name = None
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 60))
            if message.HasField("new_session"):
                name = message.new_session.initialize.session_id
            if message.HasField("script_finished"):
                break
        yield name


def highest_memory(address):
    """Tell how many bytes the server has ever had in memory; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    asked = f"--server.port\0{urlsplit(address).port}\0"
    (process,) = [
        file.parent
        for file in Path("/proc").glob("[0-9]*/cmdline")
        if asked in file.read_text(errors="replace")
    ]
    (line,) = [
        line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM:")
    ]
    return int(line.split()[1]) * 1024


async def in_parts(body):
    for start in range(0, len(body), 1 << 16):
        yield body[start : start + (1 << 16)]


@pytest.mark.variants(1)
def test_no_file_is_taken(address):
    async def send():
        statuses = []
        async with session(address) as name, httpx.AsyncClient(timeout=60) as client:
            await client.get(f"{address}/_stcore/health")
            token = client.cookies["_streamlit_xsrf"]
            before = highest_memory(address)
            for number, content in enumerate([b"", b"x", b"x" * MUCH, b"x" * MUCH]):
                url = f"{address}/_stcore/upload_file/{name}/{number}"
                whole = client.build_request(
                    "PUT", url, files={"file": ("a.csv", content)}, headers={"X-Xsrftoken": token}
                )
                body = whole.read()
                headers = {key: whole.headers[key] for key in ("content-type", "x-xsrftoken")}
                # its length told beforehand, and not
                for sent in (body, in_parts(body)):
                    try:
                        answer = await client.put(url, content=sent, headers=headers)
                    except httpx.WriteError:
                        # who goes on sending after the refusal is cut off
                        continue
                    statuses.append(answer.status_code)
        return statuses, highest_memory(address) - before

    statuses, grown = run(send())
    assert len(statuses) >= 4
    assert set(statuses) == {413}
    assert grown < MUCH / 2


@pytest.mark.variants(1)
def test_a_frame_that_unpacks_to_much_is_refused_and_the_server_goes_on(address):
    async def send():
        async with session(address), open_socket(address) as socket:
            before = highest_memory(address)
            await socket.send(bytes(MUCH))
            await asyncio.wait_for(socket.wait_closed(), 30)
            code = socket.close_code
        async with session(address) as name:
            assert name
        return code, highest_memory(address) - before

    code, grown = run(send())
    assert code == 1009
    assert grown < MUCH / 2
