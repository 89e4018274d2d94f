"""What a referee would ask about a treatment panel or spatial weights, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pilotzones.i18n import Language

# a list of more places names the first of them
MAX_NAMES = 20

# what a reader may choose to mend it: parameters and their values
REMEDIES = ("partial=drop", "rule=mid", "rule=full")

Kind = Literal[
    "no control group",
    "always treated",
    "partly covered controls",
    "unknown cover",
    "short cohort",
    "no neighbours",
    "islands",
]


@dataclass(frozen=True)
class Caveat:
    """One thing to look out for in a panel or in weights.

    Parameters
    ----------
    kind
        ``no control group``; ``always treated``: units without a period before treatment;
        ``partly covered controls``: never-treated units that are partly covered; ``unknown
        cover``: units of which the cover is unknown; ``short cohort``: units treated for few days
        of their first period; ``no neighbours``: units that touch no other; ``islands``: the same
        in weights.
    adcodes
        The units that it is about.
    on
        Of a short cohort: the day since when it is covered.
    days
        Of a short cohort: how many days of its first period it is treated.
    period
        Of a short cohort: label of that period.
    """

    kind: Kind
    adcodes: tuple[str, ...] = ()
    on: date | None = None
    days: int = 0
    period: str = ""

    def text(
        self, t: Language, names: dict[str, Any], remedies: Mapping[str, str] | None = None
    ) -> str:
        """Say it in a sentence; `names` has ``name_zh`` and ``name_en`` of each unit.

        `remedies` are `REMEDIES` in the words of a page, which has controls for parameters.
        """
        words = remedies or {}
        return _message(self.kind, len(self.adcodes), t) % {
            **{one.partition("=")[2]: words.get(one, one) for one in REMEDIES},
            "units": place_names(t, [t.name(names[code]) for code in self.adcodes]),
            "count": len(self.adcodes),
            "days": self.days,
            "period": self.period,
            "day": t.day(self.on) if self.on else "",
        }


def _message(kind: Kind, count: int, t: Language) -> str:
    return {
        "no control group": t._(
            "No unit is never treated: there is no control group that stays untreated."
        ),
        "always treated": t.ngettext(
            "%(count)s unit is treated from the first period on (%(units)s): it has no period "
            "before treatment.",
            "%(count)s units are treated from the first period on (%(units)s): they have no "
            "period before treatment.",
            count,
        ),
        "partly covered controls": t.ngettext(
            "%(count)s never-treated unit is partly covered (%(units)s); %(drop)s leaves it out.",
            "%(count)s never-treated units are partly covered (%(units)s); "
            "%(drop)s leaves them out.",
            count,
        ),
        "unknown cover": t._("Whether a zone covers %(units)s is not known: treatment is missing."),
        "short cohort": t.ngettext(
            "%(count)s unit covered since %(day)s is treated for %(days)s days of %(period)s; "
            "%(mid)s or %(full)s moves it to the next period.",
            "%(count)s units covered since %(day)s are treated for %(days)s days of %(period)s; "
            "%(mid)s or %(full)s moves them to the next period.",
            count,
        ),
        "no neighbours": t._("%(units)s: no neighbour in the panel, so the share is missing."),
        "islands": t.ngettext(
            "%(count)s unit has no neighbours: %(units)s.",
            "%(count)s units have no neighbours: %(units)s.",
            count,
        ),
    }[kind]


def place_names(t: Language, names: Sequence[str]) -> str:
    """Join the names of places; of many the first ones, and how many more."""
    if len(names) <= MAX_NAMES:
        return t.names(names)
    more = len(names) - MAX_NAMES
    return t._("%(names)s and %(count)s more") % {
        "names": t.commas(names[:MAX_NAMES]),
        "count": more,
    }
