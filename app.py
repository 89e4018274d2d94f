"""The server: the Streamlit pages and the routes beside them. Start: ``streamlit run app.py``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pilotzones.dashboard.host import forbid_outside_lookups, inline_script_hashes
from pilotzones.pictures import warm_up_later
from pilotzones.server import Compression, SecurityHeaders, routes

forbid_outside_lookups()
base_path = st.get_option("server.baseUrlPath") or ""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare what the first figure needs while nobody waits for it."""
    timer = warm_up_later()
    yield
    timer.cancel()


app = st.App(
    Path(__file__).parent / "pages" / "index.py",
    lifespan=lifespan,
    routes=routes(base_path),
    middleware=[
        Middleware(SecurityHeaders, base_path=base_path, script_hashes=inline_script_hashes()),
        Middleware(Compression),
    ],
)
