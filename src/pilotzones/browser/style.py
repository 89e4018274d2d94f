"""Style sheets as they are sent: behind the colours of the palette, which they use."""

from pathlib import Path

from pilotzones.palette import css_properties

_STATIC_DIR = Path(__file__).parent / "static"


def style_sheet(name: str) -> str:
    """Return a style sheet of ``static``, with the custom properties ``--pz-…`` defined."""
    return css_properties() + (_STATIC_DIR / name).read_text(encoding="utf-8")
