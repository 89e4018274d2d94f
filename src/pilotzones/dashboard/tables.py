"""Tables on pages, and links to files."""

from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import streamlit as st
from pandas.api.types import is_float_dtype, is_integer_dtype, is_numeric_dtype
from streamlit.elements.lib.column_types import ColumnConfig

from pilotzones.browser.html import render
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.page import Page
from pilotzones.i18n import Language

# in pixels: the widest column, the padding of a cell, one em
MAX_WIDTH = 500
# wider ones are sentences, and wrap
_SENTENCE = 186
_PADDING = 18
_EM = 14


def table(frame: pd.DataFrame, title: str, **options: Any) -> None:  # noqa: ANN401 - of st.dataframe
    """Draw a table that only shows; the title is read out in place of the canvas."""
    config = _columns(frame) | options.pop("column_config", {})
    st.dataframe(frame, hide_index=True, placeholder="", column_config=config, alt=title, **options)


def reading_table(
    frame: pd.DataFrame,
    title: str,
    language: Language,
    total: Sequence[object] = (),
    *,
    figures: Sequence[str] = (),
) -> None:
    """Draw a table that is whole, with sentences that wrap and perhaps a total at its foot.

    A cell with ``url`` and ``host`` is a link to a source; one with ``href`` and ``name`` leads to
    a zone or a page, and ``chosen`` marks it: on a phone each row is a card then, as it is where a
    cell is a sentence. The columns `figures` hold numbers as texts.
    """
    rows = frame.astype(object).to_numpy().tolist()
    heads = list(frame.columns)
    numbers = [is_numeric_dtype(frame[name]) or name in figures for name in heads]
    words = {"heads": heads, "numbers": numbers, "rows": rows, "total": total, "alt": title}
    cards = not total and any(_fills_a_line(cell) for row in rows for cell in row)
    st.html(render("table.html", language, cards=cards, is_long=_is_long, **words))


def _fills_a_line(cell: object) -> bool:
    if isinstance(cell, dict):
        return "href" in cell
    return _is_long(cell)


def _is_long(cell: object) -> bool:
    return isinstance(cell, str) and _width(cell) > _SENTENCE


def kilometres(values: pd.Series) -> list[str]:
    """Write lengths with one decimal, as nothing where one is missing."""
    return ["" if pd.isna(value) else f"{value:,.1f}" for value in values]


def downloads(page: Page, path: str, formats: Sequence[str] = ("csv", "xlsx")) -> None:
    """Draw a link to a table of the API, such as ``zones`` or ``zones/hainan``, in each format."""
    t = page.language
    with st.container(horizontal=True):
        for name in formats:
            st.link_button(
                t._("Download as %(format)s") % {"format": name.upper()},
                f"{base_url()}api/v1/{path}?format={name}&{page.view.query()}",
                icon=":material/download:",
            )


def _columns(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    # the grid itself looks at the first rows only, and cuts those that are much longer
    return {name: _column(name, frame[name]) for name in frame.columns}


def _column(name: str, values: pd.Series) -> ColumnConfig:
    if is_float_dtype(values):
        return st.column_config.NumberColumn(format="%,.1f")
    if is_integer_dtype(values):
        return st.column_config.NumberColumn(format="%,d")
    longest = max([_width(name), *(_width(str(value)) for value in values.dropna())])
    return st.column_config.Column(width=min(MAX_WIDTH, longest))


def _width(text: str) -> int:
    return _PADDING + round(_EM * sum(map(_ems, text)))


def _ems(letter: str) -> float:
    # about the widths of Source Sans
    if east_asian_width(letter) in "WF":
        return 1
    if letter in "fijlrtI.,:;()'- ":
        return 0.3
    if letter in "mwMW":
        return 0.8
    return 0.6 if letter.isupper() else 0.5
