"""A link says which part of the map it shows; what is no such part is ignored and said."""

import pytest

from pilotzones.i18n import LANGUAGES, Language
from pilotzones.i18n.messages import problem_message
from pilotzones.query.sight import Sight, parse_sight


def test_a_part_of_the_map_is_read():
    assert parse_sight([("at", "31.2,121.5,3")]) == (Sight(31.2, 121.5, 3), [])
    assert parse_sight([]) == (None, [])
    assert parse_sight([("at", "")]) == (None, [])


@pytest.mark.parametrize(
    "text",
    [
        *("north", "31.2,121.5", "31.2,121.5,3,4", ",,", "1e999,100,1", "nan,nan,nan", "91,100,1"),
        *("31,200,1", "31,120,99", "31,120,-9", "<b>,1,1", "9" * 9999),
    ],
)
def test_what_is_no_part_of_the_map_is_said(text):
    sight, problems = parse_sight([("at", text)])
    assert sight is None
    (problem,) = problems
    for lang in LANGUAGES:
        assert "at=" in problem_message(Language(lang), problem)
    assert "latitude,longitude,zoom" in str(problem)


def test_of_two_the_last_counts():
    sight, (problem,) = parse_sight([("at", "30,100,1"), ("at", "31,101,2")])
    assert sight == Sight(31, 101, 2)
    assert problem.reason == "given twice"
