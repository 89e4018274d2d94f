"""A page as a still: head, sentence, timeline and map, for who waits for the live page.

The live page has the same words from the browser's own code; here they are written by the server,
once a View.
"""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.browser.assets import assets_of
from pilotzones.browser.html import render
from pilotzones.browser.record_parts import parts_html
from pilotzones.browser.still_map import StillMap
from pilotzones.browser.still_provinces import ProvinceMap
from pilotzones.browser.still_zones import ZoneMap
from pilotzones.browser.style import inline_style
from pilotzones.browser.version_note import version_note
from pilotzones.browser.words import filters_label
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import borders_asked
from pilotzones.query.headline import headline_sentences, headline_subject
from pilotzones.query.place_sentence import record_name, record_sentences
from pilotzones.query.roles import events_in_view
from pilotzones.query.sight import PAGES_WITH_SIGHT, Sight
from pilotzones.query.view import View

_HOME = "./"
PAGES_WITH_FILTERS = ("", "compare", "provinces", "borders", "figure")
_FILES = ("csv", "xlsx", "json")
_TABLE_COLUMNS = ("zone", "province", "batch", "approved")
_ICONS = {
    "share": "M8 10V2.5M5 5.5l3-3 3 3M3 9v4.5h10V9",
    "back": "M10.5 3.5L6 8l4.5 4.5",
    "play": "M5 3l8 5-8 5z",
    "forth": "M5.5 3.5L10 8l-4.5 4.5",
    "down": "M4 6l4 4 4-4",
    "cross": "M4 4l8 8M12 4l-8 8",
}


@dataclass(frozen=True)
class Still:
    """What a page shows before it lives.

    Parameters
    ----------
    answer
        The View that the page shows: of two days where two are compared, or a figure is of two.
    page
        Path of the page, empty for the atlas.
    embedded
        Whether it stands in another site, without its head.
    sight
        The part of the map that the address asks for.
    figure
        What the address asks for of the figure of the page, beside the View: names and values.
    """

    answer: Answer
    page: str = ""
    embedded: bool = False
    sight: Sight | None = None
    figure: tuple[tuple[str, str], ...] = ()

    @property
    def view(self) -> View:
        """The View that the page shows."""
        return self.answer.view

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.answer.language

    @property
    def title(self) -> str:
        """What the browser's tab says; the live page writes the same."""
        words = self._words
        shown = f"{self.language.day(self.view.on)}{headline_subject(self.answer).where}"
        parts = [
            words["pages"][self.page] if self.page else "",
            shown if (self.page or _HOME) in words["tabs"] else "",
        ]
        name = self._record or ", ".join(part for part in parts if part)
        return f"{name} – {words['timeline']['page_title']}"

    @property
    def sentence(self) -> str:
        """The answer in words: that of the record that is open, else the headline."""
        return self.language.sentences(self._sentences)

    @property
    def _sentences(self) -> list[str]:
        return record_sentences(self.answer, self.page) or headline_sentences(self.answer)

    def html(self) -> str:
        """Write the still, every value escaped."""
        words, view, t = self._words, self.view, self.language
        stops = self.answer.atlas.stops
        has_filters = self.page in PAGES_WITH_FILTERS
        return render(
            "still.html",
            t,
            page=self.page,
            version_note=version_note(self.answer, self.page),
            embedded=self.embedded,
            texts=words["timeline"],
            icons={name: _icon(d) for name, d in _ICONS.items()},
            on=view.on.isoformat(),
            first=view.on == stops[0].on,
            last=view.on >= stops[-1].on,
            compares=self.page == "compare",
            home=page_address(view, ""),
            method=page_address(view, "data"),
            other={"href": page_address(view, self.page, lang=t.other.code), "lang": t.other.html},
            links=[
                (page_address(view, path), words["pages"][path], path == (self.page or _HOME))
                for path in words["tabs"]
            ],
            headline=self._sentences,
            gap="" if t.code == "zh" else " ",
            filter_text=filters_label(view) if has_filters and not self.embedded else "",
            timeline_style=inline_style("timeline.css"),
            timeline=self._timeline,
            parts="" if self.embedded else parts_html(self.answer, self.page),
            files=[(kind.upper(), f"api/v1/zones.{kind}?{view.query()}") for kind in _FILES],
            table=self._table if has_filters else None,
            panel=self._panel(),
            **(self._map.values() if self.page in PAGES_WITH_SIGHT else {"picture": None}),
        )

    @property
    def _words(self) -> dict[str, Any]:
        return _texts(self.answer.atlas, "words", self.language.code)

    @property
    def is_record(self) -> bool:
        """Whether the record of a zone or a place is open on its own page."""
        return bool(self._record)

    @property
    def _record(self) -> str:
        return record_name(self.answer, self.page)

    @property
    def _timeline(self) -> dict[str, Any]:
        """What track.js draws."""
        view, counts = self.view, events_in_view(self.answer)
        known = ("on", "short", "batch", "colour", "approved", "revoked")
        stops = [{name: stop[name] for name in known} for stop in self._words["stops"]]
        for place, (approved, revoked, _) in enumerate(counts or ()):
            stops[place] |= {"approved": approved, "revoked": revoked}
        return {
            "stops": stops,
            "current": sum(stop.on <= view.on for stop in self.answer.atlas.stops) - 1,
            "on": view.on.isoformat(),
            "since": view.since.isoformat() if view.since else None,
            "two": self.page == "compare",
        }

    @property
    def _table(self) -> dict[str, Any]:
        t, texts = self.language, self._words["table"]
        provinces = self.answer.atlas.register.provinces
        return {
            "caption": texts["caption"],
            "heads": [*(texts[f"column_{name}"] for name in _TABLE_COLUMNS), t._("Status")],
            "rows": [
                (
                    page_address(self.view, "zone", zone=str(zone_id)),
                    [
                        t.name(zone),
                        t.name(provinces.loc[zone["province_adcode"]]),
                        zone["batch"],
                        t.day(zone["approved_on"]),
                        t.status(zone["status"]),
                    ],
                )
                for zone_id, zone in self.answer.zones.iterrows()
            ],
        }

    @property
    def _map(self) -> StillMap:
        answer, view = self.answer, self.view
        if self.page == "provinces":
            return ProvinceMap(answer, self._words, self.sight)
        if self.page == "zone" and view.zone:
            answer = answer.ask(replace(view.without_filters(), zone=view.zone))
        adcode = view.adcode or "" if self.page == "place" else ""
        borders = self.page == "borders" and bool(borders_asked(answer))
        return ZoneMap(answer, self._words, self.sight, adcode, borders)

    def _panel(self) -> str:
        """Write what stands beside the map, where it is known before the page lives."""
        if self._record:
            return render("still_record.html", self.language, name=self._record)
        if self.page or self.view.zone:
            return ""
        stories = _texts(self.answer.atlas, "stories", self.language.code)
        day = self.view.on.isoformat()
        story = [stop for stop in stories["stops"] if stop["on"] <= day][-1]
        heading = stories["on_the_day" if story["on"] == day else "afterwards"]
        remark = f'<p class="pz-quiet">{stories["whole"]}</p>' if self.view.filtered else ""
        html: str = story["html"]
        return html.replace("<h2></h2>", f"<h2>{heading}</h2>{remark}")


def page_address(view: View, path: str, **fields: Any) -> str:  # noqa: ANN401 - of a View
    """Return the address of a page with a View, below the root of the app."""
    if path != "place":
        view = replace(view, adcode=None)
    return f"{path or _HOME}?{replace(view, **fields).query()}"


@lru_cache(maxsize=8)
def _texts(atlas: Atlas, kind: str, lang: str) -> dict[str, Any]:
    """Read the words or the stories as the browser gets them."""
    texts: dict[str, Any] = json.loads(assets_of(atlas)[f"{kind}-{lang}.json"].body)
    return texts


def _icon(d: str) -> str:
    return f'<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{d}"/></svg>'
