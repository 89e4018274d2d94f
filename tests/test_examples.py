"""The examples in docstrings and in the documents do what they say."""

import doctest
import importlib
import pkgutil
import re

import geopandas as gpd
import pytest
from copies import REPOSITORY

import pilotzones

MODULES = [
    module.name
    for module in pkgutil.walk_packages(pilotzones.__path__, "pilotzones.")
    if not module.name.startswith("pilotzones.dashboard")
]
EXAMPLES = {
    name: tests
    for name in MODULES
    if (
        tests := [
            t for t in doctest.DocTestFinder().find(importlib.import_module(name)) if t.examples
        ]
    )
}
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
BLOCKS = [
    (path.name, block)
    for path in DOCUMENTS
    for block in re.findall(
        r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
]


def test_there_are_examples():
    assert "pilotzones.atlas.atlas" in EXAMPLES
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_a_module(name):
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in EXAMPLES[name]:
        runner.run(test, out=report.append)
    assert not runner.failures, "".join(report)
    assert runner.tries


@pytest.mark.parametrize(("document", "block"), BLOCKS)
def test_the_examples_of_a_document(document, block, monkeypatch):
    asked = []
    # what the address answers is asked over HTTP in test_api.py
    monkeypatch.setattr(gpd, "read_file", asked.append)
    exec(compile(block, document, "exec"), {})
    assert all("/api/v1/" in address for address in asked)
