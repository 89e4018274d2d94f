"""Names and codes of places: what they mean, and what is never guessed."""

import random

import pytest
from copies import GEODATA
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pilotzones.atlas import load_atlas
from pilotzones.atlas.matching import (
    BY_CODE,
    BY_FORMER_CODE,
    BY_FORMER_NAME,
    BY_NAME,
    BY_NAME_WITHIN,
    MAX_NAME,
    NAME_REASONS,
    PLACED_BY,
    UNKNOWN_NAME,
    match_place,
    match_places,
    name_index,
)
from pilotzones.errors import InvalidValueError
from pilotzones.text import fold

PLACES = load_atlas(GEODATA).places
TABLE = PLACES.table


@pytest.mark.parametrize(
    ("text", "adcode", "placed_by"),
    [
        ("440600", "440600", BY_CODE),
        ("4406", "440600", BY_CODE),
        ("44", "440000", BY_CODE),
        ("440600.0", "440600", BY_CODE),
        ("440600000000", "440600", BY_CODE),
        ("佛山", "440600", BY_NAME),
        ("佛 山 市", "440600", BY_NAME),
        ("Foshan", "440600", BY_NAME),
        ("FOSHAN CITY", "440600", BY_NAME),
        ("foshan shi", "440600", BY_NAME),
        ("廣州", "440100", BY_NAME),
        ("瀋陽", "210100", BY_NAME),
        ("內蒙古", "150000", BY_NAME),
        ("Ürümqi", "650100", BY_NAME),
        ("haerbin", "230100", BY_NAME),
        ("Shanxi", "140000", BY_NAME),
        ("Shaanxi", "610000", BY_NAME),
        ("延边州", "222400", BY_NAME),
        ("恩施土家族苗族自治州", "422800", BY_NAME),
        ("吉林市", "220200", BY_NAME),
        ("吉林省", "220000", BY_NAME),
        ("Jilin City", "220200", BY_NAME),
        ("长沙", "430100", BY_NAME),
        ("喀什", "653100", BY_NAME),
        ("广东省佛山市", "440600", BY_NAME_WITHIN),
        ("Foshan, Guangdong", "440600", BY_NAME_WITHIN),
        ("Guangdong / Foshan", "440600", BY_NAME_WITHIN),
        ("浙江省金华市义乌市", "330782", BY_NAME_WITHIN),
        ("浙江义乌", "330782", BY_NAME_WITHIN),
        ("Suzhou, Anhui", "341300", BY_NAME_WITHIN),
        ("北京市朝阳区", "110105", BY_NAME_WITHIN),
        ("南京鼓楼区", "320106", BY_NAME_WITHIN),
        ("襄樊", "420600", BY_FORMER_NAME),
        ("Xiangfan", "420600", BY_FORMER_NAME),
        ("淮阴市", "320800", BY_FORMER_NAME),
        ("思茅市", "530800", BY_FORMER_NAME),
        ("毕节地区", "520500", BY_FORMER_NAME),
        ("密云县", "110118", BY_FORMER_NAME),
        ("下城区", "330105", BY_FORMER_NAME),
        ("无为县", "340281", BY_FORMER_NAME),
        ("米林县", "540422", BY_FORMER_NAME),
        ("522400", "520500", BY_FORMER_CODE),
        ("5421", "540300", BY_FORMER_CODE),
        ("110228", "110118", BY_FORMER_CODE),
        ("341422", "340281", BY_FORMER_CODE),
        ("540481", "540422", BY_FORMER_CODE),
        ("653229", "653221", BY_FORMER_CODE),
        # the county-level city has the name today
        ("巢湖市", "340181", BY_NAME),
        ("湖北省襄樊市", "420600", BY_FORMER_NAME),
        ("湖北省襄樊市樊城区", "420606", BY_FORMER_NAME),
        ("Xiangfan, Hubei", "420600", BY_FORMER_NAME),
        ("山东省莱芜市莱城区", "370116", BY_FORMER_NAME),
    ],
)
def test_what_a_code_or_a_name_means(text, adcode, placed_by):
    match = match_place(PLACES, text)
    assert (match.adcode, match.placed_by) == (adcode, placed_by)
    assert match.candidates == ()


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("吉林", {"220000", "220200"}),
        ("Jilin", {"220000", "220200"}),
        ("朝阳", {"211300", "110105", "220104", "211321"}),
        ("朝阳区", {"110105", "220104"}),
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("鼓楼", {"320106", "320302", "350102", "410204"}),
        ("Suzhou", {"320500", "341300"}),
        ("Taizhou", {"321200", "331000"}),
        ("Fuzhou", {"350100", "361000"}),
        ("Yichun", {"230700", "360900"}),
        ("Pingxiang", {"360300", "451481"}),
        ("海南", {"460000", "632500"}),
    ],
)
def test_a_name_of_several_places_is_never_guessed(text, some):
    match = match_place(PLACES, text)
    assert match.adcode == match.placed_by == ""
    assert some <= set(match.candidates)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("371200", "370116 370117"),
        ("莱芜市", "370116 370117"),
        ("341400", "340124 340181 340207 340281 340522 340523"),
        ("452200", "450223 450224 450225 450226 451300"),
        ("江干区", "330102 330114"),
        ("绍兴县", "330602 330603"),
        ("500157", "500105 500109 500112"),
        ("两江新区", "500105 500109 500112"),
    ],
)
def test_a_division_that_several_hold_today_has_them_as_candidates(text, parts):
    match = match_place(PLACES, text)
    assert match.adcode == match.placed_by == ""
    assert match.candidates == tuple(parts.split())


def test_every_former_code_and_name_leads_to_what_holds_its_ground():
    for row in PLACES.former.itertuples():
        now = set(row.now.split())
        if row.adcode:
            match = match_place(PLACES, row.adcode)
            assert {match.adcode, *match.candidates} - {""} == now
            assert match.placed_by in {BY_FORMER_CODE, ""}
        match = match_place(PLACES, row.name_zh)
        if match.placed_by == BY_FORMER_NAME:
            assert match.adcode in now or any(
                TABLE.loc[one, "prefecture_adcode"] == match.adcode for one in now
            )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("浙江省杭州市余杭区文一西路969号", ("330110",)),
        ("上海市浦东新区世纪大道100号", ("310115",)),
        ("深圳南山区粤海街道", ("440305",)),
        ("苏州工业园区", ()),
        ("广东省各地区数据合计", ()),
        ("中山路1号", ()),
        ("路" * 100, ()),
    ],
)
def test_an_address_suggests_the_division_with_which_it_begins(text, codes):
    match = match_place(PLACES, text)
    assert (match.adcode, match.candidates) == ("", codes)


def test_a_level_narrows_the_candidates():
    assert match_place(PLACES, "吉林", "prefecture").adcode == "220200"
    assert match_place(PLACES, "西安", "prefecture").adcode == "610100"
    said = "division_level=town: unknown level; province, prefecture, county"
    with pytest.raises(InvalidValueError, match=said):
        match_place(PLACES, "西安", "town")


def test_a_near_miss_is_a_suggestion_and_no_match():
    match = match_place(PLACES, "Foshn")
    assert match.adcode == ""
    assert match.candidates == ("440600",)


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("Guangzou", "440100"),
        ("Shijazhuang", "130100"),
        ("Hohot", "150100"),
        ("佛山士", "440600"),
        ("呼和浩市", "150100"),
        ("Qinhuangdao Cty", "130300"),
    ],
)
def test_a_slip_of_the_pen_is_suggested(text, adcode):
    match = match_place(PLACES, text)
    assert match.adcode == ""
    assert adcode in match.candidates


def test_many_texts_mean_what_each_of_them_means():
    names = [*TABLE["name_zh"][::37], *TABLE["name_en"][::37].str.replace("an", "n"), "", "吉林"]
    together = match_places(PLACES, names)
    assert together == [match_place(PLACES, name) for name in names]
    assert sum(bool(match.candidates) and not match.adcode for match in together) > 10
    assert match_places(PLACES, []) == []


def test_suggestions_score_as_high_as_any_name():
    rng = random.Random(1)
    names = {fold(name) for column in ("name_zh", "name_en") for name in TABLE[column]}
    texts = ["".join(rng.sample(name, len(name) - 1)) for name in rng.sample(sorted(names), 40)]
    texts += [name[1:] for name in rng.sample(sorted(names), 200)]
    open_ = [text for text in texts if text and not match_place(PLACES, text).adcode]
    for text in open_:
        candidates = match_place(PLACES, text).candidates
        best = max(fuzz.ratio(text, name) for name in names)
        assert bool(candidates) >= (best >= 75), text


NAMES = name_index(PLACES).today


def closest_of_all(text):
    """The codes of the three names of the script that come closest, found one name at a time."""
    written = sorted((one for one in NAMES if one.isascii() == text.isascii()), key=len)
    scored = [(-fuzz.ratio(text, name), place) for place, name in enumerate(written)]
    close = [written[place] for score, place in sorted(scored) if score <= -75][:3]
    return tuple(dict.fromkeys(code for name in close for code in sorted(NAMES[name])))[:3]


@settings(max_examples=10)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(NAMES)), st.integers(0), st.sampled_from("aho市山")))
)
def test_suggestions_are_those_of_a_comparison_with_every_name(slips):
    texts = [
        name[: at % len(name)] + letter + name[at % len(name) + at % 2 :]
        for name, at, letter in slips
    ]
    for text, match in zip(texts, match_places(PLACES, texts), strict=True):
        if match.reason == UNKNOWN_NAME:
            assert match.candidates == closest_of_all(fold(text)), text


@pytest.mark.parametrize("text", ["雄安新区", "雄安", "Xiong'an New Area", "xiongan"])
def test_a_zone_that_is_no_place_suggests_what_it_consists_of(text):
    match = match_place(PLACES, text)
    assert (match.adcode, match.reason) == ("", UNKNOWN_NAME)
    assert [TABLE.loc[code, "name_en"] for code in match.candidates] == [
        "Rongcheng County",
        "Anxin County",
        "Xiongxian County",
    ]
    assert match_place(PLACES, "海南全岛").candidates == ("460000",)


@pytest.mark.parametrize("text", ["", " ", "%", "nowhere at all", "99", "x" * 10_000])
def test_what_names_nothing_has_no_place(text):
    assert match_place(PLACES, text).adcode == ""


def test_the_yearbook_names_of_all_prefecture_level_cities_match():
    for code in PLACES.prefecture_units:
        assert match_place(PLACES, TABLE.loc[code, "name_zh"]).adcode == code


def test_names_with_all_that_lies_around_them_match():
    for code, row in TABLE.iterrows():
        around = dict.fromkeys([row["province_adcode"], row["prefecture_adcode"], code])
        whole = "".join(TABLE.loc[one, "name_zh"] for one in around if one)
        assert match_place(PLACES, whole).adcode == code, whole


def test_names_of_counties_that_several_bear_are_not_matched():
    counties = TABLE[TABLE["level"] == "county"]
    shared = counties[counties["name_zh"].duplicated(keep=False)]
    assert (len(shared), shared["name_zh"].nunique()) == (68, 30)
    assert all(match_place(PLACES, name).adcode == "" for name in shared["name_zh"])


@given(st.text(max_size=MAX_NAME))
def test_any_text_has_an_answer(text):
    match = match_place(PLACES, text)
    assert (match.adcode in TABLE.index) == bool(match.adcode) == bool(match.placed_by)
    assert match.placed_by in {"", *PLACED_BY}
    assert set(match.candidates) <= set(TABLE.index)
    assert (match.reason in NAME_REASONS) == (not match.adcode)
