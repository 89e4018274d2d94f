"""Charts of a treatment panel: treated units by period, and every unit in every period."""

import json
from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pilotzones.dashboard import tables
from pilotzones.dashboard.page import Page
from pilotzones.palette import CHART_COLOURS
from pilotzones.query.caveats import place_names
from pilotzones.query.panel_summary import (
    STATES,
    Block,
    Group,
    Grouping,
    PanelSummary,
    arrange,
    group_name,
    state_names,
)
from pilotzones.query.spacing import push_apart

# in pixels: the curve, the stack of units in all and for each group, what is around it, a name
CURVE_HEIGHT = 240
_STACK, _OF_A_GROUP, _AROUND, _NAME = 420, 20, 145, 14
# letters of a name in one line, a Chinese one as wide as two others
_IN_A_LINE, _LATIN = 26, "\u024f"
# so many bars have room for their number
_MOST_NUMBERS = 26


def treated_curve(page: Page, summary: PanelSummary) -> None:
    """Draw the number of treated units in each period."""
    t, counts = page.language, summary.counts()
    period, units = t._("Period"), t._("Treated units")
    data = pd.DataFrame(
        {
            period: counts.index,
            units: counts["treated"].to_numpy(),
            "start": pd.to_datetime([one.first for one in summary.periods]),
            "end": pd.to_datetime([one.last + timedelta(days=1) for one in summary.periods]),
        }
    )
    data["middle"] = data["start"] + (data["end"] - data["start"]) / 2
    y = alt.Y(f"{units}:Q", title=units, axis=alt.Axis(format="d", tickMinStep=1))
    bars = (
        alt.Chart(data)
        .mark_bar(color=CHART_COLOURS[0], stroke=page.theme.page, strokeWidth=0.5)
        .encode(
            x=_axis(summary, "start"),
            x2="end:T",
            y=y,
            y2=alt.datum(0),
            tooltip=[f"{period}:N", f"{units}:Q"],
        )
    )
    layers = [bars]
    if len(data) <= _MOST_NUMBERS:
        number = bars.mark_text(dy=-7, fontSize=12, color=page.theme.ink)
        layers.append(number.encode(x=_axis(summary, "middle"), y=y, text=f"{units}:Q"))
    st.altair_chart(alt.layer(*layers).properties(height=CURVE_HEIGHT), width="stretch")
    names = state_names(t)
    table = counts.rename(columns=names).rename_axis(period).reset_index()
    with st.expander(t._("Chart data")):
        tables.table(table, t._("Chart data"))


def unit_tiles(page: Page, summary: PanelSummary, by: Grouping) -> None:
    """Draw every unit in every period, by group."""
    t, names = page.language, state_names(page.language)
    groups, blocks = arrange(summary, by)
    data = pd.DataFrame([_tile(page, block, by) for block in blocks])
    total = len(summary.units)
    labels = [_label(page, group, by) for group in groups]
    most = max(map(len, labels))
    height = _STACK if by == "cohort" else _OF_A_GROUP * most * len(groups)
    fills = (*CHART_COLOURS[:2], page.theme.rule, page.theme.no_batch)
    colours = dict(zip(STATES, fills, strict=True))
    shown = [state for state in STATES if state in set(data["state"])]
    y = alt.Y(
        "low:Q",
        title=None,
        scale=alt.Scale(domain=[0, total], reverse=True, nice=False),
        axis=_group_axis(groups, labels, total * _NAME * most / height),
    )
    kind, place, when = t._("State"), t._("Units"), t._("Period")
    chart = (
        alt.Chart(data.rename(columns={"units": place, "when": when}).assign(
            **{kind: data["state"].map(names)}
        ))
        .mark_rect()
        .encode(
            x=_axis(summary, "start"),
            x2="end:T",
            y=y,
            y2="high:Q",
            color=alt.Color(
                f"{kind}:N",
                scale=alt.Scale(
                    domain=[names[state] for state in shown],
                    range=[colours[state] for state in shown],
                ),
                # one below the other: beside each other they are cut on a phone
                legend=alt.Legend(title=None, orient="top", labelLimit=400, columns=1),
            ),
            tooltip=[f"{when}:N", f"{kind}:N", f"{place}:N"],
        )
    )  # fmt: skip
    borders = pd.DataFrame({"low": [group.low for group in groups[1:]]})
    lines = alt.Chart(borders).mark_rule(color=page.theme.page, strokeWidth=1.5).encode(y=y)
    st.altair_chart(alt.layer(chart, lines).properties(height=height + _AROUND), width="stretch")


def _axis(summary: PanelSummary, field: str) -> alt.X:
    first, last = summary.options.first, summary.options.last
    middles = [_moment(date(year, 7, 2)) for year in range(first, last + 1)]
    axis = alt.Axis(values=middles, format="%Y", ticks=False, grid=False, labelOverlap="greedy")
    ends = [_moment(date(first, 1, 1)), _moment(date(last + 1, 1, 1))]
    return alt.X(f"{field}:T", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False))


def _moment(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def _tile(page: Page, block: Block, by: Grouping) -> dict[str, object]:
    t, rows = page.language, page.atlas.places.rows
    names = place_names(t, [t.name(rows[code]) for code in block.units])
    count = len(block.units)
    return {
        "group": group_name(page.atlas, block.group, by, t),
        "low": block.low,
        "high": block.high,
        "start": pd.Timestamp(block.start),
        "end": pd.Timestamp(block.end),
        "state": block.state,
        "when": block.first if block.first == block.last else f"{block.first}–{block.last}",
        "units": names if count == 1 else f"{count}{t.colon}{names}",
    }


def _label(page: Page, group: Group, by: Grouping) -> list[str]:
    t, name = page.language, group_name(page.atlas, group.name, by, page.language)
    return label_lines(name) if by == "unit" else [t.counted(name, group.high - group.low)]


def label_lines(name: str) -> list[str]:
    """Write a name in two lines where one would take their room from the tiles."""
    if sum(1 + (letter > _LATIN) for letter in name) <= _IN_A_LINE:
        return [name]
    middle = len(name) // 2
    breaks = [place for place, letter in enumerate(name) if letter == " "] or [middle]
    cut = min(breaks, key=lambda place: abs(place - middle))
    return [name[:cut], name[cut:].strip()]


def _group_axis(groups: list[Group], labels: list[list[str]], least: float) -> alt.Axis:
    """Write the name of each group in its middle, pushed apart where they would touch."""
    middles = push_apart([(group.low + group.high) / 2 for group in groups], least)
    places = [round(middle, 3) for middle in middles]
    written = json.dumps(labels, ensure_ascii=False)
    return alt.Axis(
        values=places,
        labelExpr=f"{written}[indexof({places}, datum.value)]",
        labelOverlap=False,
        # the first would be moved down onto the second
        labelFlush=False,
        labelLimit=240,
        ticks=False,
        grid=False,
        domain=False,
    )
