"""What each document changed, as HTML."""

import re

import pytest

from pilotzones.browser.stories import source_links, stories, zone_link
from pilotzones.i18n import LANGUAGES, Language


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_document_names_the_zones_it_approved_and_revoked(atlas, code):
    sent = stories(atlas, Language(code))["stops"]
    for stop, story in zip(atlas.stops, sent, strict=True):
        assert story["on"] == stop.on.isoformat()
        linked = set(re.findall(r'href="\?zone=([a-z-]+)"', story["html"]))
        successors = {
            atlas.register.histories.loc[zone, "successor_zone_id"] for zone in stop.revoked
        }
        assert linked == {*stop.approved, *stop.revoked, *successors}
        assert stop.document_no in story["html"]


def test_names_are_separated_as_in_the_language(atlas):
    first = stories(atlas, Language("zh"))["stops"][-1]["html"]
    assert re.search(r"</a>、<a", first)
    assert not re.search(r"</a>,", first)


def test_a_link_knows_whether_its_zone_is_revoked(atlas):
    english = Language("en")
    assert zone_link(atlas, english, "haikou")["revoked"]
    assert not zone_link(atlas, english, "hainan")["revoked"]
    assert zone_link(atlas, english, float("nan")) is None


def test_sources_are_named_by_their_host():
    assert source_links("https://www.gov.cn/a http://m.example.org/b") == [
        {"url": "https://www.gov.cn/a", "host": "gov.cn", "official": True},
        {"url": "http://m.example.org/b", "host": "m.example.org", "official": False},
    ]
