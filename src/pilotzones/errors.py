"""The errors that the library raises on purpose; each message says what is wrong and what to do."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral
from typing import Any, Literal

from pilotzones.text import excerpt

Reason = Literal[
    "not a date",
    "before the first document",
    "in the future",
    "after the other day",
    "unknown province",
    "unknown region",
    "unknown border region",
    "unknown batch",
    "unknown status",
    "unknown match",
    "unknown zone",
    "unknown shading",
    "unknown colouring",
    "not a distance",
    "not between two days",
    "unknown language",
    "unknown version",
    "unknown size",
    "unknown kind",
    "unknown style",
    "unknown grouping",
    "unknown choice of labels",
    "unknown format",
    "unknown level",
    "unknown choice",
    "unknown place",
    "name of several places",
    "not a year of a panel",
    "after the other year",
    "missing",
    "not a point",
    "no such column",
    "not both",
    "not a text",
    "not a tuple",
    "not a whole number",
    "out of range",
    "has control characters",
    "too long",
    "too many values",
    "given twice",
    "unknown parameter",
    "not a filter of this table",
    "not with this kind of figure",
    "not a part of the map",
]


@dataclass(frozen=True)
class Problem:
    """A value of a query, an option or an argument that cannot be used as it is.

    Parameters
    ----------
    parameter
        Name of the parameter.
    value
        The value, cut to 60 characters.
    reason
        Why it was refused.
    instead
        The value that is used in its place; empty where it is ignored.
    allowed
        The values that are understood; empty where they cannot be listed.
    closest
        Known values that come close to it, the closest first.
    """

    parameter: str
    value: str
    reason: Reason
    instead: str = ""
    allowed: str = ""
    closest: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """What is used instead, what is allowed, or what comes close."""
        return self.instead or self.allowed or ", ".join(self.closest)

    def details(self) -> dict[str, str]:
        """Return the problem as the JSON of the API."""
        return {
            "parameter": self.parameter,
            "value": self.value,
            "reason": self.reason,
            "used": self.hint,
        }

    def __str__(self) -> str:
        hint = self.hint
        if hint and not (self.instead or self.allowed):
            hint = f"did you mean {' or '.join(self.closest)}?"
        return f"{self.parameter}={self.value}: {self.reason}{hint and f'; {hint}'}"


class PilotZonesError(Exception):
    """Base of every error that the library raises on purpose."""


class InvalidValueError(PilotZonesError, ValueError):
    """A View, a day or a level has values that cannot be used.

    The message has one line for each of them, in the words of the API and the command line.

    Parameters
    ----------
    *problems
        Each value, the reason, and what would do; kept as ``problems``, a tuple of `Problem`.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(*problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def whole_number(value: object) -> int | None:
    """Take an integer of any kind, such as one of a pandas table; ``None`` for all else.

    To Python a truth is an integer, too; here it is none.
    """
    return None if isinstance(value, bool) or not isinstance(value, Integral) else int(value)


def not_a_text(parameter: str, value: object) -> Problem | None:
    """Say that a value is no text; ``None`` if it is one."""
    if isinstance(value, str):
        return None
    return Problem(parameter, excerpt(str(value)), "not a text", allowed=excerpt(repr(str(value))))


def refuse_one_text(parameter: str, values: object) -> None:
    """Refuse a text in place of several: its characters would be taken for them."""
    if isinstance(values, str):
        remedy = excerpt(f"{parameter}={(values,)!r}")
        refuse([Problem(parameter, excerpt(values), "not a tuple", allowed=remedy)])


def refuse(problems: Iterable[Problem | None]) -> None:
    """Raise one `InvalidValueError` for all problems; nothing happens where there is none."""
    if found := [problem for problem in problems if problem]:
        raise InvalidValueError(*found)


class TableError(PilotZonesError):
    """A table or its descriptor is missing, unreadable or breaks a rule."""


class BoundaryError(PilotZonesError):
    """A boundary file is missing, unreadable or does not fit the register."""


class NotAnAtlasError(PilotZonesError, TypeError):
    """Something else was passed where the atlas is wanted.

    Parameters
    ----------
    given
        What was passed.
    """

    def __init__(self, given: object) -> None:
        kind = type(given).__name__
        super().__init__(f"give the atlas that load_atlas() returns; this is of the type {kind}")


class NotATableError(PilotZonesError, TypeError):
    """Something else was passed where a table of pandas is wanted.

    Parameters
    ----------
    given
        What was passed, such as the name of a file.
    """

    def __init__(self, given: object) -> None:
        kind = type(given).__name__
        remedy = "give a DataFrame, such as pandas.read_csv(...) returns"
        super().__init__(f"{remedy}; this is of the type {kind}")


class MissingExtraError(PilotZonesError, ImportError):
    """A package is missing that only an extra of the distribution installs.

    Parameters
    ----------
    extra
        ``"figure"``, ``"parquet"``, ``"upload"``, ``"app"`` or ``"build"``.
    package
        The package that was not found.
    """

    def __init__(self, extra: str, package: str) -> None:
        self.extra, self.package = extra, package
        super().__init__(
            f"{package} is not installed; run: python -m pip install 'pilotzones[{extra}]'"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.extra, self.package)


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Name the extra to install if a package is found missing within the block."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = str(error.name)
        if package.partition(".")[0] == "pilotzones":
            raise
        raise MissingExtraError(extra, package) from error


class UnknownZoneError(PilotZonesError, KeyError):
    """No zone has this identifier.

    Parameters
    ----------
    zone_id
        The identifier that no zone has.
    closest
        Identifiers that come close to it, the closest first.
    """

    def __init__(self, zone_id: str, closest: list[str]) -> None:
        self.zone_id = zone_id
        self.closest = closest
        hint = f"; did you mean {', '.join(closest)}?" if closest else ""
        super().__init__(f"no zone is called {zone_id!r}{hint}")

    def __reduce__(self) -> tuple[Any, ...]:
        # an error comes back from another process, too
        return type(self), (self.zone_id, self.closest)

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownPlaceError(PilotZonesError, KeyError):
    """No division has this code.

    Parameters
    ----------
    adcode
        The code that was asked for.
    """

    def __init__(self, adcode: str) -> None:
        self.adcode = adcode
        super().__init__(f"no division has the code {adcode!r}; use six digits of GB/T 2260")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.adcode,)

    def __str__(self) -> str:
        return str(self.args[0])


class _TableError(PilotZonesError, ValueError):
    """A table cannot be taken; `kind` and `facts` are what the message says, to be translated."""

    def __init__(self, message: str, kind: str = "", **facts: object) -> None:
        super().__init__(message)
        self.kind, self.facts = kind, facts


class UnreadableTableError(_TableError):
    """A table that a reader brings cannot be read; the message says where and what is expected."""


class TableTooLargeError(_TableError):
    """A table is larger than what is read or written; the message names the limit."""
