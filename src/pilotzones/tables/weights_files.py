"""Spatial weights as files: GAL and GWT, which GeoDa, libpysal and spdep read, and CSV."""

from collections.abc import Callable

from pilotzones.query.weights import Weights
from pilotzones.tables.files import Format, to_csv

WEIGHTS_FORMATS = {
    known.name: known
    for known in (
        Format("gal", "text/plain; charset=utf-8"),
        Format("gwt", "text/plain; charset=utf-8"),
        Format("csv", "text/csv; charset=utf-8"),
    )
}

# the files name the layer and its column that the codes come from
_HEAD = "0 {size} pilotzones adcode"


def write_weights(weights: Weights, file_format: str) -> bytes:
    """Write weights as a file; the bytes repeat for the same units and data.

    ``gal`` lists the neighbours of each unit without their weights, ``gwt`` one pair a line with
    its weight, ``csv`` the same with a head. ValueError if the format is none of these.
    """
    if file_format not in _WRITERS:
        message = f"weights cannot be written as {file_format}; choose {', '.join(_WRITERS)}"
        raise ValueError(message)
    return _WRITERS[file_format](weights)


def _gal(weights: Weights) -> bytes:
    beside: dict[str, list[str]] = {code: [] for code in weights.adcodes}
    for code, other, _ in weights.table().itertuples(index=False):
        beside[code].append(other)
    lines = [_HEAD.format(size=len(beside))]
    for code, others in beside.items():
        lines += [f"{code} {len(others)}", " ".join(others)]
    return _text(lines)


def _gwt(weights: Weights) -> bytes:
    pairs = weights.table().itertuples(index=False)
    lines = [f"{code} {other} {weight:.10g}" for code, other, weight in pairs]
    return _text([_HEAD.format(size=len(weights.adcodes)), *lines])


def _csv(weights: Weights) -> bytes:
    return to_csv(weights.table())


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


_WRITERS: dict[str, Callable[[Weights], bytes]] = {"gal": _gal, "gwt": _gwt, "csv": _csv}
