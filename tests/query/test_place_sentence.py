"""The answer for a place, as sentences."""

from datetime import date, timedelta

import pytest
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.i18n import LANGUAGES, Language
from pilotzones.query.lookup import place_on
from pilotzones.query.place_sentence import place_sentence, whole_place_name, zone_sentence

EN, ZH = Language("en"), Language("zh")


@pytest.mark.parametrize(
    ("adcode", "names"),
    [
        ("320500", ("Suzhou, Jiangsu", "江苏省苏州市")),
        ("341300", ("Suzhou, Anhui", "安徽省宿州市")),
        ("620902", ("Suzhou District, Jiuquan, Gansu", "甘肃省酒泉市肃州区")),
        ("110105", ("Chaoyang District, Beijing", "北京市朝阳区")),
        ("110000", ("Beijing", "北京市")),
        ("220000", ("Jilin", "吉林省")),
    ],
)
def test_places_of_one_name_differ_by_their_province(adcode, names):
    assert (whole_place_name(ATLAS, adcode, EN), whole_place_name(ATLAS, adcode, ZH)) == names


@pytest.mark.parametrize(
    ("adcode", "on", "text"),
    [
        (
            "440600",
            date(2019, 6, 1),
            (
                "Foshan lay in no pilot zone on 1 June 2019. It became a pilot zone on "
                "24 December 2019 (batch 4, 国函〔2019〕137号)."
            ),
        ),
        (
            "460100",
            date(2026, 1, 1),
            (
                "Haikou lies in the pilot zone Hainan (whole island) on 1 January 2026. It has been "
                "in one, wholly or partly, since 7 August 2018 (batch 3, 国函〔2018〕93号)."
            ),
        ),
        (
            "110105",
            date(2019, 6, 1),
            (
                "Chaoyang District, Beijing lay in the pilot zone Beijing on 1 June 2019. That has "
                "been so since 7 August 2018 (batch 3, 国函〔2018〕93号)."
            ),
        ),
        (
            "654200",
            date(2019, 6, 1),
            (
                "Tacheng Prefecture lay in no pilot zone on 1 June 2019. From 24 November 2022 on "
                "that is not known."
            ),
        ),
        (
            "460000",
            date(2019, 6, 1),
            (
                "Part of Hainan, 5.6% of its area, lay in a pilot zone on 1 June 2019. That has been "
                "so since 7 August 2018 (batch 3, 国函〔2018〕93号). From 6 May 2020 on it was 10.3% "
                "of its area (batch 5, 国函〔2020〕47号)."
            ),
        ),
        ("140400", date(2026, 1, 1), "Changzhi lies in no pilot zone on 1 January 2026."),
    ],
)
def test_what_is_said(adcode, on, text):
    assert place_sentence(ATLAS, adcode, on, EN) == text


def test_many_zones_are_counted():
    text = place_sentence(ATLAS, "440000", date(2026, 1, 1), EN)
    assert text.startswith("Guangdong lies in 21 pilot zones on 1 January 2026.")
    assert "21个综试区" in place_sentence(ATLAS, "440000", date(2026, 1, 1), ZH)


@given(
    adcode=st.sampled_from(sorted(ATLAS.places.rows)),
    on=st.dates(date(2014, 1, 1), ATLAS.stops[-1].on + timedelta(days=400)),
    lang=st.sampled_from(LANGUAGES),
)
def test_every_place_has_an_answer_on_every_day(adcode, on, lang):
    t = Language(lang)
    text = place_sentence(ATLAS, adcode, on, t)
    assert t.day(on) in text
    answer = place_on(ATLAS, adcode, on)
    assert "None" not in text
    assert (answer.next is None) or t.day(answer.next) in text


@pytest.mark.parametrize(
    ("zone", "on", "text"),
    [
        (
            "haikou",
            date(2017, 1, 1),
            (
                "Haikou was not yet a pilot zone on 1 January 2017. It was approved on 7 August 2018 "
                "(batch 3, 国函〔2018〕93号). It was revoked on 25 April 2025 (国函〔2025〕40号)."
            ),
        ),
        (
            "haikou",
            date(2020, 1, 1),
            (
                "Haikou was an active pilot zone on 1 January 2020. It was approved on 7 August 2018 "
                "(batch 3, 国函〔2018〕93号). It was revoked on 25 April 2025 (国函〔2025〕40号)."
            ),
        ),
        (
            "haikou",
            date(2025, 4, 25),
            (
                "Haikou is no longer a pilot zone on 25 April 2025. It was approved on 7 August 2018 "
                "(batch 3, 国函〔2018〕93号). It was revoked on 25 April 2025 (国函〔2025〕40号)."
            ),
        ),
        (
            "foshan",
            date(2026, 1, 1),
            (
                "Foshan is an active pilot zone on 1 January 2026. It was approved on 24 December 2019 "
                "(batch 4, 国函〔2019〕137号)."
            ),
        ),
    ],
)
def test_what_a_zone_is_on_a_day(zone, on, text):
    assert zone_sentence(ATLAS, zone, on, EN) == text
