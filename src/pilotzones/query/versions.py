"""The version of the data that a query names by its parameter ``data``."""

from collections.abc import Iterable

from pilotzones.atlas import Atlas
from pilotzones.errors import Problem
from pilotzones.query.reader import ParameterReader
from pilotzones.text import excerpt

DATA = "data"


def atlas_asked(atlas: Atlas, pairs: Iterable[tuple[str, str]]) -> tuple[Atlas, list[Problem]]:
    """Return the atlas of the version that the parameters of a query name, by default the present.

    A version that does not exist is a problem, and the present one is returned.
    """
    reader = ParameterReader((pair for pair in pairs if pair[0] == DATA), [DATA])
    version = reader.one(DATA)
    if problem := unknown_version(atlas, version):
        return atlas, [*reader.problems, problem]
    return atlas.at(version) if version else atlas, reader.problems


def unknown_version(atlas: Atlas, version: str) -> Problem | None:
    """Report a version that does not exist."""
    if not version or version in atlas.versions:
        return None
    allowed = ", ".join(atlas.versions)
    return Problem(DATA, excerpt(version), "unknown version", allowed=allowed)
