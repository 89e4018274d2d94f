"""The command line: its commands and their options.

What the commands do is in :mod:`pilotzones.commands`, which takes long to load and is loaded when a
command runs, so that help comes at once.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from pilotzones import __version__
from pilotzones.completion import completion_of
from pilotzones.errors import MissingExtraError, PilotZonesError, needs_extra
from pilotzones.geodata import ENVIRONMENT_VARIABLE, maintained_geodata
from pilotzones.parameters import FORMATS, LABELS, LEVELS, MEANINGS, SIZES, TABLES, TEXT

# changes have a command of their own
LISTED = tuple(name for name in TABLES if name != "changes")
PACKAGE = "package"

# what is printed on a terminal or into a pipe
PRINTED = (TEXT, "json", "csv", "geojson")

FILTERS = ("province", "neighbour", "batch", "status", "q")
FIGURE = {
    "size": f"Size: {', '.join(SIZES)}.",
    "dpi": "Dots per inch of a PNG, 72 to 600.",
    "title": "Title instead of the usual one.",
    "labels": f"Which zones are labelled: {', '.join(LABELS)}.",
}

# what the dashboard imports and only its extra installs
APP = "app"
APP_PACKAGES = ("streamlit", "streamlit_folium", "folium", "altair", "xstatic", "matplotlib")

Command = Callable[..., None]


class Commands(click.Group):
    """Commands that report faulty data or files in a line, not in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; faulty data end it with status 1, faulty options with status 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # the reader of the output has seen enough
            raise
        except (PilotZonesError, OSError) as error:
            raise click.ClickException(str(error)) from error


def _utf8(
    _: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Refuse bytes that are no characters, which a shell may pass on."""
    try:
        "".join(value).encode()
    except UnicodeEncodeError as error:
        message = "not UTF-8 text"
        raise click.BadParameter(message, param=parameter) from error
    return value


def _examples(*lines: str) -> str:
    # the mark keeps the lines as they are
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _repeatable(meanings: dict[str, str]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for name, meaning in reversed(meanings.items()):
            # each may be repeated here: the parser says where that makes no sense
            command = click.option(
                f"--{name}",
                multiple=True,
                help=meaning,
                callback=_utf8,
                shell_complete=completion_of(name),
            )(command)
        return command

    return decorate


def _view(*names: str) -> Callable[[Command], Command]:
    """Give a command options named as the parameters of a View; the values come as tuples."""
    meanings = {name: MEANINGS[name] for name in names}
    return _repeatable({name: f"{text[0].upper()}{text[1:]}." for name, text in meanings.items()})


_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_data = click.option("--data", type=_folder, help="Folder with register/ and boundaries/.")
_level = click.option(
    "--level", type=click.Choice(LEVELS), default=LEVELS[0], help="How finely polygons are drawn."
)
_output = click.option("-o", "--output", default="-", help="File to write.  [default: stdout]")
_needed_output = click.option("-o", "--output", required=True, help="File to write.")
_mark = click.option(
    "--bom", is_flag=True, help="Begin CSV on stdout with a byte order mark, as files do."
)


def _format(*names: str) -> Callable[[Command], Command]:
    return click.option(
        "--format",
        "file_format",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="Format of the output.",
    )


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples(
        "pilotzones list --on 2025-04-25 --province 460000",
        "pilotzones changes --since 2022-11-24 --on 2025-04-25",
        "pilotzones export zones -o zones.xlsx --neighbour land",
    ),
)
@click.version_option(__version__, prog_name="pilotzones")
def main() -> None:
    """Query the atlas of China's cross-border e-commerce pilot zones."""


@main.command(
    "list",
    epilog=_examples(
        "pilotzones list",
        "pilotzones list --neighbour VNM --status active",
        "pilotzones list provinces --on 2022-02-08 --format csv -o provinces.csv",
    ),
)
@click.argument("table", type=click.Choice(LISTED), default="zones")
@_view("on", *FILTERS, "within", "lang")
@_format(*PRINTED)
@_level
@_mark
@_data
@_output
def list_rows(  # noqa: PLR0913 - one for each option
    table: str,
    file_format: str,
    level: str,
    data: Path | None,
    output: str,
    *,
    bom: bool,
    **chosen: tuple[str, ...],
) -> None:
    """List zones, documents, provinces, borders or ports on a day."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    content = commands.table_file(answer, table, file_format, level, PRINTED)
    commands.put(content, output, mark=bom)


@main.command(
    "changes",
    epilog=_examples(
        "pilotzones changes",
        "pilotzones changes --since 2020-05-06 --on 2025-04-25 --province 460000",
    ),
)
@_view("on", "since", *(name for name in FILTERS if name != "status"), "lang")
@_format(*PRINTED)
@_level
@_mark
@_data
@_output
def list_changes(
    file_format: str,
    level: str,
    data: Path | None,
    output: str,
    *,
    bom: bool,
    **chosen: tuple[str, ...],
) -> None:
    """List the zones whose status changed between two days."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    content = commands.table_file(answer, "changes", file_format, level, PRINTED)
    commands.put(content, output, mark=bom)


@main.command(
    "zone",
    epilog=_examples(
        "pilotzones zone hainan",
        "pilotzones zone haikou --on 2024-01-01 --format json",
    ),
)
@click.argument("zone_id", callback=_utf8, shell_complete=completion_of("zone_id"))
@_view("on", "lang")
@_format(TEXT, "json", "geojson")
@_level
@_data
@_output
def show_zone(
    zone_id: str,
    file_format: str,
    level: str,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Show everything known about a zone."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    commands.put(commands.zone_file(answer, zone_id, file_format, level), output)


@main.command(
    "export",
    epilog=_examples(
        "pilotzones export zones -o zones.gpkg --level detail",
        "pilotzones export changes --since 2022-11-24 -o changes.xlsx --lang zh",
        "pilotzones export package -o data.zip",
    ),
)
@click.argument("table", type=click.Choice([*TABLES, PACKAGE]), default="zones")
@_view("on", "since", *FILTERS, "within", "lang")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    help="Format, if the file name does not end in it.",
)
@_level
@_data
@_needed_output
def export(
    table: str,
    file_format: str | None,
    level: str,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write a table, or all data (package, a zip archive), to a file."""
    from pilotzones import commands  # noqa: PLC0415

    if table == PACKAGE:
        if file_format or any(chosen.values()):
            message = "the package holds all data and takes neither filters nor a format"
            raise click.UsageError(message)
        commands.put(commands.package_file(data), output)
        return
    file_format = file_format or _ending(output)
    if file_format not in FORMATS:
        message = f"{output} does not end in a known format ({', '.join(FORMATS)}); give --format"
        raise click.UsageError(message)
    answer = commands.ask(data, chosen)
    commands.put(commands.table_file(answer, table, file_format, level), output)


@main.command(
    "figure",
    epilog=_examples(
        "pilotzones figure --on 2025-04-25 -o zones.png",
        "pilotzones figure --province 460000 --lang zh -o hainan.svg",
    ),
)
@_view("on", "since", *FILTERS, "zone", "lang")
@_repeatable(FIGURE)
@_data
@_needed_output
def figure(data: Path | None, output: str, **chosen: tuple[str, ...]) -> None:
    """Draw a map for a report; the file name ends in its format (png, svg, pdf)."""
    from pilotzones import commands  # noqa: PLC0415

    options = {name: chosen.pop(name) for name in FIGURE} | {"format": (_ending(output),)}
    answer = commands.ask(data, chosen)
    commands.put(commands.figure_file(answer, options), output)


@main.command(
    "check",
    epilog=_examples(
        "pilotzones check",
        "pilotzones check --data geodata",
        "pilotzones check --write",
    ),
)
@click.option("--write", is_flag=True, help="Record the checksums, so that the data load faster.")
@_data
def check(data: Path | None, *, write: bool) -> None:
    """Check the data against every rule and count the rows of each table.

    In a checkout these are the data of the checkout.
    """
    from pilotzones import commands  # noqa: PLC0415

    for line in commands.check(data or maintained_geodata(), write=write):
        click.echo(line)


@main.command(
    "build-boundaries",
    epilog=_examples(
        "pilotzones build-boundaries",
        "pilotzones build-boundaries --out new --cache archives",
    ),
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--register", type=_folder, help="Folder with zones.csv.")
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

    home = maintained_geodata()
    out, register = out or home / "boundaries", register or home / "register"
    places = home / "places" if out == home / "boundaries" else None
    build_boundaries(out, cache=cache, register=register, places=places)
    click.echo(f"wrote {out}; now run 'pilotzones check --write'", err=True)


@main.command(
    "serve",
    epilog=_examples(
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
@click.option("--base-path", default="", help="Path below which the app is served.")
@_data
def serve(port: int, address: str, base_path: str, data: Path | None) -> None:
    """Serve the dashboard and the API."""
    missing = [name for name in APP_PACKAGES if not importlib.util.find_spec(name)]
    if missing:
        raise MissingExtraError(APP, missing[0])
    # Streamlit reads its settings from .streamlit/ beside the app
    arguments = [sys.executable, "-m", "streamlit", "run", str(_app_file())]
    arguments += [f"--server.port={port}", f"--server.address={address}"]
    if base_path.strip("/"):
        arguments.append(f"--server.baseUrlPath={base_path.strip('/')}")
    if data:
        os.environ[ENVIRONMENT_VARIABLE] = str(data.resolve())
    _become(arguments)


def _become(arguments: list[str]) -> NoReturn:
    """Run another program in the place of this one."""
    if sys.platform == "win32":
        # there, exec breaks arguments at spaces and gives the console back while the program runs
        sys.exit(subprocess.call(arguments))  # noqa: S603 - its own interpreter
    os.execv(arguments[0], arguments)  # noqa: S606 - no shell is wanted


def _app_file() -> Path:
    """Find the app: inside an installed package, or at the top of a checkout."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "app", here.parents[2]):
        if (folder / "app.py").is_file() and (folder / "pages" / "index.py").is_file():
            return folder / "app.py"
    message = f"the dashboard is missing beside {here.parent}; install pilotzones again"
    raise click.ClickException(message)


def _ending(output: str) -> str:
    return Path(output).suffix.removeprefix(".").lower()
