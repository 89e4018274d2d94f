"""Reading: what is cut, too large or no data at all, and data that need no check."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from copies import GEODATA, edit_rows

from pilotzones.atlas import boundaries, checksums, load_atlas, rules
from pilotzones.errors import BoundaryError, PilotZonesError, TableError
from pilotzones.tables.archive import data_package


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_the_shipped_data_match_their_checksums_and_hold_to_every_rule(atlas):
    assert atlas.trusted, "run 'pilotzones check --write'"
    checked = load_atlas(GEODATA, check=True)
    assert not checked.trusted
    assert checked.data_version == atlas.data_version
    for part in ("register", "boundaries"):
        for name, table in vars(getattr(atlas, part)).items():
            if isinstance(table, pd.DataFrame):
                pd.testing.assert_frame_equal(table, getattr(getattr(checked, part), name))


def test_a_check_reads_each_layer_once_and_looks_closely_at_what_breaks_a_rule(
    monkeypatch, layers_counted_once
):
    read, features = [], boundaries.Boundaries.features

    def noted(of, name):
        read.append(name)
        return features(of, name)

    monkeypatch.setattr(boundaries, "count_names", layers_counted_once)
    monkeypatch.setattr(boundaries.Boundaries, "features", noted)
    monkeypatch.setattr(rules, "_schema", lambda _: pytest.fail("no rule is broken"))
    _ = load_atlas(GEODATA, check=True).places
    assert len(read) == len({*read}) == 13


def test_data_that_match_are_read_without_the_libraries_that_check_and_draw():
    code = (
        f"import sys, pilotzones; pilotzones.load_atlas({str(GEODATA)!r}); "
        "print([m for m in ('pandera', 'geopandas', 'shapely', 'pyogrio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_any_change_of_a_declared_file_is_checked(geodata):
    for name in checksums.declared_files(geodata):
        path = geodata / name
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        recorded = checksums.recorded_checksums(geodata)
        assert checksums.calculate_checksums(geodata) != recorded, name
        path.write_bytes(content)
        assert checksums.calculate_checksums(geodata) == recorded


@pytest.mark.parametrize("content", [None, "", "[]", "{", "[" * 100_000, '{"a": 1}'])
def test_data_without_good_checksums_are_checked(geodata, content):
    path = geodata / checksums.CHECKSUMS
    if content is None:
        path.unlink()
    else:
        path.write_text(content, "utf-8")
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(confidence="sure"))
    with pytest.raises(TableError, match="'sure': must be one of"):
        load_atlas(geodata)


def test_what_is_not_as_last_checked_is_logged_and_named(geodata, caplog):
    load_atlas(geodata)
    assert not caplog.messages
    path = geodata / "boundaries" / "zone_overlaps.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    load_atlas(geodata)
    assert len(caplog.messages) == 1
    assert "not as they were last checked: boundaries/zone_overlaps.csv;" in caplog.messages[0]
    assert "'pilotzones check --write'" in caplog.messages[0]
    # nothing is recorded of data that somebody made
    (geodata / checksums.CHECKSUMS).unlink()
    load_atlas(geodata)
    assert len(caplog.messages) == 1


def test_a_stray_file_changes_neither_version_nor_archive(geodata, atlas):
    (geodata / "register" / ".DS_Store").write_bytes(b"x")
    (geodata / "register" / "zones.csv.bak").write_bytes(b"x")
    (geodata / "boundaries" / "old").mkdir()
    (geodata / "boundaries" / "old" / "lines.geojson").write_bytes(b"x")
    strewn = load_atlas(geodata)
    assert strewn.trusted
    assert strewn.data_version == atlas.data_version
    names = zipfile.ZipFile(io.BytesIO(data_package(strewn))).namelist()
    made = {"README.md", "LICENCE.md", "datapackage.json"}
    assert {*names} - made == {*checksums.declared_files(GEODATA)}
    assert len(names) == len({*names})


def test_every_shipped_file_is_declared():
    files = {path.relative_to(GEODATA).as_posix() for path in GEODATA.rglob("*") if path.is_file()}
    shipped = {name for name in files if not Path(name).name.startswith(".")}
    released = {name for name in shipped if name.startswith("releases/")}
    assert shipped - released == {*checksums.declared_files(GEODATA), checksums.CHECKSUMS}


def test_a_folder_is_named_by_text_as_well(atlas):
    assert load_atlas(str(GEODATA)).data_version == atlas.data_version


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PilotZonesError, match=r"no register/ in .*nowhere"):
        load_atlas(str(tmp_path / "nowhere"))


def test_what_is_printed_is_short(atlas):
    for part in (atlas, atlas.register, atlas.boundaries):
        assert len(repr(part)) < 200
        assert f"{len(atlas.register.zones)} zones" in repr(part)


@pytest.mark.parametrize("cut", [1, 100])
@pytest.mark.parametrize("name", ["register/zones.csv", "register/documents.csv"])
def test_a_table_that_is_cut_is_named(geodata, name, cut):
    path = geodata / name
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(TableError, match=rf"{path.name} (is cut: its last line|is not valid CSV)"):
        load_atlas(geodata)


def test_a_quote_that_is_not_closed_is_named(geodata):
    append(geodata / "register" / "policies.csv", '"\n')
    with pytest.raises(TableError, match=r"policies.csv is not valid CSV \(unexpected end of data"):
        load_atlas(geodata)


def test_a_cell_that_is_too_long_is_named(geodata):
    usual = 131_072
    edit_rows(
        geodata / "register" / "zones.csv",
        lambda rows: rows[0].update(notes_en="x" * (usual + 1)),
    )
    # other libraries raise the limit, which is of the whole process
    before = csv.field_size_limit(usual)
    try:
        with pytest.raises(TableError, match=r"zones.csv is not valid CSV \(field larger"):
            load_atlas(geodata)
    finally:
        csv.field_size_limit(before)


def test_an_identifier_with_a_line_end_is_named(geodata):
    edit_rows(geodata / "register" / "policies.csv", lambda rows: rows[0].update(policy_id="a\n"))
    with pytest.raises(TableError, match=r"policies.csv, line 2, column policy_id: 'a\\n': must"):
        load_atlas(geodata)


@pytest.mark.parametrize("name", ["zones_overview.geojson", "provenance.json"])
def test_a_boundary_file_that_is_too_deep_is_named(geodata, name):
    (geodata / "boundaries" / name).write_text("[" * 100_000, "utf-8")
    with pytest.raises(BoundaryError, match=rf"{name} is damaged.*restore it"):
        load_atlas(geodata)


@pytest.mark.parametrize("part", ["register", "boundaries"])
def test_a_descriptor_that_is_too_deep_is_named(geodata, part):
    (geodata / part / "datapackage.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(TableError, match=rf"{part}/datapackage.json is not valid JSON"):
        load_atlas(geodata)


@pytest.mark.parametrize("name", ["NOTICE.md", "provenance.json", "lines.geojson"])
def test_a_boundary_file_that_is_no_text_is_named(geodata, name):
    (geodata / "boundaries" / name).write_bytes(b"\xff\xfe")
    with pytest.raises(BoundaryError, match=rf"{name} is damaged.*restore it"):
        load_atlas(geodata)


@pytest.mark.skipif(sys.platform != "linux", reason="a file that cannot be read is made of /proc")
@pytest.mark.parametrize("name", ["NOTICE.md", "provenance.json", "zones_detail.geojson"])
def test_a_boundary_file_that_cannot_be_read_is_named(geodata, name):
    path = geodata / "boundaries" / name
    path.unlink()
    path.symlink_to("/proc/self/mem")
    with pytest.raises(BoundaryError, match=rf"{name} is damaged \(.*error\); restore it"):
        load_atlas(geodata)


def test_a_descriptor_names_files_beside_it_alone(geodata):
    path = geodata / "register" / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"][0]["path"] = "../../secret.csv"
    path.write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(TableError, match=r"names ../../secret.csv, which is not a file beside it"):
        load_atlas(geodata)
