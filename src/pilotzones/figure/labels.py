"""Names on the map that do not collide: the important ones first, each where it finds room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pilotzones.figure.layout import Box


@dataclass(frozen=True)
class Name:
    """A name that wants a place.

    Parameters
    ----------
    text
        What is written.
    x, y
        The point of the page that it names.
    width, height
        Its size in points.
    room
        Size of the area that it names, points; a name that fits stands in the middle of it.
    gap
        Distance from the point when it stands beside it.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    room: tuple[float, float]
    gap: float


def place_names(
    names: Iterable[Name], frame: Box, taken: Iterable[Box]
) -> Iterator[tuple[Name, Box]]:
    """Place names one after the other; a name that finds no room is left out.

    Parameters
    ----------
    names
        The most important first.
    frame
        No name may leave it.
    taken
        What no name may cover.

    Yields
    ------
    tuple
        A name and its place.
    """
    occupied = [*taken]
    for name in names:
        for box in _candidates(name):
            if box.inside(frame) and not any(box.overlaps(other) for other in occupied):
                occupied.append(box)
                yield name, box
                break


def _candidates(name: Name) -> Iterator[Box]:
    width, height, gap = name.width, name.height, name.gap
    middle = (name.x - width / 2, name.y - height / 2)
    if name.room[0] >= 0.75 * width and name.room[1] >= height:
        yield Box(*middle, width, height)
    right, left = name.x + gap, name.x - gap - width
    above, below = name.y + gap, name.y - gap - height
    for x, y in [
        (right, middle[1]),
        (left, middle[1]),
        (middle[0], above),
        (middle[0], below),
        (right, above - gap / 2),
        (right, below + gap / 2),
        (left, above - gap / 2),
        (left, below + gap / 2),
    ]:
        yield Box(x, y, width, height)
