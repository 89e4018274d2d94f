"""Options of a figure: read from a query, refused where wrong."""

import numpy as np
import pytest

from pilotzones.figure import FIGURE_PARAMETERS, SIZES, FigureOptions, parse_figure_options
from pilotzones.figure.options import DPI_RANGE

# what a figure may need in memory, four bytes a pixel
MOST_PIXELS = 40_000_000


def test_options_are_read_from_a_query():
    pairs = [
        ("size", "square"),
        ("dpi", "96"),
        ("title", " T "),
        ("labels", "none"),
        ("format", "pdf"),
        ("note", " N "),
        ("kind", "growth"),
        ("by", "all"),
        ("style", "grey"),
    ]
    options, problems = parse_figure_options(pairs)
    assert problems == []
    assert options == FigureOptions("square", 96, "T", "none", "pdf", "N", "growth", "all", "grey")
    assert parse_figure_options(options.pairs()) == (options, [])
    assert parse_figure_options([]) == (FigureOptions(), [])
    assert {name for name, _ in pairs} == set(FIGURE_PARAMETERS)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("size", "a5", "unknown size"),
        ("format", "gif", "unknown format"),
        ("labels", "True", "unknown choice of labels"),
        ("dpi", "71", "out of range"),
        ("dpi", "601", "out of range"),
        ("dpi", "9" * 5000, "out of range"),
        ("dpi", "3e2", "not a whole number"),
        ("dpi", "-300", "not a whole number"),
        ("dpi", "３００", "not a whole number"),
        ("title", "x" * 201, "too long"),
        ("title", "a\nb", "has control characters"),
        ("title", "a\u202eb", "has control characters"),
        ("note", "x" * 401, "too long"),
        ("note", "a\tb", "has control characters"),
        ("kind", "pie", "unknown kind"),
        ("by", "batch", "unknown grouping"),
        ("style", "sepia", "unknown style"),
        ("unit", "street", "unknown choice"),
        ("colour", "red", "unknown parameter"),
    ],
)
def test_wrong_options_are_reported(name, value, reason):
    options, problems = parse_figure_options([(name, value)])
    assert [(p.parameter, p.reason) for p in problems] == [(name, reason)]
    assert str(problems[0]).startswith(f"{name}=")
    assert options == FigureOptions()


def test_an_option_given_twice_is_reported():
    options, problems = parse_figure_options([("dpi", "96"), ("dpi", "97")])
    assert options.dpi == 96
    assert problems[0].reason == "given twice"


def test_options_in_python_have_the_same_limits():
    with pytest.raises(ValueError, match="dpi=9999: out of range"):
        FigureOptions(dpi=9999)
    for wrong in (72.5, "300", True):
        with pytest.raises(ValueError, match=f"dpi={wrong}: not a whole number"):
            FigureOptions(dpi=wrong)
    assert type(FigureOptions(dpi=np.int64(72)).dpi) is int
    with pytest.raises(ValueError, match="title=None: not a text"):
        FigureOptions(title=None)
    with pytest.raises(ValueError, match="style=None: unknown style"):
        FigureOptions(style=None)
    with pytest.raises(ValueError, match="format=gif: unknown format"):
        FigureOptions(format="gif")


@pytest.mark.parametrize("size", SIZES)
def test_the_largest_figure_fits_into_memory(size):
    width, height = FigureOptions(size=size, dpi=DPI_RANGE[1]).pixels
    assert width * height <= MOST_PIXELS


def test_a_sheet_has_its_size_on_paper_and_in_pixels():
    options = FigureOptions("a4-landscape", 300)
    assert options.centimetres == (29.7, 21.0)
    assert options.pixels == (3507, 2480)
