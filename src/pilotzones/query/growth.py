"""How the number of active zones grew, by any grouping."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.i18n import Language
from pilotzones.parameters import REGIONS
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name


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


class Group(NamedTuple):
    """A group of zones: ``all``, a ``province``, an economic ``region`` or a ``border`` region."""

    kind: str
    key: str
    name_zh: str
    name_en: str


def zone_groups(atlas: Atlas) -> list[tuple[Group, set[str]]]:
    """List all zones, those of each province and region, and those of each border region.

    A zone may lie in several border regions, so that these do not add up.
    """
    en, zh = Language("en"), Language("zh")
    zones = atlas.register.zones
    groups = [(Group("all", "all", "全国", "China"), set(zones.index))]
    for adcode, province in atlas.register.provinces.iterrows():
        inside = zones.index[zones["province_adcode"] == adcode]
        names = province["name_zh"], province["name_en"]
        groups.append((Group("province", str(adcode), *names), set(inside)))
    for key, inside in zones_by_economic_region(atlas).items():
        names = economic_region_name(zh, key), economic_region_name(en, key)
        groups.append((Group("region", key, *names), set(inside)))
    for key, inside in atlas.boundaries.border_regions.items():
        names = region_name(atlas, zh, key), region_name(atlas, en, key)
        groups.append((Group("border", key, *names), set(inside)))
    return groups


def economic_region_name(t: Language, region: str) -> str:
    """Name an economic region: ``east``, ``central``, ``west``, ``northeast``."""
    return {
        "east": t._("East"),
        "central": t._("Central"),
        "west": t._("West"),
        "northeast": t._("Northeast"),
    }[region]


def zones_by_economic_region(atlas: Atlas) -> dict[str, list[str]]:
    """Group the zones by the economic region of their province."""
    regions = atlas.register.zones["province_adcode"].map(atlas.register.provinces["region"])
    return {name: regions.index[regions == name].tolist() for name in REGIONS}


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
    each batch that the filters leave. Zones revoked since are counted: the matrix shows approvals.
    """
    register, view = answer.atlas.register, answer.view
    approved = answer.zones[["province_adcode", "batch", "approved_on"]]
    known = [stop.batch for stop in answer.atlas.stops if stop.batch and stop.on <= view.on]
    # of a batch that was filtered out nothing is known here, which is not 0
    left = known if view.widens or not view.batches else view.batches
    batches = [batch for batch in known if batch in left]
    matrix = pd.crosstab(approved["province_adcode"], approved["batch"])
    first = approved.groupby("province_adcode")["approved_on"].min()
    order = first.reindex(register.provinces.index).sort_values(kind="stable").index
    return matrix.reindex(index=order, columns=batches, fill_value=0).fillna(0).astype(int)
