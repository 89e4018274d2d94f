"""What a reader brings is taken within limits, and refused with a reason in their language."""

import base64
import gc
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest
from copies import ATLAS
from streamlit.testing.v1 import AppTest
from tables.brought import workbook

from pilotzones.dashboard import brought
from pilotzones.dashboard.brought import take_place
from pilotzones.dashboard.own_remarks import remark_on_years, remarks_on_reading, remarks_on_rows
from pilotzones.dashboard.sample import sample_table
from pilotzones.errors import TableTooLargeError, UnreadableTableError
from pilotzones.i18n import Language
from pilotzones.i18n.messages import table_message
from pilotzones.query.own_table import place_rows, rows_of_texts, totals
from pilotzones.tables.upload import MAX_BYTES

DAY = date(2022, 12, 31)


def bomb():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(200_000_000))
    return file.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1")
HOSTILE = {
    "20 MB": (b"a,b\n" + b"1,2\n" * 5_000_000, "bytes"),
    "zip bomb": (bomb(), "bytes when unpacked"),
    "archive": (b"PK\x05\x06" + bytes(18), "archive"),
    "stata": (b"<stata_dta><header>", "format"),
    "html": (b"<html><body><script>alert(1)</script>", "web page"),
    "a million columns": (b"a," * 1_000_000, "columns"),
    "rows": (b"a,b\n" + b"1,2\n" * 50_001, "rows"),
    "password": (OLD + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old xls": (OLD + bytes(512), "old workbook"),
    "binary": (b"a,b\n\x00\x01,2", "no text"),
    "not text": (b"a,b\n\xff\xff\xff,2", "encoding"),
    "a long cell": (b"a,b\n" + b"x" * 40_000 + b",2", "characters in a cell"),
    "ragged": ("城市,b\n佛山,1\n长治,1,2".encode("gb18030"), "width"),
    "open quotes": (b'a,b\n"x,2\n', "quotes"),
    "empty": (b"", "empty"),
    "names alone": (b"a,b\n", "no rows"),
    "cut workbook": (workbook([["a"], ["b"]])[:-40], "damaged"),
}


@pytest.mark.parametrize(("content", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_soon_and_clearly(content, kind):
    start = time.process_time()
    with pytest.raises((TableTooLargeError, UnreadableTableError)) as refused:
        brought.keep(content, ATLAS, 1)
    assert time.process_time() - start < 2
    assert refused.value.kind == kind
    for lang in ("en", "zh"):
        message = table_message(Language(lang), refused.value)
        assert message.endswith({"en": ".", "zh": "。"}[lang])
        assert "%(" not in message


def test_a_row_that_is_wrong_is_named():
    with pytest.raises(UnreadableTableError) as refused:
        brought.keep(HOSTILE["ragged"][0], ATLAS, 1)
    message = "第3行有3个单元格，列名行有2个。"
    assert table_message(Language("zh"), refused.value).startswith(message)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sample_shows_what_can_happen(lang):
    kept = brought.keep(sample_table(Language(lang)), ATLAS, 1)
    assert len(kept.table) == 30
    place, value = kept.table.columns
    assert (kept.columns.place, kept.columns.value) == (place, value)
    assert not kept.columns.day


def test_all_sessions_together_hold_so_much(monkeypatch):
    content = b"city,x\n" + b"Foshan,1\n" * 1000
    first = brought.keep(content, ATLAS, 1)
    gc.collect()
    monkeypatch.setattr(brought, "MAX_HELD", int(first.size * 2.5))
    second = brought.keep(content, ATLAS, 1)
    with pytest.raises(TableTooLargeError) as refused:
        brought.keep(content, ATLAS, 1)
    assert "in a few minutes" in table_message(Language("en"), refused.value)
    # a table that its session drops makes room
    del second
    gc.collect()
    assert brought.keep(content, ATLAS, 1).size == first.size


REMARKS = {
    "出口\n单位：亿元\n城市,x\n佛山,1亿\n合计,1亿\n来源：海关\n": (
        ["“出口 单位：亿元”视为表格标题，列名在第3行。", "“来源：海关”视为表格下方的注释。",
         "“x”按单元格所注单位（亿）读取。", "有1行为合计或平均，不是地区，其数值未计入（第5行）。"],
        {"whole": 1}),
    "城市,x\n佛山,3万\n长治,2亿\n": (
        ["“x”列未按数值读取：“3万”（第2行）与“2亿”（第3行）单位不同。请统一单位。"], {}),
    "城市;x\n佛山;1.234,5\n长治;约3\n义乌;0,5\n": (
        ["“x”列的逗号按小数点读取：“1.234,5”（第2行）即1234.5。",
         "有1个数值不是数字，未计入（第3行，x列）。"], {"whole": 1235}),
    "城市;x\n佛山;1,234.5\n长治;0,5\n": (
        ["“x”列未按数值读取：“1,234.5”（第2行）与“0,5”（第3行）的逗号和小数点用法不同。请统一写法。"],
        {}),
    "城市;x\n佛山;1，234\n": (
        ["“x”列的逗号按千位分隔符读取：“1，234”（第2行）即1234。"], {"whole": 1234}),
    "城市;x\n佛山;1.234\n": (
        ["“x”列的点号按小数点读取：“1.234”（第2行）即1.234。"], {"whole": 1.234}),
    "城市,x\n浙江省,3\n杭州,1\n宁波,2\n": (
        ["有1行的地区包含其他行的地区，如浙江省（第2行）包含杭州市（第3行），两者数值均已计入。如为小计，请删除。"],
        {"whole": 6}),
    "城市,出口,\n,2018,2019\n佛山,1,2\n": (
        ["有1行为列名，未计入（第2行）；请将列名写在最上方的同一行。"], {"whole": 1}),
    "城市,2018\n佛山,1\n城市,2018\n长治,2\n": (
        ["有1行为列名，未计入（第3行）；请将列名写在最上方的同一行。"], {"whole": 1, "none": 2}),
    "城市,x\n佛山,1\n城市,x\n,3\n": (
        ["有1行为列名，未计入（第3行）；请将列名写在最上方的同一行。"],
        {"whole": 1, "not matched": 3}),
    "城市,x,y\n,1,2\n佛山,1,2\n": ([], {"whole": 1, "not matched": 1}),
    "lon;lat;x\n113,12;23,02;1\n0;0;2\n120,2;30,25;3\n": (
        ["有1个坐标不是数字，或不在中国行政区划内（第3行，lon、lat列）。"],
        {"whole": 4, "not matched": 2}),
    "城市,x\n佛山,1\n": ([], {"whole": 1}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "sums"), [(text, *rest) for text, rest in REMARKS.items()]
)
def test_how_a_table_was_read_is_said(text, told, sums):
    t = Language("zh")
    kept = brought.keep(text.encode(), ATLAS, 1)
    placed = place_rows(ATLAS, kept.table, kept.columns, DAY)
    remarks = [*remarks_on_reading(t, kept), *remarks_on_rows(t, kept, placed, ATLAS)]
    assert [remark.text for remark in remarks] == told
    assert totals(placed)["total"].dropna().to_dict() == sums


def test_columns_of_years_are_turned_into_rows():
    kept = brought.keep("城市,2018,2019\n佛山,1亿,2亿\n合计,1亿,2亿\n".encode(), ATLAS, 1)
    assert (kept.columns.value, kept.figures.unit) == ("2018", "亿")
    said = remark_on_years(Language("zh"), kept, DAY)
    assert said == "表中每年一列：2018、2019。“2018”的数值对应2022年12月31日的综试区。"
    size = kept.size
    kept.turn_years_into_rows("年", "数值")
    assert kept.figures.numbers == [1, 2, 1, 2]
    assert kept.size != size
    placed = place_rows(ATLAS, kept.table, kept.columns, DAY)
    assert totals(placed)["total"].dropna().to_dict() == {"none": 1, "whole": 2}
    # a row is named once
    said = [remark.text for remark in remarks_on_rows(Language("en"), kept, placed, ATLAS)]
    assert said == ["1 row is a total or a mean, not a place; its figure does not count (row 3)."]


def script(events):
    """Be a page that is sent events."""
    import streamlit as st  # noqa: PLC0415 - the function is run as a script of its own

    from pilotzones.atlas import current_atlas  # noqa: PLC0415
    from pilotzones.dashboard.brought import desk, take  # noqa: PLC0415

    for event in events:
        take(event, current_atlas(), b"city\nFoshan\n")
    st.session_state["desk"] = desk()


def after(*events):
    app = AppTest.from_function(script, args=(events,), default_timeout=60)
    app.run()
    assert not app.exception
    return app.session_state["desk"]


def test_forged_events_bring_nothing():
    letters = base64.b64encode(b"city\nFoshan\n").decode()
    forged = [
        None, 5, "x", {}, {"content": letters}, {"number": "1", "content": letters},
        {"number": 1, "content": "***"}, {"number": 2, "content": ["a"]}, {"number": 3, "sample": 1},
        {"number": 4, "content": "A" * (MAX_BYTES * 4 // 3 + 8)}, {"number": 5, "content": "é"},
    ]  # fmt: skip
    desk = after(*forged)
    assert (desk.brought, desk.refused) == (None, None)
    # it is answered all the same, or the browser would wait
    assert desk.heard == 5


def test_only_a_candidate_of_a_name_settles_it():
    kept = brought.keep("city,x\n朝阳,1\n佛山,2\n朝阳,3\n".encode(), ATLAS, 1)
    for event in (
        None, 5, "x", {}, {"text": "朝阳"}, {"text": "朝阳", "code": 211300}, {"text": 1, "code": ""},
        {"text": "朝阳", "code": "330100"}, {"text": "佛山", "code": "211300"}, {"code": "211300"},
    ):  # fmt: skip
        take_place(event, ATLAS, kept)
        assert kept.chosen == {}
    take_place({"text": "朝阳", "code": "211300"}, ATLAS, kept)
    assert kept.chosen == {"朝阳": "211300"}
    assert rows_of_texts(kept.table, kept.columns, kept.chosen) == {"朝阳": (2, 4)}
    take_place({"text": "朝阳", "code": ""}, ATLAS, kept)
    assert kept.chosen == {}


def test_a_table_takes_the_place_of_the_one_before_and_a_refusal_leaves_none():
    letters = base64.b64encode("城市,x\n佛山,1\n".encode("gb18030")).decode()
    desk = after({"number": 1, "sample": True}, {"number": 2, "content": letters})
    assert desk.brought.table.iloc[0].tolist() == ["佛山", "1"]
    assert not desk.brought.sample
    desk = after({"number": 1, "sample": True}, {"number": 2, "content": ""})
    assert desk.brought is None
    assert desk.refused.kind == "empty"
