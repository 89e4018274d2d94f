"""The menu that shares a view: its figure, its texts, its table, its link; by keyboard as well."""

import re

import pytest
from playwright.sync_api import expect


def opened(visitor):
    visitor.page.get_by_role("button", name=re.compile("^(Share this view|分享本页内容)$")).click()
    return visitor.page.locator(".share")


def test_the_menu_follows_the_view_and_its_files_come(visit):
    visitor = visit("?on=2025-04-25&shade=share&lang=en", path="/provinces")
    menu = opened(visitor)
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
    menu.get_by_role("button", name=re.compile("link|链接")).click()
    address = "navigator.clipboard.readText()"
    visitor.page.wait_for_function(f"{address}.then((text) => text.includes('on=2025-04-25'))")
    # a click elsewhere closes it
    visitor.page.locator("h1").first.click()
    expect(menu).to_be_hidden()


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
