"""Style sheets as they are sent: behind the colours of the palette and the sizes of the page."""

from pathlib import Path

from pilotzones.palette import css_properties

# of the map and of what lies beside it, in pixels; in a style sheet --pz-map-height
MAP_HEIGHT = 600

_STATIC_DIR = Path(__file__).parent / "static"


def style_sheet(name: str) -> str:
    """Return a style sheet of ``static`` with the custom properties that it uses."""
    sizes = f":root{{--pz-map-height:{MAP_HEIGHT}px;}}\n"
    return css_properties() + sizes + (_STATIC_DIR / name).read_text(encoding="utf-8")
