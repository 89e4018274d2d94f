"""The examples in docstrings and in the documents do what they say."""

import doctest
import importlib
import inspect
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from copies import REPOSITORY

import pilotzones

MODULES = [
    module.name
    for module in pkgutil.walk_packages(pilotzones.__path__, "pilotzones.")
    if not module.name.startswith("pilotzones.dashboard")
]


class Finder(doctest.DocTestFinder):
    """Finds the examples of functions within a decorator, too."""

    def _from_module(self, module, object):  # noqa: A002 - named so by doctest
        return super()._from_module(module, inspect.unwrap(object))


EXAMPLES = {
    name: tests
    for name in MODULES
    if (tests := [t for t in Finder().find(importlib.import_module(name)) if t.examples])
}
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]


def blocks_of(language):
    """Documents and their examples in a language."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```", re.DOTALL | re.MULTILINE)
    return [
        (path.name, block)
        for path in DOCUMENTS
        for block in pattern.findall(path.read_text(encoding="utf-8"))
    ]


def has_haven():
    """Whether R is there, with the package that reads Stata files."""
    if not shutil.which("Rscript"):
        return False
    asked = ["Rscript", "-e", "library(haven)"]
    return not subprocess.run(asked, capture_output=True, check=False).returncode


BLOCKS, COMMANDS, JSON = (blocks_of(language) for language in ("python", "bash", "json"))
R = blocks_of("r")


def test_there_are_examples():
    assert "pilotzones.atlas.atlas" in EXAMPLES
    assert "pilotzones.query.citations.cite" in {
        test.name for test in EXAMPLES["pilotzones.query.citations"]
    }
    assert len(BLOCKS) >= 2
    assert len(COMMANDS) >= 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_a_module(name):
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in EXAMPLES[name]:
        runner.run(test, out=report.append)
    assert not runner.failures, "".join(report)
    assert runner.tries


@pytest.mark.parametrize(("document", "block"), BLOCKS)
@pytest.mark.variants(8)
def test_the_examples_of_a_document(document, block, monkeypatch):
    asked = []
    # what the address answers is asked over HTTP in test_api.py
    monkeypatch.setattr(gpd, "read_file", asked.append)
    exec(compile(block, document, "exec"), {})
    assert all("/api/v1/" in address for address in asked)


@pytest.mark.parametrize(("document", "block"), COMMANDS)
@pytest.mark.variants(1)
def test_the_commands_of_a_document(document, block, tmp_path):
    bash(block, tmp_path)
    assert any(tmp_path.iterdir()), document


@pytest.mark.skipif(not has_haven(), reason="R with haven is not installed")
@pytest.mark.parametrize(("document", "block"), R)
def test_the_examples_in_r(document, block, tmp_path):
    for name, commands in COMMANDS:
        if name == document:
            bash(commands, tmp_path)
    subprocess.run(["Rscript", "-e", block], cwd=tmp_path, check=True)


@pytest.mark.parametrize(("document", "block"), JSON)
def test_the_json_of_a_document(document, block):
    assert json.loads(block), document


def bash(block, folder):
    """Run commands in an empty folder, with the `pilotzones` of this environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env=os.environ | {"PATH": path},
        check=True,
    )
