"""The View of a visitor: in the address, in the session, and in the controls.

The address is the truth. When it says something new (a link was opened, the back button pressed)
the View is read from it; when a control changes, the View is written to it.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.errors import Problem
from pilotzones.i18n import preferred_language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View, parse_view

_KEY = "pilotzones"


@dataclass
class Visit:
    """What is kept of a visitor between two runs.

    Parameters
    ----------
    view
        What is chosen.
    pairs
        The parameters of the address that the View was read from or written to.
    problems
        Values of the address that were left out.
    moves
        How often the map was asked to move; it moves when the number changes.
    look_at_zone
        Whether the last move was to a zone rather than to what the filters leave.
    compares
        Whether the open page compares two days.
    eve
        The eve of the document of the day: the earlier day until another is chosen.
    holds
        Whether the map keeps to its day wherever the slider is.
    near
        Zones that do not pass the filters and that the map shows in outline, while they are active.
    heard
        Number of the last question of the slider; a slider that is ahead knows what is answered.
    session
        Tells this session from one that the page had with another process.
    """

    view: View
    pairs: list[tuple[str, str]]
    problems: list[Problem] = field(default_factory=list)
    moves: int = 0
    look_at_zone: bool = False
    compares: bool = False
    eve: date = date.min
    holds: bool = False
    near: tuple[str, ...] = ()
    heard: int = 0
    session: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def shown(self) -> View:
        """What the open page shows: the earlier day counts only where two days are compared."""
        if self.compares:
            return self.view.compare(self.view.since or self.eve)
        return replace(self.view, since=None)

    @property
    def follows(self) -> bool:
        """Whether the earlier day moves with the slider, as it does until another is chosen."""
        return self.compares and self.view.since in {None, self.eve}

    @property
    def at_each_stop(self) -> View:
        """What the open page would show at each stop, for `frames.frames`."""
        return replace(self.shown, since=None) if self.follows else self.shown


def visit(atlas: Atlas, *, compares: bool = False) -> Visit:
    """Bring the visitor's View up to what the address says.

    Parameters
    ----------
    atlas
        The facts.
    compares
        Whether the page compares two days; on the others the earlier day rests.

    Returns
    -------
    Visit
        The one of this session.
    """
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    kept: Visit | None = st.session_state.get(_KEY)
    if kept is None or pairs != kept.pairs:
        lang = kept.view.lang if kept else preferred_language(st.context.locale)
        view, problems = parse_view(pairs, atlas, lang=lang)
        known = kept or Visit(view, pairs, moves=-1)
        kept = replace(
            known,
            view=view,
            pairs=pairs,
            problems=problems,
            moves=known.moves + 1,
            look_at_zone=view.zone is not None,
        )
        st.session_state[_KEY] = kept
    kept.compares = compares
    kept.eve = Answer(atlas, replace(kept.view, since=None)).since
    return kept


def choose(**fields: Any) -> None:  # noqa: ANN401 - the fields of a View
    """Change the View, and write it to the address.

    Parameters
    ----------
    **fields
        Fields of `View` and their new values.
    """
    kept: Visit = st.session_state[_KEY]
    since = fields.get("since", kept.view.since)
    if since and (since > fields.get("on", kept.view.on) or fields.get("statuses")):
        # the day was moved past the earlier one, or what two days do not have was chosen: the page
        # Compare takes the eve of the document of the day
        fields["since"] = None
    if fields.get("since"):
        fields["statuses"] = ()
    kept.view = replace(kept.view, **fields)
    kept.problems = []
    kept.pairs = kept.view.pairs()
    by_name: dict[str, list[str]] = {}
    for name, value in kept.pairs:
        by_name.setdefault(name, []).append(value)
    st.query_params.from_dict(by_name)


def step_to(day: date, question: int) -> None:
    """Go where the slider came to rest.

    Parameters
    ----------
    day
        The day.
    question
        Number of the question; each has a higher one than those before.
    """
    kept: Visit = st.session_state[_KEY]
    choose(on=day, since=None if kept.follows else kept.view.since)
    kept.heard = question


def follow_link(query: str, known: str) -> str:
    """Let a link to a page keep what was chosen after it was drawn.

    Parameters
    ----------
    query
        The query of the link.
    known
        The View that the link was drawn for, as a query.

    Returns
    -------
    str
        The query, with the View of now for all that the link itself does not change.
    """
    kept: Visit = st.session_state[_KEY]
    if kept.view.query() == known:
        return query
    asked, drawn_for, now = (parse_qs(q) for q in (query, known, kept.view.query()))
    changed = {name for name in {*asked, *drawn_for} if asked.get(name) != drawn_for.get(name)}
    now = {name: values for name, values in now.items() if name not in changed}
    now |= {name: asked[name] for name in asked if name in changed}
    # the browser wrote the older query, and would be taken at its word
    st.query_params.from_dict(now)
    return urlencode(now, doseq=True)


def follow(key: str, field: str) -> None:
    """Give a control the value of a field of the View, which is the truth, and keep it there.

    Parameters
    ----------
    key
        Key of the control; call this before it is drawn, and hand `choose_from` to it.
    field
        Field of `View`, as the open page shows it.
    """
    value = getattr(st.session_state[_KEY].shown, field)
    # also after a change that did not come from this control
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def choose_from(key: str, field: str) -> None:
    """Write the value of a control to a field of the View."""
    choose(**{field: st.session_state[key]})


def toggle_province(adcode: str) -> None:
    """Filter by a provincial division, or stop doing so.

    Parameters
    ----------
    adcode
        Its code.
    """
    chosen = st.session_state[_KEY].view.provinces
    rest = tuple(code for code in chosen if code != adcode)
    choose(provinces=rest if adcode in chosen else (*chosen, adcode))
    move(to_zone=False)


def move(*, to_zone: bool) -> None:
    """Ask the map to move, to the chosen zone or to what the filters leave."""
    kept: Visit = st.session_state[_KEY]
    kept.moves += 1
    kept.look_at_zone = to_zone


def open_zone(zone_id: str | None) -> None:
    """Open a zone and go to it on the map; with no identifier close the one that is open."""
    choose(zone=zone_id or None)
    move(to_zone=bool(zone_id))
