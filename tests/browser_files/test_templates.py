"""Templates: every value escaped, lines that can be read."""

import re
from datetime import date
from pathlib import Path

import pytest
from copies import REPOSITORY

from pilotzones.atlas import load_atlas
from pilotzones.browser.html import render
from pilotzones.browser.record_parts import parts_html, record_parts
from pilotzones.browser.stories import source_links
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View

TEMPLATES = sorted((REPOSITORY / "src/pilotzones/browser/templates").glob("*.html"))
ZONE = {"id": "a", "name": "<b>A & B</b>", "href": '?zone="', "revoked": True}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_lines_are_short(path: Path):
    assert max(map(len, path.read_text("utf-8").splitlines())) <= 100


@pytest.mark.parametrize(("adcode", "nearest"), [("140400", True), ("440600", False)])
def test_the_parts_of_a_record_are_those_that_it_has(adcode, nearest):
    answer = Answer(load_atlas(), View(date(2025, 4, 25), adcode=adcode))
    assert ("nearest" in record_parts(answer, "place")) == nearest
    assert parts_html(answer, "place").count('href="#') == 4 + nearest
    # a place is open on its own page alone
    assert parts_html(answer, "") == parts_html(answer, "zone") == ""


@pytest.mark.parametrize(("since", "ports"), [("2025-04-25", True), ("2015-03-12", False)])
def test_the_parts_below_the_map_of_borders_are_those_that_it_has(since, ports):
    answer = Answer(load_atlas(), View(date.fromisoformat(since)))
    expected = ["zones", "ports", "over-time"] if ports else ["zones", "over-time"]
    assert [*record_parts(answer, "borders")] == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_values_are_escaped_also_in_macros(code):
    html = render("found.html", Language(code), zones=[ZONE, ZONE])
    assert "<b>" not in html
    assert html.count('<a href="?zone=&#34;">&lt;b&gt;A &amp; B&lt;/b&gt;</a>') == 2


def test_a_macro_speaks_the_language_of_the_page():
    event = {
        "action": "approve",
        "day": "",
        "related": [],
        "number": "国函〔2015〕44号",
        "url": "",
        "title": "",
        "signed": "",
        "sources": source_links("https://b.example/x https://a.gov.cn/y"),
    }
    values = {"events": [event], "batch": 8, "province": "", "of_batch": [ZONE], "of_province": []}
    english, chinese = (render("history.html", Language(code), **values) for code in ("en", "zh"))
    assert re.search(
        "Sources: <a[^>]*>a.gov.cn</a> <details.*>1 secondary source</summary>", english
    )
    assert re.search("来源：<a[^>]*>a.gov.cn</a> <details.*>二手来源1个</summary>", chinese)
    for html in (english, chinese):
        assert html.index("<details") < html.index("b.example") < html.index("</details>")
    assert "第八批其他综试区" in chinese
