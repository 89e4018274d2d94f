"""The frame of the map: how high it is, what stands around the picture, what lies over it."""

import re
from itertools import pairwise

import pytest
from known import DOCUMENTS, LATEST
from playwright.sync_api import expect

BATCHES = len(DOCUMENTS)
# of the frame: the parts that leave it, and how high the picture is
WHOLE = """(map) => {
  const parts = [".pz-stamp", ".pz-picture", ".pz-legend", ".pz-signs", ".pz-foot"];
  const cut = parts.filter((name) => {
    const box = map.querySelector(name).getBoundingClientRect();
    return box.top < 0 || box.bottom > window.innerHeight || box.right > window.innerWidth;
  });
  return { cut, picture: map.querySelector(".pz-picture").clientHeight };
}"""

# active zones below something that lies over the picture
COVERED = """(map) => {
  const all = map.querySelectorAll("path.zone.is-active").length > 100;
  const over = [...map.querySelectorAll(".leaflet-bar, .pz-inset, .leaflet-control-scale-line")]
    .filter((node) => node.offsetParent)
    .map((node) => node.getBoundingClientRect());
  const zones = [...map.querySelectorAll("path.zone.is-active")].filter((path) => {
    const box = path.getBoundingClientRect();
    // the box of a zone is larger than the zone
    const edge = map.clientWidth > 540 && all ? box.width / 4 : 2;
    const [left, right, top, bottom] =
      [box.left + edge, box.right - edge, box.top + edge, box.bottom - edge];
    const zone = { left, right, top, bottom };
    return over.some((one) => zone.left < one.right && one.left < zone.right
      && zone.top < one.bottom && one.top < zone.bottom);
  });
  return zones.map((path) => path.getAttribute("class"));
}"""

# active zones whose shape is not wholly in the picture
OUTSIDE = """(map) => {
  const frame = map.querySelector(".pz-picture").getBoundingClientRect();
  return [...map.querySelectorAll("path.zone.is-active")].filter((path) => {
    const box = path.getBoundingClientRect();
    return box.left < frame.left || box.right > frame.right
      || box.top < frame.top || box.bottom > frame.bottom;
  }).map((path) => path.getAttribute("class"));
}"""

# of a list: pixels below the last line that is seen
BLANK = """(list) => {
  const lines = [...list.children].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const boxes = lines.map((one) => one.getBoundingClientRect());
  return list.getBoundingClientRect().bottom - Math.max(...boxes.map(({ bottom }) => bottom));
}"""

# the ten dashes that leave the inset
DASHES_OUTSIDE = """(inset) => {
  const frame = inset.querySelector(".pz-inset-map").getBoundingClientRect();
  const dashes = [...inset.querySelectorAll("path.line.dash")].filter((path) => {
    const box = path.getBoundingClientRect();
    return box.left < frame.left || box.right > frame.right
      || box.top < frame.top || box.bottom > frame.bottom;
  });
  return [frame.width > 0, dashes.length];
}"""


BUTTONS_ON_INSET = """(map) => {
  const inset = map.querySelector(".pz-inset").getBoundingClientRect();
  return [...map.querySelectorAll(".leaflet-bar")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.left < inset.right && inset.left < box.right
      && box.top < inset.bottom && inset.top < box.bottom;
  }).length;
}"""


def the_map(visitor):
    return visitor.map.locator(".pz-map")


def iframe(visitor):
    return visitor.page.locator("iframe[title*=folium]")


def expect_soon(node, question, answer):
    """Expect what a function says of a node, once the map has come to rest."""
    handle = node.element_handle()
    frame = handle.owner_frame()
    frame.wait_for_function(
        f"([node, answer]) => JSON.stringify(({question})(node)) === JSON.stringify(answer)",
        arg=[handle, answer],
    )


# each zone in turn has the focus: the words that leave the picture or cover what they explain
TOOLTIPS = """(map) => {
  const frame = map.querySelector(".pz-picture").getBoundingClientRect();
  const faults = [];
  for (const path of map.querySelectorAll("path.zone.is-active")) {
    path.focus({ preventScroll: true });
    const words = map.querySelector(".pz-hint").getBoundingClientRect();
    const zone = path.getBoundingClientRect();
    const leaves = words.left < frame.left || words.right > frame.right
      || words.top < frame.top || words.bottom > frame.bottom;
    const covers = words.left < zone.right && zone.left < words.right
      && words.top < zone.bottom && zone.top < words.bottom;
    if (leaves || covers) faults.push(path.getAttribute("aria-label"));
    path.blur();
  }
  return faults;
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_is_whole_on_the_first_screen_at_every_size(visit, lang):
    sizes = [(1280, 720), (390, 844), (1366, 768), (2560, 1440), (1440, 900)]
    width, height = sizes[0]
    visitor = visit(f"?on=2025-04-25&lang={lang}", viewport={"width": width, "height": height})
    for width, height in sizes:
        visitor.page.set_viewport_size({"width": width, "height": height})
        expect_soon(the_map(visitor), OUTSIDE, [])
        above = visitor.page.evaluate(
            "parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--above-map'))"
        )
        box = iframe(visitor).bounding_box()
        least = 460 if width < 500 else 420
        assert box["height"] == pytest.approx(min(900, max(least, height - above)), abs=1)
        assert box["y"] + box["height"] <= height
        found = the_map(visitor).evaluate(WHOLE)
        assert found["cut"] == []
        assert found["picture"] > 240
        if (width, height) in sizes[:2]:
            assert the_map(visitor).evaluate(TOOLTIPS) == []
    # a small phone has to scroll, and sees all of it then
    visitor.page.set_viewport_size({"width": 320, "height": 568})
    expect_soon(the_map(visitor), OUTSIDE, [])
    expect_soon(the_map(visitor), COVERED, [])


@pytest.mark.parametrize(
    "query",
    [
        "",
        "&neighbour=VNM",
        "&neighbour=KAZ",
        "&neighbour=RUS",
        "&neighbour=MMR",
        "&province=460000",
        "&province=440000",
        "&province=230000",
    ],
)
def test_nothing_lies_over_a_zone_that_was_asked_for(visit, query):
    # the buttons are larger for fingers
    visitor = visit(f"?on=2025-04-25{query}", has_touch=True)
    sizes = [(1280, 720), (390, 720)]
    # the box of Hainan reaches to islets, which no button lies over
    sizes += [] if "460000" in query else [(320, 568)]
    # high enough for China to be as wide as the picture
    sizes += [] if query else [(390, 900), (320, 1000), (700, 1150), (360, 800)]
    for width, height in sizes:
        visitor.page.set_viewport_size({"width": width, "height": height})
        expect_soon(the_map(visitor), OUTSIDE, [])
        expect_soon(the_map(visitor), COVERED, [])
        expect_soon(the_map(visitor), BUTTONS_ON_INSET, 0)


@pytest.mark.long
def test_china_and_the_inset_are_fitted_again_when_the_size_changes(visit):
    visitor = visit("?on=2025-04-25", viewport={"width": 1440, "height": 900})
    inset = visitor.map.locator(".pz-inset")
    for width, height in [(390, 844), (844, 390), (1440, 900), (700, 600)]:
        visitor.page.set_viewport_size({"width": width, "height": height})
        expect_soon(the_map(visitor), OUTSIDE, [])
        expect_soon(inset, DASHES_OUTSIDE, [True, 0])


@pytest.mark.long
def test_a_frame_that_was_hidden_at_first_is_fitted_when_it_shows(visit):
    visitor = visit(wait=False)
    hide = "const style = document.createElement('style'); style.id = 'hide';"
    hide += "style.textContent = 'iframe { display: none }'; document.documentElement.append(style)"
    visitor.page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{{hide}}})")
    visitor.page.goto(f"{visitor.address}/?on=2025-04-25")
    expect(the_map(visitor)).to_have_attribute("data-day", "2025-04-25", timeout=30_000)
    visitor.page.evaluate("document.querySelector('#hide').remove()")
    expect_soon(the_map(visitor), OUTSIDE, [])
    expect_soon(visitor.map.locator(".pz-inset"), DASHES_OUTSIDE, [True, 0])


@pytest.mark.long
def test_the_title_follows_the_filters(visit):
    visitor = visit("?on=2025-04-25&neighbour=VNM&lang=en")
    expect(visitor.map.locator(".pz-title")).to_have_text(
        "Cross-border e-commerce pilot zones of China on the border with Vietnam"
    )
    expect(the_map(visitor)).to_have_attribute("aria-label", re.compile("Vietnam"))


@pytest.mark.long
def test_filtered_out_zones_stay_as_faint_outlines(visit):
    visitor = visit("?on=2025-04-25&neighbour=VNM&lang=en")
    aside = visitor.map.locator("path.zone.is-aside")
    expect(aside).to_have_count(LATEST.active - 3)
    expect(aside.first).to_have_css("visibility", "visible")
    expect(aside.first).to_have_css("fill-opacity", "0")
    row = visitor.map.locator(".pz-signs .of-is-aside")
    expect(row).to_have_text("Active, does not match the filters")
    # before their day they are not there at all
    visitor.slider.press("Home")
    expect(aside).to_have_count(1)
    visitor = visit("?on=2025-04-25&lang=en")
    expect(visitor.map.locator("path.zone.is-aside")).to_have_count(0)
    expect(visitor.map.locator(".pz-signs .of-is-aside")).to_have_count(0)


def test_every_sign_is_in_the_legend(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    signs = visitor.map.locator(".pz-signs li:visible")
    expect(signs).to_have_text(
        ["Approved by the latest document", "China, no zone", "Too small to draw at this scale"]
    )
    revoked = visitor.zone("haikou")
    expect(visitor.map.locator(".pz-legend .pz-swatch.is-revoked")).to_be_visible()
    assert revoked.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"
    # what comes with a press waits beside the title, and no row for it
    visitor.page.set_viewport_size({"width": 320, "height": 760})
    assert visitor.map.locator(".pz-signs").evaluate(BLANK) < 2
    chosen, title = ".pz-signs .of-is-chosen", ".pz-legend-title"
    tops = [visitor.map.locator(one).bounding_box()["y"] for one in (chosen, title)]
    assert abs(tops[0] - tops[1]) < 4


@pytest.mark.long
def test_the_selected_zone_has_a_halo_that_the_legend_explains(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    row = visitor.map.locator(".pz-signs .of-is-chosen")
    expect(row).to_be_hidden()
    visitor.zone("chongqing").click()
    expect(row).to_be_visible()
    expect(row).to_have_text("Selected zone")
    halo = visitor.map.locator("path.chosen-outline")
    expect(halo).to_have_count(1)
    # no line of a zone of the latest document has this colour
    colour = "path => getComputedStyle(path).stroke"
    assert halo.evaluate(colour) != visitor.zone("bortala").evaluate(colour)
    visitor.zone("chongqing").press("Escape")
    expect(row).to_be_hidden()


@pytest.mark.long
def test_a_zone_that_is_not_approved_yet_has_its_halo(visit):
    visitor = visit("?zone=foshan&on=2019-06-01&lang=en", path="/zone")
    assert "is-hidden" in visitor.classes("foshan")
    expect(visitor.map.locator("path.chosen-outline")).to_be_visible()
    # the signs below the picture stand side by side, without a hole where one waits for its use
    boxes = [sign.bounding_box() for sign in visitor.map.locator(".pz-signs li:visible").all()]
    gaps = [b["x"] - a["x"] - a["width"] for a, b in pairwise(boxes) if a["y"] == b["y"]]
    assert gaps
    assert max(gaps) < 20
    # nor has it an empty row on a phone, before the reader zooms out
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    key, dot = visitor.map.locator(".pz-signs"), visitor.map.locator(".pz-signs .of-is-dot")
    assert key.evaluate(BLANK) < 2
    visitor.map.locator(".pz-home").click()
    expect(dot).to_be_visible()


@pytest.mark.long
def test_a_comparison_explains_its_signs(visit):
    visitor = visit("?on=2025-04-25&since=2022-11-24&lang=en", path="/compare")
    signs = visitor.map.locator(".pz-signs li:visible")
    expect(signs.first).to_have_text("Replaced by another zone")
    expect(visitor.map.locator(".pz-signs .of-is-new")).to_have_count(0)


@pytest.mark.long
def test_a_tooltip_of_a_zone_that_fills_the_picture_stays_inside(visit):
    visitor = visit("?on=2025-04-25&zone=bortala&lang=en")
    picture = visitor.map.locator(".pz-picture").bounding_box()
    hint = visitor.map.locator(".pz-hint")
    for dx, dy in [(100, 15), (picture["width"] - 15, 15), (100, picture["height"] - 15)]:
        visitor.page.mouse.move(picture["x"] + dx, picture["y"] + dy)
        if hint.count():
            box = hint.bounding_box()
            assert box["x"] >= picture["x"]
            assert box["y"] >= picture["y"]
            assert box["x"] + box["width"] <= picture["x"] + picture["width"]
            assert box["y"] + box["height"] <= picture["y"] + picture["height"]


SCROLLED = '() => document.querySelector("[data-testid=stMain]").scrollTop'
WIDTH = "path => path.getBoundingClientRect().width"


@pytest.mark.parametrize(
    ("lang", "hint"),
    [("en", "Use Ctrl + scroll to zoom the map"), ("zh", "按住 Ctrl 并滚动滚轮可缩放地图")],
)
def test_the_wheel_scrolls_the_page_and_a_hint_says_how_to_zoom(visit, lang, hint):
    size = {"width": 1280, "height": 720}
    visitor = visit(f"?on=2025-04-25&lang={lang}", viewport=size)
    words = visitor.map.locator(".pz-gesture")
    expect(words).to_be_hidden()
    before = visitor.zone("kashgar").evaluate(WIDTH)
    visitor.map.locator(".pz-picture").hover()
    visitor.page.mouse.wheel(0, 200)
    expect(words).to_have_text(hint)
    expect(words).to_be_visible()
    visitor.page.wait_for_function(f"() => ({SCROLLED})() > 100")
    assert visitor.zone("kashgar").evaluate(WIDTH) == before
    expect(words).to_be_hidden()


@pytest.mark.long
def test_the_wheel_with_a_key_zooms_the_map_and_leaves_the_page(visit):
    visitor = visit("?on=2025-04-25&lang=en", viewport={"width": 1280, "height": 720})
    # near the middle, so that it stays in sight
    ordos = visitor.zone("ordos")
    before = ordos.evaluate(WIDTH)
    visitor.map.locator(".pz-picture").hover()
    visitor.page.keyboard.down("Control")
    visitor.page.mouse.wheel(0, -80)
    visitor.page.keyboard.up("Control")
    handle = ordos.element_handle()
    handle.owner_frame().wait_for_function(
        f"([path, before]) => ({WIDTH})(path) > 1.3 * before", arg=[handle, before]
    )
    assert visitor.page.evaluate(SCROLLED) == 0
    expect(visitor.map.locator(".pz-gesture")).to_be_hidden()


def test_the_text_of_the_frame_has_the_face_of_the_page(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    faces = "() => [...document.fonts].filter((face) => face.status === 'loaded')"
    family = "".join([faces, ".map((face) => face.family.replaceAll('\"', ''))"])
    handle = the_map(visitor).element_handle()
    handle.owner_frame().wait_for_function(f"() => ({family})().includes('Source Sans')")
    assert "Source Sans" in visitor.page.evaluate(family)


# relative luminance of WCAG 2 of a computed colour, rgb(…) or color(srgb …)
CONTRAST = """(path) => {
  const light = (colour) => {
    const numbers = colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const shares = colour.startsWith("rgb") ? numbers.map((one) => one / 255) : numbers;
    const linear = shares.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const land = getComputedStyle(path.ownerDocument.querySelector("path.nation")).fill;
  const [low, high] = [light(land), light(getComputedStyle(path).stroke)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


@pytest.mark.long
def test_the_first_batch_is_seen_on_a_dark_ground(visit):
    visitor = visit("?on=2025-04-25&lang=en", media={"color_scheme": "dark"})
    expect(the_map(visitor)).to_have_attribute("data-theme", "dark")
    assert visitor.zone("hangzhou").evaluate(CONTRAST) > 2.5


def test_one_document_can_stand_out_from_all_earlier_ones(browser, tmp_path, app):
    page = browser.new_page()
    html = page.request.get(f"{app}/map.html?on=2025-04-25&lang=en").text()
    file = tmp_path / "map.html"
    assert '"colour":"batch"' in html
    file.write_text(html.replace('"colour":"batch"', '"colour":"new"'), encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator(".pz-legend-title")).to_have_text("Active zones")
    rows = page.locator(".pz-legend li")
    expect(rows).to_have_text(
        [
            f"Approved earlierApproved earlier{LATEST.active - 16}",
            "Approved by the latest documentApproved by the latest document16",
            "RevokedRevoked3",
        ]
    )
    fill = "path => getComputedStyle(path).fill"
    earlier = {page.locator(f"path.zone-{zone}").evaluate(fill) for zone in ("hangzhou", "lhasa")}
    assert len(earlier) == 1
    assert page.locator("path.zone-bortala").evaluate(fill) not in earlier
    page.close()


COLOURS = "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.long
def test_a_theme_of_contrast_keeps_what_colours_say(visit, scheme):
    media = {"forced_colors": "active", "color_scheme": scheme}
    visitor = visit("?on=2025-04-25&lang=en", media=media)
    swatches = visitor.map.locator(".pz-legend .pz-swatch[style]")
    legend = swatches.evaluate_all(COLOURS)
    assert len(set(legend)) == BATCHES
    assert visitor.page.locator(".timeline .dot").evaluate_all(COLOURS) == legend
    dots = visitor.page.locator(".zones .dot").evaluate_all(COLOURS)
    assert set(dots) == set(legend)
    fill = "path => getComputedStyle(path).fill"
    assert visitor.zone("hangzhou").evaluate(fill) == legend[0]
    # with a handle that is not of the colour of the ground
    edge = "node => getComputedStyle(node).borderTopColor"
    ground = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert visitor.page.locator(".timeline .handle").evaluate(edge) != ground
    # one of the two pages has the matrix, a picture of provinces and two handles
    if scheme == "light":
        visitor.page.locator("nav a", has_text="Provinces").click()
        cells = visitor.page.locator(".pz-cell")
        expect(cells.first).to_be_visible()
        under = cells.evaluate_all(COLOURS.replace("background", "borderBottom"))
        assert set(under) == set(legend)
    else:
        visitor.page.locator("nav a", has_text="Compare").click()
        bracket = visitor.page.locator(".timeline .bracket").first
        expect(bracket).to_be_visible()
        assert bracket.evaluate("node => getComputedStyle(node).backgroundColor") != ground
