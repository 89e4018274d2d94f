"""Workbooks, as openpyxl reads them."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
from files import LATEST, file_of

from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.excel import PAGE_WIDTH, notes
from pilotzones.tables.files import file_name
from pilotzones.tables.rows import (
    TABLES,
    one_zone,
)


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
        # as many pages wide as keep the letters large enough, and as many high as it takes
        assert printed.sheet_properties.pageSetUpPr.fitToPage
        assert printed.page_setup.fitToHeight == 0
        width = sum(size.width for size in printed.column_dimensions.values())
        assert width / int(printed.page_setup.fitToWidth or 1) <= PAGE_WIDTH
    assert int(sheet.page_setup.fitToWidth) > 1
    # on each of them are the names of columns and rows
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_title_cols == "$A:$A"
    # no green corners at the codes
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<ignoredError sqref="A1:[A-Z]+\d+" numberStoredAsText="1"', text)
    notes = {line[0].value: line[1].value for line in book["notes"]}
    assert notes["日期"] == "2025年4月25日"
    assert "陆地边境（全部）" in "".join(notes.values())
    assert atlas.data_version in "".join(notes.values())
    assert book.properties.created == datetime(2025, 4, 25)  # noqa: DTZ001 - a file has no zone


def test_the_citation_names_the_filters_and_both_days(atlas):
    view = View(LATEST, since=date(2022, 2, 8), provinces=("440000", "450000"), batches=(8,))
    said = dict(notes(Answer(atlas, view), TABLES["changes"]))["How to cite"]
    assert "Province: Guangdong, Guangxi; Batch: 8" in said
    assert "8 February 2022 to 25 April 2025" in said


def test_the_notes_speak_chinese_alone_in_chinese(atlas):
    for table in TABLES.values():
        english = notes(Answer(atlas, View(LATEST)), table)
        chinese = notes(Answer(atlas, View(LATEST, lang="zh")), table)
        assert not {label for label, _ in english} & {label for label, _ in chinese}


def test_the_files_of_a_record_are_titled_and_cited_as_the_record(atlas):
    table = one_zone("hainan")
    assert file_name(table, View(LATEST), "xlsx") == "pilot-zone-hainan-2025-04-25.xlsx"
    said = dict(notes(Answer(atlas, View(LATEST)), table))
    official = "China (Hainan) Cross-Border E-Commerce Comprehensive Pilot Zone"
    assert said["Title"] == official
    assert said["How to cite"].startswith(f"{official}, 25 April 2025. Pilot Zone Atlas")
