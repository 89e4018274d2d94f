"""Notes that stand under maps and measures."""

from pilotzones.credits import boundary_note, not_tax_advice
from pilotzones.i18n import Language


def test_the_note_on_boundaries_is_in_both_languages():
    assert "no legal force" in boundary_note(Language("en"))
    assert "天地图" in boundary_note(Language("zh"))


def test_measures_are_no_tax_advice_in_either_language():
    assert not_tax_advice(Language("en")) == "Information, not tax advice."
    assert "不构成税务建议" in not_tax_advice(Language("zh"))
