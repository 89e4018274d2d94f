"""A View as a file."""

import csv
import io
from datetime import date

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.register import official_name
from pilotzones.selection import zones_in_view
from pilotzones.view import View

# a spreadsheet takes a cell that begins with one of these for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

LICENCE = "CC BY 4.0"
CREDIT = "Pilot Zone Atlas; State Council replies as cited in document_url"


def zone_table(atlas: Atlas, view: View) -> pd.DataFrame:
    """List the zones of a View with all that a reader of the file needs.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.

    Returns
    -------
    pandas.DataFrame
        One row a zone, in the order of approval. Lists are separated by spaces, dates are
        ``datetime.date`` or ``None``; ``drawn_area_km2`` is measured on the drawn polygon. The last
        columns say the day, the version of the data, the credit and the licence.
    """
    zones = zones_in_view(atlas, view)
    provinces = atlas.register.provinces.loc[zones["province_adcode"]]
    documents = atlas.register.documents.loc[zones["approved_by"]]
    touching = atlas.boundaries.touching
    return pd.DataFrame(
        {
            "zone_id": zones.index,
            "name_zh": zones["name_zh"].to_numpy(),
            "name_en": zones["name_en"].to_numpy(),
            "official_name_zh": [official_name(place, "zh") for place in zones["place_zh"]],
            "official_name_en": [official_name(place, "en") for place in zones["place_en"]],
            "division_level": zones["division_level"].to_numpy(),
            "province_adcode": zones["province_adcode"].to_numpy(),
            "province_zh": provinces["name_zh"].to_numpy(),
            "province_en": provinces["name_en"].to_numpy(),
            "region": provinces["region"].to_numpy(),
            "adcodes": zones["adcodes"].to_numpy(),
            "status": zones["status"].to_numpy(),
            "batch": zones["batch"].to_numpy(),
            "approved_on": _days(zones["approved_on"]),
            "approved_by": zones["approved_by"].to_numpy(),
            "document_url": documents["url"].to_numpy(),
            # a revocation that lies after the day is not known on that day
            "revoked_on": _days(zones["revoked_on"].where(zones["status"] == "revoked")),
            "revoked_by": zones["revoked_by"].where(zones["status"] == "revoked").to_numpy(),
            "successor_zone_id": zones["successor_zone_id"]
            .where(zones["status"] == "revoked")
            .to_numpy(),
            "land_neighbours": [" ".join(touching.get(zone_id, [])) for zone_id in zones.index],
            "coastal": zones["coastal"].to_numpy(),
            "drawn_area_km2": zones["area_km2"].to_numpy(),
            "lon": zones["lon"].to_numpy(),
            "lat": zones["lat"].to_numpy(),
            "confidence": zones["confidence"].to_numpy(),
            "notes_zh": zones["notes_zh"].to_numpy(),
            "notes_en": zones["notes_en"].to_numpy(),
            "sources": zones["sources"].to_numpy(),
            "as_of": view.on,
            "data_version": atlas.data_version,
            "credit": CREDIT,
            "licence": LICENCE,
        }
    )


def to_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that spreadsheets open without harm.

    Parameters
    ----------
    table
        Any table.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180). A text cell that a
        spreadsheet would take for a formula is led by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.itertuples(index=False))
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124 - true of NaN alone
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def _days(column: pd.Series) -> list[date | None]:
    return [None if pd.isna(moment) else moment.date() for moment in column]
