"""The title says what is shown, where, on which day."""

from dataclasses import replace
from datetime import date

import pytest
from known import LAST, LATEST, ZONES

from pilotzones.query.answer import Answer
from pilotzones.query.title import view_title
from pilotzones.query.view import View

ZONES_ = "Cross-border e-commerce pilot zones"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, f"{ZONES_} of China, 25 April 2025"),
        ({"provinces": ("440000", "450000", "460000")}, f"{ZONES_} in Guangdong, Guangxi and Hainan, 25 April 2025"),
        ({"provinces": ("440000", "450000", "460000", "330000")}, f"{ZONES_} in 4 provinces, 25 April 2025"),
        ({"neighbours": ("VNM",)}, f"{ZONES_} of China on the border with Vietnam, 25 April 2025"),
        ({"neighbours": ("land",)}, f"{ZONES_} of China on a land border, 25 April 2025"),
        ({"neighbours": ("coast", "VNM", "LAO")}, f"{ZONES_} of China on the coast or on the border with Vietnam or Laos, 25 April 2025"),
        ({"neighbours": ("inland",)}, f"{ZONES_} of China away from borders and coast, 25 April 2025"),
        ({"batches": (8,)}, f"{ZONES_} of China (batch 8), 25 April 2025"),
        ({"batches": (7, 8)}, f"{ZONES_} of China (batches 7 and 8), 25 April 2025"),
        ({"statuses": ("active",)}, f"{ZONES_} of China (active only), 25 April 2025"),
        ({"statuses": ("revoked",)}, f"{ZONES_} of China (revoked only), 25 April 2025"),
        ({"statuses": ("active", "revoked")}, f"{ZONES_} of China, 25 April 2025"),
        ({"batches": (8,), "q": "hai"}, f'{ZONES_} of China (batch 8; name contains "hai"), 25 April 2025'),
        ({"regions": ("west",)}, f"{ZONES_} in the West, 25 April 2025"),
        ({"regions": ("west", "northeast")}, f"{ZONES_} in the West and the Northeast, 25 April 2025"),
        ({"regions": ("west",), "neighbours": ("VNM",)}, f"{ZONES_} in the West on the border with Vietnam, 25 April 2025"),
        ({"provinces": ("450000",), "regions": ("west",)}, f"{ZONES_} in Guangxi that are in the West, 25 April 2025"),
        (
            {"provinces": ("450000",), "neighbours": ("VNM",), "match": "any"},
            f"{ZONES_} in Guangxi or on the border with Vietnam, 25 April 2025",
        ),
        (
            {"regions": ("northeast",), "batches": (8,), "q": "hai", "match": "any"},
            f'{ZONES_} in the Northeast or of batch 8 (name contains "hai"), 25 April 2025',
        ),
        ({"batches": (8,), "match": "any"}, f"{ZONES_} of China (batch 8), 25 April 2025"),
        (
            {"since": date(2015, 3, 11)},
            f"{ZONES_} of China: {ZONES} gained ({LATEST.revoked} of them revoked again), {LATEST.revoked} revoked between 11 March 2015 and 25 April 2025",
        ),
    ],
)  # fmt: skip
def test_a_title(atlas, fields, title):
    assert view_title(Answer(atlas, View(LAST.published_on, **fields))) == title


def test_a_title_in_chinese(atlas):
    view = View(LAST.published_on, provinces=("460000",), neighbours=("coast",), lang="zh")
    title = view_title(Answer(atlas, view))
    assert "海南省" in title
    assert "2025年4月25日" in title
    either = replace(view, regions=("west",), match="any")
    assert "海南省、西部地区或沿海跨境" in view_title(Answer(atlas, either))
