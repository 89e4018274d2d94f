"""The partition of the country, and the layers that are drawn from it.

A partition is a valid coverage: polygons that do not overlap and share the vertices of their
common lines. Simplified as a whole and dissolved upwards, it gives layers that share their lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from pilotzones.pipeline.sources import WGS84, BuildError, read_countries, read_divisions

# areas are measured and lines simplified in this projection: equal-area, metres
EQUAL_AREA = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m"

# three decimals break polygons, a fifth (about 1 m) costs size for nothing
DECIMALS = 4

# the county level is finer: at four decimals Longquan's outline crosses itself
COUNTY_DECIMALS = 5

# the source has vertices that do not meet, and holes of some metres between divisions; degrees
SNAP_DEGREES = 1e-6
GAP_DEGREES = 1e-3

# nature reserves and a horse farm that the source draws as prefectures and GB/T 2260 does not know,
# merged into the prefecture that shares the longest line with each
PSEUDO_PREFECTURES = {"629700": "620700", "629800": "623000", "629900": "622900"}

# Zhalainuoer District is listed under Hulunbuir but run by Manzhouli, which is small without it
COMPANIONS = {"150703": "150781"}

# ISO 3166-1 alpha-3: numeric code in Natural Earth, Chinese and English short name
NEIGHBOURS = {
    "AFG": ("004", "阿富汗", "Afghanistan"),
    "BTN": ("064", "不丹", "Bhutan"),
    "IND": ("356", "印度", "India"),
    "KAZ": ("398", "哈萨克斯坦", "Kazakhstan"),
    "KGZ": ("417", "吉尔吉斯斯坦", "Kyrgyzstan"),
    "LAO": ("418", "老挝", "Laos"),
    "MMR": ("104", "缅甸", "Myanmar"),
    "MNG": ("496", "蒙古", "Mongolia"),
    "NPL": ("524", "尼泊尔", "Nepal"),
    "PAK": ("586", "巴基斯坦", "Pakistan"),
    "PRK": ("408", "朝鲜", "North Korea"),
    "RUS": ("643", "俄罗斯", "Russia"),
    "TJK": ("762", "塔吉克斯坦", "Tajikistan"),
    "VNM": ("704", "越南", "Vietnam"),
}

# countries that have no land border with China but lie on the same picture
CONTEXT = {
    "BGD": ("050", "孟加拉国", "Bangladesh"),
    "BRN": ("096", "文莱", "Brunei"),
    "IDN": ("360", "印度尼西亚", "Indonesia"),
    "IRN": ("364", "伊朗", "Iran"),
    "JPN": ("392", "日本", "Japan"),
    "KHM": ("116", "柬埔寨", "Cambodia"),
    "KOR": ("410", "韩国", "South Korea"),
    "LKA": ("144", "斯里兰卡", "Sri Lanka"),
    "MYS": ("458", "马来西亚", "Malaysia"),
    "PHL": ("608", "菲律宾", "Philippines"),
    "PNG": ("598", "巴布亚新几内亚", "Papua New Guinea"),
    "SGP": ("702", "新加坡", "Singapore"),
    "THA": ("764", "泰国", "Thailand"),
    "TKM": ("795", "土库曼斯坦", "Turkmenistan"),
    "UZB": ("860", "乌兹别克斯坦", "Uzbekistan"),
    # India and Pakistan both claim it; Natural Earth gives it no code, nor do we
    "-99": ("siachen", "锡亚琴冰川（争议）", "Siachen Glacier (disputed)"),
}

# features that Natural Earth keeps apart and leaves without a code
_UNCODED = {"Baikonur": "398", "Siachen Glacier": "siachen"}

# what the picture shows: west, south, east, north, degrees
CLIP_BOX = (45.0, -3.0, 148.0, 60.0)

# remnants that are left where two sources disagree on a line
SLIVER_KM2 = 4.0
_LARGEST_GAP_DEGREES2 = 1.0
_TOUCHING_DEGREES = 1e-6

EDGE = ["x0", "y0", "x1", "y1"]


@dataclass(frozen=True)
class Partition:
    """The finest partition of the country and how zones are made of it.

    Parameters
    ----------
    pieces
        Columns ``piece``, ``prefecture``, ``province`` (adcodes) and ``geometry``; EPSG:4326.
    members
        The pieces of each zone, by ``zone_id`` in alphabetical order.
    """

    pieces: gpd.GeoDataFrame
    members: dict[str, list[str]]


def load_counties(archive: Path) -> gpd.GeoDataFrame:
    """Read the county level and mend its coverage.

    Parameters
    ----------
    archive
        The archive of the source ``divisions``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``adcode``, ``name_zh``, ``prefecture``, ``province`` and ``geometry``, sorted by
        adcode; EPSG:4326. The pseudo-prefectures of the source have the code of the prefecture
        that they are merged into.
    """
    source = read_divisions(archive, "district").sort_values("district_adcode", ignore_index=True)
    geometry = shapely.coverage_clean(
        source.geometry.to_numpy(), snapping_distance=SNAP_DEGREES, gap_width=GAP_DEGREES
    )
    columns = {
        "adcode": source["district_adcode"],
        "name_zh": source["district_name"],
        "prefecture": source["city_adcode"].replace(PSEUDO_PREFECTURES),
        "province": source["province_adcode"],
    }
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=WGS84)


def draw_counties(counties: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify the county level as one coverage.

    Parameters
    ----------
    counties
        As from `load_counties`.
    tolerance
        As for `simplify`, metres.

    Returns
    -------
    geopandas.GeoDataFrame
        ``adcode`` and ``geometry``, sorted by adcode; the pseudo-prefectures of the source have the
        code of the prefecture that they are merged into; EPSG:4326.
    """
    piece = counties["adcode"].replace(PSEUDO_PREFECTURES)
    shapes = dissolve(counties.assign(piece=piece), "piece")
    pieces = gpd.GeoDataFrame({"piece": shapes.index}, geometry=shapes.to_numpy(), crs=WGS84)
    drawn = simplify(pieces, tolerance, COUNTY_DECIMALS)
    return drawn.rename(columns={"piece": "adcode"})


def load_countries(archive: Path) -> gpd.GeoDataFrame:
    """Read the countries inside the picture.

    Parameters
    ----------
    archive
        The archive of the source ``countries``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``iso3`` (empty for what is land but not shown as a country of its own) and
        ``geometry``, clipped to the picture, one row a code; metres, equal-area projection.
    """
    world = read_countries(archive)
    codes = {numeric: iso3 for iso3, (numeric, _, _) in (NEIGHBOURS | CONTEXT).items()}
    numeric = world["name"].map(_UNCODED).fillna(world["id"])
    box = shapely.box(*CLIP_BOX)
    world = world[shapely.intersects(shapely.box(*world.bounds.to_numpy().T), box)]
    clipped = gpd.GeoDataFrame(
        {"iso3": numeric[world.index].map(codes).fillna("")},
        geometry=[
            _polygons(shapely.intersection(shapely.make_valid(shape), box))
            for shape in world.geometry
        ],
        crs=WGS84,
    )
    clipped = clipped[~clipped.is_empty].dissolve("iso3", as_index=False)
    return clipped[["iso3", "geometry"]].to_crs(EQUAL_AREA)


def make_partition(counties: gpd.GeoDataFrame, zones: Mapping[str, list[str]]) -> Partition:
    """Cut the country into the fewest pieces that every zone can be put together from.

    Parameters
    ----------
    counties
        As from `load_counties`.
    zones
        Adcodes of any level by ``zone_id``.

    Returns
    -------
    Partition
        Prefecture-level divisions; counties that a zone names stand alone.

    Raises
    ------
    BuildError
        If a zone names an adcode that the source does not have.
    """
    named = {code for codes in zones.values() for code in codes}
    prefectures = set(counties["prefecture"])
    companions = {code: main for code, main in COMPANIONS.items() if code not in named}
    unit = counties["adcode"].replace(companions)
    alone = unit.isin(named - prefectures)
    parts = counties.assign(piece=unit.where(alone, counties["prefecture"]))
    levels = ["piece", "prefecture", "province"]
    pieces = parts[levels].drop_duplicates("piece").sort_values("piece", ignore_index=True)
    geometry = dissolve(parts, "piece")
    pieces = gpd.GeoDataFrame(pieces, geometry=geometry[pieces["piece"]].to_numpy(), crs=WGS84)
    members = {zone: _members(pieces, zone, codes) for zone, codes in sorted(zones.items())}
    return Partition(pieces, members)


def dissolve(coverage: gpd.GeoDataFrame, key: str) -> gpd.GeoSeries:
    """Merge the polygons of a coverage that share a key.

    Parameters
    ----------
    coverage
        Polygons whose shared lines have the same vertices.
    key
        The column to merge by.

    Returns
    -------
    geopandas.GeoSeries
        One geometry a key, indexed and sorted by it; CRS of the coverage.
    """
    groups = {
        str(value): shapely.coverage_union_all(group.geometry.to_numpy())
        for value, group in coverage.groupby(key)
    }
    return gpd.GeoSeries(groups, crs=coverage.crs)


def zone_shapes(pieces: gpd.GeoDataFrame, members: Mapping[str, list[str]]) -> gpd.GeoSeries:
    """Put zones together from the pieces of a coverage.

    Parameters
    ----------
    pieces
        A valid coverage with the column ``piece``.
    members
        The pieces of each zone.

    Returns
    -------
    geopandas.GeoSeries
        One geometry a zone, indexed by ``zone_id``; CRS of the pieces.
    """
    by_code = pieces.set_index("piece").geometry
    shapes = {
        zone: shapely.coverage_union_all(by_code[codes].to_numpy())
        for zone, codes in members.items()
    }
    return gpd.GeoSeries(shapes, crs=pieces.crs)


def simplify(
    pieces: gpd.GeoDataFrame, tolerance: float, decimals: int = DECIMALS
) -> gpd.GeoDataFrame:
    """Simplify a coverage so that neighbours still share their lines.

    Parameters
    ----------
    pieces
        A valid coverage with the column ``piece``; EPSG:4326.
    tolerance
        In metres: the square root of the area that a vertex may span with its neighbours and be
        dropped.
    decimals
        Decimals of a degree that coordinates are rounded to.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows, simplified and rounded; EPSG:4326.

    Raises
    ------
    BuildError
        If the result has an invalid polygon or polygons that overlap.
    """
    metres = pieces.geometry.to_crs(EQUAL_AREA)
    simple = shapely.coverage_simplify(metres.to_numpy(), tolerance)
    degrees = gpd.GeoSeries(simple, index=pieces.index, crs=EQUAL_AREA).to_crs(WGS84)
    result = pieces.set_geometry(rounded(degrees, decimals), crs=WGS84)
    invalid = pieces.loc[~result.is_valid, "piece"].tolist()
    if invalid or not shapely.coverage_is_valid(result.geometry.to_numpy()):
        message = (
            f"simplified by {tolerance:.0f} m, {invalid or 'some polygons'} became invalid; "
            "choose another tolerance or more decimals"
        )
        raise BuildError(message)
    return result


def rounded(shapes: gpd.GeoSeries, decimals: int = DECIMALS) -> gpd.GeoSeries:
    """Round coordinates to the decimals that the files have.

    Parameters
    ----------
    shapes
        Any geometries; degrees.
    decimals
        How many.

    Returns
    -------
    geopandas.GeoSeries
        The same rows and CRS.
    """
    return gpd.GeoSeries(
        shapely.transform(shapes.to_numpy(), lambda xy: np.round(xy, decimals)),
        index=shapes.index,
        crs=shapes.crs,
    )


def coverage_edges(geometries: npt.NDArray[np.object_]) -> pd.DataFrame:
    """List every edge of every polygon.

    Parameters
    ----------
    geometries
        Polygons and multipolygons.

    Returns
    -------
    pandas.DataFrame
        ``x0``, ``y0``, ``x1``, ``y1`` with the smaller end first, so that polygons on both sides
        list the same edge; ``owner``, the position of the polygon.
    """
    # multipolygons have no rings of their own, only their parts do
    parts, part_owner = shapely.get_parts(geometries, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[swap], end[swap] = end[swap], start[swap]
    edges = pd.DataFrame(np.hstack([start, end]), columns=EDGE)
    return edges.assign(owner=part_owner[ring_part[ring[1:][inside]]])


def province_lines(pieces: gpd.GeoDataFrame) -> BaseGeometry:
    """Draw the lines between provinces, each once.

    Parameters
    ----------
    pieces
        A valid coverage with the column ``province``.

    Returns
    -------
    shapely.MultiLineString
        In the CRS of the coverage.
    """
    edges = coverage_edges(pieces.geometry.to_numpy())
    edges["province"] = pieces["province"].to_numpy()[edges["owner"]]
    # an edge that a province has twice lies inside of it, one that two provinces have parts them
    edges = edges[~edges.duplicated([*EDGE, "province"], keep=False)]
    return merged_lines(edges[edges.duplicated(EDGE)][EDGE].to_numpy())


def merged_lines(edges: npt.NDArray[np.float64]) -> BaseGeometry:
    """Join edges end to end.

    Parameters
    ----------
    edges
        Shape ``(n, 4)``: both ends of each edge, ``x0``, ``y0``, ``x1``, ``y1``.

    Returns
    -------
    shapely.MultiLineString
        Lines in the units of the edges.
    """
    merged = shapely.line_merge(
        shapely.multilinestrings(shapely.linestrings(edges.reshape(-1, 2, 2)))
    )
    return shapely.MultiLineString(list(shapely.get_parts(merged)))


def neighbour_layer(
    countries: gpd.GeoDataFrame, nation: BaseGeometry, tolerance: float
) -> gpd.GeoDataFrame:
    """Cut the countries around China along its outline.

    Parameters
    ----------
    countries
        As from `load_countries`.
    nation
        The outline of the same level; degrees.
    tolerance
        As for `simplify`, metres.

    Returns
    -------
    geopandas.GeoDataFrame
        ``iso3``, ``name_zh``, ``name_en``, ``land_border`` and ``geometry``, sorted by ``iso3``;
        EPSG:4326. Gaps between the sources' lines belong to the neighbour, remnants are dropped.
    """
    shown = countries[countries["iso3"] != ""].sort_values("iso3", ignore_index=True)
    clean = shapely.coverage_clean(shown.geometry.to_numpy(), gap_width=0)
    simple = gpd.GeoSeries(shapely.coverage_simplify(clean, tolerance), crs=EQUAL_AREA).to_crs(
        WGS84
    )
    cut = [_polygons(shapely.difference(shapely.make_valid(shape), nation)) for shape in simple]
    filled = fill_gaps(nation, [_without_slivers(shape) for shape in cut])
    names = NEIGHBOURS | CONTEXT
    return gpd.GeoDataFrame(
        {
            "iso3": shown["iso3"],
            "name_zh": [names[iso3][1] for iso3 in shown["iso3"]],
            "name_en": [names[iso3][2] for iso3 in shown["iso3"]],
            "land_border": shown["iso3"].isin(NEIGHBOURS),
        },
        geometry=[_polygons(shapely.set_precision(shape, 10.0**-DECIMALS)) for shape in filled],
        crs=WGS84,
    )


def fill_gaps(nation: BaseGeometry, shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Give the gaps between a nation and its neighbours to the neighbours.

    Parameters
    ----------
    nation
        The outline that stays as it is; degrees.
    shapes
        Polygons around it, which do not overlap it; degrees.

    Returns
    -------
    list
        The shapes, each with the gaps that it shares the longest line with.
    """
    filled = list(shapes)
    union = shapely.union_all([nation, *shapes])
    tree = shapely.STRtree(shapes)
    for ring in shapely.get_rings(shapely.get_parts(union)):
        gap = shapely.Polygon(ring)
        # rings of the union are holes where they run clockwise or hold no land
        if gap.area > _LARGEST_GAP_DEGREES2 or shapely.contains_properly(
            union, shapely.point_on_surface(gap)
        ):
            continue
        # the overlay moves crossings by the last digits, so that touching needs a tolerance
        near = tree.query(gap, predicate="dwithin", distance=_TOUCHING_DEGREES)
        if len(near) and shapely.dwithin(gap, nation, _TOUCHING_DEGREES):
            rim = shapely.buffer(gap, _TOUCHING_DEGREES)
            shared = [shapely.length(shapely.intersection(rim, shapes[i].boundary)) for i in near]
            longest = near[int(np.argmax(shared))]
            filled[longest] = _polygons(shapely.union(filled[longest], gap))
    return filled


def _members(pieces: gpd.GeoDataFrame, zone: str, codes: Iterable[str]) -> list[str]:
    found: set[str] = set()
    for code in codes:
        match = (pieces[["piece", "prefecture", "province"]] == code).any(axis=1)
        if not match.any():
            message = (
                f"zone {zone!r} names adcode {code}, which the source does not have; "
                "correct its adcodes in zones.csv"
            )
            raise BuildError(message)
        found |= set(pieces.loc[match, "piece"])
    return sorted(found)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Keep the areas of a geometry, drop the lines and points that an overlay may leave."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.area > 0])


def _without_slivers(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    km2 = gpd.GeoSeries(parts, crs=WGS84).to_crs(EQUAL_AREA).area.to_numpy() / 1e6
    return shapely.MultiPolygon(list(parts[km2 >= SLIVER_KM2]))
