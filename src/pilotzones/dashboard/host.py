"""What concerns Streamlit's own host page and server."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit import net_util

# Streamlit's scripts for components, for the frame of the map, and for HTML
_ELEMENTS = ("BidiComponent", "ComponentInstance", "Html")
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_THEME = {
    "text-color": "textColor",
    "background-color": "backgroundColor",
    "secondary-background-color": "secondaryBackgroundColor",
    "border-color": "borderColor",
    "primary-color": "primaryColor",
}


@cache
def start_page() -> str:
    """Read Streamlit's start page, the HTML of every page before its scripts run.

    It names the scripts that every app needs. Those that the pages of this one need besides are
    named in it as well: the browser would ask for them only when the server has drawn the page.
    They are fetched, not compiled, before the others have asked the server.
    """
    folder = Path(st.__file__).parent / "static"
    page = (folder / "index.html").read_text(encoding="utf-8")
    links = [
        f'<link rel="preload" as="script" crossorigin href="./static/js/{name}">'
        for name in _needed_scripts(folder / "static" / "js")
        if name not in page
    ]
    return page.replace("</head>", f"{''.join(links)}</head>", 1)


def _needed_scripts(folder: Path) -> list[str]:
    """Name the scripts of the elements of every page, and those that they import."""
    found = [path.name for name in _ELEMENTS for path in folder.glob(f"{name}.*.js")]
    for name in found:
        imported = _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
        # the list grows while it is read
        found.extend(one for one in imported if one not in found)
    return found


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
