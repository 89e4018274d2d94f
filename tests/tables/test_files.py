"""A View as a file: every format is read back by a program of its own."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, datetime

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from copies import GEODATA, edit_rows
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.atlas.timeline import changes
from pilotzones.figure import figure_title
from pilotzones.figure.captions import summary
from pilotzones.query.answer import Answer
from pilotzones.query.changes import changes_by_province, headline
from pilotzones.query.view import View
from pilotzones.query.zones import zones_in_view
from pilotzones.tables.archive import data_package
from pilotzones.tables.excel import notes
from pilotzones.tables.files import FORMATS, PLACED, file_name, formats_of, to_csv, write_file
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import (
    TABLES,
    changes_table,
    documents_table,
    one_zone,
    zone_row,
    zone_table,
)

LATEST = date(2025, 4, 25)
HOSTILE = ["=1+1", "<img src=x onerror=alert(1)>", "${x}", "\u202eevil\u202c", "@SUM(A1)", "{=1}"]

EVERY = [(name, form) for name, table in TABLES.items() for form in formats_of(table)]


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def file_of(atlas, view, name, form, level="overview"):
    return write_file(Answer(atlas, view), TABLES[name], form, level=level)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """An atlas whose zones bear names that try to be something else."""
    folder = shutil.copytree(GEODATA, tmp_path_factory.mktemp("hostile") / "geodata")

    def change(rows):
        for row, name in zip(rows, HOSTILE, strict=False):
            row["name_en"] = row["notes_en"] = row["notes_zh"] = name

    edit_rows(folder / "register" / "zones.csv", change)
    return load_atlas(folder)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_that_are_described(atlas, name):
    table = TABLES[name]
    for view in (View(LATEST), View(LATEST, provinces=("540000",), batches=(1,))):
        assert tuple(table.rows(Answer(atlas, view)).columns) == tuple(
            c.name for c in table.columns
        )


@pytest.mark.parametrize(("name", "form"), EVERY)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_file_can_be_made_also_when_it_is_empty(atlas, name, form, lang):
    for view in (View(LATEST, q="nowhere at all", lang=lang), View(date(2015, 3, 12), lang=lang)):
        assert file_of(atlas, view, name, form) == file_of(atlas, view, name, form)


def test_bytes_are_the_same_in_another_process_and_at_another_time(atlas, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    later = {pair: file_of(atlas, View(LATEST), *pair) for pair in EVERY}
    monkeypatch.undo()
    for pair, content in later.items():
        assert file_of(atlas, View(LATEST), *pair) == content


def test_a_geopackage_bears_its_own_day_while_another_one_is_written(atlas, monkeypatch):
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


def read_gpkg(content, folder):
    # GDAL wants the ending
    path = folder / "read.gpkg"
    path.write_bytes(content)
    return gpd.read_file(path)


def test_all_formats_hold_the_same_zones(atlas, tmp_path):
    view = View(LATEST, neighbours=("VNM", "coast"))
    ids = zones_in_view(atlas, view).index.tolist()
    assert [row["zone_id"] for row in read_csv(file_of(atlas, view, "zones", "csv"))] == ids
    said = json.loads(file_of(atlas, view, "zones", "json"))
    assert [row["zone_id"] for row in said["zones"]] == ids
    assert said["count"] == len(ids)
    features = json.loads(file_of(atlas, view, "zones", "geojson"))["features"]
    assert [feature["id"] for feature in features] == ids
    sheet = openpyxl.load_workbook(io.BytesIO(file_of(atlas, view, "zones", "xlsx")))["zones"]
    assert [cell.value for cell in sheet["A"][1:]] == ids
    layer = read_gpkg(file_of(atlas, view, "zones", "gpkg"), tmp_path)
    assert layer["zone_id"].tolist() == ids


def test_json_says_what_it_holds(atlas):
    view = View(LATEST, provinces=("460000",), q="hai", lang="zh")
    said = json.loads(file_of(atlas, view, "zones", "json"))
    assert said["as_of"] == "2025-04-25"
    assert said["filters"] == {"province": ["460000"], "q": ["hai"]}
    assert said["data_version"] == atlas.data_version
    assert said["title"] == "中国跨境电子商务综合试验区"
    island = next(zone for zone in said["zones"] if zone["zone_id"] == "hainan")
    assert island["batch"] == 8
    assert island["approved_on"] == "2025-04-25"
    assert island["revoked_on"] is None
    assert len(island["adcodes"]) == 18
    assert island["coastal"] is True
    assert "licence" not in island


def test_workbook(atlas):
    content = file_of(atlas, View(LATEST, neighbours=("land",), lang="zh"), "zones", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["zones", "documents", "notes"]
    sheet = book["zones"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    head = [cell.value for cell in sheet[1]]
    assert head == [column.name for column in TABLES["zones"].columns]
    row = dict(zip(head, sheet[2], strict=True))
    assert isinstance(row["approved_on"].value, datetime)
    assert row["approved_on"].number_format == "yyyy-mm-dd"
    assert isinstance(row["batch"].value, int)
    assert isinstance(row["coastal"].value, bool)
    assert isinstance(row["drawn_area_km2"].value, float)
    assert isinstance(row["province_adcode"].value, str)
    assert all(8 <= size.width <= 50 for size in sheet.column_dimensions.values())
    assert row["document_url"].hyperlink.target == row["document_url"].value
    for printed in book:
        assert printed.page_setup.orientation == "landscape"
        # one page wide, which need not be said, and as many high as it takes
        assert printed.sheet_properties.pageSetUpPr.fitToPage
        assert printed.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    notes = {line[0].value: line[1].value for line in book["notes"]}
    assert notes["日期"] == "2025年4月25日"
    assert "任一陆地边境" in "".join(notes.values())
    assert atlas.data_version in "".join(notes.values())
    assert book.properties.created == datetime(2025, 4, 25)  # noqa: DTZ001 - a file has no zone


def test_the_citation_names_the_filters_and_both_days(atlas):
    view = View(LATEST, since=date(2022, 2, 8), provinces=("440000", "450000"), batches=(8,))
    said = dict(notes(Answer(atlas, view), TABLES["changes"]))["How to cite"]
    assert "Province: Guangdong, Guangxi; Batch: 8" in said
    assert "8 February 2022 to 25 April 2025" in said


def test_a_row_and_a_name_of_a_file_tell_the_filters(atlas):
    view = View(LATEST, since=date(2025, 4, 24), provinces=("460000",), q="海口")
    (row,) = read_csv(file_of(atlas, view, "changes", "csv"))
    assert row["filters"] == "province=460000&q=%E6%B5%B7%E5%8F%A3"
    name = file_name(TABLES["changes"], view, "csv")
    assert name == "pilot-zone-changes-2025-04-24-2025-04-25-filtered.csv"
    assert {row["filters"] for row in read_csv(file_of(atlas, View(LATEST), "zones", "csv"))} == {
        ""
    }


def test_the_notes_speak_chinese_alone_in_chinese(atlas):
    for table in TABLES.values():
        english = notes(Answer(atlas, View(LATEST)), table)
        chinese = notes(Answer(atlas, View(LATEST, lang="zh")), table)
        assert not {label for label, _ in english} & {label for label, _ in chinese}


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
    database.close()
    assert pyogrio.list_layers(path).tolist() == [["zones", "MultiPolygon"]]
    info = pyogrio.read_info(path)
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert kinds["approved_on"] == "OFTDate"
    assert kinds["batch"] == "OFTInteger64"
    assert info["layer_metadata"]["as_of"] == "2025-04-25"
    assert "Tianditu" in info["layer_metadata"]["boundary_credit"]
    zones = gpd.read_file(path).set_index("zone_id")
    assert zones.crs == "EPSG:4326"
    assert zones["revoked_on"].notna().sum() == 3
    assert zones.loc["hainan", "revoked_by"] is None or zones["revoked_by"].isna()["hainan"]
    assert zones.loc["haikou", "successor_zone_id"] == "hainan"


def test_formats_fit_the_tables():
    assert formats_of(TABLES["zones"]) == list(FORMATS)
    assert not set(formats_of(TABLES["documents"])) & set(PLACED)


def test_a_format_without_a_place_for_the_table_is_refused(atlas):
    with pytest.raises(ValueError, match="cannot be written as geojson"):
        file_of(atlas, View(LATEST), "documents", "geojson")


def test_hostile_values_stay_text(hostile, tmp_path):
    rows = read_csv(file_of(hostile, View(LATEST), "zones", "csv"))
    written = [row["name_en"] for row in rows]
    assert not [text for text in written if text.startswith(("=", "+", "-", "@"))]
    assert {"'=1+1", "'@SUM(A1)", "${x}", "<img src=x onerror=alert(1)>"} <= set(written)
    book = openpyxl.load_workbook(io.BytesIO(file_of(hostile, View(LATEST), "zones", "xlsx")))
    cells = [cell for row in book["zones"].iter_rows() for cell in row]
    assert set(HOSTILE) <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(cell.hyperlink.target.startswith("http") for cell in cells if cell.hyperlink)
    said = json.loads(file_of(hostile, View(LATEST), "zones", "json"))["zones"]
    assert set(HOSTILE) <= {zone["name_en"] for zone in said}
    layer = read_gpkg(file_of(hostile, View(LATEST), "zones", "gpkg"), tmp_path)
    assert set(HOSTILE) <= set(layer["name_en"])


@given(text=st.text(max_size=20))
def test_no_text_of_a_csv_starts_a_formula_and_all_can_be_read_back(text):
    (row,) = read_csv(to_csv(pd.DataFrame({"a": [text], "b": [1]})))
    assert row["b"] == "1"
    assert not row["a"].startswith(("=", "+", "-", "@", "\t"))
    # the csv module reads every kind of line end as it stands in quotes
    assert row["a"].removeprefix("'") == text.removeprefix("'")


def test_changes(atlas):
    table = changes_table(Answer(atlas, View(LATEST, since=date(2022, 11, 24)))).set_index(
        "zone_id"
    )
    assert table["change"].value_counts().to_dict() == {"gained": 16, "lost": 3}
    haikou = table.loc["haikou"]
    assert haikou["successor_en"] == "Hainan (whole island)"
    assert haikou["revoked_by"] == "国函〔2025〕40号"
    assert "海南全岛" in haikou["revocation_title_zh"]
    assert "Hainan Island" in haikou["revocation_title_en"]
    assert haikou["since"] == date(2022, 11, 24)


@given(data=st.data())
def test_changes_agree_with_the_timeline(atlas, data):
    days = st.dates(date(2015, 3, 1), date(2026, 1, 1))
    since, on = sorted([data.draw(days), data.draw(days)])
    table = changes_table(Answer(atlas, View(on, since=since))).set_index("zone_id")
    facts = changes(atlas.register, since, on)
    assert table["change"].to_dict() == facts["change"].to_dict()
    # what lies after the later day is not known
    assert all(day <= on for day in table["revoked_on"].dropna())
    assert all(day <= on for day in table["approved_on"])


def test_the_earlier_day_is_the_eve_of_the_document_in_force(atlas):
    assert Answer(atlas, View(LATEST)).since == date(2025, 4, 24)
    assert Answer(atlas, View(date(2024, 1, 1))).since == date(2022, 11, 23)
    assert Answer(atlas, View(LATEST, since=date(2020, 1, 1))).since == date(2020, 1, 1)


def test_documents_stop_at_the_day_and_count_what_passes(atlas):
    table = documents_table(Answer(atlas, View(date(2022, 2, 8))))
    assert table["active_after"].tolist() == [stop.active_after for stop in atlas.stops[:6]]
    island = documents_table(Answer(atlas, View(LATEST, provinces=("460000",))))
    assert island[["approved", "revoked", "active_after"]].iloc[-1].tolist() == [1, 2, 1]


def test_documents_count_the_zones_that_have_the_status_on_the_day(atlas):
    table = documents_table(Answer(atlas, View(LATEST, statuses=("revoked",))))
    assert dict(zip(table["batch"], table["approved"], strict=True)) == {
        **dict.fromkeys(range(1, 9), 0),
        # Haikou; Sanya; Alashankou
        3: 1,
        5: 1,
        6: 1,
    }
    assert table["revoked"].tolist() == [0] * 7 + [3]


def test_two_days_have_no_filter_by_status(atlas):
    view = View(LATEST, provinces=("460000",))
    filtered = replace(view, statuses=("active",))
    assert headline(Answer(atlas, filtered)) == headline(Answer(atlas, view))
    rows = file_of(atlas, filtered, "changes", "csv")
    assert rows == file_of(atlas, view, "changes", "csv")
    assert changes_by_province(Answer(atlas, filtered)).equals(
        changes_by_province(Answer(atlas, view))
    )
    with pytest.raises(ValueError, match="status=active: not between two days"):
        replace(filtered, since=date(2025, 4, 24))
    compared = filtered.compare(date(2025, 4, 24))
    assert compared == view.compare(date(2025, 4, 24))
    assert figure_title(atlas, compared) == figure_title(atlas, view.compare(compared.since))
    told = "2 active on 24 April 2025, 1 on 25 April 2025"
    assert summary(Answer(atlas, compared)) == told


def test_the_distance_is_told_in_tables_of_borders(atlas):
    view = View(LATEST, neighbours=("KAZ",), within=250)
    assert file_name(TABLES["borders"], view, "csv") == (
        "pilot-zone-borders-2025-04-25-within-250-km-filtered.csv"
    )
    rows = read_csv(file_of(atlas, view, "borders", "csv"))
    assert {row["filters"] for row in rows} == {"neighbour=KAZ&within=250"}
    assert "within 250" not in dict(notes(Answer(atlas, view), TABLES["zones"]))["Filters"]
    assert "(km): 250" in dict(notes(Answer(atlas, view), TABLES["ports"]))["Filters"]


def test_every_change_has_an_address_and_a_zone_tells_whom_it_absorbed(atlas):
    for row in read_csv(file_of(atlas, View(LATEST), "changes", "csv")):
        assert row["approval_url"].startswith("http")
        assert row["revocation_url"].startswith("http") == bool(row["revoked_by"])
    zones = zone_table(Answer(atlas, View(LATEST))).set_index("zone_id")["predecessor_zone_ids"]
    assert zones["hainan"] == "haikou sanya"
    assert zones["bortala"] == "alashankou"
    assert (zones != "").sum() == 2


def test_the_files_of_a_record_are_titled_and_cited_as_the_record(atlas):
    table = one_zone("hainan")
    assert file_name(table, View(LATEST), "xlsx") == "pilot-zone-hainan-2025-04-25.xlsx"
    said = dict(notes(Answer(atlas, View(LATEST)), table))
    official = "China (Hainan) Cross-Border E-Commerce Comprehensive Pilot Zone"
    assert said["Title"] == official
    assert said["How to cite"].startswith(f"{official}, 25 April 2025. Pilot Zone Atlas")


def test_a_revocation_is_not_known_before_its_day(atlas):
    rows = zone_table(Answer(atlas, View(date(2025, 4, 24)))).set_index("zone_id")
    assert rows.loc["haikou", "status"] == "active"
    assert rows.loc["haikou", ["revoked_on", "revoked_by", "successor_zone_id"]].isna().all()


def test_the_record_of_a_zone(atlas):
    record = zone_record(Answer(atlas, View(date(2016, 1, 1))), "hainan")
    assert record["status"] == "pending"
    assert record["predecessors"] == ["haikou", "sanya"]
    assert [event["action"] for event in record["events"]] == ["approve"]
    assert record["neighbours"][0]["iso3"] == "VNM"
    assert {one["other_zone_id"] for one in record["overlaps"]} == {"haikou", "sanya"}
    json.dumps(record, allow_nan=False)


@pytest.mark.parametrize("zone_id", ["haikou", "dandong", "xiongan"])
def test_the_row_of_a_zone_is_that_of_the_table(atlas, zone_id):
    table = zone_table(Answer(atlas, View(LATEST))).set_index("zone_id")
    row = zone_row(Answer(atlas, View(LATEST, q="elsewhere")), zone_id).set_index("zone_id")
    assert row.loc[zone_id].to_dict() == table.loc[zone_id].to_dict()


def test_the_package_is_a_valid_frictionless_package(atlas, tmp_path):
    content = data_package(atlas)
    assert content == data_package.__wrapped__(atlas)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert names == sorted(names, key=lambda name: (name != "README.md", name))
    assert {"README.md", "boundaries/NOTICE.md", "register/datapackage.json"} <= set(names)
    assert atlas.data_version in (tmp_path / "README.md").read_text("utf-8")
    report = Package(str(tmp_path / "register" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    # what was packed is the same data
    assert load_atlas(tmp_path).register.version == atlas.register.version
