"""The View of a visitor: in the address, in the session, and in the controls.

The address is the truth. When it says something new (a link was opened, the back button pressed)
the View is read from it; when a control changes, the View is written to it. What the browser sends
goes through the same gate as the address: a value that the atlas does not know is ignored.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from pilotzones.atlas import Atlas, current_atlas
from pilotzones.errors import InvalidValueError, Problem
from pilotzones.i18n import preferred_language
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.query.reader import read_day
from pilotzones.query.sight import PARAMETER, Sight, parse_sight
from pilotzones.query.versions import atlas_asked
from pilotzones.query.view import View

_KEY = "pilotzones"
_LINK = "link"
_LINK_PARTS = ("page", "query", "known")


@dataclass
class Visit:
    """What is kept of a visitor between two runs.

    Parameters
    ----------
    view
        What is chosen.
    pairs
        The parameters of the address that the View was read from or written to, and `own`.
    own
        Those of them that are the page's own and no part of the View.
    known_own
        Those that each page had last, by the names that they may have.
    owner
        The names of the page that is open.
    problems
        Values of the address that were replaced or ignored.
    moves
        How often the map was asked to move; it moves when the number changes.
    look_at_zone
        Whether the last move was to a zone rather than to what the filters leave.
    compares
        Whether the open page compares two days.
    eve
        The eve of the document of the day: the earlier day until another is chosen.
    heard
        Number of the last event of the slider; a slider that is ahead knows what is answered.
    session
        Distinguishes this session from one that the page had with another process.
    """

    view: View
    pairs: list[tuple[str, str]]
    own: list[tuple[str, str]] = field(default_factory=list)
    known_own: dict[tuple[str, ...], list[tuple[str, str]]] = field(default_factory=dict)
    owner: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    moves: int = 0
    look_at_zone: bool = False
    compares: bool = False
    eve: date = date.min
    heard: int = 0
    session: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def shown(self) -> View:
        """What the open page shows: the earlier day counts only where two days are compared."""
        return self.view.compare(self.view.since or self.eve if self.compares else None)

    @property
    def sight(self) -> Sight | None:
        """The part of the map that the address asks for."""
        return parse_sight(pair for pair in self.own if pair[0] == PARAMETER)[0]

    @property
    def follows(self) -> bool:
        """Whether the earlier day moves with the slider, as it does until another is chosen."""
        return self.compares and self.view.since in {None, self.eve}

    @property
    def at_each_stop(self) -> View:
        """What the open page would show at each stop, for `query.roles.frames`."""
        return self.shown.compare(None) if self.follows else self.shown


@dataclass(frozen=True)
class Link:
    """A link to a page that was followed: path of the page, empty for the atlas, and query."""

    page: str
    query: str


def current_visit(atlas: Atlas, *, compares: bool = False, own: tuple[str, ...] = ()) -> Visit:
    """Bring the visitor's View up to the address, for a page of one day or of two.

    `own` names the parameters that are the page's own; who comes back to the page finds those that
    it had.
    """
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    kept: Visit | None = st.session_state.get(_KEY)
    if kept is None or pairs != kept.pairs:
        lang = kept.view.lang if kept else preferred_language(st.context.locale)
        of_page = [pair for pair in pairs if pair[0] in own]
        view, problems = parse_view([p for p in pairs if p[0] not in own], atlas, lang=lang)
        sight, unseen = parse_sight(pair for pair in of_page if pair[0] == PARAMETER)
        if sight is None:
            of_page = [pair for pair in of_page if pair[0] != PARAMETER]
        known = kept or Visit(view, pairs, moves=-1)
        kept = replace(
            known,
            view=view,
            pairs=pairs,
            own=of_page,
            problems=[*problems, *unseen],
            moves=known.moves + 1,
            look_at_zone=view.zone is not None,
        )
        st.session_state[_KEY] = kept
    if own != kept.owner and not kept.own and kept.known_own.get(own):
        kept.own = kept.known_own[own]
        _write_address(kept)
    kept.owner = own
    kept.known_own[own] = kept.own
    kept.compares = compares
    kept.eve = Answer(atlas, kept.view.compare(None)).since
    return kept


def choose(**fields: Any) -> None:  # noqa: ANN401 - the fields of a View
    """Change fields of the View and write it to the address; what is unknown is ignored."""
    _accept(**fields)


def _accept(**fields: Any) -> bool:  # noqa: ANN401 - as above
    kept = _visit()
    since = fields.pop("since", kept.view.since)
    if since and (since > fields.get("on", kept.view.on) or fields.get("statuses")):
        # the day was moved past the earlier one, or a status was chosen, which two days do not
        # have: the page Compare takes the eve of the document of the day
        since = None
    try:
        wanted = replace(kept.view.compare(None), **fields).compare(since)
    except InvalidValueError:
        return False
    atlas, _ = atlas_asked(current_atlas(), wanted.pairs())
    view, problems = parse_view(wanted.pairs(), atlas)
    if problems:
        return False
    kept.view = view
    kept.problems = []
    _write_address(kept)
    return True


def shown_view() -> View:
    """Return what the open page shows now, also where it was chosen after the page was drawn."""
    return _visit().shown


def choose_own(pairs: Iterable[tuple[str, str]]) -> None:
    """Write the page's own parameters to the address, in place of those that it had."""
    kept = _visit()
    kept.own = [*pairs]
    _write_address(kept)


def _write_address(kept: Visit) -> None:
    kept.pairs = [*kept.view.pairs(), *kept.own]
    by_name: dict[str, list[str]] = {}
    for name, value in kept.pairs:
        by_name.setdefault(name, []).append(value)
    st.query_params.from_dict(by_name)


def follow(key: str, field: str) -> None:
    """Give a control, before it is drawn, the value of a field of the View."""
    follow_own(key, getattr(shown_view(), field))


def follow_own(key: str, value: object) -> str:
    """Give a control, before it is drawn, what the page's own parameter says; return its key."""
    # also after a change that did not come from this control
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def just_chosen(
    own: tuple[str, ...], key: str, allowed: Collection[object] | None = None
) -> tuple[list[tuple[str, str]], Any] | None:
    """Return the parameters of a page as the address has them, and what a control was given.

    The address counts, not what was drawn: of two quick choices, the first may have ended the run
    that was to draw the control of the second. ``None`` where it is no choice: a browser that comes
    back to a page sends the values of its controls before the page is open, and while the language
    changes it sends a label, which is not `allowed`.
    """
    kept, value = _visit(), st.session_state[key]
    is_choice = kept.owner == own and (allowed is None or value in allowed)
    return (kept.own, value) if is_choice else None


def choose_from(key: str, field: str) -> None:
    """Write the value of a control to a field of the View."""
    choose(**{field: st.session_state[key]})


def move(*, to_zone: bool) -> None:
    """Ask the map to move, to the chosen zone or to what the filters leave."""
    kept = _visit()
    kept.moves += 1
    kept.look_at_zone = to_zone
    if kept.sight:
        choose_own(pair for pair in kept.own if pair[0] != PARAMETER)


def step_to(event: object) -> None:
    """Go to the ``day`` where the slider came to rest; the ``number`` of the event rises.

    Of a comparison it is an interval of two days, as in ISO 8601: both are the reader's own then.
    """
    if not isinstance(event, Mapping) or not isinstance(event.get("number"), int):
        return
    kept = _visit()
    kept.heard = event["number"]
    days = [read_day(text) for text in str(event.get("day")).split("/")]
    match days:
        case [date() as on]:
            choose(on=on)
        case [date() as since, date() as on] if since <= on:
            choose(on=on, since=since)


def open_zone(zone_id: object) -> None:
    """Open a zone and go to it on the map; an empty identifier closes the one that is open."""
    if mark_zone(zone_id):
        move(to_zone=bool(zone_id))


def mark_zone(zone_id: object) -> bool:
    """Open or close a zone and leave the map where it is; return whether there is such a zone."""
    return isinstance(zone_id, str | None) and _accept(zone=zone_id or None)


def toggle_province(adcode: object) -> None:
    """Filter by a provincial division, or stop filtering by it."""
    chosen = _visit().view.provinces
    rest = tuple(code for code in chosen if code != adcode)
    wanted = rest if adcode in chosen else (*chosen, adcode)
    if isinstance(adcode, str) and _accept(provinces=wanted):
        move(to_zone=False)


def choose_language(lang: object) -> None:
    """Choose the language of the page."""
    if isinstance(lang, str):
        choose(lang=lang)


def follow_link(event: object) -> None:
    """Take a link to a page: ``page``, ``query``, and ``known``, the View that it was drawn for."""
    st.session_state[_LINK] = None
    if not isinstance(event, Mapping):
        return
    page, query, known = (str(event.get(part)) for part in _LINK_PARTS)
    # a browser writes queries in ASCII
    if all(isinstance(event.get(part), str) for part in _LINK_PARTS) and (query + known).isascii():
        st.session_state[_LINK] = Link(page, _with_later_choices(query, known))


def followed_link() -> Link | None:
    """Return the link that `follow_link` took last."""
    return st.session_state.get(_LINK)


def _with_later_choices(query: str, known: str) -> str:
    # a link changes some of the View; the rest may have been chosen since it was drawn
    now = _visit().view.query()
    if now == known:
        return query
    of_link, then, later = (parse_qs(each) for each in (query, known, now))
    changed = {name for name in {*of_link, *then} if of_link.get(name) != then.get(name)}
    merged = {name: values for name, values in later.items() if name not in changed}
    merged |= {name: of_link[name] for name in of_link if name in changed}
    # the browser has written the older query to the address
    st.query_params.from_dict(merged)
    return urlencode(merged, doseq=True)


def _visit() -> Visit:
    kept: Visit = st.session_state[_KEY]
    return kept
