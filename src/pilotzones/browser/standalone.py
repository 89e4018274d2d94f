"""The interactive map of a View as one file that opens from a disk, without a server."""

import json
from html import escape
from string import Template
from typing import Any

from pilotzones.browser.assets import STATIC_DIR, Asset
from pilotzones.browser.html import render
from pilotzones.browser.measures import measures_by_zone
from pilotzones.browser.modules import join_modules
from pilotzones.browser.timeline import timeline_content
from pilotzones.credits import LICENCE
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.reader import latest_day
from pilotzones.query.roles import frames
from pilotzones.query.title import view_subject, view_title
from pilotzones.query.zones import box_in_view, provinces_asked

_FILES = ("overview.json", "zones.json", "names.json")
_PROVINCES = "provinces.json"


def standalone_map(answer: Answer, assets: dict[str, Asset], permalink: str = "") -> bytes:
    """Write the map of a View, its timeline and its zones as one HTML file, which fetches nothing.

    ``assets`` are those of `assets.collect_assets`, ``permalink`` is the address of the View in the
    app, which the file links to. UTF-8, below 2 MB.
    """
    page = Template((STATIC_DIR / "standalone.html").read_text(encoding="utf-8"))
    filled = page.substitute(
        lang=answer.language.html,
        title=escape(view_title(answer)),
        map_css=_text(assets, "map.css"),
        map_js=_text(assets, "map.js"),
        standalone_js=join_modules(STATIC_DIR, "standalone.js"),
        without_scripts=escape(_without_scripts(answer)),
        credit=escape(_credit(answer.language)),
        permalink=f'<a href="{escape(permalink)}">{escape(permalink)}</a>' if permalink else "",
        files=_json(_files(answer, assets)),
        content=_json(_content(answer)),
    )
    return filled.encode()


def _files(answer: Answer, assets: dict[str, Asset]) -> dict[str, Any]:
    """Collect what the map fetches; of the provinces those that it outlines."""
    files = {name: json.loads(assets[name].body) for name in (*_FILES, _words(answer))}
    if asked := provinces_asked(answer):
        provinces = json.loads(assets[_PROVINCES].body)
        features = [one for one in provinces["features"] if one["id"] in asked]
        files[_PROVINCES] = provinces | {"features": features}
    return files


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


def _content(answer: Answer) -> dict[str, Any]:
    return {
        "state": _map_state(answer),
        "timeline": _timeline_data(answer),
        "timelineStyle": (STATIC_DIR / "timeline.css").read_text(encoding="utf-8"),
        "records": _records(answer),
        "labels": _labels(answer.language),
    }


def _records(answer: Answer) -> dict[str, Any]:
    """Collect what records say beside the labels: measures, and by what a zone was revoked."""
    t, register = answer.language, answer.atlas.register
    shown = measures_by_zone(answer)
    # most zones have the same
    texts = [render("measures.html", t, measures=one) for one in shown.values()]
    measures = [*dict.fromkeys(texts)]
    places = {zone: measures.index(text) for zone, text in zip(shown, texts, strict=True)}
    revoked_by = register.histories["revoked_by"]
    return {
        "measures": measures,
        "zones": {zone: [places[zone], str(revoked_by[zone])] for zone in register.zones.index},
    }


def _labels(t: Language) -> dict[str, str]:
    return {
        "zones": t._("Zones"),
        "search": t._("Search for a zone or a province"),
        "none": t._("No zone has this name on this day."),
        "listed": t._("{n} listed"),
        "back": t._("Back to the list"),
        "province": t._("Province"),
        "batch": t._("Batch"),
        "approved": t._("Approved"),
        "revoked": t._("Revoked on"),
    }


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
        "asked": provinces_asked(answer),
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
