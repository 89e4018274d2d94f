"""The pages on provinces and borders: three measures, a total in sight, names at the ends of lines."""

import re

import pytest
from known import LATEST, PREFECTURES
from playwright.sync_api import expect

LAPTOP = {"width": 1280, "height": 720}


@pytest.mark.parametrize("viewport", [LAPTOP, {"width": 390, "height": 844}])
@pytest.mark.long
def test_the_total_of_the_matrix_is_in_sight(visit, viewport):
    visitor = visit("?on=2025-04-25&lang=en", path="/provinces", viewport=viewport)
    matrix = visitor.page.locator(".pz-matrix")
    matrix.scroll_into_view_if_needed()
    whole = matrix.bounding_box()
    for cell in (matrix.locator("thead th").last, matrix.locator("tbody td").last):
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= whole["x"] + whole["width"] + 1
    total = matrix.locator("tfoot td").last
    expect(total).to_have_text(str(LATEST.approved))


@pytest.mark.long
def test_provinces_are_shaded_by_the_share_of_their_cities(visit):
    visitor = visit("?on=2025-04-25&lang=en", path="/provinces", viewport=LAPTOP)
    main = visitor.page.get_by_test_id("stMain")
    expect(main.get_by_text("Most zones: Guangdong (21).")).to_be_visible()
    visitor.page.get_by_role("radio", name="Share of cities").click()
    expect(visitor.page).to_have_url(re.compile("shade=cities"))
    expect(main.get_by_text("9 provinces have all their cities covered: Beijing,")).to_be_visible()
    expect(visitor.map.locator(".pz-legend-title")).to_have_text("Share of cities")
    cities = PREFECTURES["440000"]
    expect(visitor.map.locator("path.province-440000")).to_have_attribute(
        "aria-label", re.compile(f"{cities} of {cities} cities covered")
    )


def chart_texts(visitor):
    chart = visitor.page.get_by_test_id("stVegaLiteChart")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg")).to_be_visible()
    return chart.locator("svg text").evaluate_all("nodes => nodes.map((n) => n.textContent)")


@pytest.mark.parametrize("viewport", [LAPTOP, {"width": 390, "height": 844}])
@pytest.mark.long
def test_lines_have_their_names_and_numbers_at_their_ends(visit, viewport):
    visitor = visit("?on=2025-04-25&lang=en", path="/provinces", viewport=viewport)
    assert {"East 82", "West 43", "Central 38", "Northeast 15"} <= {*chart_texts(visitor)}
    chart = visitor.page.get_by_test_id("stVegaLiteChart").bounding_box()
    for name in ("East 82", "Northeast 15"):
        box = visitor.page.locator("svg text", has_text=name).bounding_box()
        assert box["x"] + box["width"] <= chart["x"] + chart["width"]


def test_the_distance_is_set_beside_the_map_that_it_drives(visit):
    visitor = visit("?on=2025-04-25&neighbour=VNM&lang=en", path="/borders", viewport=LAPTOP)
    slider = visitor.page.get_by_role("slider", name="Maximum distance from the border (km)")
    distance = slider.locator("xpath=ancestor::*[@data-testid='stSlider']").bounding_box()
    frame = visitor.page.locator("iframe[title*=folium]").bounding_box()
    assert 0 < distance["x"] - (frame["x"] + frame["width"]) < 60
    assert distance["y"] + distance["height"] < frame["y"] + frame["height"]
