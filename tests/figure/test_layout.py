"""Where the maps are: all of China, close-ups, insets, the position in the country."""

from dataclasses import astuple

import numpy as np
import pytest
import shapely
from drawn import AFTER, BEFORE, batch_colour, project, see

from pilotzones import View
from pilotzones.figure import SIZES, FigureOptions
from pilotzones.figure.drawing import Sheets, content_of, in_both_languages
from pilotzones.figure.geometry import Extent, ground
from pilotzones.figure.layout import NEVER_COVERED, Box, Subject, pictures, subject
from pilotzones.figure.placement import Cover
from pilotzones.figure.scene import make_scene
from pilotzones.i18n import LANGUAGES
from pilotzones.palette import LIGHT
from pilotzones.query.answer import Answer
from pilotzones.query.ground import MAINLAND


@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}])
def test_hainan_has_the_colour_of_its_batch_from_its_day_on(atlas, filters):
    after = see(atlas, View(AFTER, **filters), labels="none")
    assert after.colour(109.6, 19.3) == batch_colour(atlas)[8]
    assert see(atlas, View(BEFORE, **filters), labels="none").colour(109.6, 19.3) == LIGHT.land


def test_a_region_has_a_close_up_of_its_provinces(atlas):
    answer = Answer(atlas, View(AFTER, regions=("northeast",)))
    what = subject(answer, make_scene(answer))
    assert not what.national
    assert all(what.extent.contains(*project(*place)[0]) for place in [(123.4, 53.4), (121.2, 39)])
    # zones elsewhere pass as well
    either = Answer(atlas, View(AFTER, regions=("northeast",), neighbours=("VNM",), match="any"))
    assert subject(either, make_scene(either)).national


@pytest.mark.parametrize("size", SIZES)
def test_no_part_of_china_is_covered_or_left_out(atlas, size):
    sight = see(atlas, View(AFTER), size=size, labels="none")
    main, inset = sight.drawing.main.picture, sight.drawing.inset
    assert sight.colour(121.0, 23.8) == LIGHT.land  # Taiwan
    hidden = inset.box if inset else Box(0, 0, 0, 0)
    seen = [
        (135.1, 48.4), (123.3, 53.6), (73.5, 39.4), (123.47, 25.74), (124.56, 25.92),
        (120.85, 21.9), (109.5, 18.16), (111.0, 19.9),
    ]  # fmt: skip
    for lon, lat in seen:
        x, y = main.place(*project(lon, lat)[0])
        assert Box(x, y, 0, 0).inside(main.box)
        assert not Box(x - 1, y - 1, 2, 2).overlaps(hidden)
    southern = inset or main
    for lon, lat in [(112.3, 3.9), (109.5, 15), (118.5, 17), (114.3, 11)]:
        assert southern.extent.contains(*project(lon, lat)[0])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_no_words_lie_on_the_ten_dashes(atlas, size, lang):
    sight = see(atlas, View(AFTER, since=BEFORE, lang=lang), size=size)
    main, inset = sight.drawing.main.picture, sight.drawing.inset
    dashes = ground(atlas, "overview").lines["dash"]
    shown = [main, inset] if inset else [main]
    assert len(sight.texts) > 10
    assert shapely.contains_properly(shapely.box(*astuple(shown[-1].extent)), dashes)
    for picture in shown:
        points = [picture.place(x, y) for x, y in shapely.get_coordinates(dashes)]
        hidden = inset.box if inset and picture is main else Box(0, 0, 0, 0)
        # the islands lie over the main picture, with their name below them
        hidden = Box(hidden.x, main.box.y, hidden.width, hidden.top - main.box.y)
        boxes = [Box(x - 0.5, y - 0.5, 1, 1) for x, y in points]
        seen = [b for b in boxes if b.inside(picture.box) and not b.overlaps(hidden)]
        assert not [text for text, box in sight.texts if any(box.overlaps(dash) for dash in seen)]


def test_diaoyu_taiwan_and_the_ten_dashes_are_in_every_level(atlas):
    for level in ("overview", "detail"):
        layers = ground(atlas, level)
        for lon, lat in [(123.47, 25.74), (124.56, 25.92), (121, 23.8), (112.33, 16.83)]:
            assert shapely.distance(layers.nation, shapely.points(project(lon, lat)[0])) < 8000
        assert shapely.get_num_geometries(layers.lines["dash"]) >= 10


def test_close_ups_have_no_inset_and_fill_the_frame(atlas):
    answer = Answer(atlas, View(AFTER, neighbours=("VNM",)))
    what = subject(answer, make_scene(answer))
    main, inset = pictures(Box(0, 0, 600, 400), what)
    assert not what.national
    assert inset is None
    assert main.extent.width < 1_200_000


ASKED = {
    "map": {},
    "compare": {"since": BEFORE},
    "provinces": {"shade": "cities"},
    "borders": {"neighbours": ("VNM",)},
    "record": {"zone": "foshan"},
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ASKED)
def test_the_map_has_one_box_in_both_languages(atlas, kind, size):
    options = FigureOptions(kind=kind, size=size)
    boxes = set()
    for lang in LANGUAGES:
        answer = Answer(atlas, View(AFTER, lang=lang, **ASKED[kind]))
        both = in_both_languages(answer, lambda one: content_of(one, options))
        sheets = Sheets(*both, options, "https://atlas.example/?on=2025-04-25")
        # with a note on zones without a name and without one
        boxes |= {sheets.sheet(unnamed).map_box for unnamed in ([], ["foshan", "hangzhou"])}
    assert len(boxes) == 1


def test_numbers_without_room_do_not_come_and_go(atlas):
    # each note on them takes room, in which other numbers would not fit
    view = View(AFTER, shade="cities", lang="zh")
    link = "https://atlas.example.org/?on=2025-04-25&data=1.1.0&lang=en"
    drawn = see(atlas, view, kind="provinces", size="column", permalink=link)
    assert len(drawn.drawing.unnamed) == len(set(drawn.drawing.unnamed))


@pytest.mark.parametrize("size", ["column", "slide-16x9"])
def test_what_a_note_calls_unnamed_stays_so(atlas, size):
    # a name that came back would change the note, and the note the map, for ever
    options = FigureOptions(size=size, labels="all")
    answer = Answer(atlas, View(AFTER))
    both = in_both_languages(answer, lambda one: content_of(one, options))
    drawing = Sheets(*both, options, "").sheet(["hainan", "bortala"]).draw()
    assert {"hainan", "bortala"} <= set(drawing.unnamed)
    assert drawing.places


def test_what_is_drawn_has_that_box_and_all_words_have_room(atlas):
    sights = [see(atlas, View(AFTER, lang=lang), size="column") for lang in LANGUAGES]
    one, other = (sight.drawing.main.picture for sight in sights)
    assert one == other
    for sight in sights:
        for text, box in sight.texts:
            assert box.inside(sight.drawing.page.box), text
            # the notes and the heading are beside the map, not on it
            apart = box.top <= one.box.y + 1 or box.y >= one.box.top - 1 or box.inside(one.box)
            assert apart, text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", [View(BEFORE, provinces=("460000",)), View(AFTER, q="hainan")])
def test_hainan_is_shown_with_its_islands_and_beside_them(atlas, size, view):
    sight = see(atlas, view, size=size)
    main, inset = sight.drawing.main.picture, sight.drawing.inset
    assert "South China Sea Islands" in sight.words
    for lon, lat in [(112.3, 3.9), (112.33, 16.83), (109.5, 15), (118.5, 17)]:
        assert inset.extent.contains(*project(lon, lat)[0])
    for lon, lat in [(109.5, 18.16), (111.0, 19.9), (108.65, 19.2), (110.5, 20.1)]:
        x, y = main.place(*project(lon, lat)[0])
        assert Box(x, y, 0, 0).inside(main.box)
        assert x < inset.box.x or y > inset.box.top


@pytest.mark.parametrize("size", SIZES)
def test_close_ups_show_their_position_in_china(atlas, size):
    assert "Position in China" in see(atlas, View(AFTER, neighbours=("VNM",)), size=size).words


def test_the_border_is_seen_where_a_zone_touches_it(atlas):
    sight = see(atlas, View(AFTER, neighbours=("VNM",)), labels="none", dpi=144)
    layers, image = ground(atlas, "detail"), sight.image
    border = shapely.boundary(layers.nation).intersection(layers.zones["honghe"].buffer(100))
    points = shapely.line_interpolate_point(border, np.linspace(0.02, 0.98, 80), normalized=True)
    outline = [int(LIGHT.outline[i : i + 2], 16) for i in (1, 3, 5)]
    greys = []
    for x, y in shapely.get_coordinates(points):
        left, bottom = (int(side * 2) for side in sight.drawing.main.picture.place(x, y))
        near = image[image.shape[0] - 3 - bottom : image.shape[0] + 2 - bottom, left - 2 : left + 3]
        greys.append(np.abs(near - outline).max(axis=2).min() < 40)
    assert np.mean(greys) > 0.9


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("filters", [{}, {"provinces": ("440000",)}, {"provinces": ("460000",)}])
def test_the_scale_bar_hides_nothing_and_is_long_enough(atlas, size, filters):
    drawing = see(atlas, View(BEFORE, **filters), size=size).drawing
    chart, bar = drawing.main, drawing.scale_bar
    layers = chart.ground
    zones = [layers.zones[mark.zone_id] for mark in drawing.scene.marks]
    areas = [*zones, layers.provinces["460000"], layers.provinces["710000"]]
    assert not Cover([chart.on_page(area) for area in areas]).touched([bar]).any()
    assert 0.15 <= (bar.width - 8) / chart.picture.box.width <= 0.25


def test_a_picture_that_is_too_narrow_still_clears_the_islands():
    country = Subject(Extent.around(project(*np.transpose(MAINLAND))), national=True)
    for width in range(200, 1200, 50):
        box = Box(0, 0, width, 400)
        main, inset = pictures(box, country)
        for lon, lat in NEVER_COVERED:
            x, y = main.place(*project(lon, lat)[0])
            assert Box(x, y, 0, 0).inside(box)
            assert inset is None or not Box(x, y, 1, 1).overlaps(inset.box)


def test_a_selected_zone_is_drawn_like_any_other(atlas):
    plain = see(atlas, View(AFTER), labels="none")
    selected = see(atlas, View(AFTER, zone="honghe"), labels="none")
    assert (plain.image == selected.image).all()
