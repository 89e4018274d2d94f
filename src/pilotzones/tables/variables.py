"""Columns of the tables that are no tables of a View: lookups, panels, measures, facts, versions.

The codebook is written from them, and says what each is not good for.
"""

from pilotzones.atlas.revisions import CHANGES as KINDS_OF_CHANGE
from pilotzones.tables.columns import Column

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
