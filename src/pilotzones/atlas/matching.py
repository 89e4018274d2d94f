"""Places by code or name: never guessed.

Codes beat names. A name is compared without case, accents, spaces and punctuation, in simplified
and traditional Chinese, English and pinyin, with or without its kind (市, 区, County …), and with
its province or prefecture in front (浙江省金华市义乌市) or behind ("Foshan, Guangdong"). A name of
several places is matched to none of them: they are its candidates. One rule stands above that: of a
prefecture and a county inside it that share a name (长沙市 and 长沙县), the bare name is the
prefecture's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pilotzones.atlas.naming import KINDS, NATIONALITIES, split_name
from pilotzones.atlas.pieces import COUNTY, PREFECTURE, PROVINCE
from pilotzones.atlas.places import Places
from pilotzones.errors import Problem, Reason, refuse
from pilotzones.text import excerpt, fold

BY_CODE = "code"
BY_FORMER_CODE = "former code"
BY_NAME = "name"
BY_NAME_WITHIN = "name within a larger place"
BY_FORMER_NAME = "former name"
BY_POINT = "point"
BY_POINT_NEAR_EDGE = "point near the edge"
PLACED_BY = (
    *(BY_CODE, BY_FORMER_CODE, BY_NAME, BY_NAME_WITHIN, BY_FORMER_NAME),
    *(BY_POINT, BY_POINT_NEAR_EDGE),
)

# why a code or a name has no place
NO_NAME = "no code and no name"
UNKNOWN_CODE = "unknown code"
UNKNOWN_NAME = "unknown name"
OF_SEVERAL = "several places have this name"
DIVIDED = "several places hold this ground today"
NAME_REASONS = (NO_NAME, UNKNOWN_CODE, UNKNOWN_NAME, OF_SEVERAL, DIVIDED)

PLACE_LEVELS = (PROVINCE, PREFECTURE, COUNTY)
MAX_NAME = 100
_MOST_CANDIDATES = 10
_SUGGESTIONS = 3
# share of the letters of two names that must agree, in order, for them to be close
_CLOSE = 0.75
# two names whose lengths differ by more cannot be close
_LENGTHS = _CLOSE / (2 - _CLOSE)
# texts compared at once, so that memory is bounded
_BLOCK = 64

# Shaanxi is spelt so to keep it apart from Shanxi, whose pinyin it shares
_NO_PINYIN = frozenset({"610000"})
_CODE = re.compile(r"([1-9]\d{5})(?:0{3}|0{6})?(?:\.0)?")
_SHORT_CODE = re.compile(r"([1-9]\d|[1-9]\d{3})(?:\.0)?")
# what an address has behind its division, and how long the names of divisions can be before it
_STREET = re.compile(r"[路街道巷弄号镇乡村]")
_LONGEST = 30
_KINDS_OF_ADDRESS = (*"省市区县州盟旗",)
_PARTS = re.compile(r"[,，;；/|、·>()（）]+")
_WORDS_OF_KINDS = frozenset(
    {word for kind in KINDS.values() for word in kind.split()}
    | {*NATIONALITIES.values(), "City", "and"}
)
_KINDS_OF_LEVEL = {
    PROVINCE: ("province", "municipality"),
    PREFECTURE: ("city", "prefecture", "municipality", "prefecturelevelcity"),
    COUNTY: ("city", "countylevelcity"),
}


@dataclass(frozen=True)
class Match:
    """The place that a code, a name or a point means.

    Parameters
    ----------
    adcode
        Its code; empty where nothing or more than one place was found.
    placed_by
        One of `PLACED_BY`; empty where there is no place.
    candidates
        Codes of the places it may mean; where none has the name, of those whose names come close,
        of which the zone of this name consists, or with which an address begins; of a point near
        the edge of a zone, those on both sides.
    reason
        Why there is no place: one of `NAME_REASONS`, of a point of `points.REASONS`.
    """

    adcode: str
    placed_by: str = ""
    candidates: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether nothing has the name or the code: the candidates only come close."""
        return self.reason in {NO_NAME, UNKNOWN_CODE, UNKNOWN_NAME}

    @property
    def refusal(self) -> Reason:
        """Why a question that needs one place cannot take this: it names none, or several."""
        return "unknown place" if self.is_unknown else "name of several places"


def match_place(places: Places, text: str, level: str | None = None) -> Match:
    """Find the place that a code or a name means.

    Parameters
    ----------
    places
        All places.
    text
        A code of GB/T 2260 (also with the zeros of a statistical code behind it), or a name.
    level
        Only places of this level: ``"province"``, ``"prefecture"`` or ``"county"``.

    Returns
    -------
    Match
        One place, or the candidates.

    Raises
    ------
    InvalidValueError
        If the level is none of `PLACE_LEVELS`.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> places = load_atlas().places
    >>> match_place(places, "Foshan, Guangdong").adcode, match_place(places, "浙江省义乌市").adcode
    ('440600', '330782')
    >>> match_place(places, "吉林").candidates
    ('220000', '220200')
    """
    (match,) = match_places(places, [text], level)
    return match


def match_places(places: Places, texts: Sequence[str], level: str | None = None) -> list[Match]:
    """Find the places that codes or names mean, as `match_place` does; faster for many at once."""
    if level is not None and level not in PLACE_LEVELS:
        allowed = ", ".join(PLACE_LEVELS)
        problem = Problem("division_level", excerpt(str(level)), "unknown level", allowed=allowed)
        refuse([problem])
    cut = [" ".join(str(text).split())[:MAX_NAME] for text in texts]
    known = {text: _match(places, text, level) for text in dict.fromkeys(cut)}
    unknown = [text for text, match in known.items() if not match]
    close = dict(zip(unknown, name_index(places).close(unknown), strict=True))
    return [known[text] or _unknown(close[text]) for text in cut]


def _unknown(close: tuple[str, ...]) -> Match:
    return Match("", candidates=close, reason=UNKNOWN_NAME)


def exact_match(places: Places, text: str, level: str | None = None) -> Match | None:
    """Match a text as `match_place` does, without names that only come close: then ``None``."""
    return _match(places, " ".join(text.split())[:MAX_NAME], level)


@lru_cache(maxsize=65536)
def _match(places: Places, text: str, level: str | None) -> Match | None:
    """Match a text; ``None`` where only a near miss can be."""
    index = name_index(places)
    if code := _as_code(text):
        return index.by_code(code)
    if not fold(text):
        return Match("", reason=UNKNOWN_NAME if text else NO_NAME)
    for found, how in index.readings(text):
        chosen = index.of_level(found, level)
        if chosen:
            return _decide(index, chosen, how)
    return None


def _as_code(text: str) -> str:
    if whole := _CODE.fullmatch(text):
        return whole[1]
    short = _SHORT_CODE.fullmatch(text)
    return short[1].ljust(6, "0") if short else ""


def _decide(index: "NameIndex", found: set[str], how: str) -> Match:
    ordered = sorted(found)
    largest = [code for code in ordered if index.holds_all(code, ordered)]
    if len(largest) == 1:
        return Match(largest[0], how)
    reason = DIVIDED if how in {BY_FORMER_NAME, BY_FORMER_CODE} else OF_SEVERAL
    return Match("", candidates=tuple(ordered[:_MOST_CANDIDATES]), reason=reason)


class NameIndex:
    """The names of all places, folded.

    Two kinds of names: explicit ones say what kind of place they are (吉林省, "Jilin City"), bare
    ones do not (吉林, "Jilin"). What is an explicit name of some is no bare name of others, and
    what is a name today is no former one.
    """

    def __init__(self, places: Places) -> None:
        explicit: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        self.former: dict[str, set[str]] = {}
        self.former_codes: dict[str, set[str]] = {}
        self.level = places.table["level"].to_dict()
        self.above: dict[str, set[str]] = {}
        # plain strings are faster to go through than a column of Arrow's
        for row in places.table.astype(object).itertuples():
            code = str(row.Index)
            self.above[code] = {row.province_adcode, row.prefecture_adcode} - {"", code}
            for name in _explicit_names(row):
                explicit.setdefault(fold(name), set()).add(code)
            for name in _bare_names(row):
                bare.setdefault(fold(name), set()).add(code)
        for row in places.former.itertuples():
            now = set(str(row.now).split())
            if row.adcode:
                self.former_codes.setdefault(str(row.adcode), set()).update(now)
            for name in (row.name_zh, split_name(str(row.name_zh))[0], row.name_en):
                self.former.setdefault(fold(str(name)), set()).update(now)
        self.today = bare | explicit
        self.ever = self.former | self.today
        self.spellings = [_Spellings(self.today, latin=latin) for latin in (True, False)]
        self.zones = _zones_of_several(places, self.ever)

    def by_code(self, code: str) -> Match:
        """Match a code of six digits."""
        if code in self.level:
            return Match(code, BY_CODE)
        now = sorted(self.former_codes.get(code, ()))
        if len(now) == 1:
            return Match(now[0], BY_FORMER_CODE)
        return Match("", candidates=tuple(now), reason=DIVIDED if now else UNKNOWN_CODE)

    def readings(self, text: str) -> Iterator[tuple[set[str], str]]:
        """Read a name in every way, the surest first; a later way counts where no earlier does."""
        folded = fold(text)
        yield self.today.get(folded, set()), BY_NAME
        yield _in_parts(self, text, self.today), BY_NAME_WITHIN
        yield _run_together(self, folded, self.today), BY_NAME_WITHIN
        yield self.former.get(folded, set()), BY_FORMER_NAME
        # 湖北省襄樊市: either may be a former name
        yield _in_parts(self, text, self.ever), BY_FORMER_NAME
        yield _run_together(self, folded, self.ever), BY_FORMER_NAME

    def inside(self, found: Iterable[str], larger: set[str]) -> set[str]:
        """Keep the places that lie in one of the larger ones."""
        return {code for code in found if self.above[code] & larger}

    def of_level(self, found: set[str], level: str | None) -> set[str]:
        """Keep the places of a level."""
        return found if level is None else {code for code in found if self.level[code] == level}

    def holds_all(self, code: str, others: Iterable[str]) -> bool:
        """Whether a place is the only one, or a prefecture with all others inside it."""
        rest = [other for other in others if other != code]
        if not rest:
            return True
        return self.level[code] == PREFECTURE and all(code in self.above[one] for one in rest)

    def close(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Suggest for each text places of names that come close, or those of the zone so named."""
        folded = [fold(text) for text in texts]
        found: dict[str, tuple[str, ...]] = {}
        for spellings in self.spellings:
            same = sorted({one for one in folded if one.isascii() == spellings.latin}, key=len)
            for start in range(0, len(same), _BLOCK):
                block = same[start : start + _BLOCK]
                for text, names in zip(block, spellings.close(block), strict=True):
                    codes = [code for name in names for code in sorted(self.today[name])]
                    found[text] = tuple(dict.fromkeys(codes))[:_SUGGESTIONS]
        return [self.zones.get(text) or found[text] or self._of_address(text) for text in folded]

    def _of_address(self, text: str) -> tuple[str, ...]:
        """Suggest the smallest place with which an address begins."""
        for cut in range(min(len(text) - 1, _LONGEST), 1, -1):
            begin = text[:cut]
            # 中山路 is in many a city, and 中山 is no part of its address
            if not (begin.endswith(_KINDS_OF_ADDRESS) and _STREET.search(text, cut)):
                continue
            if found := self.today.get(begin) or _run_together(self, begin, self.today):
                return tuple(sorted(found)[:_SUGGESTIONS])
        return ()


class _Spellings:
    """The names of one script, by length."""

    def __init__(self, names: Iterable[str], *, latin: bool) -> None:
        self.latin = latin
        self.names = sorted((name for name in names if name.isascii() == latin), key=len)
        self.lengths = [len(name) for name in self.names]

    def close(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """Find the names close to each text, the closest first; the texts are sorted by length."""
        # loaded by the first name that is not known
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import LCSseq  # noqa: PLC0415

        shortest, longest = len(texts[0]), len(texts[-1])
        first = bisect_left(self.lengths, shortest * _LENGTHS)
        names = self.names[first : bisect_right(self.lengths, longest / _LENGTHS)]
        # letters that agree in order; twice their share of both lengths is `fuzz.ratio`, which
        # takes twice as long
        agree = process.cdist(texts, names, scorer=LCSseq.similarity, dtype=np.uint8)
        lengths = np.array(self.lengths[first : first + len(names)])
        both = {length: lengths + length for length in {*map(len, texts)}}
        least = {own: np.ceil(sums * _CLOSE / 2).astype(np.uint8) for own, sums in both.items()}
        for text, row in zip(texts, agree, strict=True):
            near = np.flatnonzero(row >= least[len(text)])
            shares = row[near] / both[len(text)][near]
            closest = near[np.argsort(-shares, kind="stable")[:_SUGGESTIONS]]
            yield [names[place] for place in closest]


_Names = Mapping[str, set[str]]


def _in_parts(index: NameIndex, text: str, names: _Names) -> set[str]:
    parts = [fold(part) for part in _PARTS.split(text)]
    parts = [part for part in parts if part and part not in {"china", "中国"}]
    if len(parts) == 1:
        return names.get(parts[0], set())
    orders = [parts, parts[::-1]] if len(parts) > 1 else []
    # "Foshan, Guangdong" begins with the place, 广东/佛山 ends with it
    for place, *around in orders:
        found = names.get(place, set())
        for name in around:
            larger = names.get(name, set())
            found = index.inside(found, larger) | (found & larger)
        if found:
            return found
    return set()


def _run_together(index: NameIndex, folded: str, names: _Names) -> set[str]:
    folded = folded.removeprefix("中国")
    for cut in range(len(folded) - 1, 1, -1):
        larger = names.get(folded[:cut])
        if not larger:
            continue
        rest = folded[cut:]
        inner = names.get(rest) or _run_together(index, rest, names)
        # 重庆重庆, and 莱芜市莱城区, which were two and are one: the same place twice
        if found := index.inside(inner, larger) or (inner & larger):
            return found
    return set()


@lru_cache(maxsize=4)
def name_index(places: Places) -> NameIndex:
    """Fold the names of all places, once for all questions."""
    return NameIndex(places)


def _zones_of_several(places: Places, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Find the zones that no place has the name of, by name: their places, or their province."""
    found = {}
    for zone in places.register.zones.itertuples():
        codes = tuple(sorted(str(zone.adcodes).split()))
        if len(codes) > _MOST_CANDIDATES:
            codes = (str(zone.province_adcode),)
        short = str(zone.name_zh).removesuffix("新区")
        for name in (zone.Index, zone.name_zh, short, zone.name_en):
            found[fold(str(name))] = codes
    return {name: codes for name, codes in found.items() if name not in names}


def _explicit_names(row: object) -> Iterator[str]:
    name, english, level = str(row.name_zh), str(row.name_en), row.level  # type: ignore[attr-defined]
    hant = str(row.name_hant or "").split()  # type: ignore[attr-defined]
    proper, _, kind = split_name(name)
    if kind and proper != name:
        yield from (name, *hant)
    if kind == "自治州":
        # 延边州 and 延边自治州 for 延边朝鲜族自治州
        yield from (f"{proper}州", f"{proper}自治州")
    words = _english_bare(english)
    if fold(english) != fold(words):
        yield english
        yield re.sub(r"\b(and|of)\b", "", english)
    for word in _KINDS_OF_LEVEL[level]:
        yield words + word
    pinyin = str(row.name_pinyin)  # type: ignore[attr-defined]
    for suffix, letters in (("市", "shi"), ("区", "qu"), ("县", "xian"), ("州", "zhou")):
        if kind.endswith(suffix) and proper != name:
            yield pinyin + letters


def _bare_names(row: object) -> Iterator[str]:
    name, english = str(row.name_zh), str(row.name_en)  # type: ignore[attr-defined]
    proper, *_ = split_name(name)
    yield proper
    for spelling in str(row.name_hant or "").split():  # type: ignore[attr-defined]
        # as many characters as the simplified name
        yield spelling[: len(proper)]
    yield _english_bare(english)
    if row.Index not in _NO_PINYIN:  # type: ignore[attr-defined]
        yield str(row.name_pinyin)  # type: ignore[attr-defined]


def _english_bare(english: str) -> str:
    """Leave the kind and the nationalities out of an English name."""
    words = english.split()
    kept = [word for word in words if word not in _WORDS_OF_KINDS]
    return " ".join(kept or words)
