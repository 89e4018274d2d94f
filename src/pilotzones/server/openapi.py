"""The description of the API as OpenAPI 3.1, derived from its operations and the data."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

import pilotzones
from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.atlas.matching import MAX_NAME, PLACE_LEVELS
from pilotzones.errors import Problem
from pilotzones.i18n import LANGUAGES
from pilotzones.parameters import MEANINGS, PLACE_MEANINGS, ROLES, SEVERAL, TABLE_MEANINGS
from pilotzones.query.answer import Answer
from pilotzones.query.panel import CHOICES, FIRST_YEAR, PanelOptions
from pilotzones.query.reader import china_today
from pilotzones.query.view import CHOICES as VIEW_CHOICES
from pilotzones.query.view import MAX_SEARCH, MAX_WITHIN, PARAMETERS, View
from pilotzones.server.operations import PREFIX, Operation, Question
from pilotzones.server.responses import failure, refuse, unknown_zone
from pilotzones.tables.columns import PROVENANCE, ZONES, Column, Kind
from pilotzones.tables.files import FORMATS
from pilotzones.tables.rows import Table
from pilotzones.tables.upload import MAX_BYTES, MAX_ROWS

VERSION = "3.1.0"

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
STRINGS: Schema = {"type": "array", "items": STRING}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}
DATE: Schema = {"type": "string", "format": "date"}

CELLS: dict[Kind, Schema] = {
    "text": {"type": ["string", "null"]},
    "list": STRINGS,
    "date": {"type": ["string", "null"], "format": "date"},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
}

# of `metadata.provenance`
PROVENANCE_SCHEMAS: dict[str, Schema] = {
    "title": STRING,
    "data_version": STRING,
    "source": STRING,
    "credit": STRING,
    "licence": STRING,
    "licence_url": {"type": "string", "format": "uri"},
}

# of `metadata.metadata`
METADATA: dict[str, Schema] = PROVENANCE_SCHEMAS | {
    "as_of": DATE,
    "filters": {"type": "object", "additionalProperties": STRINGS},
}

# of `record.zone_record`, beside the columns of a zone
RECORD: dict[str, Schema] = {
    "predecessors": STRINGS,
    "events": OBJECTS,
    "neighbours": OBJECTS,
    "overlaps": OBJECTS,
    "measures": OBJECTS,
}

ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message", "details"],
            "properties": {
                "status": {"type": "integer", "description": "the HTTP status"},
                "message": {"type": "string", "description": "what is wrong"},
                "details": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["reason"],
                        "properties": {
                            "parameter": STRING,
                            "value": {"type": "string", "description": "cut to 60 characters"},
                            "reason": STRING,
                            "used": {"type": "string", "description": "what is understood"},
                        },
                    },
                },
            },
        }
    },
}

REFUSALS = {
    HTTPStatus.BAD_REQUEST: "a value of the query is not understood; each is named",
    HTTPStatus.NOT_FOUND: "there is no such zone or place; the closest are named",
    HTTPStatus.METHOD_NOT_ALLOWED: "the path does not take the method",
    HTTPStatus.PRECONDITION_FAILED: "the answer is no longer that of the ETag in If-Match",
    HTTPStatus.REQUEST_TIMEOUT: "the table did not come in time",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "the table is too large",
    HTTPStatus.REQUEST_URI_TOO_LONG: "the query is too long",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "the range begins after the end of the answer",
    HTTPStatus.INTERNAL_SERVER_ERROR: "a fault of the code",
    HTTPStatus.SERVICE_UNAVAILABLE: "the data cannot be loaded; the reason names the remedy",
}

ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)

CONDITIONAL = [HTTPStatus.PRECONDITION_FAILED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE]
UPLOAD_STATUSES = [HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE]

# what a request may bring
UPLOAD: Schema = {
    "required": True,
    "description": f"a table of at most {MAX_BYTES // 1_000_000} MB and {MAX_ROWS:,} rows; its "
    "first row holds the names of the columns. It is kept only until the answer is sent.",
    "content": {
        "text/csv": {"schema": {"type": "string"}, "example": "city,exports\n深圳市,3.1\n"},
        FORMATS["xlsx"].media_type: {"schema": {"type": "string", "format": "binary"}},
    },
}

EXAMPLE_TAG = '"0123456789abcdef0123456789abcdef"'


def describe(operations: Sequence[Operation], answer: Answer) -> dict[str, Any]:
    """Describe the API as an OpenAPI 3.1 document.

    The values that exist are those of the atlas, and the examples are real answers. The server is
    relative to the address of the description, so that it holds at any address.
    """
    tables = [operation.table for operation in operations if operation.table]
    return {
        "openapi": VERSION,
        "info": {
            "title": "Pilot Zone Atlas",
            "version": pilotzones.__version__,
            "summary": "China's cross-border e-commerce pilot zones on any day",
            "description": f"Every path lies below {PREFIX}. All answers have a strong ETag. "
            "A value of the query that is not understood is never ignored: the answer is 400. "
            "A path that takes a format also answers with the format at its end: /zones.csv.",
            "license": {"name": "CC BY 4.0 (facts)", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "."}],
        "paths": _paths(operations, answer),
        "components": {
            "schemas": {
                "error": ERROR,
                "zone": _object(_cells(ZONES) | RECORD),
                **{table.name: _rows(table) for table in tables},
            },
            "responses": _common_responses(answer.atlas),
        },
    }


def _paths(operations: Sequence[Operation], answer: Answer) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for operation in operations:
        method = operation.method.lower()
        paths.setdefault(operation.path, {})[method] = _describe(operation, answer)
    return paths


def _describe(operation: Operation, answer: Answer) -> dict[str, Any]:
    placeholders = re.findall(r"{(\w+)}", operation.path)
    name = re.sub(r"\W+", "_", operation.path).strip("_") or "index"
    sends = operation.method == "POST"
    partial = (HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED)
    statuses = [] if sends else [*partial, *CONDITIONAL]
    statuses += [HTTPStatus.NOT_FOUND] if placeholders else []
    statuses += UPLOAD_STATUSES if sends else []
    return {
        "operationId": f"{name}_of_a_table" if sends else name,
        "summary": operation.summary,
        "parameters": [
            *(_path_parameter(name, answer.atlas) for name in placeholders),
            *(_query_parameter(name, operation, answer.atlas) for name in operation.parameters),
        ],
        **({"requestBody": UPLOAD} if sends else {}),
        "responses": {
            "200": _success(operation, answer),
            **{
                str(int(status)): {"$ref": f"#/components/responses/{_key(status)}"}
                for status in sorted([*statuses, *ALWAYS])
            },
        },
    }


def _path_parameter(name: str, atlas: Atlas) -> dict[str, Any]:
    meanings = {"zone_id": "identifier of a zone", "adcode": "GB/T 2260 code of a place"}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": meanings[name],
        "schema": STRING,
        "example": {"zone_id": _example_zone, "adcode": _example_place}[name](atlas),
    }


def _query_parameter(name: str, operation: Operation, atlas: Atlas) -> dict[str, Any]:
    meanings = {
        "format": "format of the answer",
        "level": "how finely polygons are drawn, in formats that have them",
    }
    several: Sequence[str] = SEVERAL
    if operation.reads:
        meanings |= PLACE_MEANINGS | (TABLE_MEANINGS if operation.method == "POST" else {})
        several = () if operation.method == "POST" else ("place", "point")
        schema = _place_schemas(operation, atlas).get(name, STRING)
    else:
        meanings |= MEANINGS
        schema = _parameter_schemas(operation, atlas)[name]
    if name in several:
        schema = {"type": "array", "items": schema}
    parameter = {"name": name, "in": "query", "description": meanings[name], "schema": schema}
    # as if it were not there
    return parameter | ({"allowEmptyValue": True} if name in PARAMETERS else {})


def _parameter_schemas(operation: Operation, atlas: Atlas) -> dict[str, Schema]:
    first, latest = atlas.stops[0].on, atlas.stops[-1].on
    return {
        "on": {
            **DATE,
            "default": latest.isoformat(),
            "description": f"no day before {first}, that of the first document",
        },
        "since": {**DATE, "description": f"at the earliest the day before {first}"},
        "province": _one_of(atlas.register.provinces.index),
        "neighbour": _one_of(atlas.boundaries.border_regions),
        "batch": {"type": "integer", "enum": [stop.batch for stop in atlas.stops if stop.batch]},
        **{name: _one_of(allowed) for name, allowed in VIEW_CHOICES.items()},
        **{
            name: _one_of(VIEW_CHOICES[name]) | {"default": getattr(View, name)}
            for name in ("match", "shade", "colour")
        },
        "q": {**STRING, "maxLength": MAX_SEARCH},
        "zone": STRING,
        "adcode": STRING,
        "within": {
            "type": "integer",
            "minimum": 0,
            "maximum": MAX_WITHIN,
            "default": View.within,
        },
        "level": _one_of(LEVELS) | {"default": LEVELS[0]},
        **_common_schemas(operation, atlas),
    }


def _place_schemas(operation: Operation, atlas: Atlas) -> dict[str, Schema]:
    years = {"type": "integer", "minimum": FIRST_YEAR, "maximum": china_today().year}
    return {
        "on": {**DATE, "default": atlas.stops[-1].on.isoformat()},
        "place": {**STRING, "maxLength": MAX_NAME},
        "division_level": _one_of(PLACE_LEVELS),
        "role": _one_of(ROLES),
        "active": {"type": "integer", "minimum": 0},
        "version": _one_of(atlas.versions),
        **{
            name: _one_of(allowed) | {"default": getattr(PanelOptions, name)}
            for name, allowed in CHOICES.items()
        },
        "from": {**years, "default": PanelOptions.first},
        "to": {**years, "default": PanelOptions.last},
        **_common_schemas(operation, atlas),
    }


def _common_schemas(operation: Operation, atlas: Atlas) -> dict[str, Schema]:
    return {
        "lang": _one_of(LANGUAGES) | {"default": LANGUAGES[0]},
        "data": _one_of(atlas.versions),
        "format": _one_of(operation.formats) | {"default": operation.formats[0]},
    }


def _one_of(values: Any) -> Schema:  # noqa: ANN401 - any iterable of texts
    return {"type": "string", "enum": [*values]}


def _success(operation: Operation, answer: Answer) -> dict[str, Any]:
    content = {
        operation.media_type_of(file_format): _content(operation, file_format, answer)
        for file_format in operation.formats
    }
    headers = _headers(ETag=EXAMPLE_TAG)
    return {"description": operation.summary, "headers": headers, "content": content}


def _content(operation: Operation, file_format: str, answer: Answer) -> dict[str, Any]:
    if file_format != "json":
        return {"schema": {"type": "object"}} if file_format == "geojson" else {}
    if operation.reads:
        return _content_of_places(operation, answer)
    if not operation.takes_view:
        return {"schema": {"type": "object"}}
    question = Question(answer, file_format, LEVELS[0], _example_zone(answer.atlas))
    example = json.loads(operation.body(question))
    rows = {"$ref": f"#/components/schemas/{operation.table.name if operation.table else 'zone'}"}
    if not operation.table:
        return {"schema": _object(METADATA | {"zone": rows}), "example": example}
    name = operation.table.name
    compared = {"since": DATE} if "since" in example else {}
    schema = _object(METADATA | compared | {"count": {"type": "integer"}, name: rows})
    # a full answer would be long
    return {"schema": schema, "example": example | {"count": 1, name: example[name][:1]}}


def _content_of_places(operation: Operation, answer: Answer) -> dict[str, Any]:
    schema: Schema = {"type": "object"}
    if operation.rows:
        name, columns = operation.rows
        rows = {"type": "array", "items": _object(_cells(columns))}
        schema = _object(PROVENANCE_SCHEMAS | {"count": {"type": "integer"}, name: rows})
    if operation.method == "POST":
        # the rows have the columns of the table that was sent
        return {"schema": schema}
    assert operation.reads  # noqa: S101 - the caller has seen it
    asked, _ = operation.reads(operation.example, answer.atlas)
    question = Question(answer, "json", LEVELS[0], _example_place(answer.atlas), asked)
    return {"schema": schema, "example": json.loads(operation.body(question))}


def _rows(table: Table) -> Schema:
    row = _object(_cells(table.columns))
    # the column that identifies a row is never empty
    row["properties"][table.key] |= STRING
    return {"type": "array", "items": {**row, "additionalProperties": False}}


def _cells(columns: Sequence[Column]) -> dict[str, Schema]:
    return {
        column.name: {**CELLS[column.kind], "description": column.meaning}
        for column in columns
        if column.name not in PROVENANCE
    }


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "required": [*properties], "properties": dict(properties)}


def _common_responses(atlas: Atlas) -> dict[str, Any]:
    examples = {
        HTTPStatus.BAD_REQUEST: refuse(
            HTTPStatus.BAD_REQUEST,
            problems=[Problem("on", "2025-02-30", "not a date", allowed="YYYY-MM-DD")],
        ),
        HTTPStatus.NOT_FOUND: unknown_zone(atlas, _example_zone(atlas)[:-1]),
        HTTPStatus.INTERNAL_SERVER_ERROR: failure(),
        HTTPStatus.SERVICE_UNAVAILABLE: refuse(
            HTTPStatus.SERVICE_UNAVAILABLE,
            reason="register/zones.csv cannot be read (No such file or directory); restore it",
        ),
    }
    return {
        _key(HTTPStatus.PARTIAL_CONTENT): {
            "description": "the part of the answer that the header Range asks for",
            "headers": _headers(**{"ETag": EXAMPLE_TAG, "Content-Range": "bytes 0-1023/65536"}),
        },
        _key(HTTPStatus.NOT_MODIFIED): {
            "description": "the answer has not changed since the ETag in If-None-Match",
            "headers": _headers(ETag=EXAMPLE_TAG),
        },
        **{
            _key(status): _refusal(meaning, examples.get(status) or refuse(status))
            for status, meaning in REFUSALS.items()
        },
    }


def _refusal(meaning: str, response: Response) -> dict[str, Any]:
    content = {
        "schema": {"$ref": "#/components/schemas/error"},
        "example": json.loads(bytes(response.body)),
    }
    return {"description": meaning, "content": {"application/json": content}}


def _headers(**examples: str) -> dict[str, Any]:
    return {name: {"schema": STRING, "example": value} for name, value in examples.items()}


def _key(status: HTTPStatus) -> str:
    return status.name.lower()


def _example_zone(atlas: Atlas) -> str:
    return str(atlas.register.zones.index[0])


def _example_place(atlas: Atlas) -> str:
    return atlas.places.prefecture_units[0]
