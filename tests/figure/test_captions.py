"""Words of a figure: title, summary, alternative text, legend, notes."""

import re
from datetime import date

import pytest
from drawn import AFTER, BEFORE, see, zone_count

from pilotzones import View
from pilotzones.figure import SIZES, alternative_text, figure_title
from pilotzones.query.answer import Answer
from pilotzones.query.changes import headline as changes_headline
from pilotzones.query.headline import headline


@pytest.mark.parametrize("since", [None, date(2016, 1, 14)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_figure_says_so_once(atlas, since, lang):
    view = View(date(2016, 1, 15), since=since, provinces=("460000",), lang=lang)
    assert see(atlas, view).words.count(headline(Answer(atlas, view))) == 1
    assert headline(Answer(atlas, view)) in alternative_text(atlas, view)


@pytest.mark.parametrize("filters", [{}, {"provinces": ("440000",)}, {"since": BEFORE}])
def test_a_figure_has_the_sentence_of_the_page(atlas, filters):
    view = View(AFTER, **filters)
    sentence = headline(Answer(atlas, view))
    assert sentence in alternative_text(atlas, view)
    assert sentence in " ".join(see(atlas, view).words.split())


def test_the_legend_explains_its_numbers_and_the_dark_outline(atlas):
    words = see(atlas, View(AFTER), size="column").words
    assert "Active zones by batch" in words
    assert "Dark outline: approved by the latest document" in words
    assert "Albers equal-area" in words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}, {"since": BEFORE}])
def test_every_figure_names_the_successors(atlas, size, filters):
    words = see(atlas, View(AFTER, **filters), size=size).words
    # on the map arrows lead from the one name to the other
    arrows = filters and size not in {"a4-landscape", "slide-16x9"}
    for name in ("Haikou", "Hainan") if arrows else ("Haikou → Hainan", "Sanya → Hainan"):
        assert name in words


@pytest.mark.parametrize(("length", "written"), [(300, True), (500, False)])
def test_an_address_is_written_whole_or_not_at_all(atlas, length, written):
    address = "https://x.test/?q=" + "x" * length
    # the notes are written from below
    lines = [text for text, _ in reversed(see(atlas, View(AFTER), permalink=address).texts)]
    assert (address in "".join(lines)) == written
    assert ("x.test" in "".join(lines)) == written


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_a_note_of_the_reader_is_above_the_sources(atlas, lang):
    note = "Own estimates; 数据截至2026年11月 <b> & $x_1$"
    words = see(atlas, View(AFTER, lang=lang), note=note).words
    assert words.count(note) == 1
    # the notes are written from below
    assert words.index({"en": "Source:", "zh": "资料来源"}[lang]) < words.index(note)


def test_titles_say_what_the_view_shows(atlas):
    def title(**view):
        return figure_title(atlas, View(AFTER, **view))

    base = "Cross-border e-commerce pilot zones"
    assert title() == f"{base} of China, 25 April 2025"
    assert title(provinces=("440000",)) == f"{base} in Guangdong, 25 April 2025"
    assert (
        title(neighbours=("VNM",)) == f"{base} of China on the border with Vietnam, 25 April 2025"
    )
    assert (
        title(neighbours=("coast", "VNM"))
        == f"{base} of China on the coast or on the border with Vietnam, 25 April 2025"
    )
    assert (
        title(batches=(3, 4), statuses=("active",), q="zhou")
        == f'{base} of China (batches 3 and 4; active only; name contains "zhou"), 25 April 2025'
    )
    changes = Answer(atlas, View(AFTER, since=BEFORE)).changes["change"].value_counts()
    assert title(since=BEFORE) == (
        f"{base} of China: {changes['gained']} gained, {changes['lost']} revoked "
        "between 24 April 2025 and 25 April 2025"
    )


@pytest.mark.parametrize("since", [date(2015, 3, 11), date(2015, 3, 12), BEFORE])
@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}, {"batches": (3,)}])
def test_the_title_of_two_days_counts_as_the_page_of_changes_does(atlas, since, filters):
    view = View(AFTER, since=since, **filters)
    counts = re.search(r"\d+ gained.*?, \d+ revoked", changes_headline(Answer(atlas, view)))[0]
    assert counts in figure_title(atlas, view)
    assert counts in alternative_text(atlas, view)


def test_descriptions_give_the_counts(atlas):
    total, guangdong = zone_count(atlas), zone_count(atlas, provinces=("440000",))
    provinces = atlas.register.zones.loc[Answer(atlas, View(AFTER)).active, "province_adcode"]
    text = alternative_text(atlas, View(AFTER))
    assert f"{total} zones in {provinces.nunique()} provinces are active" in text
    assert f"Batch 8, 25 Apr 2025: {zone_count(atlas, batches=(8,))}" in text
    assert f"Guangdong {guangdong}" in text
    changed = alternative_text(atlas, View(AFTER, since=BEFORE))
    assert f"{total} active at the end" in changed
    assert "Haikou (now Hainan)" in changed


@pytest.mark.parametrize("since", [None, BEFORE])
def test_chinese_words_have_no_english_in_them(atlas, since):
    view = View(AFTER, since=since, provinces=("450000", "530000"), neighbours=("VNM",), lang="zh")
    words = figure_title(atlas, view) + alternative_text(atlas, view)
    assert not [c for c in words if c.isascii() and c.isalpha()]
    assert not {",", ";", ":", "("} & set(words)
