"""The first answer for a page: Streamlit's start page, with a still of the page in it.

Streamlit's page is empty until its scripts have run and the server has drawn the page for them.
The still is there at once, is what a message that quotes the link shows, and is all that there is
without scripts.
"""

import gzip
import json
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pilotzones.atlas import Atlas, current_atlas
from pilotzones.browser.assets import STATIC_DIR
from pilotzones.browser.modules import join_modules
from pilotzones.browser.still import Still, page_address
from pilotzones.browser.style import inline_style
from pilotzones.errors import PilotZonesError
from pilotzones.figure.options import PANEL_PARAMETERS, parse_figure_options
from pilotzones.i18n import LANGUAGES, Language, preferred_language
from pilotzones.once import made_once
from pilotzones.palette import css_properties
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.query.sight import PARAMETER, parse_sight
from pilotzones.query.versions import atlas_asked
from pilotzones.query.view import PARAMETERS, View
from pilotzones.server.responses import (
    MAX_QUERY_BYTES,
    entity_tag,
    not_modified,
    tagged,
    takes_gzip,
)
from pilotzones.server.routing import site
from pilotzones.tables.files import FORMATS
from pilotzones.tables.release_metadata import schema_org

PAGES = (
    *("", "compare", "provinces", "borders", "zone", "place", "your-data", "panel", "figure"),
    *("data", "reference"),
)
_MOST_KEPT = 64
# of the figure of a page, where it is not the map
_KINDS = {"compare": "compare", "provinces": "provinces", "borders": "borders", "panel": "panel"}
# what the address of a page says of its figure; its size is that of the preview
_FIGURE_CHOICES = {"figure": ("style", "title", "note", "labels"), "panel": PANEL_PARAMETERS}

# what a start page of Streamlit must have for the still to go into it
_HEAD = re.compile(r'<html lang="en">\s*<head>(?P<head>.*?)</head>\s*<body>', re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_STYLES = re.compile(r'<link rel="stylesheet"[^>]*>')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_GAP = re.compile(r">\s+<")
_ROOT = '<div id="root"></div>'


@dataclass(frozen=True, eq=False)
class StartPage:
    """Streamlit's start page.

    Parameters
    ----------
    html
        All of it, as it is without a still.
    theme
        Colours and face of its theme, as custom properties ``--st-…``.
    """

    html: str
    theme: str

    @cached_property
    def parts(self) -> "Parts | None":
        """What stands around a still; ``None`` where the page looks different from those known."""
        return take_apart(self.html)


@dataclass(frozen=True)
class Parts:
    """The parts of a start page around what is put into it."""

    head: str
    styles: str
    body: str


def take_apart(page: str) -> Parts | None:
    """Find the parts of a start page; ``None`` where one of them is missing."""
    head = _HEAD.search(page)
    known = [_TITLE, _NOSCRIPT, _STYLES]
    if not head or page.count(_ROOT) != 1 or not all(one.search(page) for one in known):
        return None
    inside = _STYLES.sub("", _TITLE.sub("", _COMMENT.sub("", head["head"])))
    return Parts(
        head=_GAP.sub("><", inside),
        # in the head a style sheet holds up the first picture, behind the still only the rest
        styles="".join(_STYLES.findall(head["head"])),
        body=_NOSCRIPT.sub("", page[head.end() :]),
    )


def start_page_routes(base: str, start: StartPage) -> list[BaseRoute]:
    """Routes of all pages; none where the start page is not understood."""
    if start.parts is None:
        return []
    return [Route(f"{base}/{page}", partial(_answer, base, page, start)) for page in PAGES]


@cache
def still_script() -> str:
    """Return the script of the still, which is the same on every page."""
    return f'(() => {{\n"use strict";\n{join_modules(STATIC_DIR, "still.js")}\n}})();\n'


def _answer(base: str, page: str, start: StartPage, request: Request) -> Response:
    try:
        answer = _kept(start, site(request, base), _asked(page, request))
    except PilotZonesError:
        # the live page says what is wrong with the data
        answer = _kept(start, "", None)
    headers = tagged(answer.tag) | {"Vary": "Accept-Encoding, Accept-Language"}
    # unlike the data it is for no script of another site
    del headers["Access-Control-Allow-Origin"]
    if unchanged := not_modified(request, headers):
        return unchanged
    body = answer.compressed
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="text/html", headers=headers)


def _asked(page: str, request: Request) -> Still | None:
    """Return the still that is asked for, ``None`` for an address longer than any View."""
    query = request.scope["query_string"]
    if len(query) > MAX_QUERY_BYTES:
        return None
    pairs = parse_qsl(query.decode("latin-1"))
    lang = preferred_language(request.headers.get("accept-language"))
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, _ = parse_view([pair for pair in pairs if pair[0] in PARAMETERS], atlas, lang=lang)
    sight, _ = parse_sight([pair for pair in pairs if pair[0] == PARAMETER])
    answer = Answer(atlas, _shown(atlas, page, view))
    return Still(answer, page, ("embed", "true") in pairs, sight, _figure_choices(page, pairs))


def _figure_choices(page: str, pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what the address of a page says of its figure and what that understands."""
    own = [pair for pair in pairs if pair[0] in _FIGURE_CHOICES.get(page, ())]
    options, _ = parse_figure_options([("kind", _KINDS.get(page, "map")), *own])
    return tuple(pair for pair in options.pairs() if pair[0] != "kind")


def _shown(atlas: Atlas, page: str, view: View) -> View:
    """Return what a page shows: two days only where two are compared, or a figure is of two."""
    if page == "compare":
        return view.compare(Answer(atlas, view).since)
    return view.compare(view.since if page == "figure" else None)


@dataclass(frozen=True)
class _Kept:
    """An answer as it is kept and mostly sent."""

    tag: str
    compressed: bytes


@made_once(_MOST_KEPT)
def _kept(start: StartPage, address: str, still: Still | None) -> _Kept:
    body = _written(start, address, still)
    return _Kept(entity_tag(body), gzip.compress(body.encode(), mtime=0))


def _written(start: StartPage, address: str, still: Still | None) -> str:
    parts = start.parts
    if still is None or parts is None:
        return start.html
    return (
        f'<!DOCTYPE html><html lang="{still.language.html}"><head>{parts.head}'
        f"<title>{escape(still.title)}</title>{_meta(still, address)}"
        f"<style>{css_properties()}.pz-still{{{start.theme}}}"
        f"{inline_style('page.css', 'still.css')}</style></head>"
        f"<body>{still.html()}<script>{still_script()}</script>{parts.styles}{parts.body}"
    )


def _figure_query(still: Still) -> str:
    """Return the parameters of the figure of this very view."""
    view, kind = still.view, _KINDS.get(still.page, "map")
    if still.is_record:
        kind = "record"
    if kind in {"record", "panel"}:
        view = view.without_filters()
    if not still.is_record or still.page == "zone":
        view = replace(view, adcode=None)
    if still.page != "zone":
        view = replace(view, zone=None)
    return "&".join(filter(None, [f"kind={kind}", view.query(), urlencode(still.figure)]))


def _dataset(still: Still, address: str) -> str:
    """Describe the data behind the page to search engines, as schema.org ``Dataset``."""
    version = still.answer.atlas.register.version
    files = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{address}/api/v1/zones.{name}?data={version}",
            "encodingFormat": FORMATS[name].media_type,
        }
        for name in ("csv", "xlsx", "json", "geojson", "parquet", "gpkg")
    ]
    said = schema_org(still.answer.atlas, ()) | {"url": f"{address}/", "distribution": files}
    # no text of it can end the script that it stands in
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _meta(still: Still, address: str) -> str:
    view, page, title, sentence = still.view, still.page, still.title, still.sentence
    link = f"{address}/{page}?{view.query()}"
    picture = f"{address}/figure.png?{_figure_query(still)}&size=slide-16x9&dpi=96"
    names = {"description": sentence, "twitter:card": "summary_large_image"}
    properties = {
        "og:type": "website",
        "og:site_name": still.language._("Pilot Zone Atlas"),
        "og:title": title,
        "og:description": sentence,
        "og:url": link,
        "og:image": picture,
        "og:image:width": "1280",
        "og:image:height": "720",
        "og:image:alt": sentence,
        "og:locale": {"en": "en_GB", "zh": "zh_CN"}[view.lang],
    }
    others = [
        f'<link rel="alternate" hreflang="{Language(lang).html}" href="{escape(one)}">'
        for lang in LANGUAGES
        for one in [f"{address}/{page_address(view, page, lang=lang).removeprefix('./')}"]
    ]
    return "".join(
        [
            f'<link rel="canonical" href="{escape(link)}">',
            f'<script type="application/ld+json">{_dataset(still, address)}</script>',
            *others,
            *(f'<meta name="{n}" content="{escape(v)}">' for n, v in names.items()),
            *(f'<meta property="{n}" content="{escape(v)}">' for n, v in properties.items()),
        ]
    )
