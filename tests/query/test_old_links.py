"""Links of version 1.0.0 keep their meaning, one for each parameter and page."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from copies import ATLAS, REPOSITORY

from pilotzones import View, parse_view
from pilotzones.query.answer import Answer

LAST = date(2025, 4, 25)

# page, query, what it chooses, how many zones it shows, revoked ones included
LINKS = [
    ("", "on=2015-03-12&lang=en", {"on": date(2015, 3, 12)}, 1),
    ("", "on=2019-06-01&lang=zh", {"on": date(2019, 6, 1), "lang": "zh"}, 35),
    ("", "lang=en", {}, 181),
    ("", "on=2025-04-25&province=440000&province=460000", {"provinces": ("440000", "460000")}, 24),
    ("", "on=2025-04-25&neighbour=VNM", {"neighbours": ("VNM",)}, 3),
    ("", "on=2025-04-25&neighbour=land&neighbour=coast", {"neighbours": ("land", "coast")}, 64),
    ("", "on=2025-04-25&batch=4&batch=5", {"batches": (4, 5)}, 70),
    ("", "on=2025-04-25&status=revoked", {"statuses": ("revoked",)}, 3),
    ("", "on=2025-04-25&q=wulumuqi", {"q": "wulumuqi"}, 1),
    ("", "on=2025-04-25&q=海口", {"q": "海口"}, 1),
    ("", "on=2025-04-25&zone=haikou", {"zone": "haikou"}, 181),
    ("", "embed=true&on=2025-04-25", {}, 181),
    ("compare", "on=2023-12-31&since=2019-01-01", {"since": date(2019, 1, 1)}, 165),
    ("compare", "on=2025-04-25&lang=en", {}, 181),
    ("provinces", "on=2025-04-25&shade=share", {"shade": "share"}, 181),
    ("borders", "on=2025-04-25&neighbour=VNM&within=250", {"within": 250}, 3),
    ("zone", "on=2025-04-25&zone=foshan&lang=zh", {"zone": "foshan"}, 181),
    ("figure", "on=2025-04-25&since=2025-04-24", {"since": date(2025, 4, 24)}, 181),
    ("data", "on=2020-05-06&lang=en", {"on": date(2020, 5, 6)}, 105),
    ("reference", "on=2025-04-25&province=330000&lang=en", {"provinces": ("330000",)}, 12),
]


@pytest.mark.parametrize(("page", "query", "chosen", "shown"), LINKS)
def test_an_old_link_means_what_it_meant(page, query, chosen, shown):
    assert (REPOSITORY / "pages" / f"{page or 'atlas'}.py").is_file()
    pairs = [(name, value) for name, value in parse_qsl(query) if name != "embed"]
    view, problems = parse_view(pairs, ATLAS)
    assert problems == []
    assert {name: getattr(view, name) for name in chosen} == chosen
    assert len(Answer(ATLAS, view).zones) == shown
    again, _ = parse_view(view.pairs(), ATLAS)
    assert again == view


def test_every_parameter_of_version_1_is_in_a_link():
    names = {name for _, query, _, _ in LINKS for name, _ in parse_qsl(query)} - {"embed"}
    old = {"on", "since", "province", "neighbour", "batch", "status", "q", "zone", "within"}
    assert names == old | {"shade", "lang"}
    assert View(LAST).pairs() == [("on", "2025-04-25"), ("lang", "en")]
