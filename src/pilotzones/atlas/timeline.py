"""What is true on a day, what changed between two days, and where the timeline stops."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pilotzones.atlas.register import APPROVE, Register

ACTIVE = "active"
REVOKED = "revoked"
PENDING = "pending"

GAINED = "gained"
LOST = "lost"
PASSED = "gained and lost"


@dataclass(frozen=True)
class Stop:
    """A day on which a document changed the set of active zones.

    Parameters
    ----------
    on
        Publication date of the document.
    document_no
        Number of the document.
    batch
        Ordinal of the batch, ``None`` for a document that approves nothing.
    approved
        Identifiers of the zones it approved.
    revoked
        Identifiers of the zones it revoked.
    active_after
        Number of zones active from that day on.
    """

    on: date
    document_no: str
    batch: int | None
    approved: tuple[str, ...]
    revoked: tuple[str, ...]
    active_after: int


def state_on(register: Register, day: date) -> pd.DataFrame:
    """Tell the status of every zone on a day.

    Parameters
    ----------
    register
        The facts.
    day
        Any day; an event counts from the publication date of its document on.

    Returns
    -------
    pandas.DataFrame
        The rows of `Register.histories` with a first column ``status``: ``"active"``,
        ``"revoked"``, or ``"pending"`` for a zone that was not approved yet.
    """
    state = register.histories.copy()
    moment = pd.Timestamp(day)
    status = pd.Series(PENDING, index=state.index)
    status[state["approved_on"] <= moment] = ACTIVE
    status[state["revoked_on"] <= moment] = REVOKED
    state.insert(0, "status", status)
    return state


def changes(register: Register, since: date, on: date) -> pd.DataFrame:
    """Tell what changed after one day, up to and including another.

    Parameters
    ----------
    register
        The facts.
    since
        The earlier day.
    on
        The later day.

    Returns
    -------
    pandas.DataFrame
        Index ``zone_id``, only zones whose status differs; columns ``change`` (``"gained"``,
        ``"lost"``, ``"gained and lost"``), ``from_status``, ``to_status`` and those of
        `Register.histories`.

    Raises
    ------
    ValueError
        If `since` is after `on`.
    """
    if since > on:
        message = f"since ({since}) is after on ({on}); exchange the two days"
        raise ValueError(message)
    before, after = state_on(register, since)["status"], state_on(register, on)["status"]
    table = register.histories.copy()
    table.insert(0, "from_status", before)
    table.insert(1, "to_status", after)
    table = table[before != after]
    kinds = {(PENDING, ACTIVE): GAINED, (ACTIVE, REVOKED): LOST, (PENDING, REVOKED): PASSED}
    pairs = zip(table["from_status"], table["to_status"], strict=True)
    table.insert(0, "change", [kinds[pair] for pair in pairs])
    return table


def stops(register: Register) -> list[Stop]:
    """List the stops of the timeline.

    Parameters
    ----------
    register
        The facts.

    Returns
    -------
    list of Stop
        One a document, in the order of publication.
    """
    found = []
    active = 0
    for document_no, document in register.documents.iterrows():
        events = register.events[register.events["document_no"] == document_no]
        approves = events["action"] == APPROVE
        approved = tuple(events.loc[approves, "zone_id"])
        revoked = tuple(events.loc[~approves, "zone_id"])
        active += len(approved) - len(revoked)
        batch = None if pd.isna(document["batch"]) else int(document["batch"])
        found.append(
            Stop(
                document["published_on"].date(), str(document_no), batch, approved, revoked, active
            )
        )
    return found


def stop_on(all_stops: list[Stop], day: date) -> Stop | None:
    """Find the stop whose state holds on a day.

    Parameters
    ----------
    all_stops
        The stops, in order.
    day
        Any day.

    Returns
    -------
    Stop or None
        The latest stop that is not after the day, ``None`` before the first.
    """
    return next((stop for stop in reversed(all_stops) if stop.on <= day), None)
