"""The zones on the land borders and near them, and their ports."""

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE
from pilotzones.query.view import View
from pilotzones.query.zones import zones_in_view


def countries_of(atlas: Atlas, view: View) -> list[str]:
    """List the countries whose borders a View asks for; all where it names none.

    Parameters
    ----------
    atlas
        The facts.
    view
        Its filter by border region counts.

    Returns
    -------
    list of str
        ISO 3166-1 alpha-3 codes.
    """
    chosen = [code for code in view.neighbours if code.isupper()]
    return chosen or atlas.boundaries.neighbours.index.tolist()


def zones_near_borders(atlas: Atlas, view: View) -> pd.DataFrame:
    """List the zones on or near the borders that a View asks for.

    Parameters
    ----------
    atlas
        The facts.
    view
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
    zones = zones_in_view(atlas, view.without("neighbours"))
    active = zones.index[zones["status"] == ACTIVE]
    contacts = atlas.boundaries.contacts.reset_index()
    near = contacts[
        contacts["zone_id"].isin(active)
        & _asked_for(atlas, view, contacts)
        & (contacts["touches"] | (contacts["distance_km"] <= view.within))
    ]
    return near.sort_values(
        ["touches", "distance_km", "contact_km"], ascending=[False, True, False], kind="stable"
    )


def _asked_for(atlas: Atlas, view: View, contacts: pd.DataFrame) -> pd.Series:
    if not view.neighbours:
        return pd.Series(data=True, index=contacts.index)
    regions = atlas.boundaries.border_regions
    words = [regions[code] for code in view.neighbours if code.islower()]
    zones = contacts["zone_id"].isin(frozenset().union(*words))
    return zones | contacts["neighbour_iso3"].isin(view.neighbours)


def ports_near_borders(atlas: Atlas, view: View) -> pd.DataFrame:
    """List the border ports inside the zones on or near the borders that a View asks for.

    Parameters
    ----------
    atlas
        The facts.
    view
        As for `zones_near_borders`.

    Returns
    -------
    pandas.DataFrame
        The rows of `Register.ports` that lie in such a zone, towards such a country.
    """
    rows = zones_near_borders(atlas, view)[["zone_id", "neighbour_iso3"]]
    return atlas.register.ports.merge(rows, how="inner")
