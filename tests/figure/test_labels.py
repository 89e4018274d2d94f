"""Names on the map read as those of their zones and hide nothing."""

from datetime import date

import numpy as np
import pytest
import shapely
from drawn import AFTER, BEFORE, see

from pilotzones import View
from pilotzones.figure import SIZES, labels
from pilotzones.figure.layout import Box
from pilotzones.figure.placement import Cover
from pilotzones.query.roles import Role


@pytest.mark.parametrize("province", ["440000", "320000", "330000"])
@pytest.mark.parametrize("size", ["column", "square", "a4-landscape"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_never_reads_as_that_of_another_zone(atlas, province, size, lang):
    sight = see(atlas, View(AFTER, provinces=(province,), lang=lang), size=size)
    drawing, places = sight.drawing, sight.drawing.places
    zones = drawing.main.ground.zones
    shown = [mark.zone_id for mark in drawing.scene.marks]
    assert len(places) > 0.75 * len(shown)
    picture = drawing.main.picture
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
    left_out = set(shown) - set(places)
    assert all(atlas.register.zones.loc[z, f"place_{lang}"] in sight.words for z in left_out)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_on_a_map_of_changes_hide_nothing_that_changed(atlas, size, lang):
    view = View(AFTER, since=BEFORE, lang=lang)
    sight = see(atlas, view, size=size)
    drawing, places = sight.drawing, sight.drawing.places
    changed = [m.zone_id for m in drawing.scene.marks if m.role in {Role.GAINED, Role.LOST}]
    layers, on_page = drawing.main.ground, drawing.main.on_page
    kept = [layers.provinces["710000"], layers.provinces["460000"], layers.lines["dash"]]
    hidden = Cover([on_page(area) for area in [*kept, *(layers.zones[z] for z in changed)]])
    assert not hidden.touched([place.box for place in places.values()]).any()
    assert all(place.leader for place in places.values())
    left_out = set(changed) - set(places)
    assert left_out == set(drawing.unnamed)
    assert ({"en": "Not named", "zh": "未标注"}[lang] in sight.words) == bool(left_out)
    assert all(atlas.register.zones.loc[z, f"place_{lang}"] in sight.words for z in left_out)
    assert len(left_out) <= 4


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        ({"size": "slide-16x9"}, {"since": date(2024, 12, 31)}),
        ({"size": "square", "labels": "all"}, {}),
        ({"size": "a4-landscape", "labels": "all"}, {"lang": "zh"}),
        ({"size": "column"}, {"provinces": ("440000",)}),
    ],
)
def test_lines_lead_to_names_near_by(atlas, options, filters):
    drawing = see(atlas, View(AFTER, **filters), **options).drawing
    names, places = drawing.names, drawing.places
    led = {zone_id: place for zone_id, place in places.items() if place.leader}
    assert len(led) >= 5
    for zone_id, place in led.items():
        outside = place.line.difference(names.shapes[zone_id])
        assert outside.length <= 3 * names.size
        assert names.clear.length_over(np.array([outside])) <= names.size
        for other in places.values():
            box = shapely.box(other.box.x, other.box.y, other.box.right, other.box.top)
            assert other is place or not place.line.intersects(shapely.union(other.line, box))


def test_the_zones_around_are_not_united_where_no_name_lies_inside_its_zone(atlas, monkeypatch):
    unwanted = property(lambda _: pytest.fail("it takes long"))
    monkeypatch.setattr(labels._Others, "foreign", unwanted)
    assert see(atlas, View(AFTER, since=BEFORE), size="column").drawing.places


def test_successors_that_the_map_does_not_name_are_named_below_it(atlas):
    view = View(AFTER, since=BEFORE)
    sight = see(atlas, view, size="column")
    left_out = {"haikou": "Haikou", "sanya": "Sanya"}
    assert set(left_out) - set(sight.drawing.places)
    for zone_id, name in left_out.items():
        assert zone_id in sight.drawing.places or f"{name} → Hainan" in sight.words
    bare = see(atlas, view, size="column", labels="none")
    assert "Alashankou → Bortala; Haikou → Hainan" in bare.words


def test_all_labels_name_the_important_zones_and_count_the_others(atlas):
    sight = see(atlas, View(AFTER), labels="all")
    drawing = sight.drawing
    assert {"beijing", "chongqing", "hainan", "chengdu"} <= set(drawing.places)
    unnamed = len(drawing.scene.marks) - len(drawing.places)
    assert f"{unnamed} zones are not named" in sight.words


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_names_placed_are_the_names_written(atlas, lang):
    sight = see(atlas, View(AFTER, provinces=("440000",), lang=lang))
    names = atlas.register.zones[f"place_{lang}"]
    texts = [text for text, _ in sight.texts]
    assert sight.drawing.places
    for zone_id, place in sight.drawing.places.items():
        assert place.name.text.startswith(names[zone_id])
        assert place.name.text in texts


@pytest.mark.parametrize("size", ["a4-landscape", "a4-portrait", "slide-16x9"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_labels_name_what_is_new_revoked_or_chosen_before_all_others(atlas, size, lang):
    sight = see(atlas, View(AFTER, zone="foshan", lang=lang), size=size, labels="all")
    drawing, places = sight.drawing, sight.drawing.places
    urgent = {mark.zone_id for mark in drawing.scene.marks if mark.role.is_changed} | {"foshan"}
    assert len(urgent) == 20
    assert urgent <= set(places)
    assert len(places) > 50
    boxes = [place.box for place in places.values()]
    assert not any(one.overlaps(two) for n, one in enumerate(boxes) for two in boxes[:n])
    # what is named is not below the name of another
    for zone_id, place in places.items():
        point = Box(place.name.x, place.name.y, 0, 0)
        assert not any(point.inside(other.box) for z, other in places.items() if z != zone_id)
