"""Colours of the batches: older darker, newer brighter, for as many as there are."""

# nine points of viridis (perceptually even, safe for colour-blind readers), darkest first
VIRIDIS = (
    "#440154",
    "#472d7b",
    "#3b528b",
    "#2c728e",
    "#21918c",
    "#28ae80",
    "#5ec962",
    "#addc30",
    "#fde725",
)


def batch_colours(count: int) -> list[str]:
    """Sample the palette evenly.

    Parameters
    ----------
    count
        How many colours are wanted, at least 1.

    Returns
    -------
    list of str
        Colours as ``#rrggbb``, the darkest first.
    """
    last = len(VIRIDIS) - 1
    return [_mix(i / max(1, count - 1) * last) for i in range(count)]


def _mix(position: float) -> str:
    lower = min(int(position), len(VIRIDIS) - 2)
    share = position - lower
    pairs = zip(_channels(VIRIDIS[lower]), _channels(VIRIDIS[lower + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
