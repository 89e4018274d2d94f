r"""Report figures: a View as PNG, SVG or PDF.

Matplotlib is imported with the first figure, not before.

Examples
--------
>>> from datetime import date
>>> from pilotzones import View, load_atlas
>>> from pilotzones.figure import FigureOptions, draw_figure
>>> options = FigureOptions(size="column", dpi=72)
>>> draw_figure(load_atlas(), View(date(2025, 4, 25)), options)[:4]
b'\x89PNG'
"""

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.errors import needs_extra
from pilotzones.figure.cache import figure_bytes, figure_etag, kept_figure
from pilotzones.figure.kinds import Words, asked, figure_words, refuse_unfit
from pilotzones.figure.options import (
    FIGURE_PARAMETERS,
    FORMATS,
    KINDS,
    LABELS,
    SIZES,
    STYLES,
    FigureOptions,
    parse_figure_options,
)
from pilotzones.query.answer import ask
from pilotzones.query.view import View

__all__ = [
    "FIGURE_PARAMETERS",
    "FORMATS",
    "KINDS",
    "LABELS",
    "SIZES",
    "STYLES",
    "FigureOptions",
    "alternative_text",
    "draw_figure",
    "figure_bytes",
    "figure_etag",
    "figure_title",
    "kept_figure",
    "parse_figure_options",
    "warm_up",
]


# atlas and view stay apart here: `draw_figure` is in `pilotzones.__all__` and the others go with it


@takes_atlas
def draw_figure(atlas: Atlas, view: View, options: FigureOptions, *, permalink: str = "") -> bytes:
    """Draw a figure, anew each time; `figure_bytes` keeps the latest ones.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.
    options
        Kind, size, resolution, format, title, labels, style.
    permalink
        Address of the View, written below the figure; may be empty.

    Returns
    -------
    bytes
        A PNG, SVG or PDF; the same bytes for the same input and version.

    Raises
    ------
    InvalidValueError
        If this kind of figure does not take the View or an option, or the View has a day before
        the first document or in the future, as the message says.
    BoundaryError
        If a layer of the boundaries is missing or damaged.
    MissingExtraError
        If what draws is not installed.
    OSError
        If fonts cannot be written to the folder for temporary files.
    """
    refuse_unfit(view, options)
    with needs_extra("figure"):
        from pilotzones.figure.save import save  # noqa: PLC0415 - imports matplotlib

        return save(ask(atlas, view), options, permalink)


def figure_title(atlas: Atlas, view: View, options: FigureOptions | None = None) -> str:
    """Return the title of a figure, in the language of the View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.
    options
        Kind and title; by default those of a map.

    Returns
    -------
    str
        The title of the options, or that of the View.

    Raises
    ------
    InvalidValueError
        If this kind of figure does not take the View or an option.
    """
    return _words(atlas, view, options or FigureOptions()).title


def alternative_text(atlas: Atlas, view: View, options: FigureOptions | None = None) -> str:
    """Describe a figure for readers who cannot see it.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.
    options
        Kind and title; by default those of a map.

    Returns
    -------
    str
        A few sentences in the language of the View, with the numbers that the figure shows.

    Raises
    ------
    InvalidValueError
        If this kind of figure does not take the View or an option.
    """
    return _words(atlas, view, options or FigureOptions()).description


def _words(atlas: Atlas, view: View, options: FigureOptions) -> Words:
    refuse_unfit(view, options)
    return figure_words(asked(ask(atlas, view), options), options)


def warm_up(atlas: Atlas) -> None:
    """Cut the fonts and project the boundaries ahead of the first figure.

    Parameters
    ----------
    atlas
        The facts.
    """
    from pilotzones.figure.save import warm_up as warm  # noqa: PLC0415 - imports matplotlib

    warm(atlas)
