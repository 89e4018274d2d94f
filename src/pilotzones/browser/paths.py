"""Shapes as the ``d`` of SVG paths, in whole steps."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int64]
Lines = npt.NDArray[np.object_]

# of the lines of the source; the others, at sea along the coast, no map draws
DRAWN_LINES = ("dash", "undetermined")


def whole_steps(metres: Floats, step: float, corner: tuple[float, float] = (0.0, 0.0)) -> Steps:
    """Count the steps to the right of a corner and down from it, arrays of shape ``(n, 2)``."""
    steps: Steps = np.rint((metres - np.array(corner)) / np.array([step, -step])).astype(np.int64)
    return steps


def path_data(lines: Lines, in_steps: Callable[[Floats], Steps], *, closed: bool) -> str:
    """Write lines, or rings, as the ``d`` of one path; empty where there are none.

    Parameters
    ----------
    lines
        Lines or rings of shapely.
    in_steps
        Turns their coordinates, an array of shape ``(n, 2)``, into whole steps.
    closed
        Whether they are rings.
    """
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    if not len(coordinates):
        return ""
    starts = np.flatnonzero(np.diff(owner)) + 1
    steps = np.split(in_steps(coordinates), starts)
    return "".join(_line(points, closed=closed) for points in steps)


def _line(points: Steps, *, closed: bool) -> str:
    moves = _straightened(np.diff(points, axis=0))
    if closed:
        # back to the first point by itself
        moves = moves[:-1]
    x, y = points[0]
    if not len(moves):
        # an islet smaller than a step is the dot that its outline makes
        return f"M{x} {y}h0z" if closed else ""
    rest = " ".join(map(str, moves.ravel()))
    return f"M{x} {y}l{rest}{'z' if closed else ''}".replace(" -", "-")


def _straightened(moves: Steps) -> Steps:
    """Join moves that go on in the same direction, and leave out those that go nowhere."""
    moves = moves[(moves != 0).any(axis=1)]
    if not len(moves):
        return moves
    before, after = moves[:-1], moves[1:]
    turns = (before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]) | (
        (before * after).sum(axis=1) < 0
    )
    return np.add.reduceat(moves, np.flatnonzero(np.concatenate([[True], turns])))
