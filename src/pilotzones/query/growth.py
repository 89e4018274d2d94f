"""How the number of active zones grew, by any grouping."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.query.answer import Answer


def active_over_time(answer: Answer, groups: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Count the active zones of some groups after each document up to the day of a View.

    Index ``on``: the day of each stop before that of the View, then that day; a column a group.
    """
    on = answer.view.on
    days = [*(stop.on for stop in answer.atlas.stops if stop.on < on), on]
    rows = []
    for day in days:
        active = answer.ask(replace(answer.view, on=day, since=None)).active
        shown = set(active.index[active])
        rows.append({name: len(shown & set(zones)) for name, zones in groups.items()})
    return pd.DataFrame(rows, index=pd.Index(days, name="on"))


def zones_by_economic_region(atlas: Atlas) -> dict[str, list[str]]:
    """Group the zones by the economic region of their province."""
    regions = atlas.register.zones["province_adcode"].map(atlas.register.provinces["region"])
    names = ("east", "central", "west", "northeast")
    return {name: regions.index[regions == name].tolist() for name in names}


def zones_by_position(atlas: Atlas) -> dict[str, list[str]]:
    """Group the zones by ``land`` border, ``coast`` and ``inland``, each zone in one group.

    A zone on both a land border and the coast is in ``land``, so that the groups add up.
    """
    regions = atlas.boundaries.border_regions
    return {
        LAND: sorted(regions[LAND]),
        COAST: sorted(regions[COAST] - regions[LAND]),
        INLAND: sorted(regions[INLAND]),
    }


def batches_by_province(answer: Answer) -> pd.DataFrame:
    """Count the zones that each batch approved in each province up to the day of a View.

    Index ``adcode``, all provincial divisions in the order of their first approval; a column for
    each batch. Zones revoked since are counted: the matrix shows approvals.
    """
    register, on = answer.atlas.register, answer.view.on
    approved = answer.zones[["province_adcode", "batch", "approved_on"]]
    batches = [stop.batch for stop in answer.atlas.stops if stop.batch and stop.on <= on]
    matrix = pd.crosstab(approved["province_adcode"], approved["batch"])
    first = approved.groupby("province_adcode")["approved_on"].min()
    order = first.reindex(register.provinces.index).sort_values(kind="stable").index
    return matrix.reindex(index=order, columns=batches, fill_value=0).fillna(0).astype(int)
