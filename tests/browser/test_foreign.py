"""What a foreign site sends to the frame of the map does not run."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from serving import serve

COMPONENT = "/component/streamlit_folium.st_folium/index.html"
TITLE = "Streamlit Folium Component"

# opens or frames the page of the map and sends it a script, again and again, as Streamlit would
ATTACK = """<!doctype html><title>attack</title><button>look</button><div id=here></div><script>
const target = "TARGET";
const script = "try { localStorage.setItem('taken', location.origin) } catch {}"
  + "; document.title = 'taken'; (window.opener || window.parent).postMessage('taken', '*');";
const args = { script, js_links: [], css_links: [], html: "", id: "map", height: 10, width: 10, header: "", default: null,
  return_on_hover: false, returned_objects: [], layer_control: "", feature_group: script, center: null,
  zoom: null, pixelated: false, on_change: false, use_container_width: true };
window.addEventListener("message", ({ data }) => {
  if (data === "taken") document.title = "taken";
  if (data.isStreamlitMessage) document.body.dataset.ready = "yes";
});
let victim = null;
let sent = 0;
setInterval(() => {
  if (!victim) return;
  victim.postMessage({ type: "streamlit:render", args, disabled: false, theme: null, dfs: [] }, "*");
  document.body.dataset.sent = sent += 1;
}, 100);
document.querySelector("button").addEventListener("click", () => {
  if (location.hash === "#window") { victim = window.open(target); return; }
  const frame = document.createElement("iframe");
  frame.src = target;
  document.getElementById("here").append(frame);
  victim = frame.contentWindow;
  // or the frame of the map inside the app
  if (location.hash === "#inner") setInterval(() => { victim = frame.contentWindow[0]; }, 100);
});
</script>"""


@contextmanager
def foreign_site(target):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = ATTACK.replace("TARGET", target).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def context(browser):
    with browser.new_context() as context:
        yield context


def attack(context, app, target, how):
    """Let a foreign page attack for some seconds; give it and the pages that it opened."""
    page = context.new_page()
    # Streamlit serves the frame of the map from the first visit on
    page.goto(app)
    expect(page.frame_locator("iframe[title*=folium]").locator(".pz-map[data-day]")).to_be_visible(
        timeout=30_000
    )
    with foreign_site(app + target) as site:
        page.goto(f"{site}/#{how}")
        page.get_by_role("button").click()
        expect(page.locator("body[data-sent]")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(4000)
    return page, [one for one in context.pages if one.url.startswith(app)]


def taken(context, app):
    """Read what the script of the attack leaves in the origin of the app."""
    page = context.new_page()
    page.goto(f"{app}/healthz")
    return page.evaluate("localStorage.getItem('taken')")


def drop_the_header(route):
    answer = route.fetch()
    name = "cross-origin-opener-policy"
    headers = {key: value for key, value in answer.headers.items() if key != name}
    route.fulfill(response=answer, headers=headers)


@pytest.mark.parametrize("tied", [False, True])
def test_a_foreign_window_runs_nothing_in_the_page_of_the_map(context, app, tied):
    if tied:
        # as over plain http, where browsers pass over the header: the guard alone must do
        context.route(f"{app}{COMPONENT}*", drop_the_header)
    page, (opened,) = attack(context, app, COMPONENT, "window")
    assert taken(context, app) is None
    assert (page.title(), opened.title()) == ("attack", TITLE)
    assert opened.evaluate("Boolean(window.opener)") == tied


@pytest.mark.parametrize(("target", "how"), [(COMPONENT, "frame"), ("/?on=2025-04-25", "inner")])
@pytest.mark.long
def test_a_site_that_may_embed_the_app_runs_nothing_in_the_frame_of_the_map(context, target, how):
    with serve(PILOTZONES_FRAME_ANCESTORS="http://127.0.0.1:*") as app:
        page, _ = attack(context, app, target, how)
        assert taken(context, app) is None
        assert page.title() == "attack"
        (attacked,) = [frame for frame in page.frames if COMPONENT in frame.url]
        assert attacked.title() == TITLE
        if how == "inner":
            expect(attacked.locator(".pz-map[data-day]")).to_be_visible()
