"""What a file says about itself."""

import json

from files import LATEST, file_of

from pilotzones.query.view import View


def test_json_has_the_metadata(atlas):
    view = View(LATEST, provinces=("460000",), q="hai", lang="zh")
    said = json.loads(file_of(atlas, view, "zones", "json"))
    assert said["as_of"] == "2025-04-25"
    assert said["filters"] == {"province": ["460000"], "q": ["hai"]}
    assert said["data_version"] == atlas.data_version
    assert said["title"] == "中国跨境电子商务综合试验区"
    island = next(zone for zone in said["zones"] if zone["zone_id"] == "hainan")
    assert island["batch"] == 8
    assert island["approved_on"] == "2025-04-25"
    assert island["revoked_on"] is None
    assert island["adcodes"] == atlas.register.zones.loc["hainan", "adcodes"].split()
    assert island["coastal"] is True
    assert "licence" not in island
