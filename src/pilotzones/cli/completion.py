"""Values that a shell may complete, read from the tables without the libraries that load them."""

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import CompletionItem

from pilotzones.errors import PilotZonesError
from pilotzones.geodata import geodata_dir
from pilotzones.parameters import (
    BORDER_KINDS,
    COLOURINGS,
    LABELS,
    LANGUAGES,
    MATCHES,
    REGIONS,
    ROLES,
    SIZES,
    STATUSES,
    STYLES,
)

# the table and the column that a value comes from, by parameter
_COLUMNS = {
    "zone_id": ("register/zones.csv", "zone_id"),
    "zone": ("register/zones.csv", "zone_id"),
    "province": ("register/provinces.csv", "adcode"),
    "batch": ("register/documents.csv", "batch"),
    "neighbour": ("boundaries/neighbours.csv", "iso3"),
}
_FIXED = {
    "status": STATUSES,
    "lang": LANGUAGES,
    "region": REGIONS,
    "neighbour": BORDER_KINDS,
    "match": MATCHES,
    "colour": COLOURINGS,
    "size": SIZES,
    "labels": LABELS,
    "style": STYLES,
    "role": ROLES,
}

Complete = Callable[[Context, Parameter, str], list[CompletionItem]]


def completion_of(name: str) -> Complete | None:
    """Return what completes the values of a parameter, ``None`` where they cannot be listed."""
    return complete if name in _COLUMNS or name in _FIXED else None


def complete(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """List the values of a parameter that begin with a text, or whose name does."""
    name = str(parameter.name)
    found = [*_rows(context.params.get("data"), name), *((v, "") for v in _FIXED.get(name, ()))]
    text = incomplete.casefold()
    return [
        CompletionItem(value, help=names or None)
        for value, names in found
        if any(one.casefold().startswith(text) for one in (value, *names.split("  ")))
    ]


def _rows(folder: Path | None, name: str) -> Iterator[tuple[str, str]]:
    """Read values, each with its names in English and Chinese."""
    if name not in _COLUMNS:
        return
    file, column = _COLUMNS[name]
    # a shell that completes has no room for an error
    with suppress(PilotZonesError, OSError, ValueError, KeyError, csv.Error):
        # a version is no folder, and has the same values
        path = geodata_dir(folder if folder and folder.is_dir() else None) / file
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                names = [row.get("name_en", ""), row.get("name_zh", "")]
                if row[column]:
                    yield row[column], "  ".join(filter(None, names))
