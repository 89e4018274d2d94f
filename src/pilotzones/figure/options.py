"""Options of a figure: kind, size, resolution, format, texts, style; read from a query."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from pilotzones.errors import Problem, Reason, refuse, whole_number
from pilotzones.query.panel import CHOICES, PanelOptions
from pilotzones.query.place_questions import PlaceReader
from pilotzones.text import excerpt

Size = Literal["a4-landscape", "a4-portrait", "slide-16x9", "square", "column"]
Format = Literal["png", "svg", "pdf"]
Labels = Literal["auto", "all", "none"]
Kind = Literal["map", "compare", "provinces", "borders", "growth", "matrix", "record", "panel"]
By = Literal["", "region", "position", "province", "all", "cohort"]
Style = Literal["colour", "grey"]
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
KINDS: tuple[Kind, ...] = get_args(Kind)
STYLES: tuple[Style, ...] = get_args(Style)
# what a kind can be grouped by, the first by default
GROUPINGS: dict[str, tuple[By, ...]] = {
    "growth": ("region", "position", "province", "all"),
    "panel": ("cohort", "province"),
}
MEDIA_TYPES: dict[Format, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
_USUAL_PANEL = PanelOptions()
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
    kind
        ``map``: the zones of the View; ``compare``: the change since an earlier day; ``provinces``
        shaded as `View.shade` says; ``borders``: zones on land borders and near them; ``growth``:
        active zones over time; ``matrix``: approvals by province and batch; ``record`` of the zone
        or the place that the View names; ``panel``: treated units by period.
    by
        What curves or units are grouped by: for ``growth`` ``region``, ``position`` (border, coast,
        inland), ``province`` or ``all``, for ``panel`` ``cohort`` or ``province``; empty for the
        first.
    style
        ``colour``, or ``grey`` for print in black and white.
    panel
        What a panel is made of.

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
    kind: Kind = "map"
    by: By = ""
    style: Style = "colour"
    panel: PanelOptions = _USUAL_PANEL

    def __post_init__(self) -> None:
        choices = [_wrong_choice(name, getattr(self, name)) for name in _CHOICES]
        texts = [_wrong_text(name, getattr(self, name)) for name in _LONGEST]
        refuse([*choices, _wrong_dpi(self.dpi), *texts])
        object.__setattr__(self, "dpi", int(self.dpi))

    @property
    def grouping(self) -> By:
        """What is grouped by, also where that is the default."""
        return self.by or GROUPINGS.get(self.kind, ("",))[0]

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
        values = [(name, getattr(self, name), getattr(FigureOptions, name)) for name in _OWN]
        own = [(name, str(value)) for name, value, default in values if value != default]
        return [*own, *self.panel_pairs()]

    def panel_pairs(self) -> list[tuple[str, str]]:
        """Parameters of the panel, without those that have their default."""
        names = {name: name for name in PANEL_PARAMETERS} | {"from": "first", "to": "last"}
        values = [(n, getattr(self.panel, f), getattr(_USUAL_PANEL, f)) for n, f in names.items()]
        return [(name, str(value)) for name, value, default in values if value != default]


_OWN = tuple(f.name for f in fields(FigureOptions) if f.name != "panel")
# those of a panel are parameters of this kind alone
PANEL_PARAMETERS = (*(name for name in CHOICES if name != "weights"), "from", "to")
FIGURE_PARAMETERS = _OWN

# texts of the reader's own, and how many characters they may have
_LONGEST = {"title": MAX_TITLE, "note": MAX_NOTE}
_CHOICES: dict[str, tuple[tuple[str, ...], Reason]] = {
    "size": (tuple(SIZES), "unknown size"),
    "labels": (LABELS, "unknown choice of labels"),
    "format": (FORMATS, "unknown format"),
    "kind": (KINDS, "unknown kind"),
    "by": (get_args(By), "unknown grouping"),
    "style": (STYLES, "unknown style"),
}


def own_parameters(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Name the parameters of a query that are a figure's own, not the View's."""
    of_panel = PANEL_PARAMETERS if ("kind", "panel") in [*pairs] else ()
    return frozenset([*FIGURE_PARAMETERS, *of_panel])


def parse_figure_options(
    pairs: Iterable[tuple[str, str]],
) -> tuple[FigureOptions, list[Problem]]:
    """Read the options of a figure from the parameters of a query.

    Parameters
    ----------
    pairs
        Names and values, without those of the View; the names are `FIGURE_PARAMETERS` and, of a
        panel, ``unit``, ``freq``, ``from``, ``to``, ``clock``, ``rule`` and ``partial``.

    Returns
    -------
    FigureOptions
        The options, with the default in place of each unrecognised value.
    list of Problem
        The unrecognised values, each with the reason.
    """
    pairs = [*pairs]
    values: dict[str, str] = {}
    of_panel = [pair for pair in pairs if pair[0] in PANEL_PARAMETERS]
    reader = PlaceReader(of_panel, (*PANEL_PARAMETERS, "weights"))
    panel = reader.panel_options()
    problems = reader.problems
    for name, value in pairs:
        if name in PANEL_PARAMETERS:
            continue
        problem = _wrong(name, value)
        if name in values:
            problem = Problem(
                excerpt(name), excerpt(value), "given twice", instead=excerpt(values[name])
            )
        if problem:
            problems.append(problem)
        elif value:
            values[name] = value
    if panel != _USUAL_PANEL and values.get("kind") != "panel":
        name, value = next(pair for pair in of_panel if pair[1])
        problems.append(unfit(name, value, "kind=panel"))
    chosen: dict[str, Any] = {name: value.strip() for name, value in values.items()}
    if "dpi" in chosen:
        chosen["dpi"] = int(chosen["dpi"])
    return FigureOptions(**chosen, panel=panel), problems


def unfit(name: str, value: str, remedy: str) -> Problem:
    """Refuse a value that this kind of figure does not have."""
    return Problem(name, excerpt(value), "not with this kind of figure", allowed=remedy)


def _wrong(name: str, value: str) -> Problem | None:
    if name not in _OWN:
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
    return Problem(name, excerpt(value), reason, allowed=", ".join(filter(None, allowed)))


def _wrong_dpi(dpi: int) -> Problem | None:
    low, high = DPI_RANGE
    if whole_number(dpi) is None:
        return Problem("dpi", excerpt(dpi), "not a whole number")
    if low <= dpi <= high:
        return None
    return Problem("dpi", str(dpi), "out of range", allowed=f"{low} to {high}")


def _wrong_text(name: str, text: str) -> Problem | None:
    if not isinstance(text, str):
        return Problem(name, excerpt(text), "not a text", allowed=repr(str(text)))
    most = _LONGEST[name]
    if len(text) > most:
        return Problem(name, excerpt(text), "too long", allowed=f"at most {most} characters")
    if not text.isprintable():
        return Problem(name, excerpt(text), "has control characters")
    return None
