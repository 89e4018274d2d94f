"""What holds for every page: it opens from its address alone, is in one language, keeps nobody out.

The page and the map inside it are judged by axe-core, in both themes.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

TABS = ("/", "/compare", "/provinces", "/borders", "/your-data", "/panel", "/figure")
PAGES = (*TABS, "/zone", "/place", "/data", "/reference")
MAP_FIRST = ("/", "/compare", "/provinces", "/borders")
# Streamlit puts its link "Skip to main content" before every landmark; it is shown on focus
STREAMLITS_OWN = {("region", "stSkipToContent")}

KNOWN = re.compile(
    r"GeoJSON|datapackage\.json|WGS 84|CSV|XLSX|ZIP|OpenAPI|PNG|HTML|A4|SVG|PDF|English|[a-z.]+\.\w+"
)

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


def english_left(visitor):
    """List texts of a Chinese page that are in English; a name may stand in both languages."""
    main = visitor.page.get_by_test_id("stMain")
    texts = [*main.locator("h1, h2, h3, label, [data-testid=stCaptionContainer]").all_inner_texts()]
    texts += main.get_by_test_id("stAlert").all_inner_texts()
    if visitor.page.locator("iframe[title*=folium]").count():
        texts += visitor.map.locator(".pz-stamp, .pz-foot").all_inner_texts()
    english = [text for text in texts if re.search("[A-Za-z]{4,}", KNOWN.sub("", text))]
    return [text for text in english if not re.search("[\u4e00-\u9fff]", text)]


def below_the_content(page):
    """Measure how far a reader can scroll past the end of a page."""
    return page.get_by_test_id("stMain").evaluate(
        """(main) => {
          const content = main.querySelector("[data-testid=stMainBlockContainer]");
          const end = content.getBoundingClientRect().bottom + main.scrollTop;
          return main.scrollHeight - Math.max(end, main.clientHeight);
        }"""
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_from_its_address_and_keeps_no_reader_out(visit, path, lang):
    chosen = "" if path in {"/", "/borders"} else "&zone=hainan"
    chosen += "&adcode=140400" if path == "/place" else ""
    has_map = path not in {"/your-data", "/panel", "/figure", "/data", "/reference"}
    visitor = visit(f"?on=2025-04-25&lang={lang}{chosen}", path=path, wait=has_map)
    page = visitor.page
    visitor.slider.wait_for()
    expect(page.locator("nav a[aria-current=page]")).to_have_count(int(path in TABS))
    expect(page).to_have_title(re.compile("^(.+ – )?(Pilot Zone Atlas|综试区地图集)$"))
    # method and reference are in reach from everywhere, also where there is nothing to show yet
    expect(page.locator(".pz-footer")).to_be_visible()
    # no tab names these
    titles = {"/data": "Data and method|数据与方法", "/reference": "Reference|参考手册"}
    if path in titles:
        title = page.get_by_role("heading", name=re.compile(f"^({titles[path]})$"), level=2)
        expect(title).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", {"en": "en", "zh": "zh-CN"}[lang])
    app = page.get_by_test_id("stApp")
    # no colour depends on the language
    for scheme in ("light", "dark") if lang == "en" else ("light",):
        page.emulate_media(color_scheme=scheme)
        expect(app).to_have_css("color-scheme", scheme)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        if has_map:
            expect(visitor.map.locator(".pz-map")).to_have_attribute("data-theme", scheme)
        assert findings(page) == set()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    # the reference is written in English, and says so
    if lang == "zh" and path != "/reference":
        assert english_left(visitor) == []
    assert below_the_content(page) <= 1
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(800)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert below_the_content(page) <= 1
        if path in MAP_FIRST:
            box = page.locator("iframe[title*=folium]").bounding_box()
            assert box["y"] + box["height"] <= height


def test_a_map_without_names_would_be_found(visit):
    visitor = visit()
    visitor.zone("hainan").evaluate("path => path.removeAttribute('aria-label')")
    assert any("zone-hainan" in html for _rule, html in findings(visitor.page))


@pytest.mark.long
def test_a_reader_who_wants_no_motion_gets_none(visit):
    visitor = visit("?on=2015-03-12", media={"reduced_motion": "reduce"})
    moving = "path => getComputedStyle(path).transitionDuration"
    assert visitor.zone("hangzhou").evaluate(moving) == "0s"
    visitor.page.get_by_role("button", name="Play the timeline").click()
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"), timeout=30_000)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_moves_when_the_words_of_the_timeline_come(visit, size):
    viewport = dict(zip(("width", "height"), size, strict=True))
    visitor = visit(path="/data", query="?on=2025-04-25&lang=en", wait=False, viewport=viewport)
    held = []
    visitor.page.route("**/words-en.json", lambda route: held.append(route))  # noqa: PLW0108
    with visitor.page.expect_request("**/words-en.json"):
        visitor.page.reload()
    heading = visitor.page.get_by_test_id("stMain").get_by_role("heading").first
    expect(heading).to_be_visible()
    visitor.page.wait_for_timeout(500)
    before = heading.bounding_box()["y"]
    for route in held:
        route.continue_()
    visitor.slider.wait_for()
    assert abs(heading.bounding_box()["y"] - before) < 1
