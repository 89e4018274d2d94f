"""The archive of all data."""

import io
import json
import zipfile

import pytest
from frictionless import Package

from pilotzones.atlas import load_atlas
from pilotzones.tables.archive import FOLDERS, data_package


@pytest.mark.long
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
    (tmp_path / "data.zip").write_bytes(content)
    for descriptor in ("register/datapackage.json", "data.zip"):
        report = Package(str(tmp_path / descriptor)).validate()
        assert report.valid, report.flatten(["title", "message"])
    # what was packed is the same data
    assert load_atlas(tmp_path).register.version == atlas.register.version


@pytest.mark.parametrize("version", ["", "1.0.0"])
def test_the_descriptor_at_the_root_describes_every_table_and_layer(atlas, version):
    with zipfile.ZipFile(io.BytesIO(data_package(atlas.at(version) if version else atlas))) as file:
        names, descriptor = file.namelist(), json.loads(file.read("datapackage.json"))
        terms = file.read("LICENCE.md").decode()
    described = {one["path"]: one for one in descriptor["resources"]}
    assert {*described} == {
        name for name in names if name.rpartition(".")[2] in {"csv", "geojson", "fgb"}
    }
    assert len({one["name"] for one in descriptor["resources"]}) == len(described)
    boundaries = [one for name, one in described.items() if name.startswith("boundaries/")]
    titles = [one["title"] for one in atlas.boundaries.provenance["sources"]]
    for one in boundaries:
        assert one["licenses"][0]["path"] == "boundaries/NOTICE.md"
        assert [said["title"].split("; ")[0] for said in one["sources"]] == titles
    assert descriptor["licenses"][0]["title"] in terms
    assert descriptor["version"] == (version or atlas.register.version)


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
