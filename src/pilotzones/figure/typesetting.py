"""One typeface for both languages: Noto Sans SC, cut from its variable font to what is used.

The font comes as 17 MB with the weight as a variable, which no figure can use; to fix the weight
for all of its 30,000 characters takes a quarter of a minute. So it is first cut to the characters
of the data and the messages, which takes half a second a weight, once a process.
"""

import atexit
import hashlib
import shutil
import tempfile
from collections import OrderedDict
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from pilotzones.atlas import Atlas
from pilotzones.i18n import LOCALE_DIR

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
_RARE_FONTS_KEPT = 12


class Typeface:
    """The two weights, cut to a set of characters; others are cut when a text asks for them.

    Parameters
    ----------
    characters
        What every figure may need.
    """

    def __init__(self, characters: str) -> None:
        self._common = frozenset(characters) & _covered()
        self._usual: dict[Weight, Path] = {}
        self._rare: OrderedDict[tuple[Weight, str], Path] = OrderedDict()
        self._widths: dict[tuple[str, Weight], float] = {}
        self._expected = ""
        self._folder = Path(tempfile.mkdtemp(dir=_folder()))

    def expect(self, text: str) -> None:
        """Name the rare characters to come, so that one font is cut for all of them."""
        self._expected = "".join(sorted(set(self.drawable(text)) - self._common))

    def font(self, text: str, size: float, weight: Weight = REGULAR) -> FontProperties:
        """Find a font that has every character of a `drawable` text.

        Parameters
        ----------
        text
            What will be set in it.
        size
            Size in points.
        weight
            ``"Regular"`` or ``"Bold"``.

        Returns
        -------
        matplotlib.font_manager.FontProperties
            Names a file, so that nothing depends on the fonts of the machine.
        """
        missing = "".join(sorted(set(text) - self._common))
        rare = self._expected if set(missing) <= set(self._expected) else missing
        path = self._rare_font(weight, rare) if missing else self._usual_font(weight)
        return FontProperties(fname=path, size=size)

    def drawable(self, text: str) -> str:
        """Put a box in the place of what the typeface lacks or what nobody can see."""
        known = self._common if self._common.issuperset(text) else _covered()
        return "".join(c if c in known and c.isprintable() else _UNKNOWN for c in text)

    def width(self, text: str, size: float, weight: Weight = REGULAR) -> float:
        """Measure a `drawable` text in points."""
        key = (text, weight)
        if key not in self._widths:
            if len(self._widths) > 5000:  # noqa: PLR2004 - titles are typed by anybody
                self._widths.clear()
            font = self.font(text, 1, weight)
            measured = TextToPath().get_text_width_height_descent(text, font, ismath=False)
            self._widths[key] = float(measured[0]) if text else 0
        return self._widths[key] * size

    def _usual_font(self, weight: Weight) -> Path:
        if weight not in self._usual:
            self._usual[weight] = self._cut(weight, "")
        return self._usual[weight]

    def _rare_font(self, weight: Weight, characters: str) -> Path:
        key = (weight, characters)
        if key not in self._rare:
            self._rare[key] = self._cut(weight, characters)
        self._rare.move_to_end(key)
        while len(self._rare) > _RARE_FONTS_KEPT:
            self._rare.popitem(last=False)[1].unlink(missing_ok=True)
        return self._rare[key]

    def _cut(self, weight: Weight, more: str) -> Path:
        options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(c) for c in self._common | set(more)])
        name = _font_name(weight, more)
        # a PDF lists its fonts in the order of their files
        path = self._folder / f"{name}.ttf"
        with TTFont(_source(), lazy=True, recalcTimestamp=False) as source:
            cutter.subset(source)
            instancer.instantiateVariableFont(
                source, {"wght": _AXIS[weight]}, inplace=True, optimize=False
            )
            _rename(source, name, weight)
            source.save(path)
        return path


@lru_cache(maxsize=2)
def typeface(atlas: Atlas) -> Typeface:
    """Make the typeface for the names of an atlas and all messages, once.

    Parameters
    ----------
    atlas
        The facts.

    Returns
    -------
    Typeface
        Its fonts are cut when the first text asks for them.
    """
    register = atlas.register
    tables = [register.zones, register.provinces, atlas.boundaries.neighbours]
    names = [name for table in tables for name in table[["name_zh", "name_en"]].to_numpy().ravel()]
    catalogue = (LOCALE_DIR / "zh.po").read_text(encoding="utf-8")
    numbers = "".join(register.documents.index)
    return Typeface(_LATIN + _MARKS + _DAYS + catalogue + numbers + "".join(names))


def _font_name(weight: Weight, more: str) -> str:
    # files name a glyph by the font's name and the glyph's number, so no two fonts may share one
    digest = hashlib.sha256(more.encode()).hexdigest()[:8] if more else ""
    return f"NotoSansSC-{weight}{digest}"


def _rename(font: TTFont, name: str, weight: Weight) -> None:
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = name
        elif record.nameID in {2, 17}:
            record.string = weight


@cache
def _source() -> Path:
    return Path(str(resources.files(_PACKAGE) / _FILE))


@cache
def _covered() -> frozenset[str]:
    with TTFont(_source(), lazy=True) as source:
        return frozenset(map(chr, source.getBestCmap()))


@cache
def _folder() -> str:
    # matplotlib takes fonts from files only; a folder of this process needs no trust in others
    folder = tempfile.mkdtemp(prefix="pilotzones-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
