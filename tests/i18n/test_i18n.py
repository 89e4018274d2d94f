"""English and Chinese: nothing untranslated, nothing left over, dates as readers write them."""

import re
import subprocess
import sys
from datetime import date

import pytest
from babel.messages.pofile import read_po
from copies import REPOSITORY

from pilotzones.browser.words import browser_words
from pilotzones.i18n import (
    LANGUAGES,
    LOCALE_DIR,
    Language,
    format_day,
    format_names,
    preferred_language,
    translations,
)
from pilotzones.palette import batch_colours

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """All messages that the code and the templates contain."""
    template = tmp_path_factory.mktemp("locale") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    command += ["-F", "pyproject.toml", "-o", str(template), "src", "pages"]
    subprocess.run(command, cwd=REPOSITORY, check=True)
    with template.open("rb") as file:
        return [message for message in read_po(file) if message.id]


@pytest.fixture(scope="module")
def chinese():
    with (LOCALE_DIR / "zh.po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale="zh") if message.id}


def test_every_message_has_a_chinese_one(messages, chinese):
    missing = [message.id for message in messages if not chinese.get(message.id)]
    assert not missing
    assert all(message.string and any(message.string) for message in chinese.values())


def test_no_translation_is_left_over(messages, chinese):
    assert set(chinese) == {message.id for message in messages}


def test_translations_keep_the_placeholders(chinese):
    for message in chinese.values():
        source = message.id if isinstance(message.id, str) else message.id[1]
        target = message.string if isinstance(message.string, str) else message.string[0]
        if "%(num)s" not in source:
            assert sorted(PLACEHOLDER.findall(target)) == sorted(PLACEHOLDER.findall(source))


def test_dates_and_names():
    day = date(2025, 4, 25)
    assert format_day(day, "en") == "25 April 2025"
    assert format_day(day, "en", short=True) == "25 Apr 2025"
    assert format_day(day, "zh") == "2025年4月25日"
    assert format_names(["Haikou", "Sanya"], "en") == "Haikou and Sanya"


@pytest.mark.parametrize(
    ("header", "expected"),
    [("zh-CN,zh;q=0.9", "zh"), ("zh", "zh"), ("en-GB", "en"), ("de, zh", "zh"), ("en;q=0.1, zh;q=0.9", "zh"), ("zh;q=x", "en"), ("", "en"), (None, "en")],
)  # fmt: skip
def test_the_browser_says_the_language(header, expected):
    assert preferred_language(header) == expected


def test_a_language_without_catalogue_is_english():
    assert translations("en").gettext("Zone") == "Zone"
    assert translations("zh").gettext("Zone") == "综试区"


def test_the_browser_gets_the_same_words_in_both_languages(atlas):
    english, chinese = (browser_words(atlas, language) for language in map(Language, LANGUAGES))
    for section in ("map", "timeline", "table"):
        assert english[section].keys() == chinese[section].keys()
        same = [key for key, text in english[section].items() if text == chinese[section][key]]
        assert not same
    assert [stop["colour"] for stop in english["stops"]] == batch_colours(8)
