"""Tables whose rows lead on."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.dashboard.session import choose, move


def rows_that_lead(
    frame: pd.DataFrame,
    ids: Sequence[str],
    key: str,
    lead: Callable[[str], None],
    **options: Any,  # noqa: ANN401 - options of the table
) -> None:
    """Draw a table; choosing a row leads where its identifier says.

    Parameters
    ----------
    frame
        The table for show.
    ids
        An identifier a row.
    key
        Key of the table.
    lead
        Takes the identifier of the chosen row.
    **options
        As ``st.dataframe`` takes them.
    """

    def chosen() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            lead(ids[rows[0]])

    st.dataframe(
        frame,
        key=key,
        on_select=chosen,
        selection_mode="single-row",
        hide_index=True,
        placeholder="",
        **options,
    )


def open_zone(zone_id: str) -> None:
    """Show a zone beside the map, and on it."""
    choose(zone=zone_id)
    move(to_zone=True)
