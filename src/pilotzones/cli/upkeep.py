"""Commands that check and build the data, and that serve the app."""

import importlib.util
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import click

from pilotzones.cli.group import main
from pilotzones.cli.options import FOLDER, data_option, examples, folder_option
from pilotzones.errors import MissingExtraError, needs_extra
from pilotzones.geodata import ENVIRONMENT_VARIABLE, maintained_geodata

# what the dashboard imports and only its extra installs
APP = "app"
APP_PACKAGES = ("streamlit", "streamlit_folium", "folium", "altair", "xstatic", "matplotlib")

# a part of a path, which does not lead up
_SEGMENT = re.compile(r"(?!\.+$)[\w.~-]+", re.ASCII)


@main.command(
    "check",
    epilog=examples(
        "pilotzones check",
        "pilotzones check --data geodata",
        "pilotzones check --write",
    ),
)
@click.option("--write", is_flag=True, help="Record the checksums, so that the data load faster.")
@folder_option
def check(data: Path | None, *, write: bool) -> None:
    """Check the data against every rule and count the rows of each table.

    In a checkout these are the data of the checkout.
    """
    from pilotzones.cli import answers  # noqa: PLC0415

    for line in answers.check(data or maintained_geodata(), write=write):
        click.echo(line)


@main.command(
    "revisions",
    epilog=examples("pilotzones revisions", "pilotzones revisions --write"),
)
@click.option("--write", is_flag=True, help="Add these changes to revisions.csv.")
@folder_option
def revisions(data: Path | None, *, write: bool) -> None:
    """List the changes since the version before that have no reason yet.

    Write the reasons into revisions.csv. In a checkout these are the data of the checkout.
    """
    from pilotzones.cli import answers  # noqa: PLC0415

    for line in answers.missing_reasons(data or maintained_geodata(), write=write):
        click.echo(line)


@main.command(
    "release",
    epilog=examples("pilotzones release --keep --out dist", "pilotzones release --data 1.0.0"),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder to write the archive to.  [default: the current one]",
)
@click.option("--keep", is_flag=True, help="Check the data first and keep them as a release.")
@data_option
def release(data: Path | None, out: Path, *, keep: bool) -> None:
    """Write one archive with everything of a version of the data, to be published.

    In a checkout these are the data of the checkout.
    """
    from pilotzones.cli import answers  # noqa: PLC0415

    name, content = answers.release_file(data or maintained_geodata(), keep=keep)
    out.mkdir(parents=True, exist_ok=True)
    answers.put(content, str(out / name))
    click.echo(f"wrote {out / name}", err=True)


@main.command(
    "build-boundaries",
    epilog=examples(
        "pilotzones build-boundaries",
        "pilotzones build-boundaries --out new --cache archives",
    ),
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--register", type=FOLDER, help="Folder with zones.csv.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=Path(".cache"),
    show_default=True,
    help="Folder for the archives of the sources; missing ones are downloaded.",
)
def build(out: Path | None, register: Path | None, cache: Path) -> None:
    """Derive the boundary files from their sources, for maintainers.

    Reads and writes the folders of the data unless others are given.
    """
    with needs_extra("build"):
        from pilotzones.pipeline.build import build_boundaries  # noqa: PLC0415
    from pilotzones.atlas.releases import keeping_releases  # noqa: PLC0415

    home = maintained_geodata()
    out, register = out or home / "boundaries", register or home / "register"
    places = home / "places" if out == home / "boundaries" else None
    with keeping_releases(home):
        build_boundaries(out, cache=cache, register=register, places=places)
    click.echo(f"wrote {out}; now run 'pilotzones check --write'", err=True)


def _path(_: click.Context, parameter: click.Parameter, value: str) -> str:
    """Take a path of an address, with or without slashes around it."""
    path = value.strip("/")
    if path and not all(map(_SEGMENT.fullmatch, path.split("/"))):
        message = f"{value!r} is no path; use letters, digits, - and _, such as atlas or a/b"
        raise click.BadParameter(message, param=parameter)
    return path


@main.command(
    "serve",
    epilog=examples(
        "pilotzones serve",
        "pilotzones serve --port 80 --address 0.0.0.0 --base-path atlas",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    help="Port to listen on.",
)
@click.option("--address", default="localhost", show_default=True, help="Address to listen on.")
@click.option("--base-path", default="", callback=_path, help="Path below which the app is served.")
@folder_option
def serve(port: int, address: str, base_path: str, data: Path | None) -> None:
    """Serve the dashboard and the API."""
    missing = [name for name in APP_PACKAGES if not importlib.util.find_spec(name)]
    if missing:
        raise MissingExtraError(APP, missing[0])
    _check_address(address, port)
    # Streamlit reads its settings from .streamlit/ beside the app
    arguments = [sys.executable, "-m", "streamlit", "run", str(_app_file())]
    arguments += [f"--server.port={port}", f"--server.address={address}"]
    if base_path:
        arguments.append(f"--server.baseUrlPath={base_path}")
    if data:
        os.environ[ENVIRONMENT_VARIABLE] = str(data.resolve())
    _become(arguments)


def _check_address(address: str, port: int) -> None:
    """Take an address and a port for a moment: Streamlit would end in a traceback."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
            if sys.platform != "win32":
                # as Streamlit does; on Windows two servers would share a port
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((address, port))
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a host"
        message = f"cannot listen on {address}, port {port} ({why})"
        raise click.ClickException(message) from error


def _become(arguments: list[str]) -> NoReturn:
    """Run another program in the place of this one."""
    if sys.platform == "win32":
        # there, exec breaks arguments at spaces and gives the console back while the program runs
        sys.exit(subprocess.call(arguments))  # noqa: S603 - its own interpreter
    os.execv(arguments[0], arguments)  # noqa: S606 - no shell is wanted


def _app_file() -> Path:
    """Find the app: inside an installed package, or at the top of a checkout."""
    here = Path(__file__).resolve()
    for folder in (here.parents[1] / "app", here.parents[3]):
        if (folder / "app.py").is_file() and (folder / "pages" / "index.py").is_file():
            return folder / "app.py"
    message = f"the dashboard is missing beside {here.parents[1]}; install pilotzones again"
    raise click.ClickException(message)
