"""Places over HTTP: one place, lists, a reader's table, panels."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

import openpyxl
import pandas as pd
import pytest
from asking import ask, error_of, send
from hypothesis import given
from hypothesis import strategies as st
from known import LAST, PROVINCES

from pilotzones.query.lookup import LOOKUP_COLUMNS, lookup, place_on
from pilotzones.query.panel import PanelOptions, treatment_panel
from pilotzones.query.place_questions import MAX_PLACES, parse_panel
from pilotzones.server.operations import PREFIX
from pilotzones.tables.dataset import DATASET_FORMATS
from pilotzones.tables.upload import MAX_BYTES

CITIES = "城市,出口\n深圳市,3.1\n长治市,0.2\n朝阳,4\n"


def rows_of(response):
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def reasons(response):
    return {(one["parameter"], one["reason"]) for one in error_of(response)["details"]}


def test_the_record_of_a_place_says_what_the_core_says(atlas):
    answer = ask(f"{PREFIX}/places/460100?on=2024-01-01").json()
    assert answer["as_of"] == "2024-01-01"
    place, known = answer["place"], place_on(atlas, "460100", date(2024, 1, 1))
    assert (place["status"], place["zone_ids"]) == (known.status, [*known.zone_ids])
    assert (place["name_zh"], place["province"]["name_en"]) == ("海口市", "Hainan")
    assert place["next_change"] == str(LAST.published_on)
    assert [span["from"] for span in place["history"]] == [
        *(None, place["previous_change"], place["next_change"])
    ]


def test_a_record_says_why_a_status_is_unknown():
    place = ask(f"{PREFIX}/places/654200?on=2024-01-01").json()["place"]
    assert place["status"] == "unknown"
    assert place["share_area"] is None
    assert "Tacheng" in place["reason_en"]
    assert ask(f"{PREFIX}/places/440300").json()["place"]["reason_en"] is None


def test_an_unknown_code_is_refused_with_what_a_name_may_mean():
    response = ask(f"{PREFIX}/places/吉林")
    assert response.status_code == 404
    (detail,) = error_of(response)["details"]
    assert (detail["reason"], detail["used"]) == ("unknown place", "220000, 220200")


def test_a_lookup_answers_each_place_in_its_order(atlas):
    answer = ask(f"{PREFIX}/lookup?place=义乌市&place=吉林&place=Foshan&on=2019-06-01").json()
    assert answer["count"] == len(answer["lookup"]) == 3
    assert [row["status"] for row in answer["lookup"]] == ["whole", None, "none"]
    assert answer["lookup"][1]["candidates"] == ["220000", "220200"]
    assert set(answer["lookup"][0]) == set(LOOKUP_COLUMNS)
    known = lookup(atlas, ["义乌市"], date(2019, 6, 1)).iloc[0]
    assert answer["lookup"][0]["since"] == known["since"].date().isoformat()


def test_a_day_before_the_first_document_is_an_answer():
    (row,) = ask(f"{PREFIX}/lookup?place=330100&on=1999-12-31").json()["lookup"]
    assert (row["status"], row["zone_ids"], row["share_area"]) == ("none", [], 0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {("place", "missing")}),
        ("place=佛山&on=2099-01-01", {("on", "in the future")}),
        ("place=佛山&on=20190601", {("on", "not a date")}),
        ("point=39.9", {("point", "not a point")}),
        ("point=200,10", {("point", "not a point")}),
        ("place=佛山&division_level=town", {("division_level", "unknown level")}),
        ("place=佛山&province=440000", {("province", "unknown parameter")}),
        (f"place={'x' * 101}", {("place", "too long")}),
        ("place=x&" * MAX_PLACES + "place=y&" * 6, {("place", "too many values")}),
        ("place=佛山&format=pdf", {("format", "unknown format")}),
    ],
)
def test_what_a_lookup_does_not_understand_is_named(query, expected):
    assert reasons(ask(f"{PREFIX}/lookup?{query}")) == expected


@pytest.mark.parametrize("name", DATASET_FORMATS)
def test_every_format_at_an_address_of_its_own(name):
    answer = ask(f"{PREFIX}/lookup.{name}?place=佛山&on=2019-06-01")
    same = ask(f"{PREFIX}/lookup?place=佛山&on=2019-06-01&format={name}")
    assert answer.content == same.content
    assert answer.headers["content-type"] == DATASET_FORMATS[name].media_type
    assert f'pilot-zone-lookup-2019-06-01.{name}"' in answer.headers["content-disposition"]
    tag = {"If-None-Match": answer.headers["etag"]}
    again = ask(f"{PREFIX}/lookup.{name}?place=佛山&on=2019-06-01", headers=tag)
    assert again.status_code == 304
    assert reasons(ask(f"{PREFIX}/lookup.csv?place=佛山&format=csv")) == {
        ("format", "unknown parameter")
    }


def test_a_table_keeps_its_rows_and_columns_in_any_encoding():
    answers = [
        send(f"{PREFIX}/match?place=城市&on=2022-12-31&format=csv", CITIES.encode(encoding))
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    ]
    assert len({answer.content for answer in answers}) == 1
    rows = rows_of(answers[0])
    assert [row["城市"] for row in rows] == ["深圳市", "长治市", "朝阳"]
    assert [row["出口"] for row in rows] == ["3.1", "0.2", "4"]
    assert [row["status"] for row in rows] == ["whole", "none", ""]
    assert "211300" in rows[2]["candidates"].split()
    assert "etag" not in answers[0].headers
    assert answers[0].headers["cache-control"] == "no-store"


def test_a_workbook_is_taken_and_given_back():
    book = openpyxl.Workbook()
    for row in (["城市", "日期"], ["佛山市", date(2019, 6, 1)], ["佛山市", date(2020, 6, 1)]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    answer = send(f"{PREFIX}/match?place=城市&on_column=日期&format=xlsx", file.getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("status")] for row in rows] == ["none", "whole"]


def test_days_that_mean_two_days_or_lie_in_the_future_are_none():
    table = "city,day\n佛山市,2020/6/1\n佛山市,03/04/2020\n佛山市,2020\n佛山市,2999-01-01\n"
    rows = rows_of(send(f"{PREFIX}/match?place=city&on_column=day&format=csv", table.encode()))
    # a year is its last day, as on the page
    assert [row["status"] for row in rows] == ["whole", "", "whole", ""]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {("place", "missing")}),
        ("place=city", {("place", "no such column")}),
        ("place=城市&on=2020-01-01&on_column=出口", {("on", "not both")}),
        ("lon=出口", {("place", "missing"), ("lat", "missing")}),
        ("place=城市&on=2099-01-01", {("on", "in the future")}),
    ],
)
def test_what_a_match_does_not_understand_is_named(query, expected):
    assert reasons(send(f"{PREFIX}/match?{query}", CITIES.encode())) == expected


def test_of_two_columns_of_one_name_none_is_chosen_in_silence():
    table = "city,city,n,n\n佛山,长治,1,2\n".encode()
    for path in ("match?place=city", "panel?place=city", "match?place=n"):
        assert reasons(send(f"{PREFIX}/{path}", table)) == {("place", "given twice")}
    # the second has a name of its own
    (row,) = rows_of(send(f"{PREFIX}/match?place=city_2&format=csv", table))
    assert row["adcode"] == "140400"


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "empty"),
        (b"<html><table></table></html>", 400, "web page"),
        (b"a,b\n1,2,3\n", 400, "row 2"),
        (b"x" * (MAX_BYTES + 1), 413, "5 MB"),
        (b"place\n" + b"x\n" * 50_001, 413, "50,000 rows"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(content, status, words):
    response = send(f"{PREFIX}/match?place=place", content)
    assert response.status_code == status
    assert words in error_of(response)["message"]


def test_a_table_in_a_form_is_refused_with_the_way_to_send_it():
    # as curl -F does
    form = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\nplace\n\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    response = send(f"{PREFIX}/match?place=place", form, headers=kind)
    assert response.status_code == 400
    assert "--data-binary" in error_of(response)["message"]


def test_a_table_is_sent_and_all_else_is_read():
    for path, method in (("match", "GET"), ("lookup", "POST"), ("zones", "POST")):
        response = ask(f"{PREFIX}/{path}", method=method)
        assert response.status_code == 405
        error_of(response)
    preflight = ask(f"{PREFIX}/match", method="OPTIONS")
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_panel_is_that_of_the_core(atlas):
    query = "unit=city&freq=half&from=2018&to=2020&clock=signed&rule=mid&partial=any"
    rows = rows_of(ask(f"{PREFIX}/panel.csv?{query}"))
    options = PanelOptions(
        2018, 2020, unit="city", freq="half", clock="signed", rule="mid", partial="any"
    )
    table = treatment_panel(atlas, options).table
    assert [row["adcode"] for row in rows] == table["adcode"].tolist()
    assert [row["dd"] for row in rows] == ["" if pd.isna(v) else str(v) for v in table["dd"]]


def test_a_panel_for_stata_reads_back():
    content = ask(f"{PREFIX}/panel.dta?place=Foshan&from=2018&to=2020").content
    table = pd.read_stata(io.BytesIO(content), convert_categoricals=False)
    assert table["time"].tolist() == [2018, 2019, 2020]
    assert table["name_zh"].unique().tolist() == ["佛山市"]


def test_a_panel_of_own_units_takes_none_that_is_not_one_place():
    path = f"{PREFIX}/panel?place=城市&format=csv&from=2020&to=2021"
    assert reasons(send(path, CITIES.encode())) == {("place", "name of several places")}
    rows = rows_of(send(path, CITIES.replace("朝阳", "朝阳市").encode()))
    assert len(rows) == 3 * 2
    one_by_one = ask(f"{PREFIX}/panel.csv?place=440300&place=140400&place=211300&from=2020&to=2021")
    assert rows == rows_of(one_by_one)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("unit=town&freq=week", {("unit", "unknown choice"), ("freq", "unknown choice")}),
        ("from=1918", {("from", "not a year of a panel")}),
        ("to=2999", {("to", "not a year of a panel")}),
        ("from=2999", {("from", "not a year of a panel")}),
        ("from=2020&to=2019", {("from", "after the other year")}),
        ("place=Nowhere", {("place", "unknown place")}),
        ("place=吉林", {("place", "name of several places")}),
        ("unit=county&freq=month&format=xlsx", {("freq", "out of range")}),
    ],
)
def test_what_a_panel_does_not_understand_is_named(query, expected):
    assert reasons(ask(f"{PREFIX}/panel?{query}")) == expected


def test_a_year_out_of_range_does_not_take_the_place_of_another(atlas):
    question, problems = parse_panel([("from", "2999")], atlas)
    assert question.options == PanelOptions()
    assert [problem.reason for problem in problems] == ["not a year of a panel"]


@given(
    path=st.sampled_from(["lookup", "panel", "places/440600", "places/x"]),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(
                ["place", "point", "on", "from", "to", "unit", "rule", "lang", "format", "x"]
            ),
            st.one_of(
                st.text(max_size=20),
                st.sampled_from(["440600", "2019", "2019-06-01", "city", "113.1,23", "csv", "zh"]),
            ),
        ),
        max_size=4,
    ),
)
def test_no_question_about_places_breaks_the_api(path, pairs):
    # a panel of all counties takes long and is asked for above
    if path == "panel":
        pairs = [*pairs, ("place", "440600")]
    query = urlencode(pairs)
    response = ask(f"{PREFIX}/{path}?{query}")
    assert response.status_code in (200, 400, 404)
    if response.status_code >= 400:
        error_of(response)


@given(content=st.binary(max_size=200))
def test_no_table_breaks_the_api(content):
    response = send(f"{PREFIX}/match?place=a", content)
    assert response.status_code in (200, 400)
    if response.status_code >= 400:
        error_of(response)


def test_points_place_the_rows_of_a_table_and_a_reason_is_one_value():
    table = b"x,y\n113.12,23.02\n23.02,113.12\n"
    rows = send(f"{PREFIX}/match?lon=x&lat=y&on=2020-06-01", table).json()["match"]
    assert [row["status"] for row in rows] == ["whole", None]
    assert rows[1]["candidates"] == ["longitude-and-latitude-are-swapped"]


def test_weights_of_own_units_are_those_of_a_panel_of_them():
    table = "city,year\n佛山,1\n佛山,2\n广州,1\n广州,2\n深圳,1\n深圳,2\n"
    made = send(f"{PREFIX}/weights?place=city&kind=knn&k=1&format=csv", table.encode())
    assert 'filename="pilot-zone-weights-own-knn.csv"' in made.headers["content-disposition"]
    query = "kind=knn&k=1&place=佛山&place=广州&place=深圳"
    assert rows_of(made) == rows_of(ask(f"{PREFIX}/weights.csv?{query}"))
    assert reasons(send(f"{PREFIX}/weights?kind=knn", table.encode())) == {("place", "missing")}
    shared = send(f"{PREFIX}/weights?place=a", "a\n吉林".encode())
    assert reasons(shared) == {("place", "name of several places")}


def test_weights_of_every_kind_of_file():
    gal = ask(f"{PREFIX}/weights.gal?unit=province").text.splitlines()
    rows = rows_of(ask(f"{PREFIX}/weights.csv?unit=province"))
    # a head, and two lines a unit
    assert len(gal) == 1 + 2 * PROVINCES
    assert sum(int(line.split()[1]) for line in gal[1::2]) == len(rows)
    nearest = ask(f"{PREFIX}/weights?kind=knn&k=1&place=440600&place=440100&format=gwt").text
    assert nearest.splitlines()[1:] == ["440100 440600 1", "440600 440100 1"]
    too_many = ask(f"{PREFIX}/weights.csv?unit=county&kind=inverse")
    assert reasons(too_many) == {("kind", "out of range")}
    # as in Python, no distance is no way to have no limit
    none = ask(f"{PREFIX}/weights?kind=inverse&cutoff_km=0")
    assert reasons(none) == {("cutoff_km", "not a distance")}
    assert reasons(ask(f"{PREFIX}/weights?kind=rook&k=0")) == {
        ("kind", "unknown choice"),
        ("k", "out of range"),
    }


def test_a_panel_with_weights_has_two_columns_more():
    query = "unit=province&from=2019&to=2020"
    (plain, *_), (more, *_) = (
        rows_of(ask(f"{PREFIX}/panel.csv?{query}&weights={kind}")) for kind in ("none", "queen")
    )
    assert set(more) - set(plain) == {"share_neighbours_treated", "km_to_nearest_zone"}


def test_no_column_of_an_answer_has_the_name_of_another():
    table = "city,status,status_atlas\n佛山,1,2\n".encode()
    (row,) = send(f"{PREFIX}/match?place=city&on=2020-01-01", table).json()["match"]
    assert [row[name] for name in ("status", "status_atlas", "status_atlas_atlas")] == [
        "1",
        "2",
        "whole",
    ]
