"""The parts of the page on provinces."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.html import render
from pilotzones.dashboard.map import Shading
from pilotzones.dashboard.session import Visit
from pilotzones.i18n import Language
from pilotzones.palette import batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province
from pilotzones.tables.rows import provinces_table

# fills and inks of the classes, and those of none; lightness alone tells the classes apart
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


def shading(visit: Visit, language: Language, table: pd.DataFrame) -> Shading:
    """Shade the provinces by the number of active zones or by the share they cover.

    Parameters
    ----------
    visit
        What is chosen.
    language
        The language.
    table
        From `province_rows`.

    Returns
    -------
    Shading
        For `draw_map`.
    """
    class_fills, class_inks, (zero_fill, zero_ink) = (
        DARK if st.context.theme.type == "dark" else LIGHT
    )
    share = visit.view.shade == "share"
    highest = int(table["active"].max())
    steps = _count_steps(highest)
    bounds = SHARE_STEPS if share else steps
    values, classes = {}, [0] * (len(bounds) + 2)
    for adcode, row in table.iterrows():
        amount = row["covered_share" if share else "active"]
        index = 0 if not amount else 1 + sum(amount > step for step in bounds)
        classes[index] += 1
        values[str(adcode)] = {
            "value": f"{amount * 100:.0f}" if share else str(amount),
            "fill": class_fills[index - 1] if index else zero_fill,
            "ink": class_inks[index - 1] if index else zero_ink,
            "name": language.both_names(row),
            "hint": language._("%(active)s active zones, %(share)s of the drawn area")
            % {"active": row["active"], "share": _percent(row["covered_share"])},
        }
    words = _share_words() if share else _count_words(steps, highest)
    fills = (zero_fill, *class_fills)
    legend = [
        (fill, word, number)
        for fill, word, number in zip(fills, (language._("none"), *words), classes, strict=False)
    ]
    chosen = list(visit.shown.provinces)
    counted = table.loc[chosen] if chosen else table
    covered = int((counted["active"] > 0).sum())
    return Shading(
        values=values,
        legend=legend,
        title=language._("Share of the drawn area") if share else language._("Active zones"),
        count=(
            language.ngettext(
                "%(num)s chosen division with active zones, the others to compare",
                "%(num)s chosen divisions with active zones, the others to compare",
                covered,
            )
            if chosen
            else language.ngettext(
                "%(num)s provincial division with active zones",
                "%(num)s provincial divisions with active zones",
                covered,
            )
        )
        % {"num": covered},
        chosen=visit.shown.provinces,
    )


def province_rows(atlas: Atlas, visit: Visit) -> pd.DataFrame:
    """List all provincial divisions, whatever the filter by province says.

    Parameters
    ----------
    atlas
        The facts.
    visit
        What is chosen.

    Returns
    -------
    pandas.DataFrame
        `tables.provinces_table` with the index ``adcode``.
    """
    return provinces_table(Answer(atlas, visit.shown.without("provinces"))).set_index("adcode")


def show_frame(atlas: Atlas, table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put the table into the words of the reader."""
    zones = atlas.register.zones
    regions = {
        "east": language._("East"),
        "central": language._("Central"),
        "west": language._("West"),
        "northeast": language._("Northeast"),
    }
    return pd.DataFrame(
        {
            language._("Province"): [language.both_names(row) for _index, row in table.iterrows()],
            language._("Region"): table["region"].map(regions),
            language._("Active"): table["active"],
            language._("Revoked"): table["revoked"],
            language._("First approval"): table["first_approved_on"],
            language._("Prefecture-level divisions covered"): table["prefectures_covered"],
            language._("out of"): table["prefectures"],
            language._("Share of the drawn area"): 100 * table["covered_share"],
            language._("County-level zones"): [
                language.comma.join(language.name(zones.loc[zone]) for zone in ids.split())
                for ids in table["county_zones"]
            ],
        }
    )


def matrix_html(atlas: Atlas, visit: Visit, language: Language) -> str:
    """Draw the matrix of provinces and batches."""
    matrix = batches_by_province(Answer(atlas, visit.shown))
    if matrix.empty or not matrix.to_numpy().sum():
        return ""
    stops = [stop for stop in atlas.stops if stop.batch in set(matrix.columns)]
    colours = batch_colours(sum(1 for stop in atlas.stops if stop.batch))
    rows = [
        (language.name(atlas.register.provinces.loc[adcode]), [int(n) for n in row], int(row.sum()))
        for adcode, row in matrix.iterrows()
        if row.sum()
    ]
    return render(
        "matrix.html",
        language,
        heads=[(stop.batch, stop.on.year, language.day(stop.on)) for stop in stops],
        colours=colours,
        rows=rows,
        totals=[int(total) for total in matrix.sum()],
        total=int(matrix.to_numpy().sum()),
    )


def _count_steps(highest: int) -> tuple[int, ...]:
    # about equal steps up to the highest count, in whole zones
    width = max(1, -(-highest // CLASSES))
    return tuple(width * i for i in range(1, CLASSES))


def _count_words(steps: tuple[int, ...], highest: int) -> list[str]:
    bounds = [0, *steps, max(highest, steps[-1] + 1)]
    pairs = pairwise(bounds)
    return [f"{low + 1}" if low + 1 >= high else f"{low + 1}–{high}" for low, high in pairs]


def _share_words() -> list[str]:
    bounds = [0, *SHARE_STEPS, 1]
    return [f"{low * 100:.0f}–{high * 100:.0f}%" for low, high in pairwise(bounds)]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
