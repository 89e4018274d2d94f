"""Commands that answer for places: lookups, a reader's table, panels."""

from pathlib import Path

import click

from pilotzones.cli.group import main
from pilotzones.cli.options import (
    chosen_format,
    data_option,
    ending_format_option,
    examples,
    format_option,
    mark_option,
    needed_output,
    output_option,
    repeatable,
    utf8,
)
from pilotzones.parameters import (
    DATASET_FORMATS,
    PLACE_MEANINGS,
    TABLE_MEANINGS,
    TEXT,
    WEIGHTS_FORMATS,
)

PANEL = ("unit", "freq", "from", "to", "clock", "rule", "partial", "weights", "place")
WEIGHTS = ("unit", "kind", "k", "cutoff_km", "standardise", "place")

_places_option = click.option(
    "--places",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV or XLSX file with your own units, in the column that --place names.",
)


@main.command(
    "lookup",
    epilog=examples(
        "pilotzones lookup 佛山 义乌市 440600 --on 2019-06-01",
        "pilotzones lookup 'Foshan, Guangdong' --format csv -o foshan.csv",
        "pilotzones lookup --point 113.12,23.02",
    ),
)
@click.argument("places", nargs=-1, metavar="PLACE...", callback=utf8)
@repeatable(PLACE_MEANINGS, "point", "on", "division_level", "lang")
@format_option(TEXT, *DATASET_FORMATS)
@mark_option
@data_option
@output_option
def lookup_places(
    places: tuple[str, ...],
    file_format: str,
    data: Path | None,
    output: str,
    *,
    bom: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Say whether places are in a zone on a day; a place is a code or a name."""
    from pilotzones.cli import place_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    if not any((*places, *chosen["point"])):
        message = "Give a PLACE or a --point."
        raise click.UsageError(message)
    put(place_answers.lookup_file(data, {"place": places, **chosen}, file_format), output, mark=bom)


@main.command(
    "match",
    epilog=examples(
        "pilotzones match cities.xlsx --place city --on 2022-12-31 -o matched.xlsx",
        "pilotzones match firms.csv --lon x --lat y --on-column founded -o firms.dta",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@repeatable(
    PLACE_MEANINGS | TABLE_MEANINGS,
    *("place", "on", "on_column", "lon", "lat", "division_level", "lang"),
)
@ending_format_option(DATASET_FORMATS)
@data_option
@needed_output
def match_file(
    file: Path,
    file_format: str | None,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Add the answer for the place and the day of each row to a CSV or XLSX file."""
    from pilotzones.cli import place_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    wanted = chosen_format(file_format, output, DATASET_FORMATS)
    content, summary = place_answers.matched_file(data, file, chosen, wanted)
    put(content, output)
    click.echo(summary, err=True)


@main.command(
    "panel",
    epilog=examples(
        "pilotzones panel --unit city --from 2013 --to 2023 -o panel.dta",
        "pilotzones panel --places cities.csv --place city --rule mid -o panel.csv",
    ),
)
@repeatable(PLACE_MEANINGS, *PANEL, "lang")
@_places_option
@ending_format_option(DATASET_FORMATS)
@data_option
@needed_output
def make_panel(
    places: Path | None,
    file_format: str | None,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write a treatment panel: units by period."""
    from pilotzones.cli import place_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    wanted = chosen_format(file_format, output, DATASET_FORMATS)
    content, warnings = place_answers.panel_file(data, places, chosen, wanted)
    put(content, output)
    for warning in warnings:
        click.echo(warning, err=True)


@main.command(
    "weights",
    epilog=examples(
        "pilotzones weights --unit city -o cities.gal",
        "pilotzones weights --kind knn --k 5 --standardise yes -o nearest.gwt",
        "pilotzones weights --places cities.csv --place city -o own.gal",
    ),
)
@repeatable(PLACE_MEANINGS, *WEIGHTS, "lang")
@_places_option
@ending_format_option(WEIGHTS_FORMATS)
@data_option
@needed_output
def make_weights(
    places: Path | None,
    file_format: str | None,
    data: Path | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """Write spatial weights of the units of a panel, in its order."""
    from pilotzones.cli import place_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    wanted = chosen_format(file_format, output, WEIGHTS_FORMATS)
    content, warnings = place_answers.weights_file(data, places, chosen, wanted)
    put(content, output)
    for warning in warnings:
        click.echo(warning, err=True)
