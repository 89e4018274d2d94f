"""Names on the map: which there are, in which language, and that none lies over another."""

import re

import pytest
from known import LAST
from playwright.sync_api import expect

# pairs of names that overlap, and names that leave the picture or lie under what is over it
FAULTS = """(map) => {
  const picture = map.querySelector(".pz-picture");
  const frame = picture.getBoundingClientRect();
  const fixed = [...map.querySelectorAll(".leaflet-bar, .pz-inset")]
    .filter((node) => node.offsetParent);
  const names = [...map.querySelectorAll(".pz-name")];
  const box = (node) => node.getBoundingClientRect();
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return names.flatMap((name, i) => {
    const own = box(name);
    const outside = own.left < frame.left || own.right > frame.right
      || own.top < frame.top || own.bottom > frame.bottom;
    const others = [...names.slice(i + 1), ...fixed].filter((other) => meet(own, box(other)));
    return outside || others.length ? [name.textContent] : [];
  });
}"""


def named(visitor, zone_id):
    return visitor.map.locator(f'.pz-name[data-name="{zone_id}"]')


def faults(visitor):
    return visitor.map.locator(".pz-map").evaluate(FAULTS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("query", ["", "&neighbour=VNM", "&province=440000"])
def test_no_name_lies_over_another_or_leaves_the_picture(visit, lang, query):
    visitor = visit(f"?on=2025-04-25&lang={lang}{query}")
    for width in (1440, 1280, 390):
        visitor.page.set_viewport_size({"width": width, "height": 720})
        # placed again a moment after the frame has its new size
        visitor.page.wait_for_timeout(500)
        expect(visitor.map.locator(".pz-name").first).to_be_visible()
        assert faults(visitor) == []


def test_zones_of_the_document_come_first_and_in_bold(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    first = visitor.map.locator(".pz-name.is-first")
    expect(first.first).to_be_visible()
    new = [name.get_attribute("data-name") for name in first.all()]
    # nearly all of them, among three times as many that changed long ago
    assert len(new) >= 0.9 * (LAST.approved + LAST.revoked)
    classes = [visitor.zone(zone).get_attribute("class") for zone in new]
    assert all("is-new" in one for one in classes)
    weight = named(visitor, new[0]).evaluate("node => getComputedStyle(node).fontWeight")
    assert int(weight) >= 600
    # in the thick of the delta a name stands away, and its line ends in its zone
    guangzhou = named(visitor, "guangzhou")
    expect(guangzhou).to_have_class(re.compile("is-led"))
    x, y = guangzhou.evaluate(END_OF_LINE)
    zone = visitor.zone("guangzhou").bounding_box()
    assert zone["x"] <= x <= zone["x"] + zone["width"]
    assert zone["y"] <= y <= zone["y"] + zone["height"]


END_OF_LINE = """(name) => {
  const { x, y } = name.getBoundingClientRect();
  const frame = window.frameElement.getBoundingClientRect();
  const value = (property) => Number.parseFloat(name.style.getPropertyValue(property));
  const [length, turn] = [value("--length"), value("--turn")];
  return [frame.x + x + value("--x") + length * Math.cos(turn),
    frame.y + y + value("--y") + length * Math.sin(turn)];
}"""


@pytest.mark.long
def test_names_are_in_the_language_and_follow_the_day(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    expect(named(visitor, "dandong")).to_have_text("Dandong")
    visitor.page.get_by_role("button", name="切换到中文").click()
    expect(named(visitor, "dandong")).to_have_text("丹东")
    expect(visitor.map.locator(".pz-name.is-country").first).to_have_text(re.compile("[一-龥]"))
    visitor.slider.press("Home")
    expect(named(visitor, "dandong")).to_have_count(0)
    expect(named(visitor, "hangzhou")).to_have_text("杭州")


@pytest.mark.long
def test_the_selected_zone_and_those_found_are_named(visit):
    visitor = visit("?on=2025-04-25&neighbour=VNM&lang=en")
    for zone in ("honghe", "chongzuo", "fangchenggang"):
        expect(named(visitor, zone)).to_be_visible()
    expect(visitor.map.locator(".pz-name.is-country", has_text="Vietnam")).to_be_visible()
    # one of many on the Pearl River, by keyboard, for a click moves nothing else into sight
    visitor = visit("?on=2025-04-25&lang=en")
    expect(named(visitor, "sanming")).to_be_visible()
    expect(named(visitor, "dongguan")).to_have_count(0)
    visitor.zone("dongguan").press("Enter")
    expect(named(visitor, "dongguan")).to_be_visible()
    assert faults(visitor) == []


@pytest.mark.long
def test_there_are_more_names_with_the_zoom(visit):
    visitor = visit("?on=2025-04-25&province=440000&lang=en")
    guangdong = visitor.map.locator(".pz-name:not(.is-province):not(.is-country)")
    expect(guangdong.nth(14)).to_be_visible()
    visitor.map.get_by_role("button", name="Show all of China").click()
    expect(guangdong.nth(14)).to_have_count(0)
    assert faults(visitor) == []


@pytest.mark.long
def test_a_map_of_values_has_no_names_of_zones(visit):
    visitor = visit("?on=2025-04-25&lang=en", path="/provinces")
    expect(visitor.map.locator(".pz-name.is-country").first).to_be_visible()
    expect(visitor.map.locator(".pz-name:not(.is-country)")).to_have_count(0)
