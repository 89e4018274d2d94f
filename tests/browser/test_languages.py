"""English and Chinese: both complete, the first one taken from the browser."""

import re

import pytest
from playwright.sync_api import expect

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# names stand in both languages; these are names
FINGERPRINT = re.compile(r"\+[0-9a-f]{12}")
QUOTED = re.compile(r"国函〔\d+〕\d+号|https?://\S+|[\w.-]+\.(com|cn|org|net|jp)\b")


@pytest.mark.parametrize(
    ("locale", "query", "lang", "title"),
    [
        ("zh-CN", "", "zh-CN", "综试区地图集"),
        ("en-GB", "", "en", "Pilot Zone Atlas"),
        ("fr-FR", "", "en", "Pilot Zone Atlas"),
        ("zh-CN", "?lang=en", "en", "Pilot Zone Atlas"),
        ("en-GB", "?lang=zh", "zh-CN", "综试区地图集"),
    ],
)
def test_the_language_of_the_page(visit, locale, query, lang, title):
    visitor = visit(query, locale=locale)
    expect(visitor.page.locator("html")).to_have_attribute("lang", lang)
    expect(visitor.page.get_by_role("link", name=title, exact=True)).to_be_visible()
    expect(visitor.page).to_have_title(re.compile(f"2025.* – {title}$"))
    expect(visitor.map.locator("html")).to_have_attribute("lang", lang)


def test_the_language_is_chosen_in_the_app(visit):
    visitor = visit("?on=2025-04-24")
    visitor.page.get_by_role("button", name="切换到中文").click()
    expect(visitor.map.locator(".pz-day")).to_have_text("2025年4月24日")
    expect(visitor.page).to_have_url(re.compile("lang=zh"))
    visitor.page.get_by_role("button", name="Switch to English").click()
    expect(visitor.map.locator(".pz-day")).to_have_text("24 April 2025")


@pytest.mark.parametrize("query", ["on=2025-04-25", "zone=kashgar", "zone=haikou&on=2025-04-24"])
def test_no_english_is_left_in_the_chinese_page(visit, query):
    visitor = visit(f"?{query}&lang=zh")
    texts = [
        visitor.page.locator(".pz-footer").inner_text(),
        visitor.filters().inner_text(),
        visitor.page.locator(".timeline").inner_text(),
        visitor.map.locator(".pz-stamp").inner_text(),
        visitor.map.locator(".pz-foot").inner_text(),
        visitor.page.locator(".zones thead").inner_text(),
    ]
    # letters of the fingerprint of the data are no word
    left = LATIN_WORD.findall(QUOTED.sub("", FINGERPRINT.sub("", "\n".join(texts))))
    assert set(left) <= {"English"}
    # in the panel names stand in both languages, sentences in one
    for sentence in visitor.panel.locator("p, h2, h3, dt").all_inner_texts():
        if LATIN_WORD.search(QUOTED.sub("", sentence)):
            assert CHINESE.search(sentence)


@pytest.mark.parametrize("query", ["on=2025-04-25", "zone=kashgar", "zone=haikou&on=2025-04-24"])
def test_no_chinese_is_left_in_the_english_page(visit, query):
    visitor = visit(f"?{query}&lang=en")
    texts = [
        visitor.page.locator(".pz-footer").inner_text(),
        visitor.filters().inner_text(),
        visitor.page.locator(".timeline").inner_text(),
        visitor.map.locator(".pz-stamp").inner_text(),
        visitor.map.locator(".pz-foot").inner_text(),
        visitor.page.locator(".zones thead").inner_text(),
        "\n".join(visitor.panel.locator("dt, h3").all_inner_texts()),
    ]
    assert set(CHINESE.findall(QUOTED.sub("", "\n".join(texts)))) <= set("中文")


def test_light_and_dark(visit):
    for scheme, day in [("light", "rgb(35, 40, 45)"), ("dark", "rgb(236, 234, 229)")]:
        visitor = visit("?on=2025-04-25", media={"color_scheme": scheme})
        expect(visitor.map.locator(".pz-map")).to_have_attribute("data-theme", scheme)
        expect(visitor.map.locator(".pz-day")).to_have_css("color", day)
