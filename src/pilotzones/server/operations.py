"""What each path of the API answers; the paths themselves are listed in `catalogue`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.errors import Problem
from pilotzones.query.answer import Answer
from pilotzones.query.citations import Seen
from pilotzones.query.fact_questions import FactsQuestion, MeasuresQuestion, VersionQuestion
from pilotzones.query.place_questions import Pairs, PlaceQuestion
from pilotzones.query.versions import DATA
from pilotzones.query.view import PARAMETERS
from pilotzones.tables.citation_files import CITATION_FILES
from pilotzones.tables.columns import Column
from pilotzones.tables.dataset import DATASET_FORMATS, Dataset, write_dataset
from pilotzones.tables.feeds import FEED_FORMATS
from pilotzones.tables.files import FORMATS, PLACED
from pilotzones.tables.rows import Table
from pilotzones.tables.weights_files import WEIGHTS_FORMATS

PREFIX = "/api/v1"

Asked = PlaceQuestion | MeasuresQuestion | FactsQuestion | VersionQuestion
Reads = Callable[[Pairs, Atlas], tuple[Asked, list[Problem]]]


@dataclass(frozen=True)
class Question:
    """A request that was understood.

    Parameters
    ----------
    answer
        The View put to the atlas; of a question about places it has the language alone.
    file_format
        Format of the answer.
    level
        How finely polygons are drawn.
    subject
        The zone or the place that the path names.
    places
        The question about places, measures or facts.
    table
        The table that the request brings.
    seen
        Where and when the atlas was visited, for an answer that is cited.
    address
        The address of the request as the client sees it, for an answer that names it.
    negotiated
        Whether the headers of the request may have chosen the format.
    """

    answer: Answer
    file_format: str
    level: str = LEVELS[0]
    subject: str = ""
    places: Asked | None = None
    table: pd.DataFrame | None = field(default=None, compare=False)
    seen: Seen | None = None
    address: str = ""
    negotiated: bool = field(default=False, compare=False)

    def key(self) -> tuple[str, ...]:
        """Everything that the answer depends on beside the data and the path."""
        asked = self.places or self.answer.view
        seen = (self.seen.site, self.seen.accessed.isoformat()) if self.seen else ()
        return self.subject, self.file_format, self.level, asked.query(), *seen, self.address


def asked_of(question: Question) -> Any:  # noqa: ANN401 - what the operation reads
    """Return the question about places, measures or facts."""
    return question.places


def writing(make: Callable[[Question], Dataset]) -> Callable[[Question], bytes]:
    """Write the dataset that answers a question."""
    return lambda question: write_dataset(make(question), question.file_format)


def named(stem: Callable[[Any], str]) -> Callable[[Question], str]:
    """Name the file of an answer after its question."""
    return lambda question: f"pilot-zone-{stem(asked_of(question))}.{question.file_format}"


@dataclass(frozen=True)
class Operation:
    """One path of the API.

    Parameters
    ----------
    path
        Path below `PREFIX`, with ``{zone_id}`` in place of a zone and ``{adcode}`` of a place.
    summary
        What it gives.
    body
        Writes the answer.
    formats
        Names of the formats, the first by default; one alone cannot be chosen.
    media_type
        Media type where the format is none of `files.FORMATS`.
    file_name
        Name under which a browser saves the answer; without it the answer is shown.
    takes_view
        Whether the parameters of the View count.
    versioned
        Whether earlier versions of the data answer, too.
    table
        The table whose columns the rows have.
    method
        ``POST`` for what takes a table as the body of the request.
    reads
        Reads a question about places, measures or facts.
    own
        The parameters of that question.
    slow
        Whether the answer may take seconds: such answers are made one by one.
    rows
        Name and columns of the rows that answer it.
    example
        The parameters of an example of it.
    """

    path: str
    summary: str
    body: Callable[[Question], bytes]
    formats: tuple[str, ...] = ("json",)
    media_type: str = ""
    file_name: Callable[[Question], str] | None = None
    takes_view: bool = True
    versioned: bool = True
    table: Table | None = None
    method: Literal["GET", "POST"] = "GET"
    reads: Reads | None = None
    own: tuple[str, ...] = ()
    slow: bool = False
    rows: tuple[str, tuple[Column, ...]] | None = None
    example: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its parameters in the query."""
        without = self.table.without if self.table else ()
        view = [name for name in PARAMETERS if self.takes_view and name not in without]
        file_format = ("format",) if len(self.formats) > 1 else ()
        level = ("level",) if set(self.formats) & set(PLACED) else ()
        data = (DATA,) if self.versioned and not self.takes_view else ()
        return (*(self.own if self.reads else view), *data, *file_format, *level)

    def media_type_of(self, file_format: str) -> str:
        """Media type of one of its formats."""
        tables = FORMATS | DATASET_FORMATS | WEIGHTS_FORMATS
        known = tables | CITATION_FILES | FEED_FORMATS
        return self.media_type or known[file_format].media_type
