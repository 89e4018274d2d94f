"""The command line: the same answers as the core, and what it says when something is wrong."""

import codecs
import csv
import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import click
import geopandas as gpd
import pandas as pd
import pytest
from click.shell_completion import BashComplete
from command_line import invoke, run
from copies import REPOSITORY, edit_rows, explain_revisions, set_version
from hypothesis import given
from hypothesis import strategies as st

from pilotzones import __version__, parameters
from pilotzones.atlas import load_atlas
from pilotzones.cli import answers, main, views
from pilotzones.figure import FIGURE_PARAMETERS, KINDS, LABELS, SIZES, STYLES
from pilotzones.figure.options import PANEL_PARAMETERS
from pilotzones.geodata import ENVIRONMENT_VARIABLE
from pilotzones.i18n import LANGUAGES
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

    def load(folder, **named):
        return load_atlas(folder, **named) if folder else atlas

    monkeypatch.setattr(answers, "load_atlas", load)


def test_the_names_that_help_needs_are_those_of_the_core(atlas):
    assert tuple(TABLES) == parameters.TABLES
    assert tuple(FORMATS) == parameters.FORMATS
    assert tuple(MEANINGS) == view.PARAMETERS
    assert set(SEVERAL) < set(MEANINGS)
    assert {*views.FIGURE, "format"} == {*FIGURE_PARAMETERS, *PANEL_PARAMETERS}
    assert tuple(SIZES) == parameters.SIZES
    assert tuple(LABELS) == parameters.LABELS
    assert tuple(KINDS) == parameters.KINDS
    assert tuple(STYLES) == parameters.STYLES
    for name, allowed in {"STATUSES": "status", "REGIONS": "region", "MATCHES": "match"}.items():
        assert getattr(parameters, name) == view.CHOICES[allowed]
    assert parameters.COLOURINGS == view.COLOURINGS
    assert parameters.LANGUAGES == LANGUAGES
    assert set(parameters.BORDER_KINDS) == set(atlas.boundaries.border_regions) - set(
        atlas.boundaries.neighbours.index
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_terminal_shows_columns_that_exist(name):
    assert set(answers.SHOWN[name].split()) <= {column.name for column in TABLES[name].columns}


@pytest.mark.parametrize("name", main.commands)
def test_every_command_explains_itself_with_examples(name):
    output = run(name, "--help").output
    assert f"    pilotzones {name}" in output
    for option in main.commands[name].params:
        assert not isinstance(option, click.Option) or option.help
        # in words, as a list of them in the usage is broken within a word
        if isinstance(option, click.Argument) and isinstance(option.type, click.Choice):
            assert option.metavar == "[TABLE]"
            assert set(option.type.choices) <= {*re.findall(r"\w+", main.commands[name].help)}


@pytest.mark.long
def test_examples_of_the_help_do_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # files that a reader would have
    cities, firms = pd.DataFrame({"city": ["佛山市"]}), pd.DataFrame({"x": [113.12], "y": [23.02]})
    cities.to_csv("cities.csv", index=False)
    cities.to_excel("cities.xlsx", index=False)
    firms.assign(founded="2019-06-01").to_csv("firms.csv", index=False)
    lines = [
        shlex.split(line.strip().removeprefix("pilotzones "))
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
    rows = list(csv.DictReader(io.StringIO(output)))
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
    mark = codecs.BOM_UTF8
    assert path.read_bytes().startswith(mark) == (form == "csv")
    printed = invoke("list", name, "--format", form, *chosen)
    assert printed.stdout_bytes == path.read_bytes().removeprefix(mark)
    marked = invoke("list", name, "--format", form, "--bom", *chosen)
    assert marked.stdout_bytes == path.read_bytes()


def test_changes():
    lines = run("changes", "--since", "2022-11-24", "--on", "2025-04-25").stdout.splitlines()
    assert lines[-1] == "19 rows"
    assert sum(" lost " in line for line in lines) == 3
    assert run("changes").stdout.splitlines() == lines
    assert run("changes", "--since", "2025-04-25").stdout.splitlines()[-1] == "0 rows"


def test_one_zone():
    lines = run("zone", "haikou", "--on", "2025-04-24").stdout.splitlines()
    assert "status            active" in lines
    assert any(
        line.endswith("touches=False  disputed=False  contact_km=0.0  distance_km=278.0")
        for line in lines
    )
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
        (["list", "--q", "\udcff"], ["--q", "not UTF-8 text"]),
        (["zone", "\udcff"], ["ZONE_ID", "not UTF-8 text"]),
        (["figure", "--title", "\udcff", "-o", "x.png"], ["--title", "not UTF-8 text"]),
        (["list", "--colour", "red"], ["No such option"]),
        (["list", "documents", "--format", "geojson"], ["choose table, json, csv\n"]),
        (["zone", "haiku"], ["did you mean haikou"]),
        (["changes", "--since", "2025-04-25", "--on", "2020-01-01"], ["after the other day"]),
        (["export", "-o", "zones.doc"], ["zones.doc", "--format"]),
        (["export", "package", "-o", "x.zip", "--on", "2020-01-01"], ["takes neither filters"]),
        (["export", "package", "-o", "x.tar"], ["x.tar: the package is a zip archive"]),
        (["list", "divisions", "--batch", "3"], ["--batch=3: not a filter of this table"]),
        (["figure", "-o", "x.gif", "--dpi", "9"], ["--format=gif", "--dpi=9"]),
        (["serve", "--port", "0"], ["--port"]),
        (["list", "--data", "nowhere"], ["nowhere"]),
    ],
)
def test_what_is_not_understood_is_named(arguments, told):
    result = run(*arguments, status=2)
    assert not result.stdout
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
    result = run("list", "-o", tmp_path, status=1)
    assert result.stderr == f"Error: {tmp_path} is a folder; give the name of a file\n"


def test_what_is_printed_takes_its_format_from_the_ending_of_a_file(tmp_path):
    for name, begin in (
        ("a.csv", b"\xef\xbb\xbfzone_id,"),
        ("a.json", b"{"),
        ("a.txt", b"zone_id "),
    ):
        run("list", "--batch", "8", "-o", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begin)
    run("list", "--format", "json", "-o", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"{")
    result = run("list", "-o", tmp_path / "a.xlsx", status=2)
    assert "choose table, json, csv, geojson with --format" in result.stderr
    assert not (tmp_path / "a.xlsx").exists()
    # plain text in a file that promises something else would be found out too late
    for command in (["list", "documents"], ["cite", "hainan"], ["facts"]):
        for name in ("a.bibtex", "a.docx", "a.tsv"):
            result = run(*command, "-o", tmp_path / name, status=2)
            assert f"{name}: choose " in result.stderr
    run("cite", "hainan", "-o", tmp_path / "b.txt")
    run("facts", "--format", "table", "-o", tmp_path / "facts.md")


def test_an_output_that_is_closed_is_no_fault():
    line = f"'{sys.executable}' -m pilotzones list >&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_figure(tmp_path):
    path = tmp_path / "figure.svg"
    run("figure", "-o", path, "--size", "column", "--title", "Zones", "--province", "460000")
    assert path.read_bytes().lstrip().startswith(b"<?xml")


def test_check_counts_every_table(atlas):
    lines = run("check").stdout.splitlines()
    assert lines[0] == f"folder {REPOSITORY / 'geodata'}"
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
    result = run("check", "--data", geodata, status=1)
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
    # the names lie beside the usual boundaries alone
    folders = {"cache": tmp_path / "c", "register": register, "places": None}
    assert calls == [(tmp_path, folders)]


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_serve_starts_streamlit_on_the_app(monkeypatch, tmp_path, system):
    calls = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(os, "execv", lambda _, arguments: calls.append(arguments))
    monkeypatch.setattr(subprocess, "call", lambda arguments: calls.append(arguments) or 3)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "before")
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    options = ["--port", port, "--address", "0.0.0.0", "--base-path", "/a/", "--data", tmp_path]
    # where the program cannot be replaced, its exit status is passed on
    run("serve", *options, status=3 if system == "win32" else 0)
    assert calls == [
        [
            sys.executable,
            *("-m", "streamlit", "run", str(REPOSITORY / "app.py")),
            f"--server.port={port}",
            "--server.address=0.0.0.0",
            "--server.baseUrlPath=a",
        ]
    ]
    assert os.environ[ENVIRONMENT_VARIABLE] == str(tmp_path.resolve())


@pytest.mark.parametrize("path", ["../x", "a/../b", "a//b", "a b", "..", "a?b", "http://x"])
def test_a_path_that_cannot_be_served_is_refused(monkeypatch, path):
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it was started"))
    assert f"{path!r} is no path" in run("serve", "--base-path", path, status=2).stderr


def test_an_address_that_cannot_be_listened_on_is_named(monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it was started"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run("serve", "--address", "127.0.0.1", "--port", port, status=1).stderr
    assert told == f"Error: cannot listen on 127.0.0.1, port {port} (Address already in use)\n"
    # of an example network that no machine has, and no address
    for address in ("192.0.2.1", "no.such.invalid", "::x", "a" * 64):
        assert f"listen on {address}" in run("serve", "--address", address, status=1).stderr


def test_check_takes_the_checkout_one_stands_in(geodata, monkeypatch):
    checked = []
    # what a check does with its folder is tested beside this
    monkeypatch.setattr(answers, "check", lambda folder, **_: checked.append(folder) or [])
    (geodata.parent / "src" / "pilotzones").mkdir(parents=True)
    monkeypatch.chdir(geodata / "register")
    run("check")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(REPOSITORY / "geodata"))
    run("check")
    assert checked == [geodata, REPOSITORY / "geodata"]


@pytest.mark.long
def test_check_records_what_holds_to_every_rule(geodata):
    # without releases there is nothing to compare them with
    shutil.rmtree(geodata / "releases")
    (geodata / "revisions.csv").unlink()
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(name_en="Elsewhere"))
    assert not load_atlas(geodata).trusted
    told = run("check", "--data", geodata).stdout
    assert "not as last checked: register/zones.csv, revisions.csv;" in told.replace("\n", " ")
    assert "'pilotzones check --write'" in told
    assert not load_atlas(geodata).trusted
    assert run("check", "--data", geodata, "--write").stdout.endswith("checksums.json\n")
    assert load_atlas(geodata).trusted
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(confidence="sure"))
    recorded = (geodata / "checksums.json").read_bytes()
    run("check", "--data", geodata, "--write", status=1)
    assert (geodata / "checksums.json").read_bytes() == recorded


def test_a_released_version_answers_in_place_of_the_present_data(atlas):
    first = json.loads(run("list", "--data", "1.0.0", "--format", "json").stdout)
    assert first["data_version"] == atlas.at("1.0.0").data_version
    result = run("facts", "--data", "0.9.0", status=2)
    assert f"--data=0.9.0: unknown version; {', '.join(atlas.versions)}" in result.stderr
    assert "does not exist" in run("facts", "--data", "nowhere", status=2).stderr


@pytest.mark.long
def test_a_change_is_listed_until_its_reason_is_written(geodata):
    assert run("revisions", "--data", geodata).stdout == ""
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(notes_en="x"))
    set_version(geodata, "9.0.0")
    for _ in range(2):
        said = run("revisions", "--data", geodata, "--write").stdout.splitlines()
        assert "9.0.0 zones" in said[0]
        assert said[0].endswith("notes_en: cell")
        assert said[1:] == [f"wrote {geodata / 'revisions.csv'}"]
    assert "each change has a row" in run("check", "--data", geodata, status=1).stderr
    explain_revisions(geodata)
    assert run("revisions", "--data", geodata).stdout == ""


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path):
    path = tmp_path / "zones.csv"
    path.write_text("before", "utf-8")
    path.chmod(0o640)
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from pilotzones.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "export", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "zones.csv cannot be written (File too large)" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["zones.csv"]
    assert path.read_text("utf-8") == "before"
    run("export", "-o", path)
    assert path.stat().st_size > 10_000
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_and_a_device_stay_what_they_are(tmp_path):
    (tmp_path / "true.csv").write_text("before", "utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "true.csv")
    run("export", "-o", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "true.csv").stat().st_size > 10_000
    run("list", "-o", "/dev/null")
    assert not Path("/dev/null").is_file()
    # a link to a pipe has no path of its own
    command = [sys.executable, "-m", "pilotzones", "facts", "-o", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("facts").stdout


def test_text_takes_the_encoding_of_the_output_and_files_are_utf_8(tmp_path):
    def printed(encoding, *options):
        return subprocess.run(
            [sys.executable, "-m", "pilotzones", "list", "--province", "460000", *options],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        ).stdout

    assert "海口市" in printed("gbk").decode("gbk")
    assert "\\u6d77" in printed("ascii").decode("ascii")
    assert "海口市" in printed("gbk", "--format", "csv").decode("utf-8")
    run("list", "--province", "460000", "-o", tmp_path / "zones.txt")
    assert "海口市" in (tmp_path / "zones.txt").read_text("utf-8")


def completed(*words):
    """What a shell is offered after some words, the last of them begun."""
    shell = BashComplete(main, {}, "pilotzones", "_PILOTZONES_COMPLETE")
    return [item.value for item in shell.get_completions([*words[:-1]], words[-1])]


def test_a_shell_completes_values(atlas, geodata):
    assert completed("list", "--status", "r") == ["revoked"]
    assert completed("zone", "hain") == ["hainan"]
    assert completed("list", "--province", "46") == ["460000"]
    assert completed("list", "--province", "Hain") == ["460000"]
    assert completed("list", "--province", "广东") == ["440000"]
    assert completed("list", "--neighbour", "VN") == ["VNM"]
    assert completed("list", "--neighbour", "co") == ["coast"]
    batches = [str(stop.batch) for stop in atlas.stops]
    assert completed("list", "--batch", "") == batches
    assert completed("figure", "--size", "c") == ["column"]
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(zone_id="xyzzy"))
    assert completed("zone", "--data", str(geodata), "xy") == ["xyzzy"]
    (geodata / "register" / "zones.csv").unlink()
    assert completed("zone", "--data", str(geodata), "xy") == []


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "pilotzones", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"pilotzones, version {__version__}\n"


def test_help_and_completion_load_nothing_heavy():
    code = (
        "import sys, pilotzones; before = set(sys.modules); from pilotzones.cli import main; "
        "from click.shell_completion import BashComplete; "
        "assert BashComplete(main, {}, '', '').get_completions(['zone'], 'hain'); "
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
