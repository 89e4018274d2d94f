"""Names find places where they hide nothing."""

from dataclasses import replace

import shapely

from pilotzones.figure import placement
from pilotzones.figure.layout import Box
from pilotzones.figure.placement import Cover, Name, Room, place_most, place_names


def test_names_do_not_collide():
    names = [Name(str(i), 30 + 9 * i, 50, 30, 8, gap=2, reach=20) for i in range(20)]
    frame = Box(0, 0, 220, 100)
    places = [*place_names(names, Room(frame, [Box(0, 0, 20, 20)]))]
    assert 3 <= len(places) < 20
    for i, place in enumerate(places):
        assert place.box.inside(frame)
        covered = [box for other in places[:i] for box in other.boxes]
        assert not any(place.box.overlaps(box) for box in covered)


def test_a_name_stands_inside_or_beside_with_a_line_or_nowhere():
    frame, hill = Box(0, 0, 100, 100), shapely.box(40, 40, 60, 60)
    wide = Name("x", 50, 50, 30, 8, gap=2, reach=40, area=hill)
    (inside,) = place_names([replace(wide, inside=((50, 50),))], Room(frame, [], Cover([hill])))
    assert (inside.box, inside.leader) == (Box(35, 46, 30, 8), None)
    (beside,) = place_names([wide], Room(frame, [], Cover([hill])))
    assert beside.leader[0] == (50, 50)
    assert not beside.box.overlaps(Box(40, 40, 20, 20))
    assert not [*place_names([wide], Room(frame, [], Cover([shapely.box(0, 0, 100, 100)])))]


def test_the_line_to_a_name_is_short_and_crosses_nothing():
    frame, hill = Box(0, 0, 200, 200), shapely.box(90, 90, 110, 110)
    name = Name("x", 100, 100, 30, 8, gap=2, reach=12, area=hill)
    (place,) = place_names([name], Room(frame, [], Cover([hill])))
    assert shapely.difference(place.line, hill).length <= 12
    # a moat that no short line gets over, and one that every line would have to cross
    moat = hill.buffer(40)
    assert not [*place_names([name], Room(frame, [], Cover([moat])))]
    far = replace(name, reach=100)
    assert not [*place_names([far], Room(frame, [], Cover([moat.difference(hill)])))]
    # a point just beside the middle of the hill: its line may not meet the other one
    other = replace(name, text="y", x=100.5, area=shapely.Point(), reach=60)
    lines = [place.line for place in place_names([name, other], Room(frame, []))]
    assert not lines[0].intersects(shapely.union_all(lines[1:]))


def test_a_name_that_found_no_room_goes_first_in_another_attempt():
    # the first takes the only room of the second
    frame, first = Box(0, 0, 100, 10), ((20, 5), (80, 5))
    wide = Name("x", 50, 5, 30, 8, inside=first)
    names = [wide, replace(wide, text="y", inside=first[:1])]
    room = Room(frame, [])
    assert [place.name.text for place in place_names(names, room)] == ["x"]
    assert {place.name.text for place in place_most(names, room)} == {"x", "y"}


def test_where_a_name_may_be_is_worked_out_once_for_all_attempts(monkeypatch):
    asked, candidates = [], placement._candidates

    def counted(name, room):
        asked.append(name)
        yield from candidates(name, room)

    monkeypatch.setattr(placement, "_candidates", counted)
    # all are beside one point, and there is room for the first alone
    names = [Name(str(n), 15, 5, 20, 8, gap=2, reach=4) for n in range(3)]
    assert len(place_most(names, Room(Box(0, 0, 42, 10), []))) == 1
    assert asked == names
