"""What each kind of figure says: title, summary, description; which parameters it takes."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pilotzones.errors import Problem, refuse
from pilotzones.figure import captions
from pilotzones.figure.options import GROUPINGS, FigureOptions, unfit
from pilotzones.query.answer import Answer
from pilotzones.query.borders import zones_near_borders
from pilotzones.query.growth import (
    active_over_time,
    batches_by_province,
    economic_region_name,
    zones_by_economic_region,
    zones_by_position,
)
from pilotzones.query.headline import headline, headline_subject
from pilotzones.query.lookup import place_on
from pilotzones.query.methods import counted_units, freq_name
from pilotzones.query.nearest import nearest_to_zone, nearest_zones
from pilotzones.query.panel_summary import PanelSummary, known_summary
from pilotzones.query.place_sentence import place_name, place_sentence, zone_sentence
from pilotzones.query.shading import amounts_of, every_province, province_amounts, tops
from pilotzones.query.title import view_subject, view_title
from pilotzones.query.view import View

MAPS = ("map", "compare", "provinces", "borders", "record")
# those with names of zones
_LABELLED = ("map", "compare", "borders", "record")
_OF_TWO_DAYS = ("map", "compare")
_WITHOUT_FILTERS = ("record", "panel")
_MOST_CURVES = 8
_NEAREST = 5
# what rounds to less is written without a distance
_LEAST_KM = 0.5


class Words(NamedTuple):
    """What a figure says: title, the sentences below it, a description for who cannot see it."""

    title: str
    summary: str
    description: str


def refuse_unfit(view: View, options: FigureOptions) -> None:
    """Raise an InvalidValueError for what this kind of figure does not take."""
    refuse(unfit_values(view, options))


def unfit_values(view: View, options: FigureOptions) -> Iterator[Problem]:
    """Yield what this kind of figure does not take, each with the remedy."""
    kind = options.kind
    if kind not in _OF_TWO_DAYS and view.since:
        yield unfit("since", view.since.isoformat(), "kind=compare")
    if kind in _WITHOUT_FILTERS and view.filtered:
        name, value = view.filters()[0]
        yield unfit(name, value, f"kind={kind} without filters")
    if kind not in _LABELLED and options.labels != FigureOptions.labels:
        yield unfit("labels", options.labels, f"kind={kind} without labels")
    allowed = GROUPINGS.get(kind, ())
    if options.by and options.by not in allowed:
        yield unfit("by", options.by, ", ".join(allowed) or "kind=growth, kind=panel")
    if kind == "record":
        yield from _unfit_record(view)


def _unfit_record(view: View) -> Iterator[Problem]:
    if view.zone and view.adcode:
        yield Problem("adcode", view.adcode, "not both", allowed="zone or adcode")
    if not (view.zone or view.adcode):
        yield Problem("zone", "", "missing", allowed="zone or adcode, with kind=record")


def asked(answer: Answer, options: FigureOptions) -> Answer:
    """Put the question of a kind: a comparison has two days."""
    return answer.compared if options.kind == "compare" else answer


def page_of(view: View, options: FigureOptions) -> str:
    """Return the path of the page that shows the same."""
    return {
        # the first page shows one day only
        "map": "compare" if view.since else "",
        "growth": "borders" if options.by == "position" else "provinces",
        "matrix": "provinces",
        "record": "zone" if view.zone else "place",
    }.get(options.kind, options.kind)


def figure_words(answer: Answer, options: FigureOptions) -> Words:
    """Write the words of a figure in the language of its View."""
    words = {
        "provinces": _provinces,
        "borders": _borders,
        "growth": _growth,
        "matrix": _matrix,
        "record": _record,
        "panel": _panel,
    }.get(options.kind, _map)(answer, options)
    return words._replace(title=options.title) if options.title else words


def _map(answer: Answer, _: FigureOptions) -> Words:
    summary, description = captions.summary(answer), captions.alternative_text(answer)
    return Words(view_title(answer), summary, description)


def _provinces(answer: Answer, _: FigureOptions) -> Words:
    t, shade = answer.language, answer.view.shade
    title = {
        "active": t._("Pilot zones by province%(where)s%(qualities)s, %(day)s"),
        "cities": t._("Share of cities in pilot zones by province%(where)s%(qualities)s, %(day)s"),
        "share": t._("Share of area in pilot zones by province%(where)s%(qualities)s, %(day)s"),
    }[shade] % _subject(every_province(answer))
    table = province_amounts(answer)
    summary = t.sentences([headline(answer), tops(answer, table.loc[answer.provinces])])
    amounts = amounts_of(table, shade).sort_values(ascending=False, kind="stable")
    listed = [
        t._("%(name)s %(num)s") % {"name": t.name(table.loc[adcode]), "num": _amount(value, shade)}
        for adcode, value in amounts.items()
        if value
    ]
    return _described(answer, t._("Map: %(title)s."), title, summary, listed)


def _amount(value: float, shade: str) -> str:
    return str(value) if shade == "active" else f"{value * 100:.0f}%"


def _subject(answer: Answer) -> dict[str, str]:
    subject, t = headline_subject(answer), answer.language
    where, day = subject.where, t.day(answer.view.on)
    return {"where": where, "qualities": subject.qualities, "day": day}


def _described(answer: Answer, kind: str, title: str, summary: str, listed: list[str]) -> Words:
    t = answer.language
    numbers = t._("%(text)s.") % {"text": t.commas(listed)} if listed else ""
    return Words(title, summary, t.sentences([kind % {"title": title}, summary, numbers]))


def border_groups(answer: Answer) -> tuple[list[str], dict[str, float], list[str]]:
    """Return the zones on the borders that a View names, those near them with km, the others."""
    rows = zones_near_borders(answer)
    on = [*dict.fromkeys(rows.loc[rows["touches"], "zone_id"])]
    near: dict[str, float] = {}
    for zone, km in zip(rows["zone_id"], rows["distance_km"], strict=True):
        if zone not in on:
            near[zone] = min(km, near.get(zone, km))
    active = answer.ask(answer.view.without("neighbours")).active
    others = [zone for zone in active.index[active] if zone not in on and zone not in near]
    return on, near, others


def _borders(answer: Answer, _: FigureOptions) -> Words:
    t, view = answer.language, answer.view
    on, near, _others = border_groups(answer)
    countries = [code for code in view.neighbours if code.isupper()]
    title = t._("%(what)s, and those within %(km)s km of it, %(day)s")
    if not countries:
        title = t._("%(what)s on a land border or within %(km)s km of one, %(day)s")
    if view.neighbours == ("land",):
        what = view_subject(answer.ask(view.without("neighbours")))
    else:
        what = view_subject(answer)
    title %= {"what": what, "km": view.within, "day": t.day(view.on)}
    summary = t._("%(on)s active zones on the border, %(near)s more within %(km)s km of it.") % {
        "on": len(on),
        "near": len(near),
        "km": view.within,
    }
    zones = answer.atlas.register.zones
    listed = [t.name(zones.loc[zone]) for zone in on]
    listed += [_with_km(answer, zone, km) for zone, km in near.items()]
    return _described(answer, t._("Map: %(title)s."), title, summary, listed)


def _with_km(answer: Answer, zone: str, km: float) -> str:
    t = answer.language
    name = t.name(answer.atlas.register.zones.loc[zone])
    return t._("%(zone)s (%(km)s km)") % {"zone": name, "km": f"{km:,.0f}"}


def near_in_words(answer: Answer, near: dict[str, float], most: int) -> str:
    """List at most so many zones near a border or a place, nearest first.

    What lies less than half a kilometre away has no distance: it would read as 0 km.
    """
    t, zones = answer.language, answer.atlas.register.zones
    order = sorted(near.items(), key=lambda item: item[1])[:most]
    adjoining = [t.name(zones.loc[zone]) for zone, km in order if km < _LEAST_KM]
    others = [_with_km(answer, zone, km) for zone, km in order if km >= _LEAST_KM]
    texts = (
        (t._("Adjoining or overlapping: %(list)s."), adjoining),
        (t._("Nearest: %(list)s."), others),
    )
    return t.sentences([text % {"list": t.commas(listed)} for text, listed in texts if listed])


def curves(answer: Answer, options: FigureOptions) -> pd.DataFrame:
    """Count active zones over time, a column a group with its name; groups without zones go."""
    t, atlas, by = answer.language, answer.atlas, options.grouping
    if by == "all":
        groups = {"all": [*atlas.register.zones.index]}
        names = {"all": t._("Active zones")}
    elif by == "position":
        groups = zones_by_position(atlas)
        names = {
            "land": t._("On a land border"),
            "coast": t._("On the coast only"),
            "inland": t._("Inland (no border, no coast)"),
        }
    elif by == "province":
        provinces = atlas.register.zones["province_adcode"]
        adcodes = [*atlas.register.provinces.index]
        groups = {code: [*provinces.index[provinces == code]] for code in adcodes}
        names = {code: t.name(atlas.register.provinces.loc[code]) for code in adcodes}
    else:
        groups = zones_by_economic_region(atlas)
        names = {region: economic_region_name(t, region) for region in groups}
    counts = active_over_time(answer, groups)
    if by == "province":
        last = counts.iloc[-1].sort_values(ascending=False, kind="stable")
        counts = counts[[*last.index[:_MOST_CURVES]]]
    return counts.loc[:, counts.any()].rename(columns=names)


def _growth(answer: Answer, options: FigureOptions) -> Words:
    t = answer.language
    title = {
        "region": t._("Active pilot zones%(where)s%(qualities)s by region, up to %(day)s"),
        "position": t._("Active pilot zones%(where)s%(qualities)s by position, up to %(day)s"),
        "province": t._("Active pilot zones%(where)s%(qualities)s by province, up to %(day)s"),
        "all": t._("Active pilot zones%(where)s%(qualities)s, up to %(day)s"),
    }[options.grouping] % _subject(answer)
    counts, summary = curves(answer, options), headline(answer)
    if options.grouping == "province" and len(counts.columns) == _MOST_CURVES:
        most = t._("Shown are the %(num)s provinces with most zones.") % {"num": _MOST_CURVES}
        summary = t.sentences([summary, most])
    listed = [
        t._("%(name)s %(num)s") % {"name": name, "num": counts[name].iloc[-1]} for name in counts
    ]
    return _described(answer, t._("Chart: %(title)s."), title, summary, listed)


def _matrix(answer: Answer, _: FigureOptions) -> Words:
    t, matrix = answer.language, batches_by_province(answer)
    title = t._("Pilot zones approved%(where)s%(qualities)s by province and batch, up to %(day)s")
    total = int(matrix.to_numpy().sum())
    summary = t.ngettext(
        "%(num)s approval, of a zone that may have been revoked since.",
        "%(num)s approvals, including zones revoked since.",
        total,
    ) % {"num": total}
    listed = [
        t._("%(name)s: %(num)s") % {"name": t.batches([batch]), "num": number}
        for batch, number in matrix.sum().items()
        if number
    ]
    return _described(answer, t._("Table: %(title)s."), title % _subject(answer), summary, listed)


def _record(answer: Answer, _: FigureOptions) -> Words:
    t, view, atlas = answer.language, answer.view, answer.atlas
    if view.zone:
        name = t.name(atlas.register.zones.loc[view.zone])
        summary = zone_sentence(atlas, view.zone, view.on, t)
    else:
        code = view.adcode or ""
        name = place_name(atlas, code, t)
        summary = place_sentence(atlas, code, view.on, t)
    title = t._("%(place)s and the pilot zones near it, %(day)s")
    title %= {"place": name, "day": t.day(view.on)}
    near = near_in_words(answer, nearest(answer), most=len(nearest(answer)))
    words = _described(answer, t._("Map: %(title)s."), title, summary, [])
    return words._replace(description=t.sentences([words.description, near]))


def zones_of_place(answer: Answer) -> tuple[str, ...]:
    """List the zones that the place of a record lies in; none for a record of a zone."""
    view = answer.view
    return place_on(answer.atlas, view.adcode, view.on).zone_ids if view.adcode else ()


def nearest(answer: Answer) -> dict[str, float]:
    """Measure from the zone or the place of a record to the nearest other active zones, km."""
    view, atlas = answer.view, answer.atlas
    if view.zone:
        table = nearest_to_zone(atlas, view.zone, view.on, _NEAREST)
    else:
        own = zones_of_place(answer)
        table = nearest_zones(atlas, view.adcode or "", view.on, _NEAREST + len(own))
        table = table[~table["zone_id"].isin(own)].head(_NEAREST)
    return dict(zip(table["zone_id"], table["km"], strict=True))


def _panel(answer: Answer, options: FigureOptions) -> Words:
    t, panel = answer.language, panel_of(answer, options)
    counts = panel.counts()
    title = t._("Treated units by %(freq)s, %(first)s–%(last)s") % {
        "freq": freq_name(options.panel, t),
        "first": options.panel.first,
        "last": options.panel.last,
    }
    count = len(panel.units)
    message = t.ngettext(
        "By %(day)s, %(treated)s of %(units)s was treated.",
        "By %(day)s, %(treated)s of %(units)s were treated.",
        count,
    )
    summary = message % {
        "day": t.day(panel.periods[-1].last),
        "treated": counts["treated"].iloc[-1],
        "units": counted_units(options.panel, count, t),
    }
    listed = [
        t._("%(name)s: %(num)s") % {"name": label, "num": number}
        for label, number in counts["treated"].items()
        if number
    ]
    return _described(answer, t._("Chart: %(title)s."), title, summary, listed)


def panel_of(answer: Answer, options: FigureOptions) -> PanelSummary:
    """Make the panel of a figure, or take it from those made last."""
    return known_summary(answer.atlas, options.panel)
