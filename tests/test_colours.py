"""Colours that a colour-blind reader can tell apart, by colour difference in CAM02-UCS."""

import itertools
import re

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.dashboard import charts, provinces
from pilotzones.figure import page as canvas
from pilotzones.figure import scene
from pilotzones.palette import batch_colours

SIGHTS = (None, "protanomaly", "deuteranomaly", "tritanomaly")
# about 1 is just noticeable side by side; this is seen at a glance
AT_A_GLANCE = 5


def channels(colour):
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def seen(colour, sight):
    """Simulate a complete protanopia, deuteranopia or tritanopia (Machado, Oliveira, Fernandes)."""
    if sight is None:
        return channels(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(channels(colour), space, "sRGB1"), 0, 1)


def nearest(colours, sight):
    pairs = itertools.combinations([seen(colour, sight) for colour in colours], 2)
    return min(deltaE(a, b, input_space="sRGB1") for a, b in pairs)


def themes():
    style = (STATIC_DIR / "map.css").read_text(encoding="utf-8")
    blocks = re.findall(
        r"^\.pz-map(?:\[data-theme=\"dark\"\])? \{(.*?)^\}", style, re.DOTALL | re.MULTILINE
    )
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks)
    return {"light": light, "dark": dark}


def test_two_equal_colours_are_not_told_apart():
    assert nearest(["#123456", "#123456"], None) == 0
    # red and green of the same lightness: an easy pair for most, none for a deuteranope
    assert nearest(["#a06000", "#5f7a00"], None) > 2 * nearest(
        ["#a06000", "#5f7a00"], "deuteranomaly"
    )


@pytest.mark.parametrize("sight", SIGHTS)
def test_batches_are_told_apart(atlas, sight):
    # one more than there are: the next document must not spoil it
    count = sum(1 for stop in atlas.stops if stop.batch) + 1
    assert nearest(batch_colours(count), sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_reserved_colours_are_told_apart(sight, theme):
    colours = themes()[theme]
    assert (
        nearest([colours[name] for name in ("gained", "lost", "kept", "land")], sight) > AT_A_GLANCE
    )
    for other in ("land", "sea", "gained"):
        assert nearest([colours["revoked"], colours[other]], sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_reserved_colours_of_a_figure_are_told_apart(sight):
    changed = [scene.GAINED_COLOUR, scene.LOST_COLOUR, scene.KEPT_COLOUR, canvas.LAND]
    assert nearest(changed, sight) > AT_A_GLANCE
    for other in (canvas.LAND, canvas.SEA, scene.GAINED_COLOUR):
        assert nearest([scene.REVOKED_COLOUR, other], sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("classes", [provinces.LIGHT, provinces.DARK], ids=["light", "dark"])
def test_the_classes_of_the_choropleth_are_told_apart(sight, classes):
    fills, _inks, (none, _ink) = classes
    assert nearest([none, *fills], sight) > AT_A_GLANCE


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_groups_of_a_chart_are_told_apart(sight):
    assert nearest(charts.COLOURS, sight) > AT_A_GLANCE
