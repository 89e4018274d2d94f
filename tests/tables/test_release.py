"""The archive of a version: complete, the same each time, and valid for who opens it."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner
from copies import GEODATA, edit_rows
from frictionless import Package

from pilotzones.atlas.releases import released_fingerprints
from pilotzones.cli import main
from pilotzones.tables.release import release_archive, release_name

VERSIONS = [*released_fingerprints(GEODATA)]


@pytest.fixture(scope="module")
def content(atlas):
    return release_archive(atlas)


@pytest.fixture(scope="module")
def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.long
def test_another_process_in_another_zone_of_time_writes_the_same_bytes(content, tmp_path):
    command = [sys.executable, "-m", "pilotzones", "release", "--out", str(tmp_path)]
    environment = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7"}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    (path,) = tmp_path.iterdir()
    assert path.name == f"pilotzones-data-{VERSIONS[-1]}.zip"
    assert path.read_bytes() == content


@pytest.mark.long
def test_frictionless_opens_the_archive_and_finds_it_valid(content, tmp_path):
    path = tmp_path / "data.zip"
    path.write_bytes(content)
    package = Package(str(path))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    assert {task.name for task in report.tasks} == {*package.resource_names}
    assert {"zones", "events", "divisions", "names", "panel", "revisions"} <= {
        *package.resource_names
    }


def test_frictionless_finds_a_cell_that_breaks_its_schema(files, tmp_path):
    for name, file in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file)
    edit_rows(tmp_path / "register" / "documents.csv", lambda rows: rows[0].update(batch="x"))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_checksums_are_those_of_every_other_file(files):
    lines = files["SHA256SUMS"].decode().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert told == {
        name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "SHA256SUMS"
    }


def test_every_format_has_the_same_rows(files):
    rows = len(pd.read_csv(io.BytesIO(files["data/panel.csv"])))
    assert rows == len(pd.read_stata(io.BytesIO(files["data/panel.dta"])))
    assert rows == pq.read_table(io.BytesIO(files["data/panel.parquet"])).num_rows
    assert rows == len(pd.read_excel(io.BytesIO(files["data/panel.xlsx"]), engine="openpyxl"))
    zones = len(pd.read_csv(io.BytesIO(files["data/zones.csv"])))
    assert zones == len(json.loads(files["data/zones.geojson"])["features"])
    assert zones == pq.read_table(io.BytesIO(files["data/zones.parquet"])).num_rows


def test_what_describes_the_archive_agrees(atlas, files):
    version, day = atlas.register.version, str(atlas.register.changelog["published_on"].max())[:10]
    cited = yaml.safe_load(files["CITATION.cff"])
    zenodo, schema, dcat = (
        json.loads(files[name]) for name in (".zenodo.json", "schema.jsonld", "dcat.jsonld")
    )
    assert (cited["type"], cited["version"], str(cited["date-released"])) == (
        "dataset",
        version,
        day,
    )
    assert (zenodo["upload_type"], zenodo["version"], zenodo["publication_date"]) == (
        "dataset",
        version,
        day,
    )
    assert (schema["@type"], schema["version"], schema["datePublished"]) == (
        "Dataset",
        version,
        day,
    )
    assert (dcat["@type"], dcat["dcat:version"]) == ("dcat:Dataset", version)
    offered = {one["contentUrl"] for one in schema["distribution"]}
    assert offered == {name for name in files if name.startswith("data/")}
    assert offered == {one["dct:title"] for one in dcat["dcat:distribution"]}
    assert atlas.data_version in files["README.md"].decode()
    assert {"LICENCE.md", "boundaries/NOTICE.md", "codebook.md", "revisions.csv"} <= {*files}


def test_an_earlier_version_is_packed_as_it_was(atlas):
    first = atlas.at(VERSIONS[0])
    with zipfile.ZipFile(io.BytesIO(release_archive(first))) as archive:
        register = archive.read("register/zones.csv")
        assert "revisions.csv" not in archive.namelist()
    assert register == (GEODATA / "releases" / VERSIONS[0] / "register" / "zones.csv").read_bytes()
    assert release_name(first) == f"pilotzones-data-{VERSIONS[0]}.zip"


def test_data_without_reasons_are_not_released(geodata, tmp_path):
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(notes_en="x"))
    command = ["release", "--keep", "--data", str(geodata), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "changed since: raise the version" in result.output
    assert not (tmp_path / "out").exists()
