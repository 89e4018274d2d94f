"""Of choices that come together, as from a quick reader, none is lost."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def script(of):
    """Be a page with the controls of figures, of panels or of two days."""
    from pilotzones.atlas import current_atlas  # noqa: PLC0415 - run as a script of its own
    from pilotzones.dashboard import compare, figures, session, treatment  # noqa: PLC0415
    from pilotzones.dashboard.page import Page  # noqa: PLC0415

    atlas = current_atlas()
    own = {"figure": figures.FIGURE_CHOICES, "panel": treatment.PANEL_CHOICES}.get(of, ())
    visit = session.current_visit(atlas, compares=of == "compare", own=own)
    page = Page(of, atlas, {}, visit)
    if of == "figure":
        figures.choose_figure(page, figures.asked_figure(page), page.view)
    elif of == "panel":
        treatment.settings(page, treatment.asked_options(page))
    else:
        compare.days(page)


@pytest.mark.parametrize(
    ("of", "typed", "chosen"),
    [
        ("figure", {"title": "My title"}, {"size": "square", "labels": "none"}),
        ("panel", {}, {"unit": "county", "freq": "half", "from": 2017}),
        ("compare", {"since": "2019-12-31", "on": "2022-02-08"}, {}),
    ],
)
def test_choices_that_come_together_all_count(of, typed, chosen):
    app = AppTest.from_function(script, args=(of,), default_timeout=60).run()
    for name, value in typed.items():
        app.text_input(key=f"{of}-{name}").set_value(value)
    for name, value in chosen.items():
        app.selectbox(key=f"{of}-{name}").set_value(value)
    app.run()
    assert not app.exception
    expected = {name: str(value) for name, value in (typed | chosen).items()}
    assert expected.items() <= dict(app.query_params).items()


def in_two_languages():
    """Be a page with one list, in the language that the session names."""
    import streamlit as st  # noqa: PLC0415 - run as a script of its own

    from pilotzones.dashboard.filters import choose_kept  # noqa: PLC0415

    names = {"en": {"a": "one", "b": "two"}, "zh": {"a": "一", "b": "二"}}
    lang = st.session_state.setdefault("lang", "en")
    st.text(choose_kept("List", ["a", "b"], "list", format_func=names[lang].__getitem__))
    st.button("More")


def test_a_choice_outlasts_a_change_of_language():
    app = AppTest.from_function(in_two_languages).run()
    app.selectbox(key="list").set_value("b").run()
    app.session_state["lang"] = "zh"
    app.run()
    app.button[0].click().run()
    assert not app.exception
    assert app.text[0].value == "b"


def names_of_one_level():
    """Be a page with a table of which all names are of one level."""
    import pandas as pd  # noqa: PLC0415 - run as a script of its own
    import streamlit as st  # noqa: PLC0415

    from pilotzones.dashboard.brought import Brought  # noqa: PLC0415
    from pilotzones.dashboard.own_data import choose_level  # noqa: PLC0415
    from pilotzones.i18n import Language  # noqa: PLC0415
    from pilotzones.query.own_table import Columns  # noqa: PLC0415

    table = pd.DataFrame({"city": ["朝阳"]})
    kept = st.session_state.setdefault("table", Brought(table, Columns("city"), 1))
    choose_level(Language(st.session_state.setdefault("lang", "en")), kept)


def test_the_level_of_all_names_outlasts_a_change_of_language():
    app = AppTest.from_function(names_of_one_level).run()
    app.button_group(key="own-level-1").set_value("prefecture").run()
    assert app.session_state["table"].level == "prefecture"
    app.session_state["lang"] = "zh"
    app.run()
    assert not app.exception
    assert app.button_group(key="own-level-1").value == "prefecture"
    assert app.session_state["table"].level == "prefecture"


def totals_of_a_long_name():
    """Be a page with totals over time of a column with a long name."""
    from datetime import date  # noqa: PLC0415 - run as a script of its own

    import pandas as pd  # noqa: PLC0415

    from pilotzones.atlas import current_atlas  # noqa: PLC0415
    from pilotzones.dashboard import own_data, session  # noqa: PLC0415
    from pilotzones.dashboard.page import Page  # noqa: PLC0415
    from pilotzones.query.own_table import Columns, place_rows  # noqa: PLC0415

    atlas = current_atlas()
    table = pd.DataFrame({"city": ["Foshan", "Foshan"], "day": ["2018", "2020"], "x": ["1", "2"]})
    placed = place_rows(atlas, table, Columns("city", "day", "x"), date(2020, 1, 1))
    page = Page("your-data", atlas, {}, session.current_visit(atlas))
    own_data.over_time(page, placed, "Exports of a year " * 5)


def test_a_long_name_stands_above_the_chart_of_totals():
    app = AppTest.from_function(totals_of_a_long_name, default_timeout=60).run()
    assert not app.exception
    (chart,) = app.get("vega_lite_chart")
    # along the axis it would leave no room for the chart
    assert json.loads(chart.proto.spec)["encoding"]["y"]["title"] is None
    assert "Exports of a year" in app.get("html")[0].proto.body
