"""How much of each provincial division lies in pilot zones: set algebra on the finest divisions.

Zones overlap (Xiong'an lies in Baoding) and consist of divisions of several levels, so nothing can
be added up zone by zone. Each zone is taken apart into the smallest pieces that the divisions know,
and a piece counts once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import Boundaries

PROVINCE = "province"
PREFECTURE = "prefecture"
COUNTY = "county"

# they have no prefecture-level divisions below them and rank as one
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


@dataclass(frozen=True)
class Pieces:
    """Every division taken apart into the smallest pieces.

    Parameters
    ----------
    of
        Pieces by the adcode of the division. A piece bears the code of a county, or that of a
        larger division for what its counties leave of it (Dongguan has none).
    area_km2
        Drawn area by piece.
    """

    of: Mapping[str, frozenset[str]]
    area_km2: Mapping[str, float]

    def together(self, adcodes: Collection[str]) -> frozenset[str]:
        """Unite divisions."""
        return frozenset().union(*(self.of[adcode] for adcode in adcodes))

    def area(self, pieces: Collection[str]) -> float:
        """Add up areas, in a fixed order so that the sum is the same on every run."""
        return sum(self.area_km2[piece] for piece in sorted(pieces))


@lru_cache(maxsize=4)
def division_pieces(boundaries: Boundaries) -> Pieces:
    """Take every division apart.

    Parameters
    ----------
    boundaries
        With the table of divisions.

    Returns
    -------
    Pieces
        The pieces of a division are those of the divisions below it, and what these leave of it.
    """
    divisions = boundaries.divisions
    above = divisions["prefecture_adcode"].where(divisions["level"] == COUNTY, "")
    above = above.where(above != "", divisions["province_adcode"])
    above = above.where(divisions["level"] != PROVINCE, "")
    area = divisions["area_km2"].astype(float)
    left = area - area.groupby(above).sum().reindex(area.index, fill_value=0)
    # what remains below a square kilometre is rounding
    pieces = area.where(divisions["level"] == COUNTY, left.where(left >= 1))
    of: dict[str, set[str]] = {
        str(code): set() if pd.isna(size) else {str(code)} for code, size in pieces.items()
    }
    # from the finest level up, so that what a division passes on is complete
    for level in (COUNTY, PREFECTURE):
        for adcode, larger in above[divisions["level"] == level].items():
            of[larger] |= of[str(adcode)]
    frozen = {code: frozenset(parts) for code, parts in of.items()}
    return Pieces(frozen, pieces.dropna().to_dict())


def province_coverage(atlas: Atlas, zone_ids: Collection[str]) -> pd.DataFrame:
    """Tell how much of each provincial division some zones cover.

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
        ``area_km2``: drawn area, what lies in several zones counted once; ``covered_share``: the
        one by the other, 0 to 1.
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
