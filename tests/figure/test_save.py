"""Figures as files: size, metadata, text, the same bytes each time."""

import gc
import hashlib
import io
import re
import subprocess
import sys
import weakref
import zlib
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from drawn import AFTER, BEFORE, DPI, batch_colour, zone_count
from matplotlib.figure import Figure
from PIL import Image

from pilotzones import View
from pilotzones.figure import FigureOptions, alternative_text, draw_figure, figure_title
from pilotzones.figure.kinds import Words
from pilotzones.figure.save import write_figure

HOSTILE = "<script>alert(1)</script> ${x} $\\frac{1}{2}$ \"quoted\" 'single' & %(day)s {0}"


def description(svg):
    root = ET.fromstring(svg)
    return root.find("{http://www.w3.org/2000/svg}desc").text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_png_has_its_size_and_says_what_it_shows(atlas, lang):
    view = View(AFTER, lang=lang)
    content = draw_figure(atlas, view, FigureOptions(dpi=DPI), permalink="https://x.test/?on=1")
    image = Image.open(io.BytesIO(content))
    assert image.size == FigureOptions(dpi=DPI).pixels == (841, 595)
    assert image.info["Title"] == figure_title(atlas, view)
    assert image.info["Description"] == alternative_text(atlas, view)
    assert image.info["Source"].endswith("https://x.test/?on=1")
    assert atlas.data_version in image.info["Source"]


def test_an_svg_is_well_formed_and_needs_no_font(atlas):
    view = View(AFTER, provinces=("460000",), lang="zh")
    content = draw_figure(atlas, view, FigureOptions(format="svg"))
    root = ET.fromstring(content)
    assert root.attrib["role"] == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text == figure_title(atlas, view)
    assert description(content) == alternative_text(atlas, view)
    text = content.decode()
    assert "<text" not in text
    assert "font-family" not in text
    assert "<script" not in text
    assert batch_colour(atlas)[8] in text
    assert len(content) < 3_000_000


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_figure_without_zones_has_its_description(atlas, lang):
    view = View(date(2016, 1, 15), provinces=("460000",), lang=lang)
    content = draw_figure(atlas, view, FigureOptions(format="svg"))
    # named by elements of its own, also beside other figures on a page
    root = ET.fromstring(content)
    names = [root.find(f"{{http://www.w3.org/2000/svg}}{kind}") for kind in ("title", "desc")]
    ids = [name.attrib["id"] for name in names]
    assert root.attrib["aria-labelledby"].split() == ids
    titled = FigureOptions(format="svg", title="Another")
    other = ET.fromstring(draw_figure(atlas, view, titled)).attrib["aria-labelledby"].split()
    assert not set(ids) & {*other, "title", "desc"}
    assert "".join(description(content).split()) == "".join(alternative_text(atlas, view).split())


@pytest.mark.long
def test_the_memory_of_many_pixels_is_given_back_at_once():
    options = FigureOptions(dpi=600)
    drawn = []

    def draw():
        figure = Figure(figsize=(297 / 25.4, 210 / 25.4))
        drawn.append(weakref.ref(figure))
        return figure

    gc.disable()
    try:
        write_figure(draw, options, Words("a", "b", "c"), "", "en")
    finally:
        gc.enable()
    assert drawn[0]() is None


def test_a_pdf_holds_text_and_its_fonts(atlas):
    content = draw_figure(atlas, View(AFTER, lang="zh"), FigureOptions(format="pdf"))
    assert content.startswith(b"%PDF")
    assert b"NotoSansSC-Bold" in content
    assert b"NotoSansSC-Regular" in content
    assert b"CIDFontType2" in content
    assert b"/CreationDate" not in content
    assert len(content) < 2_000_000


def test_names_on_the_map_are_text_in_a_pdf(atlas):
    view = View(AFTER, provinces=("440000",), lang="zh")
    bare, named = (
        _texts(draw_figure(atlas, view, FigureOptions(format="pdf", labels=labels)))
        for labels in ("none", "auto")
    )
    assert named - bare == zone_count(atlas, provinces=("440000",))


def _texts(pdf):
    """Number of text objects in the streams of a PDF."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    texts = 0
    for stream in streams:
        try:
            texts += zlib.decompress(stream).count(b"\nBT\n")
        except zlib.error:  # not compressed
            continue
    return texts


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_same_input_gives_the_same_bytes(atlas, ending):
    view = View(AFTER, since=BEFORE, provinces=("460000",), lang="zh")
    options = FigureOptions(dpi=DPI, format=ending, title="图 &")
    assert draw_figure(atlas, view, options) == draw_figure(atlas, view, options)


@pytest.mark.long
def test_another_process_gives_the_same_bytes(atlas, pytestconfig):
    # old versions of libraries warn of each other, which is allowed for a whole run
    warnings = (pytestconfig.getoption("pythonwarnings") or ["error"])[0]
    code = (
        "import hashlib, datetime as d;from pilotzones import *;from pilotzones.figure import *;"
        "v=View(d.date(2025,4,25),provinces=('460000',));a=load_atlas()\n"
        f"for ending in ('png','svg','pdf'):\n o=FigureOptions(dpi={DPI},format=ending,title='龘 Hainan');"
        "print(hashlib.sha256(draw_figure(a,v,o)).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-W", warnings, "-c", code], capture_output=True, text=True, check=True
    )
    here = [
        draw_figure(
            atlas,
            View(AFTER, provinces=("460000",)),
            FigureOptions(dpi=DPI, format=ending, title="龘 Hainan"),
        )
        for ending in ("png", "svg", "pdf")
    ]
    assert run.stdout.split() == [hashlib.sha256(content).hexdigest() for content in here]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_hostile_title_is_only_a_title(atlas, ending):
    options = FigureOptions(dpi=DPI, format=ending, title=HOSTILE, size="column")
    content = draw_figure(atlas, View(AFTER, provinces=("460000",)), options, permalink=HOSTILE)
    if ending == "svg":
        root = ET.fromstring(content)
        assert root.find("{http://www.w3.org/2000/svg}title").text == HOSTILE
        assert b"<script" not in content
    if ending == "png":
        assert Image.open(io.BytesIO(content)).info["Title"] == HOSTILE
