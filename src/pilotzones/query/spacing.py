"""Where names stand at the ends of lines and beside groups, so that they do not touch."""

from collections.abc import Sequence
from itertools import accumulate


def end_places(
    values: Sequence[float], least: float | Sequence[float], *, stacked: bool
) -> list[float]:
    """Return the heights of the names at the ends of lines, at least so far apart.

    In a stack a name stands in the middle of its area; the first is the lowest.
    """
    tops = [*accumulate(values)]
    wanted = [top - value / 2 for top, value in zip(tops, values, strict=True)]
    return push_apart(wanted if stacked else values, least)


def push_apart(wanted: Sequence[float], least: float | Sequence[float]) -> list[float]:
    """Raise numbers until any two are at least so far apart, or as far as each one's share says."""
    room = [least] * len(wanted) if isinstance(least, int | float) else least
    places, floor = [float(value) for value in wanted], 0.0
    for number in sorted(range(len(places)), key=places.__getitem__):
        places[number] = max(places[number], floor)
        floor = places[number] + room[number]
    return places
