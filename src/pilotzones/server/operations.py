"""The operations of the API that answer with data; `api` adds those about the API itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pilotzones.query.answer import Answer
from pilotzones.query.view import PARAMETERS
from pilotzones.tables.archive import data_package
from pilotzones.tables.files import FORMATS, PLACED, file_name, formats_of, write_file
from pilotzones.tables.metadata import dump, metadata
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import TABLES, Table, one_zone, zone_row

PREFIX = "/api/v1"

_SUMMARIES = {
    "zones": "the zones of a view",
    "changes": "the zones whose status changed after one day, up to and including another",
    "documents": "the documents published up to the day, with what each did",
    "provinces": "what zones each provincial division has, and how much of it they cover",
    "borders": "the zones on the land borders and near them, with the length and the distance",
    "ports": "the border ports inside these zones, with how well each is verified",
    "events": "the approvals and revocations up to the day",
    "divisions": "every administrative division, with how the zones cover it on the day",
    "overlaps": "the pairs of zones that share ground",
    "timeline": "the number of zones after each document, by province, region and border region",
}


@dataclass(frozen=True)
class Question:
    """A request that was understood; `zone_id` is empty where the path names no zone."""

    answer: Answer
    file_format: str
    level: str
    zone_id: str = ""


@dataclass(frozen=True)
class Operation:
    """One path of the API.

    Parameters
    ----------
    path
        Path below `PREFIX`, with ``{zone_id}`` in place of a zone.
    summary
        What it gives.
    body
        Writes the answer.
    formats
        Names of the formats, the first by default; one alone cannot be chosen.
    media_type
        Media type where the format is none of `files.FORMATS`.
    file_name
        Name under which a browser saves the answer; without it the answer is shown.
    takes_view
        Whether the parameters of the View count.
    table
        The table whose columns the rows have.
    """

    path: str
    summary: str
    body: Callable[[Question], bytes]
    formats: tuple[str, ...] = ("json",)
    media_type: str = ""
    file_name: Callable[[Question], str] | None = None
    takes_view: bool = True
    table: Table | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its parameters in the query."""
        without = self.table.without if self.table else ()
        view = [name for name in PARAMETERS if self.takes_view and name not in without]
        file_format = ("format",) if len(self.formats) > 1 else ()
        level = ("level",) if set(self.formats) & set(PLACED) else ()
        return (*view, *file_format, *level)

    def media_type_of(self, file_format: str) -> str:
        """Media type of one of its formats."""
        return self.media_type or FORMATS[file_format].media_type


def _table(table: Table, question: Question) -> bytes:
    return write_file(question.answer, table, question.file_format, level=question.level)


def _table_name(table: Table, question: Question) -> str:
    return file_name(table, question.answer.view, question.file_format)


def _zone(question: Question) -> bytes:
    # the record of a zone does not depend on the filters, so none is named
    answer = question.answer.ask(question.answer.view.without_filters())
    table = one_zone(question.zone_id)
    if question.file_format == "json":
        return dump({**metadata(answer, table), "zone": zone_record(answer, question.zone_id)})
    if question.file_format not in PLACED:
        return write_file(answer, table, question.file_format)
    from pilotzones.tables.geo import zone_feature  # noqa: PLC0415 - loaded when it is needed

    return zone_feature(answer, zone_row(answer, question.zone_id), question.level)


def _zone_name(question: Question) -> str:
    return _table_name(one_zone(question.zone_id), question)


def _table_operation(table: Table) -> Operation:
    return Operation(
        f"/{table.name}",
        _SUMMARIES[table.name],
        partial(_table, table),
        tuple(formats_of(table)),
        file_name=partial(_table_name, table),
        table=table,
    )


DATA_OPERATIONS = (
    *map(_table_operation, TABLES.values()),
    Operation(
        "/zones/{zone_id}",
        "the record of one zone",
        _zone,
        ("json", "csv", "geojson", "xlsx"),
        file_name=_zone_name,
    ),
    Operation(
        "/datapackage.zip",
        "all data: the register, a Frictionless data package, and the boundaries",
        lambda question: data_package(question.answer.atlas),
        ("zip",),
        media_type="application/zip",
        file_name=lambda question: f"pilot-zone-atlas-{question.answer.atlas.register.version}.zip",
        takes_view=False,
    ),
)
