"""English and Chinese: messages from gettext catalogues, dates and lists from Babel.

The message in the code is the English one; ``locale/<language>.po`` holds the others. The
catalogues are read as they are, so there is nothing to compile.
"""

import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
LANGUAGES = tuple(LOCALES)
LOCALE_DIR = Path(__file__).parent / "locale"

_NUMERALS = "零一二三四五六七八九"


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Load the messages of a language.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    gettext.NullTranslations
        Its ``gettext`` and ``ngettext`` translate; a message that is not in the catalogue comes
        back in English.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if lang not in LOCALES:
        message = f"lang={lang!r} is not a language; use one of {', '.join(LOCALES)}"
        raise ValueError(message)
    path = LOCALE_DIR / f"{lang}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def format_day(day: date, lang: str, *, short: bool = False) -> str:
    """Write a day in a language; see `Language.day`."""
    return Language(lang).day(day, short=short)


def format_names(names: list[str], lang: str) -> str:
    """Join names with "and" before the last; see `Language.names`."""
    return Language(lang).names(names)


def preferred_language(header: str | None) -> str:
    """Choose a language from the preferences that a browser sends.

    Parameters
    ----------
    header
        A language tag or an ``Accept-Language`` header, e.g. ``"zh-CN,zh;q=0.9"``.

    Returns
    -------
    str
        ``"zh"`` or ``"en"``, whichever has the higher weight; ``"en"`` where neither is named.

    Examples
    --------
    >>> preferred_language("zh-CN,zh;q=0.9,en;q=0.8"), preferred_language("en;q=0.1, zh;q=0.9")
    ('zh', 'zh')
    """
    weights: dict[str, float] = {}
    for part in (header or "").lower().split(","):
        tag, _, weight = part.replace(" ", "").partition(";q=")
        code = tag.split("-")[0]
        try:
            weights[code] = max(weights.get(code, 0.0), float(weight or 1))
        except ValueError:
            continue
    return "zh" if weights.get("zh", 0.0) > weights.get("en", 0.0) else "en"


@dataclass(frozen=True)
class Language:
    """One language: its messages, dates, lists and punctuation.

    Parameters
    ----------
    code
        ``"en"`` (British English) or ``"zh"`` (simplified Chinese, as written in mainland China).

    Raises
    ------
    ValueError
        If there is no such language.

    Examples
    --------
    >>> en, zh = Language("en"), Language("zh")
    >>> zh._("Coast"), zh.counted("沿海", 3), zh.ordinal(8)
    ('沿海', '沿海（3）', '八')
    >>> en.day(date(2025, 4, 25)), zh.day(date(2025, 4, 25))
    ('25 April 2025', '2025年4月25日')
    >>> en.names(["Haikou", "Sanya"]), zh.names(["海口", "三亚", "儋州"])
    ('Haikou and Sanya', '海口、三亚和儋州')
    """

    code: str

    def __post_init__(self) -> None:
        translations(self.code)

    def _(self, message: str) -> str:
        """Translate a message.

        Babel collects the messages of the code from calls of this name.

        Parameters
        ----------
        message
            The English message; its placeholders stay as they are.

        Returns
        -------
        str
            The message in this language, in English where it has not been translated.
        """
        return translations(self.code).gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Translate a message that depends on a number.

        Parameters
        ----------
        one, many
            The English message for one and for several.
        number
            The number that chooses between them.

        Returns
        -------
        str
            The message in this language; its placeholders stay as they are.
        """
        return translations(self.code).ngettext(one, many, number)

    @property
    def other(self) -> "Language":
        """The other language."""
        return Language(next(code for code in LANGUAGES if code != self.code))

    @property
    def html(self) -> str:
        """Value of the attribute ``lang`` in HTML."""
        return "zh-CN" if self._is_chinese else "en"

    @property
    def comma(self) -> str:
        """Separator of the names in a list."""
        return "、" if self._is_chinese else ", "

    @property
    def stop(self) -> str:
        """The end of a sentence."""
        return "。" if self._is_chinese else "."

    @property
    def clause(self) -> str:
        """Separator of the clauses of a sentence."""
        return "，" if self._is_chinese else ", "

    @property
    def colon(self) -> str:
        """A colon, with the space that follows it in English."""
        return "：" if self._is_chinese else ": "

    @property
    def dash(self) -> str:
        """A dash between two names, with spaces in English."""
        return "—" if self._is_chinese else " – "

    def commas(self, texts: Iterable[str]) -> str:
        """Join the names of a list."""
        return self.comma.join(texts)

    def semicolons(self, texts: Iterable[str]) -> str:
        """Join phrases; empty ones are left out."""
        return ("；" if self._is_chinese else "; ").join(text for text in texts if text)

    def sentences(self, texts: Iterable[str]) -> str:
        """Join sentences; empty ones are left out."""
        return ("" if self._is_chinese else " ").join(text for text in texts if text)

    def names(self, names: Iterable[str]) -> str:
        """Join names with "and" before the last."""
        return format_list([*names], locale=LOCALES[self.code])

    def either(self, names: Iterable[str]) -> str:
        """Join names with "or" before the last."""
        return format_list([*names], style="or", locale=LOCALES[self.code])

    def brackets(self, text: str) -> str:
        """Put a remark in brackets, to follow a word; with a space before it in English."""
        return f"（{text}）" if self._is_chinese else f" ({text})"

    def counted(self, name: str, number: int) -> str:
        """Put a number in brackets after a name."""
        return f"{name}{self.brackets(str(number))}"

    def percent(self, share: float) -> str:
        """Write a share, 0 to 1, in per cent with at most one decimal."""
        return format_percent(share, "0.#%", locale=LOCALES[self.code])

    def within(self, name: str, larger: str) -> str:
        """Name a place with what it lies in.

        Examples
        --------
        >>> Language("en").within("Yiwu", "Jinhua"), Language("zh").within("义乌市", "金华市")
        ('Yiwu, Jinhua', '金华市义乌市')
        """
        return f"{larger}{name}" if self._is_chinese else f"{name}, {larger}"

    def ordinal(self, number: int) -> str:
        """Write the number of a batch, from 1 to 99, as messages with "Batch" expect it.

        Examples
        --------
        >>> [Language("zh").ordinal(number) for number in (8, 10, 12, 21)]
        ['八', '十', '十二', '二十一']
        """
        if not self._is_chinese:
            return str(number)
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
        return ten + (_NUMERALS[ones] if ones or not tens else "")

    def dated_batch(self, number: int, day: date) -> str:
        """Name a batch with the day of its document, in digits."""
        return self._("Batch %(n)s, %(day)s") % {
            "n": self.ordinal(number),
            "day": self.day(day, short=True),
        }

    def batches(self, numbers: Iterable[int]) -> str:
        """Name one batch or several within a sentence.

        Examples
        --------
        >>> Language("en").batches([1, 2, 8]), Language("zh").batches([1, 2, 8])
        ('batches 1, 2 and 8', '第一、二、八批')
        """
        written = [self.ordinal(number) for number in numbers]
        names = self.commas(written) if self._is_chinese else self.names(written)
        text = self.ngettext("batch %(names)s", "batches %(names)s", len(written))
        return text % {"names": names}

    def marks(self, facts: Iterable[bool]) -> list[str]:
        """Write "yes" for each true value and a dash for the others."""
        return [self._("yes") if fact else "–" for fact in facts]

    def day(self, day: date, *, short: bool = False) -> str:
        """Write a day, in English with the month abbreviated where it is to be short."""
        if self._is_chinese:
            return format_date(day, "y年M月d日", locale=LOCALES[self.code])
        return format_date(day, "d MMM y" if short else "d MMMM y", locale=LOCALES[self.code])

    def name(self, row: Any) -> str:  # noqa: ANN401 - a row of a table, a dict, a named tuple
        """Name of a zone, province or country: the column ``name_en`` or ``name_zh`` of its row."""
        return str(row[f"name_{self.code}"])

    def both_names(self, row: Any) -> str:  # noqa: ANN401 - as above
        """Name in this language and then in the other."""
        return f"{self.name(row)} {self.other.name(row)}"

    def order(self, name: str) -> bytes:
        """Return what names are sorted by: the alphabet, in Chinese the sounds.

        Examples
        --------
        >>> sorted(["越南", "阿富汗", "俄罗斯"], key=Language("zh").order)
        ['阿富汗', '俄罗斯', '越南']
        """
        # GB 2312 has the common characters in the order of their pinyin
        return name.encode("gb18030") if self._is_chinese else name.casefold().encode()

    def level(self, level: str) -> str:
        """Name the administrative level of a zone."""
        return {
            "municipality": self._("municipality"),
            "sub-provincial city": self._("sub-provincial city"),
            "prefecture-level city": self._("prefecture-level city"),
            "prefecture": self._("prefecture"),
            "autonomous prefecture": self._("autonomous prefecture"),
            "county-level city": self._("county-level city"),
            "state-level new area": self._("state-level new area"),
            "whole island": self._("whole island"),
        }[level]

    def place_level(self, level: str) -> str:
        """Name the level of a place: ``province``, ``prefecture``, ``county``."""
        return {
            "province": self._("Province"),
            "prefecture": self._("Prefecture-level division"),
            "county": self._("County-level division"),
        }[level]

    def cover(self, status: str) -> str:
        """Say how zones cover a place: ``whole``, ``part``, ``none``, ``unknown``."""
        return {
            "whole": self._("wholly in a zone"),
            "part": self._("partly in a zone"),
            "none": self._("in no zone"),
            "unknown": self._("not known"),
        }[status]

    def confidence(self, confidence: str) -> str:
        """Describe how well a row of the register is verified: ``high``, ``medium``, ``low``."""
        return {
            "high": self._("verified in several sources"),
            "medium": self._("not verified: check against the official text"),
            "low": self._("doubtful: check against the official text"),
        }[confidence]

    def status(self, status: str) -> str:
        """Name the status of a zone: ``active``, ``revoked``, ``pending``."""
        return {
            "active": self._("Active"),
            "revoked": self._("Revoked"),
            "pending": self._("Not yet approved"),
        }[status]

    @property
    def _is_chinese(self) -> bool:
        return self.code == "zh"
