"""Text: what a search compares of it, and how wide it is in terminals and workbooks."""

import unicodedata
from collections.abc import Sequence

GAP = "  "
MAX_EXCERPT = 60
MOST_LISTED = 10


def display_width(text: str) -> int:
    """Count the columns that a text takes up where each character has a fixed width.

    Examples
    --------
    >>> display_width("Haikou"), display_width("海口"), display_width("ü")
    (6, 4, 1)
    """
    return sum(_width(character) for character in text)


def fold(text: str) -> str:
    """Reduce a text to what a search compares: no case, accents, spaces or punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def visible(text: str) -> str:
    """Replace what cannot be printed, steers a terminal or turns the direction of writing."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def excerpt(value: object) -> str:
    """Cut a text that comes from outside, so that it can be quoted in a message."""
    text = str(value)
    return visible(text[:MAX_EXCERPT]) + ("…" if len(text) > MAX_EXCERPT else "")


def listed(names: Sequence[str]) -> str:
    """Join names for a message; of many, the first ones."""
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def align(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table as lines without trailing spaces, each ended by a line feed."""
    lines = [[visible(cell) for cell in line] for line in (head, *rows)]
    widths = [max(display_width(line[place]) for line in lines) for place in range(len(head))]
    return "".join(
        GAP.join(
            cell + " " * (width - display_width(cell))
            for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
