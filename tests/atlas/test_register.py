"""The register: what it holds, and that every broken rule stops it with a message to act on."""

import csv
import json
import re
from dataclasses import replace
from datetime import date

import frictionless
import pytest
from copies import GEODATA, edit_rows
from known import (
    DOCUMENTS,
    LAST,
    LATEST,
    PROVINCES,
    REGIONS,
    SUCCESSORS,
    UNSIGNED,
    ZONES,
    counts_on,
)

from pilotzones.atlas import load_atlas
from pilotzones.atlas.boundaries import load_boundaries
from pilotzones.atlas.register import document_address, official_name
from pilotzones.atlas.soundness import check_soundness
from pilotzones.atlas.sources import is_official
from pilotzones.errors import BoundaryError, TableError, UnknownZoneError
from pilotzones.tables.archive import FOLDERS

TABLES = {
    "documents": len(DOCUMENTS),
    "zones": ZONES,
    "events": ZONES + LATEST.revoked,
    "provinces": PROVINCES,
}


def set_cell(geodata, table, match, column, value, folder="register"):
    def change(rows):
        row = next(row for row in rows if all(row[k] == v for k, v in match.items()))
        row[column] = value

    edit_rows(geodata / folder / f"{table}.csv", change)


@pytest.mark.parametrize(("table", "rows"), TABLES.items())
def test_rows(atlas, table, rows):
    assert len(getattr(atlas.register, table)) == rows


def test_the_last_change_is_that_of_the_version(atlas):
    assert atlas.register.changelog["version"].iloc[-1] == atlas.register.version


def test_all_zones_of_the_year_were_evaluated(atlas):
    for evaluation in atlas.register.evaluations.itertuples():
        # those approved by the end of the year before
        on = date(int(evaluation.year_evaluated) - 1, 12, 31)
        assert evaluation.zones_evaluated == counts_on(on).active


def test_no_place_ever_left_a_zone(atlas):
    revoked = atlas.register.histories["revoked_on"].dropna()
    for zone_id, day in revoked.items():
        for adcode in atlas.register.zones.loc[zone_id, "adcodes"].split():
            assert atlas.places.zones_on(adcode, day.date()), zone_id


def test_official_sources_come_first(atlas):
    for table in (atlas.register.documents, atlas.register.zones):
        for listed in table["sources"].str.split():
            kinds = [is_official(address) for address in listed]
            assert kinds == sorted(kinds, reverse=True)
    first = [document_address(document) for _, document in atlas.register.documents.iterrows()]
    assert all(map(is_official, first))
    assert all(is_official(listed.split()[0]) for listed in atlas.register.zones["sources"])
    assert "www.sm.gov.cn" in document_address(atlas.register.documents.loc[LAST.number])


@pytest.mark.parametrize(
    ("address", "official"),
    [
        ("https://gov.cn/a", True),
        ("http://english.mofcom.gov.cn/a", True),
        ("https://GOV.CN", True),
        ("https://notgov.cn/a", False),
        ("https://gov.cn.example.org/a", False),
        ("https://example.org/gov.cn", False),
    ],
)
def test_a_host_says_whether_a_source_is_official(address, official):
    assert is_official(address) is official


def test_the_register_is_checked_since_the_earliest_day_of_a_row(geodata):
    set_cell(geodata, "zones", {"zone_id": "yiwu"}, "checked_on", "2024-02-01")
    assert load_atlas(geodata).register.checked_on == date(2024, 2, 1)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_data_packages_are_valid_by_their_own_standard(folder):
    report = frictionless.validate(GEODATA / folder / "datapackage.json")
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_table_and_column_is_described(folder):
    package = json.loads((GEODATA / folder / "datapackage.json").read_text("utf-8"))
    tables = {path.name for path in (GEODATA / folder).glob("*.csv")}
    assert {resource["path"] for resource in package["resources"]} == tables
    for resource in package["resources"]:
        with (GEODATA / folder / resource["path"]).open(encoding="utf-8") as file:
            header = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_approvals_and_revocations(atlas):
    counts = atlas.register.events["action"].value_counts()
    assert counts.to_dict() == {"approve": ZONES, "revoke": LATEST.revoked}
    merged = atlas.register.histories["successor_zone_id"].dropna().to_dict()
    assert merged == SUCCESSORS
    assert atlas.register.predecessors == {"bortala": ["alashankou"], "hainan": ["haikou", "sanya"]}


def test_signing_dates_are_known_or_empty_never_guessed(atlas):
    signed = atlas.register.documents["signed_on"]
    assert set(signed.index[signed.isna()]) == set(UNSIGNED)
    assert atlas.register.documents["confidence"].iloc[-1] == "medium"


def test_regions_of_the_statistics_bureau(atlas):
    regions = atlas.register.provinces["region"].value_counts().to_dict()
    assert regions == REGIONS


# initials, not shouting: the tax, the corps of Xinjiang, a kind of trade
INITIALS = {"VAT", "XPCC", "B2B"}


def test_texts_are_written_plainly(atlas):
    register = atlas.register
    for table in (register.documents, register.zones, register.measures, register.policies):
        english = " ".join(table.filter(regex="^(notes|summary|conditions)_en$").stack())
        assert {*re.findall(r"\b[A-Z][A-Z\d]{2,}\b", english)} <= INITIALS
        chinese = "".join(table.filter(regex="^(notes|summary|conditions)_zh$").stack())
        # a day of signature and one of publication have these names in documents
        assert not re.findall(r"签发日期|公布日期|\d [\u4e00-\u9fff]|[\u4e00-\u9fff] \d", chinese)


def test_notes_are_in_both_languages(atlas):
    for table in (atlas.register.zones, atlas.register.documents):
        assert ((table["notes_zh"] == "") == (table["notes_en"] == "")).all()


@pytest.mark.parametrize(
    ("zone_id", "zh", "en"),
    [
        (
            "hangzhou",
            "中国（杭州）跨境电子商务综合试验区",
            "China (Hangzhou) Cross-Border E-Commerce Comprehensive Pilot Zone",
        ),
        (
            "suzhou-jiangsu",
            "中国（苏州）跨境电子商务综合试验区",
            "China (Suzhou) Cross-Border E-Commerce Comprehensive Pilot Zone",
        ),
    ],
)
def test_official_names_derive_from_the_place(atlas, zone_id, zh, en):
    zone = atlas.register.zone(zone_id)
    assert official_name(zone["place_zh"], "zh") == zh
    assert official_name(zone["place_en"], "en") == en


def test_places_of_the_same_name_are_told_apart(atlas):
    assert atlas.register.zones["name_en"].is_unique
    assert atlas.register.zones["name_zh"].is_unique
    assert atlas.register.zone("taizhou-jiangsu")["name_zh"] == "泰州市"
    assert atlas.register.zone("taizhou-zhejiang")["name_zh"] == "台州市"


def test_an_unknown_zone_names_the_closest(atlas):
    with pytest.raises(UnknownZoneError, match="hangzou.*did you mean hangzhou") as caught:
        atlas.register.zone("hangzou")
    assert caught.value.closest[0] == "hangzhou"


@pytest.mark.parametrize(
    "name",
    [
        "foshan",
        "FOSHAN",
        "Foshan City",
        "佛山",
        "佛山市",
        "广东省佛山市",
        "广东佛山",
        "Foshan, Guangdong",
    ],
)
def test_a_zone_by_any_of_its_names(atlas, name):
    assert atlas.register.zone_named(name) == "foshan"


@pytest.mark.parametrize(
    ("name", "zone_id"),
    [
        # 宿州, 伊春, 抚州 and 凭祥 are no zones but have the names too; Jilin is a province as well
        ("Suzhou", None),
        ("Yichun", None),
        ("Fuzhou", None),
        ("Pingxiang", None),
        ("Jilin", None),
        ("吉林", None),
        # two zones
        ("Taizhou", None),
        ("Taizhou City", None),
        ("nowhere", None),
        ("", None),
        ("苏州", "suzhou-jiangsu"),
        ("Suzhou, Jiangsu", "suzhou-jiangsu"),
        ("suzhou-jiangsu", "suzhou-jiangsu"),
        ("Jilin City", "jilin-city"),
        ("吉林市", "jilin-city"),
        ("台州", "taizhou-zhejiang"),
        ("海南", "hainan"),
        ("Hainan", "hainan"),
        ("Xi'an", "xian"),
    ],
)
def test_a_name_that_another_place_has_names_no_zone(atlas, name, zone_id):
    assert atlas.register.zone_named(name) == zone_id


BROKEN = [
    # table, the row, column, value, and what the message says
    ("documents", {"batch": "3"}, "published_on", "2018-13-07", r"documents.csv, line 4.*2018-13-07.*YYYY-MM-DD"),
    ("documents", {"batch": "3"}, "published_on", "", r"published_on: '': must not be empty"),
    ("documents", {"batch": "3"}, "published_on", "2016-01-15", r"published_on.*must not occur twice"),
    ("documents", {"batch": "3"}, "batch", "three", r"batch: 'three': must be a whole number"),
    ("documents", {"batch": "3"}, "signed_on", "2018-08-08", r"signed_on: '2018-08-08'.*after published_on"),
    ("documents", {"batch": "8"}, "batch", "0", r"batch: '0': must be at least 1"),
    ("documents", {"batch": "3"}, "url", "javascript:alert(1)", r"url: 'javascript:alert\(1\)': must match"),
    ("documents", {"batch": "3"}, "url", "https://example.org/a", r"url: 'https://example.org/a': must lie on gov.cn"),
    ("documents", {"batch": "8"}, "sources", "https://example.org/a https://www.sm.gov.cn/b", r"documents.csv, line 9, column sources: 'https://example.org/a.*official, come first"),
    ("zones", {"zone_id": "yiwu"}, "sources", "https://example.org/a https://www.gov.cn/b", r"zones.csv, line 36, column sources.*official, come first"),
    ("zones", {"zone_id": "yiwu"}, "sources", "https://www.gov.cn/b https://m.0t69.cn/a", r"'https://m.0t69.cn/a': must not lie on a host that serves copies"),
    ("zones", {"zone_id": "yiwu"}, "checked_on", "", r"checked_on: '': must not be empty"),
    ("zones", {"zone_id": "yiwu"}, "zone_id", "hangzhou", r"zones.csv.*zone_id.*must"),
    ("zones", {"zone_id": "yiwu"}, "confidence", "certain", r"confidence: 'certain': must be one of"),
    ("zones", {"zone_id": "yiwu"}, "adcodes", "999999", r"zones.csv, line 36, column adcodes: '999999'.*exists"),
    ("zones", {"zone_id": "yiwu"}, "adcodes", "440100", r"adcodes: '440100': must lie in the province 330000"),
    ("zones", {"zone_id": "yiwu"}, "adcodes", "3307", r"adcodes: '3307': must match"),
    ("zones", {"zone_id": "yiwu"}, "province_adcode", "990000", r"'990000': must be a adcode of provinces.csv"),
    ("events", {"zone_id": "yiwu"}, "zone_id", "nowhere", r"events.csv.*'nowhere': must be a zone_id of zones"),
    ("events", {"zone_id": "yiwu"}, "document_no", "国函〔1999〕1号", r"must be a document_no of documents.csv"),
    ("events", {"zone_id": "yiwu"}, "action", "bless", r"action: 'bless': must be one of approve, revoke"),
    ("events", {"zone_id": "yiwu"}, "successor_zone_id", "jinhua", r"only a revocation names a successor"),
    ("events", {"zone_id": "haikou", "action": "revoke"}, "document_no", "国函〔2018〕93号", r"approved on an earlier day"),
    ("events", {"zone_id": "haikou", "action": "revoke"}, "successor_zone_id", "sanya", r"'sanya': must be active on 2025-04-25"),
    ("evaluations", {"round": "2"}, "tier_2", "51", r"evaluations.csv, line 3, column zones_evaluated: '105': must be the 106 zones"),
    ("evaluations", {"round": "2"}, "tier_2", "49", r"evaluations.csv, line 3, column zones_evaluated: '105': must be the 104 zones"),
    ("evaluations", {"round": "1"}, "tier_1", "106", r"evaluations.csv, line 2, column zones_evaluated.*or more where a tier is empty"),
    ("evaluations", {"round": "1"}, "sources", "https://a.pouringspot.com/x", r"must not lie on a host that serves copies"),
    ("provinces", {"adcode": "440000"}, "region", "south", r"region: 'south': must be one of"),
]  # fmt: skip


BROKEN_BOUNDARIES = [
    ("zone_geometry", {"zone_id": "yiwu"}, "area_km2", "large", r"zone_geometry.csv, line \d+, column area_km2: 'large': must be a number"),
    ("zone_geometry", {"zone_id": "yiwu"}, "area_km2", "nan", r"'nan': must be a number"),
    ("zone_geometry", {"zone_id": "yiwu"}, "area_km2", "-1", r"'-1': must be at least 0"),
    ("zone_geometry", {"zone_id": "yiwu"}, "lon", "", r"column lon: '': must not be empty"),
    ("zone_neighbours", {"zone_id": "yiwu"}, "touches", "no", r"column touches: 'no': must be true or false"),
    ("zone_neighbours", {"zone_id": "yiwu"}, "neighbour_iso3", "XXX", r"'XXX': must be a iso3 of neighbours.csv"),
    ("divisions", {"adcode": "110000"}, "level", "state", r"level: 'state': must be one of"),
]  # fmt: skip


CASES = [
    (folder, *case)
    for folder, cases in (("register", BROKEN), ("boundaries", BROKEN_BOUNDARIES))
    for case in cases
]


@pytest.mark.parametrize(("folder", "table", "match", "column", "value", "message"), CASES)
@pytest.mark.variants(12)
def test_a_broken_rule_names_file_line_column_value_and_rule(
    geodata, folder, table, match, column, value, message
):
    set_cell(geodata, table, match, column, value, folder)
    with pytest.raises(TableError, match=message):
        load_atlas(geodata)


def test_a_line_is_counted_as_an_editor_counts_it(geodata):
    set_cell(geodata, "zones", {"zone_id": "hangzhou"}, "notes_en", "first line\nsecond line")
    zones = (geodata / "register" / "zones.csv").read_text("utf-8").splitlines()
    (line,) = [n for n, text in enumerate(zones, 1) if text.startswith("yiwu,")]
    assert zones[1].startswith("hangzhou,")
    set_cell(geodata, "zones", {"zone_id": "yiwu"}, "confidence", "certain")
    with pytest.raises(TableError, match=rf"zones.csv, line {line}, column confidence"):
        load_atlas(geodata)


def test_a_table_that_a_spreadsheet_saved_is_read(geodata, atlas):
    path = geodata / "register" / "zones.csv"
    text = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_atlas(geodata).register.zones.equals(atlas.register.zones)


@pytest.mark.parametrize(
    ("folder", "change", "message"),
    [
        ("register", {"resources": []}, "does not describe changelog, documents"),
        ("register", {"resources": None}, "does not describe its tables"),
        ("register", {"version": None}, r"datapackage.json, column version: 'None'"),
        ("boundaries", {"resources": [{"name": "zones"}]}, "does not describe its tables"),
        ("boundaries", {"resources": []}, "does not describe border-overrides, divisions"),
    ],
)
def test_a_descriptor_that_describes_nothing_is_named(geodata, folder, change, message):
    path = geodata / folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(TableError, match=message):
        load_atlas(geodata)


def test_no_place_is_approved_twice(geodata):
    events = geodata / "register" / "events.csv"
    edit_rows(events, lambda rows: rows.append({**rows[0], "document_no": "国函〔2016〕17号"}))
    with pytest.raises(TableError, match=r"events.csv.*zone_id.*must be unique"):
        load_atlas(geodata)


def test_a_zone_without_approval_is_told(geodata):
    events = geodata / "register" / "events.csv"
    edit_rows(events, lambda rows: [row for row in rows if row["zone_id"] != "lhasa"])
    with pytest.raises(TableError, match=r"zones.csv, line \d+.*'lhasa': must be approved"):
        load_atlas(geodata)


def test_all_violations_are_told_at_once(geodata):
    set_cell(geodata, "zones", {"zone_id": "yiwu"}, "confidence", "certain")
    set_cell(geodata, "zones", {"zone_id": "lhasa"}, "confidence", "sure")
    with pytest.raises(TableError, match=r"break 2 rule(.|\n)*certain(.|\n)*sure"):
        load_atlas(geodata)


@pytest.mark.parametrize("name", ["zones.csv", "datapackage.json", "events.csv"])
def test_a_missing_file_is_named(geodata, name):
    (geodata / "register" / name).unlink()
    with pytest.raises(TableError, match=rf"{name} cannot be read.*restore it"):
        load_atlas(geodata)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("zones.csv", b"", "the header must be"),
        ("zones.csv", b"a,b\n1,2\n", "the header must be zone_id"),
        ("zones.csv", "zone_id\n义乌".encode("gb18030"), "is not UTF-8"),
        ("datapackage.json", b"{", "is not valid JSON"),
    ],
)
def test_a_damaged_file_is_named(geodata, name, content, message):
    (geodata / "register" / name).write_bytes(content)
    with pytest.raises(TableError, match=rf"{name}(.|\n)*{message}"):
        load_atlas(geodata)


def test_a_row_with_a_cell_too_many_is_told_not_shifted(geodata):
    path = geodata / "register" / "events.csv"
    path.write_text(path.read_text("utf-8").replace(",approve,", ",approve,,", 1), "utf-8")
    with pytest.raises(TableError, match=r"events.csv, line 2.*a row has 4 cells"):
        load_atlas(geodata)


def test_an_empty_table_is_told(geodata):
    path = geodata / "register" / "policies.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(TableError, match=r"policies.csv.*at least one row"):
        load_atlas(geodata)


def test_no_zone_need_overlap_and_nothing_need_be_decided_by_hand(geodata, atlas):
    for name in ("zone_overlaps", "border_overrides"):
        path = geodata / "boundaries" / f"{name}.csv"
        path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    boundaries = load_boundaries(geodata / "boundaries")
    assert boundaries.overlaps.empty
    assert list(boundaries.overrides) == list(atlas.boundaries.overrides)
    check_soundness(boundaries, {"yiwu": "330782", "foshan": "440600"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda pairs: pairs[:-1], "lacks yiwu and jinhua, which share ground"),
        (lambda pairs: pairs.replace("within", "contains"), "contains bortala, by.* within"),
        (lambda pairs: pairs.replace(1102.2, 1122.2), r"share 1122.2 km², by.* 1102.2;"),
        (lambda pairs: pairs.replace("alashankou", "foshan"), "lacks alashankou and bortala"),
        (
            lambda pairs: pairs.loc[[0, *pairs.index]].assign(
                zone_id=["foshan", *pairs["zone_id"]]
            ),
            "foshan and bortala share no ground",
        ),
    ],
)
def test_overlaps_are_those_of_the_divisions(atlas, change, told):
    boundaries = replace(atlas.boundaries, overlaps=change(atlas.boundaries.overlaps))
    with pytest.raises(BoundaryError, match=rf"zone_overlaps.csv.*{told}.*build-boundaries"):
        check_soundness(boundaries, atlas.register.zones["adcodes"])


@pytest.mark.parametrize(
    ("layer", "key", "name", "times", "told"),
    [
        ("lines", "kind", "dash", 0, "has 9 of dash, not 10"),
        ("lines", "kind", "maritime", 2, "has 114 of maritime, not 113"),
        ("zones_detail", "zone_id", "hainan", 2, "has hainan twice"),
        ("nation_overview", "adcode", "100000", 2, "has 100000 twice"),
        # a country that is no land neighbour stands in no table
        ("neighbours_detail", "iso3", "UZB", 0, "lacks UZB, which another level has"),
    ],
)
def test_every_line_and_zone_is_drawn_once(atlas, tmp_path, layer, key, name, times, told):
    features = repeat(atlas.boundaries.features(layer), key, name, times)
    path = tmp_path / f"{layer}.geojson"
    path.write_text(json.dumps({"features": features}), "utf-8")
    boundaries = replace(atlas.boundaries, elsewhere={path.name: path})
    with pytest.raises(BoundaryError, match=rf"{path.name} {told}; restore it"):
        check_soundness(boundaries, atlas.register.zones["adcodes"])


def test_divisions_are_those_that_are_drawn(geodata):
    edit_rows(
        geodata / "boundaries" / "divisions.csv",
        lambda rows: [row for row in rows if row["adcode"] != "511024"],
    )
    told = r"divisions.csv and counties.fgb differ in 511000, 511024; restore"
    with pytest.raises(BoundaryError, match=told):
        load_atlas(geodata)


def repeat(features, key, name, times):
    place = next(i for i, one in enumerate(features) if one["properties"][key] == name)
    return [*features[:place], *[features[place]] * times, *features[place + 1 :]]


@pytest.mark.parametrize(
    ("layer", "key", "name"),
    [
        ("zones_detail", "zone_id", "hainan"),
        ("provinces_overview", "adcode", "440000"),
        ("prefectures_overview", "adcode", "440600"),
        ("neighbours_detail", "iso3", "VNM"),
    ],
)
def test_what_lacks_its_boundary_is_named(geodata, layer, key, name):
    path = geodata / "boundaries" / f"{layer}.geojson"
    content = json.loads(path.read_text("utf-8"))
    content["features"] = [f for f in content["features"] if f["properties"][key] != name]
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(BoundaryError, match=rf"{layer}.geojson lacks {name}.*build-boundaries"):
        load_atlas(geodata)


def test_a_zone_without_its_facts_is_named(geodata):
    path = geodata / "boundaries" / "zone_neighbours.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-14]), "utf-8")
    with pytest.raises(BoundaryError, match=r"zone_neighbours.csv lacks zunyi/AFG.* and 4 more"):
        load_atlas(geodata)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zones_overview.geojson", b""),
        ("zones_overview.geojson", b"{}"),
        ("zones_overview.geojson", b"[]"),
        ("zones_overview.geojson", b"not json"),
        ("nation_overview.geojson", b'{"type": "FeatureColl'),
        ("lines.geojson", b'{"features": [{"properties": {"kind": "x"}, "geometry": null}]}'),
        (
            "lines.geojson",
            b'{"features": [{"properties": {}, "geometry": {"coordinates": [NaN]}}]}',
        ),
        ("provenance.json", b"{"),
        ("provenance.json", b"{}"),
        ("provenance.json", b'{"sources": []}'),
        ("provenance.json", b'{"sources": [{"title": "x"}]}'),
        ("counties.fgb", b""),
        ("counties.fgb", b"fgb"),
    ],
)
@pytest.mark.variants(4)
def test_a_damaged_boundary_file_is_named(geodata, name, content):
    (geodata / "boundaries" / name).write_bytes(content)
    with pytest.raises(BoundaryError, match=rf"{name} is damaged.*restore it"):
        load_atlas(geodata)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("zone_overlaps.csv", "yiwu,nowhere,within,1\n"),
        ("border_overrides.csv", "nowhere,IND,exclude,x,x\n"),
    ],
)
def test_a_zone_that_there_is_not_is_named(geodata, name, row):
    with (geodata / "boundaries" / name).open("a", encoding="utf-8") as file:
        file.write(row)
    with pytest.raises(BoundaryError, match=rf"{name} names what is no zone: nowhere;"):
        load_atlas(geodata)


@pytest.mark.parametrize(
    "name", ["neighbours_detail.geojson", "nation_overview.geojson", "counties.fgb"]
)
def test_a_missing_layer_is_named(geodata, name):
    (geodata / "boundaries" / name).unlink()
    with pytest.raises(BoundaryError, match=rf"{name} is missing; restore it"):
        load_atlas(geodata)
