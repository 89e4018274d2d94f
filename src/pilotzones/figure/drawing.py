"""Draw a whole figure: header, map, legend, notes."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from pilotzones.figure.captions import notes, remarks, succession_lines, summary
from pilotzones.figure.geometry import Geometry
from pilotzones.figure.labels import Names
from pilotzones.figure.layout import Box, Picture, Subject, pictures, subject, whole_country
from pilotzones.figure.legend import COLUMN, SMALL, Legend
from pilotzones.figure.map import Chart
from pilotzones.figure.options import SIZES, FigureOptions
from pilotzones.figure.page import LEADING, Page
from pilotzones.figure.placement import Place, place_names
from pilotzones.figure.scene import Mark, Scene, make_scene
from pilotzones.figure.typesetting import BOLD, typeface
from pilotzones.palette import LIGHT, PAPER
from pilotzones.query.answer import Answer
from pilotzones.query.title import view_title

# points, on a page of unit 1
TITLE, SUBTITLE, NOTE = 15.0, 9.0, 6.4
MARGIN = 26.0
GUTTER = 14.0

# smaller print is not read
_SMALLEST_PRINT, _SMALLEST_NAME = 5.0, 5.5

# width by height from which the legend is beside the map
_WIDE = 1.3
# a map of the country beside the legend: share of the width, and of the height at most
_LOCATOR, _MOST_BELOW = 0.2, 0.34
_SMALLEST_TITLE = 0.7
_MAX_PERMALINK = 400

# with more, a map of the country reads as a list of names
_MOST_NAMED = 40


@dataclass(frozen=True)
class Drawing:
    """A finished figure, and where its parts are: boxes in points, from the lower left corner.

    ``main`` is the map, ``inset`` the South China Sea; ``places`` are those of the names of zones,
    ``unnamed`` the zones that found no room for theirs.
    """

    page: Page
    scene: Scene
    main: Chart
    inset: Picture | None
    scale_bar: Box
    names: Names
    places: dict[str, Place]
    unnamed: list[str]

    @property
    def figure(self) -> Figure:
        """The figure, to be saved."""
        return self.page.figure


def draw(answer: Answer, options: FigureOptions, permalink: str) -> Drawing:
    """Draw a figure; the permalink may be empty."""
    width, height, unit = SIZES[options.size]
    face = typeface(answer.atlas)
    face.expect(options.title + options.note + answer.view.q + permalink)
    scene = make_scene(answer)
    unnamed: list[str] = []
    while True:
        page = Page(width, height, face, unit)
        drawing = _Sheet(page, answer, options, scene, unnamed).draw(permalink)
        if drawing.unnamed == unnamed:
            return drawing
        # the note on them takes room from the map, so all is drawn again
        unnamed = drawing.unnamed


@dataclass(frozen=True)
class _Sheet:
    page: Page
    answer: Answer
    options: FigureOptions
    scene: Scene
    unnamed: list[str]

    @cached_property
    def subject(self) -> Subject:
        return subject(self.answer, self.scene)

    def draw(self, permalink: str) -> Drawing:
        """Draw all; the zones without room for their names join those known before."""
        unit, sheet = self.page.unit, self.page.box
        margin = MARGIN * unit * (0.5 if self.options.size == "column" else 1)
        inner = Box(margin, 0.8 * margin, sheet.width - 2 * margin, sheet.height - 1.8 * margin)
        top = self._header(inner)
        bottom = self._notes(inner, permalink)
        room = Box(inner.x, bottom, inner.width, top - bottom)
        if room.width > _WIDE * room.height:
            return self._draw_beside(room)
        return self._draw_above(room)

    @property
    def _small_print(self) -> float:
        return max(NOTE * self.page.unit, _SMALLEST_PRINT)

    def _draw_beside(self, room: Box) -> Drawing:
        unit = self.page.unit
        side = COLUMN * unit
        drawing = self._map(Box(room.x, room.y, room.width - side - GUTTER * unit, room.height))
        legend = self._legend(side, succession_lines(self.answer, self.scene.successions))
        legend.draw(room.right - side, room.top)
        if not self.subject.national:
            height = room.height - legend.height - 16 * unit
            self._locator(Box(room.right - side, room.y, side, height), drawing.main.picture)
        return drawing

    def _draw_above(self, room: Box) -> Drawing:
        gap, beside = 8 * self.page.unit, self._room_for_locator(room)
        side = beside.width + GUTTER * self.page.unit if beside else 0
        legend = self._legend(room.width - side, self._successions_off_the_map)
        taken = max(legend.height, beside.height if beside else 0)
        above = taken + (gap if taken else 0)
        drawing = self._map(Box(room.x, room.y + above, room.width, room.height - above))
        legend.draw(room.x, room.y + taken)
        if beside:
            self._locator(beside, drawing.main.picture)
        return drawing

    def _room_for_locator(self, room: Box) -> Box | None:
        """Find room beside the legend below a close-up, unless the map would lose too much."""
        if self.subject.national or self.subject.islands:
            return None
        extent = whole_country()
        width = _LOCATOR * room.width
        height = width * extent.height / extent.width + 2 * self._small_print
        if height > _MOST_BELOW * room.height:
            return None
        return Box(room.right - width, room.y, width, height)

    @property
    def _successions_off_the_map(self) -> list[str]:
        """The revoked zones that the map does not name, with their successors, in a paragraph."""
        mapped = self._draws_successions and self.options.labels != "none"
        pairs = [pair for pair in self.scene.successions if not mapped or pair[0] in self.unnamed]
        text = self.answer.language.semicolons(succession_lines(self.answer, pairs))
        return [text] if text else []

    @property
    def _draws_successions(self) -> bool:
        """Whether arrows lead from revoked zones to their successors."""
        return bool(self.answer.view.since) or not self.subject.national

    def _legend(self, width: float, successions: list[str]) -> Legend:
        paragraphs = [*successions, *remarks(self.answer, self.scene)]
        return Legend(self.page, self.scene, paragraphs, width)

    def _header(self, inner: Box) -> float:
        page, unit = self.page, self.page.unit
        lines, size = self._title(inner.width)
        y = inner.top + 0.35 * size
        for line in lines:
            y -= size * 1.26
            page.write((inner.x, y), line, size, weight=BOLD)
        y -= 0.3 * size
        size = SUBTITLE * unit
        for line in page.lines(summary(self.answer), size, inner.width):
            y -= size * LEADING
            page.write((inner.x, y), line, size, colour=LIGHT.muted)
        return y - 8 * unit

    def _title(self, width: float) -> tuple[list[str], float]:
        page, full = self.page, TITLE * self.page.unit
        title = self.options.title or view_title(self.answer)
        # a little smaller is better than a second line, much smaller better than a third
        for most, shares in ((1, (1, 0.95, 0.9)), (2, (1, 0.9, 0.8, 0.7))):
            for share in shares:
                if len(page.lines(title, full * share, width, BOLD)) <= most:
                    return self._balanced(title, full * share, width), full * share
        return page.lines(title, full * _SMALLEST_TITLE, width, BOLD), full * _SMALLEST_TITLE

    def _balanced(self, title: str, size: float, width: float) -> list[str]:
        lines = self.page.lines(title, size, width, BOLD)
        for share in (0.55, 0.65, 0.75, 0.85):
            shorter = self.page.lines(title, size, width * share, BOLD)
            if len(shorter) == len(lines):
                return shorter
        return lines

    def _notes(self, inner: Box, permalink: str) -> float:
        page, size = self.page, self._small_print
        # an address that is cut leads nowhere
        address = permalink if len(permalink) <= _MAX_PERMALINK else ""
        lines = [
            line
            for paragraph in notes(self.answer, self.options.note, address, self.unnamed)
            for line in page.lines(paragraph, size, inner.width)
        ]
        for number, line in enumerate(reversed(lines)):
            at = (inner.x, inner.y + number * size * LEADING)
            page.write(at, line, size, colour=LIGHT.muted)
        return inner.y + len(lines) * size * LEADING + 5 * page.unit

    def _map(self, box: Box) -> Drawing:
        main, inset = pictures(box, self.subject, self._caption)
        chart = Chart(self.page, self.answer.atlas, main)
        chart.draw_ground()
        if not self.subject.national:
            chart.draw_provinces(self.answer.view.provinces)
        chart.draw_zones(self.scene)
        taken = [self._inset(inset)] if inset else []
        size = max(SMALL * self.page.unit, _SMALLEST_NAME)
        names = Names(chart, self.scene, self.answer.view, size)
        scale_bar = self._scale_bar(chart, names, taken)
        taken.append(scale_bar)
        if self._draws_successions:
            taken += chart.draw_arrows(self.scene.successions)
        wanted = self._named()
        places = self._write_names(chart, names, wanted, taken) if wanted else {}
        unnamed = [mark.zone_id for mark in wanted if mark.zone_id not in places]
        return Drawing(self.page, self.scene, chart, inset, scale_bar, names, places, unnamed)

    def _scale_bar(self, chart: Chart, names: Names, taken: list[Box]) -> Box:
        places = chart.scale_bar_places(self._small_print)
        free = (
            place
            for place in places
            # the lower left of the country is never China
            if self.subject.national
            or not (names.covers(place) or any(place.overlaps(box) for box in taken))
        )
        place = next(free, places[0])
        chart.draw_scale_bar(place, self.answer.language, self._small_print)
        return place

    @property
    def _caption(self) -> float:
        """Height of the strip below the islands; their name on the map would hide a dash."""
        return 1.5 * self._small_print

    def _inset(self, inset: Picture) -> Box:
        chart = Chart(self.page, self.answer.atlas, inset, weight=0.7, order=100)
        chart.draw_ground()
        chart.draw_zones(self.scene)
        size = self._small_print
        name = self.answer.language._("South China Sea Islands")
        while self.page.face.width(name, size) > inset.box.width * 0.94:
            size *= 0.95
        box, caption = inset.box, self._caption
        strip = Box(box.x, box.y - caption, box.width, caption)
        edge = 0.6 * self.page.unit
        self.page.rectangle(strip, 139, facecolor=PAPER, edgecolor=LIGHT.outline, linewidth=edge)
        at = (strip.x + strip.width / 2, strip.y + caption / 2 - 0.35 * size)
        self.page.write(at, name, size, align="center", colour=LIGHT.muted, order=150)
        return Box(box.x, strip.y, box.width, box.height + caption)

    def _locator(self, room: Box, main: Picture) -> None:
        extent = whole_country()
        size = self._small_print
        height = room.width * extent.height / extent.width
        if height + 2 * size > 1.001 * room.height:
            return
        box = Box(room.x, room.y, room.width, height)
        chart = Chart(self.page, self.answer.atlas, Picture(box, extent), weight=0.5, order=100)
        chart.draw_ground()
        chart.draw_outline(main)
        at = (box.x, box.top + 0.5 * size)
        self.page.write(at, self.answer.language._("Position in China"), size, colour=LIGHT.muted)

    def _write_names(
        self, chart: Chart, names: Names, wanted: list[Mark], taken: list[Box]
    ) -> dict[str, Place]:
        """Write names of zones and, on a close-up, of provinces and countries."""
        small = [mark for mark in self.scene.marks if chart.is_small(mark.zone_id)]
        taken = [*taken, *(chart.point_box(mark.zone_id) for mark in small)]
        zones = names.zones([mark for mark in wanted if mark.zone_id not in self.unnamed])
        places = [*place_names(zones.values(), chart.frame, taken, names.clear, names.quiet)]
        chart.draw_names(places, names.size, LIGHT.ink)
        if not self.subject.national:
            taken += [box for place in places for box in place.boxes]
            areas = names.areas(self._areas_named(chart))
            chart.draw_names(place_names(areas, chart.frame, taken), names.size, LIGHT.muted)
        by_name = {id(place.name): place for place in places}
        return {zone: by_name[id(name)] for zone, name in zones.items() if id(name) in by_name}

    def _named(self) -> list[Mark]:
        marks, view = self.scene.marks, self.answer.view
        if self.options.labels == "none":
            return []
        if self.options.labels == "all" or not self.subject.national:
            return marks
        if not view.since and len(marks) <= _MOST_NAMED:
            return marks
        chosen = [mark for mark in marks if mark.zone_id == view.zone]
        changed = [mark for mark in marks if mark.role.is_changed and mark not in chosen]
        return chosen if len(changed) > _MOST_NAMED else [*chosen, *changed]

    def _areas_named(self, chart: Chart) -> dict[str, Geometry]:
        lang, layers = self.answer.view.lang, chart.ground
        countries = self.answer.atlas.boundaries.neighbours[f"name_{lang}"]
        areas = {
            str(name): layers.neighbours[str(code)]
            for code, name in countries.items()
            if code in layers.neighbours
        }
        if len(self.answer.view.provinces) == 1:
            return areas
        provinces = self.answer.atlas.register.provinces["short_zh" if lang == "zh" else "name_en"]
        return areas | {str(name): layers.provinces[str(a)] for a, name in provinces.items()}
