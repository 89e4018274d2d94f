"""The rules that the code keeps: style, types, walls."""

import subprocess
import sys

import pytest
from copies import REPOSITORY


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ],
    ids=" ".join,
)
def test_style_and_types(command):
    run(sys.executable, "-m", *command)


def test_only_the_dashboard_knows_a_screen():
    run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()")


def test_the_core_is_imported_without_what_only_some_faces_need():
    code = (
        "import sys, pilotzones; "
        "print([m for m in ('streamlit', 'folium', 'matplotlib', 'pyogrio') if m in sys.modules])"
    )
    assert run(sys.executable, "-c", code).strip() == "[]"


def test_the_test_command_of_the_readme_is_the_one_of_ci():
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    commands = [line for line in script.splitlines() if "pytest" in line]
    assert commands
    assert all(f"\n{command}\n" in readme for command in commands)


def run(*command):
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
