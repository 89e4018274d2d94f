"""Options of a figure: size, resolution, format, title, note, labels; read from a query."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, cast, get_args

from pilotzones.errors import Problem, Reason, refuse
from pilotzones.text import excerpt

Size = Literal["a4-landscape", "a4-portrait", "slide-16x9", "square", "column"]
Format = Literal["png", "svg", "pdf"]
Labels = Literal["auto", "all", "none"]
MM = 72 / 25.4

# width and height in points, and the factor of letters and lines against those of a printed page
SIZES: dict[Size, tuple[float, float, float]] = {
    "a4-landscape": (297 * MM, 210 * MM, 1.0),
    "a4-portrait": (210 * MM, 297 * MM, 1.0),
    "slide-16x9": (960, 540, 1.3),
    "square": (170 * MM, 170 * MM, 0.9),
    "column": (86 * MM, 132 * MM, 0.72),
}
FORMATS: tuple[Format, ...] = get_args(Format)
LABELS: tuple[Labels, ...] = get_args(Labels)
MEDIA_TYPES: dict[Format, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
DPI_RANGE = (72, 600)
MAX_TITLE = 200
MAX_NOTE = 400


@dataclass(frozen=True)
class FigureOptions:
    """How a figure is drawn; the View decides what it shows.

    Parameters
    ----------
    size
        One of `SIZES`.
    dpi
        Pixels per inch of a PNG, 72 to 600; the other formats have no pixels.
    title
        At most 200 characters; empty for the title of the View (see `figure_title`).
    labels
        ``auto`` names the zones of a close-up and those that changed, ``all`` as many as there is
        room for, ``none`` none.
    format
        ``png``, ``svg`` or ``pdf``.
    note
        Text of the reader's own above the sources, at most 400 characters; may be empty.

    Raises
    ------
    ValueError
        If a value is not one of these; the message names it.
    """

    size: Size = "a4-landscape"
    dpi: int = 300
    title: str = ""
    labels: Labels = "auto"
    format: Format = "png"
    note: str = ""

    def __post_init__(self) -> None:
        choices = [_wrong_choice(name, getattr(self, name)) for name in _CHOICES]
        texts = [_wrong_text(name, getattr(self, name)) for name in _LONGEST]
        refuse([*choices, _wrong_dpi(self.dpi), *texts])

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a PNG."""
        width, height, _ = SIZES[self.size]
        return int(width * self.dpi / 72), int(height * self.dpi / 72)

    @property
    def centimetres(self) -> tuple[float, float]:
        """Width and height on paper."""
        width, height, _ = SIZES[self.size]
        return round(width / MM / 10, 1), round(height / MM / 10, 1)

    @property
    def media_type(self) -> str:
        """Media type of the file."""
        return MEDIA_TYPES[self.format]

    def pairs(self) -> list[tuple[str, str]]:
        """Parameters of a query, without those that have their default."""
        values = [(f.name, getattr(self, f.name), f.default) for f in fields(self)]
        return [(name, str(value)) for name, value, default in values if value != default]


FIGURE_PARAMETERS = tuple(f.name for f in fields(FigureOptions))

# texts of the reader's own, and how many characters they may have
_LONGEST = {"title": MAX_TITLE, "note": MAX_NOTE}
_CHOICES: dict[str, tuple[tuple[str, ...], Reason]] = {
    "size": (tuple(SIZES), "unknown size"),
    "labels": (LABELS, "unknown choice of labels"),
    "format": (FORMATS, "unknown format"),
}


def parse_figure_options(
    pairs: Iterable[tuple[str, str]],
) -> tuple[FigureOptions, list[Problem]]:
    """Read the options of a figure from the parameters of a query.

    Parameters
    ----------
    pairs
        Names and values, without those of the View; the names are `FIGURE_PARAMETERS`.

    Returns
    -------
    FigureOptions
        The options, with the default in place of each unrecognised value.
    list of Problem
        The unrecognised values, each with the reason.
    """
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in pairs:
        problem = _wrong(name, value)
        if name in values:
            problem = Problem(
                excerpt(name), excerpt(value), "given twice", instead=excerpt(values[name])
            )
        if problem:
            problems.append(problem)
        elif value:
            values[name] = value
    return FigureOptions(
        size=cast("Size", values.get("size", FigureOptions.size)),
        dpi=int(values.get("dpi", FigureOptions.dpi)),
        title=values.get("title", FigureOptions.title).strip(),
        labels=cast("Labels", values.get("labels", FigureOptions.labels)),
        format=cast("Format", values.get("format", FigureOptions.format)),
        note=values.get("note", FigureOptions.note).strip(),
    ), problems


def _wrong(name: str, value: str) -> Problem | None:
    if name not in FIGURE_PARAMETERS:
        return Problem(excerpt(name), excerpt(value), "unknown parameter")
    if not value:
        return None
    if name in _LONGEST:
        return _wrong_text(name, value)
    if name == "dpi":
        # the digits of other scripts, signs and blanks would pass int()
        if not (value.isascii() and value.isdigit()):
            return Problem(name, excerpt(value), "not a whole number")
        return _wrong_dpi(int(value[:9]))
    return _wrong_choice(name, value)


def _wrong_choice(name: str, value: str) -> Problem | None:
    allowed, reason = _CHOICES[name]
    if value in allowed:
        return None
    return Problem(name, excerpt(value), reason, allowed=", ".join(allowed))


def _wrong_dpi(dpi: int) -> Problem | None:
    low, high = DPI_RANGE
    if low <= dpi <= high:
        return None
    return Problem("dpi", str(dpi), "out of range", allowed=f"{low} to {high}")


def _wrong_text(name: str, text: str) -> Problem | None:
    most = _LONGEST[name]
    if len(text) > most:
        return Problem(name, excerpt(text), "too long", allowed=f"at most {most} characters")
    if not text.isprintable():
        return Problem(name, excerpt(text), "has control characters")
    return None
