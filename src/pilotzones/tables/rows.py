"""A View as a table: zones, changes, documents, provinces, borders, ports, events and more.

The columns and their meanings are in :mod:`pilotzones.tables.columns`. Every table ends with the
day, the filters, the version of the data, the credit and the licence, so that a row can be quoted
alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import document_address
from pilotzones.atlas.sources import official_sources
from pilotzones.atlas.timeline import ACTIVE, PENDING, REVOKED, status_on
from pilotzones.credits import CREDIT, LICENCE
from pilotzones.query.answer import Answer
from pilotzones.query.borders import ports_near_borders, zones_near_borders
from pilotzones.query.coverage import province_coverage
from pilotzones.query.days import as_days
from pilotzones.query.growth import zone_groups
from pilotzones.query.view import View
from pilotzones.query.zones import described
from pilotzones.tables import columns
from pilotzones.tables.columns import Column, names_of

# one zone lies in another: the pair is listed once
WITHIN = "within"


def zone_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.ZONES`, one a zone of the View, in the order of approval.

    Lists are separated by spaces, days are ``datetime.date`` or ``None``; ``drawn_area_km2`` (km²)
    is measured on the drawn polygon, ``lon`` and ``lat`` are degrees on WGS 84.
    """
    return _zone_rows(answer, answer.zones)


def zone_row(answer: Answer, zone_id: str) -> pd.DataFrame:
    """Return the row of one zone as in `zone_table`; the filters do not count.

    ``status`` may be ``"pending"``. UnknownZoneError names the closest identifiers.
    """
    register = answer.atlas.register
    register.zone(zone_id)
    # the whole history: the approval of a zone that is not approved yet is part of its record
    facts = register.zones.join(answer.status).join(register.histories)
    row = facts.join(answer.atlas.boundaries.zones).loc[[zone_id]]
    return _zone_rows(answer.ask(answer.view.without_filters()), row)


def _zone_rows(answer: Answer, zones: pd.DataFrame) -> pd.DataFrame:
    # a revocation that lies after the day is not known on that day
    revoked = zones["status"] == REVOKED
    table = described(answer, zones).assign(
        zone_id=zones.index,
        checked_on=as_days(zones["checked_on"]),
        approved_on=as_days(zones["approved_on"]),
        revoked_on=as_days(zones["revoked_on"].where(revoked)),
        revoked_by=zones["revoked_by"].where(revoked),
        successor_zone_id=zones["successor_zone_id"].where(revoked),
    )
    return _finish(answer, table, columns.ZONES)


def changes_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.CHANGES`, one a zone whose status differs, in the order of the register.

    Without an earlier day in the View, they are the changes by the document in force
    (`Answer.since`).
    """
    register, table = answer.atlas.register, answer.changes
    table = register.zones.join(table, how="inner")
    revoked = table["to_status"] == REVOKED
    provinces = register.provinces.loc[table["province_adcode"]]
    approval = register.documents.reindex(table["approved_by"])
    revocation = register.documents.reindex(table["revoked_by"].where(revoked))
    successor = register.zones.reindex(table["successor_zone_id"].where(revoked))
    table = table.assign(
        zone_id=table.index,
        province_zh=provinces["name_zh"].to_numpy(),
        province_en=provinces["name_en"].to_numpy(),
        approved_on=as_days(table["approved_on"]),
        approval_title_zh=approval["title_zh"].to_numpy(),
        approval_title_en=approval["title_en"].to_numpy(),
        approval_url=_addresses(approval),
        revoked_on=as_days(table["revoked_on"].where(revoked)),
        revoked_by=table["revoked_by"].where(revoked),
        revocation_title_zh=revocation["title_zh"].to_numpy(),
        revocation_title_en=revocation["title_en"].to_numpy(),
        revocation_url=_addresses(revocation),
        successor_zone_id=table["successor_zone_id"].where(revoked),
        successor_zh=successor["name_zh"].to_numpy(),
        successor_en=successor["name_en"].to_numpy(),
        since=answer.since,
    )
    return _finish(answer.compared, table, columns.CHANGES)


def documents_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.DOCUMENTS` up to the day, in the order of publication."""
    register = answer.atlas.register
    keep = answer.passing
    counts = {}
    for stop in answer.atlas.stops:
        active = status_on(register, stop.on) == ACTIVE
        done = [keep[[*zones]].sum() for zones in (stop.approved, stop.revoked)]
        counts[stop.document_no] = [*done, (active & keep).sum()]
    names = ["approved", "revoked", "active_after"]
    counted = pd.DataFrame.from_dict(counts, orient="index", columns=names)
    table = register.documents.join(counted)
    table = table[table["published_on"] <= pd.Timestamp(answer.view.on)]
    table = table.assign(
        document_no=table.index,
        signed_on=as_days(table["signed_on"]),
        published_on=as_days(table["published_on"]),
        checked_on=as_days(table["checked_on"]),
        official_sources=table["sources"].map(official_sources),
    )
    return _finish(answer, table, columns.DOCUMENTS)


def provinces_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.PROVINCES`, one a provincial division, in the order of the register.

    Divisions without a zone are included; a View with provinces or regions has those
    alone, unless zones elsewhere may pass as well. Areas are in km².
    """
    zones = answer.zones
    active = zones["status"] == ACTIVE
    coverage = province_coverage(answer.atlas, zones.index[active])
    table = answer.atlas.register.provinces.join(coverage)
    for status in (ACTIVE, REVOKED):
        counts = zones.loc[zones["status"] == status, "province_adcode"].value_counts()
        table[status] = counts.reindex(table.index, fill_value=0)
    first = zones.groupby("province_adcode")["approved_on"].min().reindex(table.index)
    table = table.assign(
        adcode=table.index,
        first_approved_on=as_days(first),
        county_zones=table["county_zones"].str.join(" "),
    )
    return _finish(answer, table.loc[answer.provinces], columns.PROVINCES)


def borders_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.BORDERS`: `borders.zones_near_borders` with names; lengths in km."""
    rows = _with_names(answer.atlas, zones_near_borders(answer))
    return _finish(answer, rows, columns.BORDERS, _within(answer.view))


def ports_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.PORTS`: `borders.ports_near_borders` with names."""
    ports = ports_near_borders(answer)
    rows = _with_names(answer.atlas, ports.assign(checked_on=as_days(ports["checked_on"])))
    return _finish(answer, rows, columns.PORTS, _within(answer.view))


def events_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.EVENTS`: approvals and revocations up to the day, in their order."""
    register, keep = answer.atlas.register, answer.passing
    events = register.events[register.events["on"] <= pd.Timestamp(answer.view.on)]
    events = events[events["zone_id"].map(keep)]
    documents = register.documents.loc[events["document_no"]]
    table = _with_names_of_zones(answer.atlas, events).assign(
        on=as_days(events["on"]),
        successor_zone_id=events["successor_zone_id"].replace("", None),
        **{name: documents[name].to_numpy() for name in ("batch", "title_zh", "title_en")},
        signed_on=as_days(documents["signed_on"]).to_numpy(),
        url=_addresses(documents),
    )
    return _finish(answer, table, columns.EVENTS)


def divisions_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.DIVISIONS`, one a division, in the order of their codes.

    Of the filters those by province and region count alone. Areas are in km².
    """
    view, on = answer.view, answer.view.on
    kept = {name: getattr(view, name) for name in ("provinces", "regions", "match")}
    answer = answer.ask(replace(view.without_filters(), **kept))
    places = answer.atlas.places
    table = places.table.join(places.status_on(on)).rename(columns={"area_km2": "drawn_area_km2"})
    # those without any zone, such as Taiwan, are not among the provinces of the register
    if view.provinces or view.regions:
        table = table[table["province_adcode"].isin(answer.provinces)]
    above = places.table.loc[table["province_adcode"]]
    table = table.assign(
        adcode=table.index,
        name_basis=table["basis"],
        province_zh=above["name_zh"].to_numpy(),
        province_en=above["name_en"].to_numpy(),
        zone_ids=[" ".join(places.zones_on(str(code), on)) for code in table.index],
        share_area=table["share_area"].round(4),
        share_counties=table["share_counties"].round(4),
    )
    return _finish(answer, table, columns.DIVISIONS)


def overlaps_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.OVERLAPS`, one a pair of zones of which both are approved by the day.

    One of them, or both, pass the filters. Areas are in km².
    """
    pairs = answer.atlas.boundaries.overlaps
    pairs = pairs[pairs["relation"] == WITHIN]
    sides = [pairs["zone_id"], pairs["other_zone_id"]]
    known = [side.map(answer.status) != PENDING for side in sides]
    asked = [side.map(answer.passing) for side in sides]
    pairs = pairs[known[0] & known[1] & (asked[0] | asked[1])]
    zones = answer.atlas.register.zones
    inner, outer = zones.loc[pairs["zone_id"]], zones.loc[pairs["other_zone_id"]]
    table = pairs.assign(
        zone_zh=inner["name_zh"].to_numpy(),
        zone_en=inner["name_en"].to_numpy(),
        status=pairs["zone_id"].map(answer.status),
        other_zh=outer["name_zh"].to_numpy(),
        other_en=outer["name_en"].to_numpy(),
        other_status=pairs["other_zone_id"].map(answer.status),
    )
    return _finish(answer, table, columns.OVERLAPS)


def timeline_table(answer: Answer) -> pd.DataFrame:
    """Rows of `columns.TIMELINE`: documents up to the day, each by group of zones.

    The groups are those of `zone_groups`; a View with provinces, regions or border regions has
    those alone.
    """
    view, register = answer.view, answer.atlas.register
    keep = set(answer.passing.index[answer.passing])
    asked = {"province": view.provinces, "region": view.regions, "border": view.neighbours}
    groups = [
        (group, zones & keep)
        for group, zones in zone_groups(answer.atlas)
        if not asked.get(group.kind) or group.key in asked[group.kind]
    ]
    rows = []
    for stop in answer.atlas.stops:
        if stop.on > view.on:
            break
        status = status_on(register, stop.on)
        active = set(status.index[status == ACTIVE])
        rows += [
            [stop.on, stop.document_no, *group, len(active & zones)]
            + [len(zones.intersection(done)) for done in (stop.approved, stop.revoked)]
            for group, zones in groups
        ]
    names = [column.name for column in columns.TIMELINE if column.name not in columns.PROVENANCE]
    return _finish(answer, pd.DataFrame(rows, columns=names), columns.TIMELINE)


@dataclass(frozen=True)
class Table:
    """One kind of table.

    Parameters
    ----------
    name
        Its name in addresses and commands.
    columns
        Its columns.
    rows
        Returns its rows.
    layer
        The boundary layer whose features belong to the rows by the first column, ``None`` where
        the rows have no place on a map.
    near
        Whether the rows depend on how far from a border is near (`View.within`).
    without
        Parameters of a View that it does not take.
    zone_id
        The zone, where the table is the record of one.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Answer], pd.DataFrame]
    layer: Literal["zones", "provinces"] | None = None
    near: bool = False
    without: tuple[str, ...] = ()
    zone_id: str = ""

    @property
    def key(self) -> str:
        """The column that identifies a row."""
        return self.columns[0].name

    def filters(self, view: View) -> list[tuple[str, str]]:
        """Return the filters, and the distance where it counts, as parameters of a query."""
        taken = [pair for pair in view.filters() if pair[0] not in self.without]
        return [*taken, *(_within(view) if self.near else [])]


TABLES = {
    table.name: table
    for table in (
        Table("zones", columns.ZONES, zone_table, "zones"),
        Table("changes", columns.CHANGES, changes_table, "zones", without=("status",)),
        Table("documents", columns.DOCUMENTS, documents_table),
        Table("provinces", columns.PROVINCES, provinces_table, "provinces"),
        Table("borders", columns.BORDERS, borders_table, near=True),
        Table("ports", columns.PORTS, ports_table, near=True),
        Table("events", columns.EVENTS, events_table),
        Table(
            "divisions",
            columns.DIVISIONS,
            divisions_table,
            without=("neighbour", "batch", "status", "q"),
        ),
        Table("overlaps", columns.OVERLAPS, overlaps_table),
        Table("timeline", columns.TIMELINE, timeline_table),
    )
}


def one_zone(zone_id: str) -> Table:
    """Return the table of the record of one zone, which ignores the filters."""
    zones = TABLES["zones"]
    return replace(zones, rows=lambda answer: zone_row(answer, zone_id), zone_id=zone_id)


def _with_names(atlas: Atlas, rows: pd.DataFrame) -> pd.DataFrame:
    neighbours = atlas.boundaries.neighbours.loc[rows["neighbour_iso3"]]
    return _with_names_of_zones(atlas, rows).assign(
        neighbour_zh=neighbours["name_zh"].to_numpy(), neighbour_en=neighbours["name_en"].to_numpy()
    )


def _with_names_of_zones(atlas: Atlas, rows: pd.DataFrame) -> pd.DataFrame:
    zones = atlas.register.zones.loc[rows["zone_id"]]
    provinces = atlas.register.provinces.loc[zones["province_adcode"]]
    names = {
        f"{what}_{lang}": table[f"name_{lang}"].to_numpy()
        for what, table in (("zone", zones), ("province", provinces))
        for lang in ("zh", "en")
    }
    return rows.assign(**names, province_adcode=provinces.index.to_numpy())


def _within(view: View) -> list[tuple[str, str]]:
    return [("within", str(view.within))]


def _finish(
    answer: Answer,
    table: pd.DataFrame,
    described: Iterable[Column],
    more: Iterable[tuple[str, str]] = (),
) -> pd.DataFrame:
    table = table.assign(
        as_of=answer.view.on,
        filters=urlencode([*answer.view.filters(), *more]),
        data_version=answer.atlas.data_version,
        credit=CREDIT,
        licence=LICENCE,
    )
    return table[names_of(described)].reset_index(drop=True)


def _addresses(documents: pd.DataFrame) -> list[str | None]:
    return [
        # a zone that is not revoked has no revoking document
        None if pd.isna(document["url"]) else document_address(document) or None
        for _number, document in documents.iterrows()
    ]
