"""GeoJSON and GeoPackage, as GDAL reads them."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import geopandas as gpd
import pyogrio
import pytest
import shapely
from files import LATEST, file_of

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
