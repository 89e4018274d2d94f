"""Commands that answer for measures and facts, and that cite."""

from pathlib import Path

import click

from pilotzones.cli.group import main
from pilotzones.cli.options import (
    data_option,
    ending,
    examples,
    format_option,
    mark_option,
    output_option,
    plain_text,
    repeatable,
    utf8,
)
from pilotzones.parameters import (
    CITATION_ENDINGS,
    CITATION_STYLES,
    DATASET_FORMATS,
    PLACE_MEANINGS,
    TEXT,
)


@main.command(
    "measures",
    epilog=examples(
        "pilotzones measures --zone xiamen --on 2018-10-01 --role exporter",
        "pilotzones measures --adcode 义乌市 --format xlsx -o yiwu.xlsx",
    ),
)
@repeatable(PLACE_MEANINGS, "on", "zone", "adcode", "role", "lang")
@format_option(TEXT, *DATASET_FORMATS)
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


def _style_of_file(context: click.Context, _: click.Parameter, chosen: str | None) -> str:
    """Take the style from the ending of the file; refuse one that contradicts it."""
    output = str(context.params.get("output", ""))
    of_file = CITATION_ENDINGS.get(ending(output))
    if chosen and of_file and chosen != of_file:
        message = f"{output} ends as {of_file} does, --style says {chosen}; change one of them"
        raise click.UsageError(message)
    remedy = f"choose {', '.join(CITATION_STYLES)} with --style"
    return chosen or of_file or plain_text(output, "apa", remedy)


@main.command(
    "cite",
    epilog=examples(
        "pilotzones cite hainan",
        "pilotzones cite 国函〔2015〕44号 --style gbt7714 --lang zh",
        "pilotzones cite 330700 -o jinhua.ris",
    ),
)
@click.argument("subject", callback=utf8)
@repeatable(PLACE_MEANINGS, "on", "lang")
@click.option(
    "--style",
    type=click.Choice(CITATION_STYLES),
    callback=_style_of_file,
    help="Style or format of the references.  [default: the ending of the file, else apa]",
)
@click.option("--site", default="", help="Address of the atlas, to which the record's is added.")
@data_option
@output_option
def cite_subject(
    subject: str, style: str, site: str, data: Path | None, output: str, **chosen: tuple[str, ...]
) -> None:
    """Cite a document, or a zone or a place with the documents that decide on it."""
    from pilotzones.cli import fact_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    put(fact_answers.references(data, subject, chosen, style, site), output)


@main.command(
    "facts",
    epilog=examples(
        "pilotzones facts --on 2022-12-31",
        "pilotzones facts --active 165",
        "pilotzones facts --format csv -o facts.csv",
    ),
)
@repeatable(PLACE_MEANINGS, "on", "active", "lang")
@format_option(TEXT, *DATASET_FORMATS)
@mark_option
@data_option
@output_option
def list_facts(
    file_format: str,
    data: Path | None,
    output: str,
    *,
    bom: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Give numbers for a sentence on a day, or from when to when a number was true."""
    from pilotzones.cli import fact_answers  # noqa: PLC0415
    from pilotzones.cli.answers import put  # noqa: PLC0415

    put(fact_answers.facts_file(data, chosen, file_format), output, mark=bom)
