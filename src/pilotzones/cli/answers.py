"""What the commands do: ask the core, lay out the answer, write it."""

import codecs
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

import click
import pandas as pd

from pilotzones.atlas import Atlas, load_atlas
from pilotzones.atlas.checksums import (
    CHECKSUMS,
    REVISIONS,
    calculate_checksums,
    changed_files,
    record_checksums,
)
from pilotzones.atlas.history import check_revisions, with_missing
from pilotzones.atlas.releases import check_releases, keep_release, released_fingerprints
from pilotzones.atlas.revisions import write_revisions
from pilotzones.errors import InvalidValueError, PilotZonesError, Problem, UnknownZoneError
from pilotzones.parameters import FORMATS, TEXT
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.tables.archive import data_package
from pilotzones.tables.dataset import Dataset, write_dataset
from pilotzones.tables.files import formats_of, write_file
from pilotzones.tables.metadata import dump, metadata, records
from pilotzones.tables.record import zone_record
from pilotzones.tables.rows import TABLES, Table, one_zone, zone_row
from pilotzones.text import align, excerpt, listed

# values of options, by parameter
Chosen = Mapping[str, tuple[str, ...]]
_Question = TypeVar("_Question")
Parse = Callable[[list[tuple[str, str]], Atlas], tuple[_Question, list[Problem]]]

# the columns that a terminal has room for
SHOWN = {
    "zones": "zone_id name_zh name_en province_zh province_en batch approved_on status revoked_on",
    "changes": "zone_id name_zh name_en change batch approved_on revoked_on successor_zone_id",
    "documents": "document_no batch published_on approved revoked active_after",
    "provinces": "adcode name_zh name_en region active revoked first_approved_on "
    "prefectures_covered prefectures county_zones covered_share",
    "borders": "zone_id zone_zh zone_en neighbour_iso3 touches contact_km distance_km disputed",
    "ports": "zone_id zone_en neighbour_iso3 name_zh name_en kind confidence",
    "events": "on action zone_id zone_zh zone_en successor_zone_id document_no",
    "divisions": "adcode name_zh name_en level status share_area zone_ids",
    "overlaps": "zone_id zone_zh zone_en status other_zone_id other_zh other_en other_status "
    "shared_km2",
    "timeline": "on kind key name_zh name_en active approved revoked",
}


def atlas_of(data: Path | None) -> Atlas:
    """Load the data of a folder, or a version of the usual data; ``None``: the usual ones."""
    if data is None or data.is_dir():
        return load_atlas(data)
    try:
        return load_atlas(None).at(str(data))
    except InvalidValueError as error:
        message = f"--{error}"
        raise click.UsageError(message) from error


def ask(data: Path | None, chosen: Chosen) -> Answer:
    """Load the data (``None``: the usual ones) and read a View from values by parameter.

    A value that is not understood is a click.UsageError.
    """
    return Answer(*read_question(data, chosen, parse_view))


def read_question(
    data: Path | None, chosen: Chosen, parse: Parse[_Question]
) -> tuple[Atlas, _Question]:
    """Load the data and read a question from values by parameter.

    A value that is not understood is a click.UsageError.
    """
    atlas = atlas_of(data)
    question, problems = parse(pairs_of(chosen), atlas)
    stop_at(problems)
    return atlas, question


def table_file(
    answer: Answer, name: str, file_format: str, level: str, offered: Sequence[str] = FORMATS
) -> str | bytes:
    """Write a table; as text if the format is ``"table"``, which is for people.

    A format that the table cannot have is a click.UsageError, which names those that are offered.
    """
    table = TABLES[name]
    stop_at(_unsuitable(answer, table))
    if file_format == TEXT:
        return _laid_out(answer, table)
    if file_format not in formats_of(table):
        usable = [one for one in offered if one == TEXT or one in formats_of(table)]
        message = f"{name} cannot be written as {file_format}; choose {', '.join(usable)}"
        raise click.UsageError(message)
    return _ended(write_file(answer, table, file_format, level=level), file_format)


def dataset_file(dataset: Dataset, file_format: str) -> bytes:
    """Write a dataset, to be printed or saved."""
    return _ended(write_dataset(dataset, file_format), file_format)


def _ended(content: bytes, file_format: str) -> bytes:
    # a shell expects its prompt on a line of its own
    return content + b"\n" if file_format == "json" else content


def zone_file(answer: Answer, zone_id: str, file_format: str, level: str) -> str | bytes:
    """Write the record of one zone; as text if the format is ``"table"``.

    An unknown zone is a click.UsageError, which names the closest.
    """
    try:
        row = zone_row(answer, zone_id)
    except UnknownZoneError as error:
        raise click.UsageError(str(error)) from error
    if file_format == "geojson":
        from pilotzones.tables.geo import zone_feature  # noqa: PLC0415 - takes long

        return zone_feature(answer, row, level) + b"\n"
    record = zone_record(answer, zone_id)
    if file_format == "json":
        return dump({**metadata(answer, one_zone(zone_id)), "zone": record}) + b"\n"
    return align(["zone", zone_id], [*_record_lines(record)])


def package_file(data: Path | None) -> bytes:
    """Pack all data; the folder is the usual one if it is ``None``."""
    return data_package(atlas_of(data))


def figure_file(answer: Answer, options: Chosen) -> bytes:
    """Draw a figure; an option that is not understood is a click.UsageError."""
    from pilotzones.figure import draw_figure, parse_figure_options  # noqa: PLC0415 - takes long
    from pilotzones.figure.kinds import unfit_values  # noqa: PLC0415 - as above

    parsed, problems = parse_figure_options(pairs_of(options))
    stop_at(problems or [*unfit_values(answer.view, parsed)])
    return draw_figure(answer.atlas, answer.view, parsed)


def check(folder: Path, *, write: bool) -> Iterator[str]:
    """Hold the data of a folder to every rule; name the folder and count the rows of each table.

    Records the checksums if `write`. A broken rule is a PilotZonesError.
    """
    yield f"folder {folder}"
    atlas = load_atlas(folder, check=True)
    for part in (atlas.register, atlas.boundaries, atlas.places):
        for field in fields(part):
            table = getattr(part, field.name)
            if isinstance(table, pd.DataFrame):
                yield f"{type(part).__name__.lower()}/{field.name}: {len(table)} rows"
    for path in sorted(atlas.boundaries.folder.glob("*.geojson")):
        yield f"boundaries/{path.name}: {len(atlas.boundaries.layer(path.stem))} features"
    yield f"boundaries/counties.fgb: {len(atlas.boundaries.counties)} features"
    check_releases(folder)
    check_revisions(atlas)
    yield f"releases: {', '.join(released_fingerprints(folder)) or 'none'}"
    yield f"data {atlas.data_version}: ok"
    checksums = calculate_checksums(folder)
    if write:
        record_checksums(folder, checksums)
        yield f"wrote {folder / CHECKSUMS}"
    elif changed := changed_files(folder, checksums):
        yield (
            f"not as last checked: {listed(changed)}; each start checks these data again; "
            "'pilotzones check --write' records that they are checked"
        )


def missing_reasons(folder: Path, *, write: bool) -> Iterator[str]:
    """Name the changes since the version before that have no reason; add them if `write`."""
    changes = with_missing(load_atlas(folder))
    for one in changes:
        if not one.explained:
            yield str(one)
    if write:
        write_revisions(folder / REVISIONS, changes)
        yield f"wrote {folder / REVISIONS}"


def release_file(data: Path, *, keep: bool) -> tuple[str, bytes]:
    """Name and write the archive of a version; first check and keep the data if `keep`."""
    from pilotzones.tables.release import release_archive, release_name  # noqa: PLC0415 - as above

    if keep:
        atlas = load_atlas(data, check=True)
        check_revisions(atlas)
        keep_release(data)
        check_releases(data)
    else:
        atlas = atlas_of(data)
    return release_name(atlas), release_archive(atlas)


def put(content: str | bytes, output: str, *, mark: bool = False) -> None:
    """Write text or bytes to a file, whole or not at all, or to standard output (``-``).

    Text takes the encoding of standard output, and UTF-8 in a file. The byte order mark of a CSV
    file is for spreadsheets: standard output gets it only if `mark`.
    """
    if output != "-":
        _replace(Path(output), content.encode() if isinstance(content, str) else content)
        return
    if isinstance(content, str):
        # what the encoding lacks is spelt out, as a lost character is worse than an ugly one
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        content = content.encode(encoding, "backslashreplace")
    click.echo(content if mark else content.removeprefix(codecs.BOM_UTF8), nl=False)


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that a full disk leaves no cut file."""
    if path.is_dir():
        message = f"{path.resolve()} is a folder; give the name of a file"
        raise PilotZonesError(message)
    if path.exists() and not path.is_file():
        # a device or a pipe, of which /dev/stdout is a link to no path
        path.write_bytes(content)
        return
    path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = f"{path} cannot be written ({error.strerror})"
        raise PilotZonesError(message) from error


def _umask() -> int:
    # it can only be read by setting it
    mask = os.umask(0)
    os.umask(mask)
    return mask


def pairs_of(chosen: Chosen) -> list[tuple[str, str]]:
    """Write the values of options as the parameters of a query."""
    return [(name, value) for name, values in chosen.items() for value in values]


def stop_at(problems: Sequence[Problem]) -> None:
    """End the command with a click.UsageError that names every problem, if there is one."""
    if problems:
        raise click.UsageError("\n".join(map(_named_as_option, problems)))


def _named_as_option(problem: Problem) -> str:
    return f"--{replace(problem, parameter=problem.parameter.replace('_', '-'))}"


def _unsuitable(answer: Answer, table: Table) -> list[Problem]:
    return [
        Problem(name, excerpt(value), "not a filter of this table")
        for name, value in answer.view.filters()
        if name in table.without
    ]


def _laid_out(answer: Answer, table: Table) -> str:
    names = [name for name in SHOWN[table.name].split() if _suits(name, answer.view.lang)]
    rows = list(records(table, table.rows(answer), arrays=False))
    cells = [["" if row[name] is None else str(row[name]) for name in names] for row in rows]
    return align(names, cells) + f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _suits(name: str, lang: str) -> bool:
    # a row has its own name in both languages, and those of others in one
    other = {"en": "_zh", "zh": "_en"}[lang]
    return name.startswith("name_") or not name.endswith(other)


def _record_lines(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        for one in value if isinstance(value, list) else [value]:
            cells = one if isinstance(one, dict) else {name: one}
            text = "  ".join(
                # a number or a truth says nothing without its name
                str(cell) if isinstance(cell, str) or cells is not one else f"{key}={cell}"
                for key, cell in cells.items()
                if cell not in (None, "")
            )
            if text:
                yield name, text
