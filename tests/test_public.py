"""Nothing that version 1.0.0 offered is missing: names, addresses, parameters, columns, files."""

import importlib
import inspect
import io
import json
import pickle
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from asking import ask_app
from copies import REPOSITORY
from starlette.applications import Starlette

import pilotzones
from pilotzones.atlas.atlas import current_atlas
from pilotzones.cli import main
from pilotzones.errors import (
    MissingExtraError,
    NotAnAtlasError,
    UnknownPlaceError,
    UnknownZoneError,
)
from pilotzones.figure import FIGURE_PARAMETERS
from pilotzones.query.view import PARAMETERS
from pilotzones.server.api import OPERATIONS
from pilotzones.server.operations import PREFIX
from pilotzones.server.routes import routes
from pilotzones.tables.rows import TABLES

# what the functions below listed of version 1.0.0, in which some modules had other names
VERSION_1_0 = json.loads(Path(__file__).with_name("version_1_0.json").read_text("utf-8"))

# Problem took its place
GONE = {"figure.OptionProblem: missing"}

ATLAS = current_atlas()
ROUTES = routes("")
QUERY = "on=2025-04-25&province=460000"


def names():
    """Public names with the parameters of those that are called."""
    found = {name: getattr(pilotzones, name) for name in pilotzones.__all__}
    for path in ("atlas", "figure", "i18n"):
        module = importlib.import_module(f"pilotzones.{path}")
        found |= {f"{path}.{name}": value for name, value in vars(module).items()}
    return {name: parameters(value) for name, value in found.items()}


def parameters(thing):
    is_error = inspect.isclass(thing) and issubclass(thing, Exception)
    return [*inspect.signature(thing).parameters] if callable(thing) and not is_error else []


def members():
    """Fields, properties and methods of the public classes."""
    public = [getattr(pilotzones, name) for name in pilotzones.__all__]
    classes = [one for one in public if inspect.isclass(one) and not issubclass(one, Exception)]
    return {
        one.__name__: sorted({*dir(one), *one.__annotations__} - {*dir(object)} - private(one))
        for one in classes
    }


def private(one):
    return {name for name in {*dir(one), *one.__annotations__} if name.startswith("_")}


def queries():
    return {"view": [*PARAMETERS], "figure": [*FIGURE_PARAMETERS]}


def addresses():
    """Addresses, with the parameters and formats of those of the API."""
    found = {}
    for route in ROUTES:
        inner = getattr(route, "routes", None) or []
        found |= {route.path + one.path: [] for one in inner} or {route.path: []}
    for operation in OPERATIONS:
        found[PREFIX + operation.path] = [*operation.parameters, *operation.formats]
    return found


def columns():
    """Columns of each table, with what they hold."""
    return {
        name: {column.name: column.kind for column in table.columns}
        for name, table in TABLES.items()
    }


def commands():
    """Commands with their arguments and options, and the words that these take."""
    return {
        f"{name} {flag}": [str(choice) for choice in getattr(option.type, "choices", ())]
        for name, command in main.commands.items()
        for option in command.params
        for flag in option.opts
    }


def file_names():
    """Names under which a browser saves an answer, but figures and maps, which take long to draw."""
    return {address: saved_as(address) for address in VERSION_1_0["file_names"]}


def saved_as(address):
    query = "" if address.endswith(".zip?") else QUERY
    answer = ask_app(Starlette(routes=ROUTES), address + query)
    assert answer.status_code == 200, (address, answer.text)
    name = re.search('filename="(.+)"', answer.headers["content-disposition"])[1]
    return name.replace(current_atlas().register.version, "VERSION")


def archive():
    """Files of the archive of all data."""
    answer = ask_app(Starlette(routes=ROUTES), f"{PREFIX}/datapackage.zip")
    return sorted(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())


def pages():
    return sorted(path.stem for path in (REPOSITORY / "pages").glob("*.py"))


OFFERS = (names, members, queries, addresses, columns, commands, file_names, archive, pages)


@pytest.mark.parametrize("offer", OFFERS)
def test_nothing_of_version_1_0_is_missing(offer):
    assert set(missing(VERSION_1_0[offer.__name__], offer())) <= GONE


@pytest.mark.parametrize(
    "given", [ATLAS.register, None, "geodata"], ids=["register", "none", "text"]
)
def test_what_is_no_atlas_is_refused_as_such(given):
    taking = {
        name: [*inspect.signature(thing).parameters]
        for name in pilotzones.__all__
        if inspect.isfunction(thing := getattr(pilotzones, name)) and name != "load_atlas"
    }
    asked = {name: names for name, names in taking.items() if "atlas" in names}
    assert len(asked) >= 14
    for name, names in asked.items():
        function = getattr(pilotzones, name)
        for call in (
            lambda: function(*[given] * (names.index("atlas") + 1)),  # noqa: B023 - called at once
            lambda: function(atlas=given),  # noqa: B023
        ):
            with pytest.raises(NotAnAtlasError, match=r"load_atlas\(\)"):
                call()
    day = date(2025, 4, 25)
    for function, *rest in (
        (pilotzones.state_on, day),
        (pilotzones.stops,),
        (pilotzones.changes, day, day),
    ):
        assert len(function(ATLAS, *rest)) == len(function(ATLAS.register, *rest))
        if given is not ATLAS.register:
            with pytest.raises(TypeError, match=type(given).__name__):
                function(given, *rest)


def test_a_missing_name_or_another_kind_is_noticed():
    old = {"list": {"--on": ["a", "b"]}, "zones": {"batch": "integer"}}
    assert missing(old, old | {"more": {}}) == []
    assert missing(old, {"list": {"--on": ["b", "c"]}, "zones": {"batch": "text"}}) == [
        "list: --on: a",
        "zones: batch: integer, now text",
    ]
    assert missing(old, {"zones": {}}) == ["list: missing", "zones: batch: missing"]


def missing(old, new):
    """List what of an old listing is not in a new one, which may hold more."""
    if new is None:
        return ["missing"]
    if isinstance(old, dict):
        return [f"{key}: {part}" for key in old for part in missing(old[key], new.get(key))]
    if isinstance(old, list):
        return [part for part in old if part not in new]
    return [] if old == new else [f"{old}, now {new}"]


@pytest.mark.parametrize(
    "error",
    [
        UnknownZoneError("haianan", ["hainan"]),
        UnknownPlaceError("999999"),
        MissingExtraError("figure", "matplotlib"),
    ],
)
def test_an_error_comes_back_whole_from_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize("given", [None, "cities.csv", ["佛山"], {"city": ["佛山"]}])
def test_what_is_no_table_is_refused_as_such(given):
    day = date(2025, 4, 25)
    for call in (
        lambda: pilotzones.for_stata(given),
        lambda: pilotzones.match_table(ATLAS, given, "city", on=day),
    ):
        with pytest.raises(TypeError, match=f"DataFrame.*type {type(given).__name__}"):
            call()


@pytest.mark.parametrize("given", [5, ["foshan"], {"zone": "foshan"}, b"foshan"])
def test_what_is_no_text_is_refused_as_such(given):
    day = date(2025, 4, 25)
    for call in (
        lambda: pilotzones.cite(ATLAS, given),
        lambda: pilotzones.measures_in_force(ATLAS, day, zone=given),
        lambda: pilotzones.measures_in_force(ATLAS, day, place=given),
        lambda: pilotzones.measures_in_force(ATLAS, day, role=given),
        lambda: ATLAS.at(given),
    ):
        with pytest.raises(pilotzones.InvalidValueError, match="not a text"):
            call()


@pytest.mark.parametrize("given", [0, -1, 1.5, None, "5", True])
def test_the_number_of_nearest_zones_is_a_whole_number(given):
    with pytest.raises(ValueError, match="give a whole number, at least 1"):
        pilotzones.nearest_zones(ATLAS, "440600", date(2025, 4, 25), given)
