"""Commands that answer for measures."""

from pathlib import Path

from pilotzones.cli.group import main
from pilotzones.cli.options import (
    data_option,
    examples,
    format_option,
    mark_option,
    output_option,
    repeatable,
)
from pilotzones.parameters import PLACE_MEANINGS, TEXT


@main.command(
    "measures",
    epilog=examples(
        "pilotzones measures --zone xiamen --on 2018-10-01 --role exporter",
        "pilotzones measures --adcode 义乌市 --format xlsx -o yiwu.xlsx",
    ),
)
@repeatable(PLACE_MEANINGS, "on", "zone", "adcode", "role", "lang")
@format_option(TEXT, "json", "csv", "xlsx")
@mark_option
@data_option
@output_option
def list_measures(
    file_format: str,
    data: Path | None,
    output: str,
    *,
    bom: bool,
    **chosen: tuple[str, ...],
) -> None:
    """List the measures for exporters and importers that hold on a day; not tax advice."""
    from pilotzones.cli import fact_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    put(fact_answers.measures_file(data, chosen, file_format), output, mark=bom)
