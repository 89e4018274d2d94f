"""One click or tap on a zone selects it, however low the window, and the page stays where it is."""

import re

import pytest
from playwright.sync_api import expect

# large, and nothing lies over its middle
ZONE = "chongqing"
LAPTOPS = [(1280, 720), (1366, 768), (1440, 900)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# the middle of the path in the window, and how far each ancestor of the map is scrolled
PLACE = """(path) => {
  const [box, frame] = [path.getBoundingClientRect(), window.frameElement.getBoundingClientRect()];
  return [frame.x + box.x + box.width / 2, frame.y + box.y + box.height / 2];
}"""
SCROLLED = """(path) => {
  const tops = [document.scrollingElement.scrollTop];
  for (let at = window.frameElement; at; at = at.parentElement) tops.push(at.scrollTop);
  return tops;
}"""
SCROLL_MAIN = '() => window.parent.document.querySelector("[data-testid=stMain]").scrollBy(0, 60)'


def press_with_the_mouse(page, x, y):
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(80)
    page.mouse.up()


def tap_with_a_finger(page, x, y):
    page.touchscreen.tap(x, y)


def expect_one_press_to_select(visitor, press, *, scrolled):
    path = visitor.zone(ZONE)
    expect(path).to_be_visible()
    if scrolled:
        path.evaluate(SCROLL_MAIN)
    visitor.page.wait_for_timeout(300)
    before = path.evaluate(SCROLLED)
    assert any(before) == scrolled
    press(visitor.page, *path.evaluate(PLACE))
    expect(path).to_have_class(re.compile(r"\bis-chosen\b"))
    expect(visitor.page).to_have_url(re.compile(f"zone={ZONE}"))
    return before


@pytest.mark.parametrize("scrolled", [False, True])
@pytest.mark.parametrize(("width", "height"), LAPTOPS)
def test_the_first_click_selects_and_the_page_stays(visit, width, height, scrolled):
    visitor = visit("?on=2025-04-25", viewport={"width": width, "height": height})
    before = expect_one_press_to_select(visitor, press_with_the_mouse, scrolled=scrolled)
    visitor.page.wait_for_timeout(300)
    assert visitor.zone(ZONE).evaluate(SCROLLED) == before


@pytest.mark.parametrize("scrolled", [False, True])
def test_the_first_tap_selects_and_the_record_comes_below_the_zone(visit, scrolled):
    visitor = visit("?on=2025-04-25", **PHONE)
    expect_one_press_to_select(visitor, tap_with_a_finger, scrolled=scrolled)
    expect(visitor.panel).to_be_in_viewport()
    expect(visitor.zone(ZONE)).to_be_in_viewport()
