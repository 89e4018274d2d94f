"""Figures are drawn once, kept up to a number of bytes, and known by their input."""

import subprocess
import sys
from dataclasses import replace

from drawn import AFTER, BEFORE, DPI

from pilotzones import View
from pilotzones.figure import FigureOptions, draw_figure, figure_bytes, figure_etag, kept_figure
from pilotzones.figure.cache import ByteCache


def test_a_figure_is_drawn_once(atlas):
    view, options = View(AFTER, provinces=("110000",)), FigureOptions(dpi=DPI, size="column")
    tag = figure_etag(atlas, view, options)
    first = figure_bytes(atlas, view, options, tag=tag)
    # the very same object: what is drawn again is another one
    assert figure_bytes(atlas, view, options, tag=tag) is first
    assert kept_figure(tag) is first
    again = draw_figure(atlas, view, options)
    assert again is not first
    assert again == first


def test_an_unknown_tag_has_no_figure():
    assert kept_figure('"unknown"') is None


def test_the_tag_differs_with_everything_that_changes_the_bytes(atlas):
    view, options = View(AFTER), FigureOptions()
    tag = figure_etag(atlas, view, options)
    assert tag == figure_etag(atlas, View(AFTER), FigureOptions())
    assert tag[0] == tag[-1] == '"'
    others = {
        figure_etag(atlas, replace(view, lang="zh"), options),
        figure_etag(atlas, replace(view, on=BEFORE), options),
        figure_etag(atlas, view, replace(options, dpi=299)),
        figure_etag(atlas, view, replace(options, title="T")),
        figure_etag(atlas, view, options, "https://x.test/"),
        figure_etag(type(atlas)(atlas.register, atlas.boundaries, "0" * 12), view, options),
    }
    assert len(others | {tag}) == 7


def test_the_cache_is_bounded_by_bytes():
    cache = ByteCache(10)
    cache.put("a", b"12345")
    cache.put("b", b"12345")
    assert cache.get("a") == b"12345"
    cache.put("c", b"123")
    assert cache.get("b") is None
    assert (cache.get("a"), cache.size) == (b"12345", 8)
    cache.put("d", b"x" * 11)
    assert cache.get("d") is None
    assert cache.size <= 10


def test_matplotlib_is_imported_with_the_first_figure():
    code = (
        "import sys, pilotzones, pilotzones.figure as f, pilotzones.server.routes, datetime as d;"
        "a=pilotzones.load_atlas(); v=pilotzones.View(d.date(2025,4,25));"
        "f.figure_etag(a, v, f.FigureOptions()); f.figure_title(a, v); f.alternative_text(a, v);"
        "print([m for m in sys.modules if m.split('.')[0] in ('matplotlib','fontTools','PIL')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
