"""The filters: what they offer, how they combine, and that fast typing picks no wrong entry."""

import re

import pytest
from known import REGIONS
from playwright.sync_api import expect

from pilotzones.query.answer import Answer
from pilotzones.query.view import View

NAMES = {
    "sichuan": "510000",
    "gansu": "620000",
    "ningxia": "640000",
    "guizhou": "520000",
    "yunnan": "530000",
    "qinghai": "630000",
}


def chooser(visitor, name):
    return visitor.filters().get_by_role("combobox", name=name, exact=True)


def options(visitor, name):
    chooser(visitor, name).click()
    texts = visitor.page.get_by_role("option").all_inner_texts()
    chooser(visitor, name).press("Escape")
    return texts


@pytest.mark.parametrize(("delay", "pause"), [(0, 0), (20, 50), (40, 100)])
def test_fast_typing_picks_what_was_typed(visit, delay, pause):
    visitor = visit("?on=2025-04-25&lang=en")
    chooser(visitor, "Province").click()
    for name in NAMES:
        visitor.page.keyboard.type(name, delay=delay)
        visitor.page.wait_for_timeout(pause)
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_timeout(pause)
    chosen = "&".join(f"province={adcode}" for adcode in NAMES.values())
    expect(visitor.page).to_have_url(re.compile(f"on=2025-04-25&{chosen}&lang"))


@pytest.mark.long
def test_entries_are_in_order_and_none_is_dead(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    for name in ("Province", "Border region", "Region"):
        texts = options(visitor, name)
        assert texts
        assert not [text for text in texts if "(0)" in text]
    provinces = options(visitor, "Province")
    assert provinces == sorted(provinces)
    borders = options(visitor, "Border region")
    assert [text.split(" (")[0] for text in borders[:2]] == ["Any land border", "Coast"]
    assert borders[3:] == sorted(borders[3:])


def test_a_dead_entry_stays_while_it_is_chosen(visit):
    visitor = visit("?on=2025-04-25&neighbour=IND&lang=en")
    expect(visitor.filters().get_by_text("India (0)")).to_be_visible()


@pytest.mark.long
def test_a_region_is_one_choice(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    chooser(visitor, "Region").click()
    visitor.page.keyboard.type("west")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile("region=west"))
    # an open list hides the other controls
    visitor.page.keyboard.press("Escape")
    # a long list has only the entries in sight
    offered = [text.split(" ")[0] for text in options(visitor, "Province")]
    assert offered[:4] == ["Chongqing", "Gansu", "Guangxi", "Guizhou"]
    assert len(offered) <= REGIONS["west"]


@pytest.mark.long
def test_one_of_two_kinds_of_filter_may_be_enough(visit, atlas):
    visitor = visit("?on=2025-04-25&province=450000&lang=en")
    switch = visitor.page.get_by_role("switch", name="Any of these filters is enough")
    expect(visitor.zone("nanning")).to_have_class(re.compile("is-active"))
    # one kind alone leaves nothing to combine
    expect(switch).to_have_count(0)
    chooser(visitor, "Border region").click()
    visitor.page.keyboard.type("vietnam")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile("neighbour=VNM"))
    expect(visitor.zone("nanning")).to_have_class(re.compile("is-hidden"))
    visitor.page.get_by_text("Any of these filters is enough").click()
    expect(visitor.page).to_have_url(re.compile("match=any"))
    expect(switch).to_be_checked()
    filters = {"provinces": ("450000",), "neighbours": ("VNM",), "match": "any"}
    either = Answer(atlas, View(atlas.stops[-1].on, **filters))
    visitor.expect_counts(int(either.active.sum()))
    expect(visitor.zone("nanning")).to_have_class(re.compile("is-active"))
    expect(visitor.zone("honghe")).to_have_class(re.compile("is-active"))
