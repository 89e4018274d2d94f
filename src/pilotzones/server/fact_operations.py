"""The operations of the API that answer for measures, facts and versions of the data."""

from pilotzones.query.fact_questions import (
    FACT_PARAMETERS,
    LANGUAGE_PARAMETERS,
    MEASURE_PARAMETERS,
    REVISION_PARAMETERS,
    FactsQuestion,
    MeasuresQuestion,
    VersionQuestion,
    answer_facts,
    answer_measures,
    parse_facts,
    parse_language,
    parse_measures,
    parse_revisions,
)
from pilotzones.server.operations import Operation, Question, asked_of, named, writing
from pilotzones.tables import variables
from pilotzones.tables.dataset import (
    DATASET_FORMATS,
    Dataset,
    evaluations_dataset,
    facts_dataset,
    measures_dataset,
    revisions_dataset,
    versions_dataset,
)


def _measures(question: Question) -> Dataset:
    atlas, t, asked = question.answer.atlas, question.answer.language, asked_of(question)
    rows = answer_measures(atlas, asked)
    return measures_dataset(atlas, rows, t, on=asked.on, asked=asked.asked)


def _measures_name(asked: MeasuresQuestion) -> str:
    return "-".join(["measures", *asked.asked.values(), asked.on.isoformat()])


def _facts(question: Question) -> Dataset:
    atlas, t, asked = question.answer.atlas, question.answer.language, asked_of(question)
    rows = answer_facts(atlas, asked)
    return facts_dataset(atlas, rows, t, asked=asked.asked, on=asked.on)


def _facts_name(asked: FactsQuestion) -> str:
    return f"facts-{f'active-{asked.active}' if asked.on is None else asked.on}"


def _evaluations(question: Question) -> Dataset:
    return evaluations_dataset(question.answer.atlas, question.answer.language)


def _versions(question: Question) -> Dataset:
    return versions_dataset(question.answer.atlas, question.answer.language)


def _revisions(question: Question) -> Dataset:
    version = asked_of(question).version
    return revisions_dataset(question.answer.atlas, question.answer.language, version)


def _revisions_name(asked: VersionQuestion) -> str:
    return "-".join(filter(None, ["revisions", asked.version]))


FACT_OPERATIONS = (
    Operation(
        "/measures",
        "the measures that hold for exporters and importers on the day, in a zone or a place",
        writing(_measures),
        tuple(DATASET_FORMATS),
        file_name=named(_measures_name),
        takes_view=False,
        reads=parse_measures,
        own=MEASURE_PARAMETERS,
        rows=("measures", variables.MEASURES),
        example=(("on", "2018-10-01"), ("zone", "xiamen"), ("role", "exporter")),
    ),
    Operation(
        "/facts",
        "numbers for a sentence on the day, or from when to when a number of zones was active",
        writing(_facts),
        tuple(DATASET_FORMATS),
        file_name=named(_facts_name),
        takes_view=False,
        reads=parse_facts,
        own=FACT_PARAMETERS,
        rows=("facts", variables.FACTS),
        example=(("active", "165"),),
    ),
    Operation(
        "/evaluations",
        "the evaluations of the zones by the Ministry of Commerce, as far as they were published",
        writing(_evaluations),
        tuple(DATASET_FORMATS),
        file_name=named(lambda _: "evaluations"),
        takes_view=False,
        reads=parse_language,
        own=LANGUAGE_PARAMETERS,
        rows=("evaluations", variables.EVALUATIONS),
    ),
    Operation(
        "/versions",
        "the versions of the data: day, fingerprint, number of zones, what each changed",
        writing(_versions),
        ("json", "csv"),
        file_name=named(lambda _: "versions"),
        takes_view=False,
        versioned=False,
        reads=parse_language,
        own=LANGUAGE_PARAMETERS,
        rows=("versions", variables.VERSIONS),
    ),
    Operation(
        "/revisions",
        "every cell that a version changed in the one before, with the reason",
        writing(_revisions),
        ("json", "csv"),
        file_name=named(_revisions_name),
        takes_view=False,
        versioned=False,
        reads=parse_revisions,
        own=REVISION_PARAMETERS,
        rows=("revisions", variables.REVISIONS),
    ),
)
