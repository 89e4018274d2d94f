"""The first answer for a page says and shows what was asked, before any script has run."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import streamlit
from asking import ask
from copies import REPOSITORY
from PIL import Image

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.parsing import parse_view
from pilotzones.query.shading import class_labels, province_amounts, shade_provinces
from pilotzones.server.start_page import PAGES, take_apart

INDEX_FOLDER = Path(streamlit.__file__).parent / "static"
INDEX = (INDEX_FOLDER / "index.html").read_text("utf-8")
MOST_BYTES = 45_000
QUERIES = [
    "on=2025-04-25&lang=en",
    "on=2019-12-31&lang=zh",
    "on=2025-04-25&province=440000&lang=en",
    "on=2022-11-24&neighbour=VNM&colour=new&lang=zh",
    "on=2025-04-25&status=revoked&lang=en",
    "on=2025-04-25&q=nothing+like+this&lang=en",
]


class Read(HTMLParser):
    """What a program that quotes links reads of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.title = ""
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._within = tag

    def handle_data(self, data):
        if self._within == "title":
            self.title += data
            self._within = ""

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def meta(self, name: str) -> str:
        (found,) = [
            *self.all("meta", name=name),
            *self.all("meta", property=name),
        ]
        return found["content"]


def page(path: str = "", query: str = "", **options) -> Read:
    return Read(ask(f"/{path}?{query}", **options).text)


def asked(atlas, query: str) -> Answer:
    view, _ = parse_view([tuple(one.split("=")) for one in query.split("&")], atlas)
    return Answer(atlas, view)


def json_ld(text: str) -> str:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return found


@pytest.mark.parametrize("query", QUERIES[:5])
def test_the_page_says_its_sentence_and_lists_its_zones(query, atlas):
    answer = asked(atlas, query)
    found = page("", query)
    assert found.meta("description") == headline(answer)
    assert found.meta("og:description") == found.meta("og:image:alt") == headline(answer)
    assert found.meta("og:title") == found.title
    assert answer.language.day(answer.view.on) in found.title
    assert found.all("html") == [{"lang": answer.language.html}]
    listed = [attrs["href"] for attrs in found.all("a") if attrs["href"].startswith("zone?")]
    rows = [href for href in listed if "&zone=" in href]
    zones = [re.search(r"zone=([a-z-]+)", href)[1] for href in rows]
    assert zones == [*answer.zones.index]


@pytest.mark.parametrize("query", QUERIES)
def test_the_map_of_the_still_has_the_zones_of_the_view(query, atlas):
    answer = asked(atlas, query)
    text = ask(f"/?{query}").text
    picture = re.search(r'<svg class="pz-(?:whole-land|part)".*?</svg>', text, re.DOTALL)[0]
    classes = {attrs.get("class", "") for attrs in Read(picture).all("path")}
    kinds = {name for name in classes if name.startswith("zone ")}
    statuses = {status for kind in kinds for status in ("active", "revoked") if status in kind}
    assert statuses == set(answer.zones["status"])
    assert {"nation", "neighbour", "province-line"} <= classes
    active = answer.zones["status"] == "active"
    batches = re.findall(r"--batch:(#[0-9a-f]{6})", picture)
    assert len(set(batches)) >= answer.zones[active]["batch"].nunique()


@pytest.mark.parametrize("shade", ["active", "cities", "share"])
def test_the_still_of_the_provinces_shades_them(shade, atlas):
    query = f"on=2019-12-31&shade={shade}&province=440000&lang=en"
    text, table = ask(f"/provinces?{query}").text, province_amounts(asked(atlas, query))
    picture = re.search(r'<svg class="pz-whole-land".*?</svg>', text, re.DOTALL)[0]
    drawn = re.findall(r'"province-area" style="--batch:var\(--pz-class-(\d)\)', picture)
    steps = {found.step for found in shade_provinces(table, shade).values()}
    assert sorted(map(int, drawn)) == sorted(steps)
    kinds = {attrs.get("class", "").split(" ")[0] for attrs in Read(text).all("path")}
    assert "chosen-outline" in kinds
    assert "zone" not in kinds
    assert class_labels(table, shade, Language("en"))[-1].replace(">", "&gt;") in text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.variants(11)
def test_every_page_is_named_small_and_leads_to_its_figure(path, lang):
    answer = ask(f"/{path}?lang={lang}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content)) <= MOST_BYTES
    found = Read(answer.text)
    (link,) = found.all("link", rel="canonical")
    assert link["href"].startswith(f"http://atlas/{path}?on=")
    assert found.meta("og:url") == link["href"]
    picture = urlsplit(found.meta("og:image"))
    words = ask(f"{picture.path.replace('.png', '.json')}?{picture.query}")
    assert words.status_code == 200
    others = {attrs["hreflang"]: attrs["href"] for attrs in found.all("link", rel="alternate")}
    assert set(others) == {"en", "zh-CN"}
    assert link["href"] in others.values()
    pressed = [attrs for attrs in found.all("a") if attrs.get("aria-current") == "page"]
    assert len(pressed) <= 1
    assert found.all("div", id="root")


def test_every_page_has_a_still():
    files = {path.stem.replace("_", "-") for path in (REPOSITORY / "pages").glob("*.py")}
    assert set(PAGES) == {"", *files} - {"index", "atlas"}


def test_the_picture_of_a_link_is_the_figure_of_its_view(tmp_path):
    address = page("", "on=2025-04-25&province=460000&lang=zh").meta("og:image")
    url = urlsplit(address)
    assert url.netloc == "atlas"
    file = tmp_path / "link.png"
    file.write_bytes(ask(f"{url.path}?{url.query}").content)
    with Image.open(file) as picture:
        assert picture.size == (1280, 720)


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        (
            "figure",
            "title=My%20%22own%22&style=grey&size=square&labels=some&lang=en",
            {"kind": "map", "title": 'My "own"', "style": "grey"},
        ),
        (
            "panel",
            "unit=province&freq=half&from=2018&rule=odd&lang=en",
            {"kind": "panel", "unit": "province", "freq": "half", "from": "2018"},
        ),
        ("", "title=Other&lang=en", {"kind": "map"}),
        # two days count where the picture is of both
        ("", "since=2022-11-24&lang=en", {"kind": "map"}),
        ("figure", "since=2022-11-24&lang=en", {"kind": "map", "since": "2022-11-24"}),
    ],
)
def test_the_picture_of_a_link_is_as_the_reader_chose_it(path, query, expected):
    asked = dict(parse_qsl(urlsplit(page(path, query).meta("og:image")).query))
    view = {"on", "lang", "size", "dpi"}
    assert {name: value for name, value in asked.items() if name not in view} == expected
    assert asked["size"] == "slide-16x9"


def test_a_figure_of_two_days_has_their_sentence():
    said = page("figure", "since=2022-11-24&on=2025-04-25&lang=en").meta("description")
    assert said == page("compare", "since=2022-11-24&on=2025-04-25&lang=en").meta("description")


def test_below_a_path_all_addresses_are_below_it():
    found = page("atlas/compare", "lang=en", base="/atlas")
    assert found.all("link", rel="canonical")[0]["href"].startswith("http://atlas/atlas/compare?")
    assert found.meta("og:image").startswith("http://atlas/atlas/figure.png?")
    relative = [attrs["href"] for attrs in found.all("a")]
    assert not [href for href in relative if href.startswith("/")]


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</style>&amp;'"])
def test_nothing_of_an_address_gets_in_unescaped(text):
    plain = Read(ask("/").text)
    query = urlencode({"q": text, "province": text, "lang": text, "embed": text})
    answer = ask(f"/?{query}")
    found = Read(answer.text)
    assert len(found.all("script")) == len(plain.all("script"))
    assert json.loads(json_ld(answer.text))["@type"] == "Dataset"
    assert len(found.all("style")) == len(plain.all("style"))
    assert text not in answer.text
    assert text in found.meta("description")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("zone?zone=foshan&province=440000", "record"),
        ("place?adcode=140400&zone=foshan", "record"),
        ("borders?neighbour=VNM&zone=foshan", "borders"),
        ("panel?q=x", "panel"),
        ("compare?since=2015-03-12", "compare"),
    ],
)
def test_the_picture_of_a_link_is_of_the_kind_of_the_page(path, kind):
    picture = urlsplit(page(*path.split("?")).meta("og:image"))
    assert f"kind={kind}&" in picture.query
    words = ask(f"{picture.path.replace('.png', '.json')}?{picture.query}")
    assert words.status_code == 200, words.text


def test_a_part_of_the_map_is_drawn_and_kept_out_of_the_addresses():
    query = "on=2025-04-25&lang=en"
    whole, part = (ask(f"/?{query}{more}").text for more in ("", "&at=31.2,121.5,3"))
    assert part != whole
    assert "31.2,121.5" not in part
    # what is no part of the map is ignored; the live page says so
    assert ask(f"/?{query}&at=nowhere").text == whole


def test_search_engines_read_what_data_these_are(atlas):
    described = json.loads(json_ld(ask("/?lang=zh").text))
    assert described["@context"] == "https://schema.org/"
    assert described["version"] == atlas.register.version
    assert described["license"].startswith("https://creativecommons.org/")
    assert described["spatialCoverage"]["name"] == "China"
    for file in described["distribution"][:3]:
        url = urlsplit(file["contentUrl"])
        answer = ask(f"{url.path}?{url.query}")
        assert answer.headers["content-type"].split(";")[0] in file["encodingFormat"]


def test_a_page_is_kept_under_its_tag():
    first = ask("/borders?lang=zh")
    assert "Accept-Language" in first.headers["vary"]
    assert "access-control-allow-origin" not in first.headers
    again = ask("/borders?lang=zh", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    other = ask("/borders?lang=en", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_language_is_that_of_the_reader():
    chinese = Read(ask("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).text)
    assert chinese.all("html") == [{"lang": "zh-CN"}]
    assert Read(ask("/", headers={"Accept-Language": "fr"}).text).all("html") == [{"lang": "en"}]


@pytest.mark.parametrize("path", ["/?", "/compare?", "/place?adcode=440600&"])
def test_embedded_there_is_no_head_but_map_and_timeline(path):
    text = ask(f"{path}embed=true&lang=en").text
    assert 'data-embedded="true"' in text
    assert 'class="st-key-head-embedded"' in text
    body = text.split("<body>")[1]
    for part in ("pz-still-filters", "pz-still-panel", "pz-parts"):
        assert part not in body


def test_what_cannot_be_read_gets_the_plain_page(damaged):
    assert Read(ask("/?q=" + "a" * 9000).text).title == "Streamlit"
    damaged("zones.csv")
    answer = ask("/")
    assert answer.status_code == 200
    assert Read(answer.text).title == "Streamlit"


def test_all_of_the_start_page_of_streamlit_is_there():
    original, ours = Read(INDEX), Read(ask("/").text)
    for tag in ("script", "link"):
        for attrs in original.all(tag):
            assert ours.all(tag, **attrs), attrs
    # its style sheet holds up nothing that is seen first
    text = ask("/").text
    assert text.index('id="pz-still"') < text.index('rel="stylesheet"') < text.index('id="root"')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<div id="root"></div>', '<main id="root"></main>'),
        ("<title>Streamlit</title>", ""),
        ('<link rel="stylesheet"', '<link rel="preload" as="style"'),
        ("<noscript>", "<noscript hidden>"),
        ("<head>", "<head lang=en>"),
    ],
)
def test_a_start_page_that_looks_different_is_left_alone(old, new):
    assert take_apart(INDEX) is not None
    assert old in INDEX
    assert take_apart(INDEX.replace(old, new)) is None


def test_the_script_of_the_still_is_allowed_by_its_hash():
    answer = ask("/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert any((STATIC_DIR / "still.js").read_text("utf-8")[-20:] in text for text in scripts)


def test_what_every_page_loads_is_named_in_the_first_answer():
    links = page().all("link", rel="modulepreload") + page().all("link", rel="preload")
    names = [Path(link["href"]).name for link in links if link.get("as", "script") == "script"]
    assert len(names) == len(set(names))
    folder = INDEX_FOLDER / "static" / "js"
    assert all((folder / name).is_file() for name in names)
    elements = {name.split(".")[0] for name in names}
    assert {"BidiComponent", "ComponentInstance", "Html"} <= elements
