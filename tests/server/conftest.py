"""The routes as a client meets them."""

import pytest
from asking import Client

from pilotzones.atlas import current_atlas
from pilotzones.browser.assets import current_assets


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


@pytest.fixture
def damaged(geodata, monkeypatch):
    """Damage a file of the data, so that the routes meet it."""

    def forget():
        current_atlas.cache_clear()
        current_assets.cache_clear()

    def damage(name):
        (path,) = (one for one in geodata.rglob(name) if "releases" not in one.parts)
        path.write_text("nonsense\n", "utf-8")
        forget()

    monkeypatch.setenv("PILOTZONES_GEODATA", str(geodata))
    yield damage
    monkeypatch.undo()
    forget()
