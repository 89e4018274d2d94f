"""The command line: the same answers as the core, and what it says when something is wrong."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date

import click
import geopandas as gpd
import pytest
from click.testing import CliRunner
from copies import REPOSITORY, edit_rows
from hypothesis import given
from hypothesis import strategies as st

from pilotzones import cli, commands
from pilotzones.atlas import load_atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.cli import main
from pilotzones.figure import FIGURE_PARAMETERS, LABELS, SIZES
from pilotzones.geodata import ENVIRONMENT_VARIABLE
from pilotzones.parameters import MEANINGS, SEVERAL
from pilotzones.query import view
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.query.zones import zones_in_view
from pilotzones.tables.files import FORMATS, write_file
from pilotzones.tables.rows import TABLES
from pilotzones.text import align, display_width

LATEST = date(2025, 4, 25)


@pytest.fixture(autouse=True)
def loaded_once(atlas, monkeypatch):
    """Spare the commands of this process to load the same data each time."""
    monkeypatch.setattr(
        commands, "load_atlas", lambda folder: load_atlas(folder) if folder else atlas
    )


def run(*arguments, status=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output
    assert not (status and result.stdout), "a refusal is told on stderr alone"
    return result


def test_the_names_that_help_needs_are_those_of_the_core():
    assert tuple(TABLES) == cli.TABLE_NAMES
    assert tuple(FORMATS) == cli.WRITTEN
    assert LEVELS == cli.LEVELS
    assert tuple(MEANINGS) == view.PARAMETERS
    assert set(SEVERAL) < set(MEANINGS)
    assert {*cli.FIGURE, "format"} == set(FIGURE_PARAMETERS)
    assert all(size in cli.FIGURE["size"] for size in SIZES)
    assert all(label in cli.FIGURE["labels"] for label in LABELS)


@pytest.mark.parametrize("name", TABLES)
def test_a_terminal_shows_columns_that_exist(name):
    assert set(commands.SHOWN[name].split()) <= {column.name for column in TABLES[name].columns}


@pytest.mark.parametrize("name", main.commands)
def test_every_command_explains_itself_with_examples(name):
    output = run(name, "--help").output
    assert f"    pilotzones {name}" in output
    for option in main.commands[name].params:
        assert not isinstance(option, click.Option) or option.help


def test_examples_of_the_help_do_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [
        line.strip().removeprefix("pilotzones ").split()
        for command in [main, *main.commands.values()]
        for line in (command.epilog or "").splitlines()
        if line.startswith("  pilotzones ")
    ]
    assert len(lines) > 10
    for line in lines:
        if line[0] not in ("serve", "build-boundaries", "figure") and "--data" not in line:
            run(*line)
    assert (tmp_path / "zones.gpkg").stat().st_size > 100_000


def test_list_for_people():
    lines = run("list", "--province", "460000", "--on", LATEST, "--lang", "zh").stdout.splitlines()
    assert lines[0].split()[:4] == ["zone_id", "name_zh", "name_en", "province_zh"]
    assert lines[-1] == "3 rows"
    # every column begins at the same place, measured as a terminal does
    starts = {display_width(line[: line.index("海南省")]) for line in lines[1:-1]}
    assert len(starts) == 1


def test_all_zones_are_counted_as_everywhere(atlas):
    output = run("list", "--format", "csv", "--status", "active").stdout
    rows = list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff"))))
    assert len(rows) == atlas.stops[-1].active_after


@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
@pytest.mark.parametrize("name", ["zones", "provinces"])
def test_files_are_those_of_the_core(atlas, name, form, tmp_path):
    chosen = ["--on", "2022-02-08", "--neighbour", "VNM", "--neighbour", "coast", "--lang", "zh"]
    path = tmp_path / "out"
    run("list", name, "--format", form, *chosen, "-o", path)
    asked = View(date(2022, 2, 8), neighbours=("VNM", "coast"), lang="zh")
    expected = write_file(Answer(atlas, asked), TABLES[name], form)
    assert path.read_bytes().rstrip(b"\n") == expected.rstrip(b"\n")
    printed = CliRunner().invoke(main, ["list", name, "--format", form, *chosen])
    assert printed.stdout_bytes == path.read_bytes()


def test_changes():
    lines = run("changes", "--since", "2022-11-24", "--on", "2025-04-25").stdout.splitlines()
    assert lines[-1] == "19 rows"
    assert sum(" lost " in line for line in lines) == 3
    assert run("changes").stdout.splitlines() == lines
    assert run("changes", "--since", "2025-04-25").stdout.splitlines()[-1] == "0 rows"


def test_one_zone():
    lines = run("zone", "haikou", "--on", "2025-04-24").stdout.splitlines()
    assert "status            active" in lines
    said = json.loads(run("zone", "haikou", "--format", "json").stdout)
    assert said["zone"]["successor_zone_id"] == "hainan"
    feature = json.loads(run("zone", "haikou", "--format", "geojson").stdout)
    assert feature["type"] == "Feature"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "--on", "x", "--province", "1"], ["--on=x: not a date", "--province=1: unknown"]),
        (["list", "--on", "2020-01-01", "--on", "2021-01-01"], ["given twice"]),
        (["list", "--neighbour", "XXX", "--batch", "99"], ["--neighbour=XXX", "--batch=99"]),
        (["list", "--q", "x" * 101], ["--q=", "too long"]),
        (["list", "--colour", "red"], ["No such option"]),
        (["list", "documents", "--format", "geojson"], ["choose json, csv, xlsx"]),
        (["zone", "haiku"], ["did you mean haikou"]),
        (["changes", "--since", "2025-04-25", "--on", "2020-01-01"], ["after the other day"]),
        (["export", "-o", "zones.doc"], ["zones.doc", "--format"]),
        (["export", "package", "-o", "x.zip", "--on", "2020-01-01"], ["takes neither filters"]),
        (["figure", "-o", "x.gif", "--dpi", "9"], ["--format=gif", "--dpi=9"]),
        (["serve", "--port", "0"], ["--port"]),
        (["list", "--data", "nowhere"], ["nowhere"]),
    ],
)
def test_what_is_not_understood_is_named(arguments, told):
    result = run(*arguments, status=2)
    for words in told:
        assert words in result.stderr


def test_hostile_text_does_not_steer_the_terminal():
    result = run("list", "--province", "\x1b[31m\u202e", status=2)
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


@pytest.mark.parametrize("ending", FORMATS)
def test_export_by_the_ending(atlas, ending, tmp_path):
    path = tmp_path / f"zones.{ending.upper()}"
    run("export", "-o", path, "--batch", "8", "--level", "detail")
    content = path.read_bytes().rstrip(b"\n")
    asked = View(LATEST, batches=(8,))
    expected = write_file(Answer(atlas, asked), TABLES["zones"], ending, level="detail")
    assert content == expected.rstrip(b"\n")


def test_exported_files_open(tmp_path, atlas):
    path = tmp_path / "zones.gpkg"
    run("export", "zones", "-o", path, "--neighbour", "land")
    ids = zones_in_view(atlas, View(LATEST, neighbours=("land",))).index
    assert gpd.read_file(path)["zone_id"].tolist() == ids.tolist()
    run("export", "package", "-o", tmp_path / "all.zip")
    assert "README.md" in zipfile.ZipFile(tmp_path / "all.zip").namelist()


def test_a_file_that_cannot_be_written_is_told_in_a_line(tmp_path):
    result = run("export", "-o", tmp_path / "none" / "zones.csv", status=1)
    assert result.stderr.count("\n") == 1
    assert "none" in result.stderr


def test_figure(tmp_path):
    path = tmp_path / "figure.svg"
    run("figure", "-o", path, "--size", "column", "--title", "Zones", "--province", "460000")
    assert path.read_bytes().lstrip().startswith(b"<?xml")


def test_check_counts_every_table(atlas):
    lines = run("check").stdout.splitlines()
    assert f"register/zones: {len(atlas.register.zones)} rows" in lines
    assert f"boundaries/divisions: {len(atlas.boundaries.divisions)} rows" in lines
    assert any(line.startswith("boundaries/zones_detail.geojson: ") for line in lines)
    assert lines[-1] == f"data {atlas.data_version}: ok"


def test_check_tells_every_violation(geodata):
    def spoil(rows):
        rows[0]["confidence"] = "sure"
        rows[1]["adcodes"] = "999999"

    edit_rows(geodata / "register" / "zones.csv", spoil)
    result = run("check", "--data", geodata, status=1)
    assert "zones.csv, line 2, column confidence: 'sure'" in result.stderr
    (geodata / "boundaries" / "lines.geojson").write_text("{", "utf-8")
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(confidence="high"))
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[1].update(adcodes="120000"))
    result = CliRunner().invoke(main, ["check", "--data", str(geodata)])
    assert result.exit_code == 1
    assert "lines.geojson is damaged" in result.stderr


def test_data_of_another_folder(geodata):
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(name_en="=1+1"))
    output = run("list", "--data", geodata, "--format", "csv").stdout
    assert ",'=1+1," in output


def test_build_hands_over_its_folders(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(
        "pilotzones.pipeline.build.build_boundaries",
        lambda out, **named: calls.append((out, named)),
    )
    register = REPOSITORY / "geodata" / "register"
    run("build-boundaries", "--out", tmp_path, "--cache", tmp_path / "c", "--register", register)
    assert calls == [(tmp_path, {"cache": tmp_path / "c", "register": register})]


def test_serve_starts_streamlit_on_the_app(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(os, "execv", lambda *call: calls.append(call))
    monkeypatch.setattr(os, "chdir", calls.append)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "before")
    run("serve", "--port", "9000", "--address", "0.0.0.0", "--base-path", "/a/", "--data", tmp_path)
    folder, (program, arguments) = calls
    assert folder == REPOSITORY
    assert program == sys.executable
    assert arguments[1:5] == ["-m", "streamlit", "run", str(REPOSITORY / "app.py")]
    assert arguments[5:] == [
        "--server.port=9000",
        "--server.address=0.0.0.0",
        "--server.baseUrlPath=a",
    ]
    assert os.environ[ENVIRONMENT_VARIABLE] == str(tmp_path.resolve())


def test_serve_without_the_source_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "__file__", str(tmp_path / "a" / "b" / "cli.py"))
    assert "get the source" in run("serve", status=1).stderr


def test_help_loads_nothing_heavy_of_its_own():
    code = (
        "import sys, pilotzones; before = set(sys.modules); import pilotzones.cli; "
        "print([m for m in sys.modules if m not in before and m.split('.')[0] in "
        "('geopandas', 'pandas', 'pandera', 'pyogrio', 'matplotlib', 'xlsxwriter', 'starlette')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_that_stops_early_is_no_fault():
    code = "from pilotzones.cli import main; main()"
    line = f"'{sys.executable}' -c '{code}' list --format geojson | head -c 10"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=4))
def test_aligned_lines_are_lines(rows):
    text = align(["a", "b"], rows)
    assert text.count("\n") == len(rows) + 1
    assert all(c.isprintable() for c in text.replace("\n", ""))
