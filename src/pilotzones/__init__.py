"""The atlas of China's cross-border e-commerce pilot zones.

Facts (``geodata/``) become a register that knows any day; one View asks it, and every face (pages,
files, routes, command line) gives the same answer.

Examples
--------
>>> from datetime import date
>>> from pilotzones import load_atlas, state_on
>>> atlas = load_atlas()
>>> state = state_on(atlas.register, date(2025, 4, 25))
>>> int((state["status"] == "active").sum())
178
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pilotzones.atlas import Atlas, load_atlas
    from pilotzones.atlas.timeline import changes, state_on, stops
    from pilotzones.errors import (
        BoundaryError,
        InvalidValueError,
        PilotZonesError,
        TableError,
        UnknownZoneError,
    )
    from pilotzones.figure import FigureOptions, draw_figure
    from pilotzones.query.view import View, parse_view
    from pilotzones.query.zones import zones_geodataframe, zones_in_view

__version__ = "1.0.0"

__all__ = [
    "Atlas",
    "BoundaryError",
    "FigureOptions",
    "InvalidValueError",
    "PilotZonesError",
    "TableError",
    "UnknownZoneError",
    "View",
    "changes",
    "draw_figure",
    "load_atlas",
    "parse_view",
    "state_on",
    "stops",
    "zones_geodataframe",
    "zones_in_view",
]

# where each name lives: what is not asked for is not loaded, so that help comes at once
_HOMES = {
    **dict.fromkeys(["Atlas", "load_atlas"], "atlas"),
    **dict.fromkeys(
        ["BoundaryError", "InvalidValueError", "PilotZonesError", "TableError", "UnknownZoneError"],
        "errors",
    ),
    **dict.fromkeys(["FigureOptions", "draw_figure"], "figure"),
    **dict.fromkeys(["zones_geodataframe", "zones_in_view"], "query.zones"),
    **dict.fromkeys(["changes", "state_on", "stops"], "atlas.timeline"),
    **dict.fromkeys(["View", "parse_view"], "query.view"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
