"""What search engines read leads to pages, and keeps them from what is for programs."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from asking import ask
from copies import REPOSITORY

from pilotzones.server.crawlers import PAGES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_robots_may_read_pages_and_not_what_is_for_programs(base):
    answer = ask(f"{base}/robots.txt", base=base)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("/", "/zone?zone=hangzhou", "/compare", "/figure.png"):
        assert rules.can_fetch("*", f"{base}{path}")
    for path in ("/map.html", "/api/v1/zones", "/ogc/collections"):
        assert not rules.can_fetch("*", f"{base}{path}")
    assert rules.site_maps() == [f"http://atlas{base}/sitemap.xml"]


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_the_map_of_the_site_lists_pages_and_zones_in_both_languages(base, atlas):
    answer = ask(f"{base}/sitemap.xml", base=base)
    found = [one.text for one in ET.fromstring(answer.text).iter(f"{SITEMAP}loc")]
    assert len(found) == len(set(found)) == 2 * (len(PAGES) + len(atlas.register.zones))
    assert f"http://atlas{base}/zone?zone=hainan&lang=zh" in found
    assert all(one.startswith(f"http://atlas{base}/") for one in found)
    names = {path.stem for path in (REPOSITORY / "pages").glob("*.py")}
    assert {page.replace("-", "_") for page in PAGES if page} <= names
    again = ask(f"{base}/sitemap.xml", base=base, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
