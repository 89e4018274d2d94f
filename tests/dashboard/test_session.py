"""What the browser sends is taken only where the atlas knows it."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

START = {"on": "2025-04-25", "province": "460000", "zone": "hainan", "lang": "en"}


def script(act, events):
    """Be a page whose component sends events."""
    import streamlit as st  # noqa: PLC0415 - the function is run as a script of its own

    from pilotzones.atlas import current_atlas  # noqa: PLC0415
    from pilotzones.dashboard import session  # noqa: PLC0415

    visit = session.current_visit(current_atlas())
    st.session_state["before"] = visit.view
    for event in events:
        getattr(session, act)(event)
    st.session_state["after"] = visit.view
    st.session_state["link"] = session.followed_link()


def react(act, *events):
    """Let a session act on events, as the component that they come from does."""
    app = AppTest.from_function(script, args=(act, events), default_timeout=60)
    app.query_params.update(START)
    app.run()
    assert not app.exception
    states = {name: app.session_state[name] for name in ("before", "after", "link")}
    # one value of a name comes as it is, several as a list
    return SimpleNamespace(address=dict(app.query_params), **states)


FORGED = [5, True, ["hainan"], {"zone": "hainan"}, "nowhere", "../zh", "\ud800", "999999"]
FORGED_STEPS = [
    "2020-01-01",
    {"day": "2020-01-01"},
    {"day": "2020-01-01", "number": "1"},
    *({"day": day, "number": 1} for day in ("1999-01-01", "2999-01-01", "soon", 5, None)),
    *({"day": days, "number": 1} for days in ("2020-01-02/2020-01-01", "soon/2020-01-01", "//")),
    {"day": "2019-01-01/2020-01-01/2021-01-01", "number": 1},
]
FORGED_LINKS = [
    "compare",
    {"page": "compare"},
    {"page": 5, "query": "", "known": ""},
    {"page": "compare", "query": ["on"], "known": ""},
    {"page": "compare", "query": "q=\ud800", "known": ""},
]


@pytest.mark.parametrize(
    ("act", "events"),
    [
        ("open_zone", FORGED),
        ("mark_zone", FORGED),
        ("toggle_province", FORGED),
        ("choose_language", FORGED),
        ("step_to", FORGED_STEPS),
        ("follow_link", FORGED_LINKS),
    ],
)
def test_forged_events_change_nothing(act, events):
    session = react(act, *events)
    assert session.after == session.before
    assert session.link is None
    assert session.address == START


@pytest.mark.parametrize(
    ("act", "event", "changed"),
    [
        ("open_zone", "haikou", {"zone": "haikou"}),
        ("open_zone", "", {"zone": None}),
        ("mark_zone", None, {"zone": None}),
        ("toggle_province", "460000", {"province": None}),
        ("toggle_province", "110000", {"province": ["460000", "110000"]}),
        ("choose_language", "zh", {"lang": "zh"}),
        ("step_to", {"day": "2020-05-06", "number": 1}, {"on": "2020-05-06"}),
        (
            "step_to",
            {"day": "2019-01-01/2025-04-25", "number": 1},
            {"since": "2019-01-01"},
        ),
    ],
)
def test_an_event_changes_the_address(act, event, changed):
    expected = {name: value for name, value in (START | changed).items() if value}
    assert react(act, event).address == expected


def test_a_link_is_followed_with_what_was_chosen_since_it_was_drawn():
    known = "on=2025-04-25&lang=en"
    link = react("follow_link", {"page": "", "query": "on=2020-05-06&lang=en", "known": known}).link
    assert link.page == ""
    assert link.query == "province=460000&zone=hainan&lang=en&on=2020-05-06"
