"""Citations of a record, word for word."""

from datetime import date

import pytest

from pilotzones.credits import boundary_note, cite_zone, cite_zone_bibtex
from pilotzones.errors import UnknownZoneError
from pilotzones.i18n import Language

SEEN = date(2026, 1, 2)
ADDRESS = "https://atlas.example/zone?zone=hainan"
VERSION = "{version}"


@pytest.mark.parametrize(
    ("lang", "address", "expected"),
    [
        (
            "en",
            ADDRESS,
            (
                "The Pilot Zone Atlas contributors: China (Hainan) Cross-Border E-Commerce "
                f"Comprehensive Pilot Zone. Pilot Zone Atlas, data {VERSION}. {ADDRESS} "
                "(accessed 2026-01-02)"
            ),
        ),
        (
            "en",
            "",
            (
                "The Pilot Zone Atlas contributors: China (Hainan) Cross-Border E-Commerce "
                f"Comprehensive Pilot Zone. Pilot Zone Atlas, data {VERSION}. (accessed 2026-01-02)"
            ),
        ),
        # GB/T 7714: a database online, and one that has no address
        (
            "zh",
            ADDRESS,
            (
                "综试区地图集. 中国（海南）跨境电子商务综合试验区[DB/OL]. "
                f"数据版本{VERSION}. [2026-01-02]. {ADDRESS}."
            ),
        ),
        (
            "zh",
            "",
            (
                "综试区地图集. 中国（海南）跨境电子商务综合试验区[DB]. "
                f"数据版本{VERSION}. [2026-01-02]."
            ),
        ),
    ],
)
def test_a_citation(atlas, lang, address, expected):
    citation = cite_zone(atlas, "hainan", address, SEEN, Language(lang))
    assert citation == expected.format(version=atlas.data_version)


def test_an_entry_of_bibtex(atlas):
    assert cite_zone_bibtex(atlas, "hainan", "https://atlas.example/?a=1", SEEN).splitlines() == [
        "@misc{pilotzones-hainan,",
        "  author = {{The Pilot Zone Atlas contributors}},",
        "  title = {{China (Hainan) Cross-Border E-Commerce Comprehensive Pilot Zone}},",
        f"  howpublished = {{Pilot Zone Atlas, data {atlas.data_version}}},",
        "  year = {2026},",
        "  url = {https://atlas.example/?a=1},",
        "  urldate = {2026-01-02},",
        "}",
    ]
    assert "url =" not in cite_zone_bibtex(atlas, "hainan", "", SEEN)


def test_an_unknown_zone_has_no_citation(atlas):
    with pytest.raises(UnknownZoneError, match="did you mean hainan"):
        cite_zone(atlas, "haianan", "", SEEN, Language("en"))


def test_the_note_on_boundaries_is_in_both_languages():
    assert "no legal force" in boundary_note(Language("en"))
    assert "天地图" in boundary_note(Language("zh"))
