"""Names, kinds and meanings of the columns of every table.

The tables, the files, the description of the API and the reference follow them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pilotzones.atlas.revisions import CHANGES as KINDS_OF_CHANGE

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

_COVERAGE = (
    ("whole", "every county-level division in it lies in an active zone"),
    ("part", "some county-level division in it does"),
    ("none", "none does"),
    ("unknown", "the sources leave open whether a zone reaches it"),
)

_NO_MATCH = "no place was found, or the row has no day"
_UNCOVERED = "no zone covers the place on the day"
_DRAWN = "measured on generalised boundaries; no official area"

LOOKUP = (
    Column("query", "text", "what was looked for, as given"),
    Column("on", "date", "the day that the row is about", missing="the row has no day"),
    Column(
        "status",
        "text",
        "how active zones cover the place on the day",
        choices=_COVERAGE,
        missing=_NO_MATCH,
        caution="none does not mean that no measure applies: some hold outside the zones too",
    ),
    Column(
        "adcode",
        "text",
        "GB/T 2260 code of the place, in the edition of the boundaries",
        missing="the name is unknown, or means several places: see candidates",
        caution="codes of other years may differ; join on them only after a check",
    ),
    Column("name_zh", "text", "name of the place in Chinese", missing=_NO_MATCH),
    Column(
        "name_en",
        "text",
        "name of the place in English",
        missing=_NO_MATCH,
        caution="mostly romanised from the Chinese; several places share one, so never join on it",
    ),
    Column("province_en", "text", "name of its provincial division in English", missing=_NO_MATCH),
    Column("zone_ids", "list", "active zones that share ground with it", missing=_UNCOVERED),
    Column("batch", "list", "batch of approval of each of these zones", missing=_UNCOVERED),
    Column(
        "since",
        "date",
        "day since when it has been covered, wholly or partly, without a break",
        missing=_UNCOVERED,
        caution="day of publication; when a zone starts to work is not recorded",
    ),
    Column(
        "until",
        "date",
        "last day on which it is covered",
        missing="no end is known, or the place is not covered",
    ),
    Column("document_no", "list", "approving document of each of these zones", missing=_UNCOVERED),
    Column(
        "share_area",
        "number",
        "share of its drawn area in active zones",
        unit="0 to 1",
        missing="the status is unknown, or no place was found",
        caution=_DRAWN,
    ),
    Column("placed_by", "text", "how the place was found", missing="no place was found"),
    Column(
        "candidates",
        "list",
        "codes of the places that the name may mean, or that come close to it",
        missing="the place was found, or nothing comes close",
        caution="never take the first one for the answer",
    ),
    Column(
        "reason",
        "text",
        "why there is no status, or what is doubtful about it",
        missing="the place was found and its status is clear",
    ),
)

_NOT_SEEN = "it was not verified"

MEASURES = (
    Column("measure_id", "text", "identifier of the measure"),
    Column(
        "kind",
        "text",
        "what it is about",
        choices=tuple(
            (kind, "") for kind in ("guidance", "tax", "import", "customs", "statistics")
        ),
    ),
    Column(
        "role",
        "text",
        "whom it concerns",
        choices=(("exporter", ""), ("importer", ""), ("both", "exporters and importers")),
    ),
    Column(
        "applies_to",
        "text",
        "where it holds",
        choices=(
            ("nationwide", "everywhere"),
            ("zone", "in active zones; of a reply of the State Council those that it approves"),
            ("listed cities", "in cities that it lists; the register does not have the list"),
            ("listed customs districts", "the same for customs districts"),
        ),
    ),
    Column(
        "standing",
        "text",
        "how surely it holds on the day",
        choices=(
            ("in force", "it holds, on its conditions"),
            ("in part", "it holds in the part of the place that lies in a zone"),
            ("not verified", "the register leaves open whether it holds: see the doubts"),
        ),
        caution="never read it without the conditions; information, not tax advice",
    ),
    Column("doubts_zh", "text", "what was not verified, in Chinese", missing="nothing in doubt"),
    Column("doubts_en", "text", "what was not verified, in English", missing="nothing in doubt"),
    Column("document_no", "text", "number of the document"),
    Column("title_zh", "text", "its title in Chinese, as issued", missing=_NOT_SEEN),
    Column("title_en", "text", "its title in English, a translation"),
    Column("issued_on", "date", "day of issue", missing=_NOT_SEEN),
    Column("in_force_on", "date", "first day on which it holds", missing=_NOT_SEEN),
    Column("ended_on", "date", "last day on which it holds", missing="no end is known"),
    Column("summary_zh", "text", "what it gives, in Chinese"),
    Column("summary_en", "text", "what it gives, in English"),
    Column("conditions_zh", "text", "on what conditions, in Chinese", missing="none recorded"),
    Column("conditions_en", "text", "on what conditions, in English", missing="none recorded"),
    Column("notes_zh", "text", "remarks in Chinese", missing="none"),
    Column("notes_en", "text", "remarks in English", missing="none"),
    Column("url", "text", "official address of the text", missing="none was found"),
    Column("confidence", "text", "how well the row is verified: high, medium, low"),
    Column("checked_on", "date", "day on which the row was last checked against its sources"),
)

FACTS = (
    Column(
        "fact",
        "text",
        "what is said",
        choices=(
            ("active", "zones active on the day"),
            ("provinces", "provincial divisions with an active zone"),
            ("municipalities", "municipalities, of four, that lie wholly in zones"),
            (
                "whole_provinces",
                "provincial divisions, municipalities included, wholly in active zones",
            ),
            ("approved", "zones approved by the day"),
            ("revoked", "zones revoked by the day"),
            ("first_document", "the first document"),
            ("latest_document", "the latest document by the day"),
        ),
    ),
    Column(
        "value",
        "integer",
        "the number",
        missing="the fact is no number",
        caution="the register's own count; no authority was found to state it",
    ),
    Column("sentence_zh", "text", "the fact in a Chinese sentence"),
    Column("sentence_en", "text", "the fact in an English sentence"),
    Column(
        "true_from",
        "date",
        "day since when the number was the same without a break",
        missing="it was so before the first document",
    ),
    Column("true_until", "date", "last day on which it was the same", missing="it still is"),
    Column(
        "document_no",
        "text",
        "number of the document of that first day",
        missing="no document decides",
    ),
    Column(
        "url",
        "text",
        "its official address, or that of a source that reports it",
        missing="no document decides",
    ),
)

EVALUATIONS = (
    Column("round", "integer", "number of the round"),
    Column("year_evaluated", "integer", "year that was evaluated", unit="year"),
    Column("published_on", "date", "day of publication, or of the report"),
    Column(
        "zones_evaluated",
        "integer",
        "number of zones that were evaluated",
        unit="zones",
        missing="not published",
    ),
    *(
        Column(
            f"tier_{number}",
            "integer",
            f"number of zones in tier {number}, 1 being the best",
            unit="zones",
            missing="not published",
        )
        for number in (1, 2, 3, 4)
    ),
    Column("published_zh", "text", "what was published, in Chinese"),
    Column("published_en", "text", "what was published, in English"),
    Column("sources", "list", "web addresses that report it"),
    Column("confidence", "text", "how well the row is verified: high, medium, low"),
    Column("checked_on", "date", "day on which the row was last checked against its sources"),
)

VERSIONS = (
    Column("version", "text", "version of the data, for the parameter data"),
    Column("published_on", "date", "day of its release"),
    Column("fingerprint", "text", "twelve hexadecimal digits that change with any byte"),
    Column("zones", "integer", "zones in its register, active and revoked", unit="zones"),
    Column("documents", "integer", "documents in its register", unit="documents"),
    Column("changes_zh", "text", "what it changed, in Chinese"),
    Column("changes_en", "text", "what it changed, in English"),
    Column("revisions", "integer", "number of its rows among the revisions", unit="rows"),
    Column("revisions_url", "text", "address of these rows, beside that of the versions"),
)

REVISIONS = (
    Column("version", "text", "version that made the change"),
    Column("table", "text", "table of the register, or path of another file"),
    Column(
        "change",
        "text",
        "what changed; of a row, column or table that came or went the cells are not listed",
        choices=tuple((change, "") for change in KINDS_OF_CHANGE),
    ),
    Column("key", "text", "key of the row, its parts separated by spaces", missing="no row alone"),
    Column("column", "text", "name of the column", missing="no column alone"),
    Column("old", "text", "the cell before", missing="it was empty, or is not listed"),
    Column("new", "text", "the cell after", missing="it is empty, or is not listed"),
    Column("why_zh", "text", "the reason, in Chinese"),
    Column("why_en", "text", "the reason, in English"),
    Column(
        "source",
        "list",
        "web addresses that support it",
        missing="it follows from a rule of the register",
    ),
)

_UNKNOWN_COVER = "whether a zone covers the unit is not known"
_LAST_DAY = "on the last day of the period"
_NEVER = "the unit is never treated in the panel, or it is not known"
_WINDOW = "depends on the last year of the panel"

PANEL = (
    Column(
        "adcode",
        "text",
        "GB/T 2260 code of the unit, in the edition of the boundaries",
        caution="codes change over the years; match older data on names of their year",
    ),
    Column("name_zh", "text", "name of the unit in Chinese"),
    Column(
        "name_en",
        "text",
        "name of the unit in English",
        caution="mostly romanised from the Chinese; several places share one, so never join on it",
    ),
    Column("province_adcode", "text", "GB/T 2260 code of its provincial division"),
    Column("period", "text", "label of the period: 2019, 2019H1, 2019Q1, 2019-01"),
    Column(
        "time",
        "integer",
        "number of the period",
        unit="years; or halves, quarters, months since 1960, as Stata counts them",
    ),
    Column(
        "treat",
        "integer",
        "whether the unit is treated in any period up to the last",
        choices=((0, "never treated"), (1, "treated in some period")),
        missing=_UNKNOWN_COVER,
        caution=_WINDOW,
    ),
    Column(
        "post",
        "integer",
        "whether this period or an earlier one is the first treated",
        choices=((0, "before treatment, or never treated"), (1, "treated by now")),
        missing=_UNKNOWN_COVER,
        caution="0 for never treated units: no common date after which all units count",
    ),
    Column(
        "dd",
        "integer",
        "treat times post",
        choices=((0, "not treated yet"), (1, "treated")),
        missing=_UNKNOWN_COVER,
        caution="with effects that differ by cohort a regression on it alone is biased",
    ),
    Column(
        "policy_year",
        "integer",
        "year of the first day in force by the end of the panel",
        unit="year",
        missing="never in force by then",
        caution="not the first treated period: the rule may move that to the next",
    ),
    Column(
        "first_period",
        "text",
        "label of the first treated period, also before the panel; 0 for never",
        missing=_UNKNOWN_COVER,
        caution=_WINDOW,
    ),
    Column(
        "first_time",
        "integer",
        "number of the first treated period, also before the panel; 0 for never",
        unit="as time",
        missing=_UNKNOWN_COVER,
        caution="0 means never, not a period; " + _WINDOW,
    ),
    Column(
        "rel_period",
        "integer",
        "periods since the first treated one, negative before it",
        unit="periods",
        missing=_NEVER,
    ),
    Column(
        "share_area",
        "number",
        f"share of the drawn area in active zones {_LAST_DAY}",
        unit="0 to 1",
        missing=_UNKNOWN_COVER,
        caution=_DRAWN + ", nor a dose of treatment",
    ),
    Column(
        "share_counties",
        "number",
        f"share of the county-level divisions in active zones {_LAST_DAY}",
        unit="0 to 1",
        missing=_UNKNOWN_COVER,
        caution="divisions differ in people and trade; no dose of treatment",
    ),
    Column(
        "share_time",
        "number",
        "share of the days of the period on which the unit is in force",
        unit="0 to 1",
        missing=_UNKNOWN_COVER,
    ),
    Column(
        "coverage",
        "text",
        f"how active zones cover the unit {_LAST_DAY}",
        choices=_COVERAGE,
    ),
    Column("batch", "list", f"batches of the zones active {_LAST_DAY}", missing="no zone"),
    Column("zone_ids", "list", f"zones active in it {_LAST_DAY}", missing="no zone"),
    Column("document_no", "list", "documents that approved these zones", missing="no zone"),
    Column("note", "text", "what is doubtful about the row", missing="nothing"),
)

# of a panel with weights
SURROUNDINGS = (
    Column(
        "share_neighbours_treated",
        "number",
        "weighted share of the unit's neighbours in the panel that are treated in the period",
        unit="0 to 1",
        missing="the unit has no neighbour in the panel, or the treatment of one is not known",
        caution="units that the panel leaves out do not count as neighbours",
    ),
    Column(
        "km_to_nearest_zone",
        "number",
        "geodesic distance from the unit's edge to the nearest zone active on the last day of the "
        "period; 0 where they touch",
        unit="km",
        missing="no zone is active yet, or " + _UNKNOWN_COVER,
        caution=_DRAWN,
    ),
)
