"""The options that commands share."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from pilotzones.cli.completion import completion_of
from pilotzones.parameters import LEVELS, MEANINGS

_VERSION = re.compile(r"\d+(\.\d+)+")

Command = Callable[..., None]


def utf8(
    _: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Refuse bytes that are no characters, which a shell may pass on."""
    try:
        "".join(value).encode()
    except UnicodeEncodeError as error:
        message = "not UTF-8 text"
        raise click.BadParameter(message, param=parameter) from error
    return value


def examples(*lines: str) -> str:
    """Write examples as the end of a command's help."""
    # the mark keeps the lines as they are
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def repeatable(meanings: Mapping[str, str], *names: str) -> Callable[[Command], Command]:
    """Give a command options that may be repeated, each with its meaning; values are tuples."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            meaning = f"{meanings[name][0].upper()}{meanings[name][1:]}"
            # each may be repeated here: the parser says where that makes no sense
            command = click.option(
                f"--{name.replace('_', '-')}",
                name,
                multiple=True,
                help=meaning.removesuffix(".") + ".",
                callback=utf8,
                shell_complete=completion_of(name),
            )(command)
        return command

    return decorate


def view_options(*names: str) -> Callable[[Command], Command]:
    """Give a command options named as the parameters of a View."""
    return repeatable(MEANINGS, *names)


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
folder_option = click.option("--data", type=FOLDER, help="Folder with register/ and boundaries/.")


class _FolderOrVersion(click.Path):
    """A folder with data, or a version such as 1.0.0, which is no folder."""

    name = "folder or version"

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Take a version as it is; a folder must exist."""
        if _VERSION.fullmatch(str(value)) and not Path(value).is_dir():
            return Path(value)
        return Path(str(super().convert(value, param, ctx)))


data_option = click.option(
    "--data",
    type=_FolderOrVersion(exists=True, file_okay=False),
    help="A version of the data, such as 1.0.0, or a folder with register/ and boundaries/.",
)
level_option = click.option(
    "--level", type=click.Choice(LEVELS), default=LEVELS[0], help="How finely polygons are drawn."
)
output_option = click.option(
    # read before the format, which may follow from it
    *("-o", "--output"),
    default="-",
    is_eager=True,
    help="File to write.  [default: stdout]",
)
needed_output = click.option("-o", "--output", required=True, help="File to write.")
mark_option = click.option(
    "--bom", is_flag=True, help="Begin CSV on stdout with a byte order mark, as files do."
)


def format_option(*names: str) -> Callable[[Command], Command]:
    """Give a command the option of a format: by default that of the file, else the first."""
    return click.option(
        "--format",
        "file_format",
        type=click.Choice(names),
        callback=partial(_format_of_file, names),
        help=f"Format of the output.  [default: the ending of the file, else {names[0]}]",
    )


def _format_of_file(
    names: Sequence[str], context: click.Context, _: click.Parameter, chosen: str | None
) -> str:
    output = str(context.params.get("output", ""))
    if not chosen and ending(output) in names:
        return ending(output)
    return chosen or plain_text(output, names[0], f"choose {', '.join(names)} with --format")


def plain_text(output: str, chosen: str, remedy: str) -> str:
    """Return the choice for plain text, unless the name of the file promises another."""
    if ending(output) not in {"", "txt"}:
        message = f"{output}: {remedy}, or another ending"
        raise click.UsageError(message)
    return chosen


def ending_format_option(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Give a command the option for its format, which `chosen_format` reads."""
    return click.option(
        "--format",
        "file_format",
        type=click.Choice(formats),
        help="Format, if the file name does not end in it.",
    )


def chosen_format(file_format: str | None, output: str, formats: Sequence[str]) -> str:
    """Return the format that was given, or that the name of the file ends in."""
    chosen = file_format or ending(output)
    if chosen not in formats:
        known = ", ".join(formats)
        message = f"{output} does not end in a known format ({known}); give --format"
        raise click.UsageError(message)
    return chosen


def ending(output: str) -> str:
    """Return the ending of a file name, which names its format."""
    return Path(output).suffix.removeprefix(".").lower()
