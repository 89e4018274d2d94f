"""The page on which a reader brings a table."""

import csv
import io
import re
from datetime import date

import openpyxl
import pandas as pd
import pytest
from copies import ATLAS
from playwright.sync_api import expect
from tables.brought import workbook

from pilotzones.dashboard.own_map import kind_colours
from pilotzones.dashboard.sample import sample_table
from pilotzones.i18n import Language
from pilotzones.query.own_table import KINDS, Columns, guess_columns, place_rows, totals
from pilotzones.tables.upload import read_table

DAY = date(2019, 12, 24)
YEARS = [
    ["城市", "年份", "出口额"],
    ["佛山市", "2018", "1,000"],
    ["佛山市", "2019", "2,000"],
    ["长治市", "2018", "10"],
    ["长治市", "2019", "n/a"],
    ["<b>x</b>", "2019", "@SUM(A1)"],
]


def start(visit, query, **options):
    visitor = visit(path="/your-data", query=query, wait=False, **options)
    expect(visitor.slider).to_be_visible(timeout=30_000)
    visitor.settle()
    return visitor


def expect_map(visitor):
    expect(visitor.map.locator(".pz-map[data-mode=figures]")).to_be_visible()


def tile(visitor, kind):
    return visitor.page.locator(".pz-counts li", has_text=kind).locator("strong")


def give(visitor, name, content):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.locator("input[type=file]").set_input_files(file)


def save(page, label, path):
    with page.expect_download() as saved:
        page.get_by_role("button", name=label, exact=True).click()
    saved.value.save_as(path)
    return path


def settle_chaoyang(visitor, open_ones):
    """Settle a name of several places in its row, by one press, after taking a choice back."""
    visitor.settle()
    settling = visitor.page.locator(".settling")
    row = settling.locator("tr", has_text="Chaoyang").first
    expect(row).to_contain_text("9.7")
    meant = row.get_by_role("button", name="Chaoyang, Liaoning (211300)")
    meant.click()
    expect(tile(visitor, "several places")).to_have_text(str(open_ones - 1))
    visitor.settle()
    settling.get_by_role("button", name="Undo: Chaoyang").press("Enter")
    expect(tile(visitor, "several places")).to_have_text(str(open_ones))
    visitor.settle()
    # the name keeps the focus
    expect(row.get_by_role("button").first).to_be_focused()
    meant.press("Enter")
    expect(tile(visitor, "several places")).to_have_text(str(open_ones - 1))


def test_the_sample_is_matched_mapped_added_up_and_saved(visit, tmp_path):
    visitor = start(visit, f"?on={DAY}&lang=en")
    page = visitor.page
    page.get_by_role("button", name="Try it with a sample").click()
    table = read_table(sample_table(Language("en")))
    columns = guess_columns(ATLAS, table)
    placed = place_rows(ATLAS, table, columns, DAY)
    found = placed["kind"].value_counts()
    for kind, words in zip(
        KINDS,
        ("wholly in", "partly in", "in no", "not known", "several places", "no place"),
        strict=False,
    ):
        expect(tile(visitor, words)).to_have_text(str(found.get(kind, 0)))
    expect_map(visitor)
    circles = visitor.map.locator("path.figure-circle")
    expect(circles).to_have_count(placed.loc[placed["adcode"] != "", "adcode"].nunique())
    colours = kind_colours()
    for code in ("440300", "140400"):
        kind = placed.loc[placed["adcode"] == code, "kind"].iloc[0]
        circle = visitor.map.locator(f"path.figure-{code}")
        assert circle.evaluate("path => path.style.getPropertyValue('--value')") == colours[kind]
    expect(visitor.map.locator("path.figure-440300")).to_have_attribute(
        "aria-label", re.compile("Shenzhen.*812.4, wholly in")
    )
    # the zones are outlines that take no press
    zone = visitor.zone("hangzhou")
    assert zone.evaluate("path => getComputedStyle(path).fill") == "none"
    expect(zone).not_to_have_attribute("tabindex", "0")
    sums = totals(placed)
    row = page.locator(".pz-table tr", has_text="wholly in a zone")
    expect(row).to_contain_text(f"{sums.loc['whole', 'total']:,.0f}")
    settle_chaoyang(visitor, found["ambiguous"])
    expect(visitor.map.locator("path.figure-211300")).to_have_count(1)
    # shaded, prefectures are areas and a county stays a circle
    visitor.settle()
    page.get_by_role("radio", name="Shaded prefectures").click()
    expect(visitor.map.locator("path.figure-circle")).to_have_count(1)
    expect(visitor.map.locator("path.figure-330782.figure-circle")).to_have_count(1)
    expect(visitor.map.locator("path.figure-440300")).to_be_visible()
    # another day of the timeline
    visitor.slider.press("Home")
    expect(tile(visitor, "wholly in")).to_have_text("1")
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", "2015-03-12")
    assert set(re.findall(r"[?&](\w+)=", page.url)) == {"on", "lang"}
    visitor.settle()
    file = save(page, "Excel for people", tmp_path / "people.xlsx")
    rows = [*openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)]
    assert rows[0][:5] == ("City", "Exports (invented)", "Pilot zone", "Place", "Zones")
    assert rows[1][:4] == ("Shenzhen", 812.4, "in no zone", "Shenzhen")
    assert ["Chaoyang", "Chaoyang"] in [[row[0], row[3]] for row in rows]
    assert len(rows) == 31
    stata = pd.read_stata(save(page, "Stata", tmp_path / "matched.dta"))
    assert stata["status"].tolist().count("whole") == 1
    # the other language
    page.get_by_role("button", name="中文").click()
    # the words of the other language stay a moment beside the new ones
    expect(page.locator(".pz-counts", has_text="30行")).to_be_visible()
    expect(page.locator(".pz-counts", has_text="30 rows")).to_have_count(0)
    expect(visitor.map.locator(".pz-stamp")).to_contain_text("综试区内外")
    make_a_panel(visitor, stata.loc[stata["adcode"] != "", "adcode"].nunique())


def make_a_panel(visitor, units):
    """Hand over the places that were found, after a choice in the other language."""
    page = visitor.page
    visitor.settle()
    page.get_by_role("radio", name="均值").click()
    visitor.settle()
    expect(page.get_by_text("表格与列：City、Exports (invented)")).to_be_visible()
    page.get_by_role("button", name="用这些地区生成面板数据").click()
    expect(page).to_have_url(re.compile(r"/panel\?"))
    expect(page.get_by_text(f"{units}个单元，")).to_be_visible()


@pytest.mark.long
def test_a_workbook_from_china_with_years(visit, tmp_path):
    visitor = start(visit, "?on=2025-04-25&lang=zh")
    page = visitor.page
    give(visitor, "出口.xlsx", workbook([["各市出口额（万元）"], *YEARS]))
    expect(page.locator(".pz-counts")).to_contain_text("5行")
    title = page.get_by_text("“各市出口额（万元）”视为表格标题，列名在第2行。")
    expect(title).to_be_visible()
    expect(tile(visitor, "全域在")).to_have_text("1")
    expect(tile(visitor, "未找到")).to_have_text("1")
    # what is wrong is named by row and column, and shown as text
    expect(page.locator(".pz-warning")).to_contain_text("第6、7行，出口额列")
    row = page.locator(".settling tr", has_text="<b>x</b>")
    expect(row).to_contain_text("第7行")
    expect(row).to_contain_text("未找到地区")
    # the map shows the last year, of which a place has no figure
    expect_map(visitor)
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", "2019-12-31")
    label = visitor.map.locator("path.figure-140400")
    expect(label).to_have_attribute("aria-label", "长治市, 不在综试区范围内")
    # over time: in 2018 Foshan was outside, in 2019 it was in
    table = pd.DataFrame(YEARS[1:], columns=YEARS[0], dtype=object)
    placed = place_rows(ATLAS, table, Columns("城市", "年份", "出口额"), DAY)
    assert totals(placed)["total"].dropna().to_dict() == {"whole": 2000, "none": 1010}
    expect(page.locator(".pz-table tr", has_text="不在综试区").first).to_contain_text("1,010")
    expect(page.get_by_role("heading", name="历期合计")).to_be_visible()
    # the axis names days as all pages do, not with the English names of months
    ticks = page.get_by_test_id("stVegaLiteChart").last.locator("text")
    expect(ticks.filter(has_text=re.compile(r"^20\d\d(-\d\d)*$")).first).to_be_visible()
    expect(ticks.filter(has_text=re.compile("[A-Z][a-z]"))).to_have_count(0)
    visitor.settle()
    text = save(page, "CSV", tmp_path / "matched.csv").read_text("utf-8-sig")
    rows = [*csv.reader(io.StringIO(text))]
    assert rows[0][:4] == [*YEARS[0], "status"]
    assert [row[3] for row in rows[1:]] == ["none", "whole", "none", "none", ""]
    # no formula starts in a spreadsheet
    assert rows[5][2] == "'@SUM(A1)"
    # it is there again after a look at another page, and gone when it is removed
    page.get_by_role("link", name="面板数据", exact=True).click()
    expect(page).to_have_url(re.compile("/panel"))
    visitor.settle()
    page.get_by_role("link", name="自有数据", exact=True).click()
    expect(page.locator(".pz-counts")).to_contain_text("5行")
    visitor.settle()
    page.get_by_text(re.compile("^表格与列")).click()
    page.get_by_role("button", name="移除此表").click()
    expect(page.locator(".pz-counts")).to_have_count(0)
    # columns of years become rows, each on its own day
    give(
        visitor, "各年.csv", "各市出口额\n城市,2018,2019\n佛山,3,4\n来源：海关\n".encode("gb18030")
    )
    expect(page.get_by_text("“2018”的数值对应2025年4月25日的综试区。")).to_be_visible()
    visitor.settle()
    page.get_by_role("button", name="每年一行").click()
    expect(tile(visitor, "不在综试区")).to_have_text("1")
    expect(page.get_by_text("表格与列：城市、年、各市出口额")).to_be_visible()


@pytest.mark.long
def test_what_is_pasted_is_read_and_what_is_no_table_is_refused(visit):
    visitor = start(visit, "?on=2025-04-25&lang=en")
    page = visitor.page
    alert = page.get_by_test_id("stAlertContentError")
    for name, content, message in [
        ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "old Excel workbook"),
        ("wide.csv", b"a," * 1_000_000, "too many columns"),
        ("page.csv", b"<html><script>alert(1)</script></html>", "web page"),
    ]:
        give(visitor, name, content)
        expect(alert).to_contain_text(message, timeout=15_000)
    # too large: the browser does not send it
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", sent.append))
    give(visitor, "large.csv", b"a,b\n" + b"1,2\n" * 1_400_000)
    status = page.locator(".intake .status")
    expect(status).to_contain_text("at most 5,000,000 bytes")
    assert sent == []
    # the largest that is taken
    rows = b"city,x\n" + b"Foshan,1\n" * 50_000
    give(visitor, "many.csv", rows)
    expect(page.locator(".pz-counts")).to_contain_text("50,000 rows", timeout=60_000)
    expect(alert).to_have_count(0)
    visitor.settle()
    page.get_by_text(re.compile("^Table and columns")).click()
    page.get_by_label("Paste a table").fill(
        "place\tday\tfigure\nFoshan\t2018-01-01\t5\n朝阳\t2020\t1\nSanya\t2020\t9"
    )
    page.get_by_role("button", name="Read what was pasted").click()
    expect(page.locator(".pz-counts")).to_contain_text("3 rows")
    expect(tile(visitor, "in no zone")).to_have_text("1")
    # the map makes room for a circle in the far south
    circle = visitor.map.locator("path.figure-460200")
    expect(circle).to_be_visible()
    visitor.settle()
    inside = visitor.map.locator(".pz-picture").bounding_box()
    box = circle.bounding_box()
    assert box["y"] + box["height"] < inside["y"] + inside["height"]
    expect(tile(visitor, "several places")).to_have_text("1")
    visitor.settle()
    page.get_by_role("radio", name="Prefecture-level cities").click()
    expect(tile(visitor, "several places")).to_have_text("0")
    page.get_by_text("Names that are not matched (0)").click()
    expect(page.get_by_text("Decided by the level: Chaoyang, Liaoning (211300)")).to_be_visible()
    assert set(re.findall(r"[?&](\w+)=", page.url)) == {"on", "lang"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_a_reader_with_a_phone_or_a_keyboard_can_use_it(visit, lang):
    size = {"width": 390, "height": 844}
    visitor = start(visit, f"?on=2025-04-25&lang={lang}", viewport=size, has_touch=True)
    page = visitor.page
    current = page.locator("nav a[aria-current]").bounding_box()
    assert current["x"] >= 0
    assert current["x"] + current["width"] <= size["width"]
    sample = {"en": "Try it with a sample", "zh": "用示例数据试一试"}[lang]
    page.get_by_role("button", name=sample).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pz-counts")).to_be_visible()
    expect_map(visitor)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    circle = visitor.map.locator("path.figure-440300")
    circle.focus()
    expect(visitor.map.locator(".pz-hint")).to_contain_text("812.4")


@pytest.mark.long
def test_own_figures_are_drawn_as_a_figure_for_a_report(visit):
    visitor = visit(path="/your-data", query="?lang=en", wait=False)
    page = visitor.page
    page.get_by_role("button", name="Try it with a sample").click()
    title = page.get_by_role("textbox", name="Title")
    title.fill("Exports of my cities")
    title.press("Enter")
    visitor.settle()
    with page.expect_download(timeout=90_000) as saved:
        page.get_by_role("button", name="SVG").click()
    assert saved.value.suggested_filename.endswith("-a4-landscape.svg")
    assert "Exports of my cities" in saved.value.path().read_text("utf-8")
    # nothing of it stands in the address
    assert "Exports" not in page.url
