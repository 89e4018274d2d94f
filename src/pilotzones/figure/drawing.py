"""Draw a whole figure: header, map, legend, notes."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from matplotlib.figure import Figure

from pilotzones.figure.captions import (
    MOST_NAMED_ZONES,
    notes,
    remarks,
    succession_lines,
    zone_names,
)
from pilotzones.figure.geometry import Geometry
from pilotzones.figure.kinds import Words, asked, figure_words
from pilotzones.figure.labels import Names
from pilotzones.figure.layout import (
    Box,
    Picture,
    Subject,
    pictures,
    subject,
    whole_country,
    with_whole_circles,
)
from pilotzones.figure.legend import COLUMN, SMALL, Legend
from pilotzones.figure.look import look_of
from pilotzones.figure.map import Chart
from pilotzones.figure.options import SIZES, FigureOptions
from pilotzones.figure.page import Page
from pilotzones.figure.placement import Cover, Place, Room, place_names
from pilotzones.figure.scene import Mark, Scene
from pilotzones.figure.scenes import SCENES
from pilotzones.figure.sheet import Sheet
from pilotzones.figure.typesetting import typeface
from pilotzones.palette import PAPER
from pilotzones.query.answer import Answer

# points, on a page of unit 1
GUTTER = 14.0

# between the map and what is below it
_GAP = 8.0
# around a circle at the edge of the map
_ROUND = 2.0
# smaller print is not read
_SMALLEST_NAME = 5.5

# width by height from which the legend is beside the map
_WIDE = 1.3
# a map of the country beside the legend: share of the width, and of the height at most
_LOCATOR, _MOST_BELOW = 0.2, 0.34
# a smaller one, as a share of the room beside the map, shows nothing
_LEAST_LOCATOR = 0.5
_MAX_PERMALINK = 400

# with more, a map of the country reads as a list of names
_MOST_NAMED = 40


# of a sheet whose words are measured alone
NO_ROOM = Box(0, 0, 0, 0)


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


@dataclass(frozen=True)
class Content:
    """What a figure with a map says and shows, in one language.

    ``first`` are paragraphs above the sources.
    """

    answer: Answer
    words: Words
    scene: Scene
    first: tuple[str, ...] = ()

    def paragraphs(self, note: str, address: str, unnamed: list[str]) -> list[str]:
        """Write what stands below the figure."""
        return [*self.first, *notes(self.answer, note, address, unnamed)]


def draw(answer: Answer, options: FigureOptions, permalink: str) -> Drawing:
    """Draw a figure with a map; the permalink may be empty."""
    here, other = in_both_languages(asked(answer, options), lambda one: content_of(one, options))
    return draw_content(here, other, options, permalink)


def content_of(answer: Answer, options: FigureOptions) -> Content:
    """Write the words of a figure with a map, and gather what it shows."""
    scene = SCENES[options.kind](answer, look_of(options.style))
    return Content(answer, figure_words(answer, options), scene)


def in_both_languages(answer: Answer, make: Callable[[Answer], Content]) -> tuple[Content, Content]:
    """Make what a figure says in the language of its View, and in the other one."""
    other = answer.ask(replace(answer.view, lang=answer.language.other.code))
    return make(answer), make(other)


def draw_content(
    here: Content, other: Content, options: FigureOptions, permalink: str = ""
) -> Drawing:
    """Draw a figure; its map has the box that it has in the other language as well."""
    own = " ".join([options.note, *here.first, here.answer.view.q, permalink])
    text = here.words.title + here.scene.heading + own
    typeface(here.answer.atlas).expect(text, here.answer.view.lang)
    sheets = Sheets(here, other, options, permalink)
    unnamed: list[str] = []
    known: Drawing | None = None
    while True:
        drawing = replace(sheets.sheet(unnamed), known=known).draw()
        if drawing.unnamed == unnamed:
            return drawing
        # the note on them is written with all else
        unnamed, known = drawing.unnamed, drawing


@dataclass(frozen=True)
class Sheets:
    """The sheet of a figure in both languages: the map takes what the longer words leave."""

    here: Content
    other: Content
    options: FigureOptions
    permalink: str = ""

    def sheet(self, unnamed: list[str]) -> "MapSheet":
        """Prepare the sheet, with a note on the zones that have no name on the map."""
        here, other = (
            MapSheet(self._sheet(one, unnamed), one.answer, self.options, one.scene, unnamed)
            for one in (self.here, self.other)
        )
        left = [n for n, area in enumerate(self.here.scene.areas) if area.label in unnamed]
        rooms = [
            self._sheet(one, [*self._longest(one), *(one.scene.areas[n].label for n in left)]).room
            for one in (self.here, self.other)
        ]
        bottom, top = max(room.y for room in rooms), min(room.top for room in rooms)
        room = Box(rooms[0].x, bottom, rooms[0].width, top - bottom)
        return replace(here, other=other, room=room)

    def _sheet(self, content: Content, unnamed: list[str]) -> Sheet:
        options = self.options
        width, height, unit = SIZES[options.size]
        face = typeface(content.answer.atlas)
        # an address that is cut leads nowhere
        address = self.permalink if len(self.permalink) <= _MAX_PERMALINK else ""
        page = Page(
            width, height, face, unit, look_of(options.style), lang=content.answer.view.lang
        )
        paragraphs = content.paragraphs(options.note, address, unnamed)
        return Sheet(page, options, content.words, paragraphs)

    def _longest(self, content: Content) -> list[str]:
        """List the zones that may have to be named in the note, as many as it would name."""
        answer, scene = content.answer, content.scene
        wanted = [mark.zone_id for mark in named_marks(answer, self.options, scene)]
        names = zone_names(answer)
        order = sorted(wanted, key=lambda zone: -len(names[zone]))
        return order[:MOST_NAMED_ZONES]


def named_marks(answer: Answer, options: FigureOptions, scene: Scene) -> list[Mark]:
    """List the zones whose names are wanted on the map."""
    marks, view = scene.marks, answer.view
    if options.labels == "none":
        return []
    if options.labels == "all":
        return marks
    if scene.named is not None:
        return [mark for mark in marks if mark.zone_id in scene.named]
    if not subject(answer, scene).national:
        return marks
    if not view.since and len(marks) <= _MOST_NAMED:
        return marks
    chosen = [mark for mark in marks if mark.zone_id == view.zone]
    changed = [mark for mark in marks if mark.role.is_changed and mark not in chosen]
    return chosen if len(changed) > _MOST_NAMED else [*chosen, *changed]


@dataclass(frozen=True)
class MapSheet:
    """A sheet with a map, its legend and its insets.

    ``room`` is what the words leave in either language, ``other`` the sheet in the other one,
    ``known`` the drawing before this one: on the same map its names have the same places.
    """

    sheet: Sheet
    answer: Answer
    options: FigureOptions
    scene: Scene
    unnamed: list[str]
    room: Box = NO_ROOM
    other: "MapSheet | None" = None
    known: Drawing | None = None

    @cached_property
    def subject(self) -> Subject:
        """What the map must show."""
        return subject(self.answer, self.scene)

    def _subject_in(self, box: Box) -> Subject:
        """Return what the map must show in a box of the page, its circles whole."""
        unit = self.page.unit
        circles = [(one.x, one.y, (one.radius + _ROUND) * unit) for one in self.scene.circles]
        return with_whole_circles(box, self.subject, circles, self._caption)

    @property
    def page(self) -> Page:
        """The page."""
        return self.sheet.page

    def draw(self) -> Drawing:
        """Draw all; the zones without room for their names join those known before."""
        self.sheet.write()
        drawing = self._map(self.map_box)
        if self._is_beside:
            self._draw_beside(drawing)
        else:
            self._draw_below(drawing)
        return drawing

    @cached_property
    def map_box(self) -> Box:
        """The box of the map, the same in both languages."""
        room, unit = self.room, self.page.unit
        if self._is_beside:
            width = room.width - (COLUMN + GUTTER) * unit
            return Box(room.x, room.y, width, room.height)
        taken = self._taken_below
        height = min(room.height - taken, self._most_height(room.width))
        return Box(room.x, room.top - height, room.width, height)

    @property
    def _is_beside(self) -> bool:
        return self.room.width > _WIDE * self.room.height

    @property
    def _small_print(self) -> float:
        return self.sheet.small_print

    def _draw_beside(self, drawing: Drawing) -> None:
        """Draw the legend, and the position of a close-up, at the right of the map."""
        room, side = self.room, COLUMN * self.page.unit
        legend = self._legend(side, succession_lines(self.answer, self.scene.successions))
        legend.draw(room.right - side, room.top)
        if not self.subject.national:
            height = room.height - legend.height - 16 * self.page.unit
            self._locator(Box(room.right - side, room.y, side, height), drawing.main.picture)

    def _draw_below(self, drawing: Drawing) -> None:
        """Draw the legend, and the position of a close-up, below the map."""
        room, top = self.room, self.map_box.y - _GAP * self.page.unit
        self._legend(self._legend_width, self._successions_off_the_map).draw(room.x, top)
        if beside := self._beside_legend:
            below = Box(beside.x, top - beside.height, beside.width, beside.height)
            self._locator(below, drawing.main.picture)

    @cached_property
    def _beside_legend(self) -> Box | None:
        return self._room_for_locator(self.room)

    @property
    def _legend_width(self) -> float:
        beside = self._beside_legend
        return self.room.width - (beside.width + GUTTER * self.page.unit if beside else 0)

    @property
    def _taken_below(self) -> float:
        """Height of what is below the map, with the gap, in the language that needs more."""
        sheets = [self, self.other] if self.other else [self]
        legends = [sheet.legend_height(self._legend_width) for sheet in sheets]
        beside = self._beside_legend
        taken = max(*legends, beside.height if beside else 0)
        return taken + _GAP * self.page.unit if taken else 0

    def legend_height(self, width: float) -> float:
        """Return the greatest height of the legend: with the successors that the map may name."""
        lines = self.answer.language.semicolons(
            succession_lines(self.answer, self.scene.successions)
        )
        return self._legend(width, [lines] if lines else []).height

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
        main, inset = pictures(box, self._subject_in(box), self._caption)
        chart = Chart(self.page, self.answer.atlas, main)
        chart.draw_ground()
        if not self.subject.national:
            chart.draw_provinces(self.answer.view.provinces)
        self._draw_subject(chart)
        taken = [self._inset(inset)] if inset else []
        size = max(SMALL * self.page.unit, _SMALLEST_NAME)
        wanted = named_marks(self.answer, self.options, self.scene)
        ids = frozenset(mark.zone_id for mark in wanted)
        names = Names(chart, self.scene, self.answer.view, size, ids)
        scale_bar = self._scale_bar(chart, names, taken)
        taken.append(scale_bar)
        if self._draws_successions:
            taken += chart.draw_arrows(self.scene.successions)
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
        width = min(room.width, (room.height - 2 * size) * extent.width / extent.height)
        if width < _LEAST_LOCATOR * room.width:
            return
        box = Box(room.x, room.y, width, width * extent.height / extent.width)
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
        if self.known and self.known.main.picture == chart.picture:
            found = self.known.places
        else:
            # what the note says stays true, or the note and the map might change in turn for ever
            found = names.place([one for one in wanted if one.zone_id not in self.unnamed], taken)
        places = [*found.values()]
        chart.draw_names(places, names.size, self.page.theme.ink)
        if not self.subject.national:
            taken += [box for place in places for box in place.boxes]
            areas = names.areas(self._areas_named(chart))
            room = Room(chart.frame, taken)
            chart.draw_names(place_names(areas, room), names.size, self.page.theme.muted)
        return found

    def _write_numbers(self, chart: Chart, names: Names, taken: list[Box]) -> list[str]:
        """Write the numbers of areas; return those that found no room, with their names."""
        # an area that had no room stays without a number, or the note would come and go
        left = [area.label for area in self.scene.areas if area.label in self.unnamed]
        areas = [one for one in self.scene.areas if one.text and one.label not in left]
        prepared = {area.name: names.number(area) for area in areas}
        # those that fit into their areas first: a number beside one can lie in many places
        order = sorted(prepared.values(), key=lambda name: not name.inside)
        clear = Cover([*names.kept, *(name.area for name in prepared.values())])
        room = Room(chart.frame, taken, clear)
        places = {id(place.name): place for place in place_names(order, room)}
        for area in areas:
            place = places.get(id(prepared[area.name]))
            if place is None:
                left.append(area.label)
                continue
            ink = self.page.theme.ink if place.leader else area.ink
            chart.draw_names([place], names.size, ink, halo=bool(place.leader))
        return left

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
