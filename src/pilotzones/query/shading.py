"""What provinces are shaded by on a map: the amounts, their classes, the highest in words."""

from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.coverage import province_coverage
from pilotzones.query.zones import provinces_asked

CLASSES = 5
SHARE_STEPS = (0.2, 0.4, 0.6, 0.8)


class Shade(NamedTuple):
    """Of a province: its amount, written for people, and its class, 0 where there is none."""

    amount: float
    text: str
    step: int


def shades(t: Language) -> dict[str, str]:
    """Name what provinces can be shaded by, each of `query.view.SHADES`."""
    return {
        "active": t._("Number of zones"),
        "cities": t._("Share of cities"),
        "share": t._("Share of area"),
    }


def province_amounts(answer: Answer) -> pd.DataFrame:
    """Count and measure the active zones of all provincial divisions, also those filtered out.

    Index ``adcode``; ``active`` and the columns of `province_coverage`, with the names.
    """
    active = every_province(answer).active
    zones = answer.atlas.register.zones[active]
    table = answer.atlas.register.provinces.join(province_coverage(answer.atlas, zones.index))
    counts = zones["province_adcode"].value_counts()
    return table.assign(active=counts.reindex(table.index, fill_value=0))


def every_province(answer: Answer) -> Answer:
    """Put the View of an answer without its filters by province."""
    view = answer.view
    # where a zone may pass by another filter no province is filtered out
    return answer.ask(view if view.widens else view.without("provinces", "regions"))


def amounts_of(table: pd.DataFrame, shade: str) -> pd.Series:
    """Return what provinces are shaded by: zones, or a share from 0 to 1."""
    if shade == "active":
        return table["active"]
    return table["covered_share"] if shade == "share" else city_share(table)


def city_share(table: pd.DataFrame) -> pd.Series:
    """Share of the prefecture-level divisions that lie in zones as a whole, 0 to 1."""
    return table["prefectures_covered"] / table["prefectures"]


def shade_provinces(table: pd.DataFrame, shade: str) -> dict[str, Shade]:
    """Put each province into its class, by adcode."""
    steps = _steps(table, shade)
    return {
        str(adcode): Shade(
            amount,
            str(amount) if shade == "active" else f"{amount * 100:.0f}%",
            1 + sum(amount > step for step in steps) if amount else 0,
        )
        for adcode, amount in amounts_of(table, shade).items()
    }


def class_labels(table: pd.DataFrame, shade: str, t: Language) -> list[str]:
    """Name the classes, from none to the highest."""
    steps, highest = _steps(table, shade), int(table["active"].max())
    of_class = _count_labels(steps, highest) if shade == "active" else _share_labels()
    return [t._("none"), *of_class]


def count_line(answer: Answer, table: pd.DataFrame) -> str:
    """Count the provinces with active zones, those that the filters leave if they leave some."""
    t, chosen = answer.language, [*provinces_asked(answer)]
    number = int(((table.loc[chosen] if chosen else table)["active"] > 0).sum())
    if not number:
        return t.ngettext(
            "No active zone in the selected province; the others are for comparison",
            "No active zone in the selected provinces; the others are for comparison",
            len(chosen),
        )
    line = (
        t.ngettext(
            "%(num)s selected province with active zones; the others are for comparison",
            "%(num)s selected provinces with active zones; the others are for comparison",
            number,
        )
        if chosen
        else t.ngettext(
            "%(num)s province with active zones", "%(num)s provinces with active zones", number
        )
    )
    return line % {"num": number}


def tops(answer: Answer, table: pd.DataFrame) -> str:
    """Name the provinces with the highest value; all of them in a tie."""
    t, shade = answer.language, answer.view.shade
    amounts = amounts_of(table, shade)
    highest = amounts.max()
    if table.empty or not highest:
        return ""
    first = table[amounts == highest]
    names = sorted((t.name(row) for _, row in first.iterrows()), key=t.order)
    if shade == "cities" and highest == 1:
        text = t.ngettext(
            "%(num)s province has all its cities covered: %(names)s.",
            "%(num)s provinces have all their cities covered: %(names)s.",
            len(names),
        )
    elif shade == "active":
        text = t._("Most zones: %(names)s (%(value)s).")
    elif shade == "cities":
        text = t._("Largest share of cities: %(names)s (%(value)s).")
    else:
        text = t._("Largest share of area: %(names)s (%(value)s).")
    value = str(highest) if shade == "active" else f"{highest * 100:.0f}%"
    return text % {"num": len(names), "names": t.names(names), "value": value}


def _steps(table: pd.DataFrame, shade: str) -> tuple[float, ...]:
    if shade != "active":
        return SHARE_STEPS
    # about equal steps up to the highest count, in whole zones
    most = max(int(table["active"].max()), CLASSES)
    return tuple(round(most * i / CLASSES) for i in range(1, CLASSES))


def _count_labels(steps: tuple[float, ...], highest: int) -> list[str]:
    bounds = [0, *steps, max(highest, steps[-1] + 1)]
    pairs = pairwise(bounds)
    return [f"{low + 1}" if low + 1 >= high else f"{low + 1}–{high}" for low, high in pairs]


def _share_labels() -> list[str]:
    # a share on a bound is in the class below it
    first, *others = pairwise([0, *SHARE_STEPS, 1])
    return [
        f"≤ {first[1] * 100:.0f}%",
        *(f"> {low * 100:.0f}–{high * 100:.0f}%" for low, high in others),
    ]
