"""Colours that a colour-blind reader can distinguish, by colour difference in CAM02-UCS."""

import itertools
import re
import tomllib

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from copies import REPOSITORY

from pilotzones.palette import CHART_COLOURS, DARK, LIGHT, batch_colours, css_properties

SIGHTS = (None, "protanomaly", "deuteranomaly", "tritanomaly")
THEMES = {"light": LIGHT, "dark": DARK}
# about 1 is just noticeable side by side; this is seen at a glance
AT_A_GLANCE = 5


def channels(colour):
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(colour):
    """Relative luminance of WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one, other):
    """Contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour, sight):
    """Simulate a complete protanopia, deuteranopia or tritanopia (Machado, Oliveira, Fernandes)."""
    if sight is None:
        return channels(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(channels(colour), space, "sRGB1"), 0, 1)


def nearest(colours, sight):
    pairs = itertools.combinations([seen(colour, sight) for colour in colours], 2)
    return min(deltaE(a, b, input_space="sRGB1") for a, b in pairs)


def test_equal_colours_have_no_difference():
    assert nearest(["#123456", "#123456"], None) == 0
    # red and green of the same lightness: an easy pair for most, none for a deuteranope
    assert nearest(["#a06000", "#5f7a00"], None) > 2 * nearest(
        ["#a06000", "#5f7a00"], "deuteranomaly"
    )


@pytest.mark.parametrize("sight", SIGHTS)
def test_batches_are_distinguishable(atlas, sight):
    # one more than there are: the next document must not spoil it
    count = sum(1 for stop in atlas.stops if stop.batch) + 1
    assert nearest(batch_colours(count), sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_colours_of_changes_are_distinguishable(sight, theme):
    assert nearest([theme.gained, theme.lost, theme.kept, theme.land], sight) > AT_A_GLANCE
    for other in (theme.land, theme.sea, theme.gained):
        assert nearest([theme.revoked, other], sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_zones_of_one_document_stand_out(sight, theme):
    assert nearest([theme.accent, theme.earlier, theme.land, theme.sea], sight) > AT_A_GLANCE
    # a halo is neither the outline of the latest document nor that of a revoked zone
    assert nearest([theme.chosen, theme.new_line, theme.revoked], sight) > AT_A_GLANCE
    # an outline of the revoked lies on both
    for ground in (theme.accent, theme.earlier):
        assert nearest([theme.revoked, ground], sight) > AT_A_GLANCE


def test_gained_and_lost_differ_in_black_and_white():
    assert contrast(LIGHT.gained, LIGHT.lost) > 2.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_outlines_and_texts_have_contrast(theme):
    # WCAG 2.2: 3 for graphics (1.4.11), 4.5 for text (1.4.3)
    for ground in (theme.land, theme.sea):
        assert contrast(theme.revoked, ground) > 3
        assert contrast(theme.new_line, ground) > 3
    for ground in (theme.page, theme.ground, theme.sea):
        for ink in (theme.ink, theme.muted, theme.link, theme.warning):
            assert contrast(ink, ground) > 4.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_classes_of_the_choropleth_are_distinguishable(sight, theme):
    classes = theme.choropleth
    assert nearest([classes.none, *classes.fills], sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_groups_of_a_chart_are_distinguishable(sight):
    assert nearest(CHART_COLOURS, sight) > AT_A_GLANCE


def test_the_style_sheet_has_each_colour_in_both_themes():
    style = css_properties()
    for selector, theme in (('[data-theme="light"]', LIGHT), ('[data-theme="dark"]', DARK)):
        block = style.partition(selector)[2].partition("}")[0]
        assert dict(re.findall(r"--pz-([a-z0-9-]+):(#[0-9a-f]{6,8});", block)) == dict(
            theme.named()
        )
    assert f"--pz-lost:light-dark({LIGHT.lost},{DARK.lost});" in style
    assert f"--pz-class-0-ink:{LIGHT.choropleth.none_ink};" in style


def test_the_settings_of_the_pages_have_these_colours():
    settings = tomllib.loads(
        (REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )
    for name, theme in THEMES.items():
        ours = settings["theme"][name]
        assert (ours["backgroundColor"], ours["linkColor"], ours["borderColor"]) == (
            theme.page,
            theme.link,
            theme.rule,
        )
