"""Names that the command line needs before it loads anything; this module imports nothing."""

# how finely polygons are drawn
LEVELS = ("overview", "detail")

# by name, in the order of `view.PARAMETERS`
MEANINGS = {
    "on": "the day, YYYY-MM-DD; by default that of the latest document",
    "since": "the earlier day of a comparison; by default the eve of the document then in force",
    "province": "adcode of a provincial division, such as 460000; several are alternatives",
    "neighbour": "land neighbour as ISO 3166-1 alpha-3 code, or land, coast, inland; "
    "several are alternatives",
    "batch": "ordinal of a batch of approvals; several are alternatives",
    "status": "status on the day, active or revoked; several are alternatives; "
    "no filter between two days",
    "q": "text to look for in names, in English, Chinese or pinyin",
    "zone": "the zone whose details a page shows; it changes no table",
    "within": "how far from a land border the page on borders lists zones, 0 to 500 km; "
    "it changes no other table",
    "shade": "what the page on provinces shades them by, active or share; it changes no table",
    "lang": "language of titles and notes, en or zh; names are always given in both",
}

SEVERAL = ("province", "neighbour", "batch", "status")
