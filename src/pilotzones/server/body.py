"""The body of a request, read into memory up to a limit and for a limited time."""

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pilotzones.server.responses import MOST_SECONDS, refuse
from pilotzones.tables.upload import MAX_BYTES


async def read_body(request: Request) -> bytes | Response:
    """Read the body of a request, or refuse one that is too large or too slow."""
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        message = "the body is a form; send the file alone, with curl by --data-binary @FILE"
        return refuse(HTTPStatus.BAD_REQUEST, message)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and (len(declared) > len(str(MAX_BYTES)) or int(declared) > MAX_BYTES):
        return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(MOST_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BYTES:
                    return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        return refuse(HTTPStatus.REQUEST_TIMEOUT)
    except ClientDisconnect:
        return refuse(HTTPStatus.BAD_REQUEST, "the table did not come whole")
    return bytes(body)
