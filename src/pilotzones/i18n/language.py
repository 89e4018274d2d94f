"""English and Chinese: messages from gettext catalogues, dates and lists from Babel.

The message in the code is the English one; ``locale/<language>.po`` holds the others. The
catalogues are read as they are, so there is nothing to compile.
"""

import gettext
import io
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
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
    """
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
    """Write a day as a reader of the language does.

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
    """Choose the language from what a browser says it prefers.

    Parameters
    ----------
    header
        A language tag or an ``Accept-Language`` header, e.g. ``"zh-CN,zh;q=0.9"``.

    Returns
    -------
    str
        ``"zh"`` if the first tag is Chinese, else ``"en"``.
    """
    return "zh" if (header or "").strip().lower().startswith("zh") else "en"
