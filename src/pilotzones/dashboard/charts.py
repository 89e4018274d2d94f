"""Charts, each with its day, its source and a table of its data."""

from datetime import timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pilotzones.dashboard import tables
from pilotzones.dashboard.page import Page
from pilotzones.palette import CHART_COLOURS
from pilotzones.query.spacing import end_places

MONTH = timedelta(days=30)
HEIGHT = 300
# a line of text beside the chart, as a share of its height
_LINE = 0.07


def curve(page: Page, counts: pd.DataFrame, names: dict[str, str], *, stacked: bool) -> None:
    """Draw active zones over time, from `active_over_time`, as stacked areas or as lines.

    Each group has its name and its last number at the end of its line, each document a thin rule.
    """
    t = page.language
    day, group, zones = t._("Day"), t._("Group"), t._("Active zones")
    table = counts.rename(columns=names).rename_axis(day)
    if not counts.to_numpy().any():
        st.info(t._("No zone that matches these filters has been active up to this day."))
        return
    # the last step is drawn on a little, or it would have no width
    last, first = table.index[-1], table.index[0]
    end = last + max(MONTH, (last - first) / 50)
    # a group without zones would be a line on the axis, below or above others of its kind
    shown = table.loc[:, table.any()]
    drawn = pd.concat([shown, shown.tail(1).set_axis([end])])
    long = drawn.rename_axis(day).reset_index().melt(day, var_name=group, value_name=zones)
    long[day] = pd.to_datetime(long[day])
    order = list(shown.columns)
    long["rank"] = long[group].map(order.index)
    colours = [CHART_COLOURS[table.columns.get_loc(name)] for name in order]
    x = alt.X(f"{day}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    most = int(shown.sum(axis=1).max() if stacked else shown.max().max())
    scale = alt.Scale(domain=[0, most], nice=True)
    axis = alt.Axis(format="d", tickMinStep=1)
    marks = alt.Chart(long)
    shape = (
        marks.mark_area(interpolate="step-after", opacity=0.85)
        if stacked
        else marks.mark_line(interpolate="step-after", strokeWidth=2.5)
    ).encode(
        x=x,
        y=alt.Y(
            f"{zones}:Q", title=zones, stack="zero" if stacked else None, axis=axis, scale=scale
        ),
        color=alt.Color(
            f"{group}:N", scale=alt.Scale(domain=order, range=colours), sort=order, legend=None
        ),
        # the first is the lowest of a stack, as its name is
        **({"order": alt.Order("rank:Q")} if stacked else {}),
        tooltip=[alt.Tooltip(f"{day}:T", format="%Y-%m-%d"), f"{group}:N", f"{zones}:Q"],
    )
    ink = page.theme.ink
    ends = pd.DataFrame(
        {
            day: pd.to_datetime(end),
            "at": end_places([*shown.iloc[-1]], _LINE * most, stacked=stacked),
            "text": [f"{name} {number}" for name, number in shown.iloc[-1].items()],
        }
    )
    labels = (
        alt.Chart(ends)
        .mark_text(align="left", baseline="middle", dx=6, fontSize=13, color=ink)
        .encode(x=x, y=alt.Y("at:Q", scale=scale), text="text:N")
    )
    documents = pd.DataFrame({day: pd.to_datetime([*table.index])})
    rules = (
        alt.Chart(documents)
        .mark_rule(strokeWidth=0.7, opacity=0.3, color=ink)
        .encode(x=x, tooltip=[alt.Tooltip(f"{day}:T", format="%Y-%m-%d")])
    )
    chart = alt.layer(rules, shape, labels).properties(height=HEIGHT)
    st.altair_chart(chart, width="stretch")
    st.caption(
        t._("%(day)s. Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"day": t.day(counts.index[-1]), "version": page.atlas.data_version}
    )
    with st.expander(t._("Chart data")):
        tables.table(table.reset_index(), t._("Chart data"))
