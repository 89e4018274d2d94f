"""What concerns Streamlit's own host page and server."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from streamlit import net_util

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_script_hashes() -> tuple[str, ...]:
    """Hash the inline scripts of Streamlit's start page as ``'sha256-…'``, for the CSP header."""
    page = Path(st.__file__).parent / "static" / "index.html"
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    digests = [hashlib.sha256(script.encode("utf-8")).digest() for script in scripts]
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def base_url() -> str:
    """Return the path under which the app is served, with a slash at both ends."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/" if base else "/"


def forbid_outside_lookups() -> None:
    """Keep Streamlit from asking an outside service for the address of this machine."""
    # it does so when a foreign origin connects; those allowed are in server.corsAllowedOrigins
    net_util.get_external_ip = lambda: None
