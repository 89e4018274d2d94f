"""A page to draw on: points from the lower left corner, one typeface."""

from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from pilotzones.figure.layout import Box
from pilotzones.figure.look import COLOUR, Look
from pilotzones.figure.typesetting import REGULAR, Typeface, Weight, wrap
from pilotzones.i18n import LANGUAGES
from pilotzones.palette import HALO, PAPER

LEADING = 1.38


def set_hatch_width(artist: Artist, width: float) -> None:
    """Set the width of the lines of a hatching, in points.

    Matplotlib before 3.11 has one width for all, which stays as it is.
    """
    if hasattr(artist, "set_hatch_linewidth"):
        artist.set_hatch_linewidth(width)


class Page:
    """A page of a size in points; `unit` is the factor of letters and lines against print."""

    def __init__(  # noqa: PLR0913 - all that a page is
        self,
        width: float,
        height: float,
        face: Typeface,
        unit: float,
        look: Look = COLOUR,
        *,
        lang: str = LANGUAGES[0],
    ) -> None:
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor=PAPER)
        self.points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self.face = face
        self.lang = lang
        self.unit = unit
        self.look = look
        self.theme = look.theme
        self.box = Box(0, 0, width, height)

    def add(self, artist: Artist, order: float, within: Box | None = None) -> None:
        """Put an artist on the page above those of a lower order, clipped to a box."""
        artist.set_zorder(order)
        self.figure.add_artist(artist)
        if within:
            corners = Bbox.from_bounds(within.x, within.y, within.width, within.height)
            artist.set_clip_box(TransformedBbox(corners, self.points))

    def rectangle(
        self,
        box: Box,
        order: float,
        *,
        within: Box | None = None,
        **style: Any,  # noqa: ANN401 - matplotlib's
    ) -> None:
        """Draw a rectangle."""
        corner = (box.x, box.y)
        artist = Rectangle(corner, box.width, box.height, transform=self.points, **style)
        if artist.get_hatch():
            set_hatch_width(artist, 0.5 * self.unit)
        self.add(artist, order, within)

    def write(  # noqa: PLR0913 - a line of text has as many properties
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        colour: str = "",
        weight: Weight = REGULAR,
        align: Literal["left", "center", "right"] = "left",
        halo: bool = False,
        order: float = 50,
    ) -> None:
        """Write one line; `at` is the point of its baseline that `align` names."""
        drawable = self.face.drawable(text, self.lang)
        style: dict[str, Any] = {
            "horizontalalignment": align,
            "verticalalignment": "baseline",
            "fontproperties": self.face.font(drawable, size, weight),
            "parse_math": False,
            "transform": self.points,
        }
        if halo:
            # an artist of its own: path effects make outlines of letters, which no PDF can search
            around = Text(*at, drawable, color=HALO, **style)
            around.set_path_effects([Stroke(linewidth=size * 0.3, foreground=HALO)])
            # moved to whole pixels, the strokes of a letter fall together
            around.set_snap(False)
            self.add(around, order - 0.5)
        self.add(Text(*at, drawable, color=colour or self.theme.ink, **style), order)

    def lines(self, text: str, size: float, width: float, weight: Weight = REGULAR) -> list[str]:
        """Break a paragraph into lines of a width in points."""
        drawable = self.face.drawable(text, self.lang)
        return wrap(drawable, width, lambda piece: self.face.width(piece, size, weight))
