"""Facts measured on the unsimplified partition: areas, contact, distances, coasts, overlaps."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas.pieces import overlaps
from pilotzones.pipeline.layers import (
    CLIP_BOX,
    DECIMALS,
    EDGE,
    EQUAL_AREA,
    NEIGHBOURS,
    PSEUDO_PREFECTURES,
    Partition,
    coverage_edges,
    merged_lines,
    zone_shapes,
)
from pilotzones.pipeline.sources import WGS84, BuildError

# a country is touched by at least this much outline within this distance of it;
# tolerances from 1 to 15 km find the same pairs
TOUCH_DISTANCE_M = 5_000.0
TOUCH_MIN_KM = 5.0

# outlines are examined in steps of at most this length
STEP_M = 500.0

# open sea is water as wide as twice this; a coastal zone comes as near to it as the slack
OPEN_SEA_RADIUS_M = 5_000.0
OPEN_SEA_SLACK_M = 2_000.0
SEA_DISTANCE_M = 10_000.0

# parts below this share of the largest part are outliers that no map should zoom out for
MAIN_PART_SHARE = 0.05

_GEOD = pyproj.Geod(ellps="WGS84")

_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]


def division_table(counties: gpd.GeoDataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """List every division of the source.

    Parameters
    ----------
    counties
        As from `load_counties`.
    names
        Chinese names of the provinces and prefectures by adcode.

    Returns
    -------
    pandas.DataFrame
        ``adcode``, ``name_zh``, ``level`` (``province``, ``prefecture`` or ``county``),
        ``province_adcode``, ``prefecture_adcode`` (empty where there is no prefecture above or
        beside, as for municipalities and for counties administered by the province) and
        ``area_km2``, the drawn area; sorted by adcode.
    """
    measured = counties.assign(km2=counties.to_crs(EQUAL_AREA).area / 1e6)
    names = dict(zip(counties["adcode"], counties["name_zh"], strict=True)) | dict(names)
    # a municipality is its own prefecture and some prefectures are their own county: upper first
    rows = [
        _division(str(code), names[str(code)], group)
        for level in ("province", "prefecture", "adcode")
        for code, group in measured.groupby(level)
    ]
    table = pd.DataFrame(rows).drop_duplicates("adcode").sort_values("adcode", ignore_index=True)
    return table[~table["adcode"].isin(PSEUDO_PREFECTURES)]


def zone_overlaps(partition: Partition) -> pd.DataFrame:
    """Find the zones that lie within others.

    Parameters
    ----------
    partition
        As from `make_partition`.

    Returns
    -------
    pandas.DataFrame
        ``zone_id``, ``other_zone_id``, ``relation`` (``within``, ``contains``; ``overlaps`` where
        neither holds) and ``shared_km2``; each pair in both directions.
    """
    pieces = partition.pieces
    km2 = pd.Series(pieces.to_crs(EQUAL_AREA).area.to_numpy() / 1e6, index=pieces["piece"])
    sets = {zone: set(codes) for zone, codes in partition.members.items()}
    rows = [
        (zone, other, relation, round(float(km2[sorted(shared)].sum()), 1))
        for zone, other, relation, shared in overlaps(sets)
    ]
    return pd.DataFrame(rows, columns=["zone_id", "other_zone_id", "relation", "shared_km2"])


def outline_steps(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Walk along the outline of the country.

    Parameters
    ----------
    pieces
        A valid coverage; EPSG:4326.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each step of at most 500 m: ``x0``, ``y0``, ``x1``, ``y1`` (degrees), ``piece``,
        ``km`` (geodesic) and ``geometry``, the middle (metres, equal-area projection).
    """
    edges = coverage_edges(pieces.geometry.to_numpy())
    edges = edges[~edges.duplicated(EDGE, keep=False)]
    start, end = edges[["x0", "y0"]].to_numpy(), edges[["x1", "y1"]].to_numpy()
    length = _geodesic_m(start, end)
    count = np.maximum(np.ceil(length / STEP_M), 1).astype(int)
    row = np.repeat(np.arange(len(edges)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    share = (1 / count)[row][:, None]
    stride = (end - start)[row]
    first = start[row] + stride * share * nth[:, None]
    last = first + stride * share
    middle = gpd.GeoSeries(shapely.points((first + last) / 2), crs=WGS84).to_crs(EQUAL_AREA)
    columns = dict(zip(EDGE, np.hstack([first, last]).T, strict=True))
    piece = pieces["piece"].to_numpy()[edges["owner"].to_numpy()[row]]
    km = (length / count / 1000)[row]
    return gpd.GeoDataFrame({**columns, "piece": piece, "km": km}, geometry=middle)


def zone_geometry(
    partition: Partition, steps: gpd.GeoDataFrame, countries: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Measure each zone on its unsimplified polygon.

    Parameters
    ----------
    partition
        As from `make_partition`.
    steps
        As from `outline_steps`.
    countries
        As from `load_countries`.

    Returns
    -------
    pandas.DataFrame
        ``zone_id``; ``area_km2``; ``lon``, ``lat`` of a point inside the largest part; ``west``,
        ``south``, ``east``, ``north`` of the box around the main parts (degrees); ``coastal``;
        ``coast_km``, the outline towards the sea, 0 where the zone is not coastal.
    """
    shapes = zone_shapes(partition.pieces, partition.members)
    metres = shapes.to_crs(EQUAL_AREA)
    sea = _sea(countries)
    reach = OPEN_SEA_RADIUS_M + OPEN_SEA_SLACK_M
    coastal = _near(_open_sea(sea, countries), metres.to_numpy(), reach)
    shore = _near(sea, steps.geometry.to_numpy(), SEA_DISTANCE_M)
    for shape in countries.geometry[countries["iso3"].isin(NEIGHBOURS)]:
        shore &= ~_near(shape, steps.geometry.to_numpy(), TOUCH_DISTANCE_M)
    shore_km = _km_by_piece(steps, shore)
    rows = []
    for zone, at_sea in zip(shapes.index, coastal, strict=True):
        coast_km = shore_km.reindex(partition.members[zone]).sum() if at_sea else 0.0
        rows.append(
            {
                "zone_id": zone,
                "area_km2": round(metres[zone].area / 1e6, 1),
                **_place(shapes[zone], metres[zone]),
                "coastal": bool(at_sea),
                "coast_km": round(float(coast_km), 1),
            }
        )
    return pd.DataFrame(rows)


def zone_neighbours(
    partition: Partition,
    steps: gpd.GeoDataFrame,
    countries: gpd.GeoDataFrame,
    overrides: pd.DataFrame,
) -> pd.DataFrame:
    """Measure contact with and distance to the land border with every neighbour.

    Parameters
    ----------
    partition
        As from `make_partition`.
    steps
        As from `outline_steps`.
    countries
        As from `load_countries`.
    overrides
        As from `read_overrides`.

    Returns
    -------
    pandas.DataFrame
        ``zone_id``, ``neighbour_iso3``, ``touches``, ``disputed``, ``contact_km`` (0 if the zone
        does not touch), ``distance_km`` (geodesic on the WGS 84 ellipsoid; 0 if it touches).

    Raises
    ------
    BuildError
        If an override changes nothing, or a neighbour has no border.
    """
    facing = _facing(partition, steps, countries, overrides)
    borders = {iso3: _border(iso3, steps[mask]) for iso3, mask in facing.items()}
    contact = {iso3: _km_by_piece(steps, mask) for iso3, mask in facing.items()}
    disputed = set(_decided(overrides, "disputed"))
    rows = []
    for zone, shape in zone_shapes(partition.pieces, partition.members).items():
        km = {iso3: float(contact[iso3].reindex(partition.members[zone]).sum()) for iso3 in facing}
        apart = {iso3: line for iso3, line in borders.items() if km[iso3] < TOUCH_MIN_KM}
        distance = distances_km(shape, apart)
        for iso3 in facing:
            touches = iso3 not in apart
            is_disputed = (zone, iso3) in disputed
            if is_disputed and not touches:
                raise BuildError(_no_effect(zone, iso3))
            length = round(km[iso3], 1) if touches else 0.0
            away = round(distance.get(iso3, 0.0), 1)
            rows.append((zone, iso3, touches, is_disputed, length, away))
    columns = ["zone_id", "neighbour_iso3", "touches", "disputed", "contact_km", "distance_km"]
    return pd.DataFrame(rows, columns=columns)


def distances_km(shape: BaseGeometry, lines: Mapping[str, BaseGeometry]) -> dict[str, float]:
    """Measure how far lines are from a polygon.

    Parameters
    ----------
    shape
        The polygon; degrees.
    lines
        Lines by any key; degrees.

    Returns
    -------
    dict
        Kilometres by the same keys: the geodesic length, on the WGS 84 ellipsoid, of the shortest
        line, which is found in an azimuthal equidistant projection centred on the polygon.
    """
    centre = shape.centroid
    local = f"+proj=aeqd +lat_0={centre.y:.6f} +lon_0={centre.x:.6f} +datum=WGS84 +units=m"
    project = pyproj.Transformer.from_crs(WGS84, local, always_xy=True)
    here = _transformed(shape, project, "FORWARD")
    shapely.prepare(here)
    result = {}
    for key, line in lines.items():
        shortest = shapely.shortest_line(here, _transformed(line, project, "FORWARD"))
        ends = shapely.get_coordinates(_transformed(shortest, project, "INVERSE"))
        result[key] = float(_geodesic_m(ends[:1], ends[1:])[0]) / 1000
    return result


def _division(code: str, name: str, group: pd.DataFrame) -> dict[str, Any]:
    province, prefecture = group["province"].iloc[0], group["prefecture"].iloc[0]
    # codes of prefectures end in 00; other divisions of that level are counties under a province
    has_prefecture = prefecture != province and prefecture.endswith("00")
    level = "prefecture" if has_prefecture and code == prefecture else "county"
    return {
        "adcode": code,
        "name_zh": name,
        "level": "province" if code == province else level,
        "province_adcode": province,
        "prefecture_adcode": prefecture if has_prefecture and code != province else "",
        "area_km2": round(float(group["km2"].sum()), 1),
    }


def _place(degrees: BaseGeometry, metres: BaseGeometry) -> dict[str, float]:
    parts = shapely.get_parts(degrees)
    area = shapely.area(shapely.get_parts(metres))
    point = shapely.point_on_surface(parts[int(np.argmax(area))])
    main = parts[area >= MAIN_PART_SHARE * area.max()]
    values = [point.x, point.y, *shapely.total_bounds(main)]
    names = ["lon", "lat", "west", "south", "east", "north"]
    return {name: round(float(v), DECIMALS) for name, v in zip(names, values, strict=True)}


def _sea(countries: gpd.GeoDataFrame) -> BaseGeometry:
    # the edges of the box must bend as the projection does
    box = gpd.GeoSeries([shapely.segmentize(shapely.box(*CLIP_BOX), 0.25)], crs=WGS84)
    land = shapely.union_all(countries.geometry.to_numpy())
    return _largest(shapely.difference(box.to_crs(EQUAL_AREA).iloc[0], land))


def _open_sea(sea: BaseGeometry, countries: gpd.GeoDataFrame) -> BaseGeometry:
    # what lies further than the radius from all land: a river's mouth is too narrow for it
    coarse = shapely.simplify(countries.geometry.to_numpy(), 250)
    land = shapely.union_all(shapely.buffer(coarse, OPEN_SEA_RADIUS_M, quad_segs=4))
    return _largest(shapely.difference(sea, land))


def _facing(
    partition: Partition,
    steps: gpd.GeoDataFrame,
    countries: gpd.GeoDataFrame,
    overrides: pd.DataFrame,
) -> dict[str, _Bools]:
    """Find which steps of the outline face which neighbour; ISO codes in alphabetical order."""
    shapes = countries.set_index("iso3").geometry
    middles = steps.geometry.to_numpy()
    facing = {iso3: _near(shapes[iso3], middles, TOUCH_DISTANCE_M) for iso3 in sorted(NEIGHBOURS)}
    for zone, iso3 in _decided(overrides, "exclude"):
        own = steps["piece"].isin(partition.members[zone]).to_numpy()
        if not (facing[iso3] & own).any():
            raise BuildError(_no_effect(zone, iso3))
        facing[iso3] &= ~own
    return facing


def _km_by_piece(steps: gpd.GeoDataFrame, mask: _Bools) -> "pd.Series[float]":
    return steps["km"].where(mask, 0.0).groupby(steps["piece"]).sum()


def _border(iso3: str, steps: gpd.GeoDataFrame) -> BaseGeometry:
    if steps.empty:
        message = f"no outline faces {iso3}; check the sources of divisions and countries"
        raise BuildError(message)
    return merged_lines(steps[EDGE].to_numpy())


def _decided(overrides: pd.DataFrame, decision: str) -> list[tuple[str, str]]:
    rows = overrides[overrides["decision"] == decision]
    return list(zip(rows["zone_id"], rows["neighbour_iso3"], strict=True))


def _no_effect(zone: str, iso3: str) -> str:
    return (
        f"border_overrides.csv: {zone} does not touch {iso3}, so its row changes nothing; delete it"
    )


def _near(shape: BaseGeometry, others: npt.NDArray[np.object_], metres: float) -> _Bools:
    shapely.prepare(shape)
    return np.asarray(shapely.dwithin(shape, others, metres), dtype=bool)


def _transformed(shape: BaseGeometry, project: pyproj.Transformer, direction: str) -> BaseGeometry:
    return shapely.transform(
        shape, lambda x, y: project.transform(x, y, direction=direction), interleaved=False
    )


def _geodesic_m(start: _Floats, end: _Floats) -> _Floats:
    _, _, metres = _GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    return np.asarray(metres)


def _largest(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    return parts[int(np.argmax(shapely.area(parts)))]
