"""What says of an archive what it is: to readers, Zenodo, search engines, catalogues."""

import json
from collections.abc import Iterable
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.credits import AUTHOR, CREDIT, LICENCE, LICENCE_URL, TITLE

KEYWORDS = ("China", "cross-border e-commerce", "pilot zones", "trade policy")
DESCRIPTION = (
    "The cross-border e-commerce comprehensive pilot zones of China: every zone approved or "
    "revoked by the State Council, with documents, boundaries and a treatment panel by year."
)
BOUNDARY_TERMS = (
    "The boundaries are not under the licence of the facts: boundaries/NOTICE.md has their terms."
)
_MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
}
LICENCE_FILE = "LICENCE.md"
_README = """\
# Pilot Zone Atlas: data {version}

{description}

- `register/`: the facts; `boundaries/`: polygons and what was measured on them; `places/`: names of
  divisions. `datapackage.json` describes every table; open it or this archive with Frictionless.
- `data/zones.*`: the zones after the latest document, of {latest}. `data/panel.*`: prefecture-level
  units by year. `codebook.md` says what their columns are.
- `revisions.csv`: what each version changed in the one before, and why.
- `SHA256SUMS`: `sha256sum -c SHA256SUMS` checks that every file is as it was released.
- Licences: `LICENCE.md`. To cite: `CITATION.cff`. The version never changes: in an address of the
  atlas, `data={number}` answers from it.
"""
_LICENCES = """\
# Licences

- Facts (all but the boundaries): {licence}, {url}. Name: {credit}.
- Boundaries (`boundaries/`, and the polygons in any other file): the terms of their sources, in
  `boundaries/NOTICE.md`. They are schematic, imply no opinion on the status of any territory, and
  have not undergone map review.
"""


def licences() -> str:
    """Write the file that says under which terms the files of an archive are."""
    return _LICENCES.format(licence=LICENCE, url=LICENCE_URL, credit=CREDIT)


def describing_files(atlas: Atlas, names: Iterable[str]) -> dict[str, bytes]:
    """Write the files that describe an archive with the files of these names."""
    readme = _README.format(
        version=atlas.data_version,
        number=atlas.register.version,
        description=DESCRIPTION,
        latest=atlas.stops[-1].on,
    )
    return {
        "README.md": readme.encode(),
        LICENCE_FILE: licences().encode(),
        "CITATION.cff": _citation(atlas).encode(),
        ".zenodo.json": indented(_zenodo(atlas)),
        "schema.jsonld": indented(schema_org(atlas, names)),
        "dcat.jsonld": indented(_dcat(atlas, names)),
    }


def _title(atlas: Atlas) -> str:
    return f"{TITLE}: data {atlas.register.version}"


def _citation(atlas: Atlas) -> str:
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Please cite the version of the data that you used.",
        "title": _title(atlas),
        "abstract": DESCRIPTION,
        "type": "dataset",
        "version": atlas.register.version,
        "date-released": str(atlas.register.released_on),
        "license": LICENCE.replace(" ", "-"),
        "authors": [{"name": AUTHOR}],
        "keywords": [*KEYWORDS],
    }
    # JSON is YAML
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())


def _zenodo(atlas: Atlas) -> dict[str, Any]:
    return {
        "title": _title(atlas),
        "upload_type": "dataset",
        "description": f"<p>{DESCRIPTION}</p>",
        "creators": [{"name": AUTHOR}],
        "version": atlas.register.version,
        "publication_date": str(atlas.register.released_on),
        "license": LICENCE.replace(" ", "-").lower(),
        "access_right": "open",
        "keywords": [*KEYWORDS],
        "notes": BOUNDARY_TERMS,
    }


def schema_org(atlas: Atlas, names: Iterable[str]) -> dict[str, Any]:
    """Describe a version as a schema.org ``Dataset`` with its files, in JSON-LD."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _title(atlas),
        "description": f"{DESCRIPTION} {BOUNDARY_TERMS}",
        "version": atlas.register.version,
        "datePublished": str(atlas.register.released_on),
        "license": LICENCE_URL,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "keywords": [*KEYWORDS],
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "China"},
        "temporalCoverage": f"{atlas.stops[0].on}/{atlas.stops[-1].on}",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "encodingFormat": media_type}
            for name, media_type in _offered(names)
        ],
    }


def _dcat(atlas: Atlas, names: Iterable[str]) -> dict[str, Any]:
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "dct:title": _title(atlas),
        "dct:description": f"{DESCRIPTION} {BOUNDARY_TERMS}",
        "dct:issued": {"@value": str(atlas.register.released_on), "@type": "xsd:date"},
        "dct:license": {"@id": LICENCE_URL},
        "dct:creator": {"@type": "foaf:Organization", "foaf:name": AUTHOR},
        "dcat:version": atlas.register.version,
        "dcat:keyword": [*KEYWORDS],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": name,
                "dcat:downloadURL": {"@id": name},
                "dcat:mediaType": media_type,
            }
            for name, media_type in _offered(names)
        ],
    }


def _offered(names: Iterable[str]) -> list[tuple[str, str]]:
    """List the files for readers, each with its media type."""
    offered = [name for name in names if name.startswith("data/")]
    return [(name, _MEDIA_TYPES[name.rpartition(".")[2]]) for name in offered]


def indented(content: object) -> bytes:
    """Write a description as JSON for people."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
