"""Released versions: kept as they were, read with what they had, refused when a byte changed."""

import pandas as pd
import pytest
from copies import GEODATA, add_ninth_batch, edit_rows, set_version

from pilotzones import load_atlas, state_on, treatment_panel
from pilotzones.atlas.checksums import calculate_checksums, record_checksums
from pilotzones.atlas.releases import (
    check_releases,
    keep_release,
    keeping_releases,
    released_fingerprints,
)
from pilotzones.errors import InvalidValueError, TableError

VERSIONS = [*released_fingerprints(GEODATA)]
# what was cited as version 1.0.0 has this fingerprint
FIRST = ("1.0.0", "b3beb646bdc3")


def test_releases_are_as_they_were():
    check_releases(GEODATA)
    assert next(iter(released_fingerprints(GEODATA).items())) == FIRST


def test_the_present_version_is_the_last(atlas):
    assert atlas.versions[-1] == atlas.register.version
    assert atlas.at(atlas.register.version) is atlas


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_has_the_columns_of_today(atlas, version):
    earlier = atlas.at(version)
    assert earlier.register.version == version
    for name in ("documents", "zones", "events", "measures", "evaluations", "ports"):
        then, now = getattr(earlier.register, name), getattr(atlas.register, name)
        assert [*then.columns] == [*now.columns]
        assert [one.kind for one in then.dtypes] == [one.kind for one in now.dtypes]
    assert len(treatment_panel(earlier).table) == len(treatment_panel(atlas).table)


def test_what_the_first_version_did_not_have_is_empty(atlas):
    first = atlas.at("1.0.0").register
    assert first.documents["checked_on"].isna().all()
    assert first.checked_on is None
    assert first.measures.empty
    assert not first.policies.empty
    assert first.changelog["version"].tolist() == ["1.0.0"]


def test_versions_share_the_boundaries(atlas):
    first = atlas.at("1.0.0")
    assert first.boundaries is atlas.boundaries
    assert first.places.names is atlas.places.names
    assert first.at("1.0.0") is first
    assert first.at(atlas.register.version) is atlas


def test_an_unknown_version_is_refused(atlas):
    with pytest.raises(InvalidValueError, match=r"data=0\.9: unknown version; 1\.0\.0, "):
        atlas.at("0.9")
    with pytest.raises(InvalidValueError, match="unknown version"):
        load_atlas(version="../register")


@pytest.mark.parametrize(
    "name", ["releases/1.0.0/register/zones.csv", "boundaries/zones_detail.geojson"]
)
def test_a_changed_byte_is_refused(geodata, name):
    path = geodata / name
    path.write_bytes(path.read_bytes().replace(b"hangzhou", b"hangzhov", 1))
    with pytest.raises(TableError, match=rf"{path.name} of the released version 1\.0\.0 changed"):
        check_releases(geodata)
    with pytest.raises(TableError, match="v1.0.0"):
        load_atlas(geodata, version="1.0.0")


def test_checksums_of_a_release_cannot_be_written_anew(geodata):
    path = geodata / "releases" / "1.0.0" / "register" / "zones.csv"
    path.write_bytes(path.read_bytes().replace(b"hangzhou", b"hangzhov", 1))
    record_checksums(path.parents[1], calculate_checksums(geodata))
    with pytest.raises(TableError, match=r"checksums\.json is not as released"):
        check_releases(geodata)


def test_a_released_version_is_not_released_again_with_other_data(geodata):
    edit_rows(geodata / "register" / "zones.csv", lambda rows: rows[0].update(notes_en="x"))
    for refuse in (check_releases, keep_release):
        with pytest.raises(TableError, match=r"register/zones\.csv changed since: raise the ver"):
            refuse(geodata)


def test_an_earlier_version_keeps_its_boundaries(geodata, atlas):
    with keeping_releases(geodata):
        add_ninth_batch(geodata)
    set_version(geodata, "2.0.0")
    assert keep_release(geodata) == "2.0.0"
    check_releases(geodata)
    present = load_atlas(geodata)
    assert present.versions == (*VERSIONS, "2.0.0")
    assert len(present.register.zones) == len(atlas.register.zones) + 1
    for version in VERSIONS:
        earlier = present.at(version)
        assert earlier.data_version == atlas.at(version).data_version
        assert earlier.boundaries.zones.equals(atlas.boundaries.zones)
        assert earlier.boundaries.features("zones_detail") == (
            atlas.boundaries.features("zones_detail")
        )
        day = pd.Timestamp("2027-02-01").date()
        assert state_on(earlier.register, day).equals(state_on(atlas.at(version).register, day))
    kept = {path.name for path in (geodata / "releases" / VERSIONS[-1] / "boundaries").iterdir()}
    assert "zones_detail.geojson" in kept
    assert "counties.fgb" not in kept
    # only the last version that had them has them
    assert not (geodata / "releases" / "1.0.0" / "boundaries").exists()
