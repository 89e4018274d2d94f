"""Names that the command line needs before it loads anything heavy; this module imports nothing."""

# tables, in the order in which they are listed
TABLES = (
    *("zones", "changes", "documents", "provinces", "borders", "ports"),
    *("events", "divisions", "overlaps", "timeline"),
)

# what files of tables can be, the plainest first; as geojson, gpkg and fgb what has polygons
FORMATS = ("json", "csv", "geojson", "xlsx", "gpkg", "parquet", "fgb")

# what answers about places, panels and weights can be
DATASET_FORMATS = ("json", "csv", "xlsx", "dta", "parquet")

# what files of spatial weights can be
WEIGHTS_FORMATS = ("gal", "gwt", "csv")

# a table laid out for a terminal, which the command line alone offers
TEXT = "table"

# how finely polygons are drawn
LEVELS = ("overview", "detail")

# of figures
COLOURINGS = ("batch", "new")
SIZES = ("a4-landscape", "a4-portrait", "slide-16x9", "square", "column")
LABELS = ("auto", "all", "none")
KINDS = ("map", "compare", "provinces", "borders", "growth", "matrix", "record", "panel")
STYLES = ("colour", "grey")
GROUPINGS = ("region", "position", "province", "all", "cohort")

STATUSES = ("active", "revoked")
LANGUAGES = ("en", "zh")

# the economic regions of the National Bureau of Statistics
REGIONS = ("east", "central", "west", "northeast")

# the kinds of border region beside the land neighbours
BORDER_KINDS = ("land", "coast", "inland")

# how references are written: two styles for readers, three formats for programs
CITATION_FORMATS = ("bibtex", "ris", "csl")
CITATION_ENDINGS = {"bib": "bibtex", "ris": "ris", "json": "csl"}
CITATION_STYLES = ("gbt7714", "apa", *CITATION_FORMATS)

# whom measures concern
ROLES = ("exporter", "importer")

# how kinds of filter combine
MATCHES = ("all", "any")

# what the parameters of a View mean, by name, in the order of `view.PARAMETERS`
MEANINGS = {
    "on": "the day, YYYY-MM-DD; by default that of the latest document",
    "since": "the earlier day of a comparison, YYYY-MM-DD; by default the day before the document "
    "then in force",
    "province": "adcode of a provincial division, such as 460000; several are alternatives",
    "region": "economic region of the National Bureau of Statistics: east, central, west, "
    "northeast; several are alternatives",
    "neighbour": "land neighbour as ISO 3166-1 alpha-3 code, or land, coast, inland; "
    "several are alternatives",
    "batch": "ordinal of a batch of approvals; several are alternatives",
    "status": "status on the day, active or revoked; several are alternatives; "
    "does not filter a comparison of two days",
    "match": "all (by default): a zone must pass every filter; any: one kind of filter among "
    "province, region, neighbour and batch is enough, but status and q must hold as well",
    "q": "text to search names for, in English, Chinese or pinyin",
    "zone": "the zone whose details a page shows; does not change tables",
    "adcode": "the place whose record a page shows, by code or name; does not change tables",
    "within": "how far from a land border the Borders page lists zones, 0 to 500 km; "
    "does not change other tables",
    "shade": "what the Provinces page shades provinces by: active (zones), share (of the area), "
    "cities (share of the prefecture-level divisions); does not change tables",
    "colour": "colours of the zones on a map of one day: batch (by default), new (those of the "
    "document in force against all earlier ones); does not change tables",
    "data": "version of the data that answers, such as 1.0.0; by default the present one",
    "lang": "language of titles and notes, en or zh; names are always given in both",
}

SEVERAL = ("province", "region", "neighbour", "batch", "status")

# what the parameters of questions about places mean
PLACE_MEANINGS = {
    "place": "a place by code or name, such as 440600, 佛山 or Foshan, Guangdong; several are "
    "answered in their order",
    "point": "a place by longitude and latitude (WGS 84, degrees), such as 113.12,23.02; several "
    "are answered in their order, after the named ones",
    "on": "the day, YYYY-MM-DD, also before the first document; by default that of the latest",
    "division_level": "only places of this level: province, prefecture or county",
    "on_column": "the column of days, in place of one day for all rows",
    "lon": "the column of longitudes (WGS 84, degrees)",
    "lat": "the column of latitudes",
    "unit": "units of the panel: prefecture (by default: prefecture-level divisions and the four "
    "municipalities), city (those of them that are cities), county, province",
    "freq": "length of a period: year (by default), half, quarter, month",
    "from": "first year, 2000 to the present one; 2013 by default",
    "to": "last year; 2025 by default",
    "clock": "whether a document counts from the day it was published (by default) or signed",
    "rule": "when a period is treated: any (by default: in force on any of its days), mid "
    "(by the end of its first half), full (from its first day)",
    "partial": "what counts as covered: whole (by default: places wholly covered), any "
    "(also partly), drop (leave out places that are ever partly covered or unknown)",
    "weights": "whose treatment share_neighbours_treated adds up: none (by default), queen "
    "(units that touch), knn (the nearest), inverse (by distance)",
    "kind": "queen (by default: units that touch), knn (the nearest), inverse (by distance)",
    "k": "how many of the nearest are neighbours, 1 to 100, for knn; 5 by default",
    "cutoff_km": "greatest distance of neighbours in whole km, for inverse; by default none",
    "standardise": "whether the weights of a unit add up to 1: yes or no (by default)",
    "zone": "identifier of a zone, such as foshan",
    "adcode": "a place by code or name, in place of a zone",
    "role": "exporter or importer; by default both",
    "data": "version of the data that answers, such as 1.0.0; by default the present one",
    "version": "the version whose changes are listed; by default every one",
    "active": "a number of active zones, to learn from when to when there were so many",
    "lang": "language of titles and notes, en or zh",
}

# what the same names mean where a table is sent
TABLE_MEANINGS = {"place": "the column of places: codes or names"}
