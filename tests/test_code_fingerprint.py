"""Answers of other code under the same version have another tag."""

import shutil
from pathlib import Path

import pytest
from asking import ask

import pilotzones
from pilotzones import build as of_build
from pilotzones.server import api, figures, ogc

PACKAGE = Path(pilotzones.__file__).parent


def test_the_fingerprint_changes_with_any_byte_of_the_code(tmp_path):
    copy = tmp_path / "pilotzones"
    shutil.copytree(PACKAGE / "server", copy / "server")
    before = of_build.fingerprint_of_code(copy)
    assert before == of_build.fingerprint_of_code(copy)
    with (copy / "server" / "ogc.py").open("a") as file:
        file.write("#")
    assert of_build.fingerprint_of_code(copy) != before
    assert of_build.build() == of_build.fingerprint_of_code(PACKAGE)


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (api, "/api/v1/zones.csv?on=2016-02-01"),
        (figures, "/table.xlsx?table=zones&on=2016-02-01"),
        (figures, "/map.html?on=2016-02-01"),
        (ogc, "/ogc/collections"),
    ],
)
def test_other_code_has_another_tag(monkeypatch, module, path):
    tag = ask(path).headers["etag"]
    monkeypatch.setattr(module, "build", lambda: "other")
    assert ask(path).headers["etag"] != tag
