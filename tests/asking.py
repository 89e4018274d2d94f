"""Ask an application over HTTP without a network."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx


def ask_app(app, path, *, method="GET", headers=None, raising=True) -> httpx.Response:
    """Send one request to an ASGI application and wait for the answer."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=raising)

    async def send():
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.request(method, path, headers=headers)

    # in a thread of its own: the one of the tests may have the loop of the browser running
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, send()).result()
