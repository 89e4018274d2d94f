"""GeoJSON, GeoPackage, GeoParquet and FlatGeobuf, as GDAL and GeoPandas read them."""

import io
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from files import LATEST, file_of

from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.rows import (
    TABLES,
)


def test_a_geopackage_has_its_own_day_while_another_one_is_written(atlas, monkeypatch):
    day, other = View(LATEST), View(date(2020, 5, 6))
    alone = file_of(atlas, day, "zones", "gpkg")
    write = pyogrio.raw.write
    between = []

    def write_later(*args, **more):
        if not between:
            between.append(pool.submit(file_of, atlas, other, "zones", "gpkg"))
            wait(between, timeout=1)
        return write(*args, **more)

    monkeypatch.setattr(pyogrio.raw, "write", write_later)
    with ThreadPoolExecutor(1) as pool:
        assert file_of(atlas, day, "zones", "gpkg") == alone
    assert between[0].result() == file_of(atlas, other, "zones", "gpkg")


@pytest.mark.parametrize("level", ["overview", "detail"])
@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.layer])
def test_geojson_follows_rfc_7946(atlas, name, level):
    said = json.loads(file_of(atlas, View(LATEST, lang="zh"), name, "geojson", level))
    assert said["type"] == "FeatureCollection"
    assert "crs" not in said
    assert said["as_of"] == "2025-04-25"
    assert said["level"] == level
    assert "天地图" in said["boundary_note"]
    assert {"filters", "data_version", "source", "licence", "boundary_credit"} <= said.keys()
    assert said["count"] == len(said["features"])
    for feature in said["features"]:
        assert feature["id"] == feature["properties"][TABLES[name].key]
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert all(part.exterior.is_ccw for part in getattr(shape, "geoms", [shape]))


def test_levels_differ_in_shape_alone(atlas):
    coarse, fine = (
        json.loads(file_of(atlas, View(LATEST), "zones", "geojson", level))["features"]
        for level in ("overview", "detail")
    )
    assert [f["properties"] for f in coarse] == [f["properties"] for f in fine]
    assert len(json.dumps(coarse)) < len(json.dumps(fine))


def test_geopackage(atlas, tmp_path):
    path = tmp_path / "zones.gpkg"
    path.write_bytes(file_of(atlas, View(LATEST), "zones", "gpkg", "detail"))
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (10300,)
        kinds = {row[1]: row[2] for row in database.execute("PRAGMA table_info(zones)")}
    database.close()
    assert kinds["approved_on"] == "DATE"
    assert kinds["batch"] == "INTEGER"
    assert pyogrio.list_layers(path).tolist() == [["zones", "MultiPolygon"]]
    info = pyogrio.read_info(path)
    assert info["layer_metadata"]["as_of"] == "2025-04-25"
    assert "Tianditu" in info["layer_metadata"]["boundary_credit"]
    zones = gpd.read_file(path).set_index("zone_id")
    assert zones.crs == "EPSG:4326"
    revoked = next(stop.revoked for stop in atlas.stops if stop.on == LATEST)
    assert set(zones.index[zones["revoked_on"].notna()]) == set(revoked)
    assert zones.loc["hainan", "revoked_by"] is None or zones["revoked_by"].isna()["hainan"]
    assert zones.loc["haikou", "successor_zone_id"] == "hainan"


@pytest.mark.parametrize("name", ["zones", "provinces"])
def test_a_geopackage_says_what_its_columns_mean(atlas, name, tmp_path):
    path = written(atlas, View(LATEST), name, "gpkg", tmp_path)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        told = database.execute(
            "SELECT table_name, column_name, description FROM gpkg_data_columns"
        )
        rows = told.fetchall()
        extended = database.execute("SELECT table_name, extension_name FROM gpkg_extensions")
        assert ("gpkg_data_columns", "gpkg_schema") in extended.fetchall()
        fields = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
    database.close()
    assert rows == [(name, column.name, column.meaning) for column in TABLES[name].columns]
    assert {row[1] for row in rows} <= fields
    again = file_of(atlas, View(LATEST), name, "gpkg")
    assert again == path.read_bytes()


def written(atlas, view, name, form, folder, level="overview"):
    # GDAL wants the ending
    path = folder / f"{name}.{form}"
    path.write_bytes(file_of(atlas, view, name, form, level))
    return path


PLACED_TABLES = [name for name, table in TABLES.items() if table.layer]


@pytest.mark.parametrize("level", ["overview", "detail"])
@pytest.mark.parametrize("name", PLACED_TABLES)
def test_geoparquet_and_flatgeobuf_hold_what_geojson_does(atlas, name, level, tmp_path):
    view = View(LATEST, neighbours=("land",))
    expected = gpd.read_file(written(atlas, view, name, "geojson", tmp_path, level))
    key = TABLES[name].key
    expected = expected.set_index(key).sort_index()
    names = [column.name for column in TABLES[name].columns]
    for form, read in (("parquet", gpd.read_parquet), ("fgb", gpd.read_file)):
        path = written(atlas, view, name, form, tmp_path, level)
        found = read(path)
        assert list(found.columns) == [*names, "geometry"]
        assert found.crs == "EPSG:4326"
        found = found.set_index(key)
        if form == "parquet":
            rows = TABLES[name].rows(Answer(atlas, view))
            assert found.index.tolist() == rows[key].tolist()
        found = found.sort_index()
        assert found.index.equals(expected.index)
        assert found.geometry.geom_equals(expected.geometry).all()


def test_geoparquet_has_types_and_metadata(atlas):
    content = file_of(atlas, View(LATEST, lang="zh"), "zones", "parquet")
    schema = pq.read_schema(io.BytesIO(content))
    types = {field.name: str(field.type) for field in schema}
    kinds = ("approved_on", "batch", "coastal", "drawn_area_km2", "adcodes", "geometry")
    assert [types[name] for name in kinds] == [
        "date32[day]",
        "int64",
        "bool",
        "double",
        "string",
        "binary",
    ]
    facts = json.loads(schema.metadata[b"pilotzones"])
    assert facts["data_version"] == atlas.data_version
    assert facts["licence"] == "CC BY 4.0"
    assert "天地图" in facts["boundary_note"]
    about = json.loads(schema.metadata[b"geo"])
    assert about["primary_column"] == "geometry"
    west, south, east, north = about["columns"]["geometry"]["bbox"]
    assert 73 < west < east < 136
    assert 3 < south < north < 54


def test_flatgeobuf_has_the_metadata_and_an_index(atlas, tmp_path):
    info = pyogrio.read_info(written(atlas, View(LATEST), "zones", "fgb", tmp_path))
    assert info["layer_metadata"]["as_of"] == "2025-04-25"
    assert info["layer_metadata"]["data_version"] == atlas.data_version
    assert info["layer_metadata"]["TITLE"] == "Cross-border e-commerce pilot zones of China"
    assert info["capabilities"]["fast_spatial_filter"]
    # a part of the file by its box
    part = gpd.read_file(tmp_path / "zones.fgb", bbox=(108, 18, 111.2, 20.2))
    assert {"hainan", "haikou", "sanya"} <= set(part["zone_id"])
    assert len(part) < 20


def test_a_table_without_polygons_is_plain_parquet(atlas):
    view = View(LATEST)
    schema = pq.read_schema(io.BytesIO(file_of(atlas, view, "timeline", "parquet")))
    assert b"geo" not in schema.metadata
    assert json.loads(schema.metadata[b"pilotzones"])["as_of"] == "2025-04-25"
    rows = pq.read_table(io.BytesIO(file_of(atlas, view, "timeline", "parquet"))).to_pandas()
    assert (
        rows["active"].tolist() == TABLES["timeline"].rows(Answer(atlas, view))["active"].tolist()
    )
