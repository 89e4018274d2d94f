"""What the page on panels says to run elsewhere gives the panel that it shows."""

import shlex
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest

from pilotzones.atlas import current_atlas
from pilotzones.cli import main
from pilotzones.dashboard.panel_charts import label_lines
from pilotzones.dashboard.treatment import (
    api_address,
    command_line,
    places_file,
    python_call,
    remedies,
)
from pilotzones.i18n import Language
from pilotzones.query.panel import (
    FREQS,
    PARTIALS,
    RULES,
    PanelOptions,
    treatment_panel,
)
from pilotzones.query.place_questions import parse_panel
from pilotzones.query.units import UNITS

OPTIONS = st.builds(
    PanelOptions,
    first=st.integers(2000, 2019),
    last=st.integers(2019, 2025),
    unit=st.sampled_from(UNITS),
    freq=st.sampled_from(FREQS),
    clock=st.sampled_from(["published", "signed"]),
    rule=st.sampled_from(RULES),
    partial=st.sampled_from(PARTIALS),
    weights=st.sampled_from(["none", "queen"]),
)
VERSION = current_atlas().register.version
OWN = PanelOptions(2018, 2020, unit="city", adcodes=("330100", "440600"), freq="half", rule="mid")


@settings(max_examples=40)
@given(OPTIONS)
def test_the_address_asks_for_the_same(options):
    pairs = [
        pair
        for pair in parse_qsl(urlsplit(api_address(options, "zh", VERSION)).query)
        if pair not in [("format", "dta"), ("data", VERSION)]
    ]
    question, problems = parse_panel(pairs, current_atlas())
    assert (question.options, question.lang, problems) == (options, "zh", [])


@pytest.mark.parametrize(
    "options", [PanelOptions(2018, 2020, unit="province", clock="signed"), OWN]
)
def test_command_and_call_make_the_same(options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places.csv").write_text(places_file(options.adcodes))
    program, *words = shlex.split(command_line(options, VERSION).replace("panel.dta", "panel.csv"))
    assert program == "pilotzones"
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    known = treatment_panel(current_atlas(), options).table
    # a byte order mark, the names of the columns, a line a row
    lines = (tmp_path / "panel.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].split(",") == [*known.columns]
    assert len(lines) == 1 + len(known)
    assert [line.split(",")[0] for line in lines[1:]] == known["adcode"].tolist()
    scope = {}
    # as a reader would run it
    exec(python_call(options, VERSION), scope)
    assert_frame_equal(scope["table"], known)


def field():
    """Be a page with the field for the reader's own places."""
    from pilotzones.atlas import current_atlas  # noqa: PLC0415 - run as a script of its own
    from pilotzones.dashboard import session, treatment  # noqa: PLC0415
    from pilotzones.dashboard.page import Page  # noqa: PLC0415

    atlas = current_atlas()
    treatment.own_places(Page("panel", atlas, {}, session.current_visit(atlas, compares=False)))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Foshan", ["Foshan"]),
        ("Qiandongnan Miao Dong Autonomous Prefecture",
         ["Qiandongnan Miao Dong", "Autonomous Prefecture"]),
        ("黔东南苗族侗族自治州", ["黔东南苗族侗族自治州"]),
        ("双江拉祜族佤族布朗族傣族自治县", ["双江拉祜族佤族", "布朗族傣族自治县"]),
    ],
)  # fmt: skip
def test_long_names_leave_room_for_the_tiles(name, lines):
    assert label_lines(name) == lines


def test_every_name_that_is_left_out_is_named():
    app = AppTest.from_function(field, default_timeout=60).run()
    lines = [
        "Suzhou",
        "Xi'an",
        *(f"Xyzzy{number}" for number in range(9)),
        "Foshan",
        "Qwx, Jiangsu",
    ]
    app.text_area(key="panel-places").set_value("\n".join(lines)).run()
    assert not app.exception
    shown = "\n".join(html.proto.body for html in app.get("html"))
    # two cities of one name, each with its province; the city before its districts
    assert "320500 Suzhou, Jiangsu; 341300 Suzhou, Anhui;" in shown
    assert "mean: 610100 Xi&#39;an, Shaanxi; 220403" in shown
    assert "Left out as well: “Xyzzy8” and “Qwx, Jiangsu”." in shown


@pytest.mark.parametrize(
    ("lang", "partly", "short"),
    [
        (
            "en",
            "“Units partly in a zone: are left out” leaves",
            "by the end of its first half” or “A period is treated: if in force from its first day”",
        ),
        (
            "zh",
            "选“部分位于综试区内的单元：剔除”可将其剔除",
            "选“一期视为受处理的条件：前半期结束前已实施”或“一期视为受处理的条件：自期初第一天起已实施”可将其移至下一期",
        ),
    ],
)
def test_warnings_name_the_controls_of_the_page(lang, partly, short):
    t, atlas = Language(lang), current_atlas()
    caveats = treatment_panel(atlas, PanelOptions(2013, 2023)).caveats
    said = {one.kind: one.text(t, atlas.places.rows, remedies(t)) for one in caveats}
    assert partly in said["partly covered controls"]
    assert short in said["short cohort"]
    assert "=" not in "".join(said.values())
