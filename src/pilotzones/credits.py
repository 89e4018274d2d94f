"""Licence, credit, citations, and the note on the boundaries."""

from datetime import date

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import official_name
from pilotzones.i18n import Language

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Pilot Zone Atlas, based on the State Council replies it cites"

TITLE = "Pilot Zone Atlas"
AUTHOR = "The Pilot Zone Atlas contributors"

_BIBTEX_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"})


def cite_zone(atlas: Atlas, zone_id: str, address: str, seen_on: date, t: Language) -> str:
    """Cite the record of a zone in one line, in Chinese after GB/T 7714.

    The address may be empty. UnknownZoneError if there is no such zone.
    """
    name = official_name(atlas.register.zone(zone_id)[f"place_{t.code}"], t.code)
    where = f" {address}" if address else ""
    if t.code == "zh":
        kind = "[DB/OL]" if address else "[DB]"
        end = f"{where}." if where else ""
        return f"综试区地图集. {name}{kind}. 数据版本{atlas.data_version}. [{seen_on}].{end}"
    return f"{AUTHOR}: {name}. {TITLE}, data {atlas.data_version}.{where} (accessed {seen_on})"


def cite_zone_bibtex(atlas: Atlas, zone_id: str, address: str, seen_on: date) -> str:
    """Cite the record of a zone as a ``@misc`` entry of BibTeX, as `cite_zone` does."""
    name = official_name(atlas.register.zone(zone_id)["place_en"], "en")
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{name.translate(_BIBTEX_SPECIAL)}}}",
        "howpublished": f"{TITLE}, data {atlas.data_version}",
        "year": str(seen_on.year),
        "url": address,
        "urldate": seen_on.isoformat(),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{pilotzones-{zone_id},", *lines, "}"])


def not_tax_advice(t: Language) -> str:
    """One sentence for wherever measures are shown."""
    return t._("Information, not tax advice.")


def boundary_note(t: Language) -> str:
    """Two sentences on what the boundaries are and are not, for under every map."""
    return t._(
        "Boundaries are schematic and follow the published map of Tianditu. They show where the "
        "zones are, imply no opinion on the status of any territory and have no legal force. They "
        "have not undergone map review, which publication in mainland China may require."
    )
