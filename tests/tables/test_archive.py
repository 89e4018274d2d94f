"""The archive of all data."""

import io
import json
import zipfile

import pytest
from frictionless import Package

from pilotzones.atlas import load_atlas
from pilotzones.tables.archive import FOLDERS, data_package


def test_the_package_is_a_valid_frictionless_package(atlas, tmp_path):
    content = data_package(atlas)
    assert content == data_package.__wrapped__(atlas)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert names == sorted(names, key=lambda name: (name != "README.md", name))
    assert {"README.md", "boundaries/NOTICE.md", "register/datapackage.json"} <= set(names)
    assert atlas.data_version in (tmp_path / "README.md").read_text("utf-8")
    report = Package(str(tmp_path / "register" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    # what was packed is the same data
    assert load_atlas(tmp_path).register.version == atlas.register.version


def test_hidden_files_stay_out_of_the_package(geodata):
    for hidden in ("register/.DS_Store", "boundaries/._zones_overview.geojson"):
        (geodata / hidden).write_bytes(b"nothing")
    with zipfile.ZipFile(io.BytesIO(data_package(load_atlas(geodata)))) as archive:
        names = archive.namelist()
    assert "register/zones.csv" in names
    assert not [name for name in names if name.rpartition("/")[2].startswith(".")]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_data_dictionary_describes_every_column_of_every_table(atlas, folder):
    with zipfile.ZipFile(io.BytesIO(data_package(atlas))) as archive:
        descriptor = json.loads(archive.read(f"{folder}/datapackage.json"))
        tables = {
            name: archive.read(name).decode().splitlines()[0].split(",")
            for name in archive.namelist()
            if name.startswith(f"{folder}/") and name.endswith(".csv")
        }
    described = {
        f"{folder}/{one['path']}": one["schema"]["fields"] for one in descriptor["resources"]
    }
    assert {name: [field["name"] for field in described[name]] for name in described} == tables
    assert all(field["description"].strip() for fields in described.values() for field in fields)
