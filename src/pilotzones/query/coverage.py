"""How much of each provincial division lies in pilot zones."""

from collections.abc import Collection
from functools import lru_cache

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import Boundaries
from pilotzones.atlas.pieces import COUNTY, MUNICIPALITIES, PREFECTURE, division_pieces


def province_coverage(atlas: Atlas, zone_ids: Collection[str]) -> pd.DataFrame:
    """Calculate how much of each provincial division some zones cover.

    Parameters
    ----------
    atlas
        The facts.
    zone_ids
        The zones that count.

    Returns
    -------
    pandas.DataFrame
        Index ``adcode``, every provincial division of the register in its order.
        ``prefectures_covered`` of ``prefectures``: prefecture-level divisions that lie in the zones
        as a whole (a municipality counts as one such division); ``county_zones``: list of the zones
        that consist of county-level divisions alone, which are not among them; ``covered_km2`` of
        ``drawn_area_km2``: what lies in several zones counted once; ``covered_share``: the one by
        the other, 0 to 1. ``area_km2`` is the former name of ``drawn_area_km2``.
    """
    pieces, prefectures = division_pieces(atlas.boundaries), _prefectures(atlas.boundaries)
    zones = atlas.register.zones.loc[list(zone_ids)]
    taken = pieces.together(" ".join(zones["adcodes"]).split())
    small = zones.loc[county_zones(atlas, zones.index), "province_adcode"]
    areas = atlas.boundaries.divisions["area_km2"].astype(float)
    rows = []
    for province in atlas.register.provinces.index:
        whole, below = pieces.of[province], prefectures.get(province, [])
        share = pieces.area(whole & taken) / pieces.area(whole)
        rows.append(
            {
                "prefectures_covered": sum(pieces.of[code] <= taken for code in below),
                "prefectures": len(below),
                "county_zones": [str(zone) for zone in small.index[small == province]],
                "covered_km2": round(share * areas[province], 1),
                "drawn_area_km2": areas[province],
                "area_km2": areas[province],
                "covered_share": round(share, 4),
            }
        )
    return pd.DataFrame(rows, index=atlas.register.provinces.index)


def county_zones(atlas: Atlas, zone_ids: Collection[str]) -> list[str]:
    """List the zones that consist of county-level divisions alone.

    Parameters
    ----------
    atlas
        The facts.
    zone_ids
        The zones that count.

    Returns
    -------
    list of str
        Identifiers in the order of `zone_ids`.
    """
    level = atlas.boundaries.divisions["level"].to_dict()
    codes = atlas.register.zones["adcodes"]
    return [zone for zone in zone_ids if all(level[code] == COUNTY for code in codes[zone].split())]


@lru_cache(maxsize=4)
def _prefectures(boundaries: Boundaries) -> dict[str, list[str]]:
    divisions = boundaries.divisions
    inside = divisions.loc[divisions["level"] == PREFECTURE, "province_adcode"]
    below = {str(province): [*codes.index] for province, codes in inside.groupby(inside)}
    return below | {code: [code] for code in MUNICIPALITIES}
