"""The command line as ``python -m pilotzones``."""

from pilotzones.cli import main

main(prog_name="pilotzones")
