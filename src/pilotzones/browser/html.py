"""Texts of the pages that are made of data: names, levels, problems, sentences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.i18n import format_day, translations
from pilotzones.query.view import Problem


@dataclass(frozen=True)
class Text:
    """The words of one language.

    Parameters
    ----------
    lang
        ``en`` or ``zh``.
    """

    lang: str

    @property
    def translate(self) -> Callable[[str], str]:
        """Translate one message; call it ``_`` so that it is found by the extraction."""
        return translations(self.lang).gettext

    @property
    def plural(self) -> Callable[[str, str, int], str]:
        """Translate a message that depends on a number."""
        return translations(self.lang).ngettext

    @property
    def comma(self) -> str:
        """What parts the names of a list."""
        return "、" if self.lang == "zh" else ", "

    @property
    def clause(self) -> str:
        """What parts the clauses of a sentence."""
        return "，" if self.lang == "zh" else ", "

    @property
    def colon(self) -> str:
        """What leads to what is told."""
        return "：" if self.lang == "zh" else ": "

    def counted(self, name: str, number: int) -> str:
        """Put a number behind a name."""
        return f"{name}（{number}）" if self.lang == "zh" else f"{name} ({number})"

    def marks(self, facts: Iterable[bool]) -> list[str]:
        """Say what is so; a dash stands where it is not."""
        _ = self.translate
        return [_("yes") if fact else "–" for fact in facts]

    def day(self, day: date | pd.Timestamp, *, short: bool = False) -> str:
        """Write a day out."""
        return format_day(day, self.lang, short=short)

    def name(self, row: pd.Series) -> str:
        """Name of a zone, province or country in this language."""
        return str(row[f"name_{self.lang}"])

    def both_names(self, row: pd.Series) -> str:
        """Name in this language and then in the other."""
        other = "en" if self.lang == "zh" else "zh"
        return f"{row[f'name_{self.lang}']} {row[f'name_{other}']}"

    def border_region(self, atlas: Atlas, code: str) -> str:
        """Name of a border region."""
        _ = self.translate
        words = {
            LAND: _("Any land border"),
            COAST: _("Coast"),
            INLAND: _("Inland (no border, no coast)"),
        }
        return words.get(code) or self.name(atlas.boundaries.neighbours.loc[code])

    def level(self, level: str) -> str:
        """Level of a division."""
        _ = self.translate
        return {
            "municipality": _("municipality"),
            "sub-provincial city": _("sub-provincial city"),
            "prefecture-level city": _("prefecture-level city"),
            "prefecture": _("prefecture"),
            "autonomous prefecture": _("autonomous prefecture"),
            "county-level city": _("county-level city"),
            "state-level new area": _("state-level new area"),
            "whole island": _("whole island"),
        }[level]

    def confidence(self, confidence: str) -> str:
        """How well a row is verified."""
        _ = self.translate
        return {
            "high": _("verified in several sources"),
            "medium": _("not verified: check against the official text"),
            "low": _("doubtful: check against the official text"),
        }[confidence]

    def status(self, status: str) -> str:
        """Status of a zone."""
        _ = self.translate
        return {"active": _("Active"), "revoked": _("Revoked"), "pending": _("Not yet approved")}[
            status
        ]

    def offer(self, atlas: Atlas, zone_ids: Iterable[str]) -> str:
        """Offer zones that may have been meant, as Markdown with a link to each."""
        zones = atlas.register.zones
        names = {
            zone_id: plain_markdown(self.both_names(zones.loc[zone_id])) for zone_id in zone_ids
        }
        links = [f"[{name}](?zone={zone_id})" for zone_id, name in names.items()]
        _ = self.translate
        return _("Did you mean %(names)s?") % {"names": self.comma.join(links)}

    def problem(self, problem: Problem) -> str:
        """Tell a value that was left out of the address, and what is shown instead."""
        _ = self.translate
        template = {
            "not a date": _("“%(parameter)s=%(value)s” is not a date (%(used)s) and was ignored."),
            "before the first document": _(
                "“%(parameter)s=%(value)s” is before the first document; showing %(used)s."
            ),
            "in the future": _("“%(parameter)s=%(value)s” is in the future; showing %(used)s."),
            "after the other day": _(
                "“%(parameter)s=%(value)s” is after %(used)s; the two days were exchanged."
            ),
            "unknown province": _(
                "“%(parameter)s=%(value)s” is not the code of a provincial division and was "
                "ignored."
            ),
            "unknown border region": _(
                "“%(parameter)s=%(value)s” is not the code of a border region and was ignored."
            ),
            "unknown batch": _("“%(parameter)s=%(value)s” is not a batch and was ignored."),
            "unknown status": _("“%(parameter)s=%(value)s” is not a status and was ignored."),
            "unknown shading": _(
                "“%(parameter)s=%(value)s” is not a way to shade and was ignored."
            ),
            "not a distance": _("“%(parameter)s=%(value)s” is not a distance (%(used)s km)."),
            "not between two days": _(
                "“%(parameter)s=%(value)s” was ignored: two days are compared, and a zone has a "
                "status on each."
            ),
            "unknown zone": _("“%(parameter)s=%(value)s” is not a zone and was ignored."),
            "unknown language": _("“%(parameter)s=%(value)s” is not a language of this site."),
            "too long": _(
                "“%(parameter)s=%(value)s” is too long; only the first %(used)s characters count."
            ),
            "too many values": _(
                "The address has too many values; only the first %(used)s were read."
            ),
            "given twice": _("“%(parameter)s=%(value)s” was ignored; %(used)s counts instead."),
            "unknown parameter": _("“%(parameter)s” is not a parameter of this site."),
        }[problem.reason]
        return template % {
            "parameter": problem.parameter,
            "value": problem.value,
            "used": problem.used,
        }


def plain_markdown(words: str) -> str:
    """Write a text so that nothing in it is taken for Markdown."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in words)


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("pilotzones.browser"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return environment


def render(template: str, text: Text, **values: Any) -> str:  # noqa: ANN401 - values of a template
    """Fill a template of ``templates``; every value is escaped.

    Parameters
    ----------
    template
        Name of the file.
    text
        The language.
    **values
        What the template asks for.

    Returns
    -------
    str
        HTML.
    """
    html = _environment(text.lang).get_template(template).render(text=text, **values)
    # each run sends it anew: white space between the tags would be a fifth of it
    return " ".join(html.split())
