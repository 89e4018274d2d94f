"""Compression, and the headers of every response."""

import os
import subprocess
import sys

import pytest
from asking import Client, ask_app, error_of
from copies import REPOSITORY
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from pilotzones.errors import PilotZonesError
from pilotzones.server import api, figures, routes
from pilotzones.server.middleware import UnknownPages, frame_ancestors


@pytest.mark.parametrize("path", ["/api/v1/zones?format=geojson", "/map.html", "/assets/x/map.js"])
def test_a_tag_stands_for_one_body(client, path):
    plain = client.get(path, **{"Accept-Encoding": "identity"})
    packed = client.get(path, **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.content == plain.content
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    for response, accepted in ((plain, "identity"), (packed, "gzip")):
        tag = response.headers["etag"]
        again = client.get(path, **{"If-None-Match": tag, "Accept-Encoding": accepted})
        assert (again.status_code, again.headers["etag"]) == (304, tag)
        assert again.headers["vary"] == "Accept-Encoding"


def test_a_compressed_download_is_not_resumed_with_plain_bytes(client):
    path = "/api/v1/zones?format=geojson"
    packed = client.get(path, **{"Accept-Encoding": "gzip"})
    assert "accept-ranges" not in packed.headers
    asked = {"Range": "bytes=1000-", "Accept-Encoding": "gzip"}
    whole = client.get(path, **asked, **{"If-Range": packed.headers["etag"]})
    assert (whole.status_code, whole.content) == (200, packed.content)
    plain = client.get(path, **{"Accept-Encoding": "identity"})
    part = client.get(path, **asked, **{"If-Range": plain.headers["etag"]})
    assert (part.status_code, part.content) == (206, plain.content[1000:])
    assert part.headers["vary"] == "Accept-Encoding"
    assert part.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in part.headers


def test_a_client_that_refuses_gzip_gets_none(client):
    response = client.get("/api/v1/zones", **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("base", ["", "/atlas"])
@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/", "text/html", 200),
        ("/compare", "*/*", 200),
        ("/nonsense", "text/html,*/*;q=0.8", 404),
        ("/static/js/index.js", "*/*", 200),
        ("/component/st_folium/index.html", "text/html", 200),
    ],
)
def test_an_unknown_page_is_the_start_page_with_its_status(base, path, accept, status):
    response = ask_app(start_page_everywhere(base), f"{base}{path}", headers={"Accept": accept})
    assert response.status_code == status
    assert response.text == "start"


@pytest.mark.parametrize("base", ["", "/atlas"])
@pytest.mark.parametrize(
    ("path", "accept"),
    [
        *(("/figure.jpg", accept) for accept in ("text/html", "image/*")),
        *(("/api/v2/zones", accept) for accept in ("text/html", "*/*")),
        *((path, "*/*") for path in ("/zones.xlsx", "/.well-known/x", "/nonsense")),
    ],
)
def test_what_is_no_page_is_refused_and_not_answered_with_one(base, path, accept):
    response = ask_app(start_page_everywhere(base), f"{base}{path}", headers={"Accept": accept})
    assert response.status_code == 404
    assert f"{base}/api/v1/openapi.json" in error_of(response)["message"]


def start_page_everywhere(base):
    """As Streamlit answers: with a page wherever there is no file."""

    def answer(request):
        kind = "text/javascript" if request.url.path.endswith(".js") else "text/html"
        return Response("start", media_type=kind)

    return Starlette(
        routes=[Route("/{path:path}", answer)],
        middleware=[Middleware(UnknownPages, base_path=base)],
    )


SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'sha256-x'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def security_headers(response):
    return {name: response.headers[name] for name in SECURITY_HEADERS}


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/zones?format=csv", "/nowhere"])
def test_security_headers_on_every_response(client, path):
    assert security_headers(client.get(path)) == SECURITY_HEADERS


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        ((api, "question_tag"), "/api/v1/zones"),
        ((api, "question_tag"), "/zones.csv"),
        ((figures, "figure_etag"), "/figure.png"),
        ((figures, "atlas_asked"), "/map.html"),
        ((routes, "assets_of"), "/assets/x/map.js"),
        ((routes, "current_atlas"), "/healthz"),
    ],
)
def test_a_fault_of_the_code_has_the_headers_and_the_form_of_errors(
    client, monkeypatch, broken, path
):
    monkeypatch.setattr(*broken, lambda *_: 1 / 0)
    response = client.get(path, raising=False)
    assert response.status_code == 500
    message = "the answer could not be made"
    assert response.json() == {"error": {"status": 500, "message": message, "details": []}}
    assert security_headers(response) == SECURITY_HEADERS
    # the server writes it into its log
    with pytest.raises(ZeroDivisionError):
        client.get(path)


def test_only_the_frame_of_the_map_may_evaluate(client):
    policy = client.get("/component/streamlit_folium.st_folium/index.html").headers
    assert policy["content-security-policy"] == SECURITY_HEADERS["content-security-policy"].replace(
        "script-src 'self' 'sha256-x'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    )
    below = Client("atlas").get("/atlas/component/x").headers["content-security-policy"]
    assert "'unsafe-eval'" in below
    assert (
        "'unsafe-eval'"
        not in Client("atlas").get("/component/x").headers["content-security-policy"]
    )


def test_who_may_embed_is_configured(monkeypatch):
    monkeypatch.setenv("PILOTZONES_FRAME_ANCESTORS", "'self' https://intranet.example.org")
    for path in ("/healthz", "/component/x"):
        policy = Client().get(path).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self' https://intranet.example.org")


def test_the_app_may_always_frame_its_own_map(monkeypatch):
    monkeypatch.setenv(
        "PILOTZONES_FRAME_ANCESTORS", " https://a.example  https://*.b.example:8443 "
    )
    assert frame_ancestors() == "'self' https://a.example https://*.b.example:8443"


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "'none'", "'self", "https://a.example\n", "https://a.example\r\nX-Y: z"),
        *("https://a.example; script-src *", "https://a.example, b", "https://a\tb", "a\x00b"),
        *("a\x7fb", "https://中.example"),
    ],
)
def test_what_does_not_say_who_may_embed_is_refused_at_the_start(monkeypatch, value):
    monkeypatch.setattr(os, "environ", {"PILOTZONES_FRAME_ANCESTORS": value})
    with pytest.raises(PilotZonesError, match="PILOTZONES_FRAME_ANCESTORS=.* give addresses"):
        frame_ancestors()


def test_the_server_does_not_start_with_a_wrong_setting():
    app = REPOSITORY / "app.py"
    environment = {**os.environ, "PILOTZONES_FRAME_ANCESTORS": "https://a.example; x"}
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", "0"]
    ended = subprocess.run(
        command, env=environment, capture_output=True, check=False, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "Error: PILOTZONES_FRAME_ANCESTORS='https://a.example; x'" in ended.stderr
    assert "Traceback" not in ended.stderr
