"""Boundaries and the facts measured on them: GeoJSON in, GeoDataFrame out.

Everything here was derived by :mod:`pilotzones.pipeline.build` and is stored in
``geodata/boundaries``; its ``provenance.json`` says from what and how. All coordinates are WGS 84
(EPSG:4326).
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from pilotzones import parameters
from pilotzones.atlas.datapackage import IN_PLACE, Elsewhere, read_descriptor, read_tables
from pilotzones.errors import BoundaryError
from pilotzones.text import listed

if TYPE_CHECKING:
    import geopandas as gpd

LEVELS = parameters.LEVELS

LAND = "land"
COAST = "coast"
INLAND = "inland"

_NEAR_DEGREES = 0.1

# the layers of each level of detail, with the property that names a feature
LAYERS = {
    "zones": "zone_id",
    "provinces": "adcode",
    "prefectures": "adcode",
    "neighbours": "iso3",
    "nation": "adcode",
    "province_lines": "kind",
}

# the files beside the tables
_NOTICE, _PROVENANCE, _LINES, _COUNTIES = "NOTICE.md", "provenance.json", "lines", "counties.fgb"
FILES = (
    _NOTICE,
    _PROVENANCE,
    _COUNTIES,
    f"{_LINES}.geojson",
    *(f"{layer}_{level}.geojson" for layer in LAYERS for level in LEVELS),
)

_TABLES = ("neighbours", "divisions", "zone-geometry", "zone-neighbours")
_OVERLAPS, _OVERRIDES = "zone-overlaps", "border-overrides"
_REMEDY = "run 'pilotzones build-boundaries' after a change of the register"


@dataclass(frozen=True, eq=False)
class Boundaries:
    """The boundary files of one folder and the facts measured on them.

    Parameters
    ----------
    folder
        Where the files lie.
    zones
        Index ``zone_id``; ``area_km2`` (drawn area), ``lon`` and ``lat`` of a point inside,
        ``west``, ``south``, ``east``, ``north`` of the box to zoom to (degrees), ``coastal``,
        ``coast_km``.
    contacts
        Index ``zone_id, neighbour_iso3``, every zone with every land neighbour; ``contact_km``,
        ``distance_km`` (geodesic, from the zone's edge to the border with that neighbour),
        ``touches``, ``disputed``.
    overlaps
        ``zone_id``, ``other_zone_id``, ``relation`` (``within`` or ``contains``), ``shared_km2``.
    neighbours
        Index ``iso3``; ``name_zh``, ``name_en``.
    divisions
        Index ``adcode``; ``name_zh``, ``level``, ``province_adcode``, ``prefecture_adcode``,
        ``area_km2``.
    overrides
        The decisions taken by hand, each with its reason.
    elsewhere
        Where files of an earlier version lie that the folder has no longer, by name.
    """

    folder: Path
    zones: pd.DataFrame
    contacts: pd.DataFrame
    overlaps: pd.DataFrame
    neighbours: pd.DataFrame
    divisions: pd.DataFrame
    overrides: pd.DataFrame
    elsewhere: Elsewhere = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Boundaries in {self.folder}: {len(self.zones)} zones>"

    @cached_property
    def touching(self) -> dict[str, list[str]]:
        """The land neighbours (ISO 3166-1 alpha-3) of each zone that touches one."""
        touches = self.contacts[self.contacts["touches"]].reset_index()
        return {str(zone): [*group] for zone, group in touches.groupby("zone_id")["neighbour_iso3"]}

    @cached_property
    def border_regions(self) -> dict[str, frozenset[str]]:
        """The zones of each border region.

        Returns
        -------
        dict
            Keys are the ISO 3166-1 alpha-3 codes of the land neighbours, then ``land`` (touches
            any of them), ``coast`` and ``inland`` (neither); values are zone identifiers. A zone
            such as Dandong lies in several.
        """
        regions = {
            str(iso3): frozenset(zone for zone, codes in self.touching.items() if iso3 in codes)
            for iso3 in self.neighbours.index
        }
        coast = frozenset(self.zones.index[self.zones["coastal"]])
        land = frozenset(self.touching)
        inland = frozenset(self.zones.index) - land - coast
        return {**regions, LAND: land, COAST: coast, INLAND: inland}

    @cached_property
    def border_boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """Where the border with each land neighbour runs.

        Returns
        -------
        dict
            By ISO 3166-1 alpha-3 code: west, south, east, north in degrees (EPSG:4326).
        """
        import shapely  # noqa: PLC0415 - only what draws needs it

        edge = self.layer("nation_overview").geometry.union_all().boundary
        neighbours = self.layer("neighbours_overview").dissolve("iso3").geometry
        # only where to look: a degree is as good as a distance
        shared = shapely.intersection(shapely.buffer(neighbours.to_numpy(), _NEAR_DEGREES), edge)
        found = zip(neighbours.index, shared, strict=True)
        return {str(iso3): part.bounds for iso3, part in found if not part.is_empty}

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """The sources of the boundaries and what was done to them.

        Raises
        ------
        BoundaryError
            If the file is missing or damaged.
        """
        return _read_object(self.path(_PROVENANCE))

    @property
    def notice(self) -> str:
        """The terms of the sources, in Markdown.

        Raises
        ------
        BoundaryError
            If the file is missing or damaged.
        """
        return _read_text(self.path(_NOTICE))

    @cached_property
    def counties(self) -> "gpd.GeoSeries":
        """The county level as one coverage; read when it is first asked for.

        Returns
        -------
        geopandas.GeoSeries
            Multipolygons by ``adcode``, in its order: every county, and what counties leave of a
            larger division (Dongguan has none). They share the vertices of their common lines, so
            that any division or zone is a union of some of them. CRS EPSG:4326.

        Raises
        ------
        BoundaryError
            If the file is missing or damaged.
        """
        import pyogrio  # noqa: PLC0415 - most answers need no polygon

        path = self.path(_COUNTIES)
        try:
            return pyogrio.read_dataframe(path).set_index("adcode").geometry
        except (ValueError, KeyError, RuntimeError, AttributeError) as error:
            raise BoundaryError(_damaged(path, error)) from error

    def path(self, name: str) -> Path:
        """Name a file of the folder.

        Raises
        ------
        BoundaryError
            If there is no such file.
        """
        path = self.elsewhere.get(name, self.folder / name)
        if not path.is_file():
            raise BoundaryError(_missing(path))
        return path

    def layer(self, name: str) -> "gpd.GeoDataFrame":
        """Read one GeoJSON layer.

        Parameters
        ----------
        name
            Name of the file without its ending, e.g. ``"zones_overview"``.

        Returns
        -------
        geopandas.GeoDataFrame
            CRS EPSG:4326.

        Raises
        ------
        BoundaryError
            If the file is missing or is not GeoJSON.
        """
        import geopandas as gpd  # noqa: PLC0415 - most answers need no polygon

        features = self.features(name)
        try:
            return gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
        except (ValueError, KeyError, TypeError) as error:
            raise BoundaryError(_damaged(self.path(f"{name}.geojson"), error)) from error

    def features(self, name: str) -> list[dict[str, Any]]:
        """Read the features of one GeoJSON layer as they stand in its file.

        Parameters
        ----------
        name
            As for `layer`.

        Returns
        -------
        list of dict
            GeoJSON features, each with properties and a geometry.

        Raises
        ------
        BoundaryError
            If the file is missing, is not GeoJSON, or has a feature without a geometry.
        """
        path = self.path(f"{name}.geojson")
        try:
            features = _read_json(path)["features"]
            return [f for f in features if f["properties"] and f["geometry"]["coordinates"]]
        except (ValueError, KeyError, TypeError) as error:
            raise BoundaryError(_damaged(path, error)) from error

    def names(self, layer: str, key: str) -> Counter[str]:
        """Count the names of the features of a layer; its file is read once.

        Parameters
        ----------
        layer
            As for `layer`.
        key
            The property that names a feature, as in `LAYERS`.

        Returns
        -------
        collections.Counter
            How often each name occurs.

        Raises
        ------
        BoundaryError
            As for `features`.
        """
        if layer not in self._names:
            self._names[layer] = count_names(self, layer, key)
        return self._names[layer]

    @cached_property
    def _names(self) -> dict[str, Counter[str]]:
        return {}


def count_names(boundaries: Boundaries, layer: str, key: str) -> Counter[str]:
    """Read a layer and count how often each name occurs."""
    return Counter(str(feature["properties"].get(key)) for feature in boundaries.features(layer))


def load_boundaries(
    folder: Path, *, check: bool = True, elsewhere: Elsewhere = IN_PLACE
) -> Boundaries:
    """Load the tables of a folder that ``pilotzones build-boundaries`` wrote; no layer yet.

    `elsewhere` says where files of an earlier version lie that the folder has no longer.
    """
    seldom = (_OVERLAPS, _OVERRIDES)
    names = (*_TABLES, *seldom)
    descriptor = read_descriptor(folder, elsewhere)
    tables = read_tables(folder, descriptor, names, seldom, check=check, elsewhere=elsewhere)
    return Boundaries(
        folder=folder,
        zones=tables["zone-geometry"].set_index("zone_id"),
        contacts=tables["zone-neighbours"].set_index(["zone_id", "neighbour_iso3"]),
        overlaps=tables[_OVERLAPS].reset_index(drop=True),
        neighbours=tables["neighbours"].set_index("iso3"),
        divisions=tables["divisions"].set_index("adcode"),
        overrides=tables[_OVERRIDES].reset_index(drop=True),
        elsewhere=elsewhere,
    )


def check_boundaries(
    boundaries: Boundaries, zone_ids: Collection[str], province_adcodes: Collection[str]
) -> None:
    """Check that all is drawn at every level and that every zone has its facts.

    A `BoundaryError` names the file that is missing or damaged, or what it lacks.
    """
    neighbours = boundaries.neighbours.index
    pairs = [f"{zone}/{iso3}" for zone in zone_ids for iso3 in neighbours]
    _expect("zone_geometry.csv", zone_ids, boundaries.zones.index)
    _expect("zone_neighbours.csv", pairs, map("/".join, boundaries.contacts.index))
    level_of = boundaries.divisions["level"]
    wanted = {
        "zones": zone_ids,
        "provinces": province_adcodes,
        "prefectures": level_of.index[level_of == "prefecture"],
        "neighbours": neighbours,
    }
    for level in LEVELS:
        for layer, key in LAYERS.items():
            found = _names(boundaries, f"{layer}_{level}", key)
            _expect(f"{layer}_{level}.geojson", wanted.get(layer, ()), found)
    _expect(_COUNTIES, level_of.index[level_of == "county"], boundaries.counties.index)
    _names(boundaries, _LINES, "kind")
    _read_text(boundaries.path(_NOTICE))
    _check_provenance(boundaries)
    for name, table, columns in (
        ("zone_overlaps.csv", boundaries.overlaps, ["zone_id", "other_zone_id"]),
        ("border_overrides.csv", boundaries.overrides, ["zone_id"]),
    ):
        if unknown := sorted({*table[columns].to_numpy().ravel()} - {*zone_ids}):
            message = f"{name} names what is no zone: {', '.join(unknown)}; {_REMEDY}"
            raise BoundaryError(message)


def _check_provenance(boundaries: Boundaries) -> None:
    sources = boundaries.provenance.get("sources")
    described = isinstance(sources, list) and all(
        isinstance(one, dict) and {"title", "publisher", "page"} <= {*one} for one in sources
    )
    if not described or not sources:
        error = ValueError("it names no sources")
        raise BoundaryError(_damaged(boundaries.path(_PROVENANCE), error))


def _expect(file: str, wanted: Iterable[str], found: Iterable[str]) -> None:
    if missing := sorted({*wanted} - {*found}):
        message = f"{file} lacks {listed(missing)}; {_REMEDY}"
        raise BoundaryError(message)


def _names(boundaries: Boundaries, layer: str, key: str) -> Counter[str]:
    """Count the names of the features of a layer, which has some."""
    names = boundaries.names(layer, key)
    if not names:
        message = f"{boundaries.path(f'{layer}.geojson')} has no features; {_REMEDY}"
        raise BoundaryError(message)
    return names


def _read_object(path: Path) -> dict[str, Any]:
    try:
        return dict(_read_json(path))
    except (ValueError, TypeError) as error:
        raise BoundaryError(_damaged(path, error)) from error


def _read_json(path: Path) -> Any:  # noqa: ANN401 - what stands in the file
    text = _read_text(path)
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BoundaryError(_damaged(path, error)) from error


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BoundaryError(_damaged(path, error)) from error


def _missing(path: Path) -> str:
    return f"{path} is missing; restore it from the repository or run 'pilotzones build-boundaries'"


def _damaged(path: Path, error: Exception) -> str:
    return (
        f"{path} is damaged ({error}); "
        "restore it from the repository or run 'pilotzones build-boundaries'"
    )
