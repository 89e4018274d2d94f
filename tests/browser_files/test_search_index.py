"""What the search of a page knows."""

from pilotzones.browser.search_index import DOCUMENT, ZONE, search_index
from pilotzones.text import fold


def rows_of(atlas):
    names = ("kind", "id", "zh", "en", "within_zh", "within_en", "batch", "revoked", "keys")
    return [dict(zip(names, row, strict=True)) for row in search_index(atlas)]


def test_every_zone_place_and_document_is_found_once(atlas):
    rows = rows_of(atlas)
    ids = [(row["kind"] in {ZONE, DOCUMENT}, row["id"]) for row in rows]
    assert len(ids) == len(set(ids))
    zones = {row["id"] for row in rows if row["kind"] == ZONE}
    assert zones == set(atlas.register.zones.index)
    documents = [row["id"] for row in rows if row["kind"] == DOCUMENT]
    assert documents == [stop.on.isoformat() for stop in atlas.stops]
    codes = {key for row in rows if row["kind"] == ZONE for key in row["keys"] if key.isdigit()}
    places = {row["id"] for row in rows if row["kind"] not in {ZONE, DOCUMENT}}
    assert places | codes == set(atlas.places.rows)
    assert not places & codes


def test_names_are_found_as_the_reader_writes_them(atlas):
    by_id = {row["id"]: row for row in rows_of(atlas)}
    assert {"佛山市", "佛山", "foshan", "440600"} <= set(by_id["foshan"]["keys"])
    assert {"长治市", "長治市", "changzhi"} <= set(by_id["140400"]["keys"])
    assert {"襄樊市", "xiangfan"} <= set(by_id["xiangyang"]["keys"])
    assert {"batch4", "第四批", fold("国函〔2019〕137号")} <= set(by_id["2019-12-24"]["keys"])
    assert by_id["yiwu"]["within_zh"] == "浙江省 金华市"
    assert by_id["yiwu"]["within_en"] == "Jinhua, Zhejiang"


def test_a_revoked_zone_stands_beside_its_place(atlas):
    rows = [row for row in rows_of(atlas) if "海口市" in row["keys"]]
    assert [(row["kind"], row["revoked"]) for row in rows] == [(ZONE, 1), ("prefecture", 0)]
    active = atlas.register.zones.index[atlas.register.histories["revoked_on"].isna().to_numpy()]
    assert {row["id"] for row in rows_of(atlas) if row["kind"] == ZONE and not row["revoked"]} == {
        *active
    }
