"""Names, kinds and meanings of the columns of the tables of a View.

The tables, the files, the description of the API and the reference follow them. The columns of all
other tables are in :mod:`pilotzones.tables.variables`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "list", "date", "integer", "number", "boolean"]


class Share(float):
    """A share, 0 to 1, that a workbook shows in per cent."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its name in every file.
    kind
        What a value is; a ``list`` is text separated by spaces, and an array in JSON.
    meaning
        One line for the reference.
    choices
        The values that it may have with what they mean, where they are few.
    unit
        What it is counted in.
    missing
        What an empty cell means.
    caution
        What it is not good for.
    """

    name: str
    kind: Kind
    meaning: str
    choices: tuple[tuple[str | int, str], ...] = ()
    unit: str = ""
    missing: str = ""
    caution: str = ""


def names_of(columns: Iterable[Column]) -> list[str]:
    """List the names of columns, in their order."""
    return [column.name for column in columns]


_PROVENANCE = (
    Column("as_of", "date", "the day that the row describes"),
    Column("filters", "text", "what rows were asked for, as in an address; empty for all"),
    Column("data_version", "text", "version of the data, with their fingerprint"),
    Column("credit", "text", "whom to name when the row is used"),
    Column("licence", "text", "licence of the facts; drawn boundaries keep their sources' terms"),
)

_PROVINCE = (
    Column("province_adcode", "text", "GB/T 2260 code of the provincial division"),
    Column("province_zh", "text", "its name in Chinese"),
    Column("province_en", "text", "its name in English"),
)

# files with metadata leave these out
PROVENANCE = tuple(names_of(_PROVENANCE))

ZONES = (
    Column("zone_id", "text", "identifier of the zone"),
    Column("name_zh", "text", "name of the zone's place in Chinese"),
    Column("name_en", "text", "name of the zone's place in English"),
    Column("official_name_zh", "text", "official name in Chinese"),
    Column("official_name_en", "text", "official name in English"),
    Column("division_level", "text", "kind of division that the zone is"),
    *_PROVINCE,
    Column("region", "text", "economic region of the provincial division"),
    Column("adcodes", "list", "GB/T 2260 codes of the divisions that make up the zone"),
    Column("status", "text", "active or revoked, on the day"),
    Column("batch", "integer", "batch in which the zone was approved"),
    Column("approved_on", "date", "day on which the approving document was published"),
    Column("approved_by", "text", "number of the approving document"),
    Column("document_url", "text", "its official address, or that of a source that reports it"),
    Column("revoked_on", "date", "day on which the revoking document was published"),
    Column("revoked_by", "text", "number of the revoking document"),
    Column("successor_zone_id", "text", "zone that took the place of a revoked one"),
    Column("predecessor_zone_ids", "list", "revoked zones whose place the zone took"),
    Column("land_neighbours", "list", "ISO 3166-1 codes of the countries that the zone touches"),
    Column("coastal", "boolean", "whether the zone lies on the open sea"),
    Column("drawn_area_km2", "number", "area of the drawn polygon; no official figure"),
    Column("lon", "number", "longitude of a point inside the zone"),
    Column("lat", "number", "latitude of that point"),
    Column("confidence", "text", "how well the row is verified: high, medium, low"),
    Column("checked_on", "date", "day on which the row was last checked against its sources"),
    Column("notes_zh", "text", "remarks in Chinese"),
    Column("notes_en", "text", "remarks in English"),
    Column("sources", "list", "addresses of the sources, official ones first"),
    Column("official_sources", "list", "the official of them: on gov.cn and its subdomains"),
    *_PROVENANCE,
)

CHANGES = (
    Column("zone_id", "text", "identifier of the zone"),
    Column("name_zh", "text", "name of the zone's place in Chinese"),
    Column("name_en", "text", "name of the zone's place in English"),
    Column("change", "text", "gained, lost, or gained and lost"),
    Column("from_status", "text", "status on the earlier day: pending, active"),
    Column("to_status", "text", "status on the later day: active, revoked"),
    *_PROVINCE,
    Column("batch", "integer", "batch in which the zone was approved"),
    Column("approved_on", "date", "day on which the approving document was published"),
    Column("approved_by", "text", "number of the approving document"),
    Column("approval_title_zh", "text", "its title in Chinese"),
    Column("approval_title_en", "text", "its title in English"),
    Column("approval_url", "text", "its official address, or that of a source that reports it"),
    Column("revoked_on", "date", "day on which the revoking document was published"),
    Column("revoked_by", "text", "number of the revoking document"),
    Column("revocation_title_zh", "text", "its title in Chinese"),
    Column("revocation_title_en", "text", "its title in English"),
    Column("revocation_url", "text", "its official address, or that of a source that reports it"),
    Column("successor_zone_id", "text", "zone that took the place of a revoked one"),
    Column("successor_zh", "text", "its name in Chinese"),
    Column("successor_en", "text", "its name in English"),
    Column("since", "date", "the earlier day; what it already held is no change"),
    *_PROVENANCE,
)

DOCUMENTS = (
    Column("document_no", "text", "number of the document"),
    Column("batch", "integer", "batch of approvals; empty for a document that approves nothing"),
    Column("title_zh", "text", "title in Chinese"),
    Column("title_en", "text", "title in English"),
    Column("signed_on", "date", "day of signature; empty where it is not verified"),
    Column("published_on", "date", "day of publication, from which the document counts"),
    Column("approved", "integer", "zones that it approved, of those that pass the filters"),
    Column("revoked", "integer", "zones that it revoked, of those that pass the filters"),
    Column("active_after", "integer", "zones active from that day on, under the filters"),
    Column("url", "text", "address of the official publication"),
    Column("sources", "list", "addresses of further sources, official ones first"),
    Column("official_sources", "list", "the official of them: on gov.cn and its subdomains"),
    Column("confidence", "text", "how well the row is verified: high, medium, low"),
    Column("checked_on", "date", "day on which the row was last checked against its sources"),
    Column("notes_zh", "text", "remarks in Chinese"),
    Column("notes_en", "text", "remarks in English"),
    *_PROVENANCE,
)

_ZONE_AND_NEIGHBOUR = (
    Column("zone_id", "text", "identifier of the zone"),
    Column("zone_zh", "text", "name of the zone's place in Chinese"),
    Column("zone_en", "text", "name of the zone's place in English"),
    *_PROVINCE,
    Column("neighbour_iso3", "text", "ISO 3166-1 code of the country"),
    Column("neighbour_zh", "text", "its name in Chinese"),
    Column("neighbour_en", "text", "its name in English"),
)

BORDERS = (
    *_ZONE_AND_NEIGHBOUR,
    Column("touches", "boolean", "whether the zone lies on the border with the country"),
    Column("contact_km", "number", "length of the border that they share, as drawn"),
    Column("distance_km", "number", "distance from the zone's edge to that border"),
    Column("disputed", "boolean", "whether the stretch is disputed"),
    *_PROVENANCE,
)

PORTS = (
    *_ZONE_AND_NEIGHBOUR,
    Column("name_zh", "text", "name of the border port in Chinese"),
    Column("name_en", "text", "name of the border port in English"),
    Column("kind", "text", "rail, road or water; of several the one that the name says first"),
    Column("confidence", "text", "how well the row is verified: high, medium, low"),
    Column("checked_on", "date", "day on which the row was last checked against its sources"),
    Column("basis_zh", "text", "what it rests on, in Chinese"),
    Column("basis_en", "text", "what it rests on, in English"),
    *_PROVENANCE,
)

PROVINCES = (
    Column("adcode", "text", "GB/T 2260 code of the provincial division"),
    Column("name_zh", "text", "its name in Chinese"),
    Column("name_en", "text", "its name in English"),
    Column("region", "text", "its economic region"),
    Column("active", "integer", "zones active on the day"),
    Column("revoked", "integer", "zones revoked by the day"),
    Column("first_approved_on", "date", "day of the first approval"),
    Column("prefectures_covered", "integer", "prefecture-level divisions wholly in active zones"),
    Column("prefectures", "integer", "prefecture-level divisions; a municipality counts as one"),
    Column("county_zones", "list", "active zones made up of county-level divisions alone"),
    Column("covered_km2", "number", "drawn area in active zones; overlaps count once"),
    Column("drawn_area_km2", "number", "drawn area of the provincial division"),
    Column("area_km2", "number", "the same; former name of drawn_area_km2"),
    Column("covered_share", "number", "share of that area in active zones, 0 to 1"),
    *_PROVENANCE,
)

EVENTS = (
    Column("on", "date", "day on which the document was published, from which the event counts"),
    Column("zone_id", "text", "identifier of the zone"),
    Column("zone_zh", "text", "name of the zone's place in Chinese"),
    Column("zone_en", "text", "name of the zone's place in English"),
    *_PROVINCE,
    Column("action", "text", "approve or revoke"),
    Column("successor_zone_id", "text", "zone that took the place of a revoked one"),
    Column("document_no", "text", "number of the document"),
    Column("batch", "integer", "batch of approvals; empty for a document that approves nothing"),
    Column("title_zh", "text", "title of the document in Chinese"),
    Column("title_en", "text", "title of the document in English"),
    Column("signed_on", "date", "day of signature; empty where it is not verified"),
    Column("url", "text", "its official address, or that of a source that reports it"),
    *_PROVENANCE,
)

DIVISIONS = (
    Column("adcode", "text", "GB/T 2260 code of the division"),
    Column("name_zh", "text", "its name in Chinese"),
    Column("name_en", "text", "its name in English"),
    Column("name_basis", "text", "where that is from: register, official, romanised"),
    Column("name_hant", "text", "its name in traditional Chinese"),
    Column("name_pinyin", "text", "its name in pinyin"),
    Column("level", "text", "province, prefecture or county"),
    *_PROVINCE,
    Column("prefecture_adcode", "text", "GB/T 2260 code of the prefecture-level division above"),
    Column("status", "text", "how active zones cover it on the day: whole, part, none, unknown"),
    Column("zone_ids", "list", "active zones that share ground with it"),
    Column("share_area", "number", "share of its drawn area in active zones, 0 to 1"),
    Column("share_counties", "number", "share of its county-level divisions in them, 0 to 1"),
    Column("counties", "integer", "county-level divisions in it"),
    Column("drawn_area_km2", "number", "area of the drawn polygon; no official figure"),
    *_PROVENANCE,
)

OVERLAPS = (
    Column("zone_id", "text", "identifier of the zone that lies within the other"),
    Column("zone_zh", "text", "name of its place in Chinese"),
    Column("zone_en", "text", "name of its place in English"),
    Column("status", "text", "its status on the day: active, revoked"),
    Column("other_zone_id", "text", "identifier of the zone around it"),
    Column("other_zh", "text", "name of its place in Chinese"),
    Column("other_en", "text", "name of its place in English"),
    Column("other_status", "text", "its status on the day: active, revoked"),
    Column("shared_km2", "number", "area that they share, as drawn"),
    *_PROVENANCE,
)

TIMELINE = (
    Column("on", "date", "day on which the document was published"),
    Column("document_no", "text", "number of the document"),
    Column("kind", "text", "what is counted: all, province, region (economic), border"),
    Column("key", "text", "all, adcode, region, or border region as in the parameter neighbour"),
    Column("name_zh", "text", "its name in Chinese"),
    Column("name_en", "text", "its name in English"),
    Column("active", "integer", "zones active from that day on, under the filters"),
    Column("approved", "integer", "zones that the document approved, under the filters"),
    Column("revoked", "integer", "zones that the document revoked, under the filters"),
    *_PROVENANCE,
)
