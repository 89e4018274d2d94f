"""The interactive map of a View as one file that opens from a disk, without a server."""

import json
from html import escape
from string import Template
from typing import Any

from pilotzones.browser.assets import STATIC_DIR, Asset
from pilotzones.browser.modules import join_modules
from pilotzones.credits import CREDIT, LICENCE
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.roles import events_in_view, frames
from pilotzones.query.title import view_title
from pilotzones.query.zones import box_in_view

_FILES = ("overview.json", "zones.json")


def standalone_map(answer: Answer, assets: dict[str, Asset], permalink: str = "") -> bytes:
    """Write the map and the timeline of a View as one HTML file.

    Parameters
    ----------
    answer
        The day, the earlier day of a comparison, the filters, the language.
    assets
        The files of the map, from `assets.collect_assets`.
    permalink
        Address of the View in the app, which the file names.

    Returns
    -------
    bytes
        UTF-8, below 2 MB; everything is in it, nothing is fetched.
    """
    title = view_title(answer)
    words = f"words-{answer.view.lang}.json"
    content = {name: json.loads(assets[name].body) for name in (*_FILES, words)}
    page = Template((STATIC_DIR / "standalone.html").read_text(encoding="utf-8"))
    filled = page.substitute(
        lang="zh-CN" if answer.view.lang == "zh" else "en",
        title=escape(title),
        leaflet_css=_text(assets, "leaflet.css"),
        map_css=_text(assets, "map.css"),
        timeline_css=_json((STATIC_DIR / "timeline.css").read_text(encoding="utf-8")),
        leaflet_js=_text(assets, "leaflet.js"),
        map_js=_text(assets, "map.js"),
        timeline_js=join_modules(STATIC_DIR, "timeline.js"),
        credit=escape(_credit(answer.view.lang)),
        permalink=f'<a href="{escape(permalink)}">{escape(permalink)}</a>' if permalink else "",
        files=_json(content),
        map_state=_json(_map_state(answer, words)),
        timeline_data=_json(_timeline_data(answer, words)),
    )
    return filled.encode()


def _credit(lang: str) -> str:
    language = Language(lang)
    return language._(
        "Facts: %(credit)s, %(licence)s. Boundaries: derived from Tianditu, National Geomatics "
        "Center of China, and Natural Earth, under their own terms."
    ) % {"credit": CREDIT, "licence": LICENCE}


def _map_state(answer: Answer, words: str) -> dict[str, Any]:
    compare = answer.view.since is not None
    shown = frames(answer, compare=compare)
    return {
        "lang": answer.view.lang,
        "words": words,
        "theme": "light",
        "mode": "compare" if compare else "day",
        "on": answer.view.on.isoformat(),
        "since": answer.view.since.isoformat() if answer.view.since else None,
        "zone": answer.view.zone,
        "move": 0,
        "box": box_in_view(answer),
        "roles": [frame.roles for frame in shown],
    }


def _timeline_data(answer: Answer, words: str) -> dict[str, Any]:
    return {
        "lang": answer.view.lang,
        "words": words,
        "page": "",
        "since": answer.view.since.isoformat() if answer.view.since else None,
        "on": answer.view.on.isoformat(),
        "day": answer.language.day(answer.view.on),
        "link": answer.view.query(),
        "counts": [
            [frame.active, frame.provinces, frame.approved, frame.revoked]
            for frame in frames(answer, compare=answer.view.since is not None)
        ],
        "events": events_in_view(answer),
    }


def _text(assets: dict[str, Asset], name: str) -> str:
    return assets[name].body.decode("utf-8")


def _json(content: object) -> str:
    # no text can end the script element it stands in
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
