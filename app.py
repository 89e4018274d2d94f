"""The server: the Streamlit pages and the routes beside them. Start: ``streamlit run app.py``."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pilotzones.dashboard.host import (
    forbid_outside_lookups,
    script_hashes,
    start_page,
    theme_properties,
)
from pilotzones.errors import PilotZonesError
from pilotzones.figure.temporary import remove_font_folder
from pilotzones.server.figures import warm_up_later
from pilotzones.server.guard import GuardedFrames
from pilotzones.server.memory import share_one_heap
from pilotzones.server.middleware import (
    Compression,
    JoinedComponents,
    NoUploads,
    SecurityHeaders,
    UnknownPages,
    frame_ancestors,
)
from pilotzones.server.queue import QUEUES, closing_on_sigterm
from pilotzones.server.routes import prepare_pages, routes
from pilotzones.server.start_page import StartPage, still_script

share_one_heap()
forbid_outside_lookups()
base_path = st.get_option("server.baseUrlPath") or ""
try:
    ancestors = frame_ancestors()
except PilotZonesError as error:
    sys.exit(f"Error: {error}")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Load the data before the first visitors come; prepare the first figure while no one waits."""
    prepare_pages()
    timer = warm_up_later()
    with closing_on_sigterm(QUEUES):
        yield
    timer.cancel()
    remove_font_folder()


app = st.App(
    Path(__file__).parent / "pages" / "index.py",
    lifespan=lifespan,
    routes=routes(base_path, StartPage(start_page(), theme_properties())),
    middleware=[
        Middleware(
            SecurityHeaders,
            base_path=base_path,
            script_hashes=script_hashes(still_script()),
            ancestors=ancestors,
        ),
        Middleware(UnknownPages, base_path=base_path),
        Middleware(GuardedFrames, base_path=base_path),
        Middleware(JoinedComponents, base_path=base_path),
        Middleware(NoUploads, base_path=base_path),
        Middleware(Compression),
    ],
)
