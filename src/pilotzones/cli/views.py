"""Commands that answer a View: lists, changes, the record of a zone, files, figures."""

from pathlib import Path

import click

from pilotzones.cli.completion import completion_of
from pilotzones.cli.group import main
from pilotzones.cli.options import (
    chosen_format,
    data_option,
    ending,
    ending_format_option,
    examples,
    format_option,
    level_option,
    mark_option,
    needed_output,
    output_option,
    repeatable,
    utf8,
    view_options,
)
from pilotzones.parameters import (
    FORMATS,
    GROUPINGS,
    KINDS,
    LABELS,
    PLACE_MEANINGS,
    SIZES,
    STYLES,
    TABLES,
    TEXT,
)

# changes have a command of their own
LISTED = tuple(name for name in TABLES if name != "changes")
PACKAGE = "package"

# what is printed on a terminal or into a pipe
PRINTED = (TEXT, "json", "csv", "geojson")

FILTERS = ("province", "region", "neighbour", "batch", "status", "match", "q")
FIGURE = {
    "kind": f"What is drawn: {', '.join(KINDS)}.",
    "by": f"Groups of growth or panel: {', '.join(GROUPINGS)}.",
    "style": f"Style: {', '.join(STYLES)} (for print in black and white).",
    "size": f"Size: {', '.join(SIZES)}.",
    "dpi": "Dots per inch of a PNG, 72 to 600.",
    "title": "Title instead of the usual one.",
    "note": "Note of your own above the sources.",
    "labels": f"Which zones are labelled: {', '.join(LABELS)}.",
    **{
        name: f"of kind panel: {PLACE_MEANINGS[name]}"
        for name in ("unit", "freq", "from", "to", "clock", "rule", "partial")
    },
}


@main.command(
    "list",
    epilog=examples(
        "pilotzones list",
        "pilotzones list --neighbour VNM --status active",
        "pilotzones list provinces --on 2022-02-08 --format csv -o provinces.csv",
    ),
)
@click.argument("table", type=click.Choice(LISTED), default="zones", metavar="[TABLE]")
@view_options("on", *FILTERS, "within", "lang")
@format_option(*PRINTED)
@level_option
@mark_option
@data_option
@output_option
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
    """List zones or another table on a day.

    The tables are zones (by default), documents, provinces, borders, ports, events, divisions,
    overlaps and timeline.
    """
    from pilotzones.cli import answers  # noqa: PLC0415

    answer = answers.ask(data, chosen)
    content = answers.table_file(answer, table, file_format, level, PRINTED)
    answers.put(content, output, mark=bom)


@main.command(
    "changes",
    epilog=examples(
        "pilotzones changes",
        "pilotzones changes --since 2020-05-06 --on 2025-04-25 --province 460000",
    ),
)
@view_options("on", "since", *(name for name in FILTERS if name != "status"), "lang")
@format_option(*PRINTED)
@level_option
@mark_option
@data_option
@output_option
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
    from pilotzones.cli import answers  # noqa: PLC0415

    answer = answers.ask(data, chosen)
    content = answers.table_file(answer, "changes", file_format, level, PRINTED)
    answers.put(content, output, mark=bom)


@main.command(
    "zone",
    epilog=examples(
        "pilotzones zone hainan",
        "pilotzones zone haikou --on 2024-01-01 --format json",
    ),
)
@click.argument("zone_id", callback=utf8, shell_complete=completion_of("zone_id"))
@view_options("on", "lang")
@format_option(TEXT, "json", "geojson")
@level_option
@data_option
@output_option
def show_zone(
    zone_id: str,
    file_format: str,
    level: str,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Show everything known about a zone."""
    from pilotzones.cli import answers  # noqa: PLC0415

    answer = answers.ask(data, chosen)
    answers.put(answers.zone_file(answer, zone_id, file_format, level), output)


@main.command(
    "export",
    epilog=examples(
        "pilotzones export zones -o zones.gpkg --level detail",
        "pilotzones export changes --since 2022-11-24 -o changes.xlsx --lang zh",
        "pilotzones export package -o data.zip",
    ),
)
@click.argument("table", type=click.Choice([*TABLES, PACKAGE]), default="zones", metavar="[TABLE]")
@view_options("on", "since", *FILTERS, "within", "lang")
@ending_format_option(FORMATS)
@level_option
@data_option
@needed_output
def export(
    table: str,
    file_format: str | None,
    level: str,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write a table, or all data (package, a zip archive), to a file.

    The tables are zones (by default), changes, documents, provinces, borders, ports, events,
    divisions, overlaps and timeline.
    """
    from pilotzones.cli import answers  # noqa: PLC0415

    if table == PACKAGE:
        if file_format or any(chosen.values()):
            message = "the package holds all data and takes neither filters nor a format"
            raise click.UsageError(message)
        if ending(output) not in {"", "zip"}:
            message = f"{output}: the package is a zip archive; let the name end in .zip"
            raise click.UsageError(message)
        answers.put(answers.package_file(data), output)
        return
    wanted = chosen_format(file_format, output, FORMATS)
    answer = answers.ask(data, chosen)
    answers.put(answers.table_file(answer, table, wanted, level), output)


@main.command(
    "figure",
    epilog=examples(
        "pilotzones figure --on 2025-04-25 -o zones.png",
        "pilotzones figure --province 460000 --lang zh -o hainan.svg",
        "pilotzones figure --kind record --adcode 140400 --style grey -o changzhi.pdf",
    ),
)
@view_options("on", "since", *FILTERS, "zone", "adcode", "within", "shade", "colour", "lang")
@repeatable(FIGURE, *FIGURE)
@data_option
@needed_output
def figure(data: Path | None, output: str, **chosen: tuple[str, ...]) -> None:
    """Draw a map or a chart for a report; the file name ends in its format (png, svg, pdf)."""
    from pilotzones.cli import answers  # noqa: PLC0415

    options = {name: chosen.pop(name) for name in FIGURE} | {"format": (ending(output),)}
    answer = answers.ask(data, chosen)
    answers.put(answers.figure_file(answer, options), output)
