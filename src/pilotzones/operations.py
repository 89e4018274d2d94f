"""What the API answers: one list, which drives its routes and its description."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import pilotzones
from pilotzones.atlas import Atlas
from pilotzones.content import about, dump
from pilotzones.files import FORMATS, PLACED, file_name, formats_of, write_file
from pilotzones.openapi import describe
from pilotzones.package import data_package
from pilotzones.records import zone_record
from pilotzones.tables import TABLES, Table, one_zone, zone_row
from pilotzones.view import PARAMETERS, View

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Question:
    """What a request asks for, understood.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days, the filters, the language.
    form
        Name of the format.
    level
        How finely polygons are drawn.
    zone_id
        The zone of the path, empty where the path has none.
    """

    atlas: Atlas
    view: View
    form: str
    level: str
    zone_id: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that the API answers.

    Parameters
    ----------
    path
        Path below the prefix; ``{zone_id}`` stands for a zone.
    summary
        What it gives.
    answer
        Makes the body.
    formats
        Names of the formats, the first by default; one alone cannot be chosen.
    media_type
        Media type where the format is none of `files.FORMATS`.
    name
        Makes the name under which a browser saves the answer; without it, it is shown.
    takes_view
        Whether the parameters of the View count.
    table
        The table whose columns the rows have.
    """

    path: str
    summary: str
    answer: Callable[[Question], bytes]
    formats: tuple[str, ...] = ("json",)
    media_type: str = ""
    name: Callable[[Question], str] | None = None
    takes_view: bool = True
    table: Table | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the query that it knows."""
        without = self.table.without if self.table else ()
        view = [name for name in PARAMETERS if self.takes_view and name not in without]
        form = ("format",) if len(self.formats) > 1 else ()
        level = ("level",) if set(self.formats) & set(PLACED) else ()
        return (*view, *form, *level)

    def type_of(self, form: str) -> str:
        """Tell the media type of a format."""
        return self.media_type or FORMATS[form].media_type


def _table(table: Table, question: Question) -> bytes:
    asked = question
    return write_file(asked.atlas, asked.view, table, asked.form, level=asked.level)


def _table_name(table: Table, question: Question) -> str:
    return file_name(table, question.view, question.form)


def _zone(question: Question) -> bytes:
    atlas, view, zone_id = question.atlas, question.view, question.zone_id
    if question.form == "json":
        # one zone is told whatever the filters, so that none is named
        said = about(atlas, view.without_filters(), one_zone(zone_id))
        return dump({**said, "zone": zone_record(atlas, view, zone_id)})
    if question.form not in PLACED:
        return write_file(atlas, view.without_filters(), one_zone(zone_id), question.form)
    from pilotzones.geofiles import zone_feature  # noqa: PLC0415 - what is not asked is not loaded

    return zone_feature(atlas, view, zone_row(atlas, view, zone_id), question.level)


def _zone_name(question: Question) -> str:
    return file_name(one_zone(question.zone_id), question.view, question.form)


def _index(question: Question) -> bytes:
    paths = {operation.path: operation.summary for operation in OPERATIONS}
    return dump({"data_version": question.atlas.data_version, "paths": paths})


def _openapi(_: Question) -> bytes:
    return dump(describe(OPERATIONS, PREFIX, pilotzones.__version__))


def _tables() -> Iterable[Operation]:
    summaries = {
        "zones": "the zones of a view",
        "changes": "the zones whose status changed after one day, up to and including another",
        "documents": "the documents published up to the day, with what each did",
        "provinces": "what zones each provincial division has, and how much of it they cover",
        "borders": "the zones on the land borders and near them, with the length and the distance",
        "ports": "the border ports inside these zones, with how well each is verified",
    }
    for name, table in TABLES.items():
        yield Operation(
            f"/{name}",
            summaries[name],
            partial(_table, table),
            tuple(formats_of(table)),
            name=partial(_table_name, table),
            table=table,
        )


OPERATIONS = (
    Operation("/", "the paths of the API", _index, takes_view=False),
    *_tables(),
    Operation(
        "/zones/{zone_id}",
        "the record of one zone",
        _zone,
        ("json", "csv", "geojson", "xlsx"),
        name=_zone_name,
    ),
    Operation(
        "/datapackage.zip",
        "all data: the register, a Frictionless data package, and the boundaries",
        lambda question: data_package(question.atlas),
        ("zip",),
        media_type="application/zip",
        name=lambda question: f"pilot-zone-atlas-{question.atlas.register.version}.zip",
        takes_view=False,
    ),
    Operation("/openapi.json", "this description, as OpenAPI 3.1", _openapi, takes_view=False),
)
