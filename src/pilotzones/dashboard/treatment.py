"""The parts of the page that makes a treatment panel."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.dashboard.filters import one_of
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.notices import note, warn
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose_own, follow_own, just_chosen
from pilotzones.errors import Problem
from pilotzones.i18n import Language
from pilotzones.i18n.messages import problem_message
from pilotzones.query.caveats import REMEDIES, place_names
from pilotzones.query.own_table import larger_first
from pilotzones.query.panel import CHOICES, FIRST_YEAR, PanelOptions
from pilotzones.query.panel_summary import (
    GROUPINGS,
    Grouping,
    PanelSummary,
    known_summary,
    make_panel,
    make_summary,
)
from pilotzones.query.place_questions import (
    CELLWISE,
    MAX_CELLWISE_ROWS,
    PanelQuestion,
    find_units,
    parse_panel,
)
from pilotzones.query.place_sentence import whole_place_name
from pilotzones.query.reader import china_today
from pilotzones.tables.dataset import DATASET_FORMATS, panel_dataset, write_dataset

# the parameters of the address; the reader's own places are none of them
PANEL_CHOICES = (*CHOICES, "from", "to")
OWN_PLACES = "panel-places"
# of the reader's own list: as many as there are places, each on a line
MOST_CHARACTERS = 200_000
# so many units can each have a line of their own
MOST_LINES = 80
_MOST_REFUSED = 10
_SUMMARY = "panel-summary"
_GROUPING = "panel-grouping"


def asked_options(page: Page) -> PanelOptions:
    """Read from the address what the panel is made of, and warn of what is not understood."""
    question, problems = parse_panel(page.visit.own, page.atlas)
    for problem in problems:
        warn(page, problem_message(page.language, problem))
    return question.options


def settings(page: Page, options: PanelOptions) -> None:
    """Draw a control for each choice; what is chosen stands in the address."""
    t = page.language
    labels = _labels(t)
    for name, names, hint in (
        ("unit", unit_names(t), ""),
        ("freq", freq_names(t), ""),
        ("rule", rule_names(t), t._(
            "Zones approved late in a year, as those of 24 December 2019, make the difference."
        )),
        ("partial", partial_names(t), ""),
        ("clock", clock_names(t), ""),
        ("weights", weights_names(t), t._(
            "Adds two columns: the share of a unit's neighbours that are treated, and the "
            "distance to the nearest zone."
        )),
    ):  # fmt: skip
        st.selectbox(
            labels[name],
            list(names),
            format_func=names.__getitem__,
            key=follow_own(f"panel-{name}", getattr(options, name)),
            help=hint or None,
            filter_mode=None,
            on_change=_chosen,
            args=(page, name, list(names)),
        )
        if name == "freq":
            _years(page, options)


def _labels(t: Language) -> dict[str, str]:
    return {
        "unit": t._("Units"),
        "freq": t._("Period"),
        "rule": t._("A period is treated"),
        "partial": t._("Units partly in a zone"),
        "clock": t._("A document counts from"),
        "weights": t._("Treatment of neighbours"),
    }


def remedies(t: Language) -> dict[str, str]:
    """Name the choices of `REMEDIES` as the controls of the page do."""
    labels, names = _labels(t), {"rule": rule_names(t), "partial": partial_names(t)}
    asked = [(one, *one.split("=")) for one in REMEDIES]
    return {one: f"“{labels[name]}{t.colon}{names[name][value]}”" for one, name, value in asked}


def _years(page: Page, options: PanelOptions) -> None:
    t, years = page.language, range(FIRST_YEAR, china_today().year + 1)
    with st.container(horizontal=True):
        for name, label, year in (
            ("from", t._("First year"), options.first),
            ("to", t._("Last year"), options.last),
        ):
            st.selectbox(
                label,
                years,
                key=follow_own(f"panel-{name}", year),
                width=130,
                on_change=_chosen,
                args=(page, name, years),
            )


def _chosen(page: Page, name: str, allowed: Sequence[Any]) -> None:
    found = just_chosen(PANEL_CHOICES, f"panel-{name}", allowed)
    if not found:
        return
    now, value = found
    options = parse_panel(now, page.atlas)[0].options
    chosen = {one: getattr(options, one) for one in CHOICES}
    chosen |= {"from": options.first, "to": options.last, name: value}
    if chosen["from"] > chosen["to"]:
        # the year that was chosen counts
        chosen |= {"from": value, "to": value}
    choose_own((one, str(value)) for one, value in chosen.items() if value != _DEFAULTS[one])


_DEFAULTS: dict[str, object] = {
    {"first": "from", "last": "to"}.get(field.name, field.name): field.default
    for field in fields(PanelOptions)
}


def own_places(page: Page) -> tuple[str, ...]:
    """Draw the field for the reader's own places, name those not found; return the codes."""
    t = page.language
    text = st.text_area(
        t._("Your own places"),
        key=OWN_PLACES,
        max_chars=MOST_CHARACTERS,
        height=110,
        placeholder=t._("One a line, by code or name: 440600, 佛山市 or Foshan, Guangdong"),
        help=t._("In place of the units above. They stay in this session and out of the address."),
    )
    lines = [line.strip() for line in (text or "").splitlines()]
    units, problems = find_units(page.atlas, lines)
    if units:
        note(
            page,
            t.ngettext("%(count)s place was found.", "%(count)s places were found.", len(units))
            % {"count": len(units)},
        )
    for problem in problems[:_MOST_REFUSED]:
        warn(page, _not_found(page, problem))
    if more := [f"“{problem.value}”" for problem in problems[_MOST_REFUSED:]]:
        warn(page, t._("Left out as well: %(names)s.") % {"names": place_names(t, more)})
    return units


def _not_found(page: Page, problem: Problem) -> str:
    t = page.language
    if not problem.closest:
        message = t._("“%(name)s” is left out: no place has this name.")
        return message % {"name": problem.value}
    message = t._("“%(name)s” is left out; write the code of the one you mean: %(places)s.")
    shared = problem.reason == "name of several places"
    codes = larger_first(problem.closest) if shared else problem.closest
    places = [f"{code} {whole_place_name(page.atlas, code, t)}" for code in codes]
    return message % {"name": problem.value, "places": t.semicolons(places)}


def panel_summary(atlas: Atlas, options: PanelOptions) -> PanelSummary:
    """Make a panel and keep what the page shows; that of a reader's places in the session alone.

    InvalidValueError if it would have more rows than `MAX_PANEL_ROWS`.
    """
    if not options.adcodes:
        return known_summary(atlas, options)
    kept: tuple[Atlas, PanelSummary] | None = st.session_state.get(_SUMMARY)
    if kept is None or kept[0] is not atlas or kept[1].options != options:
        kept = st.session_state[_SUMMARY] = (atlas, make_summary(atlas, options))
    return kept[1]


def choose_grouping(t: Language, summary: PanelSummary) -> Grouping:
    """Draw the control for what the units are grouped by."""
    names = {
        "cohort": t._("First treated period"),
        "province": t._("Province"),
        "unit": t._("Each unit"),
    }
    offered = [by for by in GROUPINGS if by != "unit" or len(summary.units) <= MOST_LINES]
    options = {by: names[by] for by in offered}
    chosen: Grouping | None = one_of(t._("Group units by"), options, _GROUPING, default=offered[0])
    return chosen or offered[0]


def panel_downloads(page: Page, summary: PanelSummary) -> None:
    """Draw a link to the panel in each format; of a reader's own places the file itself."""
    t, options = page.language, summary.options
    version = page.atlas.register.version
    query = f"{PanelQuestion(options, t.code).query()}&data={version}"
    fitting = [
        name
        for name in ("csv", "xlsx", "dta", "parquet", "json")
        if name not in CELLWISE or summary.rows <= MAX_CELLWISE_ROWS
    ]
    with st.container(horizontal=True):
        for name in fitting:
            label = {"dta": "Stata", "parquet": "Parquet"}.get(name, name.upper())
            if options.adcodes:
                st.download_button(
                    label,
                    _file(page, options, name),
                    f"pilot-zone-panel-own-{options.freq}-{options.first}-{options.last}.{name}",
                    DATASET_FORMATS[name].media_type,
                    key=f"panel-file-{name}",
                    icon=":material/download:",
                    on_click="ignore",
                )
            else:
                st.link_button(
                    label,
                    f"{base_url()}api/v1/panel?format={name}&{query}",
                    icon=":material/download:",
                )
    st.caption(
        t._(
            "The Excel file has a codebook on a second sheet; Stata has labels of variables and "
            "values."
        )
    )


def _file(page: Page, options: PanelOptions, name: str) -> Callable[[], bytes]:
    atlas, language = page.atlas, page.language

    def make() -> bytes:
        panel = make_panel(atlas, options)
        return write_dataset(panel_dataset(atlas, panel, language), name)

    return make


def command_line(options: PanelOptions, version: str) -> str:
    """Write the command that makes the same panel for ever from a version of the data.

    A reader's places are in a file of theirs.
    """
    words = [f"--{name} {value}" for name, value in _changed(options)]
    own = ["--places places.csv --place place"] if options.adcodes else []
    return " ".join(["pilotzones panel", *words, *own, f"--data {version}", "-o panel.dta"])


def api_address(options: PanelOptions, lang: str, version: str) -> str:
    """Write the address that gives the same panel for ever; a reader's places are sent to it."""
    parts = urlsplit(st.context.url or "")
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    address = f"{host}{base_url()}api/v1/panel?format=dta&"
    if not options.adcodes:
        return f"{address}{PanelQuestion(options, lang).query()}&data={version}"
    asked = [*_changed(options), ("data", version), ("lang", lang)]
    chosen = "&".join(f"{name}={value}" for name, value in asked)
    return f"curl --data-binary @places.csv \\\n  '{address}place=place&{chosen}' -o panel.dta"


def python_call(options: PanelOptions, version: str) -> str:
    """Write the call that makes the same panel for ever."""
    named = [f'{name}="{value}"' for name, value in _changed(options) if name in CHOICES]
    own = ["adcodes=codes"] if options.adcodes else []
    inner = ", ".join([str(options.first), str(options.last), *named, *own])
    path, codes = "", ""
    if options.adcodes:
        path = "from pathlib import Path\n"
        codes = 'codes = tuple(Path("places.csv").read_text().split()[1:])\n'
    return (
        f"{path}from pilotzones import PanelOptions, load_atlas, treatment_panel\n\n"
        f'{codes}atlas = load_atlas(version="{version}")\n'
        f"panel = treatment_panel(atlas, PanelOptions({inner}))\n"
        "table = panel.table\n"
    )


def _changed(options: PanelOptions) -> list[tuple[str, object]]:
    """List the years, and what else is not as by default."""
    chosen = [(name, getattr(options, name)) for name in CHOICES]
    unit = "unit" if options.adcodes else ""
    others = [(name, value) for name, value in chosen if value != _DEFAULTS[name] and name != unit]
    return [("from", options.first), ("to", options.last), *others]


def places_file(adcodes: Sequence[str]) -> str:
    """Write the codes of a reader's places as the file that command, address and call read."""
    return "\n".join(["place", *adcodes, ""])


def unit_names(t: Language) -> dict[str, str]:
    """Name the units that a panel may have."""
    return {
        "prefecture": t._("Prefecture-level divisions and municipalities"),
        "city": t._("Cities: prefecture-level cities and municipalities"),
        "county": t._("County-level divisions"),
        "province": t._("Provinces"),
    }


def freq_names(t: Language) -> dict[str, str]:
    """Name the lengths of a period."""
    return {
        "year": t._("Year"),
        "half": t._("Half-year"),
        "quarter": t._("Quarter"),
        "month": t._("Month"),
    }


def rule_names(t: Language) -> dict[str, str]:
    """Name the rules by which a period is treated."""
    return {
        "any": t._("if in force on any day of it"),
        "mid": t._("if in force by the end of its first half"),
        "full": t._("if in force from its first day"),
    }


def partial_names(t: Language) -> dict[str, str]:
    """Name what may be done with units that lie partly in a zone."""
    return {
        "whole": t._("are untreated"),
        "any": t._("are treated"),
        "drop": t._("are left out"),
    }


def clock_names(t: Language) -> dict[str, str]:
    """Name the days from which a document may count."""
    return {"published": t._("its publication"), "signed": t._("its signature")}


def weights_names(t: Language) -> dict[str, str]:
    """Name whose treatment may be added up."""
    return {
        "none": t._("not added"),
        "queen": t._("units that touch"),
        "knn": t._("the five nearest units"),
        "inverse": t._("all units, by inverse distance"),
    }
