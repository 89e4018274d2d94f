"""Measures, facts, citations and feeds over HTTP."""

import csv
import io
import json
from datetime import date

import feedparser
import pytest
from asking import Client, ask
from jsonschema import Draft202012Validator

from pilotzones import cite
from pilotzones.query.reader import china_today
from pilotzones.tables.citation_files import CITATION_FILES
from pilotzones.tables.dataset import DATASET_FORMATS
from pilotzones.tables.variables import MEASURES

PATH = "/api/v1/measures"


def measures(client, query):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 200, answer.text
    return {row["measure_id"]: row for row in answer.json()["measures"]}


def test_a_zone_on_two_days_for_an_exporter(client):
    query = "zone=xiamen&role=exporter&on="
    assert "retail-export-tax" not in measures(client, f"{query}2018-09-30")
    row = measures(client, f"{query}2018-10-01")["retail-export-tax"]
    assert (row["standing"], row["doubts_en"]) == ("in force", None)
    doubtful = measures(client, f"{query}2026-01-01")["retail-export-tax"]
    assert doubtful["standing"] == "not verified"
    assert not any(
        row["role"] == "importer" for row in measures(client, f"{query}2026-01-01").values()
    )


def test_a_place_by_its_name_is_that_place(client):
    query = "on=2019-01-01&adcode="
    assert measures(client, f"{query}义乌市") == measures(client, f"{query}330782")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_no_tax_advice(client, lang):
    for path in (f"{PATH}?", "/api/v1/zones/xiamen?", "/api/v1/places/350200?"):
        (warning,) = client.get(f"{path}lang={lang}").json()["warnings"]
        assert (
            warning
            == {
                "en": "Information, not tax advice.",
                "zh": "仅供参考，不构成税务建议。",
            }[lang]
        )


def test_records_have_the_measures_of_their_day(client):
    for path, query in (("zones/xiamen", "zone=xiamen"), ("places/350200", "adcode=350200")):
        record = client.get(f"/api/v1/{path}?on=2018-10-01").json()[path.split("s/")[0]]
        assert record["measures"] == [*measures(client, f"{query}&on=2018-10-01").values()]


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("zone=xiamn", ("zone", "unknown zone", "xiamen, xian")),
        ("adcode=999999", ("adcode", "unknown place", "")),
        ("adcode=吉林", ("adcode", "name of several places", "220000, 220200")),
        ("zone=xiamen&adcode=350200", ("adcode", "not both", "zone or adcode")),
        ("role=trader", ("role", "unknown choice", "exporter, importer")),
        ("province=350000", ("province", "unknown parameter", "")),
    ],
)
def test_what_is_not_understood_is_refused(client, query, detail):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400
    (told,) = answer.json()["error"]["details"]
    assert (told["parameter"], told["reason"], told["used"]) == detail


def test_every_format_has_every_column(client):
    text = client.get(f"{PATH}.csv?zone=xiamen").content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == [column.name for column in MEASURES]
    for name in DATASET_FORMATS:
        answer = client.get(f"{PATH}?zone=xiamen&on=2018-10-01&format={name}")
        assert answer.status_code == 200
        ending = f"pilot-zone-measures-xiamen-2018-10-01.{name}"
        assert ending in answer.headers["content-disposition"]


def test_the_description_fits_the_answer(client):
    described = client.get("/api/v1/openapi.json").json()["paths"]["/measures"]["get"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    answer = json.loads(client.get(f"{PATH}?zone=xiamen").content)
    Draft202012Validator(schema).validate(answer)


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl"])
def test_records_and_documents_are_cited(client, atlas, name):
    today = china_today()
    for path, subject in (("zones/haikou", "haikou"), ("places/330700", "330700")):
        answer = client.get(f"/api/v1/{path}?on=2024-01-01&format={name}")
        expected = cite(
            atlas, subject, style=name, on=date(2024, 1, 1), site="http://atlas/", accessed=today
        )
        assert answer.text == expected
        assert answer.text == client.get(f"/api/v1/{path}.{name}?on=2024-01-01").text
        assert answer.headers["content-type"] == CITATION_FILES[name].media_type
    answer = client.get(f"/api/v1/documents.{name}?on=2015-12-31&lang=zh")
    assert answer.text.rstrip("]\n").count("国函") == 1
    assert answer.headers["content-disposition"].endswith(f'.{CITATION_FILES[name].name}"')


def test_the_address_of_a_record_is_the_one_the_reader_used():
    below = Client("atlas").get("/atlas/api/v1/zones/haikou.csl").json()[-1]
    assert below["URL"].startswith("http://atlas/atlas/zone?on=")
    elsewhere = Client().get("/api/v1/zones/haikou.csl", host="other.example")
    assert elsewhere.json()[-1]["URL"].startswith("http://other.example/zone?")
    here = Client().get("/api/v1/zones/haikou.csl")
    assert here.headers["etag"] != elsewhere.headers["etag"]


def test_facts_and_the_way_back(client):
    facts = {row["fact"]: row for row in client.get("/api/v1/facts?on=2023-01-01").json()["facts"]}
    active = facts["active"]["value"]
    (span,) = client.get(f"/api/v1/facts?active={active}").json()["facts"]
    for name in ("true_from", "true_until", "document_no", "url"):
        assert span[name] == facts["active"][name]
    assert client.get("/api/v1/facts?active=9998").json()["count"] == 0
    name = client.get("/api/v1/facts.csv?active=165").headers["content-disposition"]
    assert "pilot-zone-facts-active-165.csv" in name


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("active=-1", "out of range"),
        ("active=many", "out of range"),
        ("active=1&on=2023-01-01", "not both"),
    ],
)
def test_facts_that_cannot_be_asked_are_refused(client, query, reason):
    answer = client.get(f"/api/v1/facts?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["reason"] == reason


@pytest.mark.parametrize(
    ("name", "kind"), [("atom", "application/atom+xml"), ("ics", "text/calendar")]
)
def test_documents_are_followed(client, name, kind):
    answer = client.get(f"/api/v1/documents.{name}?lang=zh")
    assert answer.headers["content-type"].startswith(kind)
    assert "国务院关于同意" in answer.text


@pytest.mark.parametrize(
    "asked",
    ["documents.atom", "documents.atom?lang=zh&data=1.0.0", "documents?on=2020-01-01&format=atom"],
)
def test_a_feed_names_its_own_address(asked):
    path = f"/below/api/v1/{asked}"
    answer = ask(path, base="below", headers={"Host": "zones.example"})
    (own,) = [one for one in feedparser.parse(answer.content).feed.links if one.rel == "self"]
    assert (own.href, own.type) == (f"http://zones.example{path}", "application/atom+xml")
