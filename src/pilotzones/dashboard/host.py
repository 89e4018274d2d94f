"""What concerns Streamlit's own host page and server."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from streamlit import net_util

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_THEME = {
    "text-color": "textColor",
    "background-color": "backgroundColor",
    "secondary-background-color": "secondaryBackgroundColor",
    "border-color": "borderColor",
    "primary-color": "primaryColor",
}


def start_page() -> str:
    """Read Streamlit's start page, the HTML of every page before its scripts run."""
    return (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def theme_properties() -> str:
    """Write the theme of ``.streamlit/config.toml`` as Streamlit does for the components.

    Before the page lives nothing else has its colours and its face. Behind the face stands one
    that is as wide, which ``still.css`` makes of a face of the reader's machine.
    """
    colours = [
        f"--st-{name}:light-dark({_colour('light', option)},{_colour('dark', option)});"
        for name, option in _THEME.items()
    ]
    first, _, others = str(st.get_option("theme.font")).partition(",")
    return f"--st-font:{first},'Still Sans',{others};{''.join(colours)}"


def _colour(theme: str, option: str) -> str:
    return str(st.get_option(f"theme.{theme}.{option}"))


def script_hashes(*scripts: str) -> tuple[str, ...]:
    """Hash Streamlit's inline scripts and others as ``'sha256-…'``, for the CSP header."""
    digests = [
        hashlib.sha256(script.encode()).digest()
        for script in (*_INLINE_SCRIPT.findall(start_page()), *scripts)
    ]
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def base_url() -> str:
    """Return the path under which the app is served, with a slash at both ends."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/" if base else "/"


def forbid_outside_lookups() -> None:
    """Keep Streamlit from asking an outside service for the address of this machine."""
    # it does so when a foreign origin connects; those allowed are in server.corsAllowedOrigins
    net_util.get_external_ip = lambda: None
