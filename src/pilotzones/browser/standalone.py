"""The interactive map of a View as one file that opens from a disk, without a server."""

import json
from html import escape
from string import Template
from typing import Any

from pilotzones.browser.assets import STATIC_DIR, Asset
from pilotzones.browser.modules import join_modules
from pilotzones.browser.timeline import timeline_content
from pilotzones.credits import LICENCE
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.reader import latest_day
from pilotzones.query.roles import frames
from pilotzones.query.title import view_subject, view_title
from pilotzones.query.zones import box_in_view

_FILES = ("overview.json", "zones.json", "names.json")


def standalone_map(answer: Answer, assets: dict[str, Asset], permalink: str = "") -> bytes:
    """Write the map and the timeline of a View as one HTML file, which fetches nothing.

    ``assets`` are those of `assets.collect_assets`, ``permalink`` is the address of the View in the
    app, which the file links to. UTF-8, below 2 MB.
    """
    files = (*_FILES, _words(answer))
    page = Template((STATIC_DIR / "standalone.html").read_text(encoding="utf-8"))
    filled = page.substitute(
        lang=answer.language.html,
        title=escape(view_title(answer)),
        leaflet_css=_text(assets, "leaflet.css"),
        map_css=_text(assets, "map.css"),
        timeline_css=_json((STATIC_DIR / "timeline.css").read_text(encoding="utf-8")),
        leaflet_js=_text(assets, "leaflet.js"),
        map_js=_text(assets, "map.js"),
        timeline_js=join_modules(STATIC_DIR, "timeline.js"),
        without_scripts=escape(_without_scripts(answer)),
        credit=escape(_credit(answer.language)),
        permalink=f'<a href="{escape(permalink)}">{escape(permalink)}</a>' if permalink else "",
        files=_json({name: json.loads(assets[name].body) for name in files}),
        map_state=_json(_map_state(answer)),
        timeline_data=_json(_timeline_data(answer)),
    )
    return filled.encode()


def _without_scripts(answer: Answer) -> str:
    t = answer.language
    return t.sentences([headline(answer), t._("This map needs JavaScript.")])


def _credit(t: Language) -> str:
    return t._(
        "Register: Pilot Zone Atlas, based on the State Council replies it cites, %(licence)s. "
        "Boundaries: derived from Tianditu, National Geomatics Center of China, and Natural Earth, "
        "under their own terms."
    ) % {"licence": LICENCE}


def _words(answer: Answer) -> str:
    return f"words-{answer.language.code}.json"


def _map_state(answer: Answer) -> dict[str, Any]:
    view = answer.view
    return {
        **_shared(answer),
        "title": view_subject(answer),
        "theme": "light",
        "mode": "compare" if view.since else "day",
        "colour": view.colour,
        "zone": view.zone,
        "move": 0,
        "box": box_in_view(answer),
        "roles": [frame.roles for frame in frames(answer, compare=view.since is not None)],
    }


def _timeline_data(answer: Answer) -> dict[str, Any]:
    view = answer.view
    return {
        **_shared(answer),
        "page": "",
        "day": answer.language.day(view.on),
        "link": view.query(),
        "title": view_title(answer),
        "embedded": True,
        "latest": latest_day(answer.atlas).isoformat(),
        **timeline_content(answer, answer, compare=view.since is not None),
    }


def _shared(answer: Answer) -> dict[str, Any]:
    view = answer.view
    return {
        "lang": answer.language.code,
        "words": _words(answer),
        "on": view.on.isoformat(),
        "since": view.since.isoformat() if view.since else None,
    }


def _text(assets: dict[str, Asset], name: str) -> str:
    return assets[name].body.decode("utf-8")


def _json(content: object) -> str:
    # no text can end the script element that contains it
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
