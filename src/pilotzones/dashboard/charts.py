"""Charts with a table behind them; they say their day and their source."""

from datetime import timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.dashboard import grid
from pilotzones.i18n import Language

MONTH = timedelta(days=30)
# Okabe and Ito: told apart by colour-blind readers and, in this order, by lightness in print
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7"]
DASHES = [[1, 0], [4, 2], [2, 1], [1, 1]]


def curve(
    atlas: Atlas, counts: pd.DataFrame, names: dict[str, str], language: Language, *, stacked: bool
) -> None:
    """Draw active zones over time, one step line or area for each group.

    Parameters
    ----------
    atlas
        The facts.
    counts
        From `history.active_over_time`.
    names
        Names of the groups, by column.
    language
        The language.
    stacked
        Whether the groups add up and are stacked.
    """
    day, group, zones = language._("Day"), language._("Group"), language._("Active zones")
    table = counts.rename(columns=names).rename_axis(day)
    if not counts.to_numpy().any():
        st.info(language._("No zone that passes these filters has been active up to this day."))
        return
    # the last step is drawn on a little, or it would have no width
    last, first = table.index[-1], table.index[0]
    drawn = pd.concat([table, table.tail(1).set_axis([last + max(MONTH, (last - first) / 50)])])
    # a group that has nothing would be a line on the axis, below or above others of its kind
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
        language._("%(day)s. Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"day": language.day(counts.index[-1]), "version": atlas.data_version}
    )
    with st.expander(language._("The numbers of this chart")):
        grid.table(table.reset_index(), language._("The numbers of this chart"))
