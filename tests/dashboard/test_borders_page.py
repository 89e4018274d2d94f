"""What the page on borders lists."""

from known import LAST

from pilotzones.dashboard.borders import border_frame
from pilotzones.query.answer import Answer
from pilotzones.query.borders import border_regions, zones_near_borders
from pilotzones.query.view import View


def test_each_zone_has_its_date(atlas):
    answer = Answer(atlas, View(LAST.published_on, neighbours=("VNM",), within=0))
    rows = zones_near_borders(answer)
    frame = border_frame(answer, rows)
    days = {
        zone["name"].split()[0]: day
        for zone, day in zip(frame["Zone"], frame["Approved on"], strict=True)
    }
    assert days == {
        "Chongzuo": "6 May 2020",
        "Honghe": "8 February 2022",
        "Fangchenggang": "25 April 2025",
    }


def test_one_kind_of_filter_may_be_enough(atlas):
    def listed(**fields):
        answer = Answer(atlas, View(LAST.published_on, within=0, **fields))
        rows = zones_near_borders(answer)
        return {*zip(rows["zone_id"], rows["neighbour_iso3"], strict=True)}

    either = listed(provinces=("150000",), neighbours=("VNM",), match="any")
    assert either == listed(provinces=("150000",)) | listed(neighbours=("VNM",))
    assert ("honghe", "VNM") in either
    assert ("erenhot", "MNG") in either
    assert listed(provinces=("150000",), neighbours=("VNM",)) == set()


def test_neighbours_are_in_the_order_of_their_names(atlas):
    english = border_regions(atlas, View(LAST.published_on).language)
    assert english[:5] == ["land", "coast", "inland", "AFG", "BTN"]
    assert {*english} == {*atlas.boundaries.border_regions}
    chinese = border_regions(atlas, View(LAST.published_on, lang="zh").language)
    # Afghanistan, Pakistan, Bhutan in pinyin
    assert chinese[3:6] == ["AFG", "PAK", "BTN"]
