"""Files that the browser fetches once: Leaflet, the map's own code, the boundaries.

The address of each contains a hash of its content, so a browser may keep it for ever.
"""

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from xstatic.pkg import leaflet

from pilotzones.atlas import Atlas, current_atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.browser.coarse import coarse_layers, plane_paths
from pilotzones.browser.fonts import font_face
from pilotzones.browser.modules import join_modules
from pilotzones.browser.names import map_names
from pilotzones.browser.paths import DRAWN_LINES
from pilotzones.browser.search_index import search_index
from pilotzones.browser.stories import stories
from pilotzones.browser.style import style_sheet
from pilotzones.browser.words import browser_words
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.once import made_once
from pilotzones.query.ground import border_lines

STATIC_DIR = Path(__file__).parent / "static"
STATIC_FILES = ("map.js", "map.css")
COMPONENT_FILES = ("timeline.js", "panel.js", "table.js", "intake.js")
_LEAFLET = Path(leaflet.BASE_DIR)
LAYERS = ("zones", "nation", "province_lines", "neighbours")
_BORDER_DEGREES = 0.001
# decimals finer than a screen shows: without them a point moves by at most 0.7 pixels at full zoom
_TOO_FINE = re.compile(rb"(?<=\.\d{3})\d+")


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its name, e.g. ``"overview.json"``, and its content."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of the content."""
        return hashlib.sha256(self.body).hexdigest()[:12]

    @cached_property
    def compressed(self) -> bytes:
        """The content gzipped; the same bytes each time."""
        return gzip.compress(self.body, mtime=0)

    @property
    def path(self) -> str:
        """Address below the root of the app, without a leading slash."""
        return f"assets/{self.digest}/{self.name}"

    @property
    def media_type(self) -> str:
        """Media type by the ending of the name."""
        guessed, _ = mimetypes.guess_type(self.name)
        return guessed or "application/octet-stream"


@made_once(1)
def current_assets() -> dict[str, Asset]:
    """Collect the files of the map once for the whole process, by name."""
    return collect_assets(current_atlas())


def assets_of(atlas: Atlas) -> dict[str, Asset]:
    """Return the files of the map for an atlas, the present one or an earlier version."""
    return _earlier_assets(atlas) if atlas.current else current_assets()


@lru_cache(maxsize=4)
def _earlier_assets(atlas: Atlas) -> dict[str, Asset]:
    present = current_assets()
    assets = collect_assets(atlas)
    # what did not change is kept in memory once
    return {
        name: present[name] if present[name].body == asset.body else asset
        for name, asset in assets.items()
    }


def collect_assets(atlas: Atlas) -> dict[str, Asset]:
    """Collect every file that a page fetches, by name.

    ``map.js`` and ``map.css`` (the code and style of the map behind those of Leaflet, for one file
    comes sooner than two), ``overview.json`` and ``detail.json`` (the layers of one
    level of detail), ``coarse.json`` (`coarse_layers`), ``provinces.json`` (polygons and a point
    inside), ``prefectures.json`` (polygons of the prefecture level), ``borders.json`` (the border
    with each land neighbour, by ISO 3166-1 alpha-3), ``zones.json`` (`zone_labels`), ``names.json``
    (`map_names`), ``search.json`` (`search_index`), ``words-<language>.json`` (`browser_words`),
    ``stories-<language>.json`` (`stories`).
    Coordinates are WGS 84 in degrees. ``font.css`` names the face of the page's text, where this
    installation has it.
    """
    script, style = STATIC_FILES
    assets = [
        _behind_leaflet("leaflet.js", Asset(script, _map_script(script).encode())),
        _behind_leaflet("leaflet.css", Asset(style, style_sheet(style).encode())),
        Asset("font.css", font_face().encode()),
    ]
    assets += [
        Asset(name, join_modules(STATIC_DIR, name, exports=True).encode())
        for name in COMPONENT_FILES
    ]
    lines = _json("lines.json", _lines(atlas)).body
    bundles = {level: _bundle(atlas, level, lines) for level in LEVELS}
    assets += [Asset(f"{level}.json", body) for level, body in bundles.items()]
    coarse = coarse_layers(json.loads(bundles["overview"]))
    assets.append(_json("coarse.json", plane_paths(coarse)))
    assets.append(_json("zones.json", zone_labels(atlas)))
    assets.append(_json("names.json", map_names(atlas)))
    assets.append(Asset("provinces.json", _provinces(atlas)))
    assets.append(Asset("prefectures.json", _prefectures(atlas)))
    assets.append(_json("borders.json", _borders(atlas)))
    assets.append(_json("search.json", search_index(atlas)))
    for language in map(Language, LANGUAGES):
        assets.append(_json(f"words-{language.code}.json", browser_words(atlas, language)))
        assets.append(_json(f"stories-{language.code}.json", stories(atlas, language)))
    return {asset.name: asset for asset in assets}


def _behind_leaflet(name: str, asset: Asset) -> Asset:
    return Asset(asset.name, (_LEAFLET / name).read_bytes() + b"\n" + asset.body)


def _map_script(name: str) -> str:
    # loaded as a classic script, which has neither strict mode nor a scope of its own
    return f'(() => {{\n"use strict";\n{join_modules(STATIC_DIR, name)}\n}})();\n'


def _bundle(atlas: Atlas, level: str, lines: bytes) -> bytes:
    files = {layer: atlas.boundaries.path(f"{layer}_{level}.geojson") for layer in LAYERS}
    texts = {layer: path.read_bytes().strip() for layer, path in files.items()} | {"lines": lines}
    members = [f'"{layer}":'.encode() + text for layer, text in texts.items()]
    return _TOO_FINE.sub(b"", b"{" + b",".join(members) + b"}")


def _lines(atlas: Atlas) -> dict[str, Any]:
    """Join the lines of each kind, for the map has one path for them."""
    drawn: dict[str, list[Any]] = {}
    collection: dict[str, Any] = json.loads(atlas.boundaries.path("lines.geojson").read_bytes())
    for one in collection["features"]:
        drawn.setdefault(one["properties"]["kind"], []).append(one["geometry"]["coordinates"])
    features = [
        _feature({"kind": kind}, {"type": "MultiLineString", "coordinates": lines})
        for kind, lines in drawn.items()
        if kind in DRAWN_LINES
    ]
    return collection | {"features": features}


def _feature(properties: dict[str, str], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _provinces(atlas: Atlas) -> bytes:
    layer = atlas.boundaries.layer("provinces_overview").set_index("adcode")
    layer = layer[layer.index.isin(atlas.register.provinces.index)]
    # where a number can stand: inside the main part, away from its edge
    main = layer.geometry.map(lambda shape: max(shapely.get_parts(shape), key=shapely.area))
    points = main.map(lambda part: shapely.maximum_inscribed_circle(part).coords[0])
    layer = layer.assign(lon=[x for x, _ in points], lat=[y for _, y in points])
    return str(layer.round(4).to_json(drop_id=False, to_wgs84=True)).encode()


def _borders(atlas: Atlas) -> dict[str, Any]:
    lines = {
        iso3: shapely.set_precision(line, _BORDER_DEGREES)
        for iso3, line in border_lines(atlas).items()
    }
    features = [
        {"id": iso3} | _feature({}, shapely.geometry.mapping(line)) for iso3, line in lines.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _prefectures(atlas: Atlas) -> bytes:
    return _TOO_FINE.sub(b"", atlas.boundaries.path("prefectures_overview.geojson").read_bytes())


def _json(name: str, content: object) -> Asset:
    return Asset(name, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def zone_labels(atlas: Atlas) -> list[dict[str, Any]]:
    """List what the browser knows about each zone, in the order of the register.

    ``id``, names in both languages, ``province``, ``batch``, ``document``, ``approved`` and
    ``revoked`` (ISO dates), ``successor``, ``verified``, ``area`` (km²), a point inside (``lon``,
    ``lat``) and the ``box`` to zoom to (west, south, east, north), in degrees of WGS 84.
    """
    drawn = atlas.boundaries.zones.to_dict("index")
    rows = atlas.register.zone_rows.items()
    return [_zone_label(atlas, zone_id, zone | drawn[zone_id]) for zone_id, zone in rows]


def _zone_label(atlas: Atlas, zone_id: str, zone: dict[str, Any]) -> dict[str, Any]:
    adcode = zone["province_adcode"]
    province = atlas.register.province_rows[adcode]
    revoked, successor = zone["revoked_on"], zone["successor_zone_id"]
    return {
        "id": zone_id,
        "zh": zone["name_zh"],
        "en": zone["name_en"],
        "pinyin": zone["name_pinyin"],
        "province": {"adcode": adcode, "zh": province["name_zh"], "en": province["name_en"]},
        "batch": int(zone["batch"]),
        "document": zone["approved_by"],
        "approved": zone["approved_on"].date().isoformat(),
        "revoked": None if pd.isna(revoked) else revoked.date().isoformat(),
        "successor": None if pd.isna(successor) else successor,
        "verified": zone["confidence"] == "high",
        "area": zone["area_km2"],
        "lon": zone["lon"],
        "lat": zone["lat"],
        "box": [zone[side] for side in ("west", "south", "east", "north")],
    }
