"""The classes in which maps show figures: of provinces and of a reader's own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotzones import View
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.own_classes import class_of, class_range
from pilotzones.query.shading import class_labels, province_amounts, shade_provinces


@pytest.mark.parametrize("shade", ["active", "share"])
def test_each_province_is_in_the_class_whose_label_it_fits(atlas, shade):
    table = province_amounts(Answer(atlas, View(date(2025, 4, 25))))
    labels = class_labels(table, shade, Language("en"))
    assert labels[0] == "none"
    assert all(("%" in label) == (shade == "share") for label in labels[1:])
    for one in shade_provinces(table, shade).values():
        amount = one.amount * (100 if shade == "share" else 1)
        label = labels[one.step]
        bounds = [int(part) for part in label.strip("≤> %").split("–") if part.isdigit()]
        if one.step:
            assert amount <= bounds[-1] + 1e-9, label
            assert not label.startswith(">") or amount > bounds[0]


def test_the_range_of_a_class_is_written():
    bounds = [1, 5, 20]
    assert [class_range(step, bounds) for step in range(4)] == ["≤ 1", "1–5", "5–20", "> 20"]


@given(st.floats(-100, 100), st.lists(st.integers(-50, 50), min_size=1, max_size=6, unique=True))
def test_a_value_lies_in_its_class(value, bounds):
    bounds = sorted(map(float, bounds))
    step = class_of(value, bounds)
    assert step == 0 or value > bounds[step - 1]
    assert step == len(bounds) or value <= bounds[step]
