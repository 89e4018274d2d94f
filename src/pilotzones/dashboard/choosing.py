"""Tables whose rows lead on."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.dashboard.grid import columns
from pilotzones.dashboard.session import Visit, open_zone


def rows_that_lead(
    frame: pd.DataFrame,
    ids: Sequence[str],
    key: str,
    chosen: str | None,
    lead: Callable[[str | None], None],
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
    chosen
        Identifier of what is chosen, however it came to be: its row is marked.
    lead
        Takes the identifier of the row that was chosen, ``None`` when its mark was taken off.
    **options
        As ``st.dataframe`` takes them.
    """

    def changed() -> None:
        rows = _marked(key)
        lead(ids[rows[0]] if rows else None)

    wanted = [chosen] if chosen in ids else []
    if [ids[row] for row in _marked(key) if row < len(ids)] != wanted:
        rows = [ids.index(zone) for zone in wanted]
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.dataframe(
        frame,
        key=key,
        on_select=changed,
        selection_mode="single-row",
        hide_index=True,
        placeholder="",
        column_config=columns(frame) | options.pop("column_config", {}),
        **options,
    )


def zone_rows(
    frame: pd.DataFrame,
    ids: Sequence[str],
    key: str,
    visit: Visit,
    **options: Any,  # noqa: ANN401 - options of the table
) -> None:
    """Draw a table of zones; choosing a row opens its zone beside the map and on it."""
    rows_that_lead(frame, ids, key, visit.shown.zone, open_zone, **options)


def _marked(key: str) -> list[int]:
    return list(st.session_state[key].selection.rows) if key in st.session_state else []
