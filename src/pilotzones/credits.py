"""How to cite the atlas and a record of it."""

from datetime import date

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import official_name
from pilotzones.i18n import Language

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Pilot Zone Atlas, from the replies of the State Council that it cites"

TITLE = "Pilot Zone Atlas"
AUTHOR = "The Pilot Zone Atlas contributors"

_BIBTEX_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"})


def cite_zone(atlas: Atlas, zone_id: str, address: str, seen_on: date, lang: str = "en") -> str:
    """Write a citation of a zone's record.

    Parameters
    ----------
    atlas
        The facts.
    zone_id
        Identifier of the zone.
    address
        Address of the record, empty where it has none.
    seen_on
        The day the reader saw it.
    lang
        ``en``, or ``zh`` for the form of GB/T 7714.

    Returns
    -------
    str
        One line.

    Raises
    ------
    UnknownZoneError
        If there is no such zone.
    """
    name = official_name(atlas.register.zone(zone_id)[f"place_{lang}"], lang)
    if lang == "zh":
        where = f" {address}." if address else ""
        kind = "[DB/OL]" if address else "[DB]"
        return f"综试区地图集. {name}{kind}. 数据版本{atlas.data_version}. [{seen_on}].{where}"
    where = f" {address}" if address else ""
    return f"{AUTHOR}: {name}. {TITLE}, data {atlas.data_version}.{where} (seen {seen_on})"


def cite_zone_bibtex(atlas: Atlas, zone_id: str, address: str, seen_on: date) -> str:
    """Write a citation of a zone's record for BibTeX.

    Parameters
    ----------
    atlas
        The facts.
    zone_id
        Identifier of the zone.
    address
        Address of the record, empty where it has none.
    seen_on
        The day the reader saw it.

    Returns
    -------
    str
        A ``@misc`` entry.

    Raises
    ------
    UnknownZoneError
        If there is no such zone.
    """
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


def boundary_note(lang: str) -> str:
    """Say what the boundaries are and are not, below every map."""
    language = Language(lang)
    return language._(
        "Boundaries are schematic, follow the published map of Tianditu, serve to locate the "
        "zones, imply no opinion on the status of any territory and are no legal reference. "
        "They have not been through map review, which publishing them in mainland China may "
        "require."
    )
