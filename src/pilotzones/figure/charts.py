"""Draw charts: active zones over time, approvals by province and batch, a treatment panel."""

from collections.abc import Callable
from dataclasses import replace

from pilotzones.figure.captions import notes
from pilotzones.figure.chart_growth import draw_growth
from pilotzones.figure.chart_matrix import draw_matrix
from pilotzones.figure.chart_pad import Pad
from pilotzones.figure.chart_panel import draw_panel
from pilotzones.figure.kinds import figure_words
from pilotzones.figure.layout import Box
from pilotzones.figure.look import look_of
from pilotzones.figure.options import SIZES, FigureOptions
from pilotzones.figure.page import Page
from pilotzones.figure.sheet import Sheet
from pilotzones.figure.typesetting import typeface
from pilotzones.query.answer import Answer

# by kind; the answer in the other language says how much room its words need
_DRAW: dict[str, Callable[[Pad, Answer, Answer, FigureOptions], None]] = {
    "growth": draw_growth,
    "matrix": draw_matrix,
    "panel": draw_panel,
}


def draw_chart(answer: Answer, options: FigureOptions, permalink: str) -> Page:
    """Draw a figure without a map; the permalink may be empty."""
    width, height, unit = SIZES[options.size]
    face = typeface(answer.atlas)
    other = answer.ask(replace(answer.view, lang=answer.language.other.code))
    rooms, pages = [], []
    for one in (answer, other):
        words, lang = figure_words(one, options), one.view.lang
        face.expect(words.title + options.note + one.view.q + permalink, lang)
        page = Page(width, height, face, unit, look_of(options.style), lang=lang)
        paragraphs = notes(one, options.note, permalink, [], is_map=False)
        rooms.append(Sheet(page, options, words, paragraphs).write())
        pages.append(page)
    # the chart has the box that it has in the other language as well
    bottom, top = max(room.y for room in rooms), min(room.top for room in rooms)
    room = Box(rooms[0].x, bottom, rooms[0].width, top - bottom)
    _DRAW[options.kind](Pad(pages[0], room), answer, other, options)
    return pages[0]
