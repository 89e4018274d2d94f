"""Questions about measures and facts, read from the parameters of a query.

As with a View, a value that is not understood is reported, never dropped.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.matching import match_place
from pilotzones.errors import Problem
from pilotzones.i18n import LANGUAGES
from pilotzones.parameters import ROLES
from pilotzones.query.facts import days_with_active, facts_on
from pilotzones.query.place_questions import Pairs, PlaceReader
from pilotzones.query.policy import measures_in_force

MEASURE_PARAMETERS = ("on", "zone", "adcode", "role", "lang")
FACT_PARAMETERS = ("on", "active", "lang")
LANGUAGE_PARAMETERS = ("lang",)
REVISION_PARAMETERS = ("version", "lang")
# more than there are county-level divisions
_MOST_ZONES = 9999


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


@dataclass(frozen=True)
class FactsQuestion:
    """What was true on a day, or from when to when a number of zones was active.

    Parameters
    ----------
    on
        The day; ``None`` where the number is given.
    active
        The number of active zones; ``None`` where the day is given.
    lang
        Language of titles and notes.
    """

    on: date | None
    active: int | None = None
    lang: str = LANGUAGES[0]

    @property
    def asked(self) -> dict[str, str]:
        """The number, where it is given."""
        return {} if self.active is None else {"active": str(self.active)}

    def query(self) -> str:
        """Write it as a query string."""
        on = {"on": self.on.isoformat()} if self.on else {}
        return urlencode({**on, **self.asked, "lang": self.lang})


@dataclass(frozen=True)
class VersionQuestion:
    """Which version, empty for all, and the language of titles and notes."""

    version: str = ""
    lang: str = LANGUAGES[0]

    def query(self) -> str:
        """Write it as a query string."""
        version = {"version": self.version} if self.version else {}
        return urlencode({**version, "lang": self.lang})


def parse_language(pairs: Pairs, _: Atlas) -> tuple[VersionQuestion, list[Problem]]:
    """Read the language of titles and notes, where nothing else is to be chosen."""
    reader = PlaceReader(pairs, LANGUAGE_PARAMETERS)
    return VersionQuestion(lang=reader.language()), reader.problems


def parse_revisions(pairs: Pairs, atlas: Atlas) -> tuple[VersionQuestion, list[Problem]]:
    """Read whose changes are asked for; by default those of every version."""
    reader = PlaceReader(pairs, REVISION_PARAMETERS)
    version = reader.choice("version", atlas.versions, "unknown version")
    return VersionQuestion(version, reader.language()), reader.problems


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
        reader.report("adcode", place, match.refusal, closest=match.candidates)
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


def parse_facts(
    pairs: Pairs, atlas: Atlas, *, today: date | None = None
) -> tuple[FactsQuestion, list[Problem]]:
    """Read the day, by default that of the latest document, or the number of active zones."""
    reader = PlaceReader(pairs, FACT_PARAMETERS)
    active = None
    if reader.all("active"):
        active = reader.number("active", 0, (0, _MOST_ZONES), "out of range")
        for day in reader.all("on"):
            reader.report("on", day, "not both", allowed="on or active")
    on = reader.any_day(atlas, today)
    question = FactsQuestion(None if active is not None else on, active, reader.language())
    return question, reader.problems


def answer_measures(atlas: Atlas, question: MeasuresQuestion) -> pd.DataFrame:
    """Answer a question about measures as `measures_in_force` does."""
    return measures_in_force(
        atlas,
        question.on,
        zone=question.zone or None,
        place=question.adcode or None,
        role=question.role or None,
    )


def answer_facts(atlas: Atlas, question: FactsQuestion) -> pd.DataFrame:
    """Answer a question about facts as `facts_on` or `days_with_active` does."""
    if question.active is not None:
        return days_with_active(atlas, question.active)
    return facts_on(atlas, question.on or atlas.stops[-1].on)
