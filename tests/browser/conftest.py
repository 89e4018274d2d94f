"""A real Chromium against a real server; whatever leaves the machine is refused and told."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from chromium import find_chromium
from filelock import FileLock
from known import ZONES
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from serving import serve

# on a busy machine the first page of a process takes its time
expect.set_options(timeout=30_000)

WINDOW = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    # workers side by side: one installs, the others wait and find what it installed
    with FileLock(tmp_path_factory.getbasetemp().parent / "chromium.lock"):
        executable = find_chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=executable,
            # no name is looked up: the app needs none
            args=[
                *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                # the pages of a context share one renderer, and what it has compiled
                "--process-per-site",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with serve() as address:
        yield address


class Visitor:
    """A person in front of a page, and what the page asked for behind their back."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.left_the_machine: list[str] = []
        self.errors: list[str] = []
        self.received: list[int] = []
        self.page = page
        self.page.on("request", self._watch)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("websocket", lambda s: s.on("framereceived", self._count))

    def _watch(self, request) -> None:
        url = urlsplit(request.url)
        if url.hostname != "127.0.0.1" and url.scheme not in {"blob", "data"}:
            self.left_the_machine.append(request.url)

    def _listen(self, message) -> None:
        # from a page below the root Streamlit looks for its server in two places
        searching = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not searching:
            self.errors.append(message.text)

    def _count(self, frame) -> None:
        self.received.append(len(frame))

    def open(self, query: str = "", path: str = "/") -> "Visitor":
        """Open a page and wait until the map shows."""
        self.page.goto(self.address + path + query)
        self.live()
        # waits, not expectations: these describe the whole page whenever they look in vain
        self.map.locator(".pz-map[data-day]").wait_for()
        self.slider.wait_for()
        return self

    def live(self) -> None:
        """Wait until the live page has taken the place of the still."""
        self.page.locator("#pz-still").wait_for(state="detached")

    @property
    def map(self):
        return self.page.frame_locator("iframe[title*=folium]")

    @property
    def slider(self):
        # on a comparison that of the later day
        return self.page.locator(".timeline :is([data-part=slider], [data-part=to])[role=slider]")

    def settle(self) -> None:
        """Wait as a reader does until the page has come to rest: what changes takes no click."""
        self.page.wait_for_function(
            """() => {
              const app = document.querySelector('[data-testid=stApp]');
              const rests = app?.getAttribute('data-test-script-state') === 'notRunning';
              window.restsSince = rests ? (window.restsSince ?? performance.now()) : undefined;
              return rests && performance.now() - window.restsSince > 600;
            }""",
            polling=50,
        )
        self.page.evaluate("delete window.restsSince")

    def filters(self):
        """Open the filters, unless they are."""
        self.settle()
        opened = self.page.get_by_test_id("stPopoverBody")
        if not opened.count():
            self.page.get_by_role("button", name=re.compile("^(Filters|筛选)")).click()
            expect(opened).to_be_visible()
        return opened

    @property
    def panel(self):
        return self.page.locator(".pz-panel")

    def zone(self, zone_id: str):
        return self.map.locator(f"path.zone-{zone_id}")

    def expect_counts(self, active: int, revoked: int = 0) -> None:
        """Expect so many paths in each role; the rest of all zones hidden."""
        expect(self.map.locator("path.zone.is-active")).to_have_count(active)
        expect(self.map.locator("path.zone.is-revoked")).to_have_count(revoked)
        expect(self.map.locator("path.zone.is-hidden")).to_have_count(ZONES - active - revoked)

    def classes(self, zone_id: str) -> set[str]:
        """Roles of a zone's path."""
        names = self.zone(zone_id).get_attribute("class") or ""
        return {name for name in names.split() if name.startswith("is-")}


@pytest.fixture(scope="session")
def contexts(browser: Browser, app: str):
    """Give one context for all visitors of a kind: what one has fetched the next one need not."""
    known: dict[str, BrowserContext] = {}

    def context_for(**options) -> BrowserContext:
        options = {"locale": "en-GB", **options}
        kind = repr(sorted(options.items()))
        if kind not in known:
            known[kind] = browser.new_context(**options)
            # a page that stays keeps the renderer from one visitor to the next
            known[kind].new_page().goto(f"{app}/healthz")
        return known[kind]

    return context_for


@pytest.fixture
def visit(contexts, app: str):
    """Open pages as a visitor; at the end nothing has left the machine and nothing has failed."""
    visitors: list[Visitor] = []

    def start(
        query: str = "",
        *,
        path: str = "/",
        address: str = app,
        wait: bool = True,
        viewport: dict[str, int] = WINDOW,
        media: dict[str, str] | None = None,
        **options,
    ) -> Visitor:
        page = contexts(**options).new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(**media or {})
        visitor = Visitor(page, address)
        visitors.append(visitor)
        if wait:
            return visitor.open(query, path)
        visitor.page.goto(address + path + query)
        return visitor

    yield start
    for visitor in visitors:
        visitor.page.close()
        assert visitor.left_the_machine == []
        assert visitor.errors == []
