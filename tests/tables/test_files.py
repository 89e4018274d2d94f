"""A View as a file: other programs read every format."""

import io
import json
import re
import shutil
from datetime import date

import openpyxl
import pandas as pd
import pytest
from copies import GEODATA, edit_rows
from files import LATEST, file_of, read_csv, read_gpkg
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.query.zones import zones_in_view
from pilotzones.tables.excel import notes
from pilotzones.tables.files import FORMATS, PLACED, file_name, formats_of, to_csv
from pilotzones.tables.rows import (
    TABLES,
)

HOSTILE = ["=1+1", "<img src=x onerror=alert(1)>", "${x}", "\u202eevil\u202c", "@SUM(A1)", "{=1}"]


EVERY = [(name, form) for name, table in TABLES.items() for form in formats_of(table)]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """An atlas of zones whose names try to be something else."""
    folder = shutil.copytree(GEODATA, tmp_path_factory.mktemp("hostile") / "geodata")

    def change(rows):
        for row, name in zip(rows, HOSTILE, strict=False):
            row["name_en"] = row["notes_en"] = row["notes_zh"] = name

    edit_rows(folder / "register" / "zones.csv", change)
    return load_atlas(folder)


@pytest.mark.parametrize(("name", "form"), EVERY)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.variants(20)
def test_every_file_can_be_made_also_when_it_is_empty(atlas, name, form, lang):
    for view in (View(LATEST, q="nowhere at all", lang=lang), View(date(2015, 3, 12), lang=lang)):
        assert file_of(atlas, view, name, form) == file_of(atlas, view, name, form)


@pytest.mark.long
def test_bytes_are_the_same_in_another_process_and_at_another_time(atlas, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    later = {pair: file_of(atlas, View(LATEST), *pair) for pair in EVERY}
    monkeypatch.undo()
    for pair, content in later.items():
        assert file_of(atlas, View(LATEST), *pair) == content


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


def test_a_row_and_the_name_of_a_file_name_the_filters(atlas):
    view = View(LATEST, since=date(2025, 4, 24), provinces=("460000",), q="海口")
    (row,) = read_csv(file_of(atlas, view, "changes", "csv"))
    assert row["filters"] == "province=460000&q=%E6%B5%B7%E5%8F%A3"
    name = file_name(TABLES["changes"], view, "csv")
    assert name == "pilot-zone-changes-2025-04-24-2025-04-25-filtered.csv"
    assert {row["filters"] for row in read_csv(file_of(atlas, View(LATEST), "zones", "csv"))} == {
        ""
    }


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
    signed = re.fullmatch(r"[+-]([\d,.e+%-]*\d%?)?", row["a"], re.IGNORECASE | re.ASCII)
    assert signed or not row["a"].startswith(("=", "+", "-", "@", "\t"))
    # the csv module reads every kind of line end as it stands in quotes
    assert row["a"].removeprefix("'") == text.removeprefix("'")


def test_numbers_with_a_sign_and_dashes_stay_as_they_are():
    kept = ["-5", "+3.1", "-1,234.5%", "-2e-3", "-"]
    formulas = ["-5+1", "--5", "+A1", "-1,234.5%x", "=-5", "- 5"]
    rows = read_csv(to_csv(pd.DataFrame({"a": kept + formulas})))
    assert [row["a"] for row in rows[: len(kept)]] == kept
    assert [row["a"] for row in rows[len(kept) :]] == [f"'{text}" for text in formulas]
    assert to_csv(pd.DataFrame({"=a": [1]})) == b"\xef\xbb\xbf'=a\r\n1\r\n"


def test_tables_of_borders_name_the_distance(atlas):
    view = View(LATEST, neighbours=("KAZ",), within=250)
    assert file_name(TABLES["borders"], view, "csv") == (
        "pilot-zone-borders-2025-04-25-within-250-km-filtered.csv"
    )
    rows = read_csv(file_of(atlas, view, "borders", "csv"))
    assert {row["filters"] for row in rows} == {"neighbour=KAZ&within=250"}
    assert "within 250" not in dict(notes(Answer(atlas, view), TABLES["zones"]))["Filters"]
    assert "(km): 250" in dict(notes(Answer(atlas, view), TABLES["ports"]))["Filters"]
