"""The command `pilotzones` itself: its help, and how errors end it."""

import click

from pilotzones import __version__
from pilotzones.cli.options import examples
from pilotzones.errors import PilotZonesError


class Commands(click.Group):
    """Commands that report faulty data or files in a line, not in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; faulty data end it with status 1, faulty options with status 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # the reader of the output has seen enough
            raise
        except OSError as error:
            # without the number of the error, which means nothing to a reader
            name = f"{error.filename}: " if error.filename else ""
            message = f"{name}{error.strerror or error}"
            raise click.ClickException(message) from error
        except PilotZonesError as error:
            raise click.ClickException(str(error)) from error


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "pilotzones list --on 2025-04-25 --province 460000",
        "pilotzones changes --since 2022-11-24 --on 2025-04-25",
        "pilotzones export zones -o zones.xlsx --neighbour land",
    ),
)
@click.version_option(__version__, prog_name="pilotzones")
def main() -> None:
    """Query the atlas of China's cross-border e-commerce pilot zones."""
