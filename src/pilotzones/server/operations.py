"""What the API answers: one list, which drives its routes and its description."""

from collections.abc import Iterable
from functools import partial

import pilotzones
from pilotzones.query.answer import Answer
from pilotzones.server.openapi import describe
from pilotzones.server.operation import Operation, Question
from pilotzones.tables.archive import data_package
from pilotzones.tables.files import PLACED, file_name, formats_of, write_file
from pilotzones.tables.metadata import about, dump
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import TABLES, Table, one_zone, zone_row

PREFIX = "/api/v1"


def _table(table: Table, question: Question) -> bytes:
    asked = question
    return write_file(Answer(asked.atlas, asked.view), table, asked.form, level=asked.level)


def _table_name(table: Table, question: Question) -> str:
    return file_name(table, question.view, question.form)


def _zone(question: Question) -> bytes:
    atlas, view, zone_id = question.atlas, question.view, question.zone_id
    if question.form == "json":
        # one zone is told whatever the filters, so that none is named
        said = about(Answer(atlas, view.without_filters()), one_zone(zone_id))
        return dump({**said, "zone": zone_record(Answer(atlas, view), zone_id)})
    if question.form not in PLACED:
        return write_file(Answer(atlas, view.without_filters()), one_zone(zone_id), question.form)
    from pilotzones.tables.geo import zone_feature  # noqa: PLC0415 - what is not asked is not loaded

    return zone_feature(Answer(atlas, view), zone_row(Answer(atlas, view), zone_id), question.level)


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
