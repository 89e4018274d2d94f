"""What the commands do: ask the core, lay out the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pandas as pd

from pilotzones.atlas import load_atlas
from pilotzones.errors import UnknownZoneError
from pilotzones.query.answer import Answer
from pilotzones.query.view import parse_view
from pilotzones.tables.archive import data_package
from pilotzones.tables.files import formats_of, write_file
from pilotzones.tables.geo import zone_feature
from pilotzones.tables.metadata import dump, metadata, records
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import TABLES, Table, one_zone, zone_row
from pilotzones.text import align

# what a terminal has room for
SHOWN = {
    "zones": "zone_id name_zh name_en province_zh province_en batch approved_on status revoked_on",
    "changes": "zone_id name_zh name_en change batch approved_on revoked_on successor_zone_id",
    "documents": "document_no batch published_on approved revoked active_after",
    "provinces": "adcode name_zh name_en region active revoked first_approved_on "
    "prefectures_covered prefectures county_zones covered_share",
    "borders": "zone_id zone_zh zone_en neighbour_iso3 touches contact_km distance_km disputed",
    "ports": "zone_id zone_en neighbour_iso3 name_zh name_en kind confidence",
}


def ask(data: Path | None, chosen: Mapping[str, tuple[str, ...]]) -> Answer:
    """Load the data and read the View.

    Parameters
    ----------
    data
        The folder of the data, ``None`` for the usual one.
    chosen
        Values by parameter.

    Returns
    -------
    Answer
        The View put to the atlas.

    Raises
    ------
    click.UsageError
        If a value is not understood; each is named.
    """
    atlas = load_atlas(data)
    view, problems = parse_view(_pairs(chosen), atlas)
    _stop_at(problems)
    return Answer(atlas, view)


def table_file(answer: Answer, name: str, form: str, level: str) -> bytes:
    """Write a table.

    Parameters
    ----------
    answer
        The days and the filters.
    name
        Name of the table.
    form
        One of `files.FORMATS`, or ``"table"``: laid out for people, with fewer columns.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    click.UsageError
        If the table cannot be written in the format.
    """
    table = TABLES[name]
    if form == "table":
        return _laid_out(answer, table).encode()
    if form not in formats_of(table):
        message = f"{name} cannot be written as {form}; choose {', '.join(formats_of(table))}"
        raise click.UsageError(message)
    content = write_file(answer, table, form, level=level)
    # a shell expects its prompt on a line of its own
    return content + b"\n" if form == "json" else content


def zone_file(answer: Answer, zone_id: str, form: str, level: str) -> bytes:
    """Write the record of one zone.

    Parameters
    ----------
    answer
        The day.
    zone_id
        Identifier of the zone.
    form
        ``"table"``, ``"json"`` or ``"geojson"``.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    click.UsageError
        If there is no such zone; the closest are named.
    """
    try:
        row = zone_row(answer, zone_id)
    except UnknownZoneError as error:
        raise click.UsageError(str(error)) from error
    if form == "geojson":
        return zone_feature(answer, row, level) + b"\n"
    record = zone_record(answer, zone_id)
    if form == "json":
        return dump({**metadata(answer, one_zone(zone_id)), "zone": record}) + b"\n"
    return align(["zone", zone_id], [*_record_lines(record)]).encode()


def package_file(data: Path | None) -> bytes:
    """Pack all data; the folder is the usual one if `data` is ``None``."""
    return data_package(load_atlas(data))


def figure_file(answer: Answer, options: Mapping[str, tuple[str, ...]]) -> bytes:
    """Draw a figure.

    Parameters
    ----------
    answer
        What it shows.
    options
        Values by option of the figure.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    click.UsageError
        If an option is not understood.
    """
    from pilotzones.figure import draw_figure, parse_figure_options  # noqa: PLC0415 - takes long

    parsed, problems = parse_figure_options(_pairs(options))
    _stop_at(problems)
    return draw_figure(answer.atlas, answer.view, parsed)


def check(data: Path | None) -> Iterator[str]:
    """Load everything and count it.

    Parameters
    ----------
    data
        The folder of the data, ``None`` for the usual one.

    Yields
    ------
    str
        A line for each table and layer, and one that says that all is well.

    Raises
    ------
    PilotZonesError
        If a rule is broken.
    """
    atlas = load_atlas(data)
    for part in (atlas.register, atlas.boundaries):
        for field in fields(part):
            table = getattr(part, field.name)
            if isinstance(table, pd.DataFrame):
                yield f"{type(part).__name__.lower()}/{field.name}: {len(table)} rows"
    for path in sorted(atlas.boundaries.folder.glob("*.geojson")):
        yield f"boundaries/{path.name}: {len(atlas.boundaries.layer(path.stem))} features"
    yield f"data {atlas.data_version}: ok"


def _pairs(chosen: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in chosen.items() for value in values]


def _stop_at(problems: Sequence[object]) -> None:
    if problems:
        raise click.UsageError("\n".join(f"--{problem}" for problem in problems))


def _laid_out(answer: Answer, table: Table) -> str:
    names = [name for name in SHOWN[table.name].split() if _suits(name, answer.view.lang)]
    rows = list(records(table, table.rows(answer), arrays=False))
    cells = [["" if row[name] is None else str(row[name]) for name in names] for row in rows]
    return align(names, cells) + f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _suits(name: str, lang: str) -> bool:
    # the row itself bears both names, what it refers to one
    other = {"en": "_zh", "zh": "_en"}[lang]
    return name.startswith("name_") or not name.endswith(other)


def _record_lines(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        for one in value if isinstance(value, list) else [value]:
            cells = one.values() if isinstance(one, dict) else [one]
            text = "  ".join(str(cell) for cell in cells if cell not in (None, ""))
            if text:
                yield name, text
