"""Draw a whole figure: header, map, legend, notes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from pilotzones.figure.captions import notes, remarks, succession_lines
from pilotzones.figure.geometry import Geometry
from pilotzones.figure.kinds import Words, asked, figure_words
from pilotzones.figure.labels import Names
from pilotzones.figure.layout import Box, Picture, Subject, pictures, subject, whole_country
from pilotzones.figure.legend import COLUMN, SMALL, Legend
from pilotzones.figure.look import look_of
from pilotzones.figure.map import Chart
from pilotzones.figure.options import SIZES, FigureOptions
from pilotzones.figure.page import Page
from pilotzones.figure.placement import Cover, Place, place_names
from pilotzones.figure.scene import Mark, Scene
from pilotzones.figure.scenes import SCENES
from pilotzones.figure.sheet import Sheet
from pilotzones.figure.typesetting import typeface
from pilotzones.palette import PAPER
from pilotzones.query.answer import Answer

# points, on a page of unit 1
GUTTER = 14.0

# smaller print is not read
_SMALLEST_NAME = 5.5

# width by height from which the legend is beside the map
_WIDE = 1.3
# a map of the country beside the legend: share of the width, and of the height at most
_LOCATOR, _MOST_BELOW = 0.2, 0.34
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
    """Draw a figure with a map; the permalink may be empty."""
    answer = asked(answer, options)
    words, scene = (
        figure_words(answer, options),
        SCENES[options.kind](answer, look_of(options.style)),
    )
    return draw_scene(answer, options, words, scene, permalink=permalink)


def draw_scene(  # noqa: PLR0913 - all that is on a sheet
    answer: Answer,
    options: FigureOptions,
    words: Words,
    scene: Scene,
    *,
    permalink: str = "",
    first: Sequence[str] = (),
) -> Drawing:
    """Draw a scene as a figure; `first` are paragraphs above the sources."""
    width, height, unit = SIZES[options.size]
    face, look = typeface(answer.atlas), look_of(options.style)
    own = " ".join([options.note, *first])
    face.expect(words.title + scene.heading + own + answer.view.q + permalink)
    # an address that is cut leads nowhere
    address = permalink if len(permalink) <= _MAX_PERMALINK else ""
    unnamed: list[str] = []
    while True:
        page = Page(width, height, face, unit, look)
        paragraphs = [*first, *notes(answer, options.note, address, unnamed)]
        sheet = Sheet(page, options, words, paragraphs)
        drawing = MapSheet(sheet, answer, options, scene, unnamed).draw()
        if drawing.unnamed == unnamed:
            return drawing
        # the note on them takes room from the map, so all is drawn again
        unnamed = drawing.unnamed


@dataclass(frozen=True)
class MapSheet:
    """A sheet with a map, its legend and its insets."""

    sheet: Sheet
    answer: Answer
    options: FigureOptions
    scene: Scene
    unnamed: list[str]

    @cached_property
    def subject(self) -> Subject:
        """What the map must show."""
        return subject(self.answer, self.scene)

    @property
    def page(self) -> Page:
        """The page."""
        return self.sheet.page

    def draw(self) -> Drawing:
        """Draw all; the zones without room for their names join those known before."""
        room = self.sheet.write()
        if room.width > _WIDE * room.height:
            return self._draw_beside(room)
        return self._draw_above(room)

    @property
    def _small_print(self) -> float:
        return self.sheet.small_print

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
        height = min(room.height - above, self._most_height(room.width))
        bottom = room.top - height
        drawing = self._map(Box(room.x, bottom, room.width, height))
        top = bottom - (gap if taken else 0)
        legend.draw(room.x, top)
        if beside:
            below = Box(beside.x, top - taken, beside.width, beside.height)
            self._locator(below, drawing.main.picture)
        return drawing

    def _most_height(self, width: float) -> float:
        """Return the height beyond which a map of China would show other countries alone."""
        if not self.subject.national:
            return math.inf
        country = whole_country()
        return width * country.height / country.width

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
        paragraphs = [*successions, *remarks(self.answer, self.scene), *self.scene.remarks]
        return Legend(self.page, self.scene, paragraphs, width)

    def _map(self, box: Box) -> Drawing:
        main, inset = pictures(box, self.subject, self._caption)
        chart = Chart(self.page, self.answer.atlas, main)
        chart.draw_ground()
        if not self.subject.national:
            chart.draw_provinces(self.answer.view.provinces)
        self._draw_subject(chart)
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
        unnamed += self._write_numbers(chart, names, taken)
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

    def _draw_subject(self, chart: Chart) -> None:
        chart.draw_others(self.scene)
        chart.draw_zones(self.scene)

    def _inset(self, inset: Picture) -> Box:
        chart = Chart(self.page, self.answer.atlas, inset, weight=0.7, order=100)
        chart.draw_ground()
        self._draw_subject(chart)
        size = self._small_print
        name = self.answer.language._("South China Sea Islands")
        while self.page.face.width(name, size) > inset.box.width * 0.94:
            size *= 0.95
        box, caption = inset.box, self._caption
        strip = Box(box.x, box.y - caption, box.width, caption)
        edge = 0.6 * self.page.unit
        self.page.rectangle(
            strip, 139, facecolor=PAPER, edgecolor=self.page.theme.outline, linewidth=edge
        )
        at = (strip.x + strip.width / 2, strip.y + caption / 2 - 0.35 * size)
        self.page.write(at, name, size, align="center", colour=self.page.theme.muted, order=150)
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
        self.page.write(
            at, self.answer.language._("Position in China"), size, colour=self.page.theme.muted
        )

    def _write_names(
        self, chart: Chart, names: Names, wanted: list[Mark], taken: list[Box]
    ) -> dict[str, Place]:
        """Write names of zones and, on a close-up, of provinces and countries."""
        small = [mark for mark in self.scene.marks if chart.is_small(mark.zone_id)]
        taken = [*taken, *(chart.point_box(mark.zone_id) for mark in small)]
        zones = names.zones([mark for mark in wanted if mark.zone_id not in self.unnamed])
        places = [*place_names(zones.values(), chart.frame, taken, names.clear, names.quiet)]
        chart.draw_names(places, names.size, self.page.theme.ink)
        if not self.subject.national:
            taken += [box for place in places for box in place.boxes]
            areas = names.areas(self._areas_named(chart))
            chart.draw_names(
                place_names(areas, chart.frame, taken), names.size, self.page.theme.muted
            )
        by_name = {id(place.name): place for place in places}
        return {zone: by_name[id(name)] for zone, name in zones.items() if id(name) in by_name}

    def _write_numbers(self, chart: Chart, names: Names, taken: list[Box]) -> list[str]:
        """Write the numbers of areas; return those that found no room, with their names."""
        areas = [area for area in self.scene.areas if area.text]
        prepared = {area.name: names.number(area) for area in areas}
        # those that fit into their areas first: a number beside one can lie in many places
        order = sorted(prepared.values(), key=lambda name: not name.inside)
        clear = Cover(name.area for name in prepared.values())
        places = {id(place.name): place for place in place_names(order, chart.frame, taken, clear)}
        left = []
        for area in areas:
            place = places.get(id(prepared[area.name]))
            if place is None:
                left.append(f"{area.name} {area.text}")
                continue
            ink = self.page.theme.ink if place.leader else area.ink
            chart.draw_names([place], names.size, ink, halo=bool(place.leader))
        return left

    def _named(self) -> list[Mark]:
        marks, view = self.scene.marks, self.answer.view
        if self.options.labels == "none":
            return []
        if self.options.labels == "all":
            return marks
        if self.scene.named is not None:
            return [mark for mark in marks if mark.zone_id in self.scene.named]
        if not self.subject.national:
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
