"""The words that the browser fetches: whole, the same in both languages, as its code expects."""

import re

import pytest
from copies import REPOSITORY

from pilotzones.browser.words import browser_words
from pilotzones.i18n import LANGUAGES, Language

ONE_OF_THESE = {"is-active", "is-revoked", "is-hidden"}


@pytest.fixture(scope="module", params=LANGUAGES)
def words(request, atlas):
    return browser_words(atlas, Language(request.param))


def test_each_letter_has_classes_of_the_contract(words):
    documented = set(re.findall(r"`(is-[a-z]+)`", (REPOSITORY / "docs/map.md").read_text("utf-8")))
    for classes in words["roles"].values():
        assert set(classes) <= documented
        assert len(ONE_OF_THESE.intersection(classes)) == 1


def test_each_letter_of_a_stop_is_a_role(words):
    letters = {letter for stop in words["stops"] for letter in stop["roles"]}
    assert letters <= words["roles"].keys()
