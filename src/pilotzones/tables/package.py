"""The files of a version as one Frictionless data package, for the root of an archive."""

from collections.abc import Iterable
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.checksums import REVISIONS
from pilotzones.atlas.datapackage import DESCRIPTOR, read_descriptor
from pilotzones.credits import LICENCE, LICENCE_URL, TITLE
from pilotzones.tables.columns import Column
from pilotzones.tables.variables import REVISIONS as REVISION_COLUMNS

PARTS = ("register", "boundaries", "places")

# as the Table Schema of Frictionless calls them
_TYPES = {"list": "string", "text": "string"}
_LAYERS = {
    "geojson": ("geojson", "application/geo+json"),
    "fgb": ("fgb", "application/vnd.flatgeobuf"),
}
_BOUNDARIES = "boundaries/"
_NOTICE = f"{_BOUNDARIES}NOTICE.md"


def package_descriptor(
    atlas: Atlas, names: Iterable[str], more: Iterable[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Describe the files of these names as one data package: tables, layers, and some more."""
    version = atlas.register.version
    names = sorted(names)
    resources = [
        {**resource, "path": f"{part}/{resource['path']}"}
        for part in PARTS
        for resource in read_descriptor(atlas.files[f"{part}/{DESCRIPTOR}"].parent)["resources"]
    ]
    terms = _terms_of_boundaries(atlas)
    for resource in resources:
        if resource["path"].startswith(_BOUNDARIES):
            resource.update(terms)
    resources += [_layer(name) | terms for name in names if _ending(name) in _LAYERS]
    resources += more
    if REVISIONS in names:
        resources.append(table_resource("revisions", REVISIONS, REVISION_COLUMNS))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "pilotzones-data",
        "title": f"{TITLE}: data {version}",
        "version": version,
        "created": f"{atlas.register.released_on}T00:00:00Z",
        "licenses": [{"title": LICENCE, "path": LICENCE_URL}],
        "resources": resources,
    }


def table_resource(name: str, path: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    """Describe a table that the code writes."""
    return {
        "name": name,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if path.startswith("data/") else "utf-8",
        "schema": {"fields": [_field(column) for column in columns]},
    }


def _field(column: Column) -> dict[str, Any]:
    kind = _TYPES.get(column.kind, column.kind)
    truths = {"trueValues": ["True"], "falseValues": ["False"]} if kind == "boolean" else {}
    return {"name": column.name, "type": kind, "description": column.meaning, **truths}


def _layer(path: str) -> dict[str, Any]:
    name, ending = path.removeprefix(_BOUNDARIES).rpartition(".")[0], _ending(path)
    file_format, media_type = _LAYERS[ending]
    return {
        "name": f"layer-{name.replace('_', '-').replace('/', '-')}",
        "path": path,
        "format": file_format,
        "mediatype": media_type,
        "description": "Polygons or lines, longitude and latitude on WGS 84 (EPSG:4326).",
    }


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _terms_of_boundaries(atlas: Atlas) -> dict[str, Any]:
    """Name the sources of the boundaries and where their terms are."""
    return {
        "licenses": [{"title": "Terms of the sources of the boundaries", "path": _NOTICE}],
        "sources": [
            {"title": f"{one['title']}; {one['publisher']}", "path": one["page"]}
            for one in atlas.boundaries.provenance["sources"]
        ],
    }
