"""Tables for show: columns wide enough, numbers one below the other, long words that wrap."""

from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import streamlit as st
from pandas.api.types import is_float_dtype, is_integer_dtype
from streamlit.elements.lib.column_types import ColumnConfig

from pilotzones.browser.html import render
from pilotzones.i18n import Language

MAX_WIDTH = 500
_PADDING = 18
_EM = 14


def table(frame: pd.DataFrame, alt: str, **options: Any) -> None:  # noqa: ANN401 - of the table
    """Draw a table that leads nowhere.

    Parameters
    ----------
    frame
        The table for show.
    alt
        What it is, for those who do not see it.
    **options
        As ``st.dataframe`` takes them.
    """
    config = columns(frame) | options.pop("column_config", {})
    st.dataframe(frame, hide_index=True, placeholder="", column_config=config, alt=alt, **options)


def reading_table(frame: pd.DataFrame, alt: str, language: Language) -> None:
    """Draw a table that is read rather than sorted: the sentences in it wrap, links open.

    Parameters
    ----------
    frame
        The table for show; a link is a cell with ``url`` and ``host``.
    alt
        What it is, for those who do not see it.
    language
        The language.
    """
    rows = frame.astype(object).to_numpy().tolist()
    st.html(render("table.html", language, heads=list(frame.columns), rows=rows, alt=alt))


def columns(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Say how wide each column of words is and how the numbers are written.

    The grid itself looks at the first rows alone and does not count those that are much longer
    than the others, so that it cuts them.

    Parameters
    ----------
    frame
        The table for show.

    Returns
    -------
    dict
        For ``column_config``.
    """
    return {name: _column(name, frame[name]) for name in frame.columns}


def _column(name: str, values: pd.Series) -> ColumnConfig:
    if is_float_dtype(values):
        return st.column_config.NumberColumn(format="%,.1f")
    if is_integer_dtype(values):
        return st.column_config.NumberColumn(format="%,d")
    longest = max([_width(name), *(_width(str(value)) for value in values.dropna())])
    return st.column_config.Column(width=min(MAX_WIDTH, longest))


def _width(words: str) -> int:
    return _PADDING + round(_EM * sum(_ems(letter) for letter in words))


def _ems(letter: str) -> float:
    # about those of Source Sans
    if east_asian_width(letter) in "WF":
        return 1
    if letter in "fijlrtI.,:;()'- ":
        return 0.3
    if letter in "mwMW":
        return 0.8
    return 0.6 if letter.isupper() else 0.5
