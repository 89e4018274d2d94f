"""Charts, each with its day, its source and a table of its data."""

from datetime import timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pilotzones.dashboard import tables
from pilotzones.dashboard.page import Page

MONTH = timedelta(days=30)
# Okabe and Ito: distinct for colour-blind readers and, in this order, by lightness in print
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7"]
DASHES = [[1, 0], [4, 2], [2, 1], [1, 1]]


def curve(page: Page, counts: pd.DataFrame, names: dict[str, str], *, stacked: bool) -> None:
    """Draw active zones over time, from `active_over_time`, as stacked areas or as lines."""
    t = page.language
    day, group, zones = t._("Day"), t._("Group"), t._("Active zones")
    table = counts.rename(columns=names).rename_axis(day)
    if not counts.to_numpy().any():
        st.info(t._("No zone that matches these filters has been active up to this day."))
        return
    # the last step is drawn on a little, or it would have no width
    last, first = table.index[-1], table.index[0]
    drawn = pd.concat([table, table.tail(1).set_axis([last + max(MONTH, (last - first) / 50)])])
    # a group without zones would be a line on the axis, below or above others of its kind
    drawn = drawn.loc[:, drawn.any()]
    long = drawn.rename_axis(day).reset_index().melt(day, var_name=group, value_name=zones)
    long[day] = pd.to_datetime(long[day])
    order = list(drawn.columns)
    places = [table.columns.get_loc(name) for name in order]
    scale = alt.Scale(domain=order, range=[COLOURS[place] for place in places])
    dashed = alt.Scale(domain=order, range=[DASHES[place] for place in places])
    marks = alt.Chart(long, height=300)
    shape = (
        marks.mark_area(interpolate="step-after", opacity=0.85)
        if stacked
        else marks.mark_line(interpolate="step-after", strokeWidth=2.5)
    )
    dash = alt.StrokeDash(f"{group}:N", scale=dashed, sort=order, title=None)
    encoded = shape.encode(
        **({} if stacked else {"strokeDash": dash}),
        x=alt.X(f"{day}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
        y=alt.Y(
            f"{zones}:Q",
            title=zones,
            stack="zero" if stacked else None,
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        color=alt.Color(f"{group}:N", scale=scale, sort=order, title=None),
        tooltip=[alt.Tooltip(f"{day}:T", format="%Y-%m-%d"), f"{group}:N", f"{zones}:Q"],
    ).configure_legend(orient="top", labelLimit=0, columns=alt.ExprRef("width < 480 ? 1 : 0"))
    st.altair_chart(encoded, width="stretch")
    st.caption(
        t._("%(day)s. Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"day": t.day(counts.index[-1]), "version": page.atlas.data_version}
    )
    with st.expander(t._("Chart data")):
        tables.table(table.reset_index(), t._("Chart data"))
