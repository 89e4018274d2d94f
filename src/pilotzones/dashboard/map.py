"""The folium map: a base that never changes, and a state that is all a rerun sends.

streamlit-folium compares the base script only roughly (it ignores what stands behind an
underscore) and sends it whole each time. So the base is a constant call with the files to fetch,
and everything that varies is in the feature group, which is compared exactly.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import folium
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from pilotzones.browser.html import render
from pilotzones.dashboard.page import Page, end_page
from pilotzones.dashboard.session import mark_zone, toggle_province
from pilotzones.query.ground import place_box, place_outline
from pilotzones.query.place_sentence import place_name
from pilotzones.query.roles import frames
from pilotzones.query.title import view_subject
from pilotzones.query.zones import box_around, box_in_view, provinces_asked

# pixels that Streamlit keeps for the map until page.css gives it the height of the window
HEIGHT = 600
MAP_FILES = (
    *("coarse.json", "overview.json", "detail.json"),
    *("provinces.json", "zones.json", "names.json"),
)
_WIDGET = "map"
# what the browser assumes of a state that does not say it: a step of the timeline sends little
_ASSUMED: dict[str, Any] = {
    **dict.fromkeys(["since", "zone", "box", "sight", "roles"]),
    **dict.fromkeys(["follows", "holds"], False),
    "near": [],
    "asked": (),
}


@dataclass(frozen=True)
class Shading:
    """A choropleth of the provincial divisions.

    Parameters
    ----------
    values
        By adcode: ``value`` (on the map), ``fill`` and ``ink`` (colours), ``name`` and ``hint``
        (shown on hovering).
    legend
        Colour, label and number of divisions of each class.
    title
        Title of the legend.
    count
        The line below the day.
    chosen
        Adcodes of the divisions to stand out.
    """

    values: dict[str, dict[str, str]]
    legend: list[tuple[str, str, int]]
    title: str
    count: str
    chosen: tuple[str, ...]

    def state(self) -> dict[str, Any]:
        """Return the fields of the argument of ``PilotZones.show`` that a choropleth sets."""
        return {
            "mode": "provinces",
            "provinces": self.values,
            "legend": self.legend,
            "legendTitle": self.title,
            "count": self.count,
            "chosen": self.chosen,
            "asked": (),
            "zone": None,
            "box": None,
        }


@dataclass(frozen=True)
class BorderLand:
    """The land border with some countries.

    Parameters
    ----------
    countries
        Codes (ISO 3166-1 alpha-3).
    near
        Zones that do not pass the filters and are shown in outline, while they are active.
    """

    countries: list[str]
    near: Sequence[str] = ()


@dataclass(frozen=True)
class Figures:
    """A reader's figures, each a circle or a prefecture shaded, with the zones in outline.

    Parameters
    ----------
    places
        ``adcode``, ``name`` and ``hint`` (shown on hovering), ``fill`` (colour), ``lon`` and
        ``lat``, and ``radius`` of a circle (pixels) or ``None`` for a shaded prefecture.
    legend
        Colour, label and number of places of each class.
    title
        Title of the legend.
    heading
        Title of the map.
    count
        The line below the day.
    shapes
        Address of the polygons of the prefectures; empty where none is shaded.
    """

    places: list[dict[str, Any]]
    legend: list[tuple[str, str, int]]
    title: str
    heading: str
    count: str
    shapes: str

    def state(self) -> dict[str, Any]:
        """Return the fields of the argument of ``PilotZones.show`` that figures set."""
        return {
            "mode": "figures",
            "title": self.heading,
            "figures": self.places,
            "shapes": self.shapes,
            "legend": self.legend,
            "legendTitle": self.title,
            "count": self.count,
            "zone": None,
            "box": None,
        }


def draw_map(
    page: Page,
    shading: Shading | Figures | None = None,
    *,
    border: BorderLand | None = None,
    around: str | None = None,
    keeps_day: bool = False,
) -> None:
    """Draw the map of a page; a click on a zone opens it, one on a province filters by it.

    Parameters
    ----------
    page
        The page.
    shading
        Values of the provincial divisions to show in place of the zones, or a reader's figures to
        show with them.
    border
        The land border to draw, with the land of China within `View.within` of it.
    around
        Code of a place to look at.
    keeps_day
        Whether the map keeps its day while the slider moves.
    """
    with st.container(key="map-frame"):
        st.html(render("veil.html", page.language))
        near = border.near if border else ()
        state = map_state(page, near) | {"holds": keeps_day} | (shading.state() if shading else {})
        if border and border.countries:
            state["border"] = {
                "countries": border.countries,
                "lines": page.asset_url("borders.json"),
            }
        if around:
            state["box"] = place_box(page.atlas, around)
            state["place"] = {
                "name": place_name(page.atlas, around, page.language),
                "outline": place_outline(page.atlas, around),
            }
        group = folium.FeatureGroup("state")
        _State(state).add_to(group)
        st_folium(
            _OfflineMap(page),
            key=_WIDGET,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=group,
            on_change=_clicked,
        )


def end_embedded(
    page: Page,
    shading: Shading | None = None,
    *,
    border: BorderLand | None = None,
    around: str | None = None,
) -> None:
    """Draw the map and end the page where another site embeds it, which has nothing else."""
    if st.context.is_embedded:
        draw_map(page, shading, border=border, around=around)
        end_page()


def map_state(page: Page, near: Sequence[str] = ()) -> dict[str, Any]:
    """Return the argument of ``PilotZones.show`` in the browser code; it must be JSON."""
    view, visit = page.view, page.visit
    return {
        "lang": view.lang,
        "words": page.asset_url(f"words-{view.lang}.json"),
        "theme": st.context.theme.type or "light",
        "title": view_subject(page.answer),
        "mode": "compare" if view.since else "day",
        "colour": view.colour,
        "on": view.on.isoformat(),
        "since": view.since.isoformat() if view.since else None,
        "follows": visit.follows,
        "zone": view.zone,
        "move": visit.moves,
        "box": _box(page, near),
        "sight": astuple(visit.sight) if visit.sight else None,
        "near": [*near],
        "within": view.within,
        "asked": provinces_asked(page.answer),
        # without filters the browser has them already, beside its words
        "roles": [
            frame.roles
            for frame in frames(page.answer.ask(visit.at_each_stop), compare=visit.compares)
        ]
        if view.filtered or view.since
        else None,
    }


def _box(page: Page, near: Sequence[str]) -> list[float] | None:
    if page.visit.look_at_zone and page.view.zone:
        return box_around(page.atlas, [page.view.zone])
    return box_in_view(page.answer, near)


def _clicked() -> None:
    event = st.session_state.get(_WIDGET) or {}
    if "zone" in event:
        mark_zone(event["zone"])
    if "province" in event:
        toggle_province(event["province"])


class _OfflineMap(folium.Map):
    """A map without the internet: Leaflet and the code come from this server."""

    # folium's own template and page header would be sent with every rerun, and bring a style that
    # keeps a visitor from zooming the page
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = PilotZones.create('{{ this.get_name() }}');"
        "{% endmacro %}"
    )

    def __init__(self, page: Page) -> None:
        super().__init__(tiles=None)
        urls = {name: page.asset_url(name) for name in page.assets}
        self.default_js = [("map.js", urls["map.js"])]
        self.default_css = [(name, urls[name]) for name in ("font.css", "map.css")]
        _Mount([urls[name] for name in MAP_FILES]).add_to(self)

    def render(self, **_: object) -> str:
        """Add nothing to the page header."""
        return ""


class _Mount(folium.MacroElement):
    """Hands the map to ``static/map.js`` with the addresses of its files."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "PilotZones.mount({{ this._parent.get_name() }}, {{ this.addresses|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, addresses: list[str]) -> None:
        super().__init__()
        self._name = "Mount"
        self.addresses = addresses


class _State(folium.MacroElement):
    """The only thing that changes from run to run."""

    # tojson escapes <, >, & and the quote, so no text can end the script it stands in
    _template = Template(
        "{% macro script(this, kwargs) %}PilotZones.show({{ this.state|tojson }});{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()
        self._name = "State"
        self.state = {
            name: value
            for name, value in state.items()
            if name not in _ASSUMED or value != _ASSUMED[name]
        }
