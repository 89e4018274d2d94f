"""The boundary files as they are, and the build that made them, on made-up coverages."""

import gzip
import hashlib
import json
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from pilotzones.atlas.pieces import division_pieces
from pilotzones.pipeline import build, layers, measures, sources
from pilotzones.pipeline.sources import BuildError

GEODATA = Path(__file__).parents[2] / "geodata"
BOUNDARIES = GEODATA / "boundaries"
REGISTER = GEODATA / "register"
LEVELS = list(build.LEVELS)

# written by hand, not by the build
BY_HAND = {"border_overrides.csv", "datapackage.json", "NOTICE.md"}


def features(name: str) -> list[dict[str, Any]]:
    return json.loads((BOUNDARIES / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def shapes(name: str) -> dict[str, shapely.Geometry]:
    return {
        str(feature.get("id", i)): shapely.from_geojson(json.dumps(feature["geometry"]))
        for i, feature in enumerate(features(name))
    }


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(BOUNDARIES / f"{name}.csv", dtype={"adcode": str}, keep_default_na=False)


def register() -> pd.DataFrame:
    return pd.read_csv(REGISTER / "zones.csv", dtype=str, keep_default_na=False)


# ---- the files


@pytest.mark.parametrize("path", sorted(BOUNDARIES.glob("*.geojson")), ids=lambda path: path.name)
def test_geometries_are_valid_and_rounded(path):
    geometries = np.array(list(shapes(path.stem).values()))
    assert shapely.is_valid(geometries).all()
    assert not shapely.is_empty(geometries).any()
    coordinates = shapely.get_coordinates(geometries)
    assert (coordinates == np.round(coordinates, layers.DECIMALS)).all()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("layer", ["zones", "provinces", "prefectures", "nation", "neighbours"])
def test_polygons_follow_the_right_hand_rule(layer, level):
    parts = shapely.get_parts(np.array(list(shapes(f"{layer}_{level}").values())))
    assert shapely.is_ccw(shapely.get_exterior_ring(parts)).all()


@pytest.mark.parametrize("level", LEVELS)
def test_every_zone_of_the_register_is_drawn(level):
    drawn = features(f"zones_{level}")
    ids = [feature["id"] for feature in drawn]
    assert ids == sorted(register()["zone_id"])
    assert all(feature["properties"] == {"zone_id": feature["id"]} for feature in drawn)


@pytest.mark.parametrize("level", LEVELS)
def test_zones_overlap_only_where_the_table_says(level):
    drawn = shapes(f"zones_{level}")
    ids = np.array(list(drawn))
    geometries = np.array(list(drawn.values()))
    first, second = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    pairs = first != second
    first, second = first[pairs], second[pairs]
    areas = shapely.area(shapely.intersection(geometries[first], geometries[second]))
    # neighbours share lines; overlays of these leave no more than the last digits
    found = set(zip(ids[first[areas > 1e-9]], ids[second[areas > 1e-9]], strict=True))
    overlaps = table("zone_overlaps")
    assert found == set(zip(overlaps.zone_id, overlaps.other_zone_id, strict=True))


def test_known_overlaps():
    overlaps = table("zone_overlaps")
    within = overlaps[overlaps.relation == "within"]
    assert set(zip(within.zone_id, within.other_zone_id, strict=True)) >= {
        ("yiwu", "jinhua"),
        ("xiongan", "baoding"),
        ("haikou", "hainan"),
        ("sanya", "hainan"),
        ("alashankou", "bortala"),
    }
    assert (overlaps.shared_km2 > 0).all()


@pytest.mark.parametrize("level", LEVELS)
def test_provinces_are_a_coverage_of_the_nation(level):
    provinces = shapes(f"provinces_{level}")
    (nation,) = shapes(f"nation_{level}").values()
    assert len(provinces) == 34
    assert {"710000", "810000", "820000"} <= set(provinces)
    geometries = np.array(list(provinces.values()))
    assert shapely.coverage_is_valid(geometries)
    assert shapely.equals(shapely.coverage_union_all(geometries), nation)


@pytest.mark.parametrize("level", LEVELS)
def test_zones_and_provinces_share_their_lines(level):
    zones, provinces = shapes(f"zones_{level}"), shapes(f"provinces_{level}")
    assert shapely.equals(zones["beijing"], provinces["110000"])
    assert shapely.covered_by(zones["hainan"], provinces["460000"])


@pytest.mark.parametrize("level", LEVELS)
def test_prefectures_are_a_coverage_with_the_zones(level):
    prefectures, zones = shapes(f"prefectures_{level}"), shapes(f"zones_{level}")
    (nation,) = shapes(f"nation_{level}").values()
    geometries = np.array(list(prefectures.values()))
    assert shapely.coverage_is_valid(geometries)
    assert shapely.equals(shapely.coverage_union_all(geometries), nation)
    divisions = table("divisions")
    assert set(divisions.adcode[divisions.level == "prefecture"]) <= set(prefectures)
    whole = {
        row.zone_id: row.adcodes
        for row in register().itertuples()
        if row.adcodes in prefectures and row.division_level != "province"
    }
    assert len(whole) > 100
    for zone, adcode in whole.items():
        assert shapely.equals_exact(zones[zone], prefectures[adcode]), zone


@pytest.mark.parametrize("level", LEVELS)
def test_prefectures_have_their_names(level):
    drawn = {one["id"]: one["properties"] for one in features(f"prefectures_{level}")}
    assert drawn["440600"] == {"adcode": "440600", "name_zh": "佛山市"}
    assert list(drawn) == sorted(drawn)
    assert {"110000", "429004", "810000"} <= set(drawn)


def test_counties_are_a_coverage_of_all_pieces(atlas):
    counties = atlas.boundaries.counties
    geometries = counties.to_numpy()
    assert counties.crs.to_epsg() == 4326
    assert shapely.is_valid(geometries).all()
    assert shapely.coverage_is_valid(geometries)
    assert list(counties.index) == sorted(division_pieces(atlas.boundaries).area_km2)
    coordinates = shapely.get_coordinates(geometries)
    assert (coordinates == np.round(coordinates, layers.COUNTY_DECIMALS)).all()


def test_drawn_counties_add_up_to_their_provinces(atlas):
    pieces = division_pieces(atlas.boundaries).of
    km2 = atlas.boundaries.counties.to_crs(layers.EQUAL_AREA).area / 1e6
    divisions = table("divisions").set_index("adcode")
    provinces = divisions[divisions.level == "province"]
    assert len(provinces) == 34
    for code, province in provinces.iterrows():
        drawn = km2[sorted(pieces[code])].sum()
        # what simplification takes from the outline
        assert drawn == pytest.approx(province.area_km2, rel=1e-4, abs=0.1), code


@pytest.mark.parametrize("level", LEVELS)
def test_province_lines_lie_inside_the_nation_and_are_drawn_once(level):
    (lines,) = shapes(f"province_lines_{level}").values()
    (nation,) = shapes(f"nation_{level}").values()
    pairs = [
        tuple(sorted(pair))
        for line in lines.geoms
        for pair in zip(line.coords[:-1], line.coords[1:], strict=True)
    ]
    assert len(pairs) == len(set(pairs))
    outline = layers.coverage_edges(np.array([nation], dtype=object))
    rim = {((e.x0, e.y0), (e.x1, e.y1)) for e in outline.itertuples()}
    assert not rim & set(pairs)


@pytest.mark.parametrize("level", LEVELS)
def test_neighbours_leave_no_visible_overlap_or_gap(level):
    (nation,) = shapes(f"nation_{level}").values()
    around = shapes(f"neighbours_{level}")
    shapely.prepare(nation)
    common = [
        part.area
        for shape in around.values()
        for part in shapely.get_parts(shapely.intersection(shape, nation))
    ]
    # 1e-4 square degrees are about 1 km2
    assert max(common) < 1e-4
    properties = {f["id"]: f["properties"] for f in features(f"neighbours_{level}")}
    bordering = {iso3 for iso3, row in properties.items() if row["land_border"]}
    assert bordering == set(table("neighbours").iso3)
    assert len(bordering) == 14
    assert "disputed" in properties["-99"]["name_en"]
    assert not {"CHN", "TWN", "HKG", "MAC"} & set(properties)


@pytest.mark.parametrize("level", LEVELS)
def test_islands_are_drawn_as_china(level):
    provinces = shapes(f"provinces_{level}")
    diaoyu = shapely.box(123.3, 25.6, 124.7, 26.1)
    assert shapely.intersects(provinces["710000"], diaoyu)
    for shape in shapes(f"neighbours_{level}").values():
        assert not shapely.intersects(shape, diaoyu)
    south_china_sea = shapely.box(109, 3, 118.5, 17.5)
    islets = shapely.get_parts(provinces["460000"])
    assert shapely.intersects(islets, south_china_sea).sum() > 150


def test_ten_dashes():
    kinds = [feature["properties"]["kind"] for feature in features("lines")]
    assert kinds.count("dash") == 10
    assert set(kinds) == {"dash", "maritime", "undetermined"}


def test_overview_is_small_enough_to_load_at_once():
    content = (BOUNDARIES / "zones_overview.geojson").read_bytes()
    assert len(gzip.compress(content, 9, mtime=0)) <= 250_000


def test_prefectures_are_small_enough_to_load_when_asked_for():
    content = (BOUNDARIES / "prefectures_overview.geojson").read_bytes()
    assert len(gzip.compress(content, 9, mtime=0)) <= 300_000


def test_every_adcode_of_the_register_is_a_division():
    divisions = table("divisions")
    assert divisions.adcode.is_unique
    assert set(divisions.level) == {"province", "prefecture", "county"}
    codes = {code for codes in register()["adcodes"] for code in codes.split()}
    assert codes <= set(divisions.adcode)
    assert not set(layers.PSEUDO_PREFECTURES) & set(divisions.adcode)


def test_divisions_add_up():
    divisions = table("divisions")
    total = divisions.groupby("level")["area_km2"].sum()
    assert total["province"] == pytest.approx(9.6e6, rel=0.02)
    hebei = divisions[divisions.province_adcode.astype(str) == "130000"]
    sums = hebei.groupby("level")["area_km2"].sum()
    assert sums["county"] == pytest.approx(sums["province"], abs=20)
    assert sums["prefecture"] == pytest.approx(sums["province"], abs=2)


def test_zone_geometry_places_a_point_inside_and_a_box_around():
    rows = table("zone_geometry").set_index("zone_id")
    assert list(rows.index) == sorted(register()["zone_id"])
    for zone, shape in shapes("zones_detail").items():
        row = rows.loc[zone]
        assert row.west < row.lon < row.east
        assert row.south < row.lat < row.north
        # the polygon is simplified, the point was not chosen on it
        assert shapely.dwithin(shape, shapely.Point(row.lon, row.lat), 0.02)
    assert rows.loc["hainan", "south"] > 18
    assert rows.loc["manzhouli", "area_km2"] == pytest.approx(757.6, abs=1)


@pytest.mark.parametrize(
    ("zone", "coastal"),
    [
        *[(zone, True) for zone in ("dandong", "dongguan", "guangzhou", "hainan", "jiaxing")],
        *[(zone, True) for zone in ("nantong", "panjin", "shanghai", "shaoxing", "tianjin")],
        *[(zone, False) for zone in ("hunchun", "foshan", "nanjing", "suzhou-jiangsu", "wuxi")],
        *[(zone, False) for zone in ("chongzuo", "hangzhou", "jinan", "linyi", "yiwu")],
    ],
)
def test_coasts(zone, coastal):
    row = table("zone_geometry").set_index("zone_id").loc[zone]
    assert bool(row.coastal) is coastal
    assert coastal or row.coast_km == 0


def test_land_borders():
    rows = table("zone_neighbours")
    assert len(rows) == len(register()) * 14
    touching = rows[rows.touches].groupby("zone_id")["neighbour_iso3"].agg(" ".join).to_dict()
    known = {
        "alashankou": "KAZ",
        "baotou": "MNG",
        "bortala": "KAZ",
        "chongzuo": "VNM",
        "dandong": "PRK",
        "dehong": "MMR",
        "erenhot": "MNG",
        "fangchenggang": "VNM",
        "heihe": "RUS",
        "honghe": "VNM",
        "hunchun": "PRK RUS",
        "ili": "KAZ",
        "kashgar": "AFG PAK TJK",
        "manzhouli": "RUS",
        "suifenhe": "RUS",
        "tongjiang": "RUS",
    }
    assert {zone: touching.get(zone) for zone in known} == known
    # near a border, but not at it
    assert not {"dali", "kunming", "nanning", "yanji"} & set(touching)


def test_contact_and_distance_agree_with_touching():
    rows = table("zone_neighbours")
    assert (rows.contact_km[rows.touches] >= measures.TOUCH_MIN_KM).all()
    assert (rows.distance_km[rows.touches] == 0).all()
    assert (rows.contact_km[~rows.touches] == 0).all()
    near = rows[~rows.touches & (rows.distance_km < 5)]
    overrides = table("border_overrides")
    excluded = overrides[overrides.decision == "exclude"]
    # whoever is as near as that would touch, were it not decided otherwise
    assert set(zip(near.zone_id, near.neighbour_iso3, strict=True)) == set(
        zip(excluded.zone_id, excluded.neighbour_iso3, strict=True)
    )
    disputed = rows[rows.disputed]
    assert list(zip(disputed.zone_id, disputed.neighbour_iso3, strict=True)) == [("kashgar", "PAK")]


@pytest.mark.parametrize(
    ("zone", "iso3", "km"), [("ili", "KGZ", 11), ("honghe", "LAO", 21), ("manzhouli", "MNG", 44)]
)
def test_near_misses(zone, iso3, km):
    rows = table("zone_neighbours").set_index(["zone_id", "neighbour_iso3"])
    assert rows.loc[(zone, iso3), "distance_km"] == pytest.approx(km, abs=1)


def test_provenance_names_the_pinned_sources():
    provenance = json.loads((BOUNDARIES / "provenance.json").read_text(encoding="utf-8"))
    assert [s["sha256"] for s in provenance["sources"]] == [s.sha256 for s in sources.SOURCES]
    assert provenance["levels"]["overview"]["tolerance_m"] == build.LEVELS["overview"]


# ---- the sources


def test_checksum_error_tells_file_both_sums_and_remedy(tmp_path):
    path = tmp_path / "archive.tgz"
    path.write_bytes(b"not it")
    expected = "0" * 64
    with pytest.raises(BuildError) as caught:
        sources.check_sha256(path, expected)
    got = hashlib.sha256(b"not it").hexdigest()
    for part in ("archive.tgz", expected, got, "delete"):
        assert part in str(caught.value)


def test_missing_archive_is_named(tmp_path):
    with pytest.raises(BuildError, match=r"gone\.whl is missing"):
        sources.check_sha256(tmp_path / "gone.whl", "0" * 64)


def test_damaged_cache_is_not_used(tmp_path):
    for source in sources.SOURCES:
        (tmp_path / source.file).write_bytes(b"")
    with pytest.raises(BuildError, match="expected"):
        sources.fetch_sources(tmp_path)


def test_failed_download_tells_the_remedy(tmp_path, monkeypatch):
    source = sources.SOURCES[0]
    monkeypatch.setattr(sources.sys, "executable", shutil.which("false"))
    with pytest.raises(BuildError, match=f"{source.file} could not be fetched"):
        sources.fetch_sources(tmp_path)


def test_missing_npm_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sources.shutil, "which", lambda _: None)
    (source,) = [s for s in sources.SOURCES if s.registry == "npm"]
    with pytest.raises(BuildError, match="npm is not on the path"):
        sources._download(source, tmp_path)


@pytest.mark.parametrize(
    "read",
    [
        lambda path: sources.read_divisions(path, "city"),
        sources.read_lines,
        sources.read_countries,
    ],
)
def test_unreadable_archive_is_named(tmp_path, read: Callable[[Path], object]):
    path = tmp_path / "other.zip"
    path.write_bytes(b"no archive")
    with pytest.raises(BuildError, match=r"other\.zip is not laid out as expected"):
        read(path)


def pack(items: list[bytes]) -> bytes:
    return struct.pack(f"<{1 + len(items)}I", len(items), *map(len, items)) + b"".join(items)


def units(lon: float, lat: float) -> tuple[int, int]:
    return round((lon + 180) / 2e-6), round((lat + 90) / 2e-6)


def plain_ring(points: list[tuple[float, float]]) -> bytes:
    flat = [value for point in points for value in units(*point)]
    return struct.pack(f"<{1 + len(flat)}I", 0, *flat)


def delta_ring(start: tuple[float, float], steps: list[tuple[int, int]]) -> bytes:
    flat = [value for step in steps for value in step]
    return struct.pack("<3I", 1, *units(*start)) + struct.pack(f"<{len(flat)}h", *flat)


def test_binary_polygons():
    square = plain_ring([(100, 30), (101, 30), (101, 31), (100, 31), (100, 30)])
    hole = delta_ring((100.5, 30.5), [(0, 10000), (10000, 0), (-10000, -10000)])
    polygon = pack([square, hole])
    content = pack(
        [struct.pack("<I", 5) + polygon, struct.pack("<I", 6) + pack([polygon, pack([square])])]
    )
    first, second = sources.decode_divisions(content)
    assert first.geom_type == "Polygon"
    assert list(first.exterior.coords)[1] == (101, 30)
    assert list(first.interiors[0].coords)[:2] == [(100.5, 30.5), (100.5, 30.52)]
    assert [len(part.interiors) for part in second.geoms] == [1, 0]


@pytest.mark.parametrize(
    "content", [b"", b"\1\0", pack([struct.pack("<I", 9)]), pack([b"\0" * 8])[:-4]]
)
def test_damaged_binary_polygons(content):
    with pytest.raises(BuildError, match="binary polygons are damaged"):
        sources.decode_divisions(content)


def test_topojson():
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [100, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
        "objects": {
            "countries": {
                "geometries": [
                    {
                        "type": "Polygon",
                        "id": "001",
                        "arcs": [[0, -2]],
                        "properties": {"name": "Square"},
                    },
                    {"type": None, "properties": {"name": "Nowhere"}},
                ]
            }
        },
    }
    frame = sources.decode_topojson(topology, "countries")
    assert frame[["id", "name"]].to_numpy().tolist() == [["001", "Square"]]
    assert shapely.equals(frame.geometry[0], shapely.box(100, 20, 101, 21))
    assert frame.crs == "EPSG:4326"


def test_lines_are_told_apart_by_place_and_kept_once():
    def feature(*points: tuple[float, float]) -> dict[str, Any]:
        return {"geometry": {"type": "MultiLineString", "coordinates": [points]}}

    polygon = {"geometry": {"type": "Polygon", "coordinates": []}}
    sea = feature((110, 20), (111, 20))
    lines = sources.classify_lines(
        [sea, sea, polygon, feature((109, 3), (110, 20)), feature((74, 37), (75, 38))]
    )
    assert lines["kind"].tolist() == ["dash", "maritime", "undetermined"]


# ---- the steps, on a country of four counties


@pytest.fixture
def counties():
    """Two prefectures of two counties, side by side; each county a degree wide and high."""
    rows = [
        ("110101", "东", "110100", "110000", shapely.box(100, 30, 101, 31)),
        ("110102", "西", "110100", "110000", shapely.box(100, 31, 101, 32)),
        ("120101", "南", "120100", "120000", shapely.box(101, 30, 102, 31)),
        ("120102", "北", "120100", "120000", shapely.box(101, 31, 102, 32)),
    ]
    columns = ["adcode", "name_zh", "prefecture", "province", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")
    frame["geometry"] = shapely.coverage_clean(frame.geometry.to_numpy())
    return frame


def test_partition_sets_apart_only_what_zones_name(counties):
    zones = {"inner": ["110101"], "outer": ["110100"], "all": ["110000", "120000"]}
    partition = layers.make_partition(counties, zones)
    assert partition.pieces["piece"].tolist() == ["110100", "110101", "120100"]
    assert partition.members == {
        "all": ["110100", "110101", "120100"],
        "inner": ["110101"],
        "outer": ["110100", "110101"],
    }
    overlaps = measures.zone_overlaps(partition)
    relations = {(r.zone_id, r.other_zone_id): r.relation for r in overlaps.itertuples()}
    assert relations["inner", "outer"] == "within"
    assert relations["all", "inner"] == "contains"


def test_unknown_adcode_is_named_with_its_zone(counties):
    with pytest.raises(BuildError, match=r"'new'.*999999.*zones.csv"):
        layers.make_partition(counties, {"new": ["999999"]})


def test_companions_go_with_their_zone_unless_they_are_one(counties, monkeypatch):
    monkeypatch.setattr(layers, "COMPANIONS", {"110102": "110101"})
    together = layers.make_partition(counties, {"a": ["110101"]}).pieces
    assert together["piece"].tolist() == ["110101", "120100"]
    apart = layers.make_partition(counties, {"a": ["110101"], "b": ["110102"]}).pieces
    assert apart["piece"].tolist() == ["110101", "110102", "120100"]


def test_province_lines_are_what_parts_provinces(counties):
    lines = layers.province_lines(counties)
    assert shapely.equals(lines, shapely.LineString([(101, 30), (101, 32)]))


def test_outline_steps_walk_round_once(counties):
    steps = measures.outline_steps(counties.assign(piece=counties["adcode"]))
    expected = shapely.length(shapely.box(100, 30, 102, 32).boundary)
    walked = np.hypot(steps.x1 - steps.x0, steps.y1 - steps.y0).sum()
    assert walked == pytest.approx(expected)
    assert steps["km"].max() <= measures.STEP_M / 1000
    # a degree of latitude is about 111 km
    west = steps[(steps.x0 == 100) & (steps.x1 == 100)]
    assert west["km"].sum() == pytest.approx(221.7, abs=0.2)


def test_outline_steps_see_the_parts_of_multipolygons(counties):
    parts = shapely.MultiPolygon([shapely.box(100, 30, 101, 31), shapely.box(103, 30, 104, 31)])
    pieces = counties.assign(piece=counties["adcode"]).iloc[:1].set_geometry([parts])
    assert measures.outline_steps(pieces)["x1"].max() == 104


def test_distance_is_geodesic():
    shape = shapely.box(100, 30, 101, 31)
    lines = {"east": shapely.LineString([(102, 30), (102, 31)]), "in": shape.boundary}
    distance = measures.distances_km(shape, lines)
    assert distance["in"] == 0
    # one degree of longitude at 31 degrees north, where meridians are closest
    assert distance["east"] == pytest.approx(95.5, abs=0.2)


def test_gaps_go_to_the_neighbour_with_the_longest_line():
    nation = shapely.box(0, 0, 4, 2)
    around = shapely.box(0, 2, 4, 3)
    gap = shapely.box(1, 2, 2, 2.5)
    first, second = layers.fill_gaps(
        nation, [shapely.difference(around, gap), shapely.box(0, 3, 4, 5)]
    )
    assert shapely.equals(first, around)
    assert shapely.equals(second, shapely.box(0, 3, 4, 5))


def test_simplification_that_breaks_polygons_is_refused(counties):
    pieces = counties.assign(piece=counties["adcode"])
    with pytest.raises(BuildError, match="choose another tolerance"):
        layers.simplify(pieces, 1000, decimals=-2)


def test_divisions_of_every_level(counties):
    names = {"110000": "甲", "120000": "乙", "110100": "丙", "120100": "丁"}
    rows = measures.division_table(counties, names).set_index("adcode")
    assert rows["level"].value_counts().to_dict() == {"county": 4, "province": 2, "prefecture": 2}
    assert rows.loc["110101", ["name_zh", "prefecture_adcode"]].tolist() == ["东", "110100"]
    assert rows.loc["110000", "prefecture_adcode"] == ""


def test_layers_are_the_same_bytes_on_every_run(counties, tmp_path):
    zones = {"inner": ["110101"], "outer": ["110100"]}
    names = {"110000": "甲", "120000": "乙", "110100": "丙", "120100": "丁"}
    written = []
    for run, frame in enumerate([counties, counties.iloc[::-1].reset_index(drop=True)]):
        partition = layers.make_partition(frame, zones)
        pieces = layers.simplify(partition.pieces, 500)
        drawn = build.draw_layers(pieces, partition.members, names)
        folder = tmp_path / str(run)
        folder.mkdir()
        for name, layer in drawn.items():
            build._write_geojson(folder / f"{name}.geojson", layer, build._IDS.get(name))
        build._write_flatgeobuf(folder / "counties.fgb", layers.draw_counties(frame, 500))
        written.append([path.read_bytes() for path in sorted(folder.iterdir())])
    # not even the order of the source's rows shows
    assert written[0] == written[1]


# ---- what is written by hand


def overrides(folder: Path, *rows: str) -> Path:
    path = folder / "border_overrides.csv"
    head = "zone_id,neighbour_iso3,decision,reason_en,reason_zh"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nowhere,IND,exclude,why,何故", "zone_id.*nowhere.*a zone of the register"),
        ("kashgar,XYZ,exclude,why,何故", "neighbour_iso3.*XYZ.*AFG"),
        ("kashgar,IND,maybe,why,何故", "decision.*maybe.*exclude"),
        ("kashgar,IND,exclude,,何故", "no reason"),
    ],
)
def test_overrides_that_fit_nothing_are_refused(tmp_path, row, message):
    with pytest.raises(BuildError, match=message):
        build.read_overrides(overrides(tmp_path, row), {"kashgar": ["653100"]})


def test_overrides_are_asked_for(tmp_path):
    with pytest.raises(BuildError, match=r"border_overrides\.csv is missing"):
        build.read_overrides(tmp_path / "border_overrides.csv", {})


@pytest.fixture
def country(counties):
    """The four counties as zones, with every neighbour but one stacked along the eastern side."""
    partition = layers.make_partition(counties, {"west": ["110100"], "east": ["120100"]})
    steps = measures.outline_steps(partition.pieces)
    rows = [
        {"iso3": iso3, "geometry": shapely.box(102, 30, 103, 32)}
        for iso3 in sorted(layers.NEIGHBOURS)
    ]
    around = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    return partition, steps, around.to_crs(layers.EQUAL_AREA)


def test_contact_disputes_and_distance(country, tmp_path):
    table = build.read_overrides(
        overrides(tmp_path, "east,PAK,disputed,why,何故"), {"east": [], "west": []}
    )
    rows = measures.zone_neighbours(*country, table)
    rows = rows.set_index(["zone_id", "neighbour_iso3"])
    east, west = rows.loc[("east", "PAK")], rows.loc[("west", "PAK")]
    assert (east.touches, east.disputed, east.distance_km) == (True, True, 0.0)
    # the eastern side, and 5 km round both corners
    assert east.contact_km == pytest.approx(221.7 + 10, abs=2)
    assert (west.touches, west.disputed, west.contact_km) == (False, False, 0.0)
    assert west.distance_km == pytest.approx(95 - 5, abs=2)


@pytest.mark.parametrize("decision", ["disputed", "exclude"])
def test_override_without_effect_is_refused(country, tmp_path, decision):
    path = overrides(tmp_path, f"west,PAK,{decision},why,何故")
    table = build.read_overrides(path, {"east": [], "west": []})
    with pytest.raises(BuildError, match="west does not touch PAK"):
        measures.zone_neighbours(*country, table)


def test_excluding_all_contact_leaves_no_border(country, tmp_path):
    path = overrides(tmp_path, "east,PAK,exclude,why,何故")
    table = build.read_overrides(path, {"east": [], "west": []})
    with pytest.raises(BuildError, match="no outline faces PAK"):
        measures.zone_neighbours(*country, table)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zone_id\na\n", r"lacks the columns \['adcodes'\]"),
        ("zone_id,adcodes\na,110000\na,120000\n", r"listed twice: \['a'\]"),
        ("zone_id,adcodes\na,\n", r"without adcodes: \['a'\]"),
    ],
)
def test_register_that_cannot_be_built_from(tmp_path, text, message):
    path = tmp_path / "zones.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=message):
        build.read_zones(path)


# ---- the whole build: fetches the sources, so it runs when it is asked for


def rebuild(test: Callable[..., None]) -> Callable[..., None]:
    return test if os.environ.get("PILOTZONES_REBUILD") == "1" else pytest.mark.rebuild(test)


@rebuild
def test_rebuild_gives_the_committed_bytes(tmp_path):
    cache = Path(os.environ.get("PILOTZONES_CACHE", tmp_path / "cache"))
    out = tmp_path / "boundaries"
    out.mkdir()
    shutil.copy(BOUNDARIES / "border_overrides.csv", out)
    build.build_boundaries(out, cache=cache, register=REGISTER)
    names = {path.name for path in BOUNDARIES.iterdir()}
    assert {path.name for path in out.iterdir()} == names - BY_HAND | {"border_overrides.csv"}
    for path in sorted(out.iterdir()):
        assert path.read_bytes() == (BOUNDARIES / path.name).read_bytes(), path.name
