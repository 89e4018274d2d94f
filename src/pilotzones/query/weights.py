"""Spatial weights: which units are neighbours, and how much each counts.

Queen neighbours share a line or a corner of the county level, of which every unit is a union. The
other kinds measure geodesics (WGS 84) between representative points: a point inside the largest
part of each unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from numbers import Real

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.errors import Problem, refuse, whole_number
from pilotzones.i18n import Language
from pilotzones.query.caveats import Caveat
from pilotzones.query.ground import Floats, Ints, geodesic_km, ground, transformer, unproject
from pilotzones.query.units import KINDS, UNITS, Kind, Unit, list_units
from pilotzones.text import excerpt

MAX_PAIRS = 2_000_000

_BLOCK = 256
# of points at the same chord, geodesics differ by far less than this
_CHORD_MARGIN = 1.01

# WGS 84 with heights, and metres from the middle of the earth
_GEOGRAPHIC, _GEOCENTRIC = "EPSG:4979", "EPSG:4978"


@dataclass(frozen=True, eq=False)
class Weights:
    """A sparse matrix of spatial weights.

    Parameters
    ----------
    adcodes
        The units, in the order of the rows and columns.
    kind
        ``queen``, ``knn`` or ``inverse``.
    rows, columns
        Positions of a unit and of its neighbour, shape ``(m,)``, sorted; no unit is its own
        neighbour.
    values
        The weight of each pair, shape ``(m,)``: 1, or for ``inverse`` 1/km.
    standardised
        Whether the weights of each unit with neighbours add up to 1.
    warnings
        What has to be said of them, in English.
    caveats
        The same as values, each with its ``text`` in another language.
    """

    adcodes: tuple[str, ...]
    kind: Kind
    rows: Ints
    columns: Ints
    values: Floats
    standardised: bool = False
    warnings: list[str] = field(default_factory=list)
    caveats: tuple[Caveat, ...] = ()

    @property
    def islands(self) -> list[str]:
        """Codes of the units without neighbours."""
        return [self.adcodes[position] for position in self._alone]

    @property
    def _alone(self) -> Ints:
        """Positions of the units without neighbours."""
        return np.setdiff1d(np.arange(len(self.adcodes)), self.rows)

    def row_standardised(self) -> "Weights":
        """Divide the weights of each unit by their sum."""
        sums = np.bincount(self.rows, weights=self.values, minlength=len(self.adcodes))
        return replace(self, values=self.values / sums[self.rows], standardised=True)

    def lag(self, values: npt.ArrayLike) -> Floats:
        """Add up the weighted values of the neighbours of each unit.

        Parameters
        ----------
        values
            Shape ``(n,)`` or ``(n, t)``: one row a unit, in the order of `adcodes`.

        Returns
        -------
        numpy.ndarray
            The same shape; not a number for units without neighbours, and where a neighbour has
            none.

        Raises
        ------
        ValueError
            If there is not one row for each unit, as in a panel with several periods below each
            other.
        """
        given = np.asarray(values, dtype=float)
        units = len(self.adcodes)
        if given.shape[:1] != (units,):
            message = f"values of the shape {given.shape}: give one row for each of {units} units"
            raise ValueError(message)
        table = given.reshape(units, -1)
        found = np.zeros_like(table)
        np.add.at(found, self.rows, self.values[:, None] * table[self.columns])
        found[self._alone] = np.nan
        return found.reshape(given.shape)

    def table(self) -> pd.DataFrame:
        """List the pairs: ``adcode``, ``neighbour_adcode``, ``weight``, one row a pair."""
        codes = np.array(self.adcodes, dtype=object)
        columns = {"adcode": codes[self.rows], "neighbour_adcode": codes[self.columns]}
        return pd.DataFrame({**columns, "weight": self.values})


@takes_atlas
def weights(  # noqa: PLR0913 - each kind has its own
    atlas: Atlas,
    unit: Unit = "prefecture",
    *,
    adcodes: Sequence[str] = (),
    kind: Kind = "queen",
    k: int = 5,
    cutoff_km: float | None = None,
    standardise: bool = False,
) -> Weights:
    """Make spatial weights for units, in the order that a panel of them has.

    Parameters
    ----------
    atlas
        The facts.
    unit
        As in `PanelOptions`; it does not count where `adcodes` are given.
    adcodes
        The reader's own units.
    kind
        ``queen``: units that share a line or a corner; ``knn``: the `k` nearest; ``inverse``: all
        others up to `cutoff_km`, by 1/km. The last two measure geodesics (WGS 84) between
        representative points: a point inside the largest part of each unit.
    k
        Number of neighbours, for ``knn``.
    cutoff_km
        Greatest distance, for ``inverse``; by default there is none.
    standardise
        Whether to divide the weights of each unit by their sum.

    Returns
    -------
    Weights
        The pairs and their weights; units without neighbours (islands) are named in its warnings.

    Raises
    ------
    UnknownPlaceError
        If no division has one of the reader's codes.
    InvalidValueError
        If a value is not known or out of range, or there would be more than `MAX_PAIRS` pairs.
    BoundaryError
        If the county level cannot be read.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> queen = weights(load_atlas(), "province")
    >>> pairs = queen.table()
    >>> pairs.loc[pairs["adcode"] == "110000", "neighbour_adcode"].tolist()
    ['120000', '130000']
    """
    _check(unit, kind, cutoff_km, standardise=standardise)
    codes = tuple(list_units(atlas.places, unit, adcodes))
    if kind == "queen":
        rows, columns = _touching(atlas, codes)
        values = np.ones(len(rows))
    else:
        rows, columns, km = _near(atlas, codes, kind, k, cutoff_km)
        # points have four decimals: less than 10 m apart is the same place
        values = np.ones(len(rows)) if kind == "knn" else 1 / np.maximum(km, 0.01)
    found = Weights(codes, kind, rows, columns, values)
    if islands := found.islands:
        caveat = Caveat("islands", tuple(islands))
        text = caveat.text(Language("en"), atlas.places.rows)
        found = replace(found, warnings=[text], caveats=(caveat,))
    return found.row_standardised() if standardise else found


def _check(unit: str, kind: str, cutoff_km: float | None, *, standardise: bool) -> None:
    # a text, such as "no", would count as true
    choices: tuple[tuple[str, object, Sequence[object]], ...] = (
        ("unit", unit, UNITS),
        ("kind", kind, KINDS),
        ("standardise", standardise, (False, True)),
    )
    problems = [
        Problem(name, excerpt(value), "unknown choice", allowed=", ".join(map(str, allowed)))
        for name, value, allowed in choices
        if value not in allowed
    ]
    if cutoff_km is not None and not (isinstance(cutoff_km, Real) and cutoff_km > 0):
        problems.append(Problem("cutoff_km", str(cutoff_km), "not a distance", allowed="above 0"))
    refuse(problems)


def _touching(atlas: Atlas, codes: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Pairs of units that share a vertex; units that share a county are no neighbours for it."""
    land = ground(atlas.boundaries)
    belongs = pd.DataFrame(
        [(county, unit) for unit, code in enumerate(codes) for county in land.rows([code])],
        columns=["county", "unit"],
    )
    vertex, county = land.vertices
    corners = pd.DataFrame({"vertex": vertex, "county": county}).merge(belongs, on="county")
    corners = corners[["vertex", "unit"]].drop_duplicates()
    corners = corners[corners.duplicated("vertex", keep=False)]
    pairs = corners.merge(corners, on="vertex", suffixes=("", "_other"))
    pairs = pairs[pairs["unit"] != pairs["unit_other"]][["unit", "unit_other"]].drop_duplicates()
    ordered = pairs.sort_values(["unit", "unit_other"])
    return ordered["unit"].to_numpy(dtype=np.intp), ordered["unit_other"].to_numpy(dtype=np.intp)


def _near(
    atlas: Atlas, codes: tuple[str, ...], kind: Kind, k: int, cutoff_km: float | None
) -> tuple[Ints, Ints, Floats]:
    """Pairs of units with their distance: the nearest of each, or all up to a distance."""
    size = len(codes)
    if kind == "knn" and not 1 <= (whole_number(k) or 0) < size:
        hint = f"1–{size - 1}, one less than there are units"
        refuse([Problem("k", str(k), "out of range", allowed=hint)])
    lonlat = representative_points(atlas, codes)
    centring = transformer(_GEOGRAPHIC, _GEOCENTRIC)
    centred = np.column_stack(centring.transform(lonlat[:, 0], lonlat[:, 1], np.zeros(size))) / 1000
    found, total = [], 0
    for start in range(0, size, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, size))
        chord = np.linalg.norm(centred[block, None] - centred, axis=2)
        chord[block - start, block] = np.inf
        # a chord is never longer than the way along the ground
        limit = np.full(len(block), np.inf if cutoff_km is None else cutoff_km)
        if kind == "knn":
            limit = np.partition(chord, k - 1, axis=1)[:, k - 1] * _CHORD_MARGIN
        near, other = np.nonzero((chord <= limit[:, None]) & np.isfinite(chord))
        total += len(near)
        if total > MAX_PAIRS:
            hint = f"at most {MAX_PAIRS:,} pairs, by a smaller cutoff_km"
            refuse([Problem("kind", f"{kind}, {size:,} units", "out of range", allowed=hint)])
        km = geodesic_km(lonlat[block[near]], lonlat[other])
        found.append(pd.DataFrame({"row": block[near], "column": other, "km": km}))
    pairs = pd.concat(found, ignore_index=True)
    if kind == "knn":
        pairs = pairs.sort_values(["row", "km", "column"]).groupby("row").head(k)
    elif cutoff_km is not None:
        pairs = pairs[pairs["km"] <= cutoff_km]
    pairs = pairs.sort_values(["row", "column"])
    return (
        pairs["row"].to_numpy(dtype=np.intp),
        pairs["column"].to_numpy(dtype=np.intp),
        pairs["km"].to_numpy(dtype=float),
    )


@lru_cache(maxsize=32)
def representative_points(atlas: Atlas, codes: tuple[str, ...]) -> Floats:
    """Find a point inside the largest part of each unit: degrees, four decimals."""
    land = ground(atlas.boundaries)
    shapes = [land.union([code]) for code in codes]
    parts, unit = shapely.get_parts(shapes, return_index=True)
    by_area = pd.Series(shapely.area(parts)).groupby(unit).idxmax()
    inside = shapely.point_on_surface(parts[by_area.to_numpy()])
    return unproject(shapely.get_coordinates(inside)).round(4)
