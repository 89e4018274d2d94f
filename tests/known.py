"""Facts that the tests hold the data to, each with its source; all else follows from the register.

Each fact stands here once. A test that wants another number works it out with the helpers below,
from these facts or from a register, so that a new document changes this file alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pilotzones.atlas.register import Register


@dataclass(frozen=True)
class Document:
    """What a reply of the State Council did."""

    number: str
    published_on: date
    approved: int
    revoked: int = 0


# Numbers: the titles of the replies ("in 12 Cities Including Tianjin", ...) on gov.cn; days: those
# under which gov.cn published them. The addresses are in geodata/register/documents.csv.
DOCUMENTS = (
    Document("国函〔2015〕44号", date(2015, 3, 12), 1),
    Document("国函〔2016〕17号", date(2016, 1, 15), 12),
    Document("国函〔2018〕93号", date(2018, 8, 7), 22),
    Document("国函〔2019〕137号", date(2019, 12, 24), 24),
    Document("国函〔2020〕47号", date(2020, 5, 6), 46),
    Document("国函〔2022〕8号", date(2022, 2, 8), 27),
    Document("国函〔2022〕126号", date(2022, 11, 24), 33),
    # the whole of Hainan and 15 cities (regions); the reply itself is not on gov.cn, the reports
    # that documents.csv cites name the 16 zones and the three that they replace
    Document("国函〔2025〕40号", date(2025, 4, 25), 16, 3),
)
FIRST, LAST = DOCUMENTS[0], DOCUMENTS[-1]

# the zones that the reply of 2025 ended, and those that took their places (the same reports)
SUCCESSORS = {"haikou": "hainan", "sanya": "hainan", "alashankou": "bortala"}

# replies of which the sources do not carry the day of signature
UNSIGNED = ("国函〔2025〕40号",)

# Provinces by economic region: National Bureau of Statistics, 东西中部和东北地区划分方法, 13 June
# 2011
REGIONS = {"west": 12, "east": 10, "central": 6, "northeast": 3}
PROVINCES = sum(REGIONS.values())

# Prefecture-level cities of the provinces that were wholly in zones after the sixth reply: Ministry
# of Civil Affairs, 中华人民共和国行政区划代码 (GB/T 2260)
PREFECTURES = {"440000": 21, "320000": 13}


class Counts(NamedTuple):
    """Zones on a day."""

    active: int
    revoked: int

    @property
    def approved(self) -> int:
        """Zones approved so far."""
        return self.active + self.revoked


def counts_on(day: date) -> Counts:
    """Count the zones on a day, as the replies give it."""
    done = [document for document in DOCUMENTS if document.published_on <= day]
    revoked = sum(document.revoked for document in done)
    return Counts(sum(document.approved for document in done) - revoked, revoked)


def after(ordinal: int) -> Counts:
    """Count the zones after the first, second, ... document."""
    return counts_on(DOCUMENTS[ordinal - 1].published_on)


TOTALS = {document.published_on: counts_on(document.published_on) for document in DOCUMENTS}
LATEST = TOTALS[LAST.published_on]
ZONES = LATEST.approved


def approved_on(register: Register, day: date) -> set[str]:
    """Return the zones approved by the end of a day, read off the events."""
    return _zones_of(register, "approve", day)


def revoked_on(register: Register, day: date) -> set[str]:
    """Return the zones revoked by the end of a day, read off the events."""
    return _zones_of(register, "revoke", day)


def active_on(register: Register, day: date, among: Collection[str] | None = None) -> set[str]:
    """Return the zones active on a day, read off the events; of some zones where `among` is given."""
    found = approved_on(register, day) - revoked_on(register, day)
    return found if among is None else found & set(among)


def zones_in(register: Register, province: str) -> set[str]:
    """Return the zones of a provincial division, whenever they were approved."""
    zones = register.zones
    return set(zones.index[zones["province_adcode"] == province])


def _zones_of(register: Register, action: str, day: date) -> set[str]:
    events = register.events
    return {
        str(event.zone_id)
        for event in events.itertuples()
        if event.action == action and event.on.date() <= day
    }
