"""The command line: options load quickly; what a command needs is loaded when it runs."""

from pilotzones.cli import facts, places, upkeep, views
from pilotzones.cli.group import main

__all__ = ["facts", "main", "places", "upkeep", "views"]
