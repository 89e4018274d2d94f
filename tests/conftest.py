"""What several tests share: the atlas, and copies of the data that may be damaged."""

import hashlib
import shutil
from pathlib import Path

import pytest
from copies import GEODATA
from hypothesis import settings

from pilotzones.atlas import Atlas, boundaries, load_atlas

# how long a step takes is measured in bench/, not here
settings.register_profile("quiet", deadline=None, max_examples=50)
settings.load_profile("quiet")


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return load_atlas(GEODATA)


@pytest.fixture(scope="session", autouse=True)
def layers_counted_once():
    """Count the names of layers of the same bytes once: copies of the data have most in common."""
    count, known = boundaries.count_names, {}

    def count_once(of, layer, key):
        try:
            content = of.path(f"{layer}.geojson").read_bytes()
        except OSError:
            return count(of, layer, key)
        told = hashlib.sha256(content).digest(), key
        if told not in known:
            known[told] = count(of, layer, key)
        return known[told]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundaries, "count_names", count_once)
        yield count


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    """A copy of all data that a test may change."""
    return Path(shutil.copytree(GEODATA, tmp_path / "geodata"))
