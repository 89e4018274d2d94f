"""Report figures: what they show, say and weigh."""

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import astuple, replace
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pyproj
import pytest
import shapely
from PIL import Image

from pilotzones import View
from pilotzones.figure import (
    FIGURE_PARAMETERS,
    SIZES,
    FigureOptions,
    alternative_text,
    draw_figure,
    figure_bytes,
    figure_etag,
    figure_title,
    parse_figure_options,
)
from pilotzones.figure import layout as layouts
from pilotzones.figure import plate as plates
from pilotzones.figure import save as saving
from pilotzones.figure import store as storing
from pilotzones.figure.geometry import ALBERS, ground, project
from pilotzones.figure.labels import Names
from pilotzones.figure.layout import Box, pictures, subject, wrap
from pilotzones.figure.map import Chart
from pilotzones.figure.options import MAX_PIXELS
from pilotzones.figure.page import Page
from pilotzones.figure.placement import Cover, Name, place_names
from pilotzones.figure.scene import GAINED_COLOUR, LOST_COLOUR, batch_colour, make_scene
from pilotzones.figure.store import Store
from pilotzones.figure.typesetting import BOLD, typeface
from pilotzones.query.answer import Answer
from pilotzones.query.changes import headline

BEFORE, AFTER = date(2025, 4, 24), date(2025, 4, 25)
DPI = 72
HOSTILE = "<script>alert(1)</script> ${x} $\\frac{1}{2}$ \"quoted\" 'single' & %(day)s {0}"


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def share_of(image, colour, tolerance=8):
    """Share of the pixels that have a colour."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((np.abs(image - wanted).max(axis=2) <= tolerance).mean())


def main_picture(atlas, view, monkeypatch, **options):
    """Draw a figure; return its pixels and a function from degrees to a pixel."""
    drawn = []

    def spy(*arguments):
        drawn.append(pictures(*arguments))
        return drawn[-1]

    monkeypatch.setattr("pilotzones.figure.plate.pictures", spy)
    image = pixels(draw_figure(atlas, view, FigureOptions(**{"dpi": DPI} | options)))
    main, inset = drawn[-1]

    def pixel(lon, lat, picture=main):
        points = np.array(picture.place(*project(lon, lat)[0]))
        x, y = points * options.get("dpi", DPI) / 72
        return image[image.shape[0] - 1 - int(y), int(x)]

    return image, pixel, main, inset


def written(monkeypatch):
    """Gather every line of text of the last page, with the box that it covers."""
    texts, pages, write = [], [], Page.write

    def spy(page, at, text, size, **style):
        if pages[-1:] != [page]:
            pages.append(page)
            texts.clear()
        width = page.face.width(page.face.drawable(text), size)
        left = {"left": 0, "center": width / 2, "right": width}[style.get("align", "left")]
        texts.append((text, Box(at[0] - left, at[1] - 0.12 * size, width, 0.9 * size)))
        write(page, at, text, size, **style)

    monkeypatch.setattr(Page, "write", spy)
    return texts


def as_hex(pixel):
    return "#" + "".join(f"{int(channel):02x}" for channel in pixel)


# --- what is shown ---------------------------------------------------------------------------


def test_hainan_has_the_colour_of_its_batch_from_its_day_on(atlas, monkeypatch):
    place = (109.75, 19.25)
    _, pixel, _, _ = main_picture(atlas, View(AFTER, provinces=("460000",)), monkeypatch)
    assert as_hex(pixel(*place)) == batch_colour(atlas)[8]
    _, pixel, _, _ = main_picture(atlas, View(BEFORE, provinces=("460000",)), monkeypatch)
    assert as_hex(pixel(*place)) == "#ebe9e3"


def test_hainan_has_the_colour_of_its_batch_on_the_national_picture(atlas, monkeypatch):
    colour = batch_colour(atlas)[8]
    _, pixel, _, _ = main_picture(atlas, View(AFTER), monkeypatch, labels="none")
    assert as_hex(pixel(109.6, 19.3)) == colour
    _, pixel, _, _ = main_picture(atlas, View(BEFORE), monkeypatch, labels="none")
    assert as_hex(pixel(109.6, 19.3)) == "#ebe9e3"


def test_a_zone_inside_another_lies_above_it(atlas, monkeypatch):
    _, pixel, _, _ = main_picture(
        atlas, View(AFTER, provinces=("330000",)), monkeypatch, labels="none"
    )
    yiwu, jinhua = atlas.boundaries.zones.loc["yiwu"], atlas.register.histories.loc["jinhua"]
    colours = batch_colour(atlas)
    assert as_hex(pixel(yiwu["lon"], yiwu["lat"])) != colours[int(jinhua["batch"])]
    batch = int(atlas.register.histories.loc["yiwu", "batch"])
    assert as_hex(pixel(yiwu["lon"], yiwu["lat"])) == colours[batch]


@pytest.mark.parametrize("size", SIZES)
def test_no_part_of_china_is_covered_or_left_out(atlas, monkeypatch, size):
    _, pixel, main, inset = main_picture(atlas, View(AFTER), monkeypatch, size=size, labels="none")
    assert as_hex(pixel(121.0, 23.8)) == "#ebe9e3"  # Taiwan, in the colour of the land
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
def test_no_words_lie_on_the_ten_dashes(atlas, monkeypatch, size, lang):
    texts = written(monkeypatch)
    view = View(AFTER, since=BEFORE, lang=lang)
    _, _, main, inset = main_picture(atlas, view, monkeypatch, size=size)
    dashes = ground(atlas, "overview").lines["dash"]
    pictures_shown = [main, inset] if inset else [main]
    assert len(texts) > 10
    southern = pictures_shown[-1].extent
    assert shapely.contains_properly(shapely.box(*astuple(southern)), dashes)
    for picture in pictures_shown:
        points = [picture.place(x, y) for x, y in shapely.get_coordinates(dashes)]
        hidden = inset.box if inset and picture is main else Box(0, 0, 0, 0)
        # the islands lie over the main picture, with their name below them
        hidden = Box(hidden.x, main.box.y, hidden.width, hidden.top - main.box.y)
        boxes = [Box(x - 0.5, y - 0.5, 1, 1) for x, y in points]
        seen = [b for b in boxes if b.inside(picture.box) and not b.overlaps(hidden)]
        assert not [text for text, box in texts if any(box.overlaps(dash) for dash in seen)]


def test_diaoyu_taiwan_and_the_ten_dashes_are_in_every_level(atlas):
    for level in ("overview", "detail"):
        layers = ground(atlas, level)
        for lon, lat in [(123.47, 25.74), (124.56, 25.92), (121, 23.8), (112.33, 16.83)]:
            assert shapely.distance(layers.nation, shapely.points(project(lon, lat)[0])) < 8000
        assert shapely.get_num_geometries(layers.lines["dash"]) >= 10


def test_close_ups_have_no_inset_and_fill_the_frame(atlas):
    box = Box(0, 0, 600, 400)
    view = View(AFTER, neighbours=("VNM",))
    what = subject(Answer(atlas, view), make_scene(Answer(atlas, view)))
    main, inset = pictures(box, what)
    assert not what.national
    assert inset is None
    assert main.extent.width < 1_200_000


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", [View(BEFORE, provinces=("460000",)), View(AFTER, q="hainan")])
def test_hainan_is_shown_with_its_islands_and_beside_them(atlas, monkeypatch, size, view):
    texts = written(monkeypatch)
    _, _, main, inset = main_picture(atlas, view, monkeypatch, size=size)
    assert "South China Sea Islands" in [text for text, _ in texts]
    for lon, lat in [(112.3, 3.9), (112.33, 16.83), (109.5, 15), (118.5, 17)]:
        assert inset.extent.contains(*project(lon, lat)[0])
    for lon, lat in [(109.5, 18.16), (111.0, 19.9), (108.65, 19.2), (110.5, 20.1)]:
        x, y = main.place(*project(lon, lat)[0])
        assert Box(x, y, 0, 0).inside(main.box)
        assert x < inset.box.x or y > inset.box.top


@pytest.mark.parametrize("size", SIZES)
def test_close_ups_tell_where_in_china_they_are(atlas, monkeypatch, size):
    texts = written(monkeypatch)
    draw_figure(atlas, View(AFTER, neighbours=("VNM",)), FigureOptions(dpi=DPI, size=size))
    assert "Position in China" in [text for text, _ in texts]


def test_the_border_is_seen_where_a_zone_touches_it(atlas, monkeypatch):
    view = View(AFTER, neighbours=("VNM",))
    image, _, main, _ = main_picture(atlas, view, monkeypatch, labels="none", dpi=144)
    layers = ground(atlas, "detail")
    border = shapely.boundary(layers.nation).intersection(layers.zones["honghe"].buffer(100))
    points = shapely.line_interpolate_point(border, np.linspace(0.02, 0.98, 80), normalized=True)
    greys = []
    for x, y in shapely.get_coordinates(points):
        left, bottom = (int(side * 2) for side in main.place(x, y))
        near = image[image.shape[0] - 3 - bottom : image.shape[0] + 2 - bottom, left - 2 : left + 3]
        greys.append(np.abs(near - (0x8F, 0x8A, 0x80)).max(axis=2).min() < 40)
    assert np.mean(greys) > 0.9


def test_the_ring_of_a_revoked_zone_lets_its_successor_be_seen(atlas, monkeypatch):
    view = View(AFTER)
    _, pixel, _, _ = main_picture(atlas, view, monkeypatch, size="column", labels="none", dpi=300)
    assert as_hex(pixel(109.6, 19.3)) == batch_colour(atlas)[8]
    x, y = ground(atlas, "overview").middle("haikou")
    lon, lat = pyproj.Transformer.from_crs(ALBERS, "EPSG:4326", always_xy=True).transform(x, y)
    assert as_hex(pixel(lon, lat)) == batch_colour(atlas)[8]


def test_a_revoked_zone_is_hatched_only_while_its_successor_is_not_shown(atlas):
    parts = {m.zone_id: m.part for m in make_scene(Answer(atlas, View(AFTER))).marks}
    assert (parts["haikou"], parts["sanya"], parts["alashankou"]) == ("absorbed",) * 3
    alone = {m.zone_id: m.part for m in make_scene(Answer(atlas, View(AFTER, batches=(3,)))).marks}
    assert alone["haikou"] == "revoked"
    assert draw_figure(atlas, View(AFTER, q="haikou"), FigureOptions(dpi=DPI))


def test_the_legend_counts_what_is_shown(atlas):
    rows = make_scene(Answer(atlas, View(AFTER))).rows
    assert [row.count for row in rows] == [1, 12, 21, 24, 45, 26, 33, 16, 3]
    assert rows[-2].part == "new"
    assert [
        row.text for row in make_scene(Answer(atlas, View(date(2015, 3, 12), lang="zh"))).rows
    ] == ["第1批，2015年3月12日"]


@pytest.mark.parametrize(
    ("lang", "revoked", "all_zones"),
    [
        ("en", "Revoked zones", "Active zones by batch"),
        ("zh", "已撤销综试区", "现有综试区（按批次）"),
    ],
)
def test_the_heading_of_the_legend_fits_its_rows(atlas, lang, revoked, all_zones):
    def heading(**view):
        return make_scene(Answer(atlas, View(AFTER, lang=lang, **view))).heading

    assert heading(statuses=("revoked",)) == heading(q="haikou") == revoked
    assert heading() == heading(provinces=("460000",)) == all_zones
    assert heading(since=BEFORE) not in {revoked, all_zones}


def test_two_days_show_what_changed(atlas, monkeypatch):
    view = View(AFTER, since=BEFORE, provinces=("460000",))
    _, pixel, _, _ = main_picture(atlas, view, monkeypatch, labels="none")
    assert as_hex(pixel(109.75, 19.4)) == GAINED_COLOUR
    haikou = atlas.boundaries.zones.loc["haikou"]
    assert as_hex(pixel(haikou["lon"] - 0.05, haikou["lat"] + 0.05)) == LOST_COLOUR
    scene = make_scene(Answer(atlas, View(AFTER, since=BEFORE)))
    assert [(row.part, row.count) for row in scene.rows] == [
        ("gained", 16),
        ("lost", 3),
        ("kept", 162),
    ]
    assert scene.ties == [("alashankou", "bortala"), ("haikou", "hainan"), ("sanya", "hainan")]


def test_gained_and_lost_differ_in_lightness():
    def light(colour):
        return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))

    assert light(LOST_COLOUR) - light(GAINED_COLOUR) > 200


def test_two_days_far_apart_know_zones_that_came_and_went(atlas):
    scene = make_scene(Answer(atlas, View(AFTER, since=date(2015, 3, 12))))
    counts = {row.part: row.count for row in scene.rows}
    assert counts["passed"] == 3
    # "revoked: 0" would contradict the title
    assert "lost" not in counts
    later = make_scene(Answer(atlas, View(date(2025, 6, 1), since=AFTER)))
    assert {row.part: row.count for row in later.rows}["absorbed"] == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_view_without_zones_says_so(atlas, lang):
    view = View(date(2016, 1, 15), provinces=("460000",), lang=lang)
    content = draw_figure(atlas, view, FigureOptions(format="svg"))
    assert {"en": "No zone passes", "zh": "没有符合筛选条件"}[lang] in alternative_text(atlas, view)
    assert "".join(description(content).split()) == "".join(alternative_text(atlas, view).split())
    everywhere = View(date(2016, 1, 15), neighbours=("VNM",), lang=lang)
    assert draw_figure(atlas, everywhere, FigureOptions(dpi=DPI))


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("since", [None, date(2016, 1, 14)])
def test_an_empty_figure_says_so_once(atlas, monkeypatch, since):
    texts = written(monkeypatch)
    view = View(date(2016, 1, 15), since=since, provinces=("460000",))
    draw_figure(atlas, view, FigureOptions(dpi=DPI))
    said = " ".join(text for text, _ in texts)
    assert said.count("No zone passes these filters on") == 1
    assert ("either day" in said) == bool(since)


def test_the_legend_says_what_it_counts_and_what_the_dark_outline_means(atlas, monkeypatch):
    texts = written(monkeypatch)
    draw_figure(atlas, View(AFTER), FigureOptions(dpi=DPI, size="column"))
    said = " ".join(text for text, _ in texts)
    assert "Active zones by batch" in said
    assert "Dark outline: approved by the latest document" in said
    assert "Albers equal-area" in said


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}, {"since": BEFORE}])
def test_every_figure_names_the_successors(atlas, monkeypatch, size, filters):
    texts = written(monkeypatch)
    draw_figure(atlas, View(AFTER, **filters), FigureOptions(dpi=DPI, size=size))
    said = " ".join(text for text, _ in texts)
    # on the map arrows lead from the one name to the other
    arrows = filters and size not in {"a4-landscape", "slide-16x9"}
    for name in ("Haikou", "Hainan") if arrows else ("Haikou → Hainan", "Sanya → Hainan"):
        assert name in said


def test_an_address_is_written_whole_or_not_at_all(atlas, monkeypatch):
    texts = written(monkeypatch)
    for length, shown in ((300, True), (500, False)):
        address = "https://x.test/?q=" + "x" * length
        draw_figure(atlas, View(AFTER), FigureOptions(dpi=DPI), permalink=address)
        assert (address in "".join(reversed([text for text, _ in texts]))) == shown
        assert ("x.test" in "".join(text for text, _ in texts)) == shown


def test_titles_say_what_the_view_shows(atlas):
    def title(**view):
        return figure_title(atlas, View(AFTER, **view))

    base = "Cross-border e-commerce pilot zones"
    assert title() == f"{base} of China, 25 April 2025"
    assert title(provinces=("440000",)) == f"{base} in Guangdong, 25 April 2025"
    assert (
        title(neighbours=("VNM",)) == f"{base} of China on the border with Vietnam, 25 April 2025"
    )
    assert (
        title(neighbours=("coast", "VNM"))
        == f"{base} of China on the coast or on the border with Vietnam, 25 April 2025"
    )
    assert (
        title(batches=(3, 4), statuses=("active",), q="zhou")
        == f'{base} of China (batches 3 and 4; active only; name contains "zhou"), 25 April 2025'
    )
    assert (
        title(since=BEFORE)
        == f"{base} of China: 16 gained, 3 revoked between 24 April 2025 and 25 April 2025"
    )


@pytest.mark.parametrize("since", [date(2015, 3, 11), date(2015, 3, 12), BEFORE])
@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}, {"batches": (3,)}])
def test_the_title_of_two_days_counts_as_the_page_of_changes_does(atlas, since, filters):
    view = View(AFTER, since=since, **filters)
    counts = re.search(r"\d+ gained, \d+ revoked", headline(Answer(atlas, view)))[0]
    assert counts in figure_title(atlas, view)
    assert counts in alternative_text(atlas, view)


def test_descriptions_give_the_counts(atlas):
    text = alternative_text(atlas, View(AFTER))
    for part in ("178 active zones in 31 provinces", "Batch 8, 25 Apr 2025: 16", "Guangdong 21"):
        assert part in text
    changed = alternative_text(atlas, View(AFTER, since=BEFORE))
    assert "165 active on 24 April 2025, 178 on 25 April 2025" in changed
    assert "Haikou (now Hainan)" in changed


@pytest.mark.parametrize("since", [None, BEFORE])
def test_chinese_words_have_no_english_in_them(atlas, since):
    view = View(AFTER, since=since, provinces=("450000", "530000"), neighbours=("VNM",), lang="zh")
    words = figure_title(atlas, view) + alternative_text(atlas, view)
    assert not [c for c in words if c.isascii() and c.isalpha()]
    assert not {",", ";", ":", "("} & set(words)


def test_lines_break_as_both_languages_do():
    def measure(text):
        return float(len(text))

    assert wrap("one two three", 7, measure) == ["one two", "three"]
    assert wrap("一二三，四五", 3, measure) == ["一二", "三，四", "五"]
    assert wrap("abcdefgh", 3, measure) == ["abc", "def", "gh"]
    assert wrap("", 3, measure) == []
    text = "边界为示意，依据天地图（2025）公布的map绘制。 And so on: “quoted”, ended."
    assert "".join("".join(wrap(text, 9, measure)).split()) == "".join(text.split())


@pytest.mark.parametrize("limit", range(12, 40))
@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("zones of China: 16 gained, 3 revoked, 24 April 2025", ["16 gained,", "24 April 2025"]),
        (
            "跨境电子商务综合试验区，国函〔2025〕40号，2025年4月25日",
            ["综合试验区，", "国函〔2025〕40号，"],
        ),
        ("至2025年4月25日新增16个，撤销3个", ["2025年4月25日", "新增16个，", "撤销3个"]),
    ],
)
def test_what_belongs_together_stays_on_a_line(text, together, limit):
    lines = wrap(text, limit, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= limit for line in lines)
    assert all(any(part in line for line in lines) for part in together if len(part) <= limit)


def test_no_character_is_left_alone_on_the_last_line():
    assert wrap("公开出版可能需要送审。", 9, len) == ["公开出版可能需要", "送审。"]


def test_names_do_not_collide():
    names = [Name(str(i), 30 + 9 * i, 50, 30, 8, gap=2, reach=20) for i in range(20)]
    frame = Box(0, 0, 220, 100)
    places = [*place_names(names, frame, [Box(0, 0, 20, 20)])]
    assert 3 <= len(places) < 20
    for i, place in enumerate(places):
        assert place.box.inside(frame)
        covered = [box for other in places[:i] for box in other.boxes]
        assert not any(place.box.overlaps(box) for box in covered)


def test_a_name_stands_inside_or_beside_with_a_line_or_nowhere():
    frame, hill = Box(0, 0, 100, 100), shapely.box(40, 40, 60, 60)
    wide = Name("x", 50, 50, 30, 8, gap=2, reach=40, area=hill)
    (inside,) = place_names([replace(wide, inside=((50, 50),))], frame, [], Cover([hill]))
    assert (inside.box, inside.leader) == (Box(35, 46, 30, 8), None)
    (beside,) = place_names([wide], frame, [], Cover([hill]))
    assert beside.leader[0] == (50, 50)
    assert not beside.box.overlaps(Box(40, 40, 20, 20))
    assert not [*place_names([wide], frame, [], Cover([shapely.box(0, 0, 100, 100)]))]


def test_the_line_to_a_name_is_short_and_crosses_nothing():
    frame, hill = Box(0, 0, 200, 200), shapely.box(90, 90, 110, 110)
    name = Name("x", 100, 100, 30, 8, gap=2, reach=12, area=hill)
    (place,) = place_names([name], frame, [], Cover([hill]))
    assert shapely.difference(place.line, hill).length <= 12
    # a moat that no short line gets over, and one that every line would have to cross
    moat = hill.buffer(40)
    assert not [*place_names([name], frame, [], Cover([moat]))]
    far = replace(name, reach=100)
    assert not [*place_names([far], frame, [], Cover([moat.difference(hill)]))]
    # a point just beside the middle of the hill: its line may not meet the other one
    other = replace(name, text="y", x=100.5, area=shapely.Point(), reach=60)
    lines = [place.line for place in place_names([name, other], frame, [])]
    assert not lines[0].intersects(shapely.union_all(lines[1:]))


def named(atlas, view, monkeypatch, **options):
    """Draw a figure; return the `Names` of its map, the places by zone and all lines of text."""
    asked, placed, texts = [], [], written(monkeypatch)
    zones, place = Names.zones, plates.place_names

    def spy_zones(names, marks):
        placed.clear()
        asked[:] = [names, zones(names, marks)]
        return asked[1]

    def spy_place(*arguments):
        found = [*place(*arguments)]
        placed.extend(found)
        return found

    monkeypatch.setattr(Names, "zones", spy_zones)
    monkeypatch.setattr(plates, "place_names", spy_place)
    draw_figure(atlas, view, FigureOptions(dpi=DPI, **options))
    names, wanted = asked
    places = {z: p for z, name in wanted.items() for p in placed if p.name is name}
    return names, places, [text for text, _ in texts]


@pytest.mark.parametrize("province", ["440000", "320000", "330000"])
@pytest.mark.parametrize("size", ["column", "square", "a4-landscape"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_never_reads_as_that_of_another_zone(atlas, monkeypatch, province, size, lang):
    view = View(AFTER, provinces=(province,), lang=lang)
    names, places, texts = named(atlas, view, monkeypatch, size=size)
    zones = names.chart.ground.zones
    shown = [mark.zone_id for mark in names.scene.marks]
    assert len(places) > 0.75 * len(shown)
    picture = names.chart.picture
    for zone_id, place in places.items():
        box = place.box
        x, y = (np.array([box.x, box.y]) - (picture.box.x, picture.box.y)) / picture.scale
        west, south = x + picture.extent.west, y + picture.extent.south
        width, height = box.width / picture.scale, box.height / picture.scale
        middle = shapely.Point(west + width / 2, south + height / 2)
        covered = [z for z in shown if zones[z].contains(middle)]
        # a zone may lie in a larger one
        own = covered and min(covered, key=lambda z: zones[z].area) == zone_id
        area = shapely.box(west, south, west + width, south + height)
        others = [
            z for z in shown if z != zone_id and zones[z].intersection(area).area > 1e-3 * area.area
        ]
        assert own or (place.leader and not others), (zone_id, covered, others)
    told = " ".join(texts)
    left_out = set(shown) - set(places)
    assert all(atlas.register.zones.loc[z, f"place_{lang}"] in told for z in left_out)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_on_a_map_of_changes_hide_nothing_that_changed(atlas, monkeypatch, size, lang):
    view = View(AFTER, since=BEFORE, lang=lang)
    names, places, texts = named(atlas, view, monkeypatch, size=size)
    changed = [m.zone_id for m in names.scene.marks if m.part in {"gained", "lost"}]
    layers, on_page = names.chart.ground, names.chart.on_page
    kept = [layers.provinces["710000"], layers.provinces["460000"], layers.lines["dash"]]
    hidden = Cover([on_page(area) for area in [*kept, *(layers.zones[z] for z in changed)]])
    assert not hidden.touched([place.box for place in places.values()]).any()
    assert all(place.leader for place in places.values())
    left_out = set(changed) - set(places)
    told = " ".join(texts)
    assert ({"en": "Not named", "zh": "未标注"}[lang] in told) == bool(left_out)
    assert all(atlas.register.zones.loc[z, f"place_{lang}"] in told for z in left_out)
    assert len(left_out) < 4


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        ({"size": "slide-16x9"}, {"since": date(2024, 12, 31)}),
        ({"size": "square", "labels": "all"}, {}),
        ({"size": "a4-landscape", "labels": "all"}, {"lang": "zh"}),
        ({"size": "column"}, {"provinces": ("440000",)}),
    ],
)
def test_lines_lead_to_names_near_by(atlas, monkeypatch, options, filters):
    names, places, _ = named(atlas, View(AFTER, **filters), monkeypatch, **options)
    led = {zone_id: place for zone_id, place in places.items() if place.leader}
    assert len(led) >= 5
    for zone_id, place in led.items():
        outside = place.line.difference(names.shapes[zone_id])
        assert outside.length <= 3 * names.size
        assert names.clear.length_over(np.array([outside])) <= names.size
        for other in places.values():
            box = shapely.box(other.box.x, other.box.y, other.box.right, other.box.top)
            assert other is place or not place.line.intersects(shapely.union(other.line, box))


def test_successors_that_the_map_does_not_name_are_told_below_it(atlas, monkeypatch):
    view = View(AFTER, since=BEFORE)
    options = {"size": "column"}
    _, places, texts = named(atlas, view, monkeypatch, **options)
    told = " ".join(texts)
    left_out = {"haikou": "Haikou", "sanya": "Sanya"}
    assert set(left_out) - set(places)
    for zone_id, name in left_out.items():
        assert zone_id in places or f"{name} → Hainan" in told
    texts = written(monkeypatch)
    draw_figure(atlas, view, FigureOptions(dpi=DPI, labels="none", **options))
    assert "Alashankou → Bortala; Haikou → Hainan" in " ".join(text for text, _ in texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("filters", [{}, {"provinces": ("440000",)}, {"provinces": ("460000",)}])
def test_the_scale_bar_hides_nothing_and_is_long_enough(atlas, monkeypatch, size, filters):
    drawn, draw = [], Chart.draw_scale_bar
    monkeypatch.setattr(Chart, "draw_scale_bar", lambda *a: drawn.append(a[:2]) or draw(*a))
    view = View(BEFORE, **filters)
    draw_figure(atlas, view, FigureOptions(dpi=DPI, size=size))
    chart, box = drawn[-1]
    layers = chart.ground
    zones = [layers.zones[mark.zone_id] for mark in make_scene(Answer(atlas, view)).marks]
    areas = [*zones, layers.provinces["460000"], layers.provinces["710000"]]
    assert not Cover([chart.on_page(area) for area in areas]).touched([box]).any()
    assert 0.15 <= (box.width - 8) / chart.picture.box.width <= 0.25


def test_all_labels_name_the_important_zones_and_count_the_others(atlas, monkeypatch):
    names, places, texts = named(atlas, View(AFTER), monkeypatch, labels="all")
    assert {"beijing", "chongqing", "hainan", "chengdu"} <= set(places)
    told = " ".join(texts)
    assert f"{len(names.scene.marks) - len(places)} zones are not named" in told


# --- files -----------------------------------------------------------------------------------


def description(svg):
    root = ET.fromstring(svg)
    return root.find("{http://www.w3.org/2000/svg}desc").text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_png_has_its_size_and_says_what_it_shows(atlas, lang):
    view = View(AFTER, lang=lang)
    content = draw_figure(atlas, view, FigureOptions(dpi=DPI), permalink="https://x.test/?on=1")
    image = Image.open(io.BytesIO(content))
    assert image.size == FigureOptions(dpi=DPI).pixels == (841, 595)
    assert image.info["Title"] == figure_title(atlas, view)
    assert image.info["Description"] == alternative_text(atlas, view)
    assert image.info["Source"].endswith("https://x.test/?on=1")
    assert atlas.data_version in image.info["Source"]


def test_an_svg_is_well_formed_and_needs_no_font(atlas):
    view = View(AFTER, provinces=("460000",), lang="zh")
    content = draw_figure(atlas, view, FigureOptions(format="svg"))
    root = ET.fromstring(content)
    assert root.attrib["role"] == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text == figure_title(atlas, view)
    assert description(content) == alternative_text(atlas, view)
    text = content.decode()
    assert "<text" not in text
    assert "font-family" not in text
    assert "<script" not in text
    assert batch_colour(atlas)[8] in text
    assert len(content) < 3_000_000


def test_a_pdf_holds_text_and_its_fonts(atlas):
    content = draw_figure(atlas, View(AFTER, lang="zh"), FigureOptions(format="pdf"))
    assert content.startswith(b"%PDF")
    assert b"NotoSansSC-Bold" in content
    assert b"NotoSansSC-Regular" in content
    assert b"CIDFontType2" in content
    assert b"/CreationDate" not in content
    assert len(content) < 2_000_000


def test_names_on_the_map_are_text_in_a_pdf(atlas, monkeypatch):
    monkeypatch.setitem(saving._SETTINGS, "pdf.compression", 0)
    view = View(AFTER, provinces=("440000",), lang="zh")
    texts = [
        draw_figure(atlas, view, FigureOptions(format="pdf", labels=labels)).count(b"\nBT\n")
        for labels in ("none", "auto")
    ]
    assert texts[1] - texts[0] == 21


def test_the_light_edge_of_a_name_leaves_its_strokes_alone(atlas):
    def drawn(*, halo):
        page = Page(16, 16, typeface(atlas), 1)
        page.write((8, 5), "中", 8, align="center", halo=halo)
        file = io.BytesIO()
        page.figure.savefig(file, dpi=DPI)
        return pixels(file.getvalue())

    assert drawn(halo=False).min() < 120
    # on white paper the edge is not seen
    assert np.abs(drawn(halo=True) - drawn(halo=False)).max() < 8


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_input_gives_the_same_bytes(atlas, form):
    view = View(AFTER, since=BEFORE, provinces=("460000",), lang="zh")
    options = FigureOptions(dpi=DPI, format=form, title="图 &")
    assert draw_figure(atlas, view, options) == draw_figure(atlas, view, options)


def test_another_process_gives_the_same_bytes(atlas):
    code = (
        "import hashlib, datetime as d;from pilotzones import *;from pilotzones.figure import *;"
        "v=View(d.date(2025,4,25),provinces=('460000',));a=load_atlas()\n"
        f"for form in ('png','svg','pdf'):\n o=FigureOptions(dpi={DPI},format=form,title='龘 Hainan');"
        "print(hashlib.sha256(draw_figure(a,v,o)).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    here = [
        draw_figure(
            atlas,
            View(AFTER, provinces=("460000",)),
            FigureOptions(dpi=DPI, format=form, title="龘 Hainan"),
        )
        for form in ("png", "svg", "pdf")
    ]
    assert run.stdout.split() == [hashlib.sha256(content).hexdigest() for content in here]


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_hostile_title_is_only_a_title(atlas, form):
    options = FigureOptions(dpi=DPI, format=form, title=HOSTILE, size="column")
    content = draw_figure(atlas, View(AFTER, provinces=("460000",)), options, permalink=HOSTILE)
    if form == "svg":
        root = ET.fromstring(content)
        assert root.find("{http://www.w3.org/2000/svg}title").text == HOSTILE
        assert b"<script" not in content
    if form == "png":
        assert Image.open(io.BytesIO(content)).info["Title"] == HOSTILE


def test_characters_that_no_font_has_become_boxes(atlas):
    face = typeface(atlas)
    assert face.drawable("海南 \N{PILE OF POO}\x07\u202e") == "海南 □□□"
    title = "龘靐齉 \N{PILE OF POO} हिन्दी عربى ñ ǎ"
    view = View(AFTER, provinces=("460000",), q="\x07\u202e<b>")
    for form in ("svg", "pdf"):
        assert draw_figure(atlas, view, FigureOptions(title=title, format=form))
    assert ET.fromstring(draw_figure(atlas, view, FigureOptions(format="svg"))) is not None


def test_fonts_of_rare_characters_do_not_pile_up(atlas, monkeypatch):
    face = type(typeface(atlas))("abc")
    monkeypatch.setattr("pilotzones.figure.typesetting._RARE_FONTS_KEPT", 1)
    first = face.font("龘", 10, BOLD).get_file()
    second = face.font("靐", 10, BOLD).get_file()
    assert [path.exists() for path in map(type(face._rare[(BOLD, "靐")]), (first, second))] == [
        False,
        True,
    ]


@pytest.mark.parametrize("size", SIZES)
def test_long_words_stay_on_the_page(atlas, size):
    view = View(AFTER, provinces=("460000",))
    long = "综" * 200
    options = FigureOptions(dpi=DPI, size=size, title=long)
    image = pixels(draw_figure(atlas, view, options, permalink="https://x.test/?" + "q=1&" * 300))
    edge = np.concatenate(
        [image[:3].reshape(-1, 3), image[-3:].reshape(-1, 3), image[:, -3:].reshape(-1, 3)]
    )
    assert (edge == 255).all()
    assert share_of(image, batch_colour(atlas)[8]) > 0.01


# --- options ---------------------------------------------------------------------------------


def test_options_are_read_from_a_query():
    pairs = [
        ("size", "square"),
        ("dpi", "96"),
        ("title", " T "),
        ("labels", "none"),
        ("format", "pdf"),
    ]
    options, problems = parse_figure_options(pairs)
    assert problems == []
    assert options == FigureOptions("square", 96, "T", "none", "pdf")
    assert parse_figure_options(options.pairs()) == (options, [])
    assert parse_figure_options([]) == (FigureOptions(), [])
    assert {name for name, _ in pairs} == set(FIGURE_PARAMETERS)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("size", "a5", "unknown size"),
        ("format", "gif", "unknown format"),
        ("labels", "True", "unknown choice of labels"),
        ("dpi", "71", "out of range"),
        ("dpi", "601", "out of range"),
        ("dpi", "9" * 5000, "out of range"),
        ("dpi", "3e2", "not a whole number"),
        ("dpi", "-300", "not a whole number"),
        ("dpi", "３００", "not a whole number"),
        ("title", "x" * 201, "too long"),
        ("title", "a\nb", "has control characters"),
        ("title", "a\u202eb", "has control characters"),
        ("colour", "red", "unknown parameter"),
    ],
)
def test_wrong_options_are_told(name, value, reason):
    options, problems = parse_figure_options([(name, value)])
    assert [(p.parameter, p.reason) for p in problems] == [(name, reason)]
    assert str(problems[0]).startswith(f"{name}=")
    assert options == FigureOptions()


def test_an_option_given_twice_is_told():
    options, problems = parse_figure_options([("dpi", "96"), ("dpi", "97")])
    assert options.dpi == 96
    assert problems[0].reason == "given twice"


def test_options_made_by_hand_hold_to_the_same_limits(monkeypatch):
    with pytest.raises(ValueError, match="dpi=9999: out of range"):
        FigureOptions(dpi=9999)
    with pytest.raises(ValueError, match="format=gif: unknown format"):
        FigureOptions(format="gif")
    for size in SIZES:
        width, height = FigureOptions(size=size, dpi=600).pixels
        assert width * height <= MAX_PIXELS
    monkeypatch.setattr("pilotzones.figure.options.MAX_PIXELS", 1000)
    with pytest.raises(ValueError, match="lower the dpi"):
        FigureOptions()


# --- cache -----------------------------------------------------------------------------------


def test_a_figure_is_drawn_once_and_named_by_its_input(atlas, monkeypatch):
    view, options = View(AFTER, provinces=("110000",)), FigureOptions(dpi=DPI, size="column")
    drawn = []
    save = saving.save
    monkeypatch.setattr(saving, "save", lambda *a: drawn.append(a) or save(*a))
    tag = figure_etag(atlas, view, options)
    first = figure_bytes(atlas, view, options, tag=tag)
    assert figure_bytes(atlas, view, options, tag=tag) == first
    assert len(drawn) == 1
    assert first == draw_figure(atlas, view, options)


def test_the_tag_follows_whatever_changes_the_bytes(atlas):
    view, options = View(AFTER), FigureOptions()
    tag = figure_etag(atlas, view, options)
    assert tag == figure_etag(atlas, View(AFTER), FigureOptions())
    assert tag[0] == tag[-1] == '"'
    others = {
        figure_etag(atlas, replace(view, lang="zh"), options),
        figure_etag(atlas, replace(view, on=BEFORE), options),
        figure_etag(atlas, view, replace(options, dpi=299)),
        figure_etag(atlas, view, replace(options, title="T")),
        figure_etag(atlas, view, options, "https://x.test/"),
        figure_etag(type(atlas)(atlas.register, atlas.boundaries, "0" * 12), view, options),
    }
    assert len(others | {tag}) == 7


def test_the_versions_in_a_tag_are_read_once(atlas, monkeypatch):
    tag = figure_etag(atlas, View(AFTER), FigureOptions())
    monkeypatch.setattr(storing, "version", lambda _: 1 / 0)
    assert figure_etag(atlas, View(AFTER), FigureOptions()) == tag


def test_the_store_is_bounded_by_bytes():
    store = Store(10)
    store.put("a", b"12345")
    store.put("b", b"12345")
    assert store.get("a") == b"12345"
    store.put("c", b"123")
    assert store.get("b") is None
    assert (store.get("a"), store.size) == (b"12345", 8)
    store.put("d", b"x" * 11)
    assert store.get("d") is None
    assert store.size <= 10


def test_nothing_is_drawn_and_nothing_imported_before_it_is_asked_for():
    code = (
        "import sys, pilotzones, pilotzones.figure as f, pilotzones.server.routes, datetime as d;"
        "a=pilotzones.load_atlas(); v=pilotzones.View(d.date(2025,4,25));"
        "f.figure_etag(a, v, f.FigureOptions()); f.figure_title(a, v); f.alternative_text(a, v);"
        "print([m for m in sys.modules if m.split('.')[0] in ('matplotlib','fontTools','PIL')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_picture_that_is_too_narrow_still_clears_the_islands():
    country = layouts.Subject(
        layouts.Extent.around(project(*np.transpose(layouts._MAINLAND))), national=True
    )
    for width in range(200, 1200, 50):
        box = Box(0, 0, width, 400)
        main, inset = pictures(box, country)
        for lon, lat in layouts._NEVER_COVERED:
            x, y = main.place(*project(lon, lat)[0])
            assert Box(x, y, 0, 0).inside(box)
            assert inset is None or not Box(x, y, 1, 1).overlaps(inset.box)
