"""The commands on measures, facts and citations."""

import json
from datetime import date

import pytest
from command_line import run

from pilotzones import cite, facts_on
from pilotzones.cli.fact_answers import SHOWN
from pilotzones.query.policy import MEASURE_COLUMNS


def test_measures_for_people_end_with_the_caution():
    assert set(SHOWN.split()) <= set(MEASURE_COLUMNS)
    lines = run("measures", "--zone", "xiamen", "--on", "2018-10-01").stdout.splitlines()
    assert lines[0].split() == [*SHOWN.split(), "doubts_en"]
    assert lines[1].startswith("retail-export-tax")
    assert lines[-1] == "Information, not tax advice."


def test_measures_for_programs(tmp_path):
    chosen = ("measures", "--adcode", "义乌市", "--on", "2019-01-01", "--role", "exporter")
    rows = json.loads(run(*chosen, "--format", "json").stdout)["measures"]
    assert rows[0]["measure_id"] == "retail-export-tax"
    path = tmp_path / "yiwu.xlsx"
    run(*chosen, "--format", "xlsx", "-o", str(path))
    assert path.read_bytes().startswith(b"PK")


def test_an_unknown_zone_names_the_closest():
    done = run("measures", "--zone", "xiamn", status=2)
    assert "--zone=xiamn: unknown zone; did you mean xiamen or xian?" in done.stderr


def test_a_subject_is_cited_in_the_style_that_is_chosen(atlas, tmp_path):
    chosen = ("--style", "gbt7714", "--lang", "zh", "--on", "2024-01-01")
    printed = run("cite", "haikou", *chosen, "--site", "https://atlas.example").stdout
    options = {"style": "gbt7714", "lang": "zh", "on": date(2024, 1, 1)}
    assert printed == cite(atlas, "haikou", **options, site="https://atlas.example/") + "\n"
    path = tmp_path / "hainan.ris"
    run("cite", "hainan", "--style", "ris", "-o", path)
    assert path.read_text("utf-8").count("TY  - ") == 2


@pytest.mark.parametrize(
    ("name", "start"), [("x.ris", "TY  - "), ("x.bib", "@"), ("x.JSON", "["), ("x.txt", "State")]
)
def test_the_style_is_that_of_the_file(tmp_path, name, start):
    path = tmp_path / name
    run("cite", "国函〔2015〕44号", "-o", path)
    assert path.read_text("utf-8").startswith(start)
    if name != "x.txt":
        path.unlink()
        refused = run("cite", "hainan", "--style", "apa", "-o", path, status=2).stderr
        assert f"{name} ends as" in refused
        assert not path.exists()


def test_what_is_not_known_is_not_cited():
    assert "did you mean hainan" in run("cite", "haianan", status=2).stderr


def test_facts_are_sentences_for_people_and_rows_for_programs(atlas):
    on = date(2023, 1, 1)
    expected = facts_on(atlas, on)
    chosen = ("facts", "--on", on)
    for lang in ("en", "zh"):
        lines = run(*chosen, "--lang", lang).stdout.splitlines()
        assert lines == [*expected[f"sentence_{lang}"]]
    rows = json.loads(run(*chosen, "--format", "json").stdout)["facts"]
    assert [row["fact"] for row in rows] == [*expected.index]
    active = int(expected.loc["active", "value"])
    (row,) = json.loads(run("facts", "--active", active, "--format", "json").stdout)["facts"]
    assert row["true_from"] <= on.isoformat() <= row["true_until"]


def test_a_number_that_never_was_is_said_to_be_none():
    assert run("facts", "--active", 1).stdout.startswith("From ")
    never = run("facts", "--active", 9000).stdout
    assert never == "The number of active pilot zones was never 9000.\n"
    assert "9000" in run("facts", "--active", 9000, "--lang", "zh").stdout
