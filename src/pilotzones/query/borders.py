"""The zones on the land borders and near them, and their ports."""

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer


def countries_of(answer: Answer) -> list[str]:
    """List the countries whose borders a View asks for; all where it names none.

    Parameters
    ----------
    answer
        Its filter by border region counts.

    Returns
    -------
    list of str
        ISO 3166-1 alpha-3 codes.
    """
    chosen = [code for code in answer.view.neighbours if code.isupper()]
    return chosen or answer.atlas.boundaries.neighbours.index.tolist()


def region_name(atlas: Atlas, language: Language, code: str) -> str:
    """Name a border region.

    Parameters
    ----------
    atlas
        The facts.
    language
        The language of the name.
    code
        ``land``, ``coast``, ``inland``, or the ISO 3166-1 alpha-3 code of a land neighbour.

    Returns
    -------
    str
        Its name.
    """
    words = {
        LAND: language._("Any land border"),
        COAST: language._("Coast"),
        INLAND: language._("Inland (no border, no coast)"),
    }
    return words.get(code) or language.name(atlas.boundaries.neighbours.loc[code])


def zones_near_borders(answer: Answer) -> pd.DataFrame:
    """List the zones on or near the borders that a View asks for.

    Parameters
    ----------
    answer
        The day, how far from the border a zone may lie (``within``, km), and the filters. Of the
        filter by border region a country asks for the zones near it, and ``land``, ``coast`` or
        ``inland`` for the zones that are so, near any country.

    Returns
    -------
    pandas.DataFrame
        One row an active zone and country, those on the border first, then the nearest:
        ``zone_id``, ``neighbour_iso3``, ``touches``, ``contact_km``, ``distance_km`` (geodesic,
        from the zone's edge), ``disputed``.
    """
    active = answer.ask(answer.view.without("neighbours")).active
    contacts = answer.atlas.boundaries.contacts.reset_index()
    near = contacts[
        contacts["zone_id"].isin(active.index[active])
        & _asked_for(answer, contacts)
        & (contacts["touches"] | (contacts["distance_km"] <= answer.view.within))
    ]
    return near.sort_values(
        ["touches", "distance_km", "contact_km"], ascending=[False, True, False], kind="stable"
    )


def _asked_for(answer: Answer, contacts: pd.DataFrame) -> pd.Series:
    view = answer.view
    if not view.neighbours:
        return pd.Series(data=True, index=contacts.index)
    regions = answer.atlas.boundaries.border_regions
    words = [regions[code] for code in view.neighbours if code.islower()]
    zones = contacts["zone_id"].isin(frozenset().union(*words))
    return zones | contacts["neighbour_iso3"].isin(view.neighbours)


def ports_near_borders(answer: Answer) -> pd.DataFrame:
    """List the border ports inside the zones on or near the borders that a View asks for.

    Parameters
    ----------
    answer
        As for `zones_near_borders`.

    Returns
    -------
    pandas.DataFrame
        The rows of `Register.ports` that lie in such a zone, towards such a country.
    """
    rows = zones_near_borders(answer)[["zone_id", "neighbour_iso3"]]
    return answer.atlas.register.ports.merge(rows, how="inner")
