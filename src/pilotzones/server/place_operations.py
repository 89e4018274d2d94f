"""The operations of the API that answer for places: one place, lists, panels."""

from dataclasses import replace

import pandas as pd

from pilotzones.credits import not_tax_advice
from pilotzones.parameters import CITATION_FORMATS
from pilotzones.query.citations import cite_place, written
from pilotzones.query.lookup import lookup
from pilotzones.query.panel import treatment_panel
from pilotzones.query.place_questions import (
    CELLWISE,
    LOOKUP_PARAMETERS,
    MATCH_PARAMETERS,
    MAX_CELLWISE_ROWS,
    MAX_PANEL_ROWS,
    PANEL_PARAMETERS,
    PLACE_PARAMETERS,
    WEIGHTS_PARAMETERS,
    PanelQuestion,
    WeightsQuestion,
    make_weights,
    match_question,
    parse_lookup,
    parse_match,
    parse_panel,
    parse_panel_of_a_table,
    parse_place_day,
    parse_weights,
    parse_weights_of_a_table,
    with_units_of,
)
from pilotzones.server.operations import Operation, Question, asked_of, named, writing
from pilotzones.tables import variables
from pilotzones.tables.dataset import (
    DATASET_FORMATS,
    Dataset,
    lookup_dataset,
    match_dataset,
    panel_dataset,
)
from pilotzones.tables.metadata import dump, provenance
from pilotzones.tables.place import place_record
from pilotzones.tables.weights_files import WEIGHTS_FORMATS, write_weights


def _place(question: Question) -> bytes:
    answer, asked = question.answer, asked_of(question)
    if question.seen:
        cited = cite_place(answer.atlas, question.subject, asked.on, question.seen, answer.language)
        return written(cited, question.file_format).encode()
    record = place_record(answer.atlas, question.subject, asked.on)
    facts = provenance(answer.atlas.data_version, answer.language)
    warnings = {"warnings": [not_tax_advice(answer.language)]}
    return dump({"as_of": asked.on.isoformat(), **facts, "place": record, **warnings})


def _lookup(question: Question) -> Dataset:
    answer, asked = question.answer, asked_of(question)
    rows = lookup(answer.atlas, asked.places, asked.on, division_level=asked.division_level)
    return lookup_dataset(answer.atlas, rows, answer.language, on=asked.on)


def _match(question: Question) -> Dataset:
    answer, asked, table = question.answer, asked_of(question), _table(question)
    rows = match_question(answer.atlas, asked, table)
    own = len(table.columns)
    return match_dataset(answer.atlas, rows, answer.language, own=own, on=asked.on)


def _panel(question: Question) -> Dataset:
    answer, asked = question.answer, asked_of(question)
    most = MAX_CELLWISE_ROWS if question.file_format in CELLWISE else MAX_PANEL_ROWS
    panel = treatment_panel(answer.atlas, asked.options, most=most)
    return panel_dataset(answer.atlas, panel, answer.language)


def _panel_of_a_table(question: Question) -> Dataset:
    asked = with_units_of(question.answer.atlas, asked_of(question), _table(question))
    return _panel(replace(question, places=asked))


def _table(question: Question) -> pd.DataFrame:
    assert question.table is not None  # noqa: S101 - the path takes a table
    return question.table


def _weights(question: Question) -> bytes:
    made = make_weights(question.answer.atlas, asked_of(question))
    return write_weights(made, question.file_format)


def _weights_of_a_table(question: Question) -> bytes:
    asked = with_units_of(question.answer.atlas, asked_of(question), _table(question))
    return _weights(replace(question, places=asked))


def _weights_name(asked: WeightsQuestion) -> str:
    unit = "own" if asked.adcodes or asked.column else asked.unit
    return f"weights-{unit}-{asked.kind}"


def _panel_name(asked: PanelQuestion) -> str:
    options = asked.options
    unit = "own" if options.adcodes or asked.column else options.unit
    return f"panel-{unit}-{options.freq}-{options.first}-{options.last}"


PLACE_OPERATIONS = (
    Operation(
        "/places/{adcode}",
        "the record of one place: its status on the day, its zones, its history",
        _place,
        ("json", *CITATION_FORMATS),
        takes_view=False,
        reads=parse_place_day,
        own=PLACE_PARAMETERS,
    ),
    Operation(
        "/lookup",
        "whether places, by code, name or point, are in a zone on the day",
        writing(_lookup),
        tuple(DATASET_FORMATS),
        file_name=named(lambda asked: f"lookup-{asked.on}"),
        takes_view=False,
        reads=parse_lookup,
        own=LOOKUP_PARAMETERS,
        rows=("lookup", variables.LOOKUP),
        example=(("place", "佛山"), ("place", "吉林"), ("on", "2019-06-01")),
    ),
    Operation(
        "/match",
        "your table with the answer for the place and the day of each row",
        writing(_match),
        tuple(DATASET_FORMATS),
        file_name=named(lambda _: "match"),
        takes_view=False,
        reads=parse_match,
        own=MATCH_PARAMETERS,
        method="POST",
    ),
    Operation(
        "/panel",
        "a treatment panel: units by period",
        writing(_panel),
        tuple(DATASET_FORMATS),
        file_name=named(_panel_name),
        takes_view=False,
        reads=parse_panel,
        own=PANEL_PARAMETERS,
        slow=True,
        rows=("panel", variables.PANEL),
        example=(("place", "440600"), ("from", "2019"), ("to", "2019")),
    ),
    Operation(
        "/panel",
        "a treatment panel of the places in your table",
        writing(_panel_of_a_table),
        tuple(DATASET_FORMATS),
        file_name=named(_panel_name),
        takes_view=False,
        reads=parse_panel_of_a_table,
        own=PANEL_PARAMETERS,
        method="POST",
    ),
    Operation(
        "/weights",
        "spatial weights of the units of a panel, in its order",
        _weights,
        tuple(WEIGHTS_FORMATS),
        file_name=named(_weights_name),
        takes_view=False,
        reads=parse_weights,
        own=WEIGHTS_PARAMETERS,
        slow=True,
    ),
    Operation(
        "/weights",
        "spatial weights of the places in your table",
        _weights_of_a_table,
        tuple(WEIGHTS_FORMATS),
        file_name=named(_weights_name),
        takes_view=False,
        reads=parse_weights_of_a_table,
        own=WEIGHTS_PARAMETERS,
        method="POST",
    ),
)
