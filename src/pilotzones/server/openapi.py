"""The description of the API as OpenAPI 3.1, made of its operations."""

import re
from collections.abc import Sequence
from typing import Any

from pilotzones.atlas.boundaries import LEVELS
from pilotzones.parameters import MEANINGS, SEVERAL
from pilotzones.server.operation import Operation
from pilotzones.tables.columns import PROVENANCE, Kind
from pilotzones.tables.rows import Table

VERSION = "3.1.0"

TYPES: dict[Kind, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
    "date": {"type": ["string", "null"], "format": "date"},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
}

ERROR = {
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
                            "parameter": {"type": "string"},
                            "value": {"type": "string", "description": "cut to 60 characters"},
                            "reason": {"type": "string"},
                            "used": {"type": "string", "description": "what would do"},
                        },
                    },
                },
            },
        }
    },
}

REFUSALS = {
    "400": "a value of the query is not understood; each is named",
    "404": "there is no such zone; the closest are named",
    "414": "the query is too long",
    "503": "the data cannot be loaded",
}


def describe(operations: Sequence[Operation], prefix: str, version: str) -> dict[str, Any]:
    """Describe the API.

    Parameters
    ----------
    operations
        What it answers.
    prefix
        The path before those of the operations.
    version
        Version of the API.

    Returns
    -------
    dict
        An OpenAPI 3.1 document. Its server is relative, so that it holds wherever it is served.
    """
    tables = [operation.table for operation in operations if operation.table]
    return {
        "openapi": VERSION,
        "info": {
            "title": "Pilot Zone Atlas",
            "version": version,
            "summary": "China's cross-border e-commerce pilot zones on any day",
            "description": f"Every path lies below {prefix}. All answers carry a strong ETag. "
            "A value of the query that is not understood is never passed over: the answer is 400.",
            "license": {"name": "CC BY 4.0 (facts)", "identifier": "CC-BY-4.0"},
        },
        # relative to the address of this description
        "servers": [{"url": "."}],
        "paths": {operation.path: {"get": _get(operation)} for operation in operations},
        "components": {
            "schemas": {"error": ERROR, **{table.name: _rows(table) for table in tables}}
        },
    }


def _get(operation: Operation) -> dict[str, Any]:
    placeholders = re.findall(r"{(\w+)}", operation.path)
    name = re.sub(r"\W+", "_", operation.path).strip("_") or "index"
    told = ["400", *(["404"] if placeholders else []), "414", "503"]
    return {
        "operationId": name,
        "summary": operation.summary,
        "parameters": [
            *({**_parameter(one), "in": "path", "required": True} for one in placeholders),
            *(_query(one, operation) for one in operation.parameters),
        ],
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {
                    operation.type_of(form): {"schema": _content(operation, form)}
                    for form in operation.formats
                },
            },
            "304": {"description": "the answer has not changed since the ETag that was sent"},
            **{status: _refusal(REFUSALS[status]) for status in told},
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": "identifier of a zone, such as hainan",
        "schema": {"type": "string"},
    }


def _query(name: str, operation: Operation) -> dict[str, Any]:
    choices = {"format": list(operation.formats), "level": list(LEVELS), "lang": ["en", "zh"]}
    meanings = {
        "format": "format of the answer",
        "level": "how finely polygons are drawn, in formats that have them",
    }
    schema: dict[str, Any] = {"type": "string"}
    if name in ("on", "since"):
        schema["format"] = "date"
    if name in choices:
        schema |= {"enum": choices[name], "default": choices[name][0]}
    described = {"name": name, "in": "query", "description": (meanings | MEANINGS)[name]}
    if name in SEVERAL:
        return {**described, "schema": {"type": "array", "items": schema}, "explode": True}
    return {**described, "schema": schema}


def _content(operation: Operation, form: str) -> dict[str, Any]:
    if form == "json":
        rows = {"$ref": f"#/components/schemas/{operation.table.name}"} if operation.table else None
        properties = {operation.table.name: rows} if operation.table else {}
        return {"type": "object", "properties": properties} if rows else {"type": "object"}
    return {"type": "object"} if form == "geojson" else {}


def _rows(table: Table) -> dict[str, Any]:
    properties = {
        column.name: {**TYPES[column.kind], "description": column.meaning}
        for column in table.columns
        if column.name not in PROVENANCE
    }
    row = {"type": "object", "required": list(properties), "properties": properties}
    return {"type": "array", "items": {**row, "additionalProperties": False}}


def _refusal(meaning: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/error"}
    return {"description": meaning, "content": {"application/json": {"schema": schema}}}
