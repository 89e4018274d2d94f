"""References: word for word for readers, and as the programs read them that manage them."""

import json
from datetime import date

import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from known import DOCUMENTS, FIRST, LAST
from pybtex.database import parse_string

from pilotzones import cite
from pilotzones.errors import InvalidValueError, UnknownZoneError
from pilotzones.parameters import CITATION_STYLES

SEEN = date(2026, 1, 2)
SITE = "https://atlas.example/sub/"
NUMBERS = [document.number for document in DOCUMENTS]


def references(atlas, subject, style="apa", **options):
    return cite(atlas, subject, style=style, accessed=SEEN, **options)


@pytest.mark.parametrize(
    ("style", "lang", "expected"),
    [
        (
            "gbt7714",
            "zh",
            (
                "国务院. 国务院关于同意设立中国（杭州）跨境电子商务综合试验区的批复: 国函〔2015〕44号[EB/OL]. "
                "(2015-03-12)[2026-01-02]. "
                "http://www.gov.cn/zhengce/zhengceku/2015-03/12/content_9522.htm."
            ),
        ),
        (
            "apa",
            "en",
            (
                "State Council of the People's Republic of China. (2015, March 12). Reply of the State "
                "Council on Approving the Establishment of the China (Hangzhou) Cross-Border E-Commerce "
                "Comprehensive Pilot Zone (国函〔2015〕44号). "
                "http://www.gov.cn/zhengce/zhengceku/2015-03/12/content_9522.htm"
            ),
        ),
    ],
)
def test_a_document_word_for_word(atlas, style, lang, expected):
    assert references(atlas, FIRST.number, style, lang=lang) == expected


def test_a_document_is_found_whatever_its_brackets(atlas):
    as_issued = references(atlas, "国函〔2015〕44号")
    for typed in ("国函[2015]44号", " 国函（2015）44 号"):
        assert references(atlas, typed) == as_issued


def test_a_document_without_an_address_of_its_own_is_cited_without_one(atlas):
    text = references(atlas, LAST.number, "gbt7714", lang="zh")
    assert text.endswith(f"{LAST.number}[Z]. 2025-04-25.")
    assert references(atlas, LAST.number).endswith(f"({LAST.number}).")


@pytest.mark.parametrize(
    ("style", "lang", "expected"),
    [
        (
            "gbt7714",
            "zh",
            (
                "综试区地图集. 中国（海口）跨境电子商务综合试验区[DB/OL]. 综试区地图集, 数据版本{version}. "
                "({published})[2026-01-02]. {site}zone?on=2024-01-01&zone=haikou&data={data}&lang=zh."
            ),
        ),
        (
            "apa",
            "en",
            (
                "The Pilot Zone Atlas contributors. ({published:%Y}). China (Haikou) Cross-Border "
                "E-Commerce Comprehensive Pilot Zone [Data set]. Pilot Zone Atlas, data {version}. "
                "{site}zone?on=2024-01-01&zone=haikou&data={data}&lang=en"
            ),
        ),
    ],
)
def test_the_record_of_a_zone_comes_after_its_document(atlas, style, lang, expected):
    on = date(2024, 1, 1)
    lines = references(atlas, "haikou", style, lang=lang, on=on, site=SITE).splitlines()
    approved_by = atlas.register.histories.loc["haikou", "approved_by"]
    published = atlas.register.changelog["published_on"].iloc[-1].date()
    assert lines == [
        references(atlas, approved_by, style, lang=lang),
        expected.format(
            version=atlas.data_version,
            data=atlas.register.version,
            published=published,
            site=SITE,
        ),
    ]


def test_a_revocation_is_cited_from_its_day_on(atlas):
    before = references(atlas, "haikou", on=date(2025, 4, 24))
    after = references(atlas, "haikou", on=LAST.published_on)
    assert LAST.number not in before
    assert LAST.number in after


def test_a_place_is_cited_with_the_documents_of_its_zones(atlas):
    jinhua = references(atlas, "330700", on=date(2023, 1, 1), site=SITE)
    assert "国函〔2018〕93号" in jinhua
    assert "国函〔2022〕8号" in jinhua
    assert jinhua.endswith(
        f"{SITE}place?on=2023-01-01&adcode=330700&data={atlas.register.version}&lang=en"
    )
    assert "国函" not in references(atlas, "140400")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("subject", [*NUMBERS, "haikou", "330700"])
def test_bibtex_is_read_by_a_program(atlas, subject, lang):
    text = references(atlas, subject, "bibtex", lang=lang, site=SITE)
    entries = parse_string(text, "bibtex").entries
    expected = csl(atlas, subject, lang)
    assert [*entries] == [item["id"] for item in expected]
    for entry, item in zip(entries.values(), expected, strict=True):
        assert entry.type == ("misc" if "version" in item else "techreport")
        assert entry.fields["title"] == f"{{{item['title']}}}"
        (author,) = entry.persons["author"]
        assert str(author) == f"{{{item['author'][0]['literal']}}}"
        parts = [int(entry.fields[part]) for part in ("year", "month", "day")]
        assert parts == day(item, "issued")
        assert entry.fields.get("url") == item.get("URL")
        assert entry.fields.get("number") == item.get("number")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("subject", [*NUMBERS, "haikou", "330700"])
def test_ris_is_read_by_a_program(atlas, subject, lang):
    entries = rispy.loads(references(atlas, subject, "ris", lang=lang, site=SITE))
    expected = csl(atlas, subject, lang)
    assert [entry["id"] for entry in entries] == [item["id"] for item in expected]
    for entry, item in zip(entries, expected, strict=True):
        assert entry["type_of_reference"] == ("DATA" if "version" in item else "GOVDOC")
        assert entry["title"] == item["title"]
        assert entry["authors"] == [item["author"][0]["literal"]]
        assert [int(part) for part in entry["date"].split("/")] == day(item, "issued")
        assert entry.get("urls", [None]) == [item.get("URL")]


def test_csl_is_set_by_a_program(atlas):
    items = csl(atlas, "haikou", "en")
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Cited([CitationItem(item["id"])]))
    lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(items)
    for item in items:
        (line,) = [one for one in lines if item["title"] in one]
        assert item["author"][0]["literal"] in line
        assert str(item["issued"]["date-parts"][0][0]) in line


def test_what_latex_takes_for_commands_is_escaped(atlas, monkeypatch):
    documents = atlas.register.documents
    title = r"A & B_{c} 50% \ ~"
    monkeypatch.setitem(vars(atlas.register), "documents", documents.assign(title_en=title))
    text = references(atlas, FIRST.number, "bibtex")
    assert r"{{A \& B\_\{c\} 50\% \textbackslash{} \textasciitilde{}}}" in text


def test_what_cannot_be_cited_is_refused(atlas):
    with pytest.raises(UnknownZoneError, match="did you mean hainan"):
        cite(atlas, "haianan")
    with pytest.raises(
        InvalidValueError, match=f"style=mla: unknown choice; {', '.join(CITATION_STYLES)}"
    ):
        cite(atlas, "hainan", style="mla")
    with pytest.raises(InvalidValueError, match="lang=de: unknown choice"):
        cite(atlas, "hainan", lang="de")
    with pytest.raises(InvalidValueError, match="lang=None: unknown choice"):
        cite(atlas, "hainan", lang=None)
    with pytest.raises(InvalidValueError, match="on=2999-01-01: in the future"):
        cite(atlas, "hainan", on=date(2999, 1, 1))
    with pytest.raises(InvalidValueError, match="on=2025-04-25: not a date"):
        cite(atlas, "hainan", on="2025-04-25")
    with pytest.raises(InvalidValueError, match="accessed=2025-04-25: not a date"):
        cite(atlas, "hainan", accessed="2025-04-25")


def csl(atlas, subject, lang):
    return json.loads(references(atlas, subject, "csl", lang=lang, site=SITE))


def day(item, name):
    return item[name]["date-parts"][0]
