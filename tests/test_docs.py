"""The reference says what the code does: no more, no less."""

import re

import click
import pytest
from copies import REPOSITORY
from starlette.routing import Mount

from pilotzones.cli import main
from pilotzones.figure import FIGURE_PARAMETERS, LABELS, SIZES
from pilotzones.figure.options import PANEL_PARAMETERS
from pilotzones.parameters import MEANINGS, PLACE_MEANINGS, SEVERAL
from pilotzones.query import view
from pilotzones.query.panel import CHOICES as PANEL_CHOICES
from pilotzones.query.panel import PanelOptions
from pilotzones.query.units import KINDS
from pilotzones.server.api import OPERATIONS
from pilotzones.server.ogc import ITEM_PARAMETERS
from pilotzones.server.ogc import PREFIX as OGC_PREFIX
from pilotzones.server.operations import PREFIX
from pilotzones.server.routes import routes
from pilotzones.tables.rows import TABLES

REFERENCE = (REPOSITORY / "docs" / "reference.md").read_text("utf-8")


def section(title):
    """The text below a heading, up to the next of the same or a higher level."""
    level = title.split(" ", 1)[0]
    found = re.search(
        rf"^{re.escape(title)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)",
        REFERENCE,
        re.DOTALL | re.MULTILINE,
    )
    assert found, f"no heading {title}"
    return found[1]


def rows(text):
    """The cells of all tables of a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    rules = [number for number, row in enumerate(cells) if set(row[0]) == {"-"}]
    heads = {number - 1 for number in rules}
    return [row for n, row in enumerate(cells) if n not in heads and n not in rules]


def headings(level):
    return re.findall(rf"^{level} (.+)$", REFERENCE, re.MULTILINE)


def test_parameters():
    expected = [
        [f"`{name}`", "yes" if name in SEVERAL else "no", MEANINGS[name]]
        for name in view.PARAMETERS
    ]
    assert rows(section("## Parameters")) == expected


def test_routes():
    told = {row[0].strip("`"): row[1:] for row in rows(section("## API")) if row[0][1] == "/"}
    found = set()
    for route in routes(""):
        inner = route.routes if isinstance(route, Mount) else []
        found |= {route.path + one.path for one in inner} or {route.path}
    # the redirect to its own first path, and what the page says of all tables at once
    endings = {
        f"{PREFIX}{operation.path}.{name}"
        for operation in OPERATIONS
        for name in operation.formats
        if operation.method == "GET" and len(operation.formats) > 1
    }
    assert endings <= found
    ogc = {path for path in found if path.startswith(OGC_PREFIX)}
    assert set(told) == found - endings - ogc - {PREFIX}
    named = {row[0].strip("`") for row in rows(section("## Map programs"))}
    assert named == {path.rstrip("/") for path in ogc} | set(ITEM_PARAMETERS)
    for operation in OPERATIONS:
        formats, answer = told[PREFIX + operation.path]
        assert formats == ", ".join(operation.formats)
        assert operation.summary + (" (POST)" if operation.method == "POST" else "") in answer


def test_parameters_of_routes():
    told = {row[0].strip("`") for row in rows(section("## API")) if row[0][1] != "/"}
    known = {name for operation in OPERATIONS for name in operation.parameters}
    assert told == known - set(view.PARAMETERS)


def test_defaults_of_panels_and_weights_are_told():
    told = {row[0].strip("`"): row[-1] for row in rows(section("## API")) if row[0][1] != "/"}
    firsts = {name: choices[0] for name, choices in {**PANEL_CHOICES, "kind": KINDS}.items()}
    firsts |= {"standardise": "no"}
    years = {"from": str(PanelOptions.first), "to": str(PanelOptions.last)}
    for name, default in (firsts | years).items():
        assert told[name] == PLACE_MEANINGS[name]
        assert re.search(rf"\b{default} \(?by default", told[name]), name


def test_parameters_of_figures():
    told = {row[0].strip("`"): row[1] for row in rows(section("## Figures"))}
    # the ending of the address says the format
    assert set(told) == {*FIGURE_PARAMETERS, *PANEL_PARAMETERS} - {"format"}
    assert told["size"] == ", ".join(f"`{size}`" for size in SIZES)
    assert told["labels"] == ", ".join(f"`{choice}`" for choice in LABELS)


def test_commands():
    titles = [title.strip("`") for title in headings("###") if title.startswith("`pilotzones ")]
    assert sorted(titles) == sorted(f"pilotzones {name}" for name in main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_options(name):
    text = section(f"### `pilotzones {name}`")
    parameters = re.search(r"^Parameters: (.*)\.$", text, re.MULTILINE)
    told = parameters[1].split(", ") if parameters else []
    told += [cell for row in rows(text) for cell in row[0].split(", ")]
    options = [one for one in main.commands[name].params if isinstance(one, click.Option)]
    assert sorted(told) == sorted(f"`{name}`" for option in options for name in option.opts)
    assert text.strip().startswith(" ".join(main.commands[name].help.split()))


@pytest.mark.parametrize("name", main.commands)
def test_choices_and_arguments(name):
    text = section(f"### `pilotzones {name}`")
    for parameter in main.commands[name].params:
        if isinstance(parameter.type, click.Choice):
            assert ", ".join(f"`{one}`" for one in parameter.type.choices) in text
    arguments = [one for one in main.commands[name].params if isinstance(one, click.Argument)]
    assert ("Argument: " in text) == bool(arguments)


def test_tables():
    titles = [title for title in headings("###") if not title.startswith("`")]
    assert titles == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_columns(name):
    expected = [
        [f"`{column.name}`", column.kind, column.meaning] for column in TABLES[name].columns
    ]
    assert rows(section(f"### {name}")) == expected
