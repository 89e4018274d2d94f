"""Where the data lie, and changes to copies of them."""

import csv
import json
from dataclasses import replace
from pathlib import Path

from pilotzones.atlas import Atlas, load_atlas
from pilotzones.atlas.checksums import calculate_checksums, record_checksums
from pilotzones.atlas.history import with_missing
from pilotzones.atlas.revisions import write_revisions

REPOSITORY = Path(__file__).parents[1]
GEODATA = REPOSITORY / "geodata"
# read once, not by each file of tests
ATLAS = load_atlas(GEODATA)


def edit_rows(path: Path, change) -> None:
    """Read a CSV file as a list of dicts, change it, write it back."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, fields = list(reader), reader.fieldnames
    rows = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_ninth_batch(geodata: Path) -> None:
    """Approve one more zone and revoke Yiwu into Jinhua, with CSV rows and boundaries alone."""
    register, boundaries = geodata / "register", geodata / "boundaries"
    number, zone_id = "国函〔2027〕1号", "qiqihar"
    edit_rows(
        register / "documents.csv",
        lambda rows: rows.append(
            {
                **rows[-1],
                "document_no": number,
                "batch": "9",
                "published_on": "2027-01-04",
                "signed_on": "2027-01-01",
            }
        ),
    )
    edit_rows(
        register / "zones.csv",
        lambda rows: rows.append(
            {
                **rows[0],
                "zone_id": zone_id,
                "name_zh": "齐齐哈尔市",
                "name_en": "Qiqihar",
                "place_zh": "齐齐哈尔",
                "place_en": "Qiqihar",
                "name_pinyin": "qiqihaer",
                "province_adcode": "230000",
                "adcodes": "230200",
            }
        ),
    )
    edit_rows(
        register / "events.csv",
        lambda rows: rows.extend(
            [
                {"document_no": number, "zone_id": zone_id, "action": "approve"},
                {
                    "document_no": number,
                    "zone_id": "yiwu",
                    "action": "revoke",
                    "successor_zone_id": "jinhua",
                },
            ]
        ),
    )
    box = [[123, 47], [124.5, 47], [124.5, 48], [123, 48], [123, 47]]
    for level in ("overview", "detail"):
        path = boundaries / f"zones_{level}.geojson"
        layer = json.loads(path.read_text(encoding="utf-8"))
        layer["features"].append(
            {
                "type": "Feature",
                "id": zone_id,
                "properties": {"zone_id": zone_id},
                "geometry": {"type": "Polygon", "coordinates": [box]},
            }
        )
        path.write_text(json.dumps(layer), encoding="utf-8")
    for name in ("zone_geometry.csv", "zone_neighbours.csv"):
        edit_rows(
            boundaries / name,
            lambda rows: rows.extend(
                [{**row, "zone_id": zone_id} for row in rows if row["zone_id"] == "harbin"]
            ),
        )


def set_version(geodata: Path, version: str) -> None:
    """Raise the version of the register, with a row in its changelog."""
    path = geodata / "register" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"version": version}), encoding="utf-8")
    edit_rows(
        geodata / "register" / "changelog.csv",
        lambda rows: rows.append({**rows[-1], "version": version, "published_on": "2027-01-05"}),
    )


def load_checked(geodata: Path) -> Atlas:
    """Load data as if they were checked, which takes long."""
    record_checksums(geodata, calculate_checksums(geodata))
    return load_atlas(geodata)


def explain_revisions(geodata: Path) -> None:
    """Add the changes that are missing, with reasons, as a maintainer does."""
    why = {"why_zh": "更正。", "why_en": "A correction."}
    found = with_missing(load_checked(geodata))
    explained = [one if one.explained else replace(one, **why) for one in found]
    write_revisions(geodata / "revisions.csv", explained)
