"""What several tests share: the atlas, copies of the data that may be damaged, a sample of tests."""

import hashlib
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from copies import ATLAS, GEODATA
from hypothesis import settings

from pilotzones.atlas import Atlas, boundaries

# how long a step takes is measured in bench/, not here
settings.register_profile("all", deadline=None, max_examples=50)
settings.register_profile("sample", deadline=None, max_examples=15)


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return ATLAS


@pytest.fixture(scope="session", autouse=True)
def layers_counted_once():
    """Count the names of layers of the same bytes once: copies of the data have most in common."""
    count, known = boundaries.count_names, {}

    def count_once(of, layer, key):
        try:
            content = of.path(f"{layer}.geojson").read_bytes()
        except OSError:
            return count(of, layer, key)
        same = hashlib.sha256(content).digest(), key
        if same not in known:
            known[same] = count(of, layer, key)
        return known[same]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundaries, "count_names", count_once)
        yield count


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    """A copy of all data that a test may change."""
    return Path(shutil.copytree(GEODATA, tmp_path / "geodata"))


# a picture costs seconds in each language, size and theme: one of them by default
DRAWN = {"browser", "figure"}


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "every variant of every test, and the long tests, as before a release"
    parser.addoption("--all", action="store_true", dest="whole", help=text)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if _takes_all(config) else "sample")


def pytest_report_header(config: pytest.Config) -> str:
    return "all variants" if _takes_all(config) else "a sample of variants: --all runs the others"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _takes_all(config):
        return
    tests = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    kept = {item for variants in tests.values() for item in sample(variants)}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def _takes_all(config: pytest.Config) -> bool:
    named = config.option.keyword or any("::" in argument for argument in config.args)
    return bool(config.option.whole or named)


def sample(variants: list[pytest.Item]) -> list[pytest.Item]:
    """Return the variants of a test that run by default: always the same, of any kind."""
    test = variants[0]
    if test.get_closest_marker("long"):
        return []
    mark = test.get_closest_marker("variants")
    count = mark.args[0] if mark else 1 if test.path.parent.name in DRAWN else len(variants)
    return sorted(variants, key=_lot)[:count]


def _lot(item: pytest.Item) -> str:
    return hashlib.sha256(item.nodeid.encode()).hexdigest()
