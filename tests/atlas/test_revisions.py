"""What each version changed: found by comparison, explained, and no past day changed in silence."""

import pytest
from copies import GEODATA, edit_rows, explain_revisions, load_checked, set_version

from pilotzones import load_atlas
from pilotzones.atlas.history import check_revisions, with_missing
from pilotzones.atlas.releases import keep_release, keeping_releases, released_fingerprints
from pilotzones.atlas.revisions import (
    Revision,
    changed_past,
    read_revisions,
    revisions_between,
    write_revisions,
)
from pilotzones.errors import TableError

LATEST = [*released_fingerprints(GEODATA)][-1]
MAJOR, MINOR = (int(part) for part in LATEST.split(".")[:2])
NEXT, NEXT_MAJOR = f"{MAJOR}.{MINOR + 1}.0", f"{MAJOR + 1}.0.0"


def bare(one):
    return one.version, one.table, one.change, one.key, one.column, one.old, one.new


def change(geodata, table, edit):
    edit_rows(geodata / "register" / f"{table}.csv", edit)


def changes_of(geodata):
    present = load_checked(geodata)
    return revisions_between(present.at(LATEST).files, present.files, present.register.version)


def test_every_change_is_recorded(atlas):
    check_revisions(atlas)
    assert atlas.revisions == with_missing(atlas)
    assert not atlas.at("1.0.0").revisions


def test_what_the_comparison_finds(geodata):
    set_version(geodata, NEXT)
    change(geodata, "zones", lambda rows: rows[0].update(notes_en="Seen again."))
    change(geodata, "ports", lambda rows: rows[1:])
    with keeping_releases(geodata):
        (geodata / "boundaries" / "NOTICE.md").write_text("Other terms.\n")
    first = load_atlas(GEODATA)
    zone, port = first.register.zones.iloc[0], first.register.ports.iloc[0]
    assert {bare(one) for one in changes_of(geodata)} == {
        (NEXT, "zones", "cell", zone.name, "notes_en", zone["notes_en"], "Seen again."),
        (NEXT, "ports", "row removed", f"{port['zone_id']} {port['name_zh']}", "", "", ""),
        (NEXT, "boundaries/NOTICE.md", "file changed", "", "", "", ""),
    }


@pytest.mark.long
def test_a_change_without_its_reason_is_refused(geodata):
    set_version(geodata, NEXT)
    change(geodata, "zones", lambda rows: rows[0].update(notes_en="Seen again."))
    for reasons in ({}, {"why_zh": "更正。"}, {"why_en": "A correction."}):
        rows = [*read_revisions(GEODATA / "revisions.csv")]
        (new,) = changes_of(geodata)
        if reasons:
            rows.append(Revision(*bare(new), **reasons))
        write_revisions(geodata / "revisions.csv", rows)
        with pytest.raises(TableError, match=rf"'{NEXT} zones \w+ notes_en: cell': each change"):
            check_revisions(load_checked(geodata))
    explain_revisions(geodata)
    check_revisions(load_checked(geodata))


def test_a_row_for_what_did_not_change_is_refused(geodata):
    rows = read_revisions(geodata / "revisions.csv")
    rows.append(Revision(LATEST, "zones", "cell", "nowhere", "notes_en", "a", "b", "无。", "None."))
    write_revisions(geodata / "revisions.csv", rows)
    with pytest.raises(TableError, match="nowhere notes_en: cell': no such change was made"):
        check_revisions(load_checked(geodata))


@pytest.mark.parametrize(
    ("table", "edit"),
    [
        ("documents", lambda rows: rows[1].update(published_on="2016-01-16")),
        ("zones", lambda rows: rows[0].update(adcodes=f"{rows[0]['adcodes']} 330200")),
        ("events", lambda rows: [row for row in rows if row["action"] == "approve"]),
    ],
)
@pytest.mark.variants(1)
def test_another_past_needs_a_reason_and_a_major_version(geodata, table, edit):
    change(geodata, table, edit)
    for version, matches in ((NEXT, f"that needs the version {NEXT_MAJOR}"), (NEXT_MAJOR, "")):
        set_version(geodata, version)
        with pytest.raises(TableError, match="each change has a row"):
            check_revisions(load_checked(geodata))
        explain_revisions(geodata)
        if matches:
            with pytest.raises(TableError, match=matches):
                check_revisions(load_checked(geodata))
        else:
            check_revisions(load_checked(geodata))
    present = load_checked(geodata)
    assert changed_past(present.at(LATEST).register, present.register)


def test_what_comes_after_the_last_document_is_no_past(geodata):
    def later(rows):
        return [
            {
                **rows[-1],
                "document_no": "国函〔2027〕1号",
                "batch": "",
                "published_on": "2027-01-04",
            }
        ]

    change(geodata, "documents", lambda rows: rows.extend(later(rows)))
    event = {"document_no": "国函〔2027〕1号", "zone_id": "yiwu", "action": "revoke"}
    change(geodata, "events", lambda rows: rows.append(event))
    set_version(geodata, NEXT)
    explain_revisions(geodata)
    check_revisions(load_checked(geodata))
    assert keep_release(geodata) == NEXT
    assert load_checked(geodata).at(NEXT).revisions_of_version == [
        one for one in read_revisions(geodata / "revisions.csv") if one.version == NEXT
    ]


def test_a_table_that_is_none_is_refused(geodata):
    path = geodata / "revisions.csv"
    for text, match in (("version,table\n", "must have the columns"), ("x\n", "is no change")):
        broken = path.read_text("utf-8") if match == "is no change" else ""
        path.write_text(broken + text, "utf-8")
        with pytest.raises(TableError, match=match):
            read_revisions(path)
        path.write_bytes((GEODATA / "revisions.csv").read_bytes())
