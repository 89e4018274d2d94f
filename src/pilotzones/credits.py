"""Licence, credit, and the note on the boundaries."""

from pilotzones.i18n import Language

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Pilot Zone Atlas, based on the State Council replies it cites"

TITLE = "Pilot Zone Atlas"
AUTHOR = "The Pilot Zone Atlas contributors"


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
