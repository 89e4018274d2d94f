"""The operations of the API that answer a View: its tables, the record of a zone, all data."""

from functools import partial

from pilotzones.credits import not_tax_advice
from pilotzones.parameters import CITATION_FORMATS
from pilotzones.query.citations import Seen, cite_document, cite_zone, written
from pilotzones.server.operations import Operation, Question
from pilotzones.tables.archive import data_package
from pilotzones.tables.citation_files import ending_of
from pilotzones.tables.feeds import FEED_FORMATS, write_feed
from pilotzones.tables.files import PLACED, file_name, formats_of, write_file
from pilotzones.tables.metadata import dump, metadata
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import TABLES, Table, one_zone, zone_row

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


# of documents alone
DOCUMENT_FORMATS = (*CITATION_FORMATS, *FEED_FORMATS)


def _table(table: Table, question: Question) -> bytes:
    if question.seen:
        return _references(question, question.seen)
    if question.file_format in FEED_FORMATS:
        return write_feed(question.answer, question.file_format, question.address)
    return write_file(question.answer, table, question.file_format, level=question.level)


def _references(question: Question, seen: Seen) -> bytes:
    """Cite the documents up to the day."""
    atlas, view = question.answer.atlas, question.answer.view
    numbers = [stop.document_no for stop in atlas.stops if stop.on <= view.on]
    citations = [cite_document(atlas, number, seen, view.language) for number in numbers]
    return written(citations, question.file_format).encode()


def _table_name(table: Table, question: Question) -> str:
    return file_name(table, question.answer.view, ending_of(question.file_format))


def _zone(question: Question) -> bytes:
    # the record of a zone does not depend on the filters, so none is named
    answer = question.answer.ask(question.answer.view.without_filters())
    if question.seen:
        view = answer.view
        cited = cite_zone(answer.atlas, question.subject, view.on, question.seen, view.language)
        return written(cited, question.file_format).encode()
    table = one_zone(question.subject)
    if question.file_format == "json":
        warnings = {"warnings": [not_tax_advice(answer.language)]}
        record = zone_record(answer, question.subject)
        return dump({**metadata(answer, table), **warnings, "zone": record})
    if question.file_format not in PLACED:
        return write_file(answer, table, question.file_format)
    from pilotzones.tables.geo import zone_feature  # noqa: PLC0415 - loaded when it is needed

    return zone_feature(answer, zone_row(answer, question.subject), question.level)


def _zone_name(question: Question) -> str:
    return _table_name(one_zone(question.subject), question)


def _table_operation(table: Table) -> Operation:
    return Operation(
        f"/{table.name}",
        _SUMMARIES[table.name],
        partial(_table, table),
        (*formats_of(table), *(DOCUMENT_FORMATS if table.name == "documents" else ())),
        file_name=partial(_table_name, table),
        table=table,
    )


VIEW_OPERATIONS = (
    *map(_table_operation, TABLES.values()),
    Operation(
        "/zones/{zone_id}",
        "the record of one zone",
        _zone,
        ("json", "csv", "geojson", "xlsx", *CITATION_FORMATS),
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
