"""Every division taken apart into the smallest pieces that the divisions know.

Zones overlap (Xiong'an lies in Baoding) and consist of divisions of several levels, so nothing can
be added up zone by zone. Each zone and each place is a set of pieces, and a piece counts once.
"""

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import pandas as pd

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
        Pieces by the adcode of the division. A piece has the code of a county, or that of a
        larger division for what its counties leave of it (Dongguan has none).
    area_km2
        Drawn area by piece, km².
    """

    of: Mapping[str, frozenset[str]]
    area_km2: Mapping[str, float]

    def together(self, adcodes: Collection[str]) -> frozenset[str]:
        """Unite divisions."""
        return frozenset().union(*(self.of[adcode] for adcode in adcodes))

    def area(self, pieces: Collection[str]) -> float:
        """Add up areas in km², in a fixed order so that the sum is the same on every run."""
        return sum(self.area_km2[piece] for piece in sorted(pieces))


@lru_cache(maxsize=4)
def division_pieces(boundaries: Boundaries) -> Pieces:
    """Take every division apart.

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


def overlaps(
    zones: Mapping[str, AbstractSet[str]],
) -> Iterator[tuple[str, str, str, AbstractSet[str]]]:
    """Yield a zone, another one, how it lies to that one, and the pieces that they share.

    Each pair that shares pieces comes in both directions.
    """
    for (zone, own), (other, others) in permutations(zones.items(), 2):
        if shared := own & others:
            yield zone, other, _relation(own, others), shared


def _relation(own: AbstractSet[str], other: AbstractSet[str]) -> str:
    if own <= other:
        return "within"
    return "contains" if own > other else "overlaps"
