"""Questions about measures, read from the parameters of a query.

As with a View, a value that is not understood is reported, never dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from pilotzones.atlas import Atlas
from pilotzones.errors import Problem
from pilotzones.i18n import LANGUAGES
from pilotzones.parameters import ROLES
from pilotzones.query.matching import match_place
from pilotzones.query.place_questions import PlaceReader

MEASURE_PARAMETERS = ("on", "zone", "adcode", "role", "lang")

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class MeasuresQuestion:
    """Which measures, on what day.

    Parameters
    ----------
    on
        The day.
    zone
        A zone; empty for all.
    adcode
        A place, in place of a zone; empty for all.
    role
        ``exporter`` or ``importer``; empty for both.
    lang
        Language of titles and notes.
    """

    on: date
    zone: str = ""
    adcode: str = ""
    role: str = ""
    lang: str = LANGUAGES[0]

    @property
    def asked(self) -> dict[str, str]:
        """The zone or place and the role, where they are given."""
        names = ("zone", "adcode", "role")
        return {name: value for name in names if (value := getattr(self, name))}

    def query(self) -> str:
        """Write it as a query string."""
        return urlencode({"on": self.on.isoformat(), **self.asked, "lang": self.lang})


def parse_measures(
    pairs: Pairs, atlas: Atlas, *, today: date | None = None
) -> tuple[MeasuresQuestion, list[Problem]]:
    """Read which measures are asked for; by default those on the day of the latest document."""
    reader = PlaceReader(pairs, MEASURE_PARAMETERS)
    zone, place = reader.one("zone"), reader.one("adcode")
    if zone and zone not in atlas.register.zones.index:
        closest = tuple(atlas.register.closest_zone_ids(zone))
        reader.report("zone", zone, "unknown zone", closest=closest)
    match = match_place(atlas.places, place) if place else None
    if match and not match.adcode:
        reader.report("adcode", place, "unknown place", closest=match.candidates)
    if zone and place:
        reader.report("adcode", place, "not both", allowed="zone or adcode")
    question = MeasuresQuestion(
        reader.any_day(atlas, today),
        zone,
        match.adcode or "" if match else "",
        reader.choice("role", ROLES, "unknown choice"),
        reader.language(),
    )
    return question, reader.problems
