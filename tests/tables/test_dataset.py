"""Datasets as files: other programs read every format, and all say the same."""

import io
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from files import read_csv
from made import CITIES, DATASETS, DAY, the_lookup, the_match, the_panel

from pilotzones import parameters
from pilotzones.errors import TableTooLargeError
from pilotzones.i18n import Language
from pilotzones.query.lookup import LOOKUP_COLUMNS
from pilotzones.query.panel import PanelOptions, treatment_panel
from pilotzones.tables import excel
from pilotzones.tables.dataset import (
    DATASET_FORMATS,
    dataset_file_name,
    panel_dataset,
    write_dataset,
)
from pilotzones.tables.upload import read_table
from pilotzones.tables.variables import LOOKUP, PANEL


def test_the_columns_are_described_in_their_order(atlas):
    assert tuple(column.name for column in LOOKUP) == LOOKUP_COLUMNS
    assert [column.name for column in PANEL] == list(treatment_panel(atlas).table.columns)


def test_the_command_line_knows_the_formats():
    assert tuple(DATASET_FORMATS) == parameters.DATASET_FORMATS


@pytest.mark.parametrize("form", DATASET_FORMATS)
@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.variants(12)
def test_every_file_can_be_made_also_empty_and_the_bytes_repeat(
    atlas, name, form, lang, monkeypatch
):
    dataset = DATASETS[name](atlas, lang)
    content = write_dataset(dataset, form)
    assert write_dataset(replace(dataset, rows=dataset.rows.iloc[:0]), form)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_dataset(DATASETS[name](atlas, lang), form) == content


def test_an_unknown_format_is_refused(atlas):
    with pytest.raises(ValueError, match="gpkg is not known; choose json, csv"):
        write_dataset(the_lookup(atlas), "gpkg")


def test_json_has_the_rows_under_the_name_with_what_they_are(atlas):
    said = json.loads(write_dataset(the_lookup(atlas, "zh"), "json"))
    assert said["as_of"] == DAY.isoformat()
    assert said["data_version"] == atlas.data_version
    assert "国务院" in said["source"]
    assert said["count"] == len(said["lookup"]) == 5
    foshan, _, jilin, tacheng, _ = said["lookup"]
    assert foshan["zone_ids"] == ["foshan"]
    assert foshan["since"] == "2019-12-24"
    assert (jilin["status"], jilin["share_area"]) == (None, None)
    assert len(jilin["candidates"]) == 2
    assert tacheng["share_area"] is None


def test_json_of_a_panel_has_its_options_methods_and_warnings(atlas):
    said = json.loads(write_dataset(the_panel(atlas, rule="mid"), "json"))
    assert (said["unit"], said["from"], said["to"], said["rule"]) == (
        "prefecture",
        2018,
        2023,
        "mid",
    )
    assert said["methods"].startswith(
        "The panel has 337 prefecture-level units by year, 2018–2023."
    )
    assert any("Tacheng" in warning for warning in said["warnings"])
    assert said["panel"][0]["treat"] in {0, 1}
    own = PanelOptions(2018, 2020, adcodes=("440600",))
    asked = panel_dataset(atlas, treatment_panel(atlas, own), Language("en")).metadata
    assert asked["unit"] == "own"


def test_a_csv_keeps_the_reader_s_columns_and_starts_no_formula(atlas):
    content = write_dataset(the_match(atlas), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = read_csv(content)
    names = list(rows[0])
    own = read_table(CITIES.encode())
    assert names[:8] == [*own.columns[:4], "'=1+1", *own.columns[5:]]
    assert names[8:10] == ["status_atlas", "adcode"]
    assert [row["城市"] for row in rows] == ["佛山市", "长治市", "吉林"]
    assert [row["出口 额（亿元）"] for row in rows] == ["1.50", "2.25", ""]
    assert [row["'=1+1"] for row in rows] == ["'@SUM(A1)", "'＝1", "'-2+3"]
    # a number with its sign and a dash are no formulas
    assert [row["balance"] for row in rows] == ["-5", "+3.1%", "-"]


def test_only_columns_of_nothing_but_numbers_become_numbers(atlas):
    dataset = the_match(atlas).with_numbers()
    kinds = {column.name: column.kind for column in dataset.columns[: dataset.own]}
    assert {name for name, kind in kinds.items() if kind == "number"} == {"出口 额（亿元）"}
    # of codes with zeros in front something would be lost
    assert kinds["code"] == kinds["empty"] == "text"
    assert the_match(atlas).columns[3].kind == "text"
    whole = the_match(atlas, content="city,n,long\n佛山市,-3,1234567890123456\n长治市,,1\n")
    assert [column.kind for column in whole.with_numbers().columns[:3]] == [
        "text",
        "integer",
        "text",
    ]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        # as pandas, Stata and R write what they calculate
        (("0.6369616873214543", "0.04097352393619469"), (0.6369616873214543, 0.04097352393619469)),
        ((".5", "-.25"), (0.5, -0.25)),
        (("1.5e-05", "1e+10"), (1.5e-05, 1e10)),
        # identifiers, and signs that stand for no number
        (("1e5", "2"), None),
        (("e+05", "1"), None),
        ((".", "1"), None),
        (("-", "1"), None),
        (("٣", "1"), None),
        (("007.5", "1"), None),
    ],
)
def test_calculated_numbers_stay_numbers(atlas, cells, numbers):
    made = the_match(
        atlas, content=f"city,x\n佛山市,{cells[0]}\n长治市,{cells[1]}\n"
    ).with_numbers()
    assert made.columns[1].kind == ("text" if numbers is None else "number")
    assert tuple(made.rows["x"]) == (numbers or cells)


def test_a_workbook_has_the_rows_a_codebook_and_notes(atlas):
    book = openpyxl.load_workbook(io.BytesIO(write_dataset(the_match(atlas, "zh"), "xlsx")))
    assert book.sheetnames == ["match", "codebook", "notes"]
    head, foshan, *_ = book["match"].iter_rows()
    row = dict(zip([cell.value for cell in head], foshan, strict=True))
    assert row["出口 额（亿元）"].value == 1.5
    assert row["code"].value == "440600"
    assert row["=1+1"].value == "@SUM(A1)"
    assert row["since"].number_format == "yyyy-mm-dd"
    assert not [
        cell for line in book["match"].iter_rows() for cell in line if cell.data_type == "f"
    ]
    variables = [cell.value for cell in book["codebook"]["A"]]
    assert variables[1:] == [cell.value for cell in head]
    notes = {line[0].value: line[1].value for line in book["notes"]}
    assert notes["日期"] == "2022年12月31日"
    assert atlas.data_version in notes["引用格式"]


def test_a_workbook_for_people_has_sheets_in_their_language(atlas):
    match = the_match(atlas, "zh")
    for_people = excel.people_to_xlsx("自有数据", match.rows, match)
    assert openpyxl.load_workbook(io.BytesIO(for_people)).sheetnames == ["自有数据", "来源"]


def test_the_notes_of_a_panel_have_methods_and_warnings(atlas):
    for lang, methods in (("en", "Methods"), ("zh", "方法说明")):
        dataset = the_panel(atlas, lang)
        pairs = excel.dataset_notes(dataset)
        assert dict(pairs)[methods] == dataset.methods
        assert [text for _, text in pairs if text in dataset.warnings] == [*dataset.warnings]
    english = {label for label, _ in excel.dataset_notes(the_panel(atlas))}
    chinese = {label for label, _ in excel.dataset_notes(the_panel(atlas, "zh"))}
    assert not english & chinese


def test_a_workbook_has_a_limit(atlas, monkeypatch):
    monkeypatch.setattr(excel, "MAX_CELLS", 20)
    said = f"at most 20 cells, this table has 5 rows and {len(LOOKUP)} columns"
    with pytest.raises(TableTooLargeError, match=said):
        write_dataset(the_lookup(atlas), "xlsx")


@pytest.mark.parametrize("name", DATASETS)
def test_parquet_has_types_meanings_and_metadata(atlas, name):
    dataset = DATASETS[name](atlas)
    table = pq.read_table(io.BytesIO(write_dataset(dataset, "parquet")))
    assert table.column_names == [column.name for column in dataset.columns]
    facts = json.loads(table.schema.metadata[b"pilotzones"])
    assert facts["licence"] == "CC BY 4.0"
    assert facts["title"] == dataset.title
    types = {field.name: str(field.type) for field in table.schema}
    assert types["share_area"] == "double"
    assert types["zone_ids"] == "string"
    for column, field in zip(dataset.columns, table.schema, strict=True):
        assert field.metadata[b"description"].decode() == column.meaning
    rows = table.to_pandas()
    assert len(rows) == len(dataset.rows)
    if name == "lookup":
        assert rows["since"][0].isoformat() == "2019-12-24"
        assert pd.isna(rows["status"][2])
    if name == "panel":
        assert types["treat"] == "int64"
        unknown = dataset.rows["treat"].isna().to_numpy()
        assert unknown.any()
        assert (rows["treat"].isna().to_numpy() == unknown).all()


def test_file_names_have_the_day(atlas):
    assert dataset_file_name(the_lookup(atlas), "csv") == "pilot-zone-lookup-2022-12-31.csv"
    assert dataset_file_name(the_panel(atlas), "dta") == "pilot-zone-panel.dta"
