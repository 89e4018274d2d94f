"""The parts of the page on provinces."""

from dataclasses import replace
from typing import Any

import pandas as pd

from pilotzones.browser.html import render
from pilotzones.dashboard.map import Shading
from pilotzones.dashboard.page import Page
from pilotzones.palette import batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province, economic_region_name
from pilotzones.query.shading import (
    amounts_of,
    city_share,
    class_labels,
    count_line,
    every_province,
    shade_provinces,
    shades,
)
from pilotzones.query.zones import provinces_asked
from pilotzones.tables.rows import provinces_table


def shading(page: Page, table: pd.DataFrame) -> Shading:
    """Shade the provinces, from `province_rows`, by active zones or by a share that they cover."""
    t, shade = page.language, page.view.shade
    classes = page.theme.choropleth
    fills, inks = (classes.none, *classes.fills), (classes.none_ink, *classes.inks)
    hint = t._(
        "%(active)s active zones, %(covered)s of %(cities)s cities covered, %(share)s of the area"
    )
    values, counts = {}, [0] * len(fills)
    for adcode, found in shade_provinces(table, shade).items():
        row = table.loc[adcode]
        counts[found.step] += 1
        values[adcode] = {
            "value": found.text.removesuffix("%"),
            "fill": fills[found.step],
            "ink": inks[found.step],
            "name": t.both_names(row),
            "hint": hint
            % {
                "active": row["active"],
                "covered": row["prefectures_covered"],
                "cities": row["prefectures"],
                "share": f"{row['covered_share'] * 100:.0f}%",
            },
        }
    return Shading(
        values=values,
        legend=list(zip(fills, class_labels(table, shade, t), counts, strict=True)),
        title=shades(t)[shade],
        count=count_line(page.answer, table),
        chosen=provinces_asked(page.answer),
    )


def highest_first(table: pd.DataFrame, shade: str) -> pd.DataFrame:
    """Sort provinces, from `province_rows`, by what they are shaded by."""
    order = amounts_of(table, shade).sort_values(ascending=False, kind="stable")
    return table.loc[order.index]


def province_rows(answer: Answer) -> pd.DataFrame:
    """List all provincial divisions, also those filtered out; index ``adcode``."""
    return provinces_table(every_province(answer)).set_index("adcode")


def provinces_frame(answer: Answer, table: pd.DataFrame) -> pd.DataFrame:
    """List provincial divisions, from `province_rows`, for show; each leads to its filter."""
    t, zones = answer.language, answer.atlas.register.zones
    return pd.DataFrame(
        {
            t._("Province"): [
                _filter(answer, str(adcode), t.both_names(row)) for adcode, row in table.iterrows()
            ],
            t._("Region"): [economic_region_name(t, one) for one in table["region"]],
            t._("Active"): table["active"],
            t._("Revoked"): table["revoked"],
            t._("First approval"): [
                t.day(one) if one else "" for one in table["first_approved_on"]
            ],
            t._("Cities covered"): table["prefectures_covered"],
            t._("Cities in all"): table["prefectures"],
            t._("Share of cities"): _shares(city_share(table)),
            t._("Share of area"): _shares(table["covered_share"]),
            t._("County-level zones"): [
                t.commas(t.name(zones.loc[zone]) for zone in ids.split())
                for ids in table["county_zones"]
            ],
        }
    )


def _filter(answer: Answer, adcode: str, name: str) -> dict[str, Any]:
    """Lead to the View with the province among the filters, or without it."""
    view, chosen = answer.view, adcode in answer.view.provinces
    rest = tuple(one for one in view.provinces if one != adcode)
    wanted = replace(view, provinces=rest if chosen else (*rest, adcode))
    return {"href": f"provinces?{wanted.query()}", "name": name, "chosen": chosen}


def _shares(values: pd.Series) -> list[str]:
    return [f"{value:.0%}" for value in values]


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
