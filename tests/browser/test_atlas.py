"""The atlas page as its users use it: what is drawn, and what happens when they do something."""

import re

import pytest
from known import DOCUMENTS, LAST, LATEST, PREFECTURES, TOTALS, active_on, after
from playwright.sync_api import expect
from serving import colour_at, send_day

from pilotzones.query.view import View

# each of its prefecture-level cities is a zone
GUANGDONG = PREFECTURES["440000"]
STOPS = {day.isoformat(): counts for day, counts in TOTALS.items()}


def test_the_latest_document_is_shown_first(visit):
    visitor = visit()
    visitor.expect_counts(*LATEST)
    expect(visitor.map.locator(".pz-day")).to_have_text("25 April 2025")
    expect(visitor.map.locator(".pz-count")).to_have_text(f"{LATEST.active} active zones shown")
    expect(visitor.map.locator(".pz-source")).to_contain_text("State Council replies")
    expect(visitor.map.locator(".pz-note")).to_contain_text("schematic")
    expect(visitor.panel).to_contain_text("国函〔2025〕40号")
    expect(visitor.panel).to_contain_text("not verified")
    expect(visitor.panel).to_contain_text("Haikou → Hainan (whole island)")


def test_a_map_that_drew_an_older_day_late_is_put_right(visit):
    visitor = visit("?on=2022-11-14")
    visitor.slider.press("End")
    frame = visitor.map.locator(".pz-map")
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"))
    expect(visitor.page.locator(".timeline")).to_have_attribute("data-settled", "true")
    # what a late answer of the server leaves behind
    frame.evaluate(
        """map => {
          window.drawn = new Promise((drawn) => {
            new MutationObserver(() => map.dataset.day === "2015-03-12" && drawn())
              .observe(map, { attributes: true });
          });
        }"""
    )
    send_day(visitor.page, "2015-03-12")
    frame.evaluate("() => window.drawn")
    # what the frame says when it has drawn an answer of the server
    frame.evaluate("() => window.parent.postMessage({ pilotzones: 'shown' })")
    expect(frame).to_have_attribute("data-day", "2025-04-25")
    visitor.expect_counts(*STOPS["2025-04-25"])


def test_every_stop_draws_its_zones(visit):
    visitor = visit()
    visitor.slider.press("Home")
    for day, (active, revoked) in STOPS.items():
        visitor.expect_counts(active, revoked)
        expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", day)
        # the server follows the browser
        expect(visitor.page).to_have_url(re.compile(f"on={day}"))
        visitor.slider.press("ArrowRight")


SLOW_ANSWERS = """
const listen = WebSocket.prototype.addEventListener;
const later = (handler) => (event) => setTimeout(() => handler(event), 700);
WebSocket.prototype.addEventListener = function (name, handler, ...rest) {
  listen.call(this, name, name === "message" ? later(handler) : handler, ...rest);
};
Object.defineProperty(WebSocket.prototype, "onmessage", {
  set(handler) { listen.call(this, "message", later(handler)); },
});
"""


@pytest.mark.long
def test_steps_faster_than_the_server_are_all_kept(visit):
    visitor = visit("?on=2015-03-12", wait=False)
    visitor.page.add_init_script(SLOW_ANSWERS)
    visitor.open("?on=2015-03-12")
    days = list(STOPS)
    for day in days[1:]:
        visitor.slider.press("ArrowRight")
        # the answer to the step before comes in between
        visitor.page.wait_for_timeout(400)
        expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", day, timeout=2000)
    expect(visitor.page).to_have_url(re.compile(f"on={days[-1]}"))
    expect(visitor.page.locator(".timeline[data-on]")).to_have_attribute("data-settled", "true")
    visitor.page.wait_for_timeout(800)
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", days[-1])
    visitor.expect_counts(*STOPS[days[-1]])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-24", {"haikou": {"is-active"}, "sanya": {"is-active"}, "alashankou": {"is-active"}, "hainan": {"is-hidden"}, "bortala": {"is-hidden"}}),
        ("2025-04-25", {"haikou": {"is-revoked", "is-absorbed", "is-new"}, "sanya": {"is-revoked", "is-absorbed", "is-new"}, "alashankou": {"is-revoked", "is-absorbed", "is-new"}, "hainan": {"is-active", "is-new"}, "bortala": {"is-active", "is-new"}}),
    ],
)  # fmt: skip
def test_hainan_and_bortala_replace_their_cities(visit, day, expected):
    visitor = visit(f"?on={day}")
    assert {zone: visitor.classes(zone) for zone in expected} == expected


def test_the_colours_of_the_batches_are_seen(visit):
    visitor = visit("?on=2025-04-25&zone=hainan")
    visitor.page.wait_for_timeout(800)
    red, green, blue = colour_at(visitor.page, visitor.zone("hainan"))
    assert red > 240
    assert green > 220
    assert blue < 80


def test_the_legend_counts_what_is_drawn(visit, atlas):
    visitor = visit("?on=2025-04-25")
    rows = visitor.map.locator(".pz-legend li")
    batches = atlas.register.histories.loc[
        list(active_on(atlas.register, LAST.published_on)), "batch"
    ]
    # a row for each batch, and one for the revoked zones
    expect(rows).to_have_count(len(DOCUMENTS) + 1)
    counts = [int(text) for text in visitor.map.locator(".pz-legend-count").all_inner_texts()]
    assert counts == [*batches.value_counts().sort_index(), LATEST.revoked]


def test_a_step_sends_little(visit):
    visitor = visit("?on=2022-02-08")
    for key, day in [("ArrowLeft", "2020-05-06"), ("ArrowRight", "2022-02-08")]:
        visitor.slider.wait_for()
        visitor.page.wait_for_timeout(500)
        visitor.received.clear()
        visitor.slider.press(key)
        expect(visitor.page).to_have_url(re.compile(f"on={day}"))
        expect(visitor.panel).to_contain_text(
            f"{ {'2020-05-06': 46, '2022-02-08': 27}[day] } zones"
        )
        visitor.page.wait_for_timeout(500)
        assert 0 < sum(visitor.received) <= 10_000
    # map, panel and table come with the same picture; no element is styled again for the language,
    # and no row outside the window is laid out
    assert visitor.page.evaluate(PRESS) == [*["2020-05-06"] * 4, 0, False]


# a press, and what shows its day when the next picture is about to be drawn
PRESS = """() => {
  const trees = [document, ...[...document.querySelectorAll("*")].flatMap((e) => e.shadowRoot || [])];
  const find = (selector) => trees.map((tree) => tree.querySelector(selector)).find(Boolean);
  const styled = new MutationObserver(() => {});
  const map = find("iframe[title*=folium]").contentDocument;
  for (const { documentElement } of [document, map])
    styled.observe(documentElement, { attributes: true, attributeFilter: ["lang"] });
  find("[data-part=slider]").dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
  return [find(".timeline").dataset.on, map.querySelector(".pz-map").dataset.day,
    find(".pz-panel").dataset.on, find(".zones").dataset.on, styled.takeRecords().length,
    find(".zones tbody tr:last-child td").checkVisibility({ contentVisibilityAuto: true })];
}"""


def test_playing_draws_every_document_without_the_server(visit):
    visitor = visit("?on=2022-02-08")
    visitor.page.wait_for_timeout(500)
    visitor.received.clear()
    visitor.page.get_by_role("button", name="Play the timeline").click()
    visitor.expect_counts(*after(7))
    # the panel and the table know the day as well
    expect(visitor.panel).to_contain_text("国函〔2022〕126号")
    expect(visitor.page.locator(".zones tbody tr")).to_have_count(after(7).active)
    assert visitor.received == []
    visitor.expect_counts(*LATEST)
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"))
    expect(visitor.page.get_by_role("button", name="Play the timeline")).to_be_visible()


LOOK_AT_EVERY_DAY = """(map) => {
  window.seen = {};
  new MutationObserver(() => {
    const shown = [...map.querySelectorAll("path.zone:not(.is-hidden)")];
    window.seen[map.dataset.day] = {
      shown: shown.length,
      labels: shown.map((path) => path.getAttribute("aria-label")),
      empty: !map.querySelector(".pz-empty").hidden,
    };
  }).observe(map, { attributes: true, attributeFilter: ["data-day"] });
}"""


@pytest.mark.long
def test_playing_names_every_zone_and_says_when_there_is_none(visit):
    visitor = visit("?on=2015-03-12&province=460000&lang=en")
    frame = visitor.map.locator(".pz-map")
    empty = visitor.map.locator(".pz-empty")
    expect(empty).to_be_visible()
    frame.evaluate(LOOK_AT_EVERY_DAY)
    visitor.page.get_by_role("button", name="Play the timeline").click()
    visitor.expect_counts(1, 2)
    seen = frame.evaluate("window.seen")
    assert [seen[day]["shown"] for day in list(STOPS)[1:]] == [0, 1, 1, 2, 2, 2, 3]
    for day, drawn in seen.items():
        assert drawn["empty"] == (drawn["shown"] == 0), day
        for label in drawn["labels"]:
            status = "Revoked 25 April" if day == "2025-04-25" else "active since"
            assert re.search(f"{status}|Hainan .*active since 25 April 2025", label), day
    visitor.slider.press("Home")
    expect(empty).to_be_visible()


def test_the_words_at_the_pointer_follow_the_day(visit):
    visitor = visit("?on=2025-04-24&lang=en")
    hint = visitor.map.locator(".pz-hint")
    visitor.zone("alashankou").focus()
    expect(hint).to_contain_text("Active")
    # without taking the focus or the pointer away
    press = "(slider, key) => slider.dispatchEvent(new KeyboardEvent('keydown', { key }))"
    visitor.slider.evaluate(press, "End")
    expect(hint).to_contain_text("Revoked 25 April 2025")
    visitor.slider.evaluate(press, "Home")
    expect(hint).to_have_count(0)


def test_only_the_end_of_the_latest_call_takes_a_component_down(visit):
    # Streamlit may end an earlier call after it has begun a later one
    visitor = visit()
    code = """async () => {
      const { mount } = await import("/_stcore/bidi-components/pilotzones.timeline/shared/component.js");
      const parentElement = document.createElement("div");
      const widget = { update() {}, remove() {} };
      const ends = [1, 2].map((data) => mount({ data, parentElement }, () => widget));
      return ends.map((end) => { end(); return parentElement.childElementCount; });
    }"""
    assert visitor.page.evaluate(code) == [1, 0]


def test_playing_can_be_paused(visit):
    visitor = visit("?on=2025-04-25")
    visitor.page.get_by_role("button", name="Play the timeline").click()
    visitor.expect_counts(1)
    visitor.expect_counts(*after(2))
    visitor.page.get_by_role("button", name="Pause").click()
    expect(visitor.page).to_have_url(re.compile(r"on=201[68]"))


def test_step_buttons_and_their_ends(visit):
    visitor = visit("?on=2025-04-24")
    previous = visitor.page.get_by_role("button", name="Previous document")
    following = visitor.page.get_by_role("button", name="Next document")
    previous.click()  # from between two documents back to the one that holds
    expect(visitor.page).to_have_url(re.compile("on=2022-11-24"))
    following.click()
    visitor.expect_counts(*LATEST)
    expect(following).to_be_disabled()


def test_the_slider_speaks(visit):
    visitor = visit("?on=2025-04-25")
    expect(visitor.slider).to_have_attribute("aria-valuenow", "8")
    done = f"{LAST.approved} approved, {LAST.revoked} revoked, {LATEST.active} active"
    spoken = f"25 April 2025, batch 8: {done}"
    expect(visitor.slider).to_have_attribute("aria-valuetext", spoken)
    # as the header does, the stops count what passes the filters
    visitor.open("?province=460000&lang=en")
    spoken = "25 April 2025, batch 8: 1 approved, 2 revoked, 1 active"
    expect(visitor.slider).to_have_attribute("aria-valuetext", spoken)
    last = visitor.page.locator(".timeline .stop").last
    expect(last.locator(".counts")).to_have_text("+1 −2")
    visitor.slider.press("Home")
    expect(visitor.slider).to_have_attribute("aria-valuenow", "1")


def test_a_stop_can_be_clicked(visit):
    visitor = visit()
    visitor.slider.locator('[data-on="2018-08-07"] .dot').click()
    visitor.expect_counts(*after(3))


def test_the_right_button_moves_no_slider(visit):
    visitor = visit("?on=2025-04-25")
    visitor.slider.locator('[data-on="2018-08-07"] .dot').click(button="right")
    expect(visitor.slider).to_have_attribute("aria-valuenow", "8")


@pytest.mark.parametrize(
    ("within", "part"),
    [(".timeline", "nav a:nth-child(3)"), (".zones", "th.zone button"), (".pz-panel", "a")],
)
def test_the_focus_stays_when_something_else_changes(visit, within, part):
    visitor = visit("?on=2022-11-24&lang=en")
    focused = visitor.page.locator(within).locator(part).first
    focused.focus()
    # what a reader who waits for the answer of the server does
    visitor.page.get_by_label("Day, by date").evaluate(
        """(input) => {
          input.value = "2022-12-01";
          input.dispatchEvent(new Event("change"));
        }"""
    )
    expect(visitor.page).to_have_url(re.compile("on=2022-12-01"))
    expect(visitor.panel).to_contain_text("latest document")
    expect(focused).to_be_focused()


def test_any_day_can_be_chosen(visit):
    visitor = visit("?on=2025-04-24")
    visitor.expect_counts(*after(7))
    expect(visitor.map.locator(".pz-day")).to_have_text("24 April 2025")
    expect(visitor.panel).to_contain_text("国函〔2022〕126号")


def test_a_day_after_the_last_document_stands_after_it(visit):
    visitor = visit("?on=2025-04-26")
    handle = visitor.slider.locator(".handle").bounding_box()
    last = visitor.slider.locator(".stop .dot").last.bounding_box()
    assert handle["x"] >= last["x"] + last["width"]
    visitor.slider.press("ArrowLeft")
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"))


def test_a_click_opens_the_right_zone(visit, atlas):
    visitor = visit("?on=2025-04-25")
    names = atlas.register.zones["name_zh"]
    for zone in ("kashgar", "yiwu", "erenhot", "hainan"):
        point = visitor.map.locator(f"path.zone-point-{zone}")
        target = point if point.count() else visitor.zone(zone)
        target.click()
        expect(visitor.panel.locator("h2")).to_contain_text(names[zone])
        expect(visitor.page).to_have_url(re.compile(f"zone={zone}"))
        assert "is-chosen" in visitor.classes(zone)


def test_the_keyboard_opens_and_closes_a_zone(visit):
    visitor = visit("?on=2025-04-25")
    skip = visitor.page.get_by_role("link", name="Skip to the timeline")
    skip.focus()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    expect(visitor.page.get_by_role("slider", name="Day")).to_be_focused()
    assert "#" not in visitor.page.url
    path = visitor.zone("lhasa")
    expect(path).to_have_attribute("role", "button")
    expect(path).to_have_attribute("tabindex", "0")
    expect(path).to_have_attribute(
        "aria-label", re.compile("Lhasa 拉萨市, active since 24 November")
    )
    path.focus()
    expect(visitor.map.locator(".pz-hint")).to_contain_text("Lhasa")
    path.press("Enter")
    expect(visitor.panel.locator("h2")).to_contain_text("Lhasa")
    path.press("Escape")
    expect(visitor.panel).to_contain_text("Changes made by this document")


def test_a_hidden_zone_takes_no_focus(visit):
    visitor = visit("?on=2015-03-12")
    assert visitor.zone("lhasa").get_attribute("tabindex") is None
    expect(visitor.zone("lhasa")).to_have_attribute("aria-hidden", "true")


def test_hovering_names_the_zone_in_both_languages(visit):
    visitor = visit("?on=2025-04-25")
    visitor.zone("kashgar").hover()
    hint = visitor.map.locator(".pz-hint")
    for text in ["Kashgar", "喀什地区", "Batch 6", "Approved 8 February 2022", "Active"]:
        expect(hint).to_contain_text(text)


def test_small_zones_have_a_point_in_the_same_role(visit):
    visitor = visit("?on=2025-04-25")
    for zone in ("suifenhe", "manzhouli", "yiwu", "zhuhai"):
        point = visitor.map.locator(f"path.zone-point-{zone}")
        expect(point).to_have_count(1)
        assert "is-active" in (point.get_attribute("class") or "")


def test_the_record_of_a_zone(visit):
    visitor = visit("?on=2025-04-25&zone=haikou")
    for text in [
        "Haikou is no longer a pilot zone on 25 April 2025.",
        "It was revoked on 25 April 2025",
        "China (Haikou) Cross-Border E-Commerce Comprehensive Pilot Zone",
        "国函〔2018〕93号",
        "24 July 2018",
        "Hainan (whole island)",
        "460100",
        "not an official figure",
        "No measure for pilot zones holds here on this day.",
    ]:
        expect(visitor.panel).to_contain_text(text)
    visitor.panel.get_by_role("link", name="Hainan (whole island)").click()
    expect(visitor.panel.locator("h2")).to_contain_text("海南全岛")
    expect(visitor.panel).to_contain_text("财税〔2018〕103号")
    expect(visitor.panel).to_contain_text("Haikou, Sanya")


def test_what_is_not_verified_is_marked(visit):
    visitor = visit("?zone=liaocheng")
    expect(visitor.panel).to_contain_text("not verified: check against the official text")
    row = visitor.page.locator("tr[data-id=liaocheng]")
    expect(row.locator(".flag")).to_be_visible()
    visitor = visit("?zone=kashgar")
    expect(visitor.panel).to_contain_text("disputed")


def test_the_table_lists_sorts_and_opens(visit):
    visitor = visit("?on=2025-04-25&status=revoked")
    rows = visitor.page.locator(".zones tbody tr")
    expect(rows).to_have_count(3)
    visitor.page.get_by_role("columnheader", name="Zone").get_by_role("button").click()
    assert [row.get_attribute("data-id") for row in rows.all()] == ["alashankou", "haikou", "sanya"]
    visitor.page.get_by_role("columnheader", name="Zone").get_by_role("button").click()
    assert [row.get_attribute("data-id") for row in rows.all()] == ["sanya", "haikou", "alashankou"]
    before = visitor.zone("sanya").bounding_box()["width"]
    rows.first.get_by_role("button").click()
    expect(visitor.panel.locator("h2")).to_contain_text("Sanya")
    visitor.page.wait_for_timeout(800)
    assert visitor.zone("sanya").bounding_box()["width"] > 2 * before


def test_the_download_has_the_zones_shown(visit):
    visitor = visit("?on=2025-04-25&province=460000")
    with visitor.page.expect_download() as started:
        visitor.page.get_by_role("link", name="Download as CSV").click()
    lines = started.value.path().read_text("utf-8-sig").splitlines()
    assert started.value.suggested_filename == "pilot-zones-2025-04-25-filtered.csv"
    assert [line.split(",")[0] for line in lines] == ["zone_id", "haikou", "sanya", "hainan"]


def test_filters_and_their_counts(visit):
    visitor = visit("?on=2025-04-25")
    box = visitor.filters().get_by_role("combobox", name="Province")
    box.fill("Guangdong")
    visitor.page.get_by_role("option", name=f"Guangdong 广东省 ({GUANGDONG})").click()
    visitor.expect_counts(GUANGDONG)
    expect(visitor.page).to_have_url(re.compile("province=440000"))
    visitor.page.keyboard.press("Escape")
    visitor.filters().get_by_role("combobox", name="Border region").click()
    # the counts are those of Guangdong's zones; what none of them has is not offered
    expect(visitor.page.get_by_role("option", name="Coast (14)")).to_be_visible()
    expect(visitor.page.get_by_role("option", name="Any land border")).to_have_count(0)
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("button", name="Reset filters").click()
    visitor.expect_counts(*LATEST)
    expect(visitor.page).not_to_have_url(re.compile("province="))


@pytest.mark.parametrize("typed", ["", "fuj"])
def test_a_press_on_the_next_filter_opens_it_and_chooses_nothing(visit, typed):
    visitor = visit("?on=2025-04-25&province=440000&lang=en")
    visitor.filters()
    # by their fields, for an open list hides all else from roles
    expect(visitor.page.get_by_test_id("stMultiSelect").nth(3)).to_be_visible()
    _, province, region, *_ = visitor.page.get_by_test_id("stMultiSelect").locator("input").all()
    province.click()
    if typed:
        province.press_sequentially(typed)
        expect(visitor.page.get_by_role("option")).to_have_count(1)
    else:
        visitor.page.keyboard.press("Escape")
    region.hover()
    visitor.page.mouse.down()
    visitor.page.wait_for_timeout(200)
    visitor.page.mouse.up()
    expect(visitor.page.get_by_role("option", name="Coast (14)")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    chosen = visitor.filters().get_by_role("button", name="Remove")
    expect(chosen).to_have_count(1)


@pytest.mark.parametrize(
    ("query", "active", "revoked"),
    [
        ("?on=2025-04-25&province=440000&province=460000", 22, 2),
        ("?on=2025-04-25&neighbour=VNM&q=honghe", 1, 0),
        ("?on=2025-04-25&neighbour=land", 15, 1),
        ("?on=2025-04-25&batch=8", 16, 0),
        ("?on=2025-04-25&status=revoked", 0, 3),
        ("?on=2020-05-06&neighbour=coast&status=active", 36, 0),
    ],
)
def test_a_permalink_restores_the_view(visit, query, active, revoked):
    visitor = visit(query)
    visitor.expect_counts(active, revoked)


def test_filtering_by_a_part_of_the_name(visit):
    visitor = visit("?on=2025-04-25")
    field = visitor.filters().get_by_label("Name contains")
    field.fill("wulumuqi")
    field.press("Enter")
    visitor.expect_counts(1)
    expect(visitor.page).to_have_url(re.compile("q=wulumuqi"))


def test_filters_that_leave_nothing_say_so_and_offer_to_reset(visit):
    visitor = visit("?on=2025-04-25&province=540000&neighbour=VNM")
    visitor.expect_counts(0)
    expect(visitor.map.locator(".pz-empty")).to_have_text(
        "No zone matches these filters on this day."
    )
    # the land that was asked for is in sight, and the words lie beside it
    outline = visitor.map.locator("path.province-outline").bounding_box()
    words = visitor.map.locator(".pz-empty").bounding_box()
    assert outline["width"] > 100
    assert words["y"] + words["height"] < outline["y"]
    expect(visitor.map.locator(".pz-signs .of-is-province")).to_have_text("Selected province")
    visitor.page.get_by_test_id("stMain").get_by_role("button", name="Reset filters").click()
    visitor.expect_counts(*LATEST)


def test_the_table_says_on_which_days_it_is_empty(visit):
    visitor = visit("?on=2015-03-12&batch=2&lang=en")
    rows = visitor.page.locator(".zones tbody tr")
    expect(rows).to_have_text(["No zone matches these filters on this day."])
    # played by the browser alone: the server is still at the first day
    visitor.page.get_by_role("button", name="Play the timeline").click()
    expect(rows).to_have_count(12)
    expect(visitor.slider).to_have_attribute("aria-valuenow", "2")
    expect(rows.first).not_to_contain_text("No zone")
    visitor.slider.press("Home")
    expect(rows).to_have_text(["No zone matches these filters on this day."])


def test_the_back_button(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    visitor.slider.press("Home")
    expect(visitor.page).to_have_url(re.compile("on=2015-03-12"))
    field = visitor.filters().get_by_label("Name contains")
    field.fill("hangzhou")
    field.press("Enter")
    expect(visitor.page).to_have_url(re.compile("q=hangzhou"))
    visitor.page.go_back()
    expect(field).to_have_value("")
    visitor.page.go_back()
    visitor.expect_counts(*LATEST)
    expect(visitor.map.locator(".pz-day")).to_have_text("25 April 2025")


def test_the_map_keeps_its_place_when_the_day_changes(visit):
    visitor = visit("?on=2025-04-25")
    visitor.map.get_by_role("button", name="Zoom in").click()
    visitor.page.wait_for_timeout(600)
    before = visitor.zone("hangzhou").bounding_box()
    visitor.slider.press("ArrowLeft")
    visitor.expect_counts(*after(7))
    expect(visitor.page).to_have_url(re.compile("on=2022-11-24"))
    visitor.page.wait_for_timeout(600)
    assert visitor.zone("hangzhou").bounding_box() == before


def test_zooming_in_swaps_the_detail_in(visit):
    visitor = visit("?on=2025-04-25&zone=hainan")
    expect(visitor.map.locator('.pz-map[data-level="detail"]')).to_be_visible()
    path = visitor.zone("hainan").get_attribute("d")
    visitor.map.get_by_role("button", name="Show all of China").click()
    expect(visitor.map.locator('.pz-map[data-level="coarse"]')).to_be_visible()
    assert len(path) > len(visitor.zone("hainan").get_attribute("d"))
    closer = visitor.map.get_by_role("button", name="Zoom in")
    closer.click()
    visitor.page.wait_for_timeout(600)
    closer.click()
    expect(visitor.map.locator('.pz-map[data-level="overview"]')).to_be_visible()
    visitor.expect_counts(*LATEST)


def test_the_national_picture_is_complete_and_nothing_lies_over_it(visit):
    for width in (1440, 1100, 390):
        visitor = visit("?on=2025-04-25", viewport={"width": width, "height": 900})
        inset = visitor.map.locator(".pz-inset")
        expect(inset).to_be_visible()
        assert inset.locator("path.line.dash").get_attribute("d").count("M") == 10
        frame = inset.bounding_box()
        island = visitor.zone("hainan").bounding_box()
        apart = (
            island["x"] + island["width"] < frame["x"]
            or frame["x"] + frame["width"] < island["x"]
            or island["y"] + island["height"] < frame["y"]
        )
        assert apart
        foot = visitor.map.locator(".pz-foot").bounding_box()
        assert island["y"] + island["height"] < foot["y"]


@pytest.mark.long
def test_a_link_can_be_copied_with_its_date(visit):
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    before = visitor.slider.bounding_box()
    visitor.page.get_by_role("button", name="Share this view").click()
    visitor.page.get_by_role("button", name="Copy a link to this view").click()
    expect(visitor.page.get_by_text("Copied")).to_be_visible()
    assert visitor.slider.bounding_box() == before
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{visitor.address}/?{View(on=LAST.published_on).query()}"


def test_embedding_shows_the_map_alone(visit):
    visitor = visit("?embed=true&on=2025-04-25&at=31.2,121.5,3")
    visitor.expect_counts(*LATEST)
    # the part of the map that the link asks for
    picture = visitor.map.locator(".pz-picture").bounding_box()
    shanghai = visitor.zone("shanghai").bounding_box()
    for start, size in (("x", "width"), ("y", "height")):
        middle = picture[start] + picture[size] / 2
        assert shanghai[start] + shanghai[size] / 2 == pytest.approx(middle, abs=80)
    assert shanghai["height"] > picture["height"] / 12
    expect(visitor.panel).to_have_count(0)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("178 zones")
    # neither search nor pages nor filters: the timeline alone has buttons
    expect(visitor.page.get_by_role("navigation")).to_have_count(0)
    expect(visitor.page.get_by_role("combobox", name=re.compile("Search"))).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Filters")).to_have_count(0)
    visitor.slider.press("ArrowLeft")
    visitor.expect_counts(*after(7))


@pytest.mark.long
def test_a_narrow_screen_reflows(visit):
    visitor = visit("?on=2025-04-25", viewport={"width": 390, "height": 844}, has_touch=True)
    visitor.expect_counts(*LATEST)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    order = [
        visitor.slider,
        visitor.page.locator("iframe[title*=folium]"),
        visitor.panel,
        visitor.page.locator(".zones"),
    ]
    tops = [part.bounding_box()["y"] for part in order]
    assert tops == sorted(tops)
    for name in ["Previous document", "Play the timeline", "Share this view"]:
        box = visitor.page.get_by_role("button", name=name).bounding_box()
        assert min(box["width"], box["height"]) >= 44


def fingers_of(visitor):
    """Give what puts fingers to places, moves them there and lifts them."""
    fingers = visitor.page.context.new_cdp_session(visitor.page)

    def touch(kind, *places):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        visitor.page.wait_for_timeout(60)

    return touch


def test_one_finger_scrolls_the_page_and_two_zoom_the_map(visit):
    size = {"width": 390, "height": 844}
    visitor = visit("?on=2025-04-25", viewport=size, has_touch=True, is_mobile=True)
    visitor.map.locator(".pz-map").scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(500)
    place = "path => path.getBoundingClientRect().toJSON()"
    shown = visitor.zone("chengdu").evaluate(place)
    frame = visitor.page.locator("iframe[title*=folium]")
    top = frame.bounding_box()["y"]
    touch = fingers_of(visitor)
    touch("touchStart", (200, 420))
    for step in range(1, 9):
        touch("touchMove", (200, 420 - 20 * step))
    touch("touchEnd")
    visitor.page.wait_for_timeout(800)
    assert frame.bounding_box()["y"] < top - 60
    assert visitor.zone("chengdu").evaluate(place) == shown

    at = frame.bounding_box()["y"] + 250
    touch("touchStart", (170, at), (210, at))
    for step in range(1, 9):
        touch("touchMove", (170 - 4 * step, at), (210 + 4 * step, at))
    touch("touchEnd")
    visitor.page.wait_for_timeout(800)
    assert visitor.zone("chengdu").evaluate(place)["width"] > 1.5 * shown["width"]


def test_the_map_does_not_shrink_to_nothing(visit):
    visitor = visit("?on=2025-04-25")
    before = visitor.zone("kashgar").bounding_box()["width"]
    visitor.map.locator(".pz-picture").hover()
    visitor.page.keyboard.down("Control")
    for _ in range(8):
        visitor.page.mouse.wheel(0, 400)
        visitor.page.wait_for_timeout(150)
    visitor.page.keyboard.up("Control")
    visitor.page.wait_for_timeout(600)
    assert before / 2 < visitor.zone("kashgar").bounding_box()["width"] < before


@pytest.mark.long
def test_the_scale_is_in_the_language(visit):
    for lang, unit in (("en", " km"), ("zh", "公里")):
        visitor = visit(f"?on=2025-04-25&lang={lang}")
        scale = visitor.map.locator(".leaflet-control-scale-line")
        expect(scale).to_have_text(re.compile(rf"^\d+{unit}$"))


def test_the_whole_view_fits_a_laptop(visit):
    visitor = visit("?on=2025-04-25", viewport={"width": 1440, "height": 900})
    for part in (
        visitor.page.locator("iframe[title*=folium]"),
        visitor.page.locator(".st-key-panel"),
    ):
        box = part.bounding_box()
        assert box["y"] + box["height"] <= 900


def at_stop(visitor, number):
    """Tell where the dot of a document lies; at once, for each step draws the dots anew."""
    return visitor.slider.evaluate(
        """(slider, index) => {
          const box = slider.querySelectorAll(".stop .dot")[index].getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        number - 1,
    )


def test_the_timeline_may_be_dragged_over_the_map(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    mouse = visitor.page.mouse
    mouse.move(*at_stop(visitor, 8))
    mouse.down()
    x, y = at_stop(visitor, 3)
    mouse.move(x, y + 120, steps=20)
    mouse.up()
    expect(visitor.page).to_have_url(re.compile("on=2018-08-07"))
    visitor.expect_counts(*after(3))
    # let go is let go
    mouse.move(*at_stop(visitor, 6), steps=4)
    expect(visitor.slider).to_have_attribute("aria-valuenow", "3")


@pytest.mark.long
def test_an_answer_takes_no_drag_back(visit):
    visitor = visit("?on=2018-08-07&lang=en")
    mouse = visitor.page.mouse
    visitor.page.get_by_role("button", name="Next document").click()
    mouse.move(*at_stop(visitor, 5))
    mouse.down()
    mouse.move(*at_stop(visitor, 7), steps=3)
    visitor.page.wait_for_timeout(1500)
    expect(visitor.slider).to_have_attribute("aria-valuenow", "7")
    mouse.up()
    expect(visitor.page).to_have_url(re.compile("on=2022-11-24"))
    visitor.expect_counts(*after(7))


def test_a_finger_that_scrolls_over_the_timeline_leaves_the_day(visit):
    size = {"width": 390, "height": 844}
    visitor = visit("?on=2025-04-25&lang=en", viewport=size, has_touch=True, is_mobile=True)
    touch = fingers_of(visitor)
    x, y = at_stop(visitor, 3)
    touch("touchStart", (x, y))
    for step in range(1, 13):
        touch("touchMove", (x, y - 15 * step))
    touch("touchEnd")
    visitor.page.wait_for_timeout(800)
    assert visitor.slider.bounding_box()["y"] < y - 60
    expect(visitor.slider).to_have_attribute("aria-valuenow", "8")
    assert "on=2025-04-25" in visitor.page.url
    visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    # a tap means the slider
    touch("touchStart", (x, y))
    touch("touchEnd")
    expect(visitor.page).to_have_url(re.compile("on=2018-08-07"))


@pytest.mark.long
def test_a_name_without_a_find_can_be_left_for_the_other_filters(visit):
    visitor = visit("?on=2025-04-25&batch=5&lang=en")
    opened = visitor.filters()
    opened.get_by_label("Name contains").click()
    visitor.page.keyboard.type("zzzz", delay=60)
    opened.get_by_role("button", name="Reset filters").click(delay=800)
    expect(visitor.page).to_have_url(re.compile(r"\?on=2025-04-25&lang=en$"))
    visitor.expect_counts(*LATEST)


@pytest.mark.long
def test_the_inset_makes_way_for_what_the_reader_moves_there(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    picture = visitor.map.locator(".pz-picture").bounding_box()
    inset = visitor.map.locator(".pz-inset")
    x, y = picture["x"] + 150, picture["y"] + 250
    places = set()
    for step in (60, 60, 60, -300, -300):
        visitor.page.mouse.move(x + 200, y)
        visitor.page.mouse.down()
        visitor.page.mouse.move(x + 200 + step, y, steps=5)
        visitor.page.mouse.up()
        visitor.page.wait_for_timeout(400)
        places.add(round(inset.bounding_box()["x"]))
    assert len(places) == 2
