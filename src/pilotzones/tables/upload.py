"""A table that a reader brings: CSV or XLSX as a DataFrame of texts.

What is read is held in memory alone: nothing of it is written to disk or logged.
"""

import csv
import importlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import NoReturn

import pandas as pd

from pilotzones.errors import TableTooLargeError, UnreadableTableError, needs_extra
from pilotzones.query.cells import is_figure, number_of_cell
from pilotzones.query.days import is_year

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_CELLS = 2_000_000
# what a cell of Excel can hold
MAX_CELL = 32_767
# of all parts of a workbook together
MAX_UNPACKED = 100_000_000

EXPECTED = (
    "send a CSV in UTF-8, UTF-16 or GB18030, or an XLSX workbook, with names in its first row"
)

_DELIMITERS = ",;\t|"
# a first line by which Excel knows the delimiter
_SAID = re.compile(rf"sep=([{_DELIMITERS}])(?=[\r\n])", re.IGNORECASE)
# rows with a title, a unit, a source
_MOST_OF_TITLE = 5
_NOTE = re.compile(
    r"[*＊]?\s*((数据|资料)?来源|注释?|备注|说明|sources?|notes?)\s*\d*\s*[:：].*",
    re.IGNORECASE | re.DOTALL,
)
# rows by which the delimiter is chosen
_SAMPLE = 50
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
_FORMATS = {b"<stata_dta>": "Stata", b"PAR1": "Parquet", b"\x1f\x8b": "gzip"}
_HTML = re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|!--)", re.IGNORECASE)
_BINARY = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
# seconds
_PATIENCE = 20
_WORKBOOK = str(Path(__file__).with_name("workbook.py"))

Row = list[str]


def read_table(content: bytes, *, titled: bool = False) -> pd.DataFrame:
    """Read a table that a reader brings.

    CSV in UTF-8 (with or without a byte order mark), UTF-16 (with one) or GB18030, separated by
    commas, semicolons, tabs or bars; or the first sheet with content of an XLSX workbook. Every
    cell is the text as written; numbers of a workbook are written as Excel shows them, days as
    ``YYYY-MM-DD``. A column without a name is called ``column_3`` after its position, the second of
    a name gets ``_2`` behind it, and ``attrs["repeated"]`` has such names. Empty rows at the end
    are left out, as are columns at the end with neither name nor content. ``attrs["first_row"]`` is
    the number, counted from 1, that the first row below the names has in the file.

    Where it may be `titled`, rows with a single cell above the names of columns are a title, as in
    tables made to be printed: ``attrs["title"]``. They are taken for one only if no name below them
    is a number, years apart, and the row below the names has one. A row at the end whose single
    cell says to be a note or a source, and such rows below it, are ``attrs["notes"]``. In a CSV,
    lines of either kind need no delimiters.

    UnreadableTableError or TableTooLargeError say what is wrong, in which row, and what is
    expected.
    """
    if len(content) > MAX_BYTES:
        _refuse_size("bytes", MAX_BYTES, f"it has {len(content):,}")
    rows = (
        _read_workbook(content)
        if content.startswith(_ZIP)
        else _read_csv(_decode(content), titled=titled)
    )
    return _table(rows, titled=titled)


def unique_names(names: Iterable[str]) -> list[str]:
    """Name columns so that no two names are the same; one without a name after its position."""
    found: dict[str, None] = {}
    for position, name in enumerate(names, 1):
        stem = name or f"column_{position}"
        free = (f"{stem}_{number}" for number in range(2, MAX_COLUMNS + 2))
        found[stem if stem not in found else next(one for one in free if one not in found)] = None
    return list(found)


def _table(rows: Iterable[Row], *, titled: bool) -> pd.DataFrame:
    """Take the first row with content for the names and check and trim the rows below it."""
    kept: list[Row] = []
    filled = cells = first = 0
    for number, row in enumerate(rows, 1):
        _check_row(number, row)
        if not kept and not any(row):
            continue
        first = first or number
        kept.append(row)
        cells += len(row)
        if any(row):
            filled = len(kept)
        if filled > MAX_ROWS + 1:
            _refuse_size("rows", MAX_ROWS)
        if cells > MAX_CELLS:
            _refuse_size("cells", MAX_CELLS)
    if not kept:
        _refuse("empty", "the file is empty")
    above = _rows_of_title(kept) if titled else 0
    title = " ".join(filter(None, chain(*kept[:above])))
    names, *body = kept[above:filled]
    end = _end_of_body(body) if titled else len(body)
    notes, body = ["".join(row) for row in body[end:] if any(row)], body[:end]
    width = max(_last_filled(row) for row in [names, *body])
    if not body:
        _refuse("no rows", "the table has names of columns but no rows below")
    names = [name.strip() for name in [*names[:width], *[""] * (width - len(names))]]
    padded = [[*row[:width], *[""] * (width - len(row))] for row in body]
    table = pd.DataFrame(padded, columns=unique_names(names), dtype="object")
    table.attrs = {"first_row": first + above + 1, "title": title, "notes": notes}
    table.attrs["repeated"] = [name for name, times in Counter(names).items() if name and times > 1]
    return table


def _rows_of_title(rows: list[Row]) -> int:
    """Count the rows above the names of columns."""
    above = next((place for place, row in enumerate(rows) if _filled(row) > 1), 0)
    if not above or above > _MOST_OF_TITLE or not rows[above + 1 :]:
        return 0
    names, first = (list(filter(None, row)) for row in rows[above : above + 2])
    # where a line has no delimiters, it has not the names of several columns
    is_title = _are_names(names, lone_year=len(rows[above - 1]) == 1)
    return above if is_title and any(map(is_figure, first)) else 0


def _are_names(cells: list[str], *, lone_year: bool) -> bool:
    """Whether no name is a number, but for years in their order behind a name."""
    years = [int(cell.strip()[:4]) for cell in cells if is_year(cell)]
    rest = [cell for cell in cells if not is_year(cell)]
    in_order = years == sorted(set(years)) or years == sorted(set(years), reverse=True)
    has_years = in_order and (lone_year or len(years) != 1)
    return has_years and bool(rest) and all(number_of_cell(cell) is None for cell in rest)


def _end_of_body(body: list[Row]) -> int:
    """Count the rows above the notes below a table: the first says to be one."""
    # of a list with one column, any row may be a place
    last = max((place for place, row in enumerate(body) if _filled(row) > 1), default=len(body))
    below = range(last + 1, len(body))
    end = next((place for place in below if _is_note(body[place])), len(body))
    return _last_filled([*map(any, body[:end])])


def _is_note(row: Row) -> bool:
    return _filled(row) == 1 and bool(_NOTE.fullmatch("".join(row).strip()))


def _filled(row: Row) -> int:
    return sum(map(bool, row))


def _last_filled(row: Sequence[object]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)


def _check_row(number: int, row: Row) -> None:
    if len(row) > MAX_COLUMNS:
        _refuse_size("columns", MAX_COLUMNS, f"row {number} has more", row=number)
    for place, cell in enumerate(row, 1):
        if len(cell) > MAX_CELL:
            where = f"row {number}, column {place} has {len(cell):,}"
            _refuse_size("characters in a cell", MAX_CELL, where, row=number, column=place)


def _check_format(content: bytes) -> None:
    """Refuse what is known to be something else."""
    if content.startswith(_OLE):
        kind, what = (
            ("password", "the workbook is protected by a password")
            if _ENCRYPTED in content
            else ("old workbook", "the file is an old Excel workbook (.xls)")
        )
        _refuse(kind, f"{what}; save it as XLSX without a password")
    for begin, name in _FORMATS.items():
        if content.startswith(begin):
            _refuse("format", f"the file is in the format {name}", format=name)
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")):
        _refuse("web page", "the file is a web page or XML, no table")


def _decode(content: bytes) -> str:
    """Decode the bytes of a CSV."""
    _check_format(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
        else:
            break
    else:
        reason = f"line {line} is no text in {' or '.join(map(str.upper, encodings))}"
        _refuse("encoding", reason, row=line)
    if found := _BINARY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        _refuse("no text", f"line {line} has bytes that are no text", row=line)
    return text


def _read_csv(text: str, *, titled: bool) -> Iterator[Row]:
    """Yield the rows of a CSV, each as long as the first; blank lines are empty rows.

    Where it may be `titled`, lines without a delimiter may stand above, and notes below.
    """
    if found := _SAID.match(text):
        # an empty line in its place, so that rows keep their numbers
        text, delimiter = text[found.end() :], found[1]
    else:
        delimiter = _delimiter(text, titled=titled)
    above, width = _title_and_width(text, delimiter) if titled else (0, 0)
    in_notes = False
    for number, row in enumerate(_parse(text, delimiter), 1):
        width = width or len(row) * any(row)
        in_notes = titled and len(row) <= 1 and (in_notes or _is_note(row))
        if number > above and row and width and len(row) != width and not in_notes:
            reason = (
                f"row {number} has {len(row)} cells, the row of names has {width}; a cell that "
                f"contains {_name(delimiter)} or a line break must be in quotes; remove lines "
                "above the names and below the table"
            )
            _refuse("width", reason, row=number, cells=len(row), names=width)
        yield row


def _title_and_width(text: str, delimiter: str) -> tuple[int, int]:
    """Count the lines above the names of columns, and the cells of the line below."""
    rows = [*islice(_parse(text, delimiter), _SAMPLE)]
    kept = [*dropwhile(lambda row: not any(row), rows)]
    if above := _rows_of_title(kept):
        return len(rows) - len(kept) + above, len(kept[above])
    return 0, 0


def _parse(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):  # noqa: B007 - the error needs it
            yield row
    except csv.Error as error:
        if "limit" in str(error):
            where = f"row {number + 1} has more"
            _refuse_size("characters in a cell", MAX_CELL, where, row=number + 1)
        reason = (
            f"row {number + 1} has a quotation mark that is not closed or not doubled within quotes"
        )
        _refuse("quotes", reason, row=number + 1)


def _delimiter(text: str, *, titled: bool) -> str:
    """Choose the delimiter by which the first rows are equally long, and longest."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter, titled=titled))


def _fit(text: str, delimiter: str, *, titled: bool) -> tuple[int, int]:
    lengths = []
    try:
        for row in islice(dropwhile(lambda row: not any(row), _parse(text, delimiter)), _SAMPLE):
            lengths += [len(row)] if row else []
    except (TableTooLargeError, UnreadableTableError):
        pass
    if titled:
        lengths = [*dropwhile(lambda length: length == 1, lengths)]
    first = lengths[0] if lengths else 0
    # how many rows agree with the first counts only where it is divided at all
    return (lengths.count(first), first) if first > 1 else (0, 0)


def _read_workbook(content: bytes) -> list[Row]:
    """Return the rows of the first visible sheet with content."""
    _check_archive(content)
    with needs_extra("upload"):
        importlib.import_module("python_calamine")
    limits = map(str, (MAX_ROWS + 1, MAX_COLUMNS, MAX_CELLS))
    try:
        done = subprocess.run(  # noqa: S603 - its own interpreter
            [sys.executable, "-P", _WORKBOOK, *limits],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        reason = "the workbook is damaged, or its cells lie too far apart"
        _refuse("damaged", reason)
    found = json.loads(done.stdout)
    sizes = {
        "rows": (found["height"] - 1, MAX_ROWS),
        "columns": (found["width"], MAX_COLUMNS),
        "cells": (found["height"] * found["width"], MAX_CELLS),
    }
    for what, (size, limit) in sizes.items():
        if size > limit:
            _refuse_size(what, limit, f"the sheet has {size:,}")
    return list(found["rows"])


def _check_archive(content: bytes) -> None:
    """Refuse what is no workbook, or would unpack to too much, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError):
        _refuse("damaged", "the workbook is damaged")
    if any(part.flag_bits & 1 for part in parts):
        _refuse("password", "the file is protected by a password")
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        _refuse("archive", "the file is an archive, but no XLSX workbook")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        _refuse_size("bytes when unpacked", MAX_UNPACKED)


def _name(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}[delimiter]


def _refuse(kind: str, reason: str, **facts: object) -> NoReturn:
    message = f"{reason}; {EXPECTED}"
    # what went wrong inside may quote the file
    raise UnreadableTableError(message, kind, **facts) from None


def _refuse_size(what: str, limit: int, where: str = "", **facts: object) -> NoReturn:
    message = f"a table has at most {limit:,} {what}{f'; {where}' if where else ''}"
    raise TableTooLargeError(message, what, limit=f"{limit:,}", **facts) from None
