"""The commands on places: lookups, a file of one's own, panels."""

import csv
import io
import json

import openpyxl
import pandas as pd
import pytest
from command_line import run

from pilotzones.cli.place_answers import SHOWN
from pilotzones.query.lookup import LOOKUP_COLUMNS
from pilotzones.query.panel import PanelOptions, treatment_panel

CITIES = "城市,出口\n深圳市,3.1\n长治市,0.2\n朝阳,4\n"


@pytest.fixture
def cities(tmp_path):
    path = tmp_path / "cities.csv"
    path.write_text(CITIES, encoding="gb18030")
    return path


def test_a_lookup_for_people_shows_columns_that_exist():
    assert set(SHOWN.split()) <= set(LOOKUP_COLUMNS)
    head, yiwu, jilin = run("lookup", "义乌市", "吉林", "--on", "2019-06-01").stdout.splitlines()
    assert head.split() == SHOWN.split()
    assert yiwu.split()[:3] == ["义乌市", "whole", "330782"]
    assert jilin.split()[:3] == ["吉林", "220000", "220200"]
    assert jilin.endswith("several places have this name")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_lookup_for_programs(form):
    output = run("lookup", "Foshan", "--on", "1999-01-01", "--format", form).stdout
    if form == "json":
        (row,) = json.loads(output)["lookup"]
    else:
        (row,) = csv.DictReader(io.StringIO(output))
    assert (row["status"], row["adcode"]) == ("none", "440600")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lookup", "x", "--on", "2099-01-01"], "on=2099-01-01: in the future"),
        (["lookup", "--point", "1"], "point=1: not a point"),
        (["lookup", *["x"] * 300], "too many values; at most 205, a table has room for more"),
        (["lookup"], "Give a PLACE or a --point"),
        (["lookup", ""], "Give a PLACE or a --point"),
        (["lookup", "x", "--division-level", "town"], "--division-level=town: unknown level"),
        (["panel", "--unit", "town", "-o", "x.csv"], "unit=town: unknown choice"),
        (["panel", "--place", "Nowhere", "-o", "x.csv"], "place=Nowhere: unknown place"),
        (["panel", "-o", "x.pdf"], "give --format"),
    ],
)
def test_what_is_not_understood_is_named(arguments, words):
    assert words in run(*arguments, status=2).stderr


def test_a_file_is_matched_and_counted(cities, tmp_path):
    out = tmp_path / "out.csv"
    result = run("match", cities, "--place", "城市", "--on", "2022-12-31", "-o", out)
    assert result.stderr == "3 rows: 1 whole, 1 none, 1 not matched\n"
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["城市"] for row in rows] == ["深圳市", "长治市", "朝阳"]
    assert [row["status"] for row in rows] == ["whole", "none", ""]


def test_rows_without_a_day_are_counted_apart(tmp_path):
    path, out = tmp_path / "cities.csv", tmp_path / "out.dta"
    path.write_text("city,status,year\n深圳市,a,2019\n深圳市,,soon\n朝阳,,2019\n", encoding="utf-8")
    result = run("match", path, "--place", "city", "--on-column", "year", "-o", out)
    assert result.stderr == "3 rows: 1 whole, 1 without a day, 1 not matched\n"


def test_a_workbook_gives_a_workbook(cities, tmp_path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    run("match", cities, "--place", "城市", "-o", first)
    run("match", first, "--place", "城市", "-o", second)
    head = [cell.value for cell in openpyxl.load_workbook(second).worksheets[0][1]]
    # what the table has already keeps its name
    assert {"status", "status_atlas"} <= set(head)


def test_a_column_that_the_file_lacks_is_named(cities):
    result = run("match", cities, "--place", "city", "-o", "x.csv", status=2)
    assert "place=city: no such column; did you mean 城市 or 出口?" in result.stderr


def test_a_file_that_is_no_table_ends_with_its_reason(tmp_path):
    path = tmp_path / "page.csv"
    path.write_text("<html></html>", encoding="utf-8")
    assert "web page" in run("match", path, "--place", "x", "-o", "x.csv", status=1).stderr


def test_a_panel_for_stata(atlas, tmp_path):
    out = tmp_path / "panel.dta"
    result = run("panel", "--unit", "city", "--from", 2018, "--to", 2020, "-o", out)
    panel = treatment_panel(atlas, PanelOptions(2018, 2020, unit="city"))
    assert result.stderr.splitlines() == panel.warnings
    table = pd.read_stata(out, convert_categoricals=False)
    assert table["dd"].tolist() == panel.table["dd"].astype(float).tolist()


def test_a_panel_of_a_file_of_units(cities, tmp_path):
    out = tmp_path / "panel.csv"
    command = ["panel", "--places", cities, "--place", "城市", "-o", out]
    assert "place=朝阳: name of several places" in run(*command, status=2).stderr
    cities.write_text(CITIES.replace("朝阳", "朝阳市"), encoding="utf-8")
    run(*command, "--from", 2020, "--to", 2021)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["adcode"] for row in rows[::2]] == ["140400", "211300", "440300"]


def test_weights_of_a_file_of_units_have_the_order_of_its_panel(tmp_path):
    cities, panel, gal = (tmp_path / name for name in ("cities.csv", "panel.csv", "own.gal"))
    cities.write_text("city\n深圳\n佛山\n广州\n", encoding="utf-8")
    own = ["--places", cities, "--place", "city"]
    run("panel", *own, "--from", 2020, "--to", 2020, "-o", panel)
    run("weights", *own, "-o", gal)
    units = pd.read_csv(panel, dtype=str)["adcode"].tolist()
    assert [line.split()[0] for line in gal.read_text("utf-8").splitlines()[1::2]] == units


def test_weights_for_geoda(tmp_path):
    out = tmp_path / "cities.gal"
    assert "Zhoushan" in run("weights", "--unit", "city", "-o", out).stderr
    head, first, *_ = out.read_text("utf-8").splitlines()
    assert head.split()[2:] == ["pilotzones", "adcode"]
    assert first.split()[0] == "110000"
    assert (
        "kind=rook: unknown choice" in run("weights", "--kind", "rook", "-o", out, status=2).stderr
    )
