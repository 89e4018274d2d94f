"""Names beside lines, pushed apart where they would touch."""

from itertools import pairwise

from pilotzones.query.spacing import end_places, push_apart


def test_names_at_the_ends_of_lines_do_not_touch():
    assert end_places([80, 10], 0.07 * 80, stacked=False) == [80, 10]
    close = end_places([43, 42, 41], 0.07 * 80, stacked=False)
    assert close == sorted(close, reverse=True)
    assert all(a - b >= 0.07 * 80 - 1e-9 for a, b in pairwise(close))
    # in a stack each name stands in the middle of its area
    assert end_places([10, 40], 0.07 * 50, stacked=True) == [5, 30]


def test_names_are_pushed_apart_in_their_order():
    assert push_apart([1, 50, 51, 52], 10) == [1, 50, 60, 70]
    assert push_apart([30, 0, 5], 10) == [30, 0, 10]
