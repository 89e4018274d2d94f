"""The parts of the page on provinces."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from pilotzones.browser.html import render
from pilotzones.dashboard.map import Shading
from pilotzones.dashboard.page import Page
from pilotzones.i18n import Language
from pilotzones.palette import DARK, LIGHT, batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province, economic_region_name
from pilotzones.tables.rows import provinces_table

CLASSES = len(LIGHT.choropleth.fills)
SHARE_STEPS = (0.2, 0.4, 0.6, 0.8)


def shades(t: Language) -> dict[str, str]:
    """Name what provinces can be shaded by, each of `query.view.SHADES`."""
    return {
        "active": t._("Number of zones"),
        "cities": t._("Share of cities"),
        "share": t._("Share of area"),
    }


def shading(page: Page, table: pd.DataFrame) -> Shading:
    """Shade the provinces, from `province_rows`, by active zones or by a share that they cover."""
    t, is_share = page.language, page.view.shade != "active"
    classes = (DARK if st.context.theme.type == "dark" else LIGHT).choropleth
    fills, inks = (classes.none, *classes.fills), (classes.none_ink, *classes.inks)
    amounts = amounts_of(table, page.view.shade)
    highest = int(table["active"].max())
    bounds = SHARE_STEPS if is_share else _count_steps(highest)
    hint = t._(
        "%(active)s active zones, %(covered)s of %(cities)s cities covered, %(share)s of the area"
    )
    values, counts = {}, [0] * len(fills)
    for adcode, row in table.iterrows():
        amount = amounts[adcode]
        index = 0 if not amount else 1 + sum(amount > step for step in bounds)
        counts[index] += 1
        values[str(adcode)] = {
            "value": f"{amount * 100:.0f}" if is_share else str(amount),
            "fill": fills[index],
            "ink": inks[index],
            "name": t.both_names(row),
            "hint": hint
            % {
                "active": row["active"],
                "covered": row["prefectures_covered"],
                "cities": row["prefectures"],
                "share": f"{row['covered_share'] * 100:.0f}%",
            },
        }
    labels = (t._("none"), *(_share_labels() if is_share else _count_labels(bounds, highest)))
    return Shading(
        values=values,
        legend=list(zip(fills, labels, counts, strict=True)),
        title=shades(t)[page.view.shade],
        count=_count_line(page, table),
        chosen=chosen_provinces(page.answer),
    )


def amounts_of(table: pd.DataFrame, shade: str) -> pd.Series:
    """Return what provinces, from `province_rows`, are shaded by: zones, or a share from 0 to 1."""
    if shade == "active":
        return table["active"]
    return table["covered_share"] if shade == "share" else city_share(table)


def highest_first(table: pd.DataFrame, shade: str) -> pd.DataFrame:
    """Sort provinces, from `province_rows`, by what they are shaded by."""
    order = amounts_of(table, shade).sort_values(ascending=False, kind="stable")
    return table.loc[order.index]


def city_share(table: pd.DataFrame) -> pd.Series:
    """Share of the prefecture-level divisions that lie in zones as a whole, 0 to 1."""
    return table["prefectures_covered"] / table["prefectures"]


def chosen_provinces(answer: Answer) -> tuple[str, ...]:
    """Adcodes of the provinces that the filters leave; none where they leave all."""
    left = answer.provinces
    return tuple(left) if len(left) < len(answer.atlas.register.provinces) else ()


def tops(answer: Answer, table: pd.DataFrame) -> str:
    """Name the provinces, from `province_rows`, with the highest value; all of them in a tie."""
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


def _count_line(page: Page, table: pd.DataFrame) -> str:
    t, chosen = page.language, [*chosen_provinces(page.answer)]
    number = int(((table.loc[chosen] if chosen else table)["active"] > 0).sum())
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


def province_rows(answer: Answer) -> pd.DataFrame:
    """List all provincial divisions, also those filtered out; index ``adcode``."""
    view = answer.view
    # where a zone may pass by another filter no province is filtered out
    every = answer.ask(view if view.widens else view.without("provinces", "regions"))
    return provinces_table(every).set_index("adcode")


def provinces_frame(answer: Answer, table: pd.DataFrame) -> pd.DataFrame:
    """List provincial divisions, from `province_rows`, for show; shares in per cent."""
    t, zones = answer.language, answer.atlas.register.zones
    return pd.DataFrame(
        {
            t._("Province"): [t.both_names(row) for _index, row in table.iterrows()],
            t._("Region"): [economic_region_name(t, one) for one in table["region"]],
            t._("Active"): table["active"],
            t._("Revoked"): table["revoked"],
            t._("First approval"): table["first_approved_on"],
            t._("Cities covered"): table["prefectures_covered"],
            t._("Cities in all"): table["prefectures"],
            t._("Share of cities"): 100 * city_share(table),
            t._("Share of area"): 100 * table["covered_share"],
            t._("County-level zones"): [
                t.commas(t.name(zones.loc[zone]) for zone in ids.split())
                for ids in table["county_zones"]
            ],
        }
    )


def matrix_html(answer: Answer) -> str:
    """Write the matrix of approvals by province and batch; empty without any."""
    atlas, t, matrix = answer.atlas, answer.language, batches_by_province(answer)
    if matrix.empty or not matrix.to_numpy().sum():
        return ""
    stops = [stop for stop in atlas.stops if stop.batch in set(matrix.columns)]
    rows = [
        (t.name(atlas.register.provinces.loc[adcode]), [int(n) for n in row], int(row.sum()))
        for adcode, row in matrix.iterrows()
        if row.sum()
    ]
    return render(
        "matrix.html",
        t,
        heads=[(stop.batch, stop.on.year, t.day(stop.on)) for stop in stops],
        colours=batch_colours(sum(1 for stop in atlas.stops if stop.batch)),
        rows=rows,
        totals=[int(total) for total in matrix.sum()],
        total=int(matrix.to_numpy().sum()),
    )


def _count_steps(highest: int) -> tuple[int, ...]:
    # about equal steps up to the highest count, in whole zones
    most = max(highest, CLASSES)
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
