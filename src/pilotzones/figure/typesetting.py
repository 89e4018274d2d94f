"""Text of figures: one typeface for both languages, and the rules for breaking lines.

Noto Sans SC comes as a variable font of 17 MB; figures need a fixed weight, which takes a quarter
of a minute for all 30,000 characters. So the font is first cut to the characters of the data and
the messages: half a second for each weight, once per process.
"""

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Literal

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

from pilotzones.atlas import Atlas
from pilotzones.figure.cutting import cut_font
from pilotzones.figure.temporary import new_folder
from pilotzones.i18n import LANGUAGES, LOCALE_DIR, Language

Weight = Literal["Regular", "Bold"]

REGULAR: Weight = "Regular"
BOLD: Weight = "Bold"

_AXIS = {REGULAR: 400, BOLD: 700}
_PACKAGE = "justmytype_intl_cjk"
_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_LATIN = "".join(map(chr, range(0x20, 0x180)))
_DAYS = "年月日"
_MARKS = "‐–—‘’“”…·•→×−□、。《》「」〔〕！（），：；？"
_UNKNOWN = "□"
# they choose how the sign before them looks
_SELECTORS = "\ufe0e\ufe0f"
# any title can be typed, so their widths would pile up
_WIDTHS_KEPT = 5000

# a line with fewer pieces gives none of them to the next
_LEAST_PIECES = 4
# one Chinese character with its closing marks
_ORPHAN = re.compile(r"[\u2e80-\u9fff][，。、；：！？）〕》」”’]*\s*")

# what stays together: days, numbers of documents, a number and what it counts, the zones' name;
# else a word, or one Chinese character; each with the closing marks that may not begin a line and
# the opening marks that may not end one
_TOGETHER = (
    r"\d{1,2}\s[A-Z][a-z]+\s\d{4}|\d+年\d+月\d+日|[\u4e00-\u9fff]{2}〔\d+〕\d+号"
    r"|\d+\s[a-z]+|(?:[\d°/]+\sN,\s)?\d+°\s[NE]|[≤>]\s\d[\d.,–]*|(?:新增|撤销|有效)?\d+个|综合试验区"
)
_PIECE = re.compile(
    rf"[（〔《「“‘(]*(?:(?:{_TOGETHER})[^\s\u2e80-\u9fff\uff00-\uffef]*"
    r"|[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef])"
    r"[，。、；：！？）〕》」”’…]*\s*|\s+"
)


class Typeface:
    """Two weights, cut to the characters that any figure may need.

    For a text with rare characters a font of its own is cut; the last `rare_fonts` are kept.
    """

    def __init__(self, characters: str, rare_fonts: int = 12) -> None:
        self._common = frozenset(characters) & _covered()
        self._usual: dict[Weight, Path] = {}
        self._most_rare = rare_fonts
        self._rare: OrderedDict[tuple[Weight, str], Path] = OrderedDict()
        self._widths: dict[tuple[str, Weight], float] = {}
        self._expected = ""
        self._folder = new_folder()

    def expect(self, text: str, lang: str = LANGUAGES[0]) -> None:
        """Announce the texts of a figure, so that one font is cut for all their rare characters."""
        self._expected = "".join(sorted(set(self.drawable(text, lang)) - self._common))

    def font(self, text: str, size: float, weight: Weight = REGULAR) -> FontProperties:
        """Return a font of a size in points that has every character of a `drawable` text."""
        missing = "".join(sorted(set(text) - self._common))
        rare = self._expected if set(missing) <= set(self._expected) else missing
        path = self._rare_font(weight, rare) if missing else self._usual_font(weight)
        return FontProperties(fname=path, size=size)

    def drawable(self, text: str, lang: str = LANGUAGES[0]) -> str:
        """Say in words, once each, which writing the typeface lacks; the rest are boxes."""
        known = self._common if self._common.issuperset(text) else _covered()
        said: set[str] = set()
        t = Language(lang)
        parts = groupby(text, lambda c: c in known and c.isprintable())
        return "".join(
            "".join(part) if drawn else _in_words(part, said, t) for drawn, part in parts
        )

    def width(self, text: str, size: float, weight: Weight = REGULAR) -> float:
        """Measure a `drawable` text in points."""
        key = (text, weight)
        if key not in self._widths:
            if len(self._widths) > _WIDTHS_KEPT:
                self._widths.clear()
            font = self.font(text, 1, weight)
            measured = TextToPath().get_text_width_height_descent(text, font, ismath=False)
            self._widths[key] = float(measured[0]) if text else 0
        return self._widths[key] * size

    def _usual_font(self, weight: Weight) -> Path:
        if weight not in self._usual or not self._usual[weight].exists():
            self._usual[weight] = self._cut(weight, "")
        return self._usual[weight]

    def _rare_font(self, weight: Weight, characters: str) -> Path:
        key = (weight, characters)
        if key not in self._rare or not self._rare[key].exists():
            self._rare[key] = self._cut(weight, characters)
        self._rare.move_to_end(key)
        while len(self._rare) > self._most_rare:
            _, oldest = self._rare.popitem(last=False)
            # some systems keep a file that is open; it goes with the folder
            with suppress(OSError):
                oldest.unlink()
        return self._rare[key]

    def _cut(self, weight: Weight, more: str) -> Path:
        if not self._folder.exists():
            # systems remove what has lain among temporary files for days
            self._folder = new_folder()
        # a PDF lists its fonts in the order of their files
        path = self._folder / f"{_font_name(weight, more)}.ttf"
        cut_font(_source(), path, self._common | set(more), _AXIS[weight], weight)
        return path


def _in_words(characters: Iterable[str], said: set[str], t: Language) -> str:
    """Name the writing of a run of characters, such as ``[Hangul]``; a box if it was named."""
    letters = (c for c in characters if not unicodedata.combining(c) and c not in _SELECTORS)
    kinds = dict.fromkeys(map(_kind, letters))
    names = _writings(t)
    words = [
        f"[{names.get(kind, kind)}]" if kind and kind not in said else _UNKNOWN for kind in kinds
    ]
    said.update(kinds)
    return "".join(words)


def _writings(t: Language) -> dict[str, str]:
    """Name the writings that titles are likely to have and the typeface has not."""
    return {
        "Arabic": t._("Arabic"),
        "Devanagari": t._("Devanagari"),
        "Hangul": t._("Hangul"),
        "Hebrew": t._("Hebrew"),
        "Thai": t._("Thai"),
        "symbol": t._("symbol"),
    }


def _kind(character: str) -> str:
    if not character.isprintable():
        return ""
    # the name of a letter begins with that of its script
    letter = unicodedata.category(character)[0] in "LM"
    return unicodedata.name(character, "").partition(" ")[0].title() if letter else "symbol"


@lru_cache(maxsize=2)
def typeface(atlas: Atlas) -> Typeface:
    """Return the typeface for the names of an atlas and all messages."""
    register = atlas.register
    tables = [register.zones, register.provinces, atlas.boundaries.neighbours]
    names = [name for table in tables for name in table[["name_zh", "name_en"]].to_numpy().ravel()]
    catalogue = (LOCALE_DIR / "zh.po").read_text(encoding="utf-8")
    numbers = "".join(register.documents.index)
    characters = {*_LATIN, *_MARKS, *_DAYS, *catalogue, *numbers, *"".join(names)}
    return _typeface("".join(sorted(characters)))


# versions of the data, and data that are loaded again, have the same characters
@lru_cache(maxsize=2)
def _typeface(characters: str) -> Typeface:
    return Typeface(characters)


def _font_name(weight: Weight, more: str) -> str:
    # files name a glyph by the font's name and the glyph's number, so no two fonts may share one
    digest = hashlib.sha256(more.encode()).hexdigest()[:8] if more else ""
    return f"NotoSansSC-{weight}{digest}"


@cache
def _source() -> Path:
    return Path(str(resources.files(_PACKAGE) / _FILE))


@cache
def _covered() -> frozenset[str]:
    return frozenset(map(chr, FT2Font(str(_source())).get_charmap()))


def wrap(text: str, limit: float, measure: Callable[[str], float]) -> list[str]:
    """Break a paragraph into lines of at most `limit` points by the rules of both languages."""
    lines: list[list[str]] = []
    width = 0.0
    for piece in _pieces(text, limit, measure):
        if not lines or (width and width + measure(piece.rstrip()) > limit):
            lines.append([])
            width = 0.0
        lines[-1].append(piece)
        width += measure(piece)
    texts = ["".join(line).rstrip() for line in _without_orphan(lines, limit, measure)]
    return [text for text in texts if text]


def _without_orphan(
    lines: list[list[str]], limit: float, measure: Callable[[str], float]
) -> list[list[str]]:
    """Move a piece to the last line if a single character is alone there."""
    if not lines[1:]:
        return lines
    *before, line, last = lines
    if len(line) < _LEAST_PIECES or not _ORPHAN.fullmatch("".join(last)):
        return lines
    moved = [line[-1], *last]
    return [*before, line[:-1], moved] if measure("".join(moved)) <= limit else lines


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
