"""The face of the page's text, for the frame of the map, which has a document of its own."""

from importlib.util import find_spec
from pathlib import Path

FAMILY = "Source Sans"
# streamlit serves its own files below its root, and so two steps up from a style sheet of ours
_SERVED = "../../static/media"
_FILE = "SourceSansVF-Upright*.woff2"


def font_face() -> str:
    """Write a style sheet with the face that Streamlit's pages load; a remark where it has none.

    The name of the file contains a hash that changes with every version of Streamlit.
    """
    found = find_spec("streamlit")
    media = Path(found.origin).parent / "static/static/media" if found and found.origin else None
    file = next(iter(sorted(media.glob(_FILE))), None) if media else None
    if file is None:
        return "/* the face of the page was not found */\n"
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:200 900;font-display:swap;'
        f'src:url("{_SERVED}/{file.name}") format("woff2")}}\n'
    )
