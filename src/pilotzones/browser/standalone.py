"""The interactive map of a View as one file that opens from a disk, without a server."""

import json
import re
from html import escape
from string import Template
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.browser.assets import STATIC_DIR, Asset
from pilotzones.credits import CREDIT, LICENCE
from pilotzones.i18n import format_day, translations
from pilotzones.query.roles import events_in_view, frames
from pilotzones.query.title import figure_title
from pilotzones.query.view import View
from pilotzones.query.zones import box_in_view

_FILES = ("overview.json", "zones.json")


def standalone_map(
    atlas: Atlas, view: View, assets: dict[str, Asset], permalink: str = ""
) -> bytes:
    """Write the map and the timeline of a View as one HTML file.

    Parameters
    ----------
    atlas
        The facts.
    view
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
    title = figure_title(atlas, view)
    words = f"words-{view.lang}.json"
    content = {name: json.loads(assets[name].body) for name in (*_FILES, words)}
    page = Template((STATIC_DIR / "standalone.html").read_text(encoding="utf-8"))
    filled = page.substitute(
        lang="zh-CN" if view.lang == "zh" else "en",
        title=escape(title),
        leaflet_css=_text(assets, "leaflet.css"),
        map_css=_text(assets, "map.css"),
        timeline_css=_json((STATIC_DIR / "timeline.css").read_text(encoding="utf-8")),
        leaflet_js=_text(assets, "leaflet.js"),
        map_js=_text(assets, "map.js"),
        timeline_js=_joined("component.js", "timeline.js"),
        credit=escape(_credit(view.lang)),
        permalink=f'<a href="{escape(permalink)}">{escape(permalink)}</a>' if permalink else "",
        files=_json(content),
        map_state=_json(_map_state(atlas, view, words)),
        timeline_data=_json(_timeline_data(atlas, view, words)),
    )
    return filled.encode()


def _credit(lang: str) -> str:
    _ = translations(lang).gettext
    return _(
        "Facts: %(credit)s, %(licence)s. Boundaries: derived from Tianditu, National Geomatics "
        "Center of China, and Natural Earth, under their own terms."
    ) % {"credit": CREDIT, "licence": LICENCE}


def _joined(*modules: str) -> str:
    """Join modules into one, so that the later ones need not import the earlier ones."""
    texts = [(STATIC_DIR / name).read_text(encoding="utf-8") for name in modules]
    return "\n".join(re.sub(r"^import .*$", "", text, flags=re.MULTILINE) for text in texts)


def _map_state(atlas: Atlas, view: View, words: str) -> dict[str, Any]:
    compare = view.since is not None
    shown = frames(atlas, view, compare=compare)
    return {
        "lang": view.lang,
        "words": words,
        "theme": "light",
        "mode": "compare" if compare else "day",
        "on": view.on.isoformat(),
        "since": view.since.isoformat() if view.since else None,
        "zone": view.zone,
        "move": 0,
        "box": box_in_view(atlas, view),
        "roles": [frame.roles for frame in shown],
    }


def _timeline_data(atlas: Atlas, view: View, words: str) -> dict[str, Any]:
    return {
        "lang": view.lang,
        "words": words,
        "page": "",
        "since": view.since.isoformat() if view.since else None,
        "on": view.on.isoformat(),
        "day": format_day(view.on, view.lang),
        "link": view.query(),
        "counts": [
            [frame.active, frame.provinces, frame.approved, frame.revoked]
            for frame in frames(atlas, view, compare=view.since is not None)
        ],
        "events": events_in_view(atlas, view),
    }


def _text(assets: dict[str, Asset], name: str) -> str:
    return assets[name].body.decode("utf-8")


def _json(content: object) -> str:
    # no text can end the script element it stands in
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
