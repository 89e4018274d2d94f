"""The register: tables in, facts out.

A register is a list of events, each an approval or a revocation of a zone by a document. What is
true on a day follows from them alone (see :mod:`pilotzones.atlas.timeline`).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pilotzones.atlas.datapackage import read_descriptor, read_earlier_tables, read_tables
from pilotzones.atlas.sources import broken_sources, unofficial
from pilotzones.atlas.violations import Violation, fail, line_of
from pilotzones.errors import UnknownZoneError
from pilotzones.text import fold

APPROVE = "approve"
REVOKE = "revoke"

# of an evaluation, the best first
TIERS = ("tier_1", "tier_2", "tier_3", "tier_4")

_TABLES = (
    "documents",
    "zones",
    "events",
    "provinces",
    "measures",
    "evaluations",
    "policies",
    "ports",
    "changelog",
)


@dataclass(frozen=True, eq=False)
class Register:
    """The facts about the pilot zones, from the replies of the State Council.

    Each table has the columns that ``datapackage.json`` describes, and each row its sources. Dates
    are ``datetime64`` (``NaT`` where empty), whole numbers ``Int64``, all else text, empty where
    nothing is known; a list is text separated by spaces.

    Parameters
    ----------
    documents
        Index ``document_no``, in the order of publication.
    zones
        Index ``zone_id``, in the order of the file.
    events
        One row an event, in the order of publication; ``on`` is the day from which it counts, that
        on which its document was published.
    provinces
        Index ``adcode`` (GB/T 2260); the provincial divisions of the mainland.
    measures
        Index ``measure_id``; what holds for exporters and importers, and since when.
    evaluations
        Index ``round``; the evaluations by the Ministry of Commerce, as far as they were published.
    policies
        Index ``policy_id``; the table of version 1.0.0, which `measures` replaces.
    ports
        Border ports inside zones, as far as the sources have them.
    changelog
        What changed in the data from version to version.
    version
        Version of the data package.
    """

    documents: pd.DataFrame
    zones: pd.DataFrame
    events: pd.DataFrame
    provinces: pd.DataFrame
    measures: pd.DataFrame
    evaluations: pd.DataFrame
    policies: pd.DataFrame
    ports: pd.DataFrame
    changelog: pd.DataFrame
    version: str

    def __repr__(self) -> str:
        return (
            f"<Register {self.version}: {len(self.zones)} zones, {len(self.documents)} documents>"
        )

    @cached_property
    def checked_on(self) -> date | None:
        """The day since when every document and zone has been checked: the earliest of theirs.

        ``None`` for version 1.0.0, which has no such days.
        """
        days = pd.concat([self.documents["checked_on"], self.zones["checked_on"]]).dropna()
        return None if days.empty else days.min().date()

    @property
    def released_on(self) -> date:
        """The day of this version of the data."""
        day: date = self.changelog["published_on"].iloc[-1].date()
        return day

    @cached_property
    def histories(self) -> pd.DataFrame:
        """One row a zone: when and by which document it was approved and revoked, to this day.

        Returns
        -------
        pandas.DataFrame
            Index ``zone_id``, in the order of `zones`; columns ``approved_on`` (``datetime64``),
            ``approved_by`` (number of the document), ``batch`` (``Int64``), ``revoked_on``,
            ``revoked_by``, ``successor_zone_id`` (missing where the zone was not revoked).
        """
        approvals = self.events[self.events["action"] == APPROVE].set_index("zone_id")
        revocations = self.events[self.events["action"] == REVOKE].set_index("zone_id")
        table = pd.DataFrame(index=self.zones.index)
        table["approved_on"] = approvals["on"]
        table["approved_by"] = approvals["document_no"]
        table["batch"] = table["approved_by"].map(self.documents["batch"])
        table["revoked_on"] = revocations["on"]
        table["revoked_by"] = revocations["document_no"]
        table["successor_zone_id"] = revocations["successor_zone_id"].replace("", None)
        return table

    @cached_property
    def zone_rows(self) -> dict[str, dict[str, Any]]:
        """Each zone with its history, by identifier: the columns of `zones` and `histories`.

        To read a single row of a table takes pandas a hundred times as long.
        """
        return _rows(self.zones.join(self.histories))

    @cached_property
    def province_rows(self) -> dict[str, dict[str, Any]]:
        """Each provincial division, by adcode: the columns of `provinces`."""
        return _rows(self.provinces)

    @cached_property
    def predecessors(self) -> dict[str, list[str]]:
        """The revoked zones whose place each zone took, by the identifier of that zone."""
        absorbed = self.histories["successor_zone_id"].dropna()
        return {
            str(successor): [str(zone) for zone in group.index]
            for successor, group in absorbed.groupby(absorbed)
        }

    def zone(self, zone_id: str) -> pd.Series:
        """Return one zone with its whole history.

        Parameters
        ----------
        zone_id
            Identifier of the zone, e.g. ``"hainan"``.

        Returns
        -------
        pandas.Series
            The row of `zones` followed by that of `histories`.

        Raises
        ------
        UnknownZoneError
            If there is none; the error names the closest identifiers.
        """
        if zone_id not in self.zones.index:
            raise UnknownZoneError(zone_id, self.closest_zone_ids(zone_id))
        return pd.concat([self.zones.loc[zone_id], self.histories.loc[zone_id]])

    def zone_named(self, text: str) -> str | None:
        """Return the zone that a name names without doubt.

        Parameters
        ----------
        text
            The identifier of a zone; or the name of its place in Chinese, English or pinyin, also
            with the kind of place (Foshan City, 佛山市) and with the province (广东省佛山市). Case,
            accents, spaces and punctuation do not count.

        Returns
        -------
        str or None
            The identifier; ``None`` where no zone has the name, or another place has it too. Where
            that place is no zone, the register says so by a longer ``name_en``: Suzhou (Jiangsu),
            Pingxiang (Jiangxi), Jilin City.
        """
        if text in self.zones.index:
            return text
        found = self._zones_by_own_name.get(fold(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def closest_zone_ids(self, text: str) -> list[str]:
        """Return the identifiers that come closest to a text, at most three, the closest first.

        Only the first 60 characters of the text count.
        """
        names = get_close_matches(fold(str(text)[:60]), list(self._zones_by_name), n=3, cutoff=0.7)
        closest = [zone_id for name in names for zone_id in sorted(self._zones_by_name[name])]
        return list(dict.fromkeys(closest))[:3]

    @cached_property
    def _zones_by_name(self) -> dict[str, set[str]]:
        """The zones by each name, also one that other places have too."""
        names = self.zones[["name_zh", "name_en", "place_zh", "place_en", "name_pinyin"]]
        # the identifier is the first of them
        return _by_name((str(zone.Index), zone) for zone in names.itertuples())

    @cached_property
    def _zones_by_own_name(self) -> dict[str, set[str]]:
        """The zones by each name that no other place of the rank has, or that has the province."""
        provinces = self.provinces[["name_zh", "short_zh", "name_en"]].add_prefix("province_")
        zones = self.zones.join(provinces, on="province_adcode")
        return _by_name((str(zone.Index), _own_names(zone)) for zone in zones.itertuples())


def _by_name(names: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for zone_id, own in names:
        for name in own:
            found.setdefault(fold(name), set()).add(zone_id)
    return found


def _own_names(zone: Any) -> Iterator[str]:  # noqa: ANN401 - a named tuple
    yield from (zone.Index, zone.name_zh, zone.name_en)
    english = [zone.place_en]
    if zone.name_zh.endswith("市"):
        english.append(f"{zone.place_en} City")
    # the register adds something to a name that is not the zone's alone
    if zone.name_en == zone.place_en or fold(zone.place_en) == zone.Index:
        yield from (*english, zone.name_pinyin, zone.place_zh)
    # the pinyin of 苏州 is that of two places, 吉林 is a city and a province
    elif zone.place_zh != zone.province_short_zh:
        yield zone.place_zh
    yield from (name + zone.province_name_en for name in english)
    for province in (zone.province_name_zh, zone.province_short_zh):
        yield from (province + name for name in (zone.name_zh, zone.place_zh))


def official_name(place: str, language: str) -> str:
    """Return the official name of a zone, as the replies form it; the place in the language."""
    if language == "zh":
        return f"中国（{place}）跨境电子商务综合试验区"
    return f"China ({place}) Cross-Border E-Commerce Comprehensive Pilot Zone"


def document_address(document: pd.Series) -> str:
    """Return the official address of a document, or that of the first source that reports it."""
    return str(document["url"] or next(iter(document["sources"].split()), ""))


def load_register(
    folder: Path, known_adcodes: Collection[str] = (), *, check: bool = True
) -> Register:
    """Load the register, and hold it to every rule if `check`.

    `known_adcodes` are the GB/T 2260 codes that exist, which only the check needs. A `TableError`
    names file, line, column, value and rule.
    """
    descriptor = read_descriptor(folder)
    version = descriptor.get("version")
    if not isinstance(version, str):
        fail([Violation("datapackage.json", None, "version", str(version), "must be a text")])
    tables = read_tables(folder, descriptor, _TABLES, check=check)
    _date_events(tables)
    if check:
        fail(list(_broken_places(tables, known_adcodes)))
        fail(list(_broken_history(tables)))
        fail(list(_broken_sources(tables)))
        fail(list(_broken_measures(tables)))
        fail(list(_broken_evaluations(tables)))
    return _register(tables, version)


def load_earlier_register(folder: Path, today: Path) -> Register:
    """Load the register of an earlier version with the tables and columns of today's.

    What the version did not have is empty.
    """
    tables = read_earlier_tables(folder, read_descriptor(today), _TABLES)
    _date_events(tables)
    return _register(tables, str(read_descriptor(folder)["version"]))


def _date_events(tables: dict[str, pd.DataFrame]) -> None:
    tables["events"]["on"] = tables["events"]["document_no"].map(
        tables["documents"].set_index("document_no")["published_on"]
    )


def _register(tables: dict[str, pd.DataFrame], version: object) -> Register:
    return Register(
        documents=tables["documents"].set_index("document_no").sort_values("published_on"),
        zones=tables["zones"].set_index("zone_id"),
        events=tables["events"].sort_values("on", kind="stable", ignore_index=True),
        provinces=tables["provinces"].set_index("adcode"),
        measures=tables["measures"].set_index("measure_id"),
        evaluations=tables["evaluations"].set_index("round"),
        policies=tables["policies"].set_index("policy_id"),
        ports=tables["ports"].reset_index(drop=True),
        changelog=tables["changelog"].reset_index(drop=True),
        version=str(version),
    )


def _broken_places(
    tables: dict[str, pd.DataFrame], known_adcodes: Collection[str]
) -> Iterator[Violation]:
    zones, documents = tables["zones"], tables["documents"]
    known = set(known_adcodes)
    for row, zone in zones.iterrows():
        for adcode in zone["adcodes"].split():
            if adcode not in known:
                yield _at("zones", row, "adcodes", adcode, "must be a GB/T 2260 code that exists")
            elif adcode[:2] != zone["province_adcode"][:2]:
                rule = f"must lie in the province {zone['province_adcode']}"
                yield _at("zones", row, "adcodes", adcode, rule)
    late = documents[documents["signed_on"] > documents["published_on"]]
    for row, document in late.iterrows():
        value = document["signed_on"].date().isoformat()
        yield _at("documents", row, "signed_on", value, "must not be after published_on")


def _broken_sources(tables: dict[str, pd.DataFrame]) -> Iterator[Violation]:
    for name in ("documents", "zones", "evaluations"):
        yield from broken_sources(tables[name], f"{name}.csv", "sources")
    for name in ("documents", "measures"):
        yield from unofficial(tables[name], f"{name}.csv", "url")


def _broken_measures(tables: dict[str, pd.DataFrame]) -> Iterator[Violation]:
    for row, measure in tables["measures"].iterrows():
        if measure["ended_on"] < measure["in_force_on"]:
            value = measure["ended_on"].date().isoformat()
            yield _at("measures", row, "ended_on", value, "must not be before in_force_on")
        for lang in ("zh", "en"):
            text = measure[f"doubt_{lang}"]
            if bool(text) == pd.isna(measure["doubt_from"]):
                rule = "a doubt has a day and a text in both languages"
                yield _at("measures", row, f"doubt_{lang}", text, rule)


def _broken_evaluations(tables: dict[str, pd.DataFrame]) -> Iterator[Violation]:
    for row, evaluation in tables["evaluations"].iterrows():
        tiers, total = evaluation[[*TIERS]], evaluation["zones_evaluated"]
        if pd.isna(total):
            continue
        placed = int(tiers.sum())
        if placed > total or (placed != total and tiers.notna().all()):
            rule = f"must be the {placed} zones of all tiers, or more where a tier is empty"
            yield _at("evaluations", row, "zones_evaluated", str(total), rule)


def _broken_history(tables: dict[str, pd.DataFrame]) -> Iterator[Violation]:
    events = tables["events"]
    approvals = events[events["action"] == APPROVE]
    revocations = events[events["action"] == REVOKE]
    approved_on = approvals.groupby("zone_id")["on"].min()
    revoked_on = revocations.groupby("zone_id")["on"].min()
    for row, zone_id in tables["zones"]["zone_id"].items():
        if zone_id not in approved_on.index:
            yield _at("zones", row, "zone_id", zone_id, "must be approved by an event")
    batches = tables["documents"].set_index("document_no")["batch"]
    for row, event in approvals[approvals["document_no"].map(batches).isna()].iterrows():
        yield _at(
            "events", row, "document_no", event["document_no"], "must have a batch to approve"
        )
    for row, event in approvals[approvals["successor_zone_id"] != ""].iterrows():
        rule = "only a revocation names a successor"
        yield _at("events", row, "successor_zone_id", event["successor_zone_id"], rule)
    for row, event in revocations.iterrows():
        zone_id, successor, day = event["zone_id"], event["successor_zone_id"], event["on"]
        # a comparison with a date that is missing is false, and then the rule is broken
        if not approved_on.get(zone_id, pd.NaT) < day:
            rule = "must have been approved on an earlier day than it is revoked"
            yield _at("events", row, "zone_id", zone_id, rule)
        active = approved_on.get(successor, pd.NaT) <= day and not (
            revoked_on.get(successor, pd.NaT) <= day
        )
        if successor and not active:
            rule = f"must be active on {day.date()}, when its predecessor is revoked"
            yield _at("events", row, "successor_zone_id", successor, rule)


def _at(table: str, line: object, column: str, value: str, rule: str) -> Violation:
    return Violation(f"{table}.csv", line_of(line), column, value, rule)


def _rows(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {str(key): row for key, row in table.to_dict("index").items()}
