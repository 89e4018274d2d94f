"""The operations of the API that answer for measures, facts and versions of the data."""

from typing import Any

from pilotzones.query.fact_questions import (
    FACT_PARAMETERS,
    LANGUAGE_PARAMETERS,
    MEASURE_PARAMETERS,
    REVISION_PARAMETERS,
    answer_facts,
    answer_measures,
    parse_facts,
    parse_language,
    parse_measures,
    parse_revisions,
)
from pilotzones.server.operations import Operation, Question
from pilotzones.tables import columns
from pilotzones.tables.dataset import (
    DATASET_FORMATS,
    evaluations_dataset,
    facts_dataset,
    measures_dataset,
    revisions_dataset,
    versions_dataset,
    write_dataset,
)


def _measures(question: Question) -> bytes:
    answer, asked = question.answer, _asked(question)
    rows = answer_measures(answer.atlas, asked)
    dataset = measures_dataset(answer.atlas, rows, answer.language, on=asked.on, asked=asked.asked)
    return write_dataset(dataset, question.file_format)


def _measures_name(question: Question) -> str:
    asked = _asked(question)
    stem = "-".join(["pilot-zone-measures", *asked.asked.values(), asked.on.isoformat()])
    return f"{stem}.{question.file_format}"


def _facts(question: Question) -> bytes:
    answer, asked = question.answer, _asked(question)
    rows = answer_facts(answer.atlas, asked)
    dataset = facts_dataset(answer.atlas, rows, answer.language, asked=asked.asked, on=asked.on)
    return write_dataset(dataset, question.file_format)


def _facts_name(question: Question) -> str:
    asked = _asked(question)
    about = f"active-{asked.active}" if asked.on is None else asked.on
    return f"pilot-zone-facts-{about}.{question.file_format}"


def _evaluations(question: Question) -> bytes:
    answer = question.answer
    return write_dataset(evaluations_dataset(answer.atlas, answer.language), question.file_format)


def _versions(question: Question) -> bytes:
    answer = question.answer
    return write_dataset(versions_dataset(answer.atlas, answer.language), question.file_format)


def _revisions(question: Question) -> bytes:
    answer, version = question.answer, _asked(question).version
    dataset = revisions_dataset(answer.atlas, answer.language, version)
    return write_dataset(dataset, question.file_format)


def _revisions_name(question: Question) -> str:
    stem = "-".join(filter(None, ["pilot-zone-revisions", _asked(question).version]))
    return f"{stem}.{question.file_format}"


def _asked(question: Question) -> Any:  # noqa: ANN401 - what the operation reads
    return question.places


FACT_OPERATIONS = (
    Operation(
        "/measures",
        "the measures that hold for exporters and importers on the day, in a zone or a place",
        _measures,
        tuple(DATASET_FORMATS),
        file_name=_measures_name,
        takes_view=False,
        reads=parse_measures,
        own=MEASURE_PARAMETERS,
        rows=("measures", columns.MEASURES),
        example=(("on", "2018-10-01"), ("zone", "xiamen"), ("role", "exporter")),
    ),
    Operation(
        "/facts",
        "numbers for a sentence on the day, or from when to when a number of zones was active",
        _facts,
        tuple(DATASET_FORMATS),
        file_name=_facts_name,
        takes_view=False,
        reads=parse_facts,
        own=FACT_PARAMETERS,
        rows=("facts", columns.FACTS),
        example=(("active", "165"),),
    ),
    Operation(
        "/evaluations",
        "the evaluations of the zones by the Ministry of Commerce, as far as they were published",
        _evaluations,
        tuple(DATASET_FORMATS),
        file_name=lambda question: f"pilot-zone-evaluations.{question.file_format}",
        takes_view=False,
        reads=parse_language,
        own=LANGUAGE_PARAMETERS,
        rows=("evaluations", columns.EVALUATIONS),
    ),
    Operation(
        "/versions",
        "the versions of the data: day, fingerprint, number of zones, what each changed",
        _versions,
        ("json", "csv"),
        file_name=lambda question: f"pilot-zone-versions.{question.file_format}",
        takes_view=False,
        versioned=False,
        reads=parse_language,
        own=LANGUAGE_PARAMETERS,
        rows=("versions", columns.VERSIONS),
    ),
    Operation(
        "/revisions",
        "every cell that a version changed in the one before, with the reason",
        _revisions,
        ("json", "csv"),
        file_name=_revisions_name,
        takes_view=False,
        versioned=False,
        reads=parse_revisions,
        own=REVISION_PARAMETERS,
        rows=("revisions", columns.REVISIONS),
    ),
)
