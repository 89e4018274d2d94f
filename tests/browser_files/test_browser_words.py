"""The words that the browser fetches: whole, the same in both languages, as its code expects."""

import re
import string

import pytest
from copies import REPOSITORY

from pilotzones.atlas.timeline import GAINED, LOST, PASSED
from pilotzones.browser.assets import STATIC_DIR
from pilotzones.browser.words import browser_words
from pilotzones.i18n import LANGUAGES, Language

TEXTS = ("map", "timeline", "table")
# named after what was found
KINDS = {f"of_{kind}" for kind in ("zone", "province", "prefecture", "county")}
# named after what changed between two days
CHANGES = {f"change_{change}" for change in (GAINED, LOST, PASSED)}
# the table of a page without scripts, which Python writes from these words
OF_THE_STILL = {"column_status"}
ONE_OF_THESE = {"is-active", "is-revoked", "is-hidden"}
SCRIPTS = "\n".join(path.read_text("utf-8") for path in sorted(STATIC_DIR.glob("**/*.js")))


@pytest.fixture(scope="module", params=LANGUAGES)
def words(request, atlas):
    return browser_words(atlas, Language(request.param))


def test_the_scripts_find_every_word_they_use(words):
    known = {*words, *(key for section in TEXTS for key in words[section])}
    used = set(re.findall(r"\b(?:words|texts)\.(?:(?:map|timeline|table)\.)?([a-z_]+)\b", SCRIPTS))
    assert len(used) > len(words)
    assert used <= known


def test_no_word_is_sent_for_nothing(words):
    columns = {f"column_{name}" for name in re.findall(r"^ +(\w+): ", SCRIPTS, re.MULTILINE)}
    for section in TEXTS:
        unused = [
            key
            for key in words[section]
            if not re.search(rf"\b{key.removesuffix('_since')}\b", SCRIPTS)
        ]
        assert set(unused) <= columns | KINDS | CHANGES | OF_THE_STILL


def test_each_letter_has_classes_of_the_contract(words):
    documented = set(re.findall(r"`(is-[a-z]+)`", (REPOSITORY / "docs/map.md").read_text("utf-8")))
    for classes in words["roles"].values():
        assert set(classes) <= documented
        assert len(ONE_OF_THESE.intersection(classes)) == 1


def test_each_letter_of_a_stop_is_a_role(words):
    letters = {letter for stop in words["stops"] for letter in stop["roles"]}
    assert letters <= words["roles"].keys()


def test_a_stop_says_what_its_document_did(atlas, words):
    for stop, sent in zip(atlas.stops, words["stops"], strict=True):
        counts = {"approved": len(stop.approved), "revoked": len(stop.revoked)}
        counts["active"] = stop.active_after
        assert counts.items() <= sent.items()
        # the browser fills in the counts, which follow the filters
        fields = {field for _, field, _, _ in string.Formatter().parse(sent["spoken"]) if field}
        assert fields == counts.keys()
        assert sent["roles"].count("a") + sent["roles"].count("n") == stop.active_after


def test_batches_are_written_as_readers_of_the_language_do(atlas):
    english, chinese = (
        browser_words(atlas, Language(code))["batches"].values() for code in ("en", "zh")
    )
    assert [*english][:3] == ["Batch 1", "Batch 2", "Batch 3"]
    assert [*chinese][:3] == ["第一批", "第二批", "第三批"]
