"""What an operation of the API is, and a question to it."""

from collections.abc import Callable
from dataclasses import dataclass

from pilotzones.atlas import Atlas
from pilotzones.query.view import PARAMETERS, View
from pilotzones.tables.files import FORMATS, PLACED
from pilotzones.tables.rows import Table


@dataclass(frozen=True)
class Question:
    """What a request asks for, understood.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days, the filters, the language.
    form
        Name of the format.
    level
        How finely polygons are drawn.
    zone_id
        The zone of the path, empty where the path has none.
    """

    atlas: Atlas
    view: View
    form: str
    level: str
    zone_id: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that the API answers.

    Parameters
    ----------
    path
        Path below the prefix; ``{zone_id}`` stands for a zone.
    summary
        What it gives.
    answer
        Makes the body.
    formats
        Names of the formats, the first by default; one alone cannot be chosen.
    media_type
        Media type where the format is none of `files.FORMATS`.
    name
        Makes the name under which a browser saves the answer; without it, it is shown.
    takes_view
        Whether the parameters of the View count.
    table
        The table whose columns the rows have.
    """

    path: str
    summary: str
    answer: Callable[[Question], bytes]
    formats: tuple[str, ...] = ("json",)
    media_type: str = ""
    name: Callable[[Question], str] | None = None
    takes_view: bool = True
    table: Table | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the query that it knows."""
        without = self.table.without if self.table else ()
        view = [name for name in PARAMETERS if self.takes_view and name not in without]
        form = ("format",) if len(self.formats) > 1 else ()
        level = ("level",) if set(self.formats) & set(PLACED) else ()
        return (*view, *form, *level)

    def type_of(self, form: str) -> str:
        """Tell the media type of a format."""
        return self.media_type or FORMATS[form].media_type
