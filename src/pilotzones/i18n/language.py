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

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
LANGUAGES = tuple(LOCALES)
LOCALE_DIR = Path(__file__).parent / "locale"


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
    """Write a day in a language.

    Examples
    --------
    >>> format_day(date(2025, 4, 25), "en"), format_day(date(2025, 4, 25), "zh")
    ('25 April 2025', '2025年4月25日')
    >>> format_day(date(2025, 4, 25), "en", short=True)
    '25 Apr 2025'
    """
    if lang == "zh":
        return format_date(day, "y年M月d日", locale=LOCALES[lang])
    return format_date(day, "d MMM y" if short else "d MMMM y", locale=LOCALES[lang])


def format_names(names: list[str], lang: str) -> str:
    """Join names into an enumeration.

    Examples
    --------
    >>> format_names(["Haikou", "Sanya"], "en"), format_names(["海口", "三亚", "儋州"], "zh")
    ('Haikou and Sanya', '海口、三亚和儋州')
    """
    return format_list(names, locale=LOCALES[lang])


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
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> zh = Language("zh")
    >>> zh._("Coast"), zh.day(date(2025, 4, 25)), zh.counted("沿海", 3)
    ('沿海', '2025年4月25日', '沿海（3）')
    """

    code: str

    def __post_init__(self) -> None:
        translations(self.code)

    def _(self, message: str) -> str:
        """Translate a message; the name is the one that the extraction of messages knows."""
        return translations(self.code).gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Translate a message that depends on a number."""
        return translations(self.code).ngettext(one, many, number)

    @property
    def other(self) -> "Language":
        """The other language."""
        return Language(next(code for code in LANGUAGES if code != self.code))

    @property
    def html(self) -> str:
        """Value of the attribute ``lang`` in HTML."""
        return "zh-CN" if self.code == "zh" else "en"

    @property
    def comma(self) -> str:
        """Separator of the names in a list."""
        return "、" if self.code == "zh" else ", "

    @property
    def clause(self) -> str:
        """Separator of the clauses of a sentence."""
        return "，" if self.code == "zh" else ", "

    @property
    def colon(self) -> str:
        """A colon, with the space that follows it in English."""
        return "：" if self.code == "zh" else ": "

    def commas(self, texts: Iterable[str]) -> str:
        """Join the names of a list."""
        return self.comma.join(texts)

    def semicolons(self, texts: Iterable[str]) -> str:
        """Join phrases; empty ones are left out."""
        return ("；" if self.code == "zh" else "; ").join(text for text in texts if text)

    def sentences(self, texts: Iterable[str]) -> str:
        """Join sentences; empty ones are left out."""
        return ("" if self.code == "zh" else " ").join(text for text in texts if text)

    def names(self, names: Iterable[str]) -> str:
        """Join names with "and" before the last."""
        return format_names([*names], self.code)

    def either(self, names: Iterable[str]) -> str:
        """Join names with "or" before the last."""
        return format_list([*names], style="or", locale=LOCALES[self.code])

    def counted(self, name: str, number: int) -> str:
        """Put a number in brackets after a name."""
        return f"{name}（{number}）" if self.code == "zh" else f"{name} ({number})"

    def marks(self, facts: Iterable[bool]) -> list[str]:
        """Write "yes" for each true value and a dash for the others."""
        return [self._("yes") if fact else "–" for fact in facts]

    def day(self, day: date, *, short: bool = False) -> str:
        """Write a day."""
        return format_day(day, self.code, short=short)

    def name(self, row: Any) -> str:  # noqa: ANN401 - a row of a table, a dict, a named tuple
        """Name of a zone, province or country in this language."""
        return str(row[f"name_{self.code}"])

    def both_names(self, row: Any) -> str:  # noqa: ANN401 - as above
        """Name in this language and then in the other."""
        return f"{self.name(row)} {self.other.name(row)}"

    def level(self, level: str) -> str:
        """Level of a division."""
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

    def confidence(self, confidence: str) -> str:
        """How well a row is verified."""
        return {
            "high": self._("verified in several sources"),
            "medium": self._("not verified: check against the official text"),
            "low": self._("doubtful: check against the official text"),
        }[confidence]

    def status(self, status: str) -> str:
        """Status of a zone."""
        return {
            "active": self._("Active"),
            "revoked": self._("Revoked"),
            "pending": self._("Not yet approved"),
        }[status]
