"""What each version of the data changed in the one before, cell by cell, and why."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from pilotzones.atlas.checksums import REVISIONS, calculate
from pilotzones.atlas.datapackage import DESCRIPTOR, Cells, read_cells
from pilotzones.atlas.register import Register
from pilotzones.errors import TableError

Change = Literal[
    "cell",
    "row added",
    "row removed",
    "column added",
    "column removed",
    "table added",
    "table removed",
    "file added",
    "file removed",
    "file changed",
]
CHANGES: tuple[Change, ...] = get_args(Change)

# by its name below the folder of the data, where each file of a version lies
Files = Mapping[str, Path]

# the changelog says itself what a version changed
_SILENT = ("changelog",)


@dataclass(frozen=True)
class Revision:
    """One change.

    Parameters
    ----------
    version
        The version that made it.
    table
        The table of the register, or the path of another file.
    change
        One of `CHANGES`. Of a row, column or table that came or went the cells are not listed.
    key
        Primary key of the row, its parts separated by spaces.
    column
        The column.
    old, new
        The cell before and after.
    why_zh, why_en
        The reason.
    source
        Addresses that support it, separated by spaces; empty where it follows from a rule of the
        register.
    """

    version: str
    table: str
    change: str
    key: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    why_zh: str = ""
    why_en: str = ""
    source: str = ""

    @property
    def bare(self) -> "Revision":
        """What changed, without the reason."""
        return replace(self, why_zh="", why_en="", source="")

    @property
    def explained(self) -> bool:
        """Whether the reason is given in both languages."""
        return bool(self.why_zh and self.why_en)

    def __str__(self) -> str:
        place = " ".join(filter(None, [self.version, self.table, self.key, self.column]))
        return f"{place}: {self.change}"


COLUMNS = tuple(field.name for field in fields(Revision))


def revisions_between(earlier: Files, later: Files, version: str) -> list[Revision]:
    """Compare the files of two versions, of which the later is named; the reasons are empty."""
    then, now = (read_cells(one[f"register/{DESCRIPTOR}"].parent) for one in (earlier, later))
    found = [
        revision
        for name in sorted({*then, *now} - {*_SILENT})
        for revision in _of_table(name, then.get(name), now.get(name))
    ]
    found += _of_files(earlier, later)
    return [replace(one, version=version) for one in found]


def _of_table(name: str, then: Cells | None, now: Cells | None) -> Iterator[Revision]:
    if then is None or now is None:
        yield Revision("", name, "table added" if then is None else "table removed")
        return
    old, new = then.keyed(now.key), now.keyed(now.key)
    for column in new.columns.difference(old.columns, sort=False):
        yield Revision("", name, "column added", column=column)
    for column in old.columns.difference(new.columns, sort=False):
        yield Revision("", name, "column removed", column=column)
    for key in old.index.difference(new.index, sort=False):
        yield Revision("", name, "row removed", key)
    for key in new.index.difference(old.index, sort=False):
        yield Revision("", name, "row added", key)
    rows = new.index.intersection(old.index, sort=False)
    columns = new.columns.intersection(old.columns, sort=False)
    before, after = (one.loc[rows, columns].to_numpy() for one in (old, new))
    for row, column in zip(*(before != after).nonzero(), strict=True):
        cells = before[row, column], after[row, column]
        yield Revision("", name, "cell", str(rows[row]), str(columns[column]), *cells)


def _of_files(earlier: Files, later: Files) -> Iterator[Revision]:
    then, now = (
        calculate({name: one[name] for name in one if _is_other(name)}) for one in (earlier, later)
    )
    for name in sorted({*then, *now}):
        if name not in then or name not in now:
            yield Revision("", name, "file added" if name in now else "file removed")
        elif then[name] != now[name]:
            yield Revision("", name, "file changed")


def _is_other(name: str) -> bool:
    return not name.startswith("register/") and name != REVISIONS


def changed_past(earlier: Register, later: Register) -> list[str]:
    """Name the zones that were active on other days, or covered other places, than was said.

    Days after the latest document of the earlier version do not count.
    """
    last = earlier.documents["published_on"].max()
    then, now = _past(earlier, last), _past(later, last)
    return sorted(zone for zone in {*then, *now} if then.get(zone) != now.get(zone))


def _past(register: Register, last: pd.Timestamp) -> dict[str, tuple[object, ...]]:
    zones = register.zones.join(register.histories)
    zones = zones[zones["approved_on"] <= last]
    return {
        str(zone.Index): (
            zone.approved_on,
            zone.revoked_on if zone.revoked_on <= last else None,
            frozenset(zone.adcodes.split()),
        )
        for zone in zones.itertuples()
    }


def read_revisions(path: Path) -> list[Revision]:
    """Read a table of revisions; none if there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file, strict=True)]
    if not rows or tuple(rows[0]) != COLUMNS:
        message = f"{path} must have the columns {','.join(COLUMNS)}"
        raise TableError(message)
    return [_revision(path, row) for row in rows[1:]]


def _revision(path: Path, row: list[str]) -> Revision:
    given = dict(zip(COLUMNS, row, strict=False))
    change = next((known for known in CHANGES if known == given.get("change")), None)
    if change is None or len(row) != len(COLUMNS):
        message = f"{path} has a row {','.join(row)[:80]!r}, which is no change"
        raise TableError(message)
    return Revision(**{**given, "change": change})


def write_revisions(path: Path, revisions: list[Revision]) -> None:
    """Write a table of revisions."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *map(astuple, revisions)])
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")
