"""Fonts have every character, and lines break by the rules of both languages."""

import io
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from drawn import AFTER, DPI, batch_colour, pixels, see, share_of

from pilotzones import View, load_atlas
from pilotzones.figure import SIZES, FigureOptions, draw_figure
from pilotzones.figure.geometry import ground
from pilotzones.figure.page import Page
from pilotzones.figure.temporary import font_folder
from pilotzones.figure.typesetting import BOLD, Typeface, typeface, wrap


def test_lines_break_as_both_languages_do():
    def measure(text):
        return float(len(text))

    assert wrap("one two three", 7, measure) == ["one two", "three"]
    assert wrap("一二三，四五", 3, measure) == ["一二", "三，四", "五"]
    assert wrap("abcdefgh", 3, measure) == ["abc", "def", "gh"]
    assert wrap("", 3, measure) == []
    # a number stays with its unit in brackets, an angle with its direction, a limit with its sign
    assert wrap("Yangjiang (142 km)", 14, measure) == ["Yangjiang", "(142 km)"]
    assert wrap("Albers, 25°/47° N, 105° E.", 21, measure) == ["Albers,", "25°/47° N, 105° E."]
    assert wrap("区内：≤ 81.4", 7, measure) == ["区内：", "≤ 81.4"]
    text = "边界为示意，依据天地图（2025）公布的map绘制。 And so on: “quoted”, ended."
    assert "".join("".join(wrap(text, 9, measure)).split()) == "".join(text.split())


@pytest.mark.parametrize("limit", range(12, 40))
@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("zones of China: 16 gained, 3 revoked, 24 April 2025", ["16 gained,", "24 April 2025"]),
        (
            "跨境电子商务综合试验区，国函〔2025〕40号，2025年4月25日",
            ["综合试验区，", "国函〔2025〕40号，"],
        ),
        ("至2025年4月25日新增16个，撤销3个", ["2025年4月25日", "新增16个，", "撤销3个"]),
    ],
)
def test_what_belongs_together_stays_on_a_line(text, together, limit):
    lines = wrap(text, limit, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= limit for line in lines)
    assert all(any(part in line for line in lines) for part in together if len(part) <= limit)


def test_no_character_is_left_alone_on_the_last_line():
    assert wrap("公开出版可能需要送审。", 9, len) == ["公开出版可能需要", "送审。"]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("海南 ñ", "海南 ñ"),
        ("한국 zones", "[Hangul] zones"),
        ("हिन्दी, عربى", "[Devanagari], [Arabic]"),
        ("ไทย \N{PILE OF POO}\N{PILE OF POO}", "[Thai] [symbol]"),
        # so that no text becomes much longer
        ("한a국a한", "[Hangul]a□a□"),
        ("a\u26f0\ufe0fb", "a[symbol]b"),
        ("海南\x07\u202e", "海南□"),
    ],
)
def test_characters_that_no_font_has_are_said_in_words(atlas, text, drawn):
    assert typeface(atlas).drawable(text) == drawn


def test_in_a_chinese_figure_the_words_are_chinese(atlas):
    assert typeface(atlas).drawable("한국 ไทย \N{PILE OF POO}", "zh") == "[谚文] [泰文] [符号]"
    drawn = see(atlas, View(AFTER, lang="zh"), size="column", title="한국", labels="none")
    assert drawn.words.startswith("[谚文]")


def test_figures_with_characters_that_no_font_has_are_drawn(atlas):
    title = "龘靐齉 \N{PILE OF POO} हिन्दी عربى ñ ǎ"
    view = View(AFTER, provinces=("460000",), q="\x07\u202e<b>")
    for ending in ("svg", "pdf"):
        assert draw_figure(atlas, view, FigureOptions(title=title, format=ending))
    assert ET.fromstring(draw_figure(atlas, view, FigureOptions(format="svg"))) is not None


def test_versions_and_data_that_are_loaded_again_share_fonts_and_ground(atlas):
    again, first = load_atlas(), atlas.at(atlas.versions[0])
    assert typeface(again) is typeface(atlas)
    assert first is not atlas
    assert ground(first, "overview") is ground(atlas, "overview")


def test_fonts_of_rare_characters_do_not_pile_up():
    face = Typeface("abc", rare_fonts=1)
    first, second = (Path(face.font(text, 10, BOLD).get_file()) for text in ("龘", "靐"))
    assert (first.exists(), second.exists()) == (False, True)


def test_a_font_that_is_open_elsewhere_does_not_stop_a_figure(monkeypatch):
    def keep(_path, **_options):
        raise PermissionError

    face = Typeface("abc", rare_fonts=1)
    face.font("龘", 10, BOLD)
    monkeypatch.setattr(Path, "unlink", keep)
    assert Path(face.font("靐", 10, BOLD).get_file()).exists()


@pytest.mark.parametrize("ending", ["pdf", "png"])
@pytest.mark.long
def test_figures_are_drawn_after_temporary_files_were_removed(atlas, ending):
    view = View(AFTER, provinces=("460000",))
    options = FigureOptions(size="column", dpi=72, title="龘", format=ending)
    before = draw_figure(atlas, view, options)
    shutil.rmtree(font_folder())
    assert draw_figure(atlas, view, options) == before


def test_the_light_edge_of_a_name_leaves_its_strokes_alone(atlas):
    def drawn(*, halo):
        page = Page(16, 16, typeface(atlas), 1)
        page.write((8, 5), "中", 8, align="center", halo=halo)
        file = io.BytesIO()
        page.figure.savefig(file, dpi=DPI)
        return pixels(file.getvalue())

    assert drawn(halo=False).min() < 120
    # on white paper the edge is not seen
    assert np.abs(drawn(halo=True) - drawn(halo=False)).max() < 8


@pytest.mark.parametrize("size", SIZES)
def test_long_words_stay_on_the_page(atlas, size):
    view = View(AFTER, provinces=("460000",))
    address = "https://x.test/?" + "q=1&" * 300
    image = see(atlas, view, size=size, title="综" * 200, permalink=address).image
    edge = np.concatenate(
        [image[:3].reshape(-1, 3), image[-3:].reshape(-1, 3), image[:, -3:].reshape(-1, 3)]
    )
    assert (edge == 255).all()
    assert share_of(image, batch_colour(atlas)[8]) > 0.01
