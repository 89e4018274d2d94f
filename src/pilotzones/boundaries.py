"""Boundaries and the facts measured on them: GeoJSON in, GeoDataFrame out.

Everything here was derived by :mod:`pilotzones.build` and is stored in ``geodata/boundaries``; its
``provenance.json`` says from what and how. All coordinates are WGS 84 (EPSG:4326).
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from pilotzones.errors import BoundaryError

LEVELS = ("overview", "detail")

LAND = "land"
COAST = "coast"
INLAND = "inland"

_NEAR_DEGREES = 0.1

_TABLES = {
    "zones": ("zone_geometry.csv", ["zone_id"]),
    "contacts": ("zone_neighbours.csv", ["zone_id", "neighbour_iso3"]),
    "overlaps": ("zone_overlaps.csv", []),
    "neighbours": ("neighbours.csv", ["iso3"]),
    "divisions": ("divisions.csv", ["adcode"]),
    "overrides": ("border_overrides.csv", []),
}


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
    """

    folder: Path
    zones: pd.DataFrame
    contacts: pd.DataFrame
    overlaps: pd.DataFrame
    neighbours: pd.DataFrame
    divisions: pd.DataFrame
    overrides: pd.DataFrame

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
        edge = self.layer("nation_overview").geometry.union_all().boundary
        neighbours = self.layer("neighbours_overview").dissolve("iso3").geometry
        # only where to look: a degree is as good as a distance
        shared = shapely.intersection(shapely.buffer(neighbours.to_numpy(), _NEAR_DEGREES), edge)
        found = zip(neighbours.index, shared, strict=True)
        return {str(iso3): part.bounds for iso3, part in found if not part.is_empty}

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """The sources of the boundaries and what was done to them."""
        return dict(json.loads(self.path("provenance.json").read_text(encoding="utf-8")))

    def path(self, name: str) -> Path:
        """Name a file of the folder.

        Raises
        ------
        BoundaryError
            If there is no such file.
        """
        path = self.folder / name
        if not path.is_file():
            raise BoundaryError(_missing(path))
        return path

    def layer(self, name: str) -> gpd.GeoDataFrame:
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
            Name of the file without its ending.

        Returns
        -------
        list of dict
            GeoJSON features.

        Raises
        ------
        BoundaryError
            If the file is missing or is not GeoJSON.
        """
        path = self.path(f"{name}.geojson")
        try:
            return list(json.loads(path.read_text(encoding="utf-8"))["features"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BoundaryError(_damaged(path, error)) from error


def load_boundaries(folder: Path) -> Boundaries:
    """Load the facts measured on the boundaries.

    Parameters
    ----------
    folder
        The folder that ``pilotzones build-boundaries`` wrote.

    Returns
    -------
    Boundaries
        The facts; the geometry itself is read when a layer is asked for.

    Raises
    ------
    BoundaryError
        If a file is missing or damaged.
    """
    tables = {name: _read(folder / file, index) for name, (file, index) in _TABLES.items()}
    return Boundaries(folder=folder, **tables)


def check_boundaries(boundaries: Boundaries, zone_ids: list[str]) -> None:
    """Make sure that every zone is drawn at every level and has its facts.

    Parameters
    ----------
    boundaries
        What was loaded.
    zone_ids
        The identifiers of the register.

    Raises
    ------
    BoundaryError
        If a zone lacks a polygon or a row of facts; the message names file and zones.
    """
    wanted = set(zone_ids)
    found = {"zone_geometry.csv": set(boundaries.zones.index)}
    for level in LEVELS:
        path = boundaries.path(f"zones_{level}.geojson")
        try:
            found[path.name] = {feature["id"] for feature in boundaries.features(path.stem)}
        except (KeyError, TypeError) as error:
            raise BoundaryError(_damaged(path, error)) from error
    for file, ids in found.items():
        if wanted - ids:
            names = ", ".join(sorted(wanted - ids))
            remedy = "run 'pilotzones build-boundaries' after a change of zones.csv"
            message = f"{file} lacks {names}; {remedy}"
            raise BoundaryError(message)


def _read(path: Path, index: list[str]) -> pd.DataFrame:
    if not path.is_file():
        raise BoundaryError(_missing(path))
    codes = dict.fromkeys(["adcode", "province_adcode", "prefecture_adcode"], "str")
    try:
        table = pd.read_csv(path, dtype=codes, keep_default_na=False)
        return table.set_index(index) if index else table
    except (ValueError, KeyError) as error:
        raise BoundaryError(_damaged(path, error)) from error


def _missing(path: Path) -> str:
    return f"{path} is missing; restore it from the repository or run 'pilotzones build-boundaries'"


def _damaged(path: Path, error: Exception) -> str:
    return (
        f"{path} is damaged ({error}); "
        "restore it from the repository or run 'pilotzones build-boundaries'"
    )
