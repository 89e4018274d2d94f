"""Tables that a reader brings: read as written, or refused with a reason."""

import csv
import io
import resource
import time
from datetime import datetime

import pytest
from brought import repacked, workbook
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.errors import TableTooLargeError, UnreadableTableError
from pilotzones.tables import upload
from pilotzones.tables.upload import read_table, unique_names

CITIES = "城市,年份,出口额\n佛山市,2019,0.50\n长治市,007,-\n"
ROWS = [["佛山市", "2019", "0.50"], ["长治市", "007", "-"]]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def rows_of(content):
    table = read_table(content)
    return [list(table.columns), *table.to_numpy().tolist()]


@pytest.mark.parametrize(
    "content",
    [
        CITIES.encode(),
        CITIES.encode("utf-8-sig"),
        CITIES.encode("utf-16"),
        ("\ufeff" + CITIES).encode("utf-16-be"),
        CITIES.encode("gb18030"),
        CITIES.replace("\n", "\r\n").encode("gb18030"),
        CITIES.replace("\n", "\r").encode(),
        ("\n\n" + CITIES + ",,\n\n").encode(),
        CITIES.replace("佛山市", '"佛山市"').encode(),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_csv_gives_the_same_table(content, delimiter):
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    again = text.replace(",", delimiter).encode(encoding)
    assert rows_of(again) == [["城市", "年份", "出口额"], *ROWS]


@pytest.mark.parametrize("titled", [False, True])
def test_a_line_that_tells_excel_the_delimiter_is_no_row(titled):
    # by its rows alone the delimiter would be the comma
    table = read_table("\ufeffsep=;\r\ncity,a;b\r\n佛山,1;2\r\n".encode(), titled=titled)
    assert list(table.columns) == ["city,a", "b"]
    assert table.attrs["first_row"] == 3


def test_quotes_keep_delimiters_and_line_breaks():
    table = read_table(b'city,note\n"Foshan, Guangdong","two\nlines, ""quoted"""\n')
    assert table.to_numpy().tolist() == [["Foshan, Guangdong", 'two\nlines, "quoted"']]


def test_one_column_needs_no_delimiter():
    assert rows_of("城市\n佛山市\n\n义乌市\n".encode("gb18030")) == [
        ["城市"],
        ["佛山市"],
        [""],
        ["义乌市"],
    ]


def test_a_workbook_is_read_as_a_person_sees_it():
    day, moment = datetime(2019, 6, 1), datetime(2019, 6, 1, 13, 5)  # noqa: DTZ001 - as in Excel
    content = workbook(
        [],
        [
            [],
            ["", "code", "share", "on", "at", "yes", "sum", ""],
            ["佛山市", 440600, 0.1 + 0.2, (day, "yyyy-mm-dd"), (moment, "d/m/yyyy h:mm"), True],
            ["007", 1e15, -5, (day, "yyyy年m月d日"), "", False, "=1+1"],
        ],
        [["not this one"]],
    )
    assert rows_of(content) == [
        ["column_1", "code", "share", "on", "at", "yes", "sum"],
        ["佛山市", "440600", "0.3", "2019-06-01", "2019-06-01 13:05:00", "TRUE", ""],
        ["007", "1e+15", "-5", "2019-06-01", "", "FALSE", "0"],
    ]


def test_a_hidden_sheet_is_not_read():
    content = workbook([["hidden"], ["x"]], [["city"], ["佛山市"]], hidden=1)
    assert rows_of(content) == [["city"], ["佛山市"]]


TITLE = ["2019年各市出口额", "", ""]
UNIT = ["", "", "单位：亿元"]
NAMES = ["城市", "", "出口额"]


@pytest.mark.parametrize(
    ("rows", "names", "first", "title"),
    [
        ([TITLE, NAMES, ["佛山", "x", 1]], NAMES, 3, TITLE[0]),
        ([[], TITLE, [], UNIT, NAMES, ["佛山", "x", 1]], NAMES, 6, f"{TITLE[0]} {UNIT[2]}"),
        ([NAMES, ["佛山", "x", 1]], NAMES, 2, ""),
        ([TITLE, ["城市", 2018, 2020], ["佛山", 1, 2]], ["城市", "2018", "2020"], 3, TITLE[0]),
        ([TITLE, NAMES, ["佛山", "x", "1亿元"]], NAMES, 3, TITLE[0]),
        ([TITLE, ["佛山", 2018, 2018], ["东莞", 1, 2]], TITLE, 2, ""),
        # a second column without a name, and names that are numbers, are no title
        ([["城市", "", ""], ["佛山", "", 1], ["东莞", "", 2]], ["城市", "", ""], 2, ""),
        ([TITLE, ["佛山", "", "是"], ["东莞", "", "否"]], TITLE, 2, ""),
        ([["城市"], ["佛山"], ["东莞"]], ["城市"], 2, ""),
    ],
)
def test_a_title_above_the_names_is_known(rows, names, first, title):
    for content in (workbook(rows), written(rows)):
        table = read_table(content, titled=True)
        assert table.attrs["title"] == title
        assert table.attrs["first_row"] == first
        assert table.columns.tolist() == unique_names(names)
    # rows that a program sends are all its own
    assert read_table(workbook(rows)).attrs["title"] == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lines_without_delimiters_stand_above_and_below(delimiter):
    text = "2019年各市出口额\n\n单位：亿元\n城市,2019\n佛山市,1\n\n注：1,\n\n数据来源：海关总署\n2019年\n"
    content = text.replace(",", delimiter).encode("gb18030")
    table = read_table(content, titled=True)
    assert table.columns.tolist() == ["城市", "2019"]
    assert table.to_numpy().tolist() == [["佛山市", "1"]]
    assert table.attrs == {
        "first_row": 5,
        "title": "2019年各市出口额 单位：亿元",
        "notes": ["注：1", "数据来源：海关总署", "2019年"],
        "repeated": [],
    }
    if delimiter == ",":
        with pytest.raises(UnreadableTableError, match="row 4 has 2 cells, the row of names has 1"):
            read_table(content)


def test_a_list_in_which_a_place_has_a_comma_has_no_title():
    for text in ("city\nFoshan\nYiwu, Jinhua\n", "city\nFoshan\nYiwu, Jinhua\nFoshan, Guangdong\n"):
        with pytest.raises(UnreadableTableError, match="row 3 has 2 cells"):
            read_table(text.encode(), titled=True)


def test_what_could_be_a_row_is_no_note():
    table = read_table("城市\n佛山\n注：x\n长治\n".encode(), titled=True)
    assert table["城市"].tolist() == ["佛山", "注：x", "长治"]
    for last in ("佛山", "数据来源：海关总署\n东莞,1"):
        content = f"城市,出口额\n长治,2\n{last}\n".encode()
        if last == "佛山":
            with pytest.raises(UnreadableTableError, match="row 3 has 1 cells"):
                read_table(content, titled=True)
        else:
            table = read_table(content, titled=True)
            assert table["城市"].tolist() == ["长治", "数据来源：海关总署", "东莞"]
            assert table.attrs["notes"] == []


def written(rows):
    width = max(map(len, rows))
    lines = [[*map(str, row), *[""] * (width - len(row))] for row in rows]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def test_names_are_unique_and_columns_without_content_at_the_end_go():
    assert rows_of(b"a,a,,a_2, b ,,\n1,2,3,4,5,,\n") == [
        ["a", "a_2", "column_3", "a_2_2", "b"],
        ["1", "2", "3", "4", "5"],
    ]
    assert unique_names(["x", "x", "x", ""]) == ["x", "x_2", "x_3", "column_4"]


LARGE = {
    "5,000,000 bytes": b"a\n" + b"x" * 5_000_000,
    "50,000 rows": b"a\n" + b"x\n" * 50_001,
    "500 columns": b",".join([b"a"] * 501) + b"\n" + b",".join([b"1"] * 501) + b"\n",
    "500 columns; row 1": b"," * 1_000_000,
    "32,767 characters in a cell; row 2, column 2": b"a,b\n1," + b"x" * 32_768 + b"\n",
    "32,767 characters in a cell; row 3": b"a,b\n1,2\n1," + b"x" * 200_000 + b"\n",
    "2,000,000 cells": b"a" + b"," * 100 + b"\n" + b"\n".join([b"," * 100] * 30_000),
}


@pytest.mark.parametrize("limit", LARGE)
def test_a_table_that_is_too_large_names_the_limit(limit):
    begin = time.process_time()
    with pytest.raises(TableTooLargeError, match=limit):
        read_table(LARGE[limit])
    assert time.process_time() - begin < 2


def far_cell(line, place):
    rows = [["city"], ["佛山市"], *[[]] * (line - 2), [*[""] * place, "far"]]
    return workbook(rows)


@pytest.mark.parametrize(
    ("line", "place", "error", "reason"),
    [
        (50_001, 0, TableTooLargeError, "50,000 rows"),
        (5, 500, TableTooLargeError, "500 columns; the sheet has 501"),
        (20_000, 150, TableTooLargeError, "2,000,000 cells"),
        (1_048_575, 16_383, UnreadableTableError, "lie too far apart"),
    ],
)
def test_cells_far_away_take_no_memory(line, place, error, reason):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(error, match=reason):
        read_table(far_cell(line, place))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 400_000


def bomb(parts):
    parts["xl/worksheets/sheet1.xml"] = b" " * 100_000_001


def laughs(parts):
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    parts["xl/sharedStrings.xml"] = (
        f'<!DOCTYPE sst [<!ENTITY l0 "lol">{entities}]><sst><si><t>&l11;</t></si></sst>'.encode()
    )


def no_sheet(parts):
    del parts["xl/worksheets/sheet1.xml"]


def damaged(parts):
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row><c r="


SHEET = workbook([["city"], ["佛山市"]])

UNREADABLE = {
    "an old Excel workbook": OLE + b"\0" * 100,
    "protected by a password": OLE + "EncryptedPackage".encode("utf-16-le"),
    "in the format Stata; send a CSV": b"<stata_dta><header><release>118</release>",
    "in the format Parquet": b"PAR1\x15\x04",
    "in the format gzip": b"\x1f\x8b\x08\0",
    "a web page": b"\xef\xbb\xbf\n <!DOCTYPE html><html><table><tr><td>1</table></html>",
    "a web page or XML": b'<?xml version="1.0"?><Workbook/>',
    "the file is empty": b"",
    "is empty": b" \n\n".replace(b" ", b"") + b",,\n",
    "names of columns but no rows": "城市,年份\n\n,\n".encode(),
    "row 3 has 3 cells, the row of names has 2": b"a,b\n1,2\n1,2,3\n",
    "row 2 has 1 cells, the row of names has 2": b"a,b\n1\n1,2\n1,2\n",
    "row 2 has a quotation mark": b'a,b\n"1,2\n3,4\n',
    "row 3 has a quotation mark": b'a,b\n1,2\n"x"y,3\n',
    "line 2 is no text in UTF-8 or GB18030": b"a,b\n\xff\xff,1\n",
    "line 1 is no text in UTF-16": b"\xff\xfea\0b",
    "line 2 has bytes that are no text": b"a,b\n1,\0\n",
    "has bytes that are no text": b"\x89PNG\r\n\x1a\n\0\0\0",
    "no text": bytes(range(256)) * 100,
    "the workbook is damaged": b"PK\x03\x04" + b"x" * 1000,
    "damaged": SHEET[: len(SHEET) // 2],
    "an archive, but no XLSX": repacked(SHEET, lambda parts: parts.pop("xl/workbook.xml")),
    "the workbook is damaged, or": repacked(SHEET, no_sheet),
    "workbook is damaged": repacked(SHEET, damaged),
    "workbook": repacked(SHEET, laughs),
    "file is empty": workbook([], []),
}


@pytest.mark.parametrize("reason", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_the_reason(reason):
    begin = time.process_time()
    with pytest.raises(UnreadableTableError, match=reason) as raised:
        read_table(UNREADABLE[reason])
    assert "send a CSV in UTF-8" in str(raised.value)
    assert time.process_time() - begin < 2


def test_a_zip_bomb_is_not_unpacked():
    content = repacked(SHEET, bomb)
    assert len(content) < 200_000
    with pytest.raises(TableTooLargeError, match="bytes when unpacked"):
        read_table(content)


def test_the_message_quotes_nothing_of_a_workbook():
    with pytest.raises(UnreadableTableError) as raised:
        read_table(repacked(SHEET, damaged))
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=8))
def test_a_csv_comes_back_the_same_in_either_encoding(rows):
    rows = [*rows, ["佛山市", "end"]]
    file = io.StringIO()
    csv.writer(file).writerows([["城市", "年份"], *rows])
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        table = read_table(file.getvalue().encode(encoding))
        assert list(table.columns) == ["城市", "年份"]
        assert table.to_numpy().tolist() == rows


def test_nothing_reaches_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    assert rows_of(SHEET) == [["city"], ["佛山市"]]
    assert rows_of(CITIES.encode())[1:] == ROWS


def test_the_limits_are_those_that_are_promised():
    limits = (upload.MAX_BYTES, upload.MAX_ROWS, upload.MAX_COLUMNS, upload.MAX_CELL)
    assert limits == (5_000_000, 50_000, 500, 32_767)
