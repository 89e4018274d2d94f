"""The table that a reader brings: kept in the memory of the session, and nowhere else."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import BoundedSemaphore, Lock
from weakref import WeakSet

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.errors import TableTooLargeError, UnreadableTableError
from pilotzones.i18n import Language
from pilotzones.i18n.messages import table_message
from pilotzones.query.cells import Figures, read_figures
from pilotzones.query.own_table import Columns, choices_that_hold, guess_columns, place_rows
from pilotzones.query.own_years import rows_of_years
from pilotzones.tables.upload import MAX_BYTES, read_table

# of all sessions of this process together
MAX_HELD = 300_000_000
_KEY = "your-data"
# letters of base64 for so many bytes
_MOST_LETTERS = (MAX_BYTES + 2) // 3 * 4


@dataclass(eq=False)
class Brought:
    """A reader's table, with what was chosen and found.

    Parameters
    ----------
    table
        The table, of texts.
    columns
        Which of its columns count.
    number
        Distinguishes it from the tables before it.
    sample
        Whether it is the sample.
    chosen
        The code of the place that a text means, by the reader's choice.
    level
        The level of its names; empty for any.
    """

    table: pd.DataFrame
    columns: Columns
    number: int
    sample: bool = False
    chosen: dict[str, str] = field(default_factory=dict)
    level: str = ""
    _placed: tuple[object, pd.DataFrame] | None = None
    _figures: tuple[str, Figures] | None = None

    @cached_property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        return int(self.table.memory_usage(deep=True).sum())

    @property
    def figures(self) -> Figures:
        """How the column of figures is read."""
        column = self.columns.value
        if self._figures is None or self._figures[0] != column:
            self._figures = column, read_figures(self.table[column] if column else [])
        return self._figures[1]

    def turn_years_into_rows(self, year: str, value: str) -> None:
        """Take a row for each column that is named after a year."""
        self.table, day, value = rows_of_years(self.table, year, value)
        self.columns = replace(self.columns, day=day, value=value)
        self._figures = self._placed = None
        # it is counted anew
        self.__dict__.pop("size", None)

    def placed(self, atlas: Atlas, on: date, t: Language) -> pd.DataFrame:
        """Answer for every row, anew where something was chosen, with a bar while it takes time."""
        question = (atlas, on, self.columns, tuple(sorted(self.chosen.items())), self.level)
        if self._placed is None or self._placed[0] != question:
            bar = st.progress(0.0, t._("Matching the rows …"))
            found = place_rows(
                atlas,
                self.table,
                self.columns,
                on,
                chosen=self.chosen,
                level=self.level,
                progress=bar.progress,
            )
            bar.empty()
            self._placed = question, found
        return self._placed[1]


@dataclass
class Desk:
    """What the session has of the reader's tables.

    Parameters
    ----------
    heard
        Number of the last table that was sent.
    brought
        The table.
    refused
        Why the last one could not be taken.
    """

    heard: int = 0
    brought: Brought | None = None
    refused: TableTooLargeError | UnreadableTableError | None = None


_held: WeakSet[Brought] = WeakSet()
_keeping = Lock()
# while it is read, the largest table takes ten times the memory that it keeps: so few at a time
_reading = BoundedSemaphore(2)


def desk() -> Desk:
    """Return what the session has."""
    kept: Desk = st.session_state.setdefault(_KEY, Desk())
    return kept


def keep(content: bytes, atlas: Atlas, number: int, *, sample: bool = False) -> Brought:
    """Read a table and keep it; an error of a table says why it cannot be.

    TableTooLargeError, too, if the sessions of this process together hold `MAX_HELD` bytes.
    """
    with _reading:
        table = read_table(content, titled=True).astype("string[pyarrow]")
        brought = Brought(table, guess_columns(atlas, table), number, sample)
    with _keeping:
        if sum(one.size for one in [*_held]) + brought.size > MAX_HELD:
            message = "the tables of all sessions take all room that there is"
            raise TableTooLargeError(message, "sessions")
        _held.add(brought)
    return brought


def take(event: object, atlas: Atlas, sample: bytes) -> None:
    """Take what the browser sends: a table as base64, or the wish for the sample."""
    if not isinstance(event, Mapping) or not isinstance(event.get("number"), int):
        return
    place = desk()
    place.heard = max(event["number"], place.heard)
    content = sample if event.get("sample") is True else _decode(event.get("content"))
    if content is None:
        return
    # the room of the old table is that of the new one
    place.brought = None
    try:
        place.brought = keep(content, atlas, place.heard, sample=event.get("sample") is True)
        place.refused = None
    except (TableTooLargeError, UnreadableTableError) as error:
        place.refused = error


def take_place(event: object, atlas: Atlas, brought: Brought) -> None:
    """Take the place that the reader says a text means; without a code, take it back."""
    match event:
        case {"text": str(text), "code": ""}:
            brought.chosen.pop(text, None)
        case {"text": str(text), "code": str(code)}:
            brought.chosen |= choices_that_hold(atlas, {text: code}, brought.level)


def _decode(content: object) -> bytes | None:
    if not isinstance(content, str) or len(content) > _MOST_LETTERS:
        return None
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return None


def refusal(t: Language) -> str:
    """Say why the last table could not be taken; empty if it could."""
    error = desk().refused
    return table_message(t, error) if error else ""


def forget() -> None:
    """Drop the table."""
    place = desk()
    place.brought = place.refused = None
