"""English and Chinese: messages, dates, lists and punctuation."""

from pilotzones.i18n.language import (
    LANGUAGES,
    LOCALE_DIR,
    LOCALES,
    Language,
    format_day,
    format_names,
    preferred_language,
    translations,
)

__all__ = [
    "LANGUAGES",
    "LOCALES",
    "LOCALE_DIR",
    "Language",
    "format_day",
    "format_names",
    "preferred_language",
    "translations",
]
