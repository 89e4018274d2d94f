"""A page of an earlier version of the data, and the way from it to the present one."""

import re

from copies import GEODATA
from playwright.sync_api import expect

from pilotzones.atlas.releases import released_fingerprints

FIRST = next(iter(released_fingerprints(GEODATA)))


def test_an_earlier_version_is_named_kept_and_left(visit):
    visitor = visit(f"?on=2025-04-25&data={FIRST}&lang=en")
    page = visitor.page
    note = page.get_by_test_id("stMain").get_by_role("status").filter(has_text="of the data")
    expect(note).to_contain_text(f"Version {FIRST} of the data")
    page.get_by_role("link", name="Provinces").click()
    expect(page).to_have_url(re.compile(rf"/provinces\?.*data={re.escape(FIRST)}"))
    expect(note).to_be_visible()
    note.get_by_role("link").click()
    expect(page).not_to_have_url(re.compile("data="))
    expect(note).to_have_count(0)
