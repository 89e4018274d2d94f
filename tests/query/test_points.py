"""Points: the county that each lies in, edges that are too near, and what is no point."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st

from pilotzones import InvalidValueError, lookup, match_table, place_points
from pilotzones.atlas.matching import BY_NAME, BY_POINT, BY_POINT_NEAR_EDGE
from pilotzones.atlas.pieces import division_pieces
from pilotzones.query.lookup import parse_point
from pilotzones.query.points import EXACT_M, NO_COORDINATES, NO_DEGREES, OUTSIDE, REASONS, SWAPPED

COUNTIES = ATLAS.boundaries.counties
DAY = date(2019, 6, 1)
MAIN_HALL = (116.397, 39.916)  # of the Palace Museum, Beijing


PIECES = division_pieces(ATLAS.boundaries)
MEMBERS = {
    zone: PIECES.together(codes.split()) for zone, codes in ATLAS.register.zones["adcodes"].items()
}
ZONES_OF = {code: {z for z, own in MEMBERS.items() if code in own} for code in COUNTIES.index}


def on_edge(one, other):
    """The middle of the line between two counties."""
    line = shapely.line_merge(shapely.intersection(COUNTIES[one], COUNTIES[other]))
    longest = max(shapely.get_parts(line), key=shapely.length)
    return shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]


@pytest.mark.parametrize(
    ("lon", "lat", "adcode"),
    [
        (*MAIN_HALL, "110101"),
        (121.473, 31.23, "310101"),  # People's Square, Shanghai
        (120.075, 29.305, "330782"),  # Yiwu
        (113.75, 23.04, "441900"),  # Dongguan, which has no counties
        (87.617, 43.793, "650102"),  # Urumqi
        (114.17, 22.28, "810000"),
        (121.51, 25.04, "710000"),
    ],
)
def test_known_points(lon, lat, adcode):
    (row,) = place_points(ATLAS, [lon], [lat]).itertuples()
    assert row.adcode == adcode or ATLAS.places.rows[row.adcode]["province_adcode"] == adcode
    assert row.reason == ""


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        (139.7, 35.7, OUTSIDE),  # Tokyo
        (123.5, 30.0, OUTSIDE),  # at sea
        (0, 0, OUTSIDE),
        (float("nan"), 39.9, NO_COORDINATES),
        ("", "", NO_COORDINATES),
        (None, 39.9, NO_COORDINATES),
        (float("inf"), 39.9, NO_COORDINATES),
        (39.9, 116.4, SWAPPED),
        (43.8, 87.6, SWAPPED),
        (500, 39.9, NO_DEGREES),
        (116.4, -91, NO_DEGREES),
    ],
)
def test_what_has_no_place_says_why(lon, lat, reason):
    (row,) = place_points(ATLAS, [lon], [lat]).itertuples()
    assert (row.adcode, row.near_edge, row.candidates) == ("", False, "")
    assert row.reason == reason


def test_points_are_placed_as_a_spatial_join_places_them():
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(73, 136, 3000), rng.uniform(16, 54, 3000)
    placed = place_points(ATLAS, lon, lat)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    joined = points.sjoin(COUNTIES.to_frame("geometry"), predicate="within")
    assert len(joined) > 1000
    assert placed["adcode"][joined.index].tolist() == joined["adcode"].tolist()
    assert (placed["adcode"].drop(joined.index) == "").all()


def test_near_an_edge_both_sides_are_named():
    # along the line between Foshan, in a zone since 2019, and Qingyuan, in one since 2022
    at = on_edge("440607", "441803")
    around = at + np.array([[0, 0], [0.001, 0], [-0.001, 0], [0, 0.001], [0, -0.001]])
    near = place_points(ATLAS, *around.T)
    assert near["near_edge"].all()
    for row in near.itertuples():
        assert {"440607", "441803"} <= set(row.candidates.split())
        assert row.candidates.split()[0] == row.adcode
    far = place_points(ATLAS, *(at + np.array([[0.1, 0.1], [-0.1, -0.1]])).T)
    assert not far["near_edge"].any()
    assert (far["candidates"] == "").all()


def test_a_line_inside_a_zone_is_no_edge():
    lon, lat = on_edge("110101", "110102")
    (row,) = place_points(ATLAS, [lon], [lat]).itertuples()
    assert row.adcode in {"110101", "110102"}
    assert not row.near_edge


def test_a_point_just_off_the_coast_is_not_placed_but_names_what_is_near():
    hainan = shapely.coverage_union_all(COUNTIES[COUNTIES.index.str.startswith("46")].to_numpy())
    largest = max(shapely.get_parts(hainan), key=shapely.area)
    north = max(shapely.get_coordinates(largest), key=lambda point: point[1])
    (row,) = place_points(ATLAS, [north[0]], [north[1] + 0.001]).itertuples()
    assert (row.adcode, row.reason, row.near_edge) == ("", OUTSIDE, True)
    assert all(code.startswith("46") for code in row.candidates.split())
    (far,) = place_points(ATLAS, [north[0]], [north[1] + 0.02]).itertuples()
    assert not far.near_edge


@given(st.integers(0, 10_000))
def test_what_is_near_an_edge_has_another_zone_within_the_stated_distance(seed):
    rng = np.random.default_rng(seed)
    code = COUNTIES.index[rng.integers(len(COUNTIES))]
    outline = shapely.boundary(COUNTIES[code])
    on_line = shapely.line_interpolate_point(outline, rng.uniform(0, outline.length))
    at = shapely.get_coordinates(on_line)[0] + rng.normal(0, 0.002, 2)
    (row,) = place_points(ATLAS, [at[0]], [at[1]]).itertuples()
    # an independent measure, in a projection centred on the point
    local = f"+proj=aeqd +lon_0={at[0]} +lat_0={at[1]} +datum=WGS84"
    box = shapely.box(*(at - 0.02), *(at + 0.02))
    close = COUNTIES[shapely.intersects(COUNTIES.to_numpy(), box)]
    metres = (
        close.intersection(shapely.buffer(box, 0.05)).to_crs(local).distance(shapely.Point(0, 0))
    )
    other = {c for c in close.index if not row.adcode or ZONES_OF[c] != ZONES_OF[row.adcode]}
    surely = {c for c in other if metres[c] < EXACT_M * 0.94}
    maybe = {c for c in other if metres[c] < EXACT_M * 1.06}
    assert surely <= set(row.candidates.split()) <= maybe | {row.adcode}
    assert bool(surely) <= row.near_edge <= bool(maybe)


def test_points_that_are_not_near_an_edge_lie_on_the_same_side_on_the_map():
    drawn = ATLAS.boundaries.layer("zones_detail").set_index("zone_id").geometry
    rng = np.random.default_rng(1)
    edges = shapely.boundary(drawn.to_numpy()).repeat(100)
    on_line = shapely.line_interpolate_point(edges, rng.uniform(0, 1, len(edges)), normalized=True)
    at = shapely.get_coordinates(on_line) + rng.normal(0, 0.01, (len(edges), 2))
    placed = place_points(ATLAS, *at.T)
    clear = (placed["adcode"] != "") & ~placed["near_edge"]
    points, codes = shapely.points(at[clear]), placed.loc[clear, "adcode"]
    other = np.zeros(len(points), dtype=bool)
    # Manzhouli is drawn with a district that the register does not name
    for zone, shape in drawn.drop("manzhouli").items():
        shapely.prepare(shape)
        other |= shapely.intersects(shape, points) != codes.isin(MEMBERS[zone]).to_numpy()
    assert len(points) > 10_000
    # what is left lies along the coast and the border of the country
    assert other.mean() < 0.001


@given(
    st.lists(st.tuples(*[st.floats(width=32) | st.none() | st.text(max_size=4)] * 2), max_size=5)
)
def test_anything_has_a_place_or_a_reason(pairs):
    table = place_points(ATLAS, [lon for lon, _ in pairs], [lat for _, lat in pairs])
    assert len(table) == len(pairs)
    assert ((table["adcode"] == "") == (table["reason"] != "")).all()
    assert set(table["reason"]) <= {"", *REASONS}


def test_rows_keep_their_index_and_lengths_must_agree():
    lon = pd.Series([MAIN_HALL[0]], index=["palace"])
    assert place_points(ATLAS, lon, [MAIN_HALL[1]]).index.tolist() == ["palace"]
    with pytest.raises(ValueError, match="2 longitudes and 1 latitudes"):
        place_points(ATLAS, [1, 2], [1])


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("116.397, 39.916", MAIN_HALL),
        ("116.397 39.916", MAIN_HALL),
        ("（116.397，39.916）", MAIN_HALL),
        ("-1;2", (-1, 2)),
        ("440600", None),
        ("440600, 440300", None),
        ("Foshan, Guangdong", None),
        ("", None),
    ],
)
def test_a_text_is_a_point_where_it_is_two_numbers(text, point):
    assert parse_point(text) == point


def test_a_lookup_takes_points_and_names():
    rows = lookup(ATLAS, ["116.397, 39.916", "佛山", "39.916, 116.397"], date(2019, 6, 1))
    assert rows["placed_by"].tolist() == [BY_POINT, BY_NAME, ""]
    assert rows["status"].tolist() == ["whole", "none", ""]
    assert rows["candidates"].tolist() == ["", "", SWAPPED.replace(" ", "-")]
    assert rows["zone_ids"].iloc[0] == "beijing"


def test_a_point_near_the_edge_says_so_in_a_lookup():
    lon, lat = on_edge("440607", "441803")
    (row,) = lookup(ATLAS, [f"{lon}, {lat}"], DAY).itertuples()
    assert row.placed_by == BY_POINT_NEAR_EDGE
    assert row.candidates.split()[0] == row.adcode
    assert {"440607", "441803"} <= set(row.candidates.split())


def test_a_table_is_matched_by_its_coordinates():
    table = pd.DataFrame({"x": [MAIN_HALL[0], np.nan, "120.075"], "y": [MAIN_HALL[1], 1, 29.305]})
    matched = match_table(ATLAS, table, on=DAY, lon="x", lat="y")
    assert matched["adcode"].tolist() == ["110101", "", "330782"]
    assert matched["candidates"].tolist() == ["", NO_COORDINATES.replace(" ", "-"), ""]
    assert matched[["x", "y"]].equals(table)


def test_a_point_places_what_a_name_leaves_open():
    table = pd.DataFrame(
        {
            "place": ["朝阳区", "佛山", "朝阳区", ""],
            "x": [116.48, *[MAIN_HALL[0]] * 1, np.nan, MAIN_HALL[0]],
            "y": [39.95, MAIN_HALL[1], np.nan, MAIN_HALL[1]],
        }
    )
    matched = match_table(ATLAS, table, "place", on=DAY, lon="x", lat="y")
    assert matched["adcode"].tolist() == ["110105", "440600", "", "110101"]
    assert matched["placed_by"].tolist() == [BY_POINT, BY_NAME, "", BY_POINT]
    assert "110105 220104" in matched["candidates"].iloc[2]


def test_a_day_in_the_future_is_refused():
    table = pd.DataFrame({"place": ["佛山"]})
    with pytest.raises(InvalidValueError, match="on=2999-01-01: in the future"):
        lookup(ATLAS, ["佛山"], date(2999, 1, 1))
    with pytest.raises(InvalidValueError, match="on=2999-01-01: in the future"):
        match_table(ATLAS, table, "place", on=date(2999, 1, 1))


@pytest.mark.parametrize("given_", [{}, {"lon": "x"}, {"place": "x", "lat": "x"}])
def test_half_a_point_is_refused(given_):
    with pytest.raises(ValueError, match="give the column of places"):
        match_table(ATLAS, pd.DataFrame({"x": []}), on=DAY, **given_)
    with pytest.raises(InvalidValueError, match="lat=y: no such column"):
        match_table(ATLAS, pd.DataFrame({"x": []}), on=DAY, lon="x", lat="y")
