"""The zones on the land borders and near them, and their ports."""

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import ALTERNATIVES, View


def borders_asked(answer: Answer) -> list[str]:
    """Return the countries (ISO 3166-1 alpha-3) whose land borders a View is about."""
    chosen = answer.view.neighbours
    every: list[str] = answer.atlas.boundaries.neighbours.index.tolist()
    if not chosen or LAND in chosen:
        return every
    return [code for code in every if code in chosen]


def region_name(atlas: Atlas, language: Language, code: str) -> str:
    """Name a border region: ``land``, ``coast``, ``inland``, or the code of a land neighbour."""
    words = {
        LAND: language._("Any land border"),
        COAST: language._("Coast"),
        INLAND: language._("Inland (no border, no coast)"),
    }
    return words.get(code) or language.name(atlas.boundaries.neighbours.loc[code])


def border_regions(atlas: Atlas, language: Language) -> list[str]:
    """List ``land``, ``coast`` and ``inland``, then the land neighbours by name."""
    countries = [code for code in atlas.boundaries.border_regions if code.isupper()]
    countries.sort(key=lambda code: language.order(region_name(atlas, language, code)))
    return [LAND, COAST, INLAND, *countries]


def zones_near_borders(answer: Answer) -> pd.DataFrame:
    """Return the active zones on or near the borders that a View names, one row a zone and country.

    Those on the border come first, the longest contact first, then the nearest. Near is what lies
    within `View.within` km. A country in the filter by border region means the zones near it;
    ``land``, ``coast`` and ``inland`` mean the zones that are so, near any country. Where one kind
    of filter is enough, zones that pass another are listed near any country as well. Columns
    ``zone_id``, ``neighbour_iso3``, ``touches``, ``contact_km``, ``distance_km`` (geodesic, from
    the zone's edge), ``disputed``.
    """
    view, contacts = answer.view, answer.atlas.boundaries.contacts.reset_index()
    asked = _asked_for(answer, contacts)
    others = _active(answer, contacts, view.without("neighbours"))
    if view.widens and view.neighbours:
        keep = others | (asked & _active(answer, contacts, view.without(*ALTERNATIVES)))
    else:
        keep = others & asked
    near = contacts[keep & (contacts["touches"] | (contacts["distance_km"] <= view.within))]
    return near.sort_values(
        ["touches", "distance_km", "contact_km"], ascending=[False, True, False], kind="stable"
    )


def _active(answer: Answer, contacts: pd.DataFrame, view: View) -> pd.Series:
    active = answer.ask(view).active
    return contacts["zone_id"].map(active)


def _asked_for(answer: Answer, contacts: pd.DataFrame) -> pd.Series:
    view = answer.view
    if not view.neighbours:
        return pd.Series(data=True, index=contacts.index)
    regions = answer.atlas.boundaries.border_regions
    words = [regions[code] for code in view.neighbours if code.islower()]
    zones = contacts["zone_id"].isin(frozenset().union(*words))
    return zones | contacts["neighbour_iso3"].isin(view.neighbours)


def ports_near_borders(answer: Answer) -> pd.DataFrame:
    """Return the rows of `Register.ports` for the zones and countries of `zones_near_borders`."""
    rows = zones_near_borders(answer)[["zone_id", "neighbour_iso3"]]
    return answer.atlas.register.ports.merge(rows, how="inner")
