"""Whether the boundary files fit each other, where one of them says what another must hold."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from pilotzones.atlas.boundaries import LAYERS, LEVELS, Boundaries
from pilotzones.atlas.pieces import Pieces, division_pieces, overlaps
from pilotzones.errors import BoundaryError
from pilotzones.text import listed

# the lines of the source by kind, each once
LINES = {"dash": 10, "maritime": 113, "undetermined": 1}

# areas are rounded to 0.1 km²
_ROUNDED = 0.05

_Pair = tuple[str, str]


def check_soundness(boundaries: Boundaries, adcodes: Mapping[str, str]) -> None:
    """Check the lines, the divisions and the zones that share ground.

    Parameters
    ----------
    boundaries
        The boundaries, of which each file holds to its own rules.
    adcodes
        Codes of the divisions of each zone, separated by spaces.

    Raises
    ------
    BoundaryError
        If a file lacks something, or has something twice.
    """
    for fault in _faults(boundaries, adcodes):
        message = f"{fault}; restore it or run 'pilotzones build-boundaries'"
        raise BoundaryError(message)


def _faults(boundaries: Boundaries, adcodes: Mapping[str, str]) -> Iterator[str]:
    yield from _wrong_lines(boundaries)
    for layer, key in LAYERS.items():
        names = {level: boundaries.names(f"{layer}_{level}", key) for level in LEVELS}
        yield from _wrong_names(layer, names)
    pieces = division_pieces(boundaries)
    if odd := {*pieces.area_km2} ^ {*boundaries.counties.index}:
        yield f"divisions.csv and counties.fgb differ in {listed(sorted(odd))}"
    else:
        yield from _wrong_overlaps(boundaries, _shared(pieces, adcodes))


def _wrong_lines(boundaries: Boundaries) -> Iterator[str]:
    found = boundaries.names("lines", LAYERS["province_lines"])
    for kind in sorted({*LINES, *found}):
        if found[kind] != LINES.get(kind, 0):
            yield f"lines.geojson has {found[kind]} of {kind}, not {LINES.get(kind, 0)}"


def _wrong_names(layer: str, found: Mapping[str, Counter[str]]) -> Iterator[str]:
    every = {*chain(*found.values())}
    for level, names in found.items():
        if twice := [name for name, times in names.items() if times > 1]:
            yield f"{layer}_{level}.geojson has {listed(twice)} twice"
        if missing := sorted(every - {*names}):
            yield f"{layer}_{level}.geojson lacks {listed(missing)}, which another level has"


def _shared(pieces: Pieces, adcodes: Mapping[str, str]) -> dict[_Pair, tuple[str, float, float]]:
    """Find what zones share: relation, km² and how far rounding may take these off."""
    sets = {zone: pieces.together(codes.split()) for zone, codes in adcodes.items()}
    return {
        (zone, other): (relation, pieces.area(shared), _ROUNDED * (1 + len(shared)) + 1e-6)
        for zone, other, relation, shared in overlaps(sets)
    }


def _wrong_overlaps(
    boundaries: Boundaries, shared: Mapping[_Pair, tuple[str, float, float]]
) -> Iterator[str]:
    stated = boundaries.overlaps.set_index(["zone_id", "other_zone_id"])
    for zone, other in sorted({*shared} - {*stated.index}):
        yield f"zone_overlaps.csv lacks {zone} and {other}, which share ground"
    for (zone, other), row in stated.iterrows():
        if (zone, other) not in shared:
            yield f"zone_overlaps.csv: {zone} and {other} share no ground"
            continue
        right, km2, rounding = shared[zone, other]
        said, said_km2 = row["relation"], row["shared_km2"]
        if said != right:
            yield f"zone_overlaps.csv: {zone} {said} {other}, by their divisions {right}"
        if abs(said_km2 - km2) > rounding:
            share = f"{zone} and {other} share {said_km2} km²"
            yield f"zone_overlaps.csv: {share}, by their divisions {km2:.1f}"
