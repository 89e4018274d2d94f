"""What the commands on measures, facts and citations do."""

from pathlib import Path

import click

from pilotzones.cli.answers import Chosen, dataset_file, read_question
from pilotzones.credits import not_tax_advice
from pilotzones.errors import UnknownZoneError
from pilotzones.i18n import Language
from pilotzones.parameters import TEXT
from pilotzones.query.citations import cite
from pilotzones.query.fact_questions import (
    answer_facts,
    answer_measures,
    parse_facts,
    parse_measures,
)
from pilotzones.query.place_questions import parse_place_day
from pilotzones.tables.dataset import facts_dataset, measures_dataset
from pilotzones.text import align

# the columns that a terminal has room for
SHOWN = "measure_id role applies_to standing in_force_on ended_on document_no"


def measures_file(data: Path | None, chosen: Chosen, file_format: str) -> str | bytes:
    """Write the measures that hold on a day; as text if the format is ``"table"``."""
    atlas, question = read_question(data, chosen, parse_measures)
    rows, t = answer_measures(atlas, question), Language(question.lang)
    if file_format != TEXT:
        dataset = measures_dataset(atlas, rows, t, on=question.on, asked=question.asked)
        return dataset_file(dataset, file_format)
    names = [*SHOWN.split(), f"doubts_{t.code}"]
    cells = rows.reset_index()[names].to_numpy().tolist()
    table = align(names, [["" if cell is None else str(cell) for cell in row] for row in cells])
    return f"{table}{not_tax_advice(t)}\n"


def facts_file(data: Path | None, chosen: Chosen, file_format: str) -> str | bytes:
    """Write facts about a day; as sentences if the format is ``"table"``."""
    atlas, question = read_question(data, chosen, parse_facts)
    rows, t = answer_facts(atlas, question), Language(question.lang)
    if file_format != TEXT:
        dataset = facts_dataset(atlas, rows, t, asked=question.asked, on=question.on)
        return dataset_file(dataset, file_format)
    sentences = [*rows[f"sentence_{t.code}"]]
    if not sentences:
        never = t._("The number of active pilot zones was never %(count)s.")
        sentences = [never % {"count": question.active}]
    return "".join(f"{sentence}\n" for sentence in sentences)


def references(data: Path | None, subject: str, chosen: Chosen, style: str, site: str) -> str:
    """Cite a document, a zone or a place; click.UsageError if nothing has the name."""
    atlas, question = read_question(data, chosen, parse_place_day)
    try:
        text = cite(
            atlas, subject, style=style, on=question.on, lang=question.lang, site=_slashed(site)
        )
    except UnknownZoneError as error:
        raise click.UsageError(str(error)) from error
    return text.rstrip("\n") + "\n"


def _slashed(site: str) -> str:
    return f"{site.rstrip('/')}/" if site else ""
