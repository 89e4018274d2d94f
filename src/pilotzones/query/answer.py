"""A View put to the atlas: what every face shows, calculated once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, partial

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.matching import BY_NAME, BY_NAME_WITHIN, OF_SEVERAL, match_place
from pilotzones.atlas.timeline import (
    ACTIVE,
    PENDING,
    Stop,
    changes,
    state_on,
    status_on,
    stop_on,
)
from pilotzones.errors import refuse
from pilotzones.i18n import Language
from pilotzones.query.parsing import days_out_of_range, unknown_values
from pilotzones.query.view import View
from pilotzones.text import fold

# of at most some 200 kB each
_KEPT = 64


@dataclass(frozen=True)
class Answer:
    """A View, and what is true of the zones on its days.

    Each property is calculated when it is first read and then kept.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days, the filters, the language.

    Raises
    ------
    InvalidValueError
        If the View names a province, a border region, a batch or a zone that the atlas does not
        have; the message names the closest.
    """

    atlas: Atlas
    view: View

    def __post_init__(self) -> None:
        refuse(unknown_values(self.atlas, self.view))

    def ask(self, view: View) -> "Answer":
        """Put another View to the same atlas."""
        return answer_of(self.atlas, view)

    @property
    def language(self) -> Language:
        """The language of names, titles and notes."""
        return self.view.language

    @cached_property
    def state(self) -> pd.DataFrame:
        """Status of every zone on the day and its history so far, as `state_on` returns it."""
        return state_on(self.atlas.register, self.view.on)

    @cached_property
    def status(self) -> pd.Series:
        """Status of every zone on the day, index ``zone_id``."""
        return status_on(self.atlas.register, self.view.on)

    @cached_property
    def stop(self) -> Stop | None:
        """The document in force on the day, ``None`` before the first."""
        return stop_on(self.atlas.stops, self.view.on)

    @cached_property
    def since(self) -> date:
        """The earlier day of a comparison.

        That of the View; where it has none, the eve of the document in force on the day, so that
        the changes are those that this document made.
        """
        # before the first document nothing has changed since the day before
        latest = self.stop.on if self.stop else self.view.on
        return self.view.since or latest - timedelta(days=1)

    @cached_property
    def passing(self) -> pd.Series:
        """Whether each zone passes the filters, in any status on the day.

        Values of one filter are alternatives, filters narrow each other; with `View.match` ``any``
        one of those by province, region, border region and batch is enough. A search text that no
        name holds is read as the full name of a place, such as ``Foshan City``; one of which
        nothing can be compared, such as ``%``, finds nothing. Booleans, index ``zone_id``.
        """
        view = self.view
        keep = pd.Series(data=True, index=self.atlas.register.zones.index)
        kinds = [*self._alternatives()]
        if kinds:
            passed = pd.concat(kinds, axis=1)
            keep = passed.any(axis=1) if view.match == "any" else passed.all(axis=1)
        if view.statuses:
            keep = keep & self.status.isin(view.statuses)
        return keep & _found(self.atlas, view.q) if view.q else keep

    def _alternatives(self) -> Iterator[pd.Series]:
        """Yield whether each zone passes, for each kind of filter that `View.match` combines."""
        view, register = self.view, self.atlas.register
        provinces = register.zones["province_adcode"]
        if view.provinces:
            yield provinces.isin(view.provinces)
        if view.regions:
            yield provinces.map(register.provinces["region"]).isin(view.regions)
        if view.neighbours:
            regions = self.atlas.boundaries.border_regions
            codes = frozenset().union(*(regions[code] for code in view.neighbours))
            yield pd.Series(provinces.index.isin(codes), index=provinces.index)
        if view.batches:
            yield register.histories["batch"].isin(view.batches)

    @cached_property
    def provinces(self) -> list[str]:
        """Adcodes of the provincial divisions that the filters leave, with zones or without.

        All of them where a zone may pass by its border region or batch alone.
        """
        view, table = self.view, self.atlas.register.provinces
        if view.widens and (view.neighbours or view.batches):
            return [*table.index]
        named, inside = table.index.isin(view.provinces), table["region"].isin(view.regions)
        if not view.regions:
            inside |= not view.provinces or named
        elif view.provinces:
            inside = inside | named if view.match == "any" else inside & named
        return [*table.index[inside]]

    @cached_property
    def active(self) -> pd.Series:
        """Whether each zone passes the filters and is active on the day; index ``zone_id``."""
        return self.passing & (self.status == ACTIVE)

    @cached_property
    def zones(self) -> pd.DataFrame:
        """The zones that are shown, in the order of approval; columns as in their tables."""
        register, boundaries = self.atlas.register, self.atlas.boundaries
        table = register.zones.join(self.state).join(boundaries.zones)
        keep = self.passing & (self.status != PENDING)
        return table[keep].sort_values(["approved_on"], kind="stable")

    @cached_property
    def compared(self) -> "Answer":
        """The same question about two days, from `since` to the day."""
        return self.ask(self.view.compare(self.since))

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The rows of `timeline.changes` from `since` to the day that pass the filters."""
        table = changes(self.atlas.register, self.since, self.view.on)
        return table[self.compared.passing.loc[table.index]]


@lru_cache(maxsize=_KEPT)
def answer_of(atlas: Atlas, view: View) -> Answer:
    """Put a View to an atlas; the answers to the latest ones are kept, for other visitors too."""
    return Answer(atlas, view)


def ask(atlas: Atlas, view: View) -> Answer:
    """Put the View of a caller to an atlas, which refuses the days that an address may not name."""
    refuse([*days_out_of_range(atlas, view)])
    return Answer(atlas, view)


def _found(atlas: Atlas, text: str) -> pd.Series:
    terms = [term for term in map(fold, text.split()) if term]
    names = _search_text(atlas)
    found = pd.Series(data=bool(terms), index=names.index)
    for term in terms:
        found &= names.str.contains(term, regex=False)
    return found if found.any() or not terms else _of_place(atlas, text)


def _of_place(atlas: Atlas, text: str) -> pd.Series:
    """Say which zones are the place that a text names in full, such as "Foshan City"."""
    match, zones = match_place(atlas.places, text), atlas.register.zones
    named = {match.adcode} if match.placed_by in {BY_NAME, BY_NAME_WITHIN} else set()
    if match.reason == OF_SEVERAL:
        named = {*match.candidates}
    own = zones["adcodes"].str.split().map(lambda codes: not named.isdisjoint(codes))
    return own | zones["province_adcode"].isin(named)


def _traditional(atlas: Atlas, adcode: str) -> str:
    """Return the name of a place in traditional Chinese; empty where a zone is several places."""
    place = atlas.places.rows.get(adcode, {})
    return str(place.get("name_hant") or "").replace(" ", "|")


@lru_cache(maxsize=8)
def _search_text(atlas: Atlas) -> pd.Series:
    zones, provinces = atlas.register.zones, atlas.register.provinces
    province = zones["province_adcode"].map(
        provinces[["name_zh", "name_en", "name_pinyin"]].agg("|".join, axis=1)
    )
    columns = zones[["name_zh", "name_en", "place_zh", "place_en", "name_pinyin"]]
    text = columns.agg("|".join, axis=1) + "|" + zones.index.to_series() + "|" + province
    for codes in ("adcodes", "province_adcode"):
        text += "|" + zones[codes].map(partial(_traditional, atlas))
    # a bar between the names keeps a search from running across two of them
    return text.map(lambda names: "|".join(fold(name) for name in names.split("|")))
