"""The same questions from a terminal: the commands and their options.

What they do stands in :mod:`pilotzones.commands`, which takes long to load and is loaded when a
command runs, so that help comes at once.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from pilotzones.errors import PilotZonesError
from pilotzones.geodata import ENVIRONMENT_VARIABLE, geodata_dir
from pilotzones.parameters import MEANINGS

TABLE_NAMES = ("zones", "changes", "documents", "provinces", "borders", "ports")
# what changed has a command of its own
LISTED = tuple(name for name in TABLE_NAMES if name != "changes")
PACKAGE = "package"
WRITTEN = ("json", "csv", "geojson", "xlsx", "gpkg")
LEVELS = ("overview", "detail")

FILTERS = ("province", "neighbour", "batch", "status", "q")
FIGURE = {
    "size": "Size: a4-landscape, a4-portrait, slide-16x9, square, column.",
    "dpi": "Dots per inch of a PNG, 72 to 600.",
    "title": "Title instead of the usual one.",
    "labels": "Which zones bear their names: auto, all, none.",
}

Command = Callable[..., None]


class Commands(click.Group):
    """Commands that tell what is wrong with data or files in a line, not in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; wrong data end it with status 1, wrong options with status 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # whoever reads the output has seen enough
            raise
        except (PilotZonesError, OSError) as error:
            raise click.ClickException(str(error)) from error


def _examples(*lines: str) -> str:
    # the mark keeps the lines as they are
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _several(names: dict[str, str]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for name, meaning in reversed(names.items()):
            # each may stand several times: whether that makes sense, the parser says
            command = click.option(f"--{name}", multiple=True, help=meaning)(command)
        return command

    return decorate


def _view(*names: str) -> Callable[[Command], Command]:
    """Give a command options named as the parameters of a View; the values come as tuples."""
    return _several({name: f"{MEANINGS[name][0].upper()}{MEANINGS[name][1:]}." for name in names})


_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_data = click.option("--data", type=_folder, help="Folder with register/ and boundaries/.")
_level = click.option(
    "--level", type=click.Choice(LEVELS), default=LEVELS[0], help="How finely polygons are drawn."
)
_output = click.option("-o", "--output", default="-", help="File to write to.  [default: stdout]")
_needed_output = click.option("-o", "--output", required=True, help="File to write to.")


def _format(*names: str) -> Callable[[Command], Command]:
    choice = click.Choice(names)
    return click.option(
        "--format", "form", type=choice, default=names[0], show_default=True, help="How to write."
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
@click.version_option(package_name="pilotzones")
def main() -> None:
    """Ask the atlas of China's cross-border e-commerce pilot zones."""


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
@_format("table", "json", "csv", "geojson")
@_level
@_data
@_output
def list_rows(
    table: str, form: str, level: str, data: Path | None, output: str, **chosen: tuple[str, ...]
) -> None:
    """List zones, documents, provinces, borders or ports on a day."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    _put(commands.table_file(answer, table, form, level), output)


@main.command(
    "changes",
    epilog=_examples(
        "pilotzones changes",
        "pilotzones changes --since 2020-05-06 --on 2025-04-25 --province 460000",
    ),
)
@_view("on", "since", *(name for name in FILTERS if name != "status"), "lang")
@_format("table", "json", "csv", "geojson")
@_level
@_data
@_output
def list_changes(
    form: str, level: str, data: Path | None, output: str, **chosen: tuple[str, ...]
) -> None:
    """List the zones whose status changed between two days."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    _put(commands.table_file(answer, "changes", form, level), output)


@main.command(
    "zone",
    epilog=_examples(
        "pilotzones zone hainan",
        "pilotzones zone haikou --on 2024-01-01 --format json",
    ),
)
@click.argument("zone_id")
@_view("on", "lang")
@_format("table", "json", "geojson")
@_level
@_data
@_output
def show_zone(
    zone_id: str, form: str, level: str, data: Path | None, output: str, **chosen: tuple[str, ...]
) -> None:
    """Tell all that is known of one zone."""
    from pilotzones import commands  # noqa: PLC0415

    answer = commands.ask(data, chosen)
    _put(commands.zone_file(answer, zone_id, form, level), output)


@main.command(
    "export",
    epilog=_examples(
        "pilotzones export zones -o zones.gpkg --level detail",
        "pilotzones export changes --since 2022-11-24 -o changes.xlsx --lang zh",
        "pilotzones export package -o data.zip",
    ),
)
@click.argument("table", type=click.Choice([*TABLE_NAMES, PACKAGE]), default="zones")
@_view("on", "since", *FILTERS, "within", "lang")
@click.option("--format", "form", type=click.Choice(WRITTEN), help="If the ending does not say it.")
@_level
@_data
@_needed_output
def export(
    table: str,
    form: str | None,
    level: str,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write a table, or all data (package, a zip archive), as a file."""
    from pilotzones import commands  # noqa: PLC0415

    if table == PACKAGE:
        if form or any(chosen.values()):
            message = "the package holds all data and takes neither filters nor a format"
            raise click.UsageError(message)
        _put(commands.package_file(data), output)
        return
    form = form or _ending(output)
    if form not in WRITTEN:
        message = f"{output} ends in no format known here ({', '.join(WRITTEN)}); give --format"
        raise click.UsageError(message)
    answer = commands.ask(data, chosen)
    _put(commands.table_file(answer, table, form, level), output)


@main.command(
    "figure",
    epilog=_examples(
        "pilotzones figure --on 2025-04-25 -o zones.png",
        "pilotzones figure --province 460000 --lang zh -o hainan.svg",
    ),
)
@_view("on", "since", *FILTERS, "zone", "lang")
@_several(FIGURE)
@_data
@_needed_output
def figure(data: Path | None, output: str, **chosen: tuple[str, ...]) -> None:
    """Draw a map for a report; the ending of the file (png, svg, pdf) says the format."""
    from pilotzones import commands  # noqa: PLC0415

    options = {name: chosen.pop(name) for name in FIGURE} | {"format": (_ending(output),)}
    answer = commands.ask(data, chosen)
    _put(commands.figure_file(answer, options), output)


@main.command(
    "check",
    epilog=_examples(
        "pilotzones check",
        "pilotzones check --data geodata",
    ),
)
@_data
def check(data: Path | None) -> None:
    """Hold all data to every rule and count the rows of each table."""
    from pilotzones import commands  # noqa: PLC0415

    for line in commands.check(data):
        click.echo(line)


@main.command(
    "build-boundaries",
    epilog=_examples(
        "pilotzones build-boundaries",
        "pilotzones build-boundaries --out new --cache archives",
    ),
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into.")
@click.option("--register", type=_folder, help="Folder with zones.csv.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=Path(".cache"),
    show_default=True,
    help="Folder for the archives of the sources; what it lacks is fetched.",
)
def build(out: Path | None, register: Path | None, cache: Path) -> None:
    """Derive the boundary files from their sources, for maintainers.

    Reads and writes the folders of the data unless others are given.
    """
    from pilotzones.pipeline.build import build_boundaries  # noqa: PLC0415

    out = out or geodata_dir() / "boundaries"
    build_boundaries(out, cache=cache, register=register or geodata_dir() / "register")
    click.echo(f"wrote {out}", err=True)


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
    app = _app_file()
    arguments = ["-m", "streamlit", "run", str(app)]
    arguments += [f"--server.port={port}", f"--server.address={address}"]
    if base_path.strip("/"):
        arguments.append(f"--server.baseUrlPath={base_path.strip('/')}")
    if data:
        os.environ[ENVIRONMENT_VARIABLE] = str(data.resolve())
    # the settings of the server are found from the folder of the app
    os.chdir(app.parent)
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - no shell is wanted


def _app_file() -> Path:
    for folder in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (folder / "app.py").is_file() and (folder / "pages" / "index.py").is_file():
            return folder / "app.py"
    message = (
        "the dashboard is not part of the installed package; get the source of this version, "
        "change into its folder and run 'pilotzones serve' there"
    )
    raise click.ClickException(message)


def _ending(output: str) -> str:
    return Path(output).suffix.removeprefix(".").lower()


def _put(content: bytes, output: str) -> None:
    with click.open_file(output, "wb") as file:
        file.write(content)
