"""The folium map: a base that never changes, and a state that is all a rerun sends.

streamlit-folium compares the base script only roughly (it ignores what stands behind an
underscore) and sends it whole each time. So the base is a constant call that names the files to
fetch, and everything that varies stands in the feature group, which is compared to the letter.
"""

from dataclasses import dataclass
from typing import Any

import folium
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from pilotzones.atlas import Atlas
from pilotzones.browser.assets import LEAFLET_FILES, Asset
from pilotzones.browser.html import render
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.session import Visit, choose, toggle_province
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.roles import frames
from pilotzones.query.zones import box_around, box_in_view

# of the map and what stands beside it, in pixels; page.css has it as --map-height
HEIGHT = 600
MAP_FILES = ("overview.json", "detail.json", "provinces.json", "zones.json")
_WIDGET = "map"


@dataclass(frozen=True)
class Shading:
    """A choropleth of the provincial divisions.

    Parameters
    ----------
    values
        By adcode: ``value`` (what stands on the map), ``fill`` and ``ink`` (colours), ``name`` and
        ``hint`` (what hovering tells).
    legend
        Colour, words and number of divisions of each class.
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
        """Say it as ``PilotZones.show`` takes it."""
        return {
            "mode": "provinces",
            "provinces": self.values,
            "legend": self.legend,
            "legendTitle": self.title,
            "count": self.count,
            "chosen": self.chosen,
            "zone": None,
            "box": None,
        }


def draw_map(
    atlas: Atlas,
    assets: dict[str, Asset],
    visit: Visit,
    language: Language,
    shading: Shading | None = None,
) -> None:
    """Draw the map of a View; a click on a zone opens it, one on a province filters by it.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the map fetches.
    visit
        What is chosen.
    language
        The language.
    shading
        Values of the provincial divisions to show in place of the zones.
    """
    with st.container(key="map-frame"):
        st.html(render("veil.html", language))
        base = _OfflineMap(assets)
        state = folium.FeatureGroup("state")
        shown = map_state(atlas, assets, visit) | (shading.state() if shading else {})
        _State(shown).add_to(state)
        st_folium(
            base,
            key=_WIDGET,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=state,
            on_change=_clicked,
        )


def _clicked() -> None:
    clicked = st.session_state.get(_WIDGET) or {}
    if "zone" in clicked:
        choose(zone=clicked["zone"])
    if "province" in clicked:
        toggle_province(clicked["province"])


def map_state(atlas: Atlas, assets: dict[str, Asset], visit: Visit) -> dict[str, Any]:
    """Say what the map shows.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the map fetches.
    visit
        What is chosen.

    Returns
    -------
    dict
        The argument of ``PilotZones.show`` in ``static/map.js``; it must be JSON.
    """
    view = visit.shown
    return {
        "lang": view.lang,
        "words": base_url() + assets[f"words-{view.lang}.json"].path,
        "theme": st.context.theme.type or "light",
        "mode": "compare" if view.since else "day",
        "on": view.on.isoformat(),
        "since": view.since.isoformat() if view.since else None,
        "follows": visit.follows,
        "holds": visit.holds,
        "zone": view.zone,
        "move": visit.moves,
        "box": _box(atlas, visit),
        "near": visit.near,
        "within": view.within,
        # without filters the browser has them already, beside its words
        "roles": [
            frame.roles
            for frame in frames(Answer(atlas, visit.at_each_stop), compare=visit.compares)
        ]
        if view.filtered or view.since
        else None,
    }


def _box(atlas: Atlas, visit: Visit) -> list[float] | None:
    view = visit.shown
    if visit.look_at_zone and view.zone:
        return box_around(atlas, [view.zone])
    return box_in_view(Answer(atlas, view), visit.near)


class _OfflineMap(folium.Map):
    """A map that asks nothing of the internet: Leaflet and the code come from this server."""

    # folium's own template and page header would be sent with every rerun, and bring a style that
    # forbids a reader to zoom the page
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = PilotZones.create('{{ this.get_name() }}');"
        "{% endmacro %}"
    )

    def __init__(self, assets: dict[str, Asset]) -> None:
        super().__init__(tiles=None)
        urls = {name: base_url() + asset.path for name, asset in assets.items()}
        self.default_js = [(name, urls[name]) for name in (LEAFLET_FILES[0], "map.js")]
        self.default_css = [(name, urls[name]) for name in (LEAFLET_FILES[1], "map.css")]
        _Mount({name: urls[name] for name in MAP_FILES}).add_to(self)

    def render(self, **_: object) -> str:
        """Add nothing to the page header."""
        return ""


class _Mount(folium.MacroElement):
    """Hands the map to ``static/map.js`` with the addresses of its files."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "PilotZones.mount({{ this._parent.get_name() }}, {{ this.files|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__()
        self._name = "Mount"
        self.files = files


class _State(folium.MacroElement):
    """The only thing that changes from run to run."""

    # tojson escapes <, >, & and the quote, so no text can end the script it stands in
    _template = Template(
        "{% macro script(this, kwargs) %}PilotZones.show({{ this.state|tojson }});{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()
        self._name = "State"
        self.state = state
