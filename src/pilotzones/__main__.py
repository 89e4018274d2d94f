"""The command line as ``python -m pilotzones``."""

from pilotzones.cli import main

if __name__ == "__main__":
    main(prog_name="pilotzones")
