"""What the comparison apps share: Leaflet from this machine, the days, the zones of a day."""

import json
from functools import cache
from pathlib import Path
from typing import ClassVar

import folium
from starlette.responses import FileResponse
from starlette.routing import Route
from xstatic.pkg import leaflet

from pilotzones import load_atlas
from pilotzones.atlas.timeline import ACTIVE, state_on

LEAFLET = Path(leaflet.BASE_DIR)
ROUTES = [
    Route("/leaflet.js", lambda _: FileResponse(LEAFLET / "leaflet.js")),
    Route("/leaflet.css", lambda _: FileResponse(LEAFLET / "leaflet.css")),
]


class OfflineMap(folium.Map):
    """A plain folium map whose scripts come from this machine instead of from CDNs."""

    default_js: ClassVar = [("leaflet", "/leaflet.js")]
    default_css: ClassVar = [("leaflet", "/leaflet.css")]


@cache
def atlas():
    """Load the facts once."""
    return load_atlas()


def days() -> list[str]:
    """List the days of the stops."""
    return [stop.on.isoformat() for stop in atlas().stops]


@cache
def _features() -> dict[str, dict]:
    path = atlas().boundaries.path("zones_overview.geojson")
    return {
        feature["id"]: feature
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    }


def zones_on(day: str) -> folium.GeoJson:
    """Draw the polygons of the zones active on a day."""
    status = state_on(
        atlas().register, next(s.on for s in atlas().stops if s.on.isoformat() == day)
    )
    active = status.index[status["status"] == ACTIVE]
    features = [_features()[zone] for zone in active]
    return folium.GeoJson({"type": "FeatureCollection", "features": features})
