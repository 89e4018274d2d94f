"""English and Chinese: messages, dates, lists and punctuation."""

from pilotzones.i18n.language import (
    LOCALE_DIR,
    LOCALES,
    format_day,
    format_names,
    preferred_language,
    translations,
)

__all__ = [
    "LOCALES",
    "LOCALE_DIR",
    "format_day",
    "format_names",
    "preferred_language",
    "translations",
]
