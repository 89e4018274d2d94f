"""What several tests share: the atlas, and copies of the data that may be damaged."""

import shutil
from pathlib import Path

import pytest
from copies import GEODATA
from hypothesis import settings

from pilotzones.atlas import Atlas, load_atlas

# how long a step takes is measured in bench/, not here
settings.register_profile("quiet", deadline=None, max_examples=50)
settings.load_profile("quiet")


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return load_atlas(GEODATA)


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    """A copy of all data that a test may change."""
    return Path(shutil.copytree(GEODATA, tmp_path / "geodata"))
