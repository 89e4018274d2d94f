"""From the atlas to a figure, and the map as one file."""

import re
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest
from known import LATEST, ZONES, after
from playwright.sync_api import expect
from serving import colour_at, serve


@pytest.mark.long
def test_three_clicks_from_the_atlas_to_a_figure(visit):
    visitor = visit("?on=2025-04-25&province=440000&lang=en")
    visitor.page.get_by_role("link", name="Figure", exact=True).click()
    picture = visitor.page.locator("img.pz-figure")
    expect(picture).to_be_visible()
    expect(picture).to_have_attribute("alt", re.compile("Guangdong"))
    # the first figure of a server takes some ten seconds, on a busy machine a minute
    expect(picture).to_have_js_property("complete", value=True, timeout=90_000)
    assert picture.evaluate("image => image.naturalWidth") > 500
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="SVG").click()
    assert saved.value.suggested_filename == "pilot-zones-2025-04-25-filtered-a4-landscape.svg"
    drawing = ET.parse(saved.value.path())
    assert "Guangdong" in drawing.findtext("{http://www.w3.org/2000/svg}title")


def test_the_figure_follows_its_settings(visit):
    visitor = visit(path="/figure", query="?lang=en", wait=False)
    title = visitor.page.get_by_role("textbox", name="Title")
    title.fill("A title of my own")
    title.press("Enter")
    link = visitor.page.get_by_role("link", name="PDF")
    expect(link).to_have_attribute("href", re.compile("title=A\\+title\\+of\\+my\\+own"))
    # pasted text may bring along what nobody sees
    title.fill("A\u00a0pasted\u200b title\u0007")
    title.press("Enter")
    expect(link).to_have_attribute("href", re.compile("title=A\\+pasted\\+title($|&)"))
    # a figure of two days has their sentence
    visitor.settle()
    headline = visitor.page.locator("[data-part=headline]")
    expect(headline).to_contain_text("are active on 25 April 2025")
    visitor.page.get_by_text("Show the change since 24 April 2025").click()
    expect(headline).to_contain_text("approved between 24 April 2025 and 25 April 2025, 3 revoked")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.long
def test_the_room_of_a_figure_is_kept_while_it_is_drawn(visit, width):
    visitor = visit(path="/figure", wait=False, viewport={"width": width, "height": 900})
    held = []
    visitor.page.route("**/figure.png*", lambda route: held.append(route))  # noqa: PLW0108
    with visitor.page.expect_request("**/figure.png*"):
        visitor.page.reload()
    picture = visitor.page.locator("img.pz-figure")
    expect(picture).to_have_js_property("complete", value=False)
    height = "image => image.getBoundingClientRect().height"
    before = picture.evaluate(height)
    # on a phone it stands above its settings, and these stay where they are
    setting = visitor.page.get_by_role("textbox", name="Note")
    below = setting.bounding_box()["y"]
    box = picture.bounding_box()
    assert box["y"] + box["height"] <= (900 if width == 1440 else below)
    for route in held:
        route.continue_()
    # the first figure of a server takes some ten seconds, on a busy machine a minute
    expect(picture).to_have_js_property("complete", value=True, timeout=90_000)
    assert picture.evaluate("image => image.naturalWidth") > 500
    assert before == picture.evaluate(height) > 200
    assert setting.bounding_box()["y"] == below


def try_the_list(page, lang):
    """Find a zone by its pinyin and keys, read its record, and go back; then choose on the map."""
    zones = page.locator("#zones")
    listed = zones.locator(".found li:not([hidden])")
    expect(listed).to_have_count(ZONES)
    search = zones.get_by_role("searchbox")
    search.fill("foshan")
    expect(listed).to_have_count(1)
    search.press("ArrowDown")
    page.keyboard.press("Enter")
    record = zones.locator(".record")
    expect(record).to_contain_text({"en": "24 December 2019", "zh": "2019年12月24日"}[lang])
    expect(record.get_by_role("link", name="国函〔2019〕137号")).to_be_visible()
    expect(record.get_by_role("heading", level=3)).to_contain_text(re.compile("Measures|措施"))
    expect(page.locator("path.zone-foshan")).to_have_class(re.compile("is-chosen"))
    page.keyboard.press("Escape")
    expect(listed.get_by_role("button")).to_be_focused()
    search.fill("nothing like this")
    expect(zones.get_by_role("status")).to_contain_text(re.compile("No zone|没有"))
    search.fill("")
    page.locator(".home, .pz-home").first.click()
    page.locator("path.zone-chongqing").click()
    expect(record).to_contain_text({"en": "Chongqing", "zh": "重庆市"}[lang])
    zones.get_by_role("button", name=re.compile("Back|返回")).click()
    expect(listed).to_have_count(ZONES)


@pytest.mark.parametrize(
    "query", ["?on=2025-04-25&lang=en", "?on=2025-04-25&since=2022-11-24&lang=zh"]
)
def test_the_map_as_one_file_works_from_a_disk(browser, tmp_path, app, query):
    page = browser.new_page()
    file = tmp_path / "map.html"
    file.write_bytes(page.request.get(f"{app}/map.html{query}").body())
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.context.set_offline(True)
    page.goto(file.as_uri())
    active = page.locator("path.zone.is-active")
    expect(active).to_have_count(LATEST.active)
    # not only there, but seen: in the middle of Sanming stands its colour
    red, green, _ = colour_at(page, page.locator("path.zone-sanming"))
    assert green - red > 60 if "since" in query else red > 240
    try_the_list(page, "zh" if "zh" in query else "en")
    slider = page.get_by_role("slider")
    slider.press("Home")
    expect(active).to_have_count(1)
    page.locator(".play").click()
    expect(active).to_have_count(after(2).active)
    # in whatever face the reader has
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    field = page.locator(".date input")
    assert field.evaluate("input => input.scrollWidth <= input.clientWidth")
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert errors == []
    page.close()


@pytest.mark.parametrize("path", ["map.html?lang=en", "figure.svg?size=column"])
def test_behind_a_proxy_pictures_name_the_address_that_the_reader_sees(app, path):
    # the server listens where docs/deploy.md says
    headers = {"Host": "atlas.example.org", "X-Forwarded-Proto": "https"}
    with urlopen(Request(f"{app}/{path}", headers=headers), timeout=90) as response:
        content = response.read().decode()
    assert "https://atlas.example.org/?on=" in content
    assert "http://atlas.example.org" not in content


def test_the_map_as_one_file_names_its_zones_on_every_day(browser, tmp_path, app):
    page = browser.new_page()
    file = tmp_path / "map.html"
    file.write_bytes(page.request.get(f"{app}/map.html?on=2025-04-24&lang=en").body())
    page.goto(file.as_uri())
    haikou = page.locator("path.zone-haikou")
    expect(haikou).to_have_attribute("aria-label", "Haikou 海口市, active since 7 August 2018")
    slider = page.get_by_role("slider")
    slider.press("End")
    expect(haikou).to_have_attribute("aria-label", "Haikou 海口市, Revoked 25 April 2025")
    slider.press("Home")
    expect(page.locator("path.zone[tabindex]")).to_have_count(1)
    slider.press("End")
    expect(page.locator("path.zone[tabindex]")).to_have_count(ZONES)
    expect(page.locator("path.zone[tabindex]:not([aria-label])")).to_have_count(0)
    page.close()


@pytest.mark.long
def test_the_map_as_one_file_opens_where_its_zones_lie(browser, tmp_path, app):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    file = tmp_path / "map.html"
    query = "?on=2025-04-25&province=440000&province=460000&lang=en"
    file.write_bytes(page.request.get(f"{app}/map.html{query}").body())
    page.goto(file.as_uri())
    expect(page.locator("path.zone.is-active")).to_have_count(22)
    page.wait_for_timeout(500)
    frame, foot = page.locator("#map").bounding_box(), page.locator(".pz-foot").bounding_box()
    for zone in page.locator("path.zone.is-active").all():
        box = zone.bounding_box()
        assert frame["y"] <= box["y"]
        assert box["y"] + box["height"] <= foot["y"]
    page.close()


@pytest.mark.long
def test_a_figure_that_cannot_be_drawn_leaves_words(visit, geodata):
    with serve(geodata) as address:
        visitor = visit(
            path="/figure", query="?province=540000&neighbour=VNM", address=address, wait=False
        )
        picture = visitor.page.locator("img.pz-figure")
        # the first figure of a server takes some ten seconds, on a busy machine a minute
        expect(picture).to_have_js_property("complete", value=True, timeout=90_000)
        expect(visitor.page.get_by_test_id("stException")).to_have_count(0)


def test_the_preview_has_its_size_on_paper(visit):
    visitor = visit(path="/figure", query="?lang=en", wait=False)
    visitor.page.get_by_text("Preview at true size").click()
    picture = visitor.page.locator(".pz-true img.pz-figure")
    expect(picture).to_be_visible()
    # a centimetre of CSS is 96/2.54 pixels
    width = picture.evaluate("image => image.getBoundingClientRect().width")
    assert abs(width - 29.7 * 96 / 2.54) < 1
