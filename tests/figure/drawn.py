"""Draw a figure and read what is on it: pixels, texts with their boxes."""

import io
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from pilotzones import View
from pilotzones.figure import FigureOptions
from pilotzones.figure.drawing import Drawing, draw
from pilotzones.figure.layout import Box
from pilotzones.figure.save import SETTINGS
from pilotzones.palette import batch_colours
from pilotzones.query import ground
from pilotzones.query.answer import Answer

BEFORE, AFTER = date(2025, 4, 24), date(2025, 4, 25)
DPI = 72


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def project(lon, lat):
    """Project degrees to rows of x and y in metres."""
    return ground.project(np.column_stack([lon, lat]))


def batch_colour(atlas):
    batches = [stop.batch for stop in atlas.stops if stop.batch]
    return dict(zip(batches, batch_colours(len(batches)), strict=True))


def share_of(image, colour, tolerance=8):
    """Share of the pixels that have a colour."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((np.abs(image - wanted).max(axis=2) <= tolerance).mean())


@dataclass(frozen=True)
class Sight:
    """A figure as a reader sees it."""

    drawing: Drawing
    dpi: int

    @cached_property
    def image(self):
        file = io.BytesIO()
        with mpl.rc_context(SETTINGS):
            self.drawing.figure.savefig(file, dpi=self.dpi)
        return pixels(file.getvalue())

    def colour(self, lon, lat, picture=None):
        """Colour of the map at a place in degrees, ``#rrggbb``."""
        return self.colour_at(*project(lon, lat)[0], picture)

    def colour_at(self, x, y, picture=None):
        """Colour of the map at a projected point."""
        picture = picture or self.drawing.main.picture
        column, row = np.array(picture.place(x, y)) * self.dpi / 72
        pixel = self.image[self.image.shape[0] - 1 - int(row), int(column)]
        return "#" + "".join(f"{int(channel):02x}" for channel in pixel)

    @cached_property
    def texts(self):
        """Every line of text with the box that it covers, in the order of writing."""
        return texts_on(self.drawing.figure)

    @cached_property
    def words(self):
        """All text in the order of writing; the notes are written from below."""
        return " ".join(text for text, _ in self.texts)


def texts_on(figure):
    """Every line of text on a figure with the box that it covers, in the order of writing."""
    # as it is saved: hints would make letters wider
    with mpl.rc_context(SETTINGS):
        renderer = FigureCanvasAgg(figure).get_renderer()
        found = []
        for artist in figure.artists:
            # the light edge of a name is an artist of its own
            if isinstance(artist, Text) and not artist.get_path_effects():
                extent = artist.get_window_extent(renderer)
                corner = np.array([extent.x0, extent.y0, extent.width, extent.height])
                found.append((artist.get_text(), Box(*(corner * 72 / figure.dpi))))
        return found


def see(atlas, view, *, permalink="", **options):
    """Draw a figure of a View."""
    options = {"dpi": DPI} | options
    drawing = draw(Answer(atlas, view), FigureOptions(**options), permalink)
    return Sight(drawing, options["dpi"])


def zone_count(atlas, **view):
    """Number of active zones that pass the filters."""
    return int(Answer(atlas, View(**({"on": AFTER} | view))).active.sum())
