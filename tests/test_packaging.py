"""The package as others get it: the wheel in an empty folder, its dependencies, its version."""

import ast
import os
import re
import subprocess
import sys
import time
import tomllib
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from copies import REPOSITORY
from serving import free_port

import pilotzones

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]

# what each part of the code may import beside the core: the rest of the code is the core
EXTRAS_OF = {
    "src/pilotzones/figure": ("figure",),
    "src/pilotzones/pipeline": ("build",),
    "src/pilotzones/tables/parquet.py": ("parquet",),
    "src/pilotzones/tables/workbook.py": ("upload",),
    "src/pilotzones/browser": ("app",),
    "src/pilotzones/server": ("app",),
    "src/pilotzones/dashboard": ("app",),
    "pages": ("app",),
    "app.py": ("app",),
}
SOURCES = sorted(
    [
        *(REPOSITORY / "src").rglob("*.py"),
        *(REPOSITORY / "pages").glob("*.py"),
        REPOSITORY / "app.py",
    ]
)


def run(*command, cwd, **options):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PILOTZONES_GEODATA")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A new environment with the wheel; it sees the packages of this one but for the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    # Streamlit takes any other name for its own checkout
    others = folder / "others" / "site-packages"
    others.mkdir(parents=True)
    for place in sys.path:
        if Path(place).name in ("site-packages", "dist-packages"):
            _show(Path(place), others)
    python = scripts / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = Path(run(python, "-c", asked, cwd=folder).strip())
    (purelib / "others.pth").write_text(f"{others}\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index"]
    run(*pip, wheel, cwd=folder)
    return scripts


def _show(place, others):
    for entry in place.iterdir():
        own = entry.name.startswith(("pilotzones", "_editable_impl_pilotzones", "__editable__"))
        if not own and entry.suffix != ".pth" and not (others / entry.name).exists():
            (others / entry.name).symlink_to(entry)


def test_the_wheel_holds_what_the_commands_need(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {REPOSITORY / "app.py", *(REPOSITORY / "pages").glob("*.py")}
    tops |= {REPOSITORY / ".streamlit" / "config.toml", REPOSITORY / "docs" / "reference.md"}
    assert {f"pilotzones/app/{p.relative_to(REPOSITORY).as_posix()}" for p in tops} <= names
    for folder in ("geodata", "src/pilotzones"):
        files = {
            path.relative_to(REPOSITORY).as_posix().removeprefix("src/")
            for path in (REPOSITORY / folder).rglob("*")
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
        }
        prefix = "pilotzones/" if folder == "geodata" else ""
        assert {prefix + name for name in files} <= names
    assert "pilotzones/py.typed" in names


@pytest.mark.long
def test_the_commands_work_in_an_empty_folder(environment, tmp_path):
    listed = run(environment / "pilotzones", "list", "--province", "460000", cwd=tmp_path)
    assert "hainan" in listed
    assert run(environment / "python", "-m", "pilotzones", "--version", cwd=tmp_path)
    assert not [*tmp_path.iterdir()]
    size = ["--size", "column", "--dpi", "72"]
    run(environment / "pilotzones", "figure", *size, "-o", "zones.png", cwd=tmp_path)
    assert (tmp_path / "zones.png").read_bytes().startswith(b"\x89PNG")


def test_the_dashboard_is_served_from_an_empty_folder(environment, tmp_path):
    port = free_port()
    command = [environment / "pilotzones", "serve", "--port", str(port), "--address", "127.0.0.1"]
    variables = {"PILOTZONES_WARM_UP": "off", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=tmp_path, env=variables, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            assert b'"status":"ok"' in wait_for(server, f"{address}/healthz")
            assert b"<html" in wait_for(server, f"{address}/reference")
            # a component is found by way of the one pyproject.toml
            parts = f"{address}/_stcore/bidi-components/pilotzones.timeline/timeline.js"
            assert wait_for(server, parts)
        finally:
            server.terminate()
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


def wait_for(server, address):
    for _ in range(600):
        try:
            with urlopen(address) as answer:
                return answer.read()
        except URLError:
            assert server.poll() is None
            time.sleep(0.1)
    pytest.fail(f"no answer from {address}")


def names_of(requirements):
    """The distributions that a list of requirements names, extras of this one taken apart."""
    for requirement in requirements:
        name = re.match(r"[\w.-]+", requirement)[0].lower()
        if name == "pilotzones":
            (extras,) = re.findall(r"\[(.*)\]", requirement)
            for extra in extras.split(","):
                yield from names_of(EXTRAS[extra])
        else:
            yield name


def third_party(path):
    """The packages of others that a file imports, at its top or in a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [node.module]
        else:
            continue
        tops = {name.partition(".")[0] for name in found}
        yield from tops - sys.stdlib_module_names - {"pilotzones"}


@cache
def known_distributions():
    # asked once: it reads every file list of the environment
    return packages_distributions()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_import_is_declared_where_it_is_needed(path):
    place = path.relative_to(REPOSITORY).as_posix()
    extras = next((found for start, found in EXTRAS_OF.items() if place.startswith(start)), ())
    groups = [PROJECT["project"]["dependencies"], *(EXTRAS[extra] for extra in extras)]
    declared = {name for group in groups for name in names_of(group)}
    distributions = known_distributions()
    for package in third_party(path):
        names = {name.lower() for name in distributions[package]}
        assert names & declared, f"{package} is declared in none of core, {', '.join(extras)}"


def test_the_lowest_constraints_are_the_lower_bounds():
    lines = (REPOSITORY / "constraints-lowest.txt").read_text("utf-8").splitlines()
    lowest = dict(line.lower().split("==") for line in lines if "==" in line)
    tried = ("figure", "parquet", "upload")
    bounds = [*PROJECT["project"]["dependencies"], *(one for name in tried for one in EXTRAS[name])]
    for name, bound in (
        re.match(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", one).groups() for one in bounds
    ):
        # a font has no older version that was tried
        if name != "justmytype-intl-cjk":
            assert f"{lowest.pop(name)}.".startswith(f"{bound}."), name
    assert not lowest


def test_the_checksums_are_those_of_the_constraints():
    named = re.compile(r"^([\w.-]+==[\w.]+)", re.MULTILINE)
    pinned, hashed = (
        {one.lower().replace("_", "-") for one in named.findall((REPOSITORY / name).read_text())}
        for name in ("constraints.txt", "constraints-hashes.txt")
    )
    assert pinned == hashed
    text = (REPOSITORY / "constraints-hashes.txt").read_text("utf-8")
    assert all("--hash=sha256:" in one for one in re.split(r"\n(?=\w)", text))
    assert "://" not in text


def test_one_version():
    assert "version" in PROJECT["project"]["dynamic"]
    citation = (REPOSITORY / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {pilotzones.__version__}\n" in citation


def test_the_names_of_the_package_are_shown():
    assert set(pilotzones.__all__) <= set(dir(pilotzones))
    code = "import pilotzones; help(pilotzones)"
    page = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    for name in pilotzones.__all__:
        assert re.search(rf"^    (class )?{name}\b", page, re.MULTILINE), name


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pilotzones.nothing


# stands for an environment in which the extras were not installed
WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
import importlib.util
known = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {missing!r} else known(name, *rest)
from pilotzones.cli import main
main({arguments!r})
"""
OF_EXTRAS = [
    "streamlit",
    "streamlit_folium",
    "folium",
    "altair",
    "xstatic",
    "jinja2",
    "starlette",
    "uvloop",
    "matplotlib",
    "fontTools",
    "justmytype_intl_cjk",
    "PIL",
    "pyarrow",
    "python_calamine",
    "opencc",
    "pypinyin",
]


def without_extras(*arguments):
    code = WITHOUT.format(missing=set(OF_EXTRAS), arguments=list(arguments))
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["figure", "-o", "nowhere/x.png"], "figure"),
        (["export", "-o", "nowhere/x.parquet"], "parquet"),
        (["serve"], "app"),
        (["build-boundaries"], "build"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
@pytest.mark.variants(1)
def test_what_needs_an_extra_names_it(arguments, extra):
    done = without_extras(*arguments)
    assert done.returncode == 1
    assert f"python -m pip install 'pilotzones[{extra}]'" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--format", "geojson"],
        ["zone", "hainan", "--format", "json"],
        ["changes", "--lang", "zh"],
        ["export", "-o", "{}/zones.xlsx"],
        ["export", "-o", "{}/zones.gpkg"],
        ["export", "-o", "{}/zones.fgb"],
        ["export", "package", "-o", "{}/all.zip"],
    ],
    ids=" ".join,
)
@pytest.mark.long
def test_all_else_needs_no_extra(arguments, tmp_path):
    done = without_extras(*(one.format(tmp_path) for one in arguments))
    assert done.returncode == 0, done.stderr
