"""A broken rule of the data, described so that its place in the file can be found."""

from collections.abc import Collection
from dataclasses import dataclass

from pilotzones.errors import TableError


@dataclass(frozen=True)
class Violation:
    """A broken rule and the place in the file where it is broken.

    Parameters
    ----------
    file
        Name of the CSV file.
    line
        Line in the file, the header being 1; ``None`` when the rule concerns the whole file.
    column
        Name of the column, or ``None``.
    value
        The offending value as it stands in the file.
    rule
        The rule in words.
    """

    file: str
    line: int | None
    column: str | None
    value: str
    rule: str

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "")
        column = f", column {self.column}" if self.column else ""
        return f"{place}{column}: {self.value!r}: {self.rule}"


def line_of(label: object) -> int:
    """Read a label of the index of a table from `read_tables` as the number of a line."""
    return int(str(label))


def fail(violations: Collection[Violation]) -> None:
    """Raise one TableError that names every violation; do nothing if there is none."""
    if violations:
        lines = "\n".join(f"  {violation}" for violation in violations)
        message = (
            f"the data break {len(violations)} rule(s):\n{lines}\nmend the file and load again"
        )
        raise TableError(message)
