"""The map as one file: nothing is fetched, nothing is imported."""

import json
import re
from datetime import date
from html import escape
from pathlib import Path

import pytest
from xstatic.pkg import leaflet

from pilotzones.browser.assets import collect_assets
from pilotzones.browser.measures import measures_by_zone, measures_shown
from pilotzones.browser.standalone import standalone_map
from pilotzones.browser.words import browser_words
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.view import View

DAY = date(2022, 2, 8)
# named in the code of Leaflet and in drawings, never fetched
NAMES_ONLY = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def assets(atlas):
    return collect_assets(atlas)


def page(atlas, assets, view, permalink=""):
    return standalone_map(Answer(atlas, view), assets, permalink).decode()


def test_nothing_is_imported_or_exported(atlas, assets):
    html = page(atlas, assets, View(DAY))
    assert not re.search(r"^\s*(import|export)\b", html, re.MULTILINE)


def test_the_file_has_the_provinces_that_it_outlines(atlas, assets):
    html = page(atlas, assets, View(DAY, provinces=("540000",)))
    files = json.loads(re.search(r"window\.pilotZonesFiles = (\{.*\});", html)[1])
    assert [one["id"] for one in files["provinces.json"]["features"]] == ["540000"]
    assert '"asked":["540000"]' in html
    assert '"provinces.json":' not in page(atlas, assets, View(DAY))


def test_no_address_is_fetched(atlas, assets):
    html = page(atlas, assets, View(DAY))
    assert not re.search(r"<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)=", html)
    assert not re.search(r"@import\b", html)
    # an image in a style sheet would be one, but data: is inside the file
    named = re.findall(r"url\(['\"]?([^)'\"]+)", html)
    # or a part of the page itself
    assert {url[:5] for url in named if not url.startswith("#")} <= {"data:", "image"}
    # facts cite their sources; our own code and styles name no host at all
    code = re.sub(r"window\.pilotZonesFiles = \{.*\};", "", html)
    code = re.sub(r'"records":\{.*\},"labels":', "", code)
    for name in ("leaflet.js", "leaflet.css"):
        library = (Path(leaflet.BASE_DIR) / name).read_bytes().decode()
        assert library in code
        code = code.replace(library, "")
    outside = set(re.findall(r"https?://[\w.-]+[^\s\"'<>)]*", code)) - NAMES_ONLY
    assert outside == set()


def test_the_policy_of_the_page_allows_no_fetching(atlas, assets):
    html = page(atlas, assets, View(DAY))
    policy = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"', html)[1]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "connect-src" not in policy


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_words_of_its_language_are_inside(atlas, assets, lang):
    html = page(atlas, assets, View(DAY, lang=lang))
    begin = html.index("window.pilotZonesFiles = ") + len("window.pilotZonesFiles = ")
    files, _end = json.JSONDecoder().raw_decode(html, begin)
    assert f"words-{lang}.json" in files
    assert f'<html lang="{Answer(atlas, View(DAY, lang=lang)).language.html}">' in html


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_scripts_there_is_the_sentence(atlas, assets, lang):
    html = page(atlas, assets, View(DAY, q="<b>", lang=lang))
    (said,) = re.findall(r"<noscript>(.*?)</noscript>", html)
    assert "JavaScript" in said
    sentence = headline(Answer(atlas, View(DAY, q="<b>", lang=lang)))
    assert said.startswith(escape(sentence))


def test_the_link_is_escaped(atlas, assets):
    html = page(atlas, assets, View(DAY), 'https://a.example/?q="><b>')
    assert '<a href="https://a.example/?q=&quot;&gt;&lt;b&gt;">' in html
    assert "<b>" not in html.split("<footer>")[1].split("</footer>")[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_as_large_as_the_menu_says(atlas, assets, lang):
    size = len(page(atlas, assets, View(DAY, lang=lang)).encode())
    said = browser_words(atlas, Language(lang))["timeline"]["share_file"]
    assert f"{size / 1e6:.1f} MB" in said


def test_the_measures_of_a_zone_are_those_of_its_record(atlas):
    answer = Answer(atlas, View(DAY))
    found = measures_by_zone(answer)
    assert found.keys() == set(atlas.register.zones.index)
    # approved by different replies, active and not yet
    for zone in ("hangzhou", "alashankou", "haikou", "bortala", "foshan"):
        assert found[zone] == measures_shown(answer, zone=zone, whole=False)
    assert found["hangzhou"]["of_zones"] != found["bortala"]["of_zones"]
