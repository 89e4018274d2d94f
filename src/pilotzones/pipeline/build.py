"""Source boundaries in, ``geodata/boundaries`` out; run by a maintainer, not by users.

The finest partition that is needed (prefecture-level divisions, less the counties that are zones,
plus these) is made once, simplified once a level and dissolved upwards, so that zones, provinces
and the nation share their lines. Facts are measured on the unsimplified partition. A second run
writes the same bytes.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
import pyproj
import shapely

from pilotzones.pipeline import measures
from pilotzones.pipeline.layers import (
    CLIP_BOX,
    COMPANIONS,
    COUNTY_DECIMALS,
    DECIMALS,
    EQUAL_AREA,
    GAP_DEGREES,
    NEIGHBOURS,
    PSEUDO_PREFECTURES,
    SLIVER_KM2,
    SNAP_DEGREES,
    dissolve,
    draw_counties,
    load_counties,
    load_countries,
    make_partition,
    neighbour_layer,
    province_lines,
    rounded,
    simplify,
    zone_shapes,
)
from pilotzones.pipeline.names import write_names
from pilotzones.pipeline.sources import (
    SOURCES,
    WGS84,
    BuildError,
    fetch_sources,
    read_divisions,
    read_lines,
)

SCHEMA_VERSION = 1

# tolerance of each level, metres
LEVELS = {"overview": 2500.0, "detail": 500.0}

# counties place points, so that a finer line is worth more than a smaller file; metres
COUNTY_TOLERANCE = 200.0

# countries around China are background: coarser, except along its outline; metres
NEIGHBOUR_TOLERANCE = {"overview": 5000.0, "detail": 1500.0}

# the property of each layer that is the id of its features
_IDS = {
    **dict.fromkeys(("provinces", "prefectures", "nation"), "adcode"),
    "zones": "zone_id",
    "neighbours": "iso3",
}


def build_boundaries(out: Path, *, cache: Path, register: Path, places: Path | None = None) -> None:
    """Derive every boundary file from the pinned sources and the zones of the register.

    Parameters
    ----------
    out
        Folder to write into. It must hold ``border_overrides.csv``, which is written by hand.
    cache
        Folder for the source archives; what it lacks is fetched.
    register
        Folder with ``zones.csv``, of which ``zone_id`` and ``adcodes`` (separated by spaces) are
        read.
    places
        Folder with ``official_names.csv``; ``names.csv`` is written there. Without it no names
        are.

    Raises
    ------
    BuildError
        If a source cannot be had or has another checksum, a zone names an unknown adcode, a row
        of the overrides fits nothing, or simplification breaks a polygon.
    """
    zones = read_zones(register / "zones.csv")
    overrides = read_overrides(out / "border_overrides.csv", zones)
    archives = fetch_sources(cache)
    counties = load_counties(archives["divisions"])
    countries = load_countries(archives["countries"])
    names = _names(archives["divisions"])
    partition = make_partition(counties, zones)

    for level, tolerance in LEVELS.items():
        layers = draw_layers(simplify(partition.pieces, tolerance), partition.members, names)
        nation = layers["nation"].geometry.iloc[0]
        layers["neighbours"] = neighbour_layer(countries, nation, NEIGHBOUR_TOLERANCE[level])
        for name, layer in layers.items():
            _write_geojson(out / f"{name}_{level}.geojson", layer, _IDS.get(name))
    _write_geojson(out / "lines.geojson", read_lines(archives["lines"]))
    _write_flatgeobuf(out / "counties.fgb", draw_counties(counties, COUNTY_TOLERANCE))

    steps = measures.outline_steps(partition.pieces)
    tables = {
        "divisions": measures.division_table(counties, names),
        "neighbours": neighbour_table(),
        "zone_geometry": measures.zone_geometry(partition, steps, countries),
        "zone_neighbours": measures.zone_neighbours(partition, steps, countries, overrides),
        "zone_overlaps": measures.zone_overlaps(partition),
    }
    for name, table in tables.items():
        _write_csv(out / f"{name}.csv", table)
    if places:
        write_names(places, tables["divisions"], register / "provinces.csv")
    _write_provenance(out / "provenance.json")


def read_zones(path: Path) -> dict[str, list[str]]:
    """Read which divisions each zone consists of.

    Parameters
    ----------
    path
        CSV with the columns ``zone_id`` and ``adcodes``; others are ignored.

    Returns
    -------
    dict
        Adcodes by ``zone_id``, in alphabetical order.

    Raises
    ------
    BuildError
        If the file or a column is missing, a zone is there twice or has no adcode.
    """
    table = _read_csv(path, ["zone_id", "adcodes"])
    twice = table["zone_id"][table["zone_id"].duplicated()].tolist()
    empty = table["zone_id"][table["adcodes"].str.strip() == ""].tolist()
    if twice or empty:
        message = f"{path}: zones listed twice: {twice}; zones without adcodes: {empty}; correct it"
        raise BuildError(message)
    return {
        zone: codes.split()
        for zone, codes in sorted(zip(table.zone_id, table.adcodes, strict=True))
    }


def read_overrides(path: Path, zones: Mapping[str, list[str]]) -> pd.DataFrame:
    """Read the decisions on borders that are taken by hand.

    Parameters
    ----------
    path
        CSV with the columns ``zone_id``, ``neighbour_iso3``, ``decision`` (``exclude``: what looks
        like contact is none; ``disputed``: it is, along a disputed stretch), ``reason_en`` and
        ``reason_zh``.
    zones
        The zones of the register.

    Returns
    -------
    pandas.DataFrame
        The table, all text.

    Raises
    ------
    BuildError
        If the file or a column is missing, or a row names an unknown zone, country or decision, or
        gives no reason.
    """
    columns = ["zone_id", "neighbour_iso3", "decision", "reason_en", "reason_zh"]
    table = _read_csv(path, columns)
    known = {
        "zone_id": sorted(zones),
        "neighbour_iso3": sorted(NEIGHBOURS),
        "decision": ["disputed", "exclude"],
    }
    for column, values in known.items():
        unknown = sorted(set(table[column]) - set(values))
        if unknown:
            allowed = "a zone of the register" if column == "zone_id" else f"one of {values}"
            message = f"{path}: {column} {unknown} unknown; correct the row, give {allowed}"
            raise BuildError(message)
    if (table[["reason_en", "reason_zh"]] == "").any(axis=None):
        message = f"{path}: a row has no reason; give one in both languages"
        raise BuildError(message)
    return table


def neighbour_table() -> pd.DataFrame:
    """List the countries that share a land border with China.

    Returns
    -------
    pandas.DataFrame
        ``iso3``, ``name_zh``, ``name_en``, sorted by ``iso3``.
    """
    rows = [(iso3, zh, en) for iso3, (_, zh, en) in sorted(NEIGHBOURS.items())]
    return pd.DataFrame(rows, columns=["iso3", "name_zh", "name_en"])


def draw_layers(
    pieces: gpd.GeoDataFrame, members: Mapping[str, list[str]], names: Mapping[str, str]
) -> dict[str, gpd.GeoDataFrame]:
    """Dissolve a simplified partition upwards.

    Parameters
    ----------
    pieces
        As from `simplify`.
    members
        The pieces of each zone.
    names
        Chinese names of the provinces and prefectures by adcode.

    Returns
    -------
    dict
        ``zones`` (``zone_id``), ``provinces``, ``prefectures`` (``adcode``, ``name_zh``; a
        municipality and a county run by its province are units of this level, too), ``nation``
        (the same, one row) and ``province_lines`` (``kind``, one row); EPSG:4326.
    """
    zones = zone_shapes(pieces, members)
    nation = shapely.coverage_union_all(pieces.geometry.to_numpy())
    layers = {
        "zones": ({"zone_id": zones.index}, zones.to_numpy()),
        "provinces": _divisions(pieces, "province", names),
        "prefectures": _divisions(pieces, "prefecture", names),
        "nation": ({"adcode": ["100000"], "name_zh": ["中国"]}, [nation]),
        "province_lines": ({"kind": ["province"]}, [province_lines(pieces)]),
    }
    return {
        name: gpd.GeoDataFrame(columns, geometry=geometry, crs=WGS84)
        for name, (columns, geometry) in layers.items()
    }


def _divisions(
    pieces: gpd.GeoDataFrame, level: str, names: Mapping[str, str]
) -> tuple[dict[str, object], npt.NDArray[np.object_]]:
    shapes = dissolve(pieces, level)
    return {
        "adcode": shapes.index,
        "name_zh": [names[code] for code in shapes.index],
    }, shapes.to_numpy()


def _names(archive: Path) -> dict[str, str]:
    prefectures = read_divisions(archive, "city")
    provinces = read_divisions(archive, "province")
    # a municipality has one name for both levels
    names = dict(zip(prefectures["city_adcode"], prefectures["city_name"], strict=True))
    return names | dict(zip(provinces["province_adcode"], provinces["province_name"], strict=True))


def _write_geojson(path: Path, frame: gpd.GeoDataFrame, key: str | None = None) -> None:
    """Write RFC 7946 GeoJSON, one feature a line, with `key` as the id of the features."""
    shapes = _in_order(rounded(frame.geometry))
    rows = pd.DataFrame(frame.drop(columns="geometry")).to_dict("records")
    features = []
    for properties, shape in zip(rows, shapes, strict=True):
        feature = {"type": "Feature"} | ({"id": properties[key]} if key else {})
        feature |= {"properties": properties, "geometry": shapely.geometry.mapping(shape)}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_flatgeobuf(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write FlatGeobuf: read in a twentieth of the time that GeoJSON takes, and no larger."""
    frame.set_geometry(_in_order(frame.geometry), crs=frame.crs).to_file(
        path, driver="FlatGeobuf", SPATIAL_INDEX="NO", promote_to_multi=True
    )


def _in_order(shapes: gpd.GeoSeries) -> npt.NDArray[np.object_]:
    # a fixed start and order of rings make the bytes the same on every run
    ordered: npt.NDArray[np.object_] = shapely.orient_polygons(shapely.normalize(shapes.to_numpy()))
    return ordered


def _read_csv(path: Path, columns: list[str]) -> pd.DataFrame:
    if not path.is_file():
        message = f"{path} is missing; restore it from the repository"
        raise BuildError(message)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        message = f"{path} lacks the columns {missing}; add them"
        raise BuildError(message)
    return table[columns]


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    truths = table.select_dtypes("bool").columns
    text = table.assign(
        **{name: table[name].map({True: "true", False: "false"}) for name in truths}
    )
    text.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _write_provenance(path: Path) -> None:
    sources = [
        {
            "package": source.package,
            "package_kind": source.registry,
            "version": source.version,
            "file": source.file,
            "sha256": source.sha256,
            **source.about,
        }
        for source in SOURCES
    ]
    content = {
        "schema_version": SCHEMA_VERSION,
        "sources": sources,
        "crs": "WGS 84 (EPSG:4326), longitude and latitude",
        "decimals": DECIMALS,
        "equal_area_projection": EQUAL_AREA,
        "levels": {
            level: {"tolerance_m": tolerance, "countries_tolerance_m": NEIGHBOUR_TOLERANCE[level]}
            for level, tolerance in LEVELS.items()
        },
        "counties": {"tolerance_m": COUNTY_TOLERANCE, "decimals": COUNTY_DECIMALS},
        "transformations": _transformations(),
        "rules": _rules(),
        "tools": {
            "shapely": shapely.__version__,
            "geos": shapely.geos_version_string,
            "gdal": pyogrio.__gdal_version_string__,
            "pyproj": pyproj.__version__,
            "proj": pyproj.proj_version_str,
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _transformations() -> list[str]:
    merged = ", ".join(f"{code} into {main}" for code, main in PSEUDO_PREFECTURES.items())
    joined = ", ".join(f"{code} with {main}" for code, main in COMPANIONS.items())
    return [
        "county polygons decoded; CGCS2000 degrees used as WGS 84",
        f"coverage cleaned: vertices snapped at {SNAP_DEGREES} degrees",
        f"coverage cleaned: enclosed gaps narrower than {GAP_DEGREES} degrees closed",
        f"divisions that GB/T 2260 does not know merged into prefectures: {merged}",
        f"counties run by a county-level zone drawn with it: {joined}",
        "dissolved to prefecture-level divisions; counties that the register names stand alone",
        "facts measured on this partition, before simplification",
        "per level: projected, simplified as one coverage (Visvalingam-Whyatt; lines stay shared)",
        f"per level: projected back, rounded to {DECIMALS} decimals, checked (validity, overlaps)",
        (
            "per level: dissolved upwards to zones, prefectures, provinces and the nation; "
            "no islet is dropped"
        ),
        (
            f"counties: one level, simplified alike by {COUNTY_TOLERANCE:g} m and rounded to "
            f"{COUNTY_DECIMALS} decimals"
        ),
        f"per level: countries clipped to {list(CLIP_BOX)} and simplified as one coverage",
        "per level: countries cut along the outline of China as drawn on that level",
        f"per level: remnants of countries below {SLIVER_KM2:g} km2 dropped; gaps filled by them",
        "Baikonur merged into Kazakhstan; Siachen Glacier kept apart and labelled disputed",
        "Natural Earth's features for reefs and islands in the South China Sea are not drawn",
        "lines (ten dashes, limits at sea, undetermined stretch) only merged and rounded",
    ]


def _rules() -> dict[str, str]:
    touch_km, sea_km = measures.TOUCH_DISTANCE_M / 1000, measures.SEA_DISTANCE_M / 1000
    slack_km, width_km = measures.OPEN_SEA_SLACK_M / 1000, measures.OPEN_SEA_RADIUS_M / 500
    return {
        "area_km2": (
            "drawn area of the unsimplified polygon in the equal-area projection; where the source "
            "draws water (estuaries, lakes) as part of a division, it counts"
        ),
        "touches": (
            f"at least {measures.TOUCH_MIN_KM:g} km of the zone's outer border lie within "
            f"{touch_km:g} km of the country as Natural Earth draws it, in steps of at most "
            f"{measures.STEP_M:g} m; decisions taken by hand are in border_overrides.csv"
        ),
        "contact_km": "geodesic length of that border; 0 where the zone does not touch",
        "distance_km": (
            "geodesic length (WGS 84) of the shortest line from the zone's edge to the outline of "
            "China that faces the country, found in an azimuthal equidistant projection centred on "
            "the zone; 0 where it touches; an excluded stretch faces no country"
        ),
        "coastal": (
            f"the zone comes within {slack_km:g} km of open sea: water in Natural Earth that is "
            f"connected with the ocean and at least {width_km:g} km wide, so that the tidal reach "
            "of a river makes no city coastal"
        ),
        "coast_km": (
            f"geodesic length of a coastal zone's outer border within {sea_km:g} km of the sea and "
            f"further than {touch_km:g} km from every land neighbour; 0 for Shaoxing, because the "
            "source draws the inner Hangzhou Bay as part of the cities around it"
        ),
        "focus_box": (
            f"bounds of the parts with at least {measures.MAIN_PART_SHARE:.0%} of the area of the "
            "largest part, so that no map zooms out for outlying islets"
        ),
    }
