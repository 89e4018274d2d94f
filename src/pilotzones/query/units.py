"""The units of panels and weights: divisions of one kind, or the reader's own; kinds of weights."""

from collections.abc import Iterable
from typing import Literal

from pilotzones.atlas.pieces import COUNTY, PROVINCE
from pilotzones.atlas.places import Places
from pilotzones.errors import refuse_one_text

Unit = Literal["prefecture", "city", "county", "province"]
UNITS: tuple[Unit, ...] = ("prefecture", "city", "county", "province")

Kind = Literal["queen", "knn", "inverse"]
KINDS: tuple[Kind, ...] = ("queen", "knn", "inverse")


def several_codes(adcodes: Iterable[str]) -> tuple[str, ...]:
    """Take codes as a list, an array or a column of a table has them."""
    refuse_one_text("adcodes", adcodes)
    return tuple(map(str, adcodes))


def list_units(places: Places, unit: Unit, adcodes: Iterable[str] = ()) -> list[str]:
    """List the codes of the units in order; the reader's own codes come before the kind."""
    if own := several_codes(adcodes):
        places.positions(own)
        return sorted(dict.fromkeys(own))
    if unit in {"prefecture", "city"}:
        units = places.prefecture_units
        if unit == "city":
            units = [code for code in units if places.table.loc[code, "name_zh"].endswith("市")]
        return sorted(units)
    mainland = set(places.register.provinces.index)
    level = {"county": COUNTY, "province": PROVINCE}[unit]
    inside = places.table["province_adcode"].isin(mainland) & (places.table["level"] == level)
    return sorted(map(str, places.table.index[inside]))
