"""The parameters of a request read as a question to an operation of the API."""

import re
from collections.abc import Iterable, Sequence

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.errors import Problem, Reason
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.query.reader import is_tracking
from pilotzones.query.versions import DATA, atlas_asked
from pilotzones.query.view import View
from pilotzones.server.operations import Operation, Question
from pilotzones.text import excerpt

Pairs = list[tuple[str, str]]

_WEIGHT = re.compile(r"[01](\.\d{0,3})?")
_UNKNOWN: dict[str, Reason] = {"format": "unknown format", "level": "unknown level"}


def read_question(
    operation: Operation, atlas: Atlas, pairs: Pairs, *, subject: str = "", file_format: str = ""
) -> tuple[Question, list[Problem]]:
    """Read the parameters of a query, and the problems with them; a format given is fixed.

    The version of the data that they name answers in place of the present atlas.
    """
    atlas, wrong_version = atlas_asked(atlas, pairs if operation.versioned else [])
    if operation.takes_view:
        # a View has the version, and reports it
        wrong_version = []
    elif operation.versioned:
        pairs = [pair for pair in pairs if pair[0] != DATA]
    choices: dict[str, Sequence[str]] = {"format": operation.formats, "level": LEVELS}
    if file_format:
        del choices["format"]
    choices = {name: choices[name] for name in choices if name in operation.parameters}
    others = [(name, value) for name, value in pairs if name not in choices]
    places = None
    if operation.reads:
        places, problems = operation.reads(others, atlas)
        view = View(atlas.stops[-1].on, lang=places.lang)
    else:
        view, problems = _read_view(operation, atlas, others)
    chosen = {name: [value for key, value in pairs if key == name] for name in choices}
    for name, values in chosen.items():
        problems += _problems_of_choice(name, values, choices[name])
    question = Question(
        Answer(atlas, view),
        file_format or _first(chosen.get("format", []), operation.formats[0]),
        _first(chosen.get("level", []), LEVELS[0]),
        subject,
        places,
    )
    return question, [*wrong_version, *problems]


def preferred_format(operation: Operation, accept: str) -> str:
    """Name the format that an ``Accept`` header likes best; empty for the usual one.

    Only a format that the header names counts, and one that it likes as much as any other.
    """
    likes = {}
    for one in accept.lower().replace(" ", "").split(","):
        media_type, *parameters = one.split(";")
        weight = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        likes[media_type] = float(weight) if _WEIGHT.fullmatch(weight) else 0.0
    media_types = [operation.media_type_of(name).partition(";")[0] for name in operation.formats]
    weights = [likes.get(media_type, 0.0) for media_type in media_types]
    best = max(weights)
    return operation.formats[weights.index(best)] if best and best >= likes.get("*/*", 0.0) else ""


def _read_view(operation: Operation, atlas: Atlas, pairs: Pairs) -> tuple[View, list[Problem]]:
    view, problems = parse_view(pairs, atlas)
    if not operation.takes_view:
        problems = [
            _problem(name, value, "unknown parameter")
            for name, value in pairs
            if not is_tracking(name)
        ]
    return view, problems + _unsuitable(operation, pairs, problems)


def _first(values: Iterable[str], default: str) -> str:
    return next(iter(values), default)


def _unsuitable(operation: Operation, pairs: Pairs, problems: Sequence[Problem]) -> list[Problem]:
    without = operation.table.without if operation.table else ()
    reported = {problem.parameter for problem in problems}
    return [
        _problem(name, value, "not a filter of this table")
        for name, value in pairs
        if name in without and name not in reported
    ]


def _problems_of_choice(name: str, values: Sequence[str], allowed: Sequence[str]) -> list[Problem]:
    unknown = [value for value in values if value not in allowed]
    if unknown:
        hint = ", ".join(allowed)
        return [_problem(name, value, _UNKNOWN[name], allowed=hint) for value in unknown]
    return [_problem(name, value, "given twice", instead=values[-1]) for value in values[:-1]]


def _problem(
    name: str, value: str, reason: Reason, *, instead: str = "", allowed: str = ""
) -> Problem:
    return Problem(excerpt(name), excerpt(value), reason, instead, allowed)
