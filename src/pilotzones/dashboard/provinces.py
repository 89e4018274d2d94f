"""The parts of the page on provinces."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from pilotzones.browser.html import render
from pilotzones.dashboard.map import Shading
from pilotzones.dashboard.page import Page
from pilotzones.palette import batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province, economic_region_name
from pilotzones.tables.rows import provinces_table

# fills and inks of the classes, and those of none; the classes differ by lightness alone
LIGHT = (
    ("#d8e6d2", "#b2d3bc", "#7db7a9", "#43908f", "#17546b"),
    ("#23282d", "#23282d", "#23282d", "#ffffff", "#ffffff"),
    ("#f4f3ef", "#5b6168"),
)
# on a dark ground more is lighter
DARK = (
    ("#24414a", "#2c5b64", "#3a7f80", "#63ab9b", "#b9e2c4"),
    ("#eceae5", "#eceae5", "#eceae5", "#12171b", "#12171b"),
    ("#1f262b", "#b3bac0"),
)
CLASSES = len(LIGHT[0])
SHARE_STEPS = (0.2, 0.4, 0.6, 0.8)


def shading(page: Page, table: pd.DataFrame) -> Shading:
    """Shade the provinces, from `province_rows`, by active zones or by the share they cover."""
    t, share = page.language, page.view.shade == "share"
    class_fills, class_inks, (zero_fill, zero_ink) = (
        DARK if st.context.theme.type == "dark" else LIGHT
    )
    fills, inks = (zero_fill, *class_fills), (zero_ink, *class_inks)
    highest = int(table["active"].max())
    bounds = SHARE_STEPS if share else _count_steps(highest)
    values, counts = {}, [0] * len(fills)
    for adcode, row in table.iterrows():
        amount = row["covered_share" if share else "active"]
        index = 0 if not amount else 1 + sum(amount > step for step in bounds)
        counts[index] += 1
        values[str(adcode)] = {
            "value": f"{amount * 100:.0f}" if share else str(amount),
            "fill": fills[index],
            "ink": inks[index],
            "name": t.both_names(row),
            "hint": t._("%(active)s active zones, %(share)s of the area")
            % {"active": row["active"], "share": f"{row['covered_share'] * 100:.0f}%"},
        }
    labels = (t._("none"), *(_share_labels() if share else _count_labels(bounds, highest)))
    return Shading(
        values=values,
        legend=list(zip(fills, labels, counts, strict=True)),
        title=t._("Share of the province's area") if share else t._("Active zones"),
        count=_count_line(page, table),
        chosen=page.view.provinces,
    )


def _count_line(page: Page, table: pd.DataFrame) -> str:
    t, chosen = page.language, list(page.view.provinces)
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
            t._("Prefectures covered"): table["prefectures_covered"],
            t._("Prefectures in all"): table["prefectures"],
            t._("Share of the province's area"): 100 * table["covered_share"],
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
    width = max(1, -(-highest // CLASSES))
    return tuple(width * i for i in range(1, CLASSES))


def _count_labels(steps: tuple[float, ...], highest: int) -> list[str]:
    bounds = [0, *steps, max(highest, steps[-1] + 1)]
    pairs = pairwise(bounds)
    return [f"{low + 1}" if low + 1 >= high else f"{low + 1}–{high}" for low, high in pairs]


def _share_labels() -> list[str]:
    bounds = [0, *SHARE_STEPS, 1]
    return [f"{low * 100:.0f}–{high * 100:.0f}%" for low, high in pairwise(bounds)]
