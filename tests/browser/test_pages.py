"""Compare, provinces, borders, zone, data: each answers its question, from its address alone."""

import io
import re
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np
import pytest
from known import LAST, LATEST, PROVINCES, ZONES, after
from PIL import Image
from playwright.sync_api import expect

from pilotzones import load_atlas
from pilotzones.query.answer import Answer
from pilotzones.query.changes import headline
from pilotzones.query.view import View
from pilotzones.tables.rows import provinces_table

WHOLE = "node => node.scrollHeight <= node.clientHeight + 1"


def start(visit, path, query="", **options):
    """Open a page that may have no map yet."""
    visitor = visit(path=f"/{path}", query=query, wait=False, **options)
    visitor.slider.wait_for()
    return visitor


def test_what_says_download_is_saved(visit):
    visitor = start(visit, "zone", "?zone=hainan&on=2025-04-25&lang=en")
    # also what a browser could show
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="Download as GEOJSON").click()
    assert saved.value.suggested_filename == "pilot-zone-hainan-2025-04-25.geojson"
    # a table that can be printed, not a canvas that scrolls: the near borders, the others folded
    distances = visitor.page.get_by_role("region", name="Distance to land borders")
    expect(distances.locator("tbody tr")).to_have_count(5)
    farther = visitor.page.get_by_test_id("stExpander").locator("tbody tr")
    expect(farther).to_have_count(9)
    expect(farther.last).not_to_be_visible()
    visitor.page.emulate_media(media="print")
    expect(farther.last).to_be_visible()


def test_an_earlier_day_that_nobody_chose_is_taken_only_to_where_it_shows(visit):
    visitor = start(visit, "compare", "?on=2025-04-25&lang=en")
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(LAST.approved)
    links = visitor.page.locator("nav")
    figure = links.get_by_role("link", name="Figure", exact=True)
    expect(figure).to_have_attribute("href", re.compile("since=2025-04-24"))
    provinces = links.get_by_role("link", name="Provinces", exact=True)
    expect(provinces).not_to_have_attribute("href", re.compile("since"))


@pytest.mark.long
def test_the_settings_of_a_figure_stay_when_the_page_changes(visit):
    visitor = start(visit, "figure", "?on=2025-04-25&lang=en")
    title = visitor.page.get_by_role("textbox", name="Title")
    title.fill("My title")
    title.press("Enter")
    visitor.page.get_by_role("combobox", name="Size").click()
    visitor.page.get_by_role("option", name="Square").click()
    picture = visitor.page.locator(".pz-figure img, img[src*='figure.png']").first
    expect(picture).to_have_attribute("src", re.compile("size=square.*title=My"))
    # the link holds it, and what is shared is this figure
    expect(visitor.page).to_have_url(re.compile("size=square&title=My"))
    visitor.settle()
    visitor.page.get_by_role("button", name="Share this view").click()
    menu = visitor.page.locator(".share")
    svg = menu.get_by_role("link", name="SVG")
    expect(svg).to_have_attribute("href", re.compile("size=square&title=My"))
    table = menu.get_by_role("link", name="Table for people")
    expect(table).not_to_have_attribute("href", re.compile("size="))
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("link", name="Compare", exact=True).click()
    expect(visitor.page).to_have_url(re.compile("/compare"))
    visitor.settle()
    visitor.page.get_by_role("link", name="Figure", exact=True).click()
    expect(picture).to_have_attribute("src", re.compile("size=square.*title=My"))
    # the words beside a switch wrap where the column is narrow
    visitor.page.set_viewport_size({"width": 768, "height": 1024})
    words = visitor.page.locator("[data-testid=stCheckbox] [data-testid=stMarkdownContainer]").first
    assert words.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_view_stays_when_the_page_changes_and_on_the_way_back(visit):
    visitor = visit("?on=2020-05-06&province=440000&lang=en")
    visitor.expect_counts(*after(2))
    visitor.page.get_by_role("link", name="Provinces", exact=True).click()
    expect(visitor.page).to_have_url(re.compile(r"/provinces\?on=2020-05-06&province=440000"))
    expect(visitor.map.locator("path.province-area")).to_have_count(PROVINCES)
    visitor.page.get_by_role("link", name="Borders", exact=True).click()
    expect(visitor.page).to_have_url(re.compile(r"/borders\?on=2020-05-06&province=440000"))
    expect(visitor.slider).to_have_attribute("aria-valuenow", "5")
    visitor.page.go_back()
    expect(visitor.page).to_have_url(re.compile(r"/provinces\?on=2020-05-06"))
    visitor.page.go_back()
    visitor.expect_counts(*after(2))


@pytest.mark.long
def test_a_link_is_one_step_of_the_history(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    paths = ["/"]
    for name in ("Compare", "Provinces", "Figure"):
        link = visitor.page.get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        visitor.settle()
        paths.append(f"/{name.lower()}")
        # history.length counts the frames as well, and may be behind while one loads
        steps = visitor.page.evaluate("navigation.entries().map((entry) => entry.url)")
        assert [urlsplit(url).path for url in steps] == paths
    for path in reversed(paths[:-1]):
        visitor.page.go_back()
        visitor.settle()
        assert urlsplit(visitor.page.url).path == path
    visitor.expect_counts(*LATEST)


def test_a_link_takes_the_day_along_that_the_slider_has_come_to(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    # before the server can know of the day
    visitor.slider.evaluate(
        """(slider) => {
          slider.dispatchEvent(new KeyboardEvent("keydown", { key: "Home" }));
          slider.getRootNode().querySelector("nav a[href^=compare]").click();
        }"""
    )
    expect(visitor.page).to_have_url(re.compile(r"/compare\?on=2015-03-12"))
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(1)


@pytest.mark.parametrize(
    ("since", "on", "gained", "lost"),
    [
        ("2025-04-24", "2025-04-25", LAST.approved, LAST.revoked),
        ("2022-11-24", "2025-04-24", 0, 0),
        ("2015-03-11", "2025-04-25", *LATEST),
    ],
)
def test_comparing_two_days(visit, atlas, since, on, gained, lost):
    visitor = start(visit, "compare", f"?since={since}&on={on}&lang=en")
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(gained)
    expect(visitor.map.locator("path.zone.is-lost")).to_have_count(lost)
    view = View(date.fromisoformat(on), since=date.fromisoformat(since))
    expect(visitor.panel.locator("h2")).to_have_text(headline(Answer(atlas, view)))
    if lost:
        # each lost zone is tied to the one that absorbed it
        expect(visitor.map.locator("path.tie")).to_have_count(lost)
        expect(visitor.panel).to_contain_text("Haikou → Hainan (whole island)")
    if not gained:
        expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("Nothing changed")


@pytest.mark.long
def test_days_in_the_wrong_order_are_exchanged_and_told(visit):
    visitor = start(visit, "compare", "?since=2025-04-25&on=2025-04-24&lang=en")
    expect(visitor.page.locator(".pz-warning")).to_contain_text("the two days were swapped")
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(LAST.approved)


def test_compare_begins_with_what_the_document_did(visit):
    visitor = start(visit, "compare", "?on=2022-02-08&lang=en")
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(27)
    visitor.page.get_by_role("button", name="Since the first document").click()
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(LATEST.active)
    expect(visitor.page).to_have_url(re.compile("since=2015-03-11"))


@pytest.mark.parametrize("day", ["2016-01-15", "2022-02-08", "2025-04-25"])
def test_the_choropleth_says_what_the_table_says(visit, atlas, day):
    visitor = start(visit, "provinces", f"?on={day}&lang=en")
    expect(visitor.map.locator("path.province-area")).to_have_count(PROVINCES)
    table = provinces_table(Answer(atlas, View(date.fromisoformat(day)))).set_index("adcode")
    labels = visitor.map.locator(".pz-value")
    expect(labels).to_have_count(PROVINCES)
    assert sum(int(text) for text in labels.all_inner_texts()) == table["active"].sum()
    guangdong = visitor.map.locator("path.province-440000")
    expect(guangdong).to_have_attribute(
        "aria-label", re.compile(f"{table.loc['440000', 'active']} active zones")
    )


KEEP_WHAT_WAS_SHOWN = """(map) => {
  window.shown = {};
  const look = () => {
    const area = map.querySelector("path.province-650000");
    if (area) window.shown[map.dataset.day] = area.getAttribute("aria-label");
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.mark.long
def test_playing_shows_the_same_day_everywhere(visit, atlas):
    visitor = start(visit, "provinces", "?on=2020-05-06&lang=en")
    expect(visitor.map.locator("path.province-area")).to_have_count(PROVINCES)
    frame = visitor.map.locator(".pz-map")
    frame.evaluate(KEEP_WHAT_WAS_SHOWN)
    visitor.page.get_by_role("button", name="Play the timeline").click()
    expect(frame).to_have_attribute("data-day", "2025-04-25", timeout=30_000)
    expect(visitor.page.locator(".timeline")).to_have_attribute("data-settled", "true")
    visitor.page.wait_for_timeout(500)
    shown = frame.evaluate("window.shown")
    assert len(shown) > 2
    for day, label in shown.items():
        table = provinces_table(Answer(atlas, View(date.fromisoformat(day)))).set_index("adcode")
        assert f"{table.loc['650000', 'active']} active zones" in label, day


@pytest.mark.long
def test_choosing_a_province_on_the_map_filters(visit):
    visitor = start(visit, "provinces", "?on=2025-04-25&lang=en")
    visitor.map.locator("path.province-650000").click()
    expect(visitor.page).to_have_url(re.compile("province=650000"))
    expect(visitor.map.locator("path.province-650000")).to_have_class(re.compile("is-chosen"))
    visitor.page.get_by_role("radio", name="Share of area").click()
    # the legend says what the numbers are
    expect(visitor.map.locator(".pz-legend-title")).to_have_text("Share of area")
    expect(visitor.map.locator(".pz-legend li").last).to_contain_text("80–100%")


@pytest.mark.long
def test_a_province_keeps_the_focus_when_its_map_is_drawn_anew(visit):
    visitor = start(visit, "provinces", "?on=2025-04-25&lang=en")
    province, hint = visitor.map.locator("path.province-650000"), visitor.map.locator(".pz-hint")
    province.focus()
    expect(hint).to_contain_text("4 active zones")
    province.press("Enter")
    expect(visitor.page).to_have_url(re.compile("province=650000"))
    expect(province).to_have_class(re.compile("is-chosen"))
    expect(province).to_be_focused()
    expect(hint).to_have_count(1)
    province.press("Enter")
    expect(visitor.page).not_to_have_url(re.compile("province="))


def test_borders_zoom_to_the_neighbour_and_list_its_zones(visit):
    visitor = start(visit, "borders", "?on=2025-04-25&lang=en")
    visitor.page.get_by_role("radio", name="Vietnam (3)").click()
    expect(visitor.page).to_have_url(re.compile("neighbour=VNM"))
    visitor.expect_counts(3)
    expect(visitor.page.get_by_text("Border ports inside these zones")).to_be_visible()
    # on a phone the table is far below
    for part in visitor.page.locator(".pz-parts a").all():
        expect(visitor.page.locator(part.get_attribute("href"))).to_have_count(1)
    visitor.page.get_by_role("link", name="Border ports", exact=True).click()
    expect(visitor.page.locator("#ports")).to_be_in_viewport()
    expect(visitor.map.locator('.pz-map[data-level="detail"]')).to_be_visible()
    signs = visitor.map.locator(".pz-signs li:visible")
    expect(signs.filter(has_text=re.compile("^Land"))).to_have_text(
        ["Land border", "Land within 100 km of the border"]
    )
    link = visitor.page.locator(".pz-cards").first.get_by_role("link", name="Honghe")
    link.click()
    expect(visitor.page).to_have_url(re.compile("zone=honghe"))
    expect(visitor.zone("honghe")).to_have_class(re.compile("is-chosen"))
    expect(link).to_have_attribute("aria-current", "true")
    visitor.panel.get_by_role("link", name="Back to the document").click()
    # so far on either side of the border reaches the strip, and it stays in the country
    strip = visitor.map.locator("path.border-strip")
    expect(strip).to_have_css("clip-path", re.compile("#pz-inside"))
    expect(visitor.map.locator("clipPath#pz-inside")).to_have_count(1)
    # the map may still be on its way
    wide = """() => {
      const scale = document.querySelector(".leaflet-control-scale-line");
      const kilometres = parseInt(scale.textContent) / scale.getBoundingClientRect().width;
      const width = document.querySelector("path.border-strip").getAttribute("stroke-width");
      return Math.abs((width / 2) * kilometres - 100) < 5;
    }"""
    visitor.page.locator(
        "iframe[title*=folium]"
    ).element_handle().content_frame().wait_for_function(wide)


@pytest.mark.long
def test_the_distance_and_the_shading_stand_in_the_address(visit):
    visitor = visit("?neighbour=VNM&within=300&lang=en", path="/borders")
    slider = visitor.page.get_by_role("slider", name="Maximum distance from the border (km)")
    expect(slider).to_have_value("300")
    slider.press("ArrowRight")
    expect(visitor.page).to_have_url(re.compile("within=310"))
    link = visitor.page.get_by_role("link", name="Provinces", exact=True)
    # the link carries the View as soon as the server has answered
    expect(link).to_have_attribute("href", re.compile("within=310"))
    link.click()
    expect(visitor.page).to_have_url(re.compile("/provinces.*within=310"))
    visitor.page.get_by_role("radio", name="Share of area").click()
    expect(visitor.page).to_have_url(re.compile("within=310&shade=share"))
    expect(visitor.map.locator(".pz-legend-title")).to_have_text("Share of area")
    visitor.page.reload()
    expect(visitor.map.locator(".pz-legend-title")).to_have_text("Share of area")


def test_a_row_opens_its_zone_and_closes_it(visit):
    visitor = start(visit, "compare", "?since=2024-04-24&on=2025-04-25&lang=en")
    row = visitor.page.locator(".zones tr[data-id=haikou]")
    zone, approved = re.compile("^Haikou"), re.compile("^2018-08-07")
    said = ["revoked", zone, "Hainan", approved, "国函〔2018〕93号", "2025-04-25", LAST.number]
    expect(row.locator("td")).to_have_text([*said, re.compile("^Hainan")])
    visitor.settle()
    row.locator(".province").click()
    expect(visitor.page).to_have_url(re.compile("zone=haikou"))
    expect(visitor.zone("haikou")).to_have_class(re.compile("is-chosen"))
    expect(row).to_have_class("is-chosen")
    # closed beside the map the row loses its mark, so that it opens the zone again
    visitor.page.locator(".pz-close a").click()
    expect(visitor.page).not_to_have_url(re.compile("zone="))
    for opened in (True, False):
        visitor.settle()
        row.locator(".province").click()
        expect(row).to_have_class("is-chosen" if opened else "")
    expect(visitor.page).not_to_have_url(re.compile("zone="))


@pytest.mark.long
def test_a_row_filters_by_its_province_and_releases_it(visit):
    size = {"width": 390, "height": 844}
    visitor = start(visit, "provinces", "?on=2025-04-25&lang=en", viewport=size, has_touch=True)
    expect(visitor.map.locator("path.province-area")).to_have_count(PROVINCES)
    # the one with the most zones comes first; on a phone each row is a card
    first = visitor.page.locator(".pz-cards tbody tr").first
    expect(first).to_contain_text("Guangdong")
    assert visitor.page.evaluate(SCROLLERS) == []
    # nor does the page scroll sideways
    main = visitor.page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    first.get_by_role("link").tap()
    expect(visitor.page).to_have_url(re.compile("province=440000"))
    expect(visitor.map.locator("path.province-440000")).to_have_class(re.compile("is-chosen"))
    visitor.page.locator(".pz-cards [aria-current]").tap()
    expect(visitor.page).not_to_have_url(re.compile("province="))


@pytest.mark.long
def test_the_curve_shows_what_its_last_document_did(visit):
    visitor = start(visit, "borders", "?on=2025-04-25&lang=en")
    chart = visitor.page.get_by_test_id("stVegaLiteChart")
    chart.scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(1000)
    picture = np.array(Image.open(io.BytesIO(chart.screenshot())).convert("RGB")).astype(int)
    # the coloured areas are stacked: their top is the number of active zones
    coloured = np.ptp(picture, axis=2) > 60
    right = np.flatnonzero(coloured.any(axis=0)).max()
    top_at = coloured.argmax(axis=0)
    assert top_at[right - 3] < top_at[right - 60]


SIZE = "frame => [frame.clientWidth, frame.clientHeight]"


@pytest.mark.long
def test_on_paper_there_are_neither_controls_nor_cuts(visit):
    visitor = start(visit, "compare", "?since=2015-03-12&on=2025-04-25&lang=en")
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(177)
    frame = visitor.page.locator(".st-key-map-frame iframe")
    drawn = frame.evaluate(SIZE)
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    # the map is laid out as on the screen, and whole on the first sheet
    visitor.page.set_viewport_size({"width": 718, "height": 1000})
    assert frame.evaluate(SIZE) == drawn
    paper, sheet = frame.bounding_box(), visitor.page.locator(".st-key-map-frame").bounding_box()
    assert paper == pytest.approx(sheet, abs=1)
    assert paper["x"] + paper["width"] <= 718
    assert paper["y"] + paper["height"] <= 1000
    cells = visitor.page.locator(".of-changes td:visible")
    assert cells.evaluate_all("cells => cells.every(cell => cell.scrollWidth <= cell.clientWidth)")
    expect(visitor.page.get_by_role("button", name="Filters")).to_be_hidden()
    for link in visitor.page.get_by_test_id("stLinkButton").all():
        expect(link).to_be_hidden()
    story = visitor.page.locator(".st-key-panel")
    assert story.evaluate(WHOLE)
    box, below = story.bounding_box(), visitor.page.locator("caption", has_text="Changes")
    assert box["y"] + box["height"] <= below.bounding_box()["y"]
    swatch = visitor.map.locator(".pz-swatch").first
    expect(swatch).to_have_css("print-color-adjust", "exact")
    assert visitor.page.evaluate("getComputedStyle(document.querySelector('.stApp')).height") != (
        "900px"
    )


@pytest.mark.long
def test_a_table_is_whole_on_paper(visit):
    visitor = visit("?on=2025-04-25&lang=en", media={"color_scheme": "dark"})
    rows = visitor.page.locator(".zones tbody tr")
    expect(rows.first).to_be_visible()
    visitor.page.emulate_media(media="print", color_scheme="dark")
    assert visitor.page.locator(".zones").evaluate(WHOLE)
    top, bottom = rows.first.bounding_box()["y"], rows.last.bounding_box()["y"]
    assert bottom - top > ZONES * 20
    # from a dark page paper is light, and the map with it
    drawn = visitor.map.locator(".pz-map")
    expect(drawn).to_have_attribute("data-theme", "dark")
    for node in (visitor.page.locator(":root"), visitor.map.locator(":root")):
        node.evaluate(
            "node => node.ownerDocument.defaultView.dispatchEvent(new Event('beforeprint'))"
        )
    expect(drawn).to_have_attribute("data-theme", "light")
    for place in (".stApp", "h1", ".zones", ".pz-panel"):
        colour = visitor.page.locator(place).first.evaluate("node => getComputedStyle(node).color")
        assert max(map(int, re.findall(r"\d+", colour)[:3])) < 128, place
    # what was drawn for the window is as narrow as paper at once
    slider = visitor.page.locator(".timeline .slider")
    assert slider.evaluate(
        """node => {
          node.style.width = "400px";
          const last = [...node.querySelectorAll(".stop")].at(-1).getBoundingClientRect();
          return last.left + last.width / 2 <= node.getBoundingClientRect().right;
        }"""
    )


@pytest.mark.parametrize("path", ["", "compare", "borders"])
def test_what_a_finger_touches_is_large_enough(visit, path):
    visitor = start(visit, path, "?lang=en", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(visitor.map.locator(".pz-map[data-day]")).to_be_visible(timeout=30_000)
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stButton] button, [data-testid=stLinkButton] a, [data-testid=stDateInput] [role=group], [data-testid=stPills] button")]
          .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.5)
          .map((node) => node.textContent)"""
    )
    assert small == []


def test_on_a_phone_a_record_is_a_sheet_over_the_map(visit):
    size = {"width": 390, "height": 844}
    visitor = start(visit, "", "?on=2025-04-25&lang=en", viewport=size, has_touch=True)
    visitor.zone("chongqing").tap()
    expect(visitor.panel.locator("h2")).to_contain_text("Chongqing")
    visitor.settle()
    picture = visitor.map.locator(".pz-picture").bounding_box()
    sheet = visitor.panel.bounding_box()
    assert picture["y"] >= 0
    assert picture["y"] + picture["height"] <= sheet["y"] < 0.6 * size["height"]
    # what scrolls is the page, over the map, which stays
    visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollBy(0, 200)")
    assert visitor.panel.bounding_box()["y"] == pytest.approx(sheet["y"] - 200, abs=2)
    moved = visitor.map.locator(".pz-picture").bounding_box()
    assert moved["y"] == pytest.approx(picture["y"], abs=1)
    close = visitor.panel.get_by_role("link", name="Back to the document")
    assert close.bounding_box()["height"] >= 44
    for leave in (
        close.tap,
        lambda: visitor.page.keyboard.press("Escape"),
        visitor.page.go_back,
    ):
        leave()
        expect(visitor.panel).to_contain_text("Changes made by this document")
        expect(visitor.page).not_to_have_url(re.compile("zone="))
        visitor.zone("chongqing").tap()
        expect(visitor.panel.locator("h2")).to_contain_text("Chongqing")


@pytest.mark.parametrize(("path", "day"), [("", "2015-03-12"), ("compare", "2025-04-25")])
def test_on_a_phone_the_list_has_dates_and_nothing_scrolls_inside(visit, path, day):
    size = {"width": 390, "height": 844}
    visitor = start(visit, path, "?on=2025-04-25&lang=en", viewport=size, has_touch=True)
    row = visitor.page.locator(".zones tbody tr").first
    expect(row).to_contain_text(day)
    for cell in row.locator("td:visible").all():
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= size["width"]
    assert visitor.page.evaluate(SCROLLERS) == []
    # nor on a tablet, where panel and map have no room side by side
    visitor.page.set_viewport_size({"width": 768, "height": 1024})
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate(SCROLLERS) == []


# what scrolls inside the page, or would; the row of pages does, sideways
SCROLLERS = """() => {
  const hosts = [...document.querySelectorAll("[data-testid=stMainBlockContainer] *")];
  const all = hosts.flatMap((one) => [one, ...(one.shadowRoot?.querySelectorAll("*") ?? [])]);
  return all.filter((node) => node.tagName !== "NAV" && /auto|scroll/.test(getComputedStyle(node).overflowY + getComputedStyle(node).overflowX)
      && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1))
    .map((node) => `${node.tagName} ${node.className}`);
}"""
OVERLAPS = """(nodes) => {
  const boxes = nodes.filter((node) => node.offsetParent).map((node) => [node, node.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one.textContent} | ${other.textContent}`));
}"""


@pytest.mark.long
def test_on_a_phone_each_document_is_a_card(visit):
    size = {"width": 390, "height": 844}
    visitor = visit("?on=2025-04-25&lang=en", path="/data", wait=False, viewport=size)
    document = visitor.page.locator(".pz-cards tbody tr").first
    expect(document).to_contain_text("Hangzhou")
    for width in (390, 320):
        visitor.page.set_viewport_size({"width": width, "height": 568})
        visitor.page.wait_for_timeout(500)
        assert visitor.page.evaluate(SCROLLERS) == []
        # the number of a document, then a line for each value
        boxes = [cell.bounding_box() for cell in document.locator("td:visible").all()]
        assert len(boxes) > 5
        assert all(a["y"] + a["height"] <= b["y"] + 1 for a, b in pairwise(boxes))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.long
def test_no_value_lies_over_another(visit, width):
    size = {"width": width, "height": 900}
    visitor = start(visit, "provinces", "?shade=share&on=2025-04-25&lang=en", viewport=size)
    values = visitor.map.locator(".pz-value")
    expect(values).to_have_count(PROVINCES)
    visitor.page.wait_for_timeout(800)
    assert values.evaluate_all(OVERLAPS) == []
    # most are there, those of the largest always
    assert len([value for value in values.all() if value.is_visible()]) > 20


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_a_narrow_legend_of_changes_can_be_read(visit, lang):
    size = {"width": 390, "height": 844}
    query = f"?since=2024-12-31&on=2025-04-25&lang={lang}"
    visitor = start(visit, "compare", query, viewport=size, has_touch=True)
    rows = visitor.map.locator(".pz-legend li")
    expect(rows).to_have_count(5)
    visitor.page.wait_for_timeout(800)
    words = visitor.map.locator(".pz-legend :is(.pz-short, .pz-legend-count, .pz-swatch)")
    assert words.evaluate_all(OVERLAPS) == []
    right = visitor.map.locator(".pz-foot").bounding_box()
    for row in rows.all():
        box = row.bounding_box()
        assert box["x"] + box["width"] <= right["x"] + right["width"]


@pytest.mark.long
def test_tools_of_a_table_cover_nothing_under_a_finger(visit):
    size = {"width": 390, "height": 844}
    query = "?on=2025-04-25&lang=en"
    visitor = start(visit, "panel", query, viewport=size, has_touch=True, is_mobile=True)
    folded = visitor.page.get_by_test_id("stExpander").filter(has_text="Chart data").first
    folded.locator("summary").tap()
    tools = folded.get_by_test_id("stElementToolbar")
    expect(tools).to_have_count(1)
    visitor.settle()
    box = tools.bounding_box()
    table = folded.get_by_test_id("stDataFrame").bounding_box()
    above = folded.locator("summary").bounding_box()
    assert above["y"] + above["height"] <= box["y"] + 1
    assert box["y"] + box["height"] <= table["y"] + 1


@pytest.mark.long
def test_a_disputed_stretch_is_labelled(visit):
    visitor = start(visit, "borders", "?on=2025-04-25&neighbour=PAK&lang=en")
    expect(visitor.page.locator(".pz-warning")).to_contain_text("Kashmir")


@pytest.mark.long
def test_a_border_without_a_zone_says_so(visit):
    visitor = start(visit, "borders", "?on=2015-03-12&neighbour=LAO&lang=en")
    expect(visitor.page.get_by_test_id("stAlert").first).to_contain_text("Increase the distance")
    visitor.expect_counts(0)


@pytest.mark.long
def test_the_map_of_a_record_shows_its_day(visit):
    visitor = start(visit, "zone", "?zone=haikou&on=2025-04-25&lang=en")
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", "2025-04-25")
    expect(visitor.zone("haikou")).to_have_class(re.compile("is-revoked"))
    answer = visitor.page.get_by_role("heading", level=1)
    expect(answer).to_contain_text("Haikou is no longer a pilot zone on 25 April 2025.")
    visitor.slider.press("ArrowLeft")
    expect(visitor.page).to_have_url(re.compile("on=2022-11-24"))
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", "2022-11-24")
    expect(visitor.zone("haikou")).to_have_class(re.compile("is-active"))
    expect(answer).to_contain_text("Haikou was an active pilot zone on 24 November 2022.")
    article = visitor.page.locator(".pz-panel")
    expect(article.filter(has_text="History")).to_contain_text("succeeded by Hainan")


def test_the_record_of_an_unknown_zone_offers_the_closest(visit):
    visitor = start(visit, "zone", "?zone=haikuo&lang=en")
    warning = visitor.page.locator(".pz-warning")
    expect(warning).to_contain_text("Did you mean Haikou")
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("Choose a zone")
    warning.get_by_role("link", name="Haikou 海口市").click()
    expect(visitor.panel.first.locator("h2")).to_contain_text("海口市")
    expect(warning).to_have_count(0)


@pytest.mark.parametrize("name", ["haerbin", "Harbin", "哈尔滨"])
def test_a_zone_is_found_by_its_name_in_the_address(visit, name):
    visitor = start(visit, "zone", f"?zone={name}&lang=en")
    expect(visitor.panel.first.locator("h2")).to_contain_text("哈尔滨市")


@pytest.mark.long
def test_a_search_lists_links_to_records(visit):
    visitor = start(visit, "zone", "?q=zhou&province=450000&on=2025-04-25&lang=en")
    expect(visitor.panel.get_by_role("link")).to_have_text(["Liuzhou", "Hezhou", "Wuzhou"])
    visitor.panel.get_by_role("link", name="Wuzhou").click()
    expect(visitor.panel.first.locator("h2")).to_contain_text("梧州市")


@pytest.mark.long
def test_a_link_to_a_zone_leads_to_its_record(visit):
    visitor = start(visit, "zone", "?zone=yiwu&lang=en")
    visitor.page.get_by_role("link", name="Jinhua").first.click()
    expect(visitor.page).to_have_url(re.compile("zone=jinhua"))
    expect(visitor.panel.first.locator("h2")).to_contain_text("金华市")


@pytest.mark.long
def test_a_link_to_a_zone_that_is_copied_has_the_whole_view(visit):
    visitor = visit("?on=2020-01-01&lang=zh")
    link = visitor.panel.locator('a[href^="?zone="]').first
    link.focus()
    expect(link).to_have_attribute("href", re.compile(r"\?zone=\w+&on=2020-01-01&lang=zh"))


@pytest.mark.long
def test_the_panel_leads_to_the_full_record(visit):
    visitor = visit("?zone=hainan&lang=en")
    visitor.panel.get_by_role("link", name="Full record of this zone").click()
    expect(visitor.page).to_have_url(re.compile(r"/zone\?.*zone=hainan"))
    expect(visitor.page.get_by_text("Cite this record")).to_be_visible()


@pytest.mark.parametrize(("page", "subject"), [("zone", "zone=haikou"), ("place", "adcode=460100")])
def test_a_record_is_cited_by_the_address_of_its_day(visit, page, subject):
    visitor = start(visit, page, f"?{subject}&on=2024-01-01&q=hai&province=460000&lang=en")
    visitor.page.get_by_role("tab", name="APA").click()
    references = visitor.page.get_by_test_id("stCode").filter(visible=True)
    expect(references).to_contain_text("(国函〔2018〕93号)")
    cited = rf"/{page}\?on=2024-01-01&{subject}&data={load_atlas().register.version}&lang=en$"
    expect(references).to_contain_text(re.compile(cited))
    visitor.page.get_by_role("tab", name="BibTeX").click()
    expect(references).to_contain_text(re.compile(r"^@\w+\{"))


@pytest.mark.parametrize(
    ("page", "subject", "last"),
    [("zone", "zone=foshan", "文件"), ("place", "adcode=140400", "引用")],
)
@pytest.mark.long
def test_each_part_of_a_record_is_one_press_away(visit, page, subject, last):
    size = {"width": 320, "height": 700}
    visitor = start(visit, page, f"?{subject}&lang=zh", viewport=size, has_touch=True)
    visitor.live()
    links = visitor.page.get_by_role("navigation", name="本页内容").get_by_role("link")
    expect(links.last).to_have_text(last)
    boxes = [link.bounding_box() for link in links.all()]
    # in one line on the first screen
    assert {box["y"] for box in boxes} == {boxes[0]["y"]}
    assert boxes[0]["y"] < 400
    for link in links.all():
        link.press("Enter")
        part = visitor.page.locator(link.get_attribute("href"))
        expect(part).to_be_in_viewport()
        assert part.bounding_box()["y"] >= 0
        visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    if page == "zone":
        # the near borders; the others are folded away
        near = visitor.page.get_by_role("region", name="至各陆地边境的距离")
        expect(near.get_by_role("row")).to_have_count(1 + 5)
        farther = visitor.page.get_by_role("region", name="更远的边境")
        expect(farther).to_be_hidden()
    # the View stays in the address
    expect(visitor.page).to_have_url(re.compile(rf"{subject}.*#(files|cite)$"))


@pytest.mark.long
def test_secondary_sources_are_folded_away(visit):
    visitor = start(visit, "zone", "?zone=shaoyang&lang=en")
    record = visitor.panel.first
    expect(record.get_by_role("link", name="sm.gov.cn")).to_be_visible()
    expect(record.get_by_role("link", name="nikihou.jp")).to_be_hidden()
    record.get_by_text("2 secondary sources").click()
    expect(record.get_by_role("link", name="nikihou.jp")).to_be_visible()


@pytest.mark.parametrize(("on", "holds"), [("2018-09-30", False), ("2018-10-01", True)])
@pytest.mark.long
def test_a_record_shows_the_measures_of_the_day(visit, on, holds):
    visitor = start(visit, "zone", f"?zone=xiamen&on={on}&lang=en")
    record = visitor.panel.first
    expect(record).to_contain_text("Information, not tax advice.")
    expect(record.get_by_text("财税〔2018〕103号")).to_have_count(int(holds))


@pytest.mark.long
def test_the_foot_says_since_when_nothing_changed_and_when_that_was_checked(visit):
    foot = start(visit, "data", "?lang=en").page.locator(".pz-footer")
    day = f"{LAST.published_on:%-d %B %Y}"
    said = re.compile(rf"Unchanged since {day} · checked on \d+ \w+ \d{{4}}")
    expect(foot).to_contain_text(said)


def test_the_data_page_tells_what_is_not_verified(visit):
    visitor = start(visit, "data", "?lang=en")
    for text in [
        "Signing date, left empty: 国函〔2025〕40号",
        "Liaocheng",
        "Tianditu",
        "CC BY 4.0",
    ]:
        expect(visitor.page.locator("article.pz-panel")).to_contain_text(text)
    links = ["Download as CSV", "Download as GPKG", "Complete data package (ZIP)"]
    for name in [*links, "Documents as a feed (Atom)", "Documents as a calendar (ICS)"]:
        expect(visitor.page.get_by_role("link", name=name)).to_be_visible()


@pytest.mark.long
def test_filters_stay_when_the_counts_beside_them_change(visit):
    visitor = visit("?on=2025-04-25&province=440000&batch=2&batch=3&lang=en")
    visitor.expect_counts(4)
    visitor.settle()
    search = visitor.filters().get_by_label("Name contains")
    search.fill("zhuhai")
    search.press("Enter")
    visitor.expect_counts(1)
    visitor.slider.press("Home")
    expect(visitor.page).to_have_url(re.compile("on=2015-03-12"))
    visitor.slider.press("End")
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"))
    visitor.page.wait_for_timeout(800)
    visitor.expect_counts(1)
    search = visitor.filters().get_by_label("Name contains")
    search.fill("")
    search.press("Enter")
    visitor.expect_counts(4)
    expect(visitor.page).to_have_url(re.compile("province=440000&batch=2&batch=3"))
    box = visitor.filters().get_by_role("combobox", name="Border region")
    visitor.settle()
    box.fill("Coast")
    visitor.page.get_by_role("option", name=re.compile("Coast")).click()
    expect(visitor.page).to_have_url(re.compile("province=440000&neighbour=coast&batch=2&batch=3"))
    expect(visitor.page.locator(".pz-warning")).to_have_count(0)


@pytest.mark.long
def test_filters_that_leave_nothing_break_no_page(visit):
    visitor = start(visit, "", "?province=540000&neighbour=VNM&lang=en")
    for name in ("Compare", "Provinces", "Borders", "Figure", "Data and method"):
        where = "nav" if name in {"Compare", "Provinces", "Borders", "Figure"} else ".pz-footer"
        link = visitor.page.locator(where).get_by_role("link", name=name, exact=True)
        link.click()
        if where == "nav":
            expect(link).to_have_attribute("aria-current", "page")
        expect(visitor.page).to_have_url(re.compile("province=540000&neighbour=VNM"))
        visitor.settle()
        expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
        assert "Error" not in visitor.page.get_by_test_id("stMain").inner_text()


def test_the_header_and_the_panel_count_the_same_changes(visit):
    visitor = start(visit, "compare", "?since=2015-03-11&on=2025-04-25&lang=en")
    expect(visitor.panel.locator("h2")).to_contain_text(
        f"{ZONES} gained ({LATEST.revoked} of them revoked again), {LATEST.revoked} revoked, "
        f"{LATEST.active} active"
    )
    headline = visitor.page.get_by_role("heading", level=1)
    expect(headline).to_contain_text(f"{ZONES} zones were approved between 11 March 2015 and")
    expect(headline).to_contain_text(f"{LATEST.revoked} revoked; {LATEST.active} active")


def test_a_hint_is_read_in_lines_not_in_letters(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    for zone in ("kashgar", "chifeng"):
        visitor.zone(zone).hover()
        box = visitor.map.locator(".pz-hint").bounding_box()
        assert box["width"] > 120
        assert box["height"] < 160
