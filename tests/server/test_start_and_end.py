"""What the server needs of its surroundings, and what it leaves behind."""

import httpx
from serving import serve


def test_it_reads_nothing_at_home_and_leaves_no_fonts_behind(tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    # as where the folder may not be read
    (home / ".streamlit" / "secrets.toml").mkdir(parents=True)
    temporary.mkdir()
    with serve(HOME=str(home), TMPDIR=str(temporary)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(f"{address}/figure.png?dpi=72&size=column", timeout=60).is_success
        assert [*temporary.glob("pilotzones-*")]
    assert not [*temporary.glob("pilotzones-*")]
