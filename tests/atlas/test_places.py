"""The status of places: known answers, and agreement with the zones on any day."""

from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np
import pytest
from copies import GEODATA, edit_rows
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.atlas.pieces import division_pieces
from pilotzones.atlas.places import NONE, PART, UNKNOWN, WHOLE
from pilotzones.atlas.timeline import state_on
from pilotzones.errors import InvalidValueError, TableError, UnknownPlaceError

# whole and partly covered prefecture-level units, and cities among the whole ones, at the end of a
# year: computed apart from this code, from events, zones and divisions alone
BY_YEAR = {
    2015: (1, 0, 1),
    2016: (13, 0, 13),
    2017: (13, 0, 13),
    2018: (34, 1, 34),
    2019: (56, 3, 56),
    2020: (100, 5, 99),
    2021: (100, 5, 99),
    2022: (157, 6, 152),
    2023: (157, 6, 152),
    2024: (157, 6, 152),
    2025: (172, 5, 166),
    2026: (172, 5, 166),
}
PARTLY = {
    2018: {"330700"},
    2019: {"330700", "222400", "231000"},
    2020: {"330700", "222400", "231000", "130600", "150700"},
    2022: {"222400", "231000", "130600", "150700", "230800", "652700"},
    2025: {"222400", "231000", "150700", "230800", "152500"},
}


@pytest.mark.parametrize("year", BY_YEAR)
def test_prefecture_level_units_by_year(atlas, year):
    places = atlas.places
    units = places.prefecture_units
    assert len(units) == 337
    status = places.status_on(date(year, 12, 31), units)["status"]
    cities = [code for code in units if places.table.loc[code, "name_zh"].endswith("市")]
    assert len(cities) == 297
    whole, part, whole_cities = BY_YEAR[year]
    assert (status == WHOLE).sum() == whole
    assert (status == PART).sum() == part
    assert (status[cities] == WHOLE).sum() == whole_cities
    if year in PARTLY:
        assert set(status.index[status == PART]) == PARTLY[year]


@pytest.mark.parametrize(
    ("adcode", "first_unknown"),
    [("460300", date(2025, 4, 25)), ("654200", date(2022, 11, 24)), ("654300", date(2022, 11, 24))],
)
def test_what_the_sources_leave_open_is_unknown_and_never_0(atlas, adcode, first_unknown):
    places = atlas.places
    before = places.status_on(first_unknown - timedelta(days=1), [adcode]).iloc[0]
    assert (before["status"], before["share_area"]) == (NONE, 0)
    after = places.status_on(first_unknown, [adcode]).iloc[0]
    assert after["status"] == UNKNOWN
    assert np.isnan(after["share_area"])
    assert np.isnan(after["share_counties"])


def test_no_place_ever_left_treatment(atlas):
    covered = [np.isin(c.status.astype(str), [WHOLE, PART]) for c in atlas.places.covers()]
    areas = [np.nan_to_num(cover.share_area) for cover in atlas.places.covers()]
    for earlier, later in pairwise(covered):
        assert (~earlier | later).all()
    for earlier, later in pairwise(areas):
        assert (earlier <= later + 1e-9).all()


@given(day=st.dates(date(2014, 1, 1), date(2027, 1, 1)))
def test_a_place_is_whole_when_each_of_its_pieces_lies_in_an_active_zone(atlas, day):
    places, pieces = atlas.places, division_pieces(atlas.boundaries)
    status = state_on(atlas.register, day)["status"]
    active = status.index[status == "active"]
    taken = pieces.together(" ".join(atlas.register.zones.loc[active, "adcodes"]).split())
    answers = places.status_on(day)
    for adcode in places.prefecture_units[::7]:
        own = pieces.of[adcode]
        expected = WHOLE if own <= taken else PART if own & taken else None
        found = answers.loc[adcode, "status"]
        assert found == expected if expected else found in {NONE, UNKNOWN}
        assert bool(places.zones_on(adcode, day)) == (expected is not None)


def test_counties_add_up_to_their_provinces(atlas):
    table = atlas.places.table
    pieces = division_pieces(atlas.boundaries)
    for code, province in table[table["level"] == "province"].iterrows():
        assert pieces.area(pieces.of[code]) == pytest.approx(province["area_km2"], abs=3)


def test_a_place_in_two_zones_names_both(atlas):
    assert atlas.places.zones_on("330782", date(2023, 1, 1)) == ["yiwu", "jinhua"]
    assert atlas.places.zones_on("130638", date(2025, 4, 25)) == ["xiongan", "baoding"]


def test_signed_documents_count_from_their_signature(atlas):
    documents = atlas.register.documents
    signed = documents["signed_on"].dropna()
    first = documents.index[0]
    days = atlas.places.days("signed")
    assert days[0] == signed[first].date() < atlas.places.days()[0]
    # the signing day of the latest document is unknown: its publication counts
    assert days[-1] == documents["published_on"].iloc[-1].date()


def test_an_unknown_code_is_named(atlas):
    with pytest.raises(UnknownPlaceError, match="999999"):
        atlas.places.status_on(date(2025, 4, 25), ["440600", "999999"])


@pytest.mark.parametrize(
    ("name", "adcode", "placed_by"),
    [
        ("佛山", "440600", "name"),
        ("Foshan, Guangdong", "440600", "name within a larger place"),
        ("襄樊", "420600", "former name"),
        ("522400", "520500", "former code"),
    ],
)
def test_a_place_is_found_by_what_a_lookup_takes(atlas, name, adcode, placed_by):
    place = atlas.place(name)
    row = atlas.places.table.loc[adcode]
    assert (place.adcode, place.placed_by) == (adcode, placed_by)
    assert (place.name_zh, place.level) == (row["name_zh"], row["level"])
    for day in (date(2015, 3, 11), date(2019, 12, 24), date(2025, 4, 25)):
        assert place.status_on(day) == atlas.places.status_on(day, [adcode])["status"].item()
        assert place.zones_on(day) == atlas.places.zones_on(adcode, day)


def test_no_day_is_too_late_for_a_zone_without_an_end(atlas):
    place = atlas.place("440600")
    assert (place.status_on(date.max), place.zones_on(date.max)) == ("whole", ["foshan"])


def test_what_is_no_day_and_no_clock_is_refused(atlas):
    place = atlas.place("440600")
    for ask in (place.status_on, place.zones_on):
        with pytest.raises(InvalidValueError, match="day=2022-12-31: not a date"):
            ask("2022-12-31")
        with pytest.raises(
            InvalidValueError, match="clock=sign: unknown choice; published, signed"
        ):
            ask(date(2022, 12, 31), "sign")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "吉林",
            "place=吉林: name of several places; did you mean 220000 吉林省 or 220200 吉林市?",
        ),
        ("Foshn", "place=Foshn: unknown place; did you mean 440600 佛山市?"),
        ("%", "place=%: unknown place; a code of GB/T 2260, or a name in Chinese"),
    ],
)
def test_what_is_not_one_place_is_refused_with_a_remedy(atlas, name, message):
    with pytest.raises(InvalidValueError, match=message):
        atlas.place(name)
    assert atlas.place("吉林", division_level="prefecture").adcode == "220200"


def test_every_division_has_its_names(atlas):
    table = atlas.places.table
    assert table[["name_en", "name_pinyin", "basis"]].ne("").all(axis=None)
    names = table["name_en"]
    assert names[["150100", "650100", "540100", "230100"]].tolist() == [
        "Hohhot", "Urumqi", "Lhasa", "Harbin",
    ]  # fmt: skip
    assert names[["341500", "610100", "140400"]].tolist() == ["Lu'an", "Xi'an", "Changzhi"]
    assert names["130321"] == "Qinglong Manchu Autonomous County"
    assert "瀋陽市" in table.loc["210100", "name_hant"].split()


def test_former_codes_are_no_codes_of_today_and_lead_to_some(atlas):
    places = atlas.places
    former = places.former
    codes = former["adcode"][former["adcode"].ne("")]
    assert not set(codes) & set(places.table.index)
    assert codes.is_unique
    assert set(" ".join(former["now"]).split()) <= set(places.table.index)
    several = former["now"].str.contains(" ")
    assert several[former["kind"].eq("split")].all()
    assert not several[~former["kind"].isin(["split", "new"])].any()


def test_a_renamed_place_had_another_name(atlas):
    former = atlas.places.former
    renamed = former[former["kind"].eq("renamed")]
    today = atlas.places.table.loc[renamed["now"], "name_zh"]
    assert (renamed["name_zh"].to_numpy() != today.to_numpy()).all()


def test_former_and_official_names_say_where_they_are_from(atlas):
    official = atlas.places.official_names
    addresses = [*official["source"], *" ".join(atlas.places.former["sources"]).split()]
    parts = [urlsplit(address) for address in addresses]
    assert {part.scheme for part in parts} <= {"http", "https"}
    assert all("." in part.netloc for part in parts)
    names = atlas.places.table.loc[official["adcode"], "name_en"]
    assert names.tolist() == official["name_en"].tolist()


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (lambda rows: rows[0].update(adcode="999999"), "must be a code or identifier that exists"),
        (lambda rows: rows[0].update(name_en=""), "name_en"),
        (lambda rows: rows[0].update(name_en="Nowhere"), "names.csv has 'Inner Mongolia'"),
        (lambda rows: rows[0].update(source="a book"), "source"),
        (lambda rows: rows.append(rows[0]), "150000"),
    ],
)
def test_a_broken_rule_of_the_official_names_is_named(geodata, edit, rule):
    edit_rows(geodata / "places" / "official_names.csv", edit)
    with pytest.raises(TableError, match=f"(?s)official_names.csv.*{rule}"):
        _ = load_atlas(geodata, check=True).places


@pytest.mark.parametrize(
    "name",
    sorted(
        str(path.relative_to(GEODATA))
        for part in ("register", "boundaries", "places")
        for path in (GEODATA / part).glob("*.csv")
    ),
)
def test_the_check_reads_every_table(geodata, name):
    path = geodata / name
    path.write_text(f"{path.read_text('utf-8')}one cell\n", "utf-8")
    with pytest.raises(TableError, match=path.name):
        _ = load_atlas(geodata, check=True).places


@pytest.mark.parametrize(
    ("adcode", "name_en", "name_pinyin"),
    [
        ("310105", "Changning District", "changning"),
        ("310112", "Minhang District", "minhang"),
        ("440114", "Huadu District", "huadu"),
        ("610681", "Zichang", "zichang"),
        ("140428", "Zhangzi County", "zhangzi"),
        ("540300", "Qamdo", "changdu"),
        ("652801", "Korla", "kuerle"),
    ],
)
def test_characters_of_several_readings(atlas, adcode, name_en, name_pinyin):
    row = atlas.places.table.loc[adcode]
    assert (row["name_en"], row["name_pinyin"]) == (name_en, name_pinyin)
