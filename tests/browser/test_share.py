"""The menu that shares a view: its figure, its texts, its table, its link; by keyboard as well."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from copies import GEODATA
from playwright.sync_api import expect

from pilotzones.atlas import load_atlas


def opened(visitor):
    visitor.page.get_by_role("button", name=re.compile("^(Share this view|分享本页内容)$")).click()
    return visitor.page.locator(".share")


def test_the_menu_follows_the_view_and_its_files_come(visit):
    visitor = visit(
        "?on=2025-04-25&shade=share&lang=en",
        path="/provinces",
        permissions=["clipboard-read", "clipboard-write"],
    )
    menu = opened(visitor)
    # another site shows this map, not that of the first page
    menu.get_by_role("button", name="Copy the code to embed").click()
    expect(visitor.page.locator("[data-part=said]")).to_have_text("Copied")
    code = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "/provinces?embed=true&amp;on=2025-04-25&amp;shade=share" in code
    png = menu.get_by_role("link", name="PNG")
    assert "kind=provinces" in png.get_attribute("href")
    menu.get_by_role("combobox").select_option(label="Approvals by province and batch")
    assert "kind=matrix" in png.get_attribute("href")
    with visitor.page.expect_download() as download:
        png.click()
    assert download.value.suggested_filename.startswith("pilot-zones-matrix-2025-04-25")
    with visitor.page.expect_download() as download:
        menu.get_by_role("link", name="Table for people").click()
    assert download.value.suggested_filename == "pilot-zone-provinces-2025-04-25.xlsx"
    # a figure of the first page is another, and the menu is made again
    visitor.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    focused = "document.activeElement.shadowRoot?.activeElement ?? document.activeElement"
    assert visitor.page.evaluate(f"({focused}).dataset.part") == "share"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_picture_caption_and_link_are_copied(visit, lang):
    visitor = visit(
        f"?on=2025-04-25&lang={lang}", permissions=["clipboard-read", "clipboard-write"]
    )
    menu, said = opened(visitor), visitor.page.locator("[data-part=said]")
    copied = {"en": "Copied", "zh": "已复制"}[lang]
    menu.get_by_role("button", name=re.compile("caption|图注")).click()
    expect(said).to_have_text(copied)
    text = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "25 April 2025" in text or "2025年4月25日" in text
    expect(said).to_have_text("")
    menu.get_by_role("button", name=re.compile("picture|图片")).click()
    expect(said).to_have_text(copied)
    kinds = "navigator.clipboard.read().then(([item]) => item.types)"
    assert visitor.page.evaluate(kinds) == ["image/png"]
    menu.get_by_role("button", name=re.compile("link to this view|当前视图的链接")).click()
    expect(said).to_have_text(copied)
    link = copied_link(visitor)
    assert link["on"] == ["2025-04-25"]
    assert not {"at", "data"} & link.keys()
    # a click elsewhere closes it
    visitor.page.locator("h1").first.click()
    expect(menu).to_be_hidden()
    # the place and zoom of the map are of the link, once the reader moved it
    visitor.map.get_by_role("button", name=re.compile("Zoom in|放大")).click()
    opened(visitor).get_by_role("button", name=re.compile("to cite|引用链接")).click()
    visitor.page.wait_for_function("navigator.clipboard.readText().then((t) => t.includes('at='))")
    link = copied_link(visitor)
    lat, lon, zoom = map(float, link["at"][0].split(","))
    assert (30 < lat < 40, 95 < lon < 115) == (True, True)
    assert zoom == pytest.approx(0.7, abs=0.05)
    assert link["data"] == [load_atlas(GEODATA).register.version]
    expect(menu.get_by_role("link", name="PNG")).not_to_have_attribute("href", re.compile("at="))


def copied_link(visitor):
    """The parameters of the link that was copied last."""
    address = visitor.page.evaluate("navigator.clipboard.readText()")
    return parse_qs(urlsplit(address).query)


def test_on_a_phone_the_menu_stays_in_sight_and_a_record_has_its_figure(visit):
    query = "?zone=hainan&on=2025-04-25&lang=en"
    visitor = visit(query, path="/zone", viewport={"width": 390, "height": 844})
    menu = opened(visitor)
    box = menu.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    href = menu.get_by_role("link", name="PNG").get_attribute("href")
    assert "kind=record" in href
    assert "zone=hainan" in href
