"""Numbers agree everywhere: the core, the tables of the pages, the files, the API, the command."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from urllib.parse import parse_qsl, urlencode

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from asking import ask, ask_app
from click.testing import CliRunner
from starlette.applications import Starlette

from pilotzones import FigureOptions, InvalidValueError, draw_figure
from pilotzones.atlas.timeline import ACTIVE
from pilotzones.cli import main
from pilotzones.dashboard.compare import province_counts_frame
from pilotzones.dashboard.provinces import province_rows
from pilotzones.query.answer import Answer
from pilotzones.query.borders import zones_near_borders
from pilotzones.query.changes import change_rows
from pilotzones.query.parsing import parse_view
from pilotzones.query.roles import frame_on
from pilotzones.query.view import View
from pilotzones.query.zones import zones_geodataframe, zones_in_view
from pilotzones.server.operations import PREFIX
from pilotzones.server.routes import routes
from pilotzones.tables.files import write_file
from pilotzones.tables.rows import TABLES

QUERIES = [
    "on=2015-03-12",
    "on=2020-06-01&neighbour=VNM",
    "on=2022-11-14&neighbour=coast&batch=6",
    "on=2025-04-24",
    "on=2025-04-24&province=460000",
    "on=2025-04-25",
    "on=2025-04-25&province=440000",
    "on=2025-04-25&region=west",
    "on=2025-04-25&province=450000&neighbour=VNM&match=any",
    "on=2025-04-25&region=northeast&batch=8&match=any&q=hai",
    "on=2025-04-25&status=revoked",
    "on=2025-04-25&q=hai",
]


@pytest.fixture(params=QUERIES)
def query(request):
    return request.param


@pytest.fixture
def view(atlas, query):
    view, problems = parse_view(parse_qsl(query), atlas)
    assert problems == []
    return view


@pytest.fixture
def expected(atlas, view):
    """The zones shown on the day and which of them are active, as the core says."""
    zones = zones_in_view(atlas, view)
    return set(zones.index), set(zones.index[zones["status"] == ACTIVE])


def test_the_map_and_the_table_of_zones(atlas, view, expected):
    frame = frame_on(Answer(atlas, view))
    shown = {
        zone
        for zone, role in zip(atlas.register.zones.index, frame.roles, strict=True)
        if role != "."
    }
    assert shown == expected[0]
    assert frame.active == len(expected[1])
    assert set(zones_geodataframe(atlas, view).index) == expected[0]


def test_the_files(atlas, view, expected, tmp_path):
    files = {
        form: write_file(Answer(atlas, view), TABLES["zones"], form)
        for form in ("csv", "json", "xlsx", "geojson", "gpkg")
    }
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    column = rows[0].index("zone_id")
    package = tmp_path / "zones.gpkg"
    package.write_bytes(files["gpkg"])
    found = {
        "csv": pd.read_csv(io.BytesIO(files["csv"]))["zone_id"],
        "json": [zone["zone_id"] for zone in json.loads(files["json"])["zones"]],
        "xlsx": [row[column] for row in rows[1:] if row[column]],
        "geojson": [one["id"] for one in json.loads(files["geojson"])["features"]],
        "gpkg": gpd.read_file(package, layer="zones")["zone_id"],
    }
    assert {form: set(ids) for form, ids in found.items()} == dict.fromkeys(found, expected[0])


def test_the_api_and_the_command(query, expected):
    answer = ask_app(Starlette(routes=routes("")), f"/api/v1/zones?{query}").json()
    assert {zone["zone_id"] for zone in answer["zones"]} == expected[0]
    options = [word for name, value in parse_qsl(query) for word in (f"--{name}", value)]
    said = CliRunner().invoke(main, ["list", *options, "--format", "json"])
    assert said.exit_code == 0
    assert {zone["zone_id"] for zone in json.loads(said.stdout)["zones"]} == expected[0]


def test_the_provinces(atlas, view, expected):
    table = province_rows(Answer(atlas, view))
    table = table.loc[Answer(atlas, view).provinces]
    assert table["active"].sum() == len(expected[1])
    assert table["revoked"].sum() == len(expected[0] - expected[1])


def test_the_borders(atlas, view):
    for country in ("VNM", "RUS"):
        rows = zones_near_borders(Answer(atlas, replace(view, neighbours=(country,), within=0)))
        touching = {
            zone for zone, countries in atlas.boundaries.touching.items() if country in countries
        }
        touched = rows[rows["touches"] & (rows["neighbour_iso3"] == country)]
        found = set(touched["zone_id"])
        # the page's own filter is the country, whatever the filter by border region says
        others, _problems = parse_view(
            [pair for pair in view.pairs() if pair[0] != "neighbour"], atlas
        )
        if view.match == "any":
            # the country is one of the alternatives, so that the others do not narrow it
            others = others.without("provinces", "regions", "batches")
        zones = zones_in_view(atlas, others)
        assert found == touching & set(zones.index[zones["status"] == ACTIVE])


@pytest.mark.parametrize("earlier", [date(2015, 3, 11), None])
def test_the_comparison(atlas, view, earlier):
    since = earlier or view.on - timedelta(days=1)
    compared, problems = parse_view([*view.pairs(), ("since", since.isoformat())], atlas)
    # a zone has a status on each of the two days, so that one is no filter
    assert [problem.parameter for problem in problems] == ["status"] * len(view.statuses)
    shown = change_rows(Answer(atlas, compared))
    rows = pd.read_csv(io.BytesIO(write_file(Answer(atlas, compared), TABLES["changes"], "csv")))
    assert list(rows["zone_id"]) == list(Answer(atlas, compared).changes.index)
    assert [zone_id for zone_id, _change, _by in shown] == list(rows["zone_id"])
    assert [by for _zone_id, _change, by in shown] == [
        None if pd.isna(number) else number for number in rows["revoked_by"]
    ]
    counted = province_counts_frame(Answer(atlas, compared))
    assert (counted["Active before"] + counted["Net"] == counted["Active after"]).all()


@pytest.mark.parametrize(
    "days",
    [
        {"on": "2015-03-11"},
        {"on": "2099-01-01"},
        {"since": "2015-03-10", "on": "2015-03-12"},
    ],
)
def test_a_day_that_has_no_answer_is_refused_with_the_same_words(atlas, days):
    view = View(**{name: date.fromisoformat(day) for name, day in days.items()})
    figure = FigureOptions(kind="compare" if view.since else "map")
    words = []
    for ask_python in (zones_in_view, zones_geodataframe, partial(draw_figure, options=figure)):
        with pytest.raises(InvalidValueError) as caught:
            ask_python(atlas, view)
        words.append(str(caught.value))
    path = "changes" if "since" in days else "zones"
    response = ask(f"{PREFIX}/{path}?{urlencode(days)}")
    assert response.status_code == 400
    (problem,) = response.json()["error"]["details"]
    words.append("{parameter}={value}: {reason}; {used}".format(**problem))
    command = ["changes"] if "since" in days else ["list"]
    command += [text for name, day in days.items() for text in (f"--{name}", day)]
    output = CliRunner().invoke(main, command).output
    words.append(output.partition("Error: --")[2].strip())
    assert {*words} == {words[0]}
