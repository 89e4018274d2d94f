"""What the search of a page knows: zones, places, documents, each under all of its names.

The browser searches by itself, so that a suggestion comes with the key that asks for it.
"""

from collections.abc import Iterator
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.naming import split_name
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.text import fold

ZONE, DOCUMENT = "zone", "document"

Row = list[Any]


def search_index(atlas: Atlas) -> list[Row]:
    """List what can be found: one row an entry.

    Kind (``zone``, ``document``, or the level of a place), identifier (of a document its day),
    name in Chinese and in English, what it lies in (in both; empty for provinces), batch (0 for
    places), whether a zone is revoked, and all names `fold` leaves of it, the usual ones first. A
    place that is a zone of the same name stands under the zone.
    """
    formers = _former_names(atlas)
    zones = list(_zones(atlas, formers))
    same = {code for code, _ in zones}
    places = [row for code, row in _places(atlas, formers) if code not in same]
    return [*(row for _, row in zones), *places, *_documents(atlas)]


def _zones(atlas: Atlas, formers: dict[str, list[str]]) -> Iterator[tuple[str, Row]]:
    """Yield each zone with the code of the place that it is, if it is one and active."""
    register, places = atlas.register, atlas.places.rows
    for zone_id, zone in register.zone_rows.items():
        province = register.province_rows[zone["province_adcode"]]
        revoked = bool(zone["revoked_on"] == zone["revoked_on"])
        code = "" if revoked or zone["adcodes"] not in places else zone["adcodes"]
        names = [zone[name] for name in ("name_zh", "place_zh", "place_en", "name_en")]
        names += [zone["name_pinyin"], *(_names(places[code]) if code else [])]
        row = [ZONE, zone_id, zone["name_zh"], zone["name_en"]]
        within = _within(atlas, code) if code else [province["name_zh"], province["name_en"]]
        keys = _keys([*names, *formers.get(code, []), code])
        yield code, [*row, *within, int(zone["batch"]), int(revoked), keys]


def _places(atlas: Atlas, formers: dict[str, list[str]]) -> Iterator[tuple[str, Row]]:
    for code, place in atlas.places.rows.items():
        row = [place["level"], code, place["name_zh"], place["name_en"]]
        keys = _keys([*_names(place), *formers.get(code, []), code])
        yield code, [*row, *_within(atlas, code), 0, 0, keys]


def _within(atlas: Atlas, code: str) -> list[str]:
    """Name what a place lies in: 浙江省 金华市, and "Jinhua, Zhejiang"."""
    places = atlas.places.rows
    larger = dict.fromkeys([places[code]["province_adcode"], places[code]["prefecture_adcode"]])
    around = [places[one] for one in larger if one and one != code]
    chinese = " ".join(one["name_zh"] for one in around)
    return [chinese, ", ".join(one["name_en"] for one in reversed(around))]


def _names(place: dict[str, Any]) -> list[str]:
    proper, *_ = split_name(place["name_zh"])
    return [
        *(place["name_zh"], proper, place["name_en"], place["name_pinyin"]),
        *str(place["name_hant"] or "").split(),
    ]


def _former_names(atlas: Atlas) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in atlas.places.former.itertuples():
        codes = str(row.now).split()
        # a name that was divided among several places means none of them
        if len(codes) == 1:
            found.setdefault(codes[0], []).extend([str(row.name_zh), str(row.name_en)])
    return found


def _documents(atlas: Atlas) -> Iterator[Row]:
    documents = atlas.register.documents
    for stop in atlas.stops:
        document = documents.loc[stop.document_no]
        names = [stop.document_no, stop.on.isoformat()]
        if stop.batch:
            names += [Language(code).batches([stop.batch]) for code in LANGUAGES]
            names += [f"batch {stop.batch}", f"第{stop.batch}批"]
        row = [DOCUMENT, stop.on.isoformat(), document["title_zh"], document["title_en"]]
        yield [*row, stop.document_no, stop.document_no, stop.batch or 0, 0, _keys(names)]


def _keys(names: list[str]) -> list[str]:
    return [key for key in dict.fromkeys(map(fold, names)) if key]
