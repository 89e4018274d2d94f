"""What the commands on places do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pandas as pd

from pilotzones.cli.answers import Chosen, dataset_file, read_question, stop_at
from pilotzones.errors import InvalidValueError
from pilotzones.i18n import Language
from pilotzones.parameters import TEXT
from pilotzones.query.lookup import lookup
from pilotzones.query.panel import treatment_panel
from pilotzones.query.place_questions import (
    make_weights,
    match_question,
    parse_lookup,
    parse_match,
    parse_panel,
    parse_panel_of_a_table,
    parse_weights,
    parse_weights_of_a_table,
    with_units_of,
)
from pilotzones.tables.dataset import (
    lookup_dataset,
    match_dataset,
    panel_dataset,
    write_dataset,
)
from pilotzones.tables.upload import read_table
from pilotzones.tables.weights_files import write_weights
from pilotzones.text import align

# the columns that a terminal has room for
SHOWN = "query status adcode name_zh name_en since batch document_no share_area candidates reason"
# rows between two steps of the progress
_STEP = 1000


def lookup_file(data: Path | None, chosen: Chosen, file_format: str) -> str | bytes:
    """Write the answers for places; as text if the format is ``"table"``, which is for people."""
    atlas, question = read_question(data, chosen, parse_lookup)
    rows = lookup(atlas, question.places, question.on, division_level=question.division_level)
    dataset = lookup_dataset(atlas, rows, Language(question.lang), on=question.on)
    if file_format != TEXT:
        return dataset_file(dataset, file_format)
    names = SHOWN.split()
    shown = dataset.rows[names].astype("object")
    cells = shown.where(shown.notna(), "")
    return align(names, [[str(cell) for cell in row] for row in cells.to_numpy().tolist()])


def matched_file(
    data: Path | None, file: Path, chosen: Chosen, file_format: str
) -> tuple[bytes, str]:
    """Match a file; the second is a line on how many rows were matched."""
    atlas, question = read_question(data, chosen, parse_match)
    table = read_table(file.read_bytes())
    with _usage_errors():
        rows = pd.concat([match_question(atlas, question, part) for part in _in_steps(table)])
    dataset = match_dataset(
        atlas, rows, Language(question.lang), own=len(table.columns), on=question.on
    )
    # a column of the reader may have the same name
    status, adcode = (rows.iloc[:, len(table.columns) + place] for place in (0, 1))
    return write_dataset(dataset, file_format), _summary(status, adcode)


def panel_file(
    data: Path | None, places: Path | None, chosen: Chosen, file_format: str
) -> tuple[bytes, list[str]]:
    """Write a treatment panel; the second is what to look out for."""
    parse = parse_panel_of_a_table if places else parse_panel
    atlas, question = read_question(data, chosen, parse)
    with _usage_errors():
        if places:
            question = with_units_of(atlas, question, read_table(places.read_bytes()))
        panel = treatment_panel(atlas, question.options)
    dataset = panel_dataset(atlas, panel, Language(question.lang))
    return write_dataset(dataset, file_format), [*dataset.warnings]


def weights_file(
    data: Path | None, places: Path | None, chosen: Chosen, file_format: str
) -> tuple[bytes, list[str]]:
    """Write spatial weights; the second is what to look out for."""
    parse = parse_weights_of_a_table if places else parse_weights
    atlas, question = read_question(data, chosen, parse)
    with _usage_errors():
        if places:
            question = with_units_of(atlas, question, read_table(places.read_bytes()))
        made = make_weights(atlas, question)
    t, names = Language(question.lang), atlas.places.rows
    return write_weights(made, file_format), [caveat.text(t, names) for caveat in made.caveats]


def _in_steps(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield a table in parts, with a bar on a terminal."""
    parts = [table.iloc[start : start + _STEP] for start in range(0, len(table), _STEP)]
    if not sys.stderr.isatty():
        yield from parts
        return
    with click.progressbar(parts, label="Matching", file=sys.stderr) as steps:
        yield from steps


def _summary(status: pd.Series, adcode: pd.Series) -> str:
    without = adcode.ne("").map({True: "without a day", False: "not matched"})
    counts = status.where(status.ne(""), without).value_counts()
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    return f"{len(status):,} {'row' if len(status) == 1 else 'rows'}: {kinds}"


@contextmanager
def _usage_errors() -> Iterator[None]:
    """Report values that cannot be used as faulty options."""
    try:
        yield
    except InvalidValueError as error:
        stop_at(error.problems)
