"""Save a figure: the same bytes for the same input, with title and description as metadata."""

import gc
import hashlib
import io
import math
from collections.abc import Callable
from threading import RLock
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.figure.captions import source
from pilotzones.figure.charts import draw_chart
from pilotzones.figure.drawing import draw
from pilotzones.figure.geometry import LAYERS, ground
from pilotzones.figure.kinds import MAPS, Words, asked, figure_words
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.typesetting import BOLD, REGULAR, typeface
from pilotzones.query.answer import Answer
from pilotzones.text import visible

# svg.fonttype "path": a browser needs no font; title and desc have the words
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "pilotzones",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    # the outlines have no hints, and guessed ones make the spaces between letters uneven
    "text.hinting": "none",
}

# of which a figure at the highest resolution has three times as many, of four bytes each
_MANY_PIXELS = 12_000_000

# matplotlib's settings and caches belong to the process, so figures are drawn one by one
one_at_a_time = RLock()


def save(answer: Answer, options: FigureOptions, permalink: str) -> bytes:
    """Draw a figure and return it as a PNG, SVG or PDF; the permalink may be empty."""
    is_map, answer = options.kind in MAPS, asked(answer, options)
    words = figure_words(answer, options)
    return write_figure(
        lambda: (draw if is_map else draw_chart)(answer, options, permalink).figure,
        options,
        words,
        f"{source(answer, is_map=is_map)} {permalink}".strip(),
        answer.view.lang,
    )


def write_figure(
    draw_it: Callable[[], Figure], options: FigureOptions, words: Words, origin: str, lang: str
) -> bytes:
    """Draw a figure while no other is drawn, and write it with its words as metadata."""
    # XML knows no control characters, and metadata is no place for them
    title, description = visible(words.title), visible(words.description)
    origin = visible(origin)
    with one_at_a_time, mpl.rc_context(SETTINGS):
        figure = draw_it()
        if options.format == "svg":
            return _svg(figure, title, description, origin, lang)
        if options.format == "pdf":
            return _pdf(figure, title, description, origin)
        content = _png(figure, options.dpi, title, description, origin)
    if math.prod(options.pixels) > _MANY_PIXELS:
        # matplotlib's circles of references would hold them for long
        del figure
        gc.collect()
    return content


def warm_up(atlas: Atlas) -> None:
    """Cut the fonts and project the boundaries ahead of the first figure."""
    with one_at_a_time:
        face = typeface(atlas)
        face.width("x", 1, REGULAR)
        face.width("x", 1, BOLD)
        for level in LEVELS:
            for layer in LAYERS:
                getattr(ground(atlas, level), layer)


def _png(figure: Figure, dpi: int, title: str, description: str, origin: str) -> bytes:
    metadata = {"Title": title, "Description": description, "Source": origin, "Software": None}
    return _saved(figure, "png", metadata, dpi=dpi)


def _pdf(figure: Figure, title: str, description: str, origin: str) -> bytes:
    metadata = {"Title": title, "Subject": description, "Keywords": origin, "CreationDate": None}
    return _saved(figure, "pdf", metadata)


def _svg(figure: Figure, title: str, description: str, origin: str, lang: str) -> bytes:
    metadata = {"Title": title, "Description": description, "Source": origin, "Date": None}
    text = _saved(figure, "svg", metadata).decode()
    # of this figure alone: others may stand on the same page
    own = hashlib.sha256(f"{title}\0{description}\0{text}".encode()).hexdigest()[:10]
    ids = f"title-{own}", f"desc-{own}"
    root = f'<svg role="img" xml:lang="{lang}" aria-labelledby="{" ".join(ids)}" '
    text = text.replace("<svg ", root, 1)
    head = (
        f'<title id="{ids[0]}">{escape(title)}</title>\n '
        f'<desc id="{ids[1]}">{escape(description)}</desc>'
    )
    before, _, after = text.partition("<title>")
    return (before + head + after.partition("</title>")[2]).encode()


def _saved(figure: Figure, kind: str, metadata: dict[str, Any], **more: Any) -> bytes:  # noqa: ANN401
    file = io.BytesIO()
    figure.savefig(file, format=kind, metadata=metadata, facecolor=figure.get_facecolor(), **more)
    return file.getvalue()
