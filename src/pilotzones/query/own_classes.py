"""Classes of a reader's figures on a map, and how their places and figures are written."""

import numpy as np
import pandas as pd

from pilotzones.atlas.pieces import COUNTY, PROVINCE
from pilotzones.atlas.places import NONE, PART, UNKNOWN, WHOLE, Places
from pilotzones.i18n import Language

CLASSES = 4


def short_kinds(t: Language) -> dict[str, str]:
    """Name the kinds of cover for a legend."""
    return {
        WHOLE: t._("In a zone"),
        PART: t._("Partly in a zone"),
        NONE: t._("Outside"),
        UNKNOWN: t._("Not known"),
    }


def class_bounds(values: pd.Series) -> list[float]:
    """Divide the values into classes of about equal number; none where all are the same."""
    known = values.dropna()
    if known.nunique() < 2:  # noqa: PLR2004
        return []
    shares = np.arange(1, CLASSES) / CLASSES
    return sorted({float(f"{bound:.3g}") for bound in known.quantile(shares)})


def class_label(t: Language, kind: str, step: int, bounds: list[float]) -> str:
    """Name a kind of cover, with the values of a class where there are classes."""
    name = short_kinds(t)[kind]
    return f"{name}{t.colon}{class_range(step, bounds)}" if bounds else name


def largest_first(values: pd.Series) -> pd.Index:
    """Return the places of figures, the largest first, so that smaller circles lie above them."""
    return values.abs().sort_values(ascending=False, na_position="first").index


def is_prefecture(places: Places, adcode: str) -> bool:
    """Whether a place can be shaded: counties and provinces stay circles."""
    level = places.rows[adcode]["level"]
    return adcode in places.prefecture_units or level not in {COUNTY, PROVINCE}


def class_of(value: float, bounds: list[float]) -> int:
    """Return the class of a value, the lowest 0."""
    return 0 if pd.isna(value) else sum(value > bound for bound in bounds)


def class_range(step: int, bounds: list[float]) -> str:
    """Write the values of a class."""
    if step == 0:
        return f"≤ {shown(bounds[0])}"
    if step == len(bounds):
        return f"> {shown(bounds[-1])}"
    return f"{shown(bounds[step - 1])}–{shown(bounds[step])}"


def shown(value: float) -> str:
    """Write a figure for people."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"  # noqa: PLR2004
