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


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_batches_are_counted_in_chinese_numerals(number, chinese):
    assert Language("zh").ordinal(number) == chinese
    assert Language("en").ordinal(number) == str(number)


def test_punctuation():
    english, chinese = map(Language, LANGUAGES)
    assert english.counted("Coast", 3) == "Coast (3)"
    assert chinese.counted("沿海", 3) == "沿海（3）"
    assert english.batches([2]) == "batch 2"
    assert english.batches([2, 8]) == "batches 2 and 8"
    assert chinese.batches([2, 8]) == "第二、八批"
    assert [t.semicolons(["a", "", "b"]) for t in (english, chinese)] == ["a; b", "a；b"]
    assert [t.sentences(["A.", "", "B."]) for t in (english, chinese)] == ["A. B.", "A.B."]


def test_chinese_is_punctuated_in_full_width(chinese):
    for message in chinese.values():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            plain = PLACEHOLDER.sub("", text)
            assert not re.search(r"[\u4e00-\u9fff] ?[,;:?!()]|[,;:?!()] ?[\u4e00-\u9fff]", plain), (
                text
            )


def test_chinese_uses_one_term_for_one_thing(chinese):
    texts = PLACEHOLDER.sub("", "\n".join(str(message.string) for message in chinese.values()))
    for term in ("有效", "签发", "公布之日", "省份", "省级区划", "km"):
        assert term not in texts, term


def test_the_browser_gets_the_same_words_in_both_languages(atlas):
    english, chinese = (browser_words(atlas, language) for language in map(Language, LANGUAGES))
    for section in ("map", "timeline", "table"):
        assert english[section].keys() == chinese[section].keys()
        same = [key for key, text in english[section].items() if text == chinese[section][key]]
        assert not same
    assert [stop["colour"] for stop in english["stops"]] == batch_colours(8)
