"""The files that the browser fetches once."""

import gzip
import hashlib
import json
import re

import pytest

from pilotzones.browser.assets import Asset, collect_assets, zone_labels
from pilotzones.i18n import LANGUAGES


@pytest.fixture(scope="module")
def assets(atlas):
    return collect_assets(atlas)


def test_the_address_changes_with_the_content():
    one, other = Asset("a.json", b"[1]"), Asset("a.json", b"[2]")
    assert one.path == f"assets/{hashlib.sha256(b'[1]').hexdigest()[:12]}/a.json"
    assert one.path != other.path


def test_the_compressed_content_is_the_content_and_repeats():
    asset = Asset("a.js", b"let a;" * 99)
    assert gzip.decompress(asset.compressed) == asset.body
    assert asset.compressed == Asset("a.js", b"let a;" * 99).compressed


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.js", "text/javascript"),
        ("a.css", "text/css"),
        ("a.json", "application/json"),
        ("a", "application/octet-stream"),
    ],
)
def test_media_types(name, media_type):
    assert Asset(name, b"").media_type == media_type


def test_collecting_twice_gives_the_same_bytes(atlas, assets):
    assert {name: asset.digest for name, asset in collect_assets(atlas).items()} == {
        name: asset.digest for name, asset in assets.items()
    }


def test_every_file_has_its_name_and_every_json_can_be_read(assets):
    for name, asset in assets.items():
        assert asset.name == name
        assert asset.body
        if name.endswith(".json"):
            json.loads(asset.body)
    for lang in LANGUAGES:
        assert {f"words-{lang}.json", f"stories-{lang}.json"} <= assets.keys()


def test_coordinates_have_three_decimals_and_layers_all_zones(atlas, assets):
    for level in ("coarse", "overview", "detail"):
        body = assets[f"{level}.json"].body
        assert not re.search(rb"\.\d{4}", body)
        zones = json.loads(body)["zones"]["features"]
        assert len(zones) == len(atlas.register.zones)


def test_labels_are_in_the_order_of_the_register(atlas):
    labels = zone_labels(atlas)
    assert [label["id"] for label in labels] == atlas.register.zones.index.tolist()
    for label in labels:
        west, south, east, north = label["box"]
        assert west < label["lon"] < east
        assert south < label["lat"] < north


def test_a_revoked_zone_has_its_day_and_its_successor(atlas):
    revoked = {label["id"]: label for label in zone_labels(atlas) if label["revoked"]}
    assert {zone for stop in atlas.stops for zone in stop.revoked} == revoked.keys()
    assert revoked["haikou"]["successor"] in atlas.register.zones.index
    assert revoked["haikou"]["approved"] < revoked["haikou"]["revoked"]
