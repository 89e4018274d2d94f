"""Every page and the map inside it, as axe-core judges them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = ("/", "/compare", "/provinces", "/borders", "/zone", "/figure", "/data", "/reference")
# Streamlit puts its link "Skip to main content" before every landmark; it is shown on focus
STREAMLITS_OWN = {("region", "stSkipToContent")}

axe = Axe()


def findings(page):
    """List what breaks a rule, as rule and HTML, in the page and in its frames."""
    for frame in page.frames[1:]:
        frame.evaluate(axe.axe_script)
    response = axe.run(page).response
    assert response["passes"], "axe looked at nothing"
    found = {
        (broken["id"], node["html"])
        for broken in response["violations"]
        for node in broken["nodes"]
    }
    return {
        (rule, html)
        for rule, html in found
        if not any(rule == own and mark in html for own, mark in STREAMLITS_OWN)
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_a_reader_out(visit, path, lang):
    chosen = "&zone=hainan" if path == "/zone" else ""
    has_map = path not in {"/figure", "/data", "/reference"}
    visitor = visit(f"?on=2025-04-25&lang={lang}{chosen}", path=path, wait=has_map)
    app = visitor.page.get_by_test_id("stApp")
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        expect(app).to_have_css("color-scheme", scheme)
        expect(visitor.slider).to_be_visible(timeout=30_000)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        if has_map:
            expect(visitor.map.locator(".pz-map")).to_have_attribute("data-theme", scheme)
        assert findings(visitor.page) == set()
    expect(visitor.page.locator("html")).to_have_attribute(
        "lang", {"en": "en", "zh": "zh-CN"}[lang]
    )


def test_a_map_without_names_would_be_found(visit):
    visitor = visit()
    visitor.zone("hainan").evaluate("path => path.removeAttribute('aria-label')")
    assert any("zone-hainan" in html for _rule, html in findings(visitor.page))


def test_a_reader_who_wants_no_motion_gets_none(visit):
    visitor = visit("?on=2015-03-12", reduced_motion="reduce")
    moving = "path => getComputedStyle(path).transitionDuration"
    assert visitor.zone("hangzhou").evaluate(moving) == "0s"
    visitor.page.get_by_role("button", name="Play the timeline").click()
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"), timeout=30_000)
