"""Where everything stands on the page of a figure; points, from the lower left corner."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pilotzones.figure.geometry import Extent, ground, project, union_box
from pilotzones.figure.scene import Scene
from pilotzones.query.answer import Answer

# outermost places of the mainland with Hainan, longitude and latitude
_MAINLAND = [
    (73.5, 39.4), (87.8, 49.2), (123.3, 53.6), (135.1, 48.4), (73.6, 40), (124.6, 25.8),
    (121.0, 21.9), (109.5, 18.1), (88.9, 27.3), (80.8, 30.4),
]  # fmt: skip

# Taiwan, Diaoyu Dao and Chiwei Yu: no inset may lie over them
_NEVER_COVERED = [
    (120.8, 21.9),
    (121.5, 23),
    (121.7, 24),
    (122, 25.1),
    (123.5, 25.7),
    (124.6, 25.9),
]

_SOUTH_CHINA_SEA = [(105.8, 3.2), (121.5, 3.2), (106.2, 24.5), (122, 24.5)]

_HAINAN = "460000"

# a picture this much as wide as all of China shows all of China
_NATIONAL_SHARE = 0.55
_NATIONAL_MARGIN = 0.025
_CLOSE_UP_MARGIN = 0.09
_SMALLEST_CLOSE_UP = 120_000

_INSET_HEIGHT = 0.36
_INSET_GAP = 7


@dataclass(frozen=True)
class Box:
    """A rectangle of the page, points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        apart = self.right <= other.x or other.right <= self.x
        return not (apart or self.top <= other.y or other.top <= self.y)

    def inside(self, other: "Box") -> bool:
        """Whether it lies in the other."""
        wide = other.x <= self.x and self.right <= other.right
        return wide and other.y <= self.y and self.top <= other.top


@dataclass(frozen=True)
class Picture:
    """A part of the plane in a box of the page."""

    box: Box
    extent: Extent

    @property
    def scale(self) -> float:
        """Points a metre."""
        return self.box.width / self.extent.width

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Find the point of the page for a projected point."""
        left = self.box.x + (x - self.extent.west) * self.scale
        return left, self.box.y + (y - self.extent.south) * self.scale


@dataclass(frozen=True)
class Subject:
    """What the main picture is about.

    Parameters
    ----------
    extent
        What must be in sight.
    national
        Whether that is all of China.
    islands
        Whether a close-up needs the islands of the South China Sea as well: they are of Hainan.
    """

    extent: Extent
    national: bool
    islands: bool = False


def subject(answer: Answer, scene: Scene) -> Subject:
    """Decide what the main picture must show.

    Parameters
    ----------
    answer
        The filters.
    scene
        The zones that pass them.

    Returns
    -------
    Subject
        All of China, unless a filter leaves a smaller part of it.
    """
    country = Extent.around(project(*np.transpose(_MAINLAND)))
    wanted = [
        ground(answer.atlas, "overview").provinces[adcode] for adcode in answer.view.provinces
    ]
    if not wanted and (answer.view.neighbours or answer.view.batches or answer.view.q):
        wanted = [ground(answer.atlas, "overview").zones[mark.zone_id] for mark in scene.marks]
    if not wanted:
        return Subject(country.grown(_NATIONAL_MARGIN), national=True)
    box = union_box(wanted)
    share = max(box.width / country.width, box.height / country.height)
    if share > _NATIONAL_SHARE:
        return Subject(country.grown(_NATIONAL_MARGIN), national=True)
    least = max(0, _SMALLEST_CLOSE_UP - max(box.width, box.height)) / 2
    grown = Extent(box.west - least, box.south - least, box.east + least, box.north + least)
    provinces = answer.atlas.register.zones["province_adcode"]
    shown = {*answer.view.provinces, *(str(provinces[mark.zone_id]) for mark in scene.marks)}
    return Subject(grown.grown(_CLOSE_UP_MARGIN), national=False, islands=_HAINAN in shown)


def whole_country() -> Extent:
    """Enclose all of China with the islands of the South China Sea."""
    points = [*_MAINLAND, *_SOUTH_CHINA_SEA]
    return Extent.around(project(*np.transpose(points))).grown(_NATIONAL_MARGIN)


def pictures(box: Box, what: Subject, caption: float = 0) -> tuple[Picture, Picture | None]:
    """Fit the main picture into its box, and the islands where it has no room for them.

    Parameters
    ----------
    box
        Room for the main picture.
    what
        What it must show.
    caption
        Height to leave below the islands for their name, points.

    Returns
    -------
    Picture
        The main picture.
    Picture or None
        The South China Sea, inside the box of the main picture at the lower right; ``None`` when
        the main picture shows it or is a close-up of another province.
    """
    if not what.national and not what.islands:
        return Picture(box, _widened(what.extent, box)), None
    whole = _widened(whole_country(), box)
    small = Extent.around(project(*np.transpose(_SOUTH_CHINA_SEA))).grown(_NATIONAL_MARGIN)
    height = _INSET_HEIGHT * box.height
    y = box.y + _INSET_GAP + caption
    inset = Box(0, y, height * small.width / small.height, height)
    if what.islands:
        inset = Box(box.right - inset.width - _INSET_GAP, y, inset.width, height)
        return Picture(box, _clear_of(inset, box, what.extent)), Picture(inset, small)
    main = _beside(box, what.extent, inset.width + 2 * _INSET_GAP)
    # a tall box has room for the whole, in no smaller a scale
    if box.width / whole.width > 0.93 * box.width / main.width:
        return Picture(box, whole), None
    inset = Box(box.right - inset.width - _INSET_GAP, inset.y, inset.width, inset.height)
    return Picture(box, main), Picture(inset, small)


def _widened(extent: Extent, box: Box) -> Extent:
    # the box may be wider or higher than what must be in sight
    scale = min(box.width / extent.width, box.height / extent.height)
    x, y = (extent.west + extent.east) / 2, (extent.south + extent.north) / 2
    width, height = box.width / scale / 2, box.height / scale / 2
    return Extent(x - width, y - height, x + width, y + height)


def _clear_of(inset: Box, box: Box, extent: Extent) -> Extent:
    """Show an extent to the left of an inset or above it, whichever is larger."""
    left = Box(box.x, box.y, inset.x - box.x, box.height)
    above = Box(box.x, inset.top, box.width, box.top - inset.top)
    room = max(left, above, key=lambda b: min(b.width / extent.width, b.height / extent.height))
    seen = Picture(room, _widened(extent, room))
    west = seen.extent.west - (room.x - box.x) / seen.scale
    south = seen.extent.south - (room.y - box.y) / seen.scale
    return Extent(west, south, west + box.width / seen.scale, south + box.height / seen.scale)


def _beside(box: Box, extent: Extent, room: float) -> Extent:
    covered = float(project(*np.transpose(_NEVER_COVERED))[:, 0].max())
    scale = min(
        box.width / extent.width,
        box.height / extent.height,
        (box.width - room) / (covered - extent.west),
    )
    widened = _widened(extent, box)
    if box.width / widened.width > scale:
        width, height = box.width / scale, box.height / scale
        y = (extent.south + extent.north) / 2
        return Extent(extent.west, y - height / 2, extent.west + width, y + height / 2)
    # in the middle, unless the inset needs the room at the right
    east = max(widened.east, covered + room / scale)
    return Extent(east - widened.width, widened.south, east, widened.north)


def wrap(text: str, limit: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines as both languages do.

    Parameters
    ----------
    text
        One paragraph.
    limit
        Width of a line in points.
    measure
        Gives the width of a text in points.

    Returns
    -------
    list of str
        The lines, without blanks at their ends.
    """
    lines: list[list[str]] = []
    width = 0.0
    for piece in _pieces(text, limit, measure):
        if not lines or (width and width + measure(piece.rstrip()) > limit):
            lines.append([])
            width = 0.0
        lines[-1].append(piece)
        width += measure(piece)
    told = ["".join(line).rstrip() for line in _without_orphan(lines, limit, measure)]
    return [line for line in told if line]


def _without_orphan(
    lines: list[list[str]], limit: float, measure: Callable[[str], float]
) -> list[list[str]]:
    """Give a single character on the last line company from the line before."""
    if len(lines) < 2 or len(lines[-2]) < _LONG or not _ORPHAN.fullmatch("".join(lines[-1])):  # noqa: PLR2004
        return lines
    *before, line, last = lines
    moved = [line[-1], *last]
    return [*before, line[:-1], moved] if measure("".join(moved)) <= limit else lines


_LONG = 4
_ORPHAN = re.compile(r"[\u2e80-\u9fff][，。、；：！？）〕》」”’]*\s*")

# what stays together: days, numbers of documents, a number and what it counts, the zones' name;
# else a word, or one Chinese character; each with the closing marks that may not begin a line and
# the opening marks that may not end one
_TOGETHER = (
    r"\d{1,2}\s[A-Z][a-z]+\s\d{4}|\d+年\d+月\d+日|[\u4e00-\u9fff]{2}〔\d+〕\d+号"
    r"|\d+\s[a-z]+|(?:新增|撤销|有效)?\d+个|综合试验区"
)
_PIECE = re.compile(
    rf"[（〔《「“‘]*(?:(?:{_TOGETHER})[^\s\u2e80-\u9fff\uff00-\uffef]*"
    r"|[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef])"
    r"[，。、；：！？）〕》」”’…]*\s*|\s+"
)


def _pieces(text: str, limit: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        rest = piece
        # an address may be longer than a line
        while measure(rest) > limit and len(rest) > 1:
            length = max(
                1, next(n for n in range(len(rest), 0, -1) if n == 1 or measure(rest[:n]) <= limit)
            )
            yield rest[:length]
            rest = rest[length:]
        yield rest
