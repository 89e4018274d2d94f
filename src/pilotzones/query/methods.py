"""How a treatment panel was made, as a paragraph to quote."""

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.places import PART
from pilotzones.i18n import Language
from pilotzones.query.caveats import place_names
from pilotzones.query.panel import Panel, PanelOptions, list_periods


def panel_methods(atlas: Atlas, panel: Panel, t: Language) -> str:
    """Describe units, periods, conventions and outcome of a panel, and the version of the data."""
    options = panel.options
    said = {
        "units": counted_units(options, panel.table["adcode"].nunique(), t),
        "freq": freq_name(options, t),
        "first": options.first,
        "last": options.last,
    }
    return t.sentences(
        [
            t._("The panel has %(units)s by %(freq)s, %(first)s–%(last)s.") % said,
            _municipalities(options, t),
            t._(
                "Treatment is approval by the State Council as a cross-border e-commerce "
                "comprehensive pilot zone."
            ),
            _partial(options, t),
            _clock(options, t),
            _rule(options, t),
            *_outcome(panel, atlas, t),
            t._(
                "Source: Pilot Zone Atlas, data %(version)s, from replies of the State Council; "
                "data=%(number)s in an address of the atlas gives these numbers again."
            )
            % {"version": atlas.data_version, "number": atlas.register.version},
        ]
    )


def counted_units(options: PanelOptions, count: int, t: Language) -> str:
    """Count the units of a panel in words."""
    texts = {
        "prefecture": t.ngettext(
            "%(count)s prefecture-level unit", "%(count)s prefecture-level units", count
        ),
        "city": t.ngettext("%(count)s city", "%(count)s cities", count),
        "county": t.ngettext("%(count)s county-level unit", "%(count)s county-level units", count),
        "province": t.ngettext("%(count)s province", "%(count)s provinces", count),
        "own": t.ngettext("%(count)s unit", "%(count)s units", count),
    }
    return texts["own" if options.adcodes else options.unit] % {"count": count}


def _municipalities(options: PanelOptions, t: Language) -> str:
    if options.adcodes or options.unit not in {"prefecture", "city"}:
        return ""
    return t._("Each municipality under the central government is one of them.")


def freq_name(options: PanelOptions, t: Language) -> str:
    """Name the length of a period."""
    return {
        "year": t._("year"),
        "half": t._("half-year"),
        "quarter": t._("quarter"),
        "month": t._("month"),
    }[options.freq]


def _partial(options: PanelOptions, t: Language) -> str:
    return {
        "whole": t._(
            "A unit is in force while every county-level division in it lies in an active zone."
        ),
        "any": t._(
            "A unit is in force while any county-level division in it lies in an active zone."
        ),
        "drop": t._(
            "A unit is in force while every county-level division in it lies in an active zone; "
            "units that are partly covered on any day, or of which that is not known, are left out."
        ),
    }[options.partial]


def _clock(options: PanelOptions, t: Language) -> str:
    return {
        "published": t._("A document counts from the day of its publication."),
        "signed": t._(
            "A document counts from the day of its signature, or of its publication where the "
            "former is not known."
        ),
    }[options.clock]


def _rule(options: PanelOptions, t: Language) -> str:
    return {
        "any": t._("A period is treated if the unit is in force on any of its days."),
        "mid": t._("A period is treated if the unit is in force by the end of its first half."),
        "full": t._("A period is treated if the unit is in force from its first day."),
    }[options.rule]


def _outcome(panel: Panel, atlas: Atlas, t: Language) -> list[str]:
    """Say how many units are treated by the end, and which are partly covered or unknown."""
    last = list_periods(panel.options)[-1]
    ends = panel.table[panel.table["period"] == last.label]
    treated = int(ends["dd"].eq(1).sum())
    message = t.ngettext(
        "By %(day)s, %(treated)s of %(units)s was treated.",
        "By %(day)s, %(treated)s of %(units)s were treated.",
        len(ends),
    )
    units = counted_units(panel.options, len(ends), t)
    said = {"day": t.day(last.last), "treated": treated, "units": units}
    sentences = [message % said]
    partly = ends[ends["coverage"] == PART]
    if len(partly):
        message = t.ngettext(
            "On that day, %(count)s unit was partly covered (%(units)s).",
            "On that day, %(count)s units were partly covered (%(units)s).",
            len(partly),
        )
        sentences.append(message % {"count": len(partly), "units": _names(atlas, partly, t)})
    unknown = ends[ends["treat"].isna()]
    if len(unknown):
        message = t._("Whether a zone covers %(units)s is not known: treatment is missing.")
        sentences.append(message % {"units": _names(atlas, unknown, t)})
    return sentences


def _names(atlas: Atlas, rows: pd.DataFrame, t: Language) -> str:
    return place_names(t, [t.name(atlas.places.rows[code]) for code in rows["adcode"]])
