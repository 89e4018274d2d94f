"""What search engines read: which addresses there are, and which are the same in other words."""

from functools import partial
from itertools import chain
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from pilotzones.atlas import current_atlas
from pilotzones.i18n import LANGUAGES
from pilotzones.server.responses import entity_tag, not_modified, tagged
from pilotzones.server.routing import route, site

# what is there for people; every view of them is an address of its own, so no filter is listed
PAGES = ("", "compare", "provinces", "borders", "panel", "your-data", "data", "reference")


def crawler_routes(base: str) -> list[BaseRoute]:
    """Routes of ``/robots.txt`` and ``/sitemap.xml``."""
    return [
        route(f"{base}/robots.txt", partial(_robots, base)),
        route(f"{base}/sitemap.xml", partial(_sitemap, base)),
    ]


def _robots(base: str, request: Request) -> Response:
    # figures stay open: a message that quotes a link shows one
    closed = [f"Disallow: {base}/{path}" for path in ("map.html", "api/", "ogc")]
    lines = ["User-agent: *", *closed, f"Sitemap: {site(request, base)}/sitemap.xml"]
    return _text(request, "\n".join(lines) + "\n", "text/plain; charset=utf-8")


def _sitemap(base: str, request: Request) -> Response:
    atlas, address = current_atlas(), site(request, base)
    zones = (f"zone?zone={zone}&" for zone in atlas.register.zones.index)
    addresses = (
        f"{address}/{path}lang={lang}"
        for path in chain((f"{page}?" for page in PAGES), zones)
        for lang in LANGUAGES
    )
    entries = "\n".join(f"<url><loc>{escape(one)}</loc></url>" for one in addresses)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}\n</urlset>\n'
    )
    return _text(request, body, "application/xml")


def _text(request: Request, body: str, media_type: str) -> Response:
    headers = tagged(entity_tag(body)) | {"Content-Type": media_type}
    return not_modified(request, headers) or Response(body, headers=headers)
