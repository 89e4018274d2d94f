"""The sentence above a View agrees with the zones that the View shows."""

from datetime import date, timedelta

import pytest
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st

from pilotzones import View
from pilotzones.atlas.timeline import ACTIVE
from pilotzones.i18n import LANGUAGES
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline

LATEST = ATLAS.stops[-1].on
FIRST = ATLAS.stops[0].on


def said(on: date = LATEST, **fields) -> str:
    return headline(Answer(ATLAS, View(on, **fields)))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"provinces": ("450000",), "neighbours": ("VNM",)},
            (
                "2 zones in Guangxi on the border with Vietnam are active on 25 April 2025. "
                "That day 1 was approved."
            ),
        ),
        (
            {"provinces": ("450000",), "neighbours": ("VNM",), "lang": "zh"},
            "2025年4月25日，广西壮族自治区与越南接壤的综试区现有2个。当日批复1个。",
        ),
        ({"batches": (4,)}, "24 zones (batch 4) are active on 25 April 2025."),
        (
            {"statuses": ("revoked",)},
            "3 zones were revoked by 25 April 2025. That day 3 were revoked.",
        ),
        (
            {"statuses": ("active",), "q": "foshan"},
            '1 zone (name contains "foshan") is active on 25 April 2025.',
        ),
        ({"provinces": ("540000",), "neighbours": ("VNM",)}, "No zone in Tibet (Xizang) on"),
    ],
)
def test_it_says_what_the_filters_leave(fields, text):
    assert said(**fields).startswith(text)


def test_a_day_between_two_documents_changed_nothing():
    assert said(date(2019, 6, 1)) == "35 zones in 26 provinces are active on 1 June 2019."


def test_before_the_first_document_there_is_nothing():
    assert said(FIRST - timedelta(days=1)) == "No zone is active on 11 March 2015."


days = st.dates(FIRST, LATEST + timedelta(days=500))


@given(on=days, lang=st.sampled_from(LANGUAGES), batch=st.sampled_from([(), (2,), (3, 8)]))
def test_its_number_is_that_of_the_zones_shown(on, lang, batch):
    answer = Answer(ATLAS, View(on, batches=batch, lang=lang))
    count = int((answer.zones["status"] == ACTIVE).sum())
    number = "No zone" if lang == "en" else "数量为零"
    assert (str(count) if count else number) in headline(answer)


@given(one=days, other=days)
def test_between_two_days_what_is_there_adds_up(one, other):
    since, on = sorted([one, other])
    answer = Answer(ATLAS, View(on, since=since))
    before = int((Answer(ATLAS, View(since)).zones["status"] == ACTIVE).sum())
    counts = [
        int(word)
        for word in headline(answer).replace("No zone", "0 zones").split()
        if word.isdigit()
    ]
    # zones approved, two days and two years, revoked, active
    approved, *_, revoked, active = counts
    assert before + approved - revoked == active
