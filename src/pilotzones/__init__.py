"""The atlas of China's cross-border e-commerce pilot zones.

The register knows which zones are active on any day. A View says which day and which zones; pages,
files, HTTP addresses and the command line all answer it in the same way.

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
    from pilotzones.atlas.places import Place
    from pilotzones.atlas.timeline import changes, state_on, stops
    from pilotzones.errors import (
        BoundaryError,
        InvalidValueError,
        PilotZonesError,
        TableError,
        UnknownPlaceError,
        UnknownZoneError,
    )
    from pilotzones.figure import FigureOptions, draw_figure
    from pilotzones.query.citations import cite
    from pilotzones.query.facts import days_with_active, facts_on
    from pilotzones.query.lookup import lookup, match_table
    from pilotzones.query.nearest import nearest_zones
    from pilotzones.query.panel import Panel, PanelOptions, treatment_panel
    from pilotzones.query.parsing import parse_view
    from pilotzones.query.points import place_points
    from pilotzones.query.policy import measures_in_force
    from pilotzones.query.view import View
    from pilotzones.query.weights import Weights, weights
    from pilotzones.query.zones import zones_geodataframe, zones_in_view
    from pilotzones.tables.stata import for_stata

__version__ = "1.1.0"

__all__ = [
    "Atlas",
    "BoundaryError",
    "FigureOptions",
    "InvalidValueError",
    "Panel",
    "PanelOptions",
    "PilotZonesError",
    "Place",
    "TableError",
    "UnknownPlaceError",
    "UnknownZoneError",
    "View",
    "Weights",
    "changes",
    "cite",
    "days_with_active",
    "draw_figure",
    "facts_on",
    "for_stata",
    "load_atlas",
    "lookup",
    "match_table",
    "measures_in_force",
    "nearest_zones",
    "parse_view",
    "place_points",
    "state_on",
    "stops",
    "treatment_panel",
    "weights",
    "zones_geodataframe",
    "zones_in_view",
]

# where each name lives; it is loaded when first used, so that help comes at once
_HOMES = {
    **dict.fromkeys(["Atlas", "load_atlas"], "atlas"),
    "Place": "atlas.places",
    **dict.fromkeys(
        [
            *("BoundaryError", "InvalidValueError", "PilotZonesError", "TableError"),
            *("UnknownPlaceError", "UnknownZoneError"),
        ],
        "errors",
    ),
    **dict.fromkeys(["FigureOptions", "draw_figure"], "figure"),
    **dict.fromkeys(["zones_geodataframe", "zones_in_view"], "query.zones"),
    **dict.fromkeys(["changes", "state_on", "stops"], "atlas.timeline"),
    **dict.fromkeys(["lookup", "match_table"], "query.lookup"),
    **dict.fromkeys(["Panel", "PanelOptions", "treatment_panel"], "query.panel"),
    "View": "query.view",
    "parse_view": "query.parsing",
    **dict.fromkeys(["Weights", "weights"], "query.weights"),
    "nearest_zones": "query.nearest",
    "place_points": "query.points",
    "measures_in_force": "query.policy",
    "cite": "query.citations",
    **dict.fromkeys(["days_with_active", "facts_on"], "query.facts"),
    "for_stata": "tables.stata",
}


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
