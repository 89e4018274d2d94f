"""The first picture and the live map: cold browser, warm server, beside the floor in one run."""

from collections import Counter
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from machine import print_table, serve, start_chromium
from playwright.sync_api import Browser
from step import OTHER, QUIET

from pilotzones import load_atlas

ROUNDS = 9
STOPS = load_atlas().stops
PATIENCE_MS = 60_000
SLOW_LINE = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}

# In the page, from the navigation to the frame in which each thing is painted.
WATCH = """
(() => {
  const drawn = (selector) => Math.max(0, ...[...document.querySelectorAll("iframe")].map(
    (frame) => frame.contentDocument?.querySelectorAll(selector).length ?? 0));
  const signs = {
    picture: () => {
      const body = document.querySelector("#pz-still .pz-still-body");
      return body && getComputedStyle(body).visibility === "visible";
    },
    live: () => !document.querySelector("#pz-still") && drawn("path.zone.is-active") === ACTIVE,
    floor: () => document.querySelector("[data-testid=stText]")?.textContent === "DAY",
  };
  window.seen = {};
  const look = (now) => {
    for (const [name, shows] of Object.entries(signs)) {
      // what this frame finds is painted with it
      if (!(name in window.seen) && shows()) window.seen[name] = now;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Visit:
    """What was seen of one visit: milliseconds by what was painted, and bytes by path."""

    seen: dict[str, float]
    received: Counter[str]


def open_page(browser: Browser, address: str, last: str, *, slow: bool = False) -> Visit:
    """Open the page in a new browser and wait until the last thing is painted."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    script = WATCH.replace("ACTIVE", str(STOPS[-1].active_after))
    page.add_init_script(script.replace("DAY", STOPS[0].on.isoformat()))
    received: Counter[str] = Counter()
    paths: dict[str, str] = {}
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    if slow:
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_LINE})
    devtools.on(
        "Network.responseReceived",
        lambda e: paths.update({e["requestId"]: urlsplit(e["response"]["url"]).path}),
    )
    devtools.on(
        "Network.loadingFinished",
        lambda e: received.update({paths.get(e["requestId"], "?"): int(e["encodedDataLength"])}),
    )
    page.on(
        "websocket",
        lambda s: s.on("framereceived", lambda f: received.update({"WebSocket": len(f)})),
    )
    page.goto(f"{address}/", wait_until="commit")
    page.wait_for_function("last => last in window.seen", arg=last, timeout=PATIENCE_MS)
    page.wait_for_timeout(1500)
    seen = page.evaluate("window.seen")
    context.close()
    return Visit(seen, received)


def main() -> None:
    """Measure the app and the floor in turn, and print the tables."""
    with (
        start_chromium() as browser,
        serve() as atlas,
        serve(app=OTHER, SIDE="floor", **QUIET) as other,
    ):
        for slow in (False, True):
            rounds = ROUNDS // 2 if slow else ROUNDS
            pairs = [
                (
                    open_page(browser, atlas, "live", slow=slow),
                    open_page(browser, other, "floor", slow=slow),
                )
                for _ in range(rounds + 1)
            ][1:]  # the first warms the servers
            print_times(pairs, "1.6 Mbit/s, 150 ms" if slow else "this machine")
            if not slow:
                print_bytes(*pairs[-1])


def print_times(pairs: list[tuple[Visit, Visit]], line: str) -> None:
    """Print how long it took to what."""
    floor = [other.seen["floor"] for _, other in pairs]
    rows = []
    for title, name in [("this app, first picture", "picture"), ("this app, live map", "live")]:
        times = [ours.seen[name] for ours, _ in pairs]
        share = median(times) / median(floor)
        rows.append([title, f"{median(times):.0f}", f"{max(times):.0f}", f"{share:.2f}"])
    rows.append(["the floor, its text", f"{median(floor):.0f}", f"{max(floor):.0f}", "1.00"])
    heads = ["side", "median ms", "most ms", "times the floor"]
    print_table(f"The first picture, {line}", heads, rows)


def print_bytes(ours: Visit, other: Visit) -> None:
    """Print what the app loads and the floor does not."""
    own = {
        path: size
        for path, size in ours.received.items()
        if path not in other.received and "svg+xml" not in path
    }
    own["the start page"] = ours.received["/"]
    own["WebSocket"] = ours.received["WebSocket"] - other.received["WebSocket"]
    # more files of Streamlit's own, which the floor has no use for
    theirs = sum(own.pop(path) for path in list(own) if path.startswith("/static/"))
    rows = [[path.rsplit("/", 1)[-1], f"{size / 1000:.1f}"] for path, size in own.items()]
    rows.sort(key=lambda row: -float(row[1]))
    rows.append(["together", f"{sum(own.values()) / 1000:.1f}"])
    print_table("Bytes that the floor does not load, as sent", ["file", "kB"], rows)
    print(f"\nBesides: {theirs / 1000:.0f} kB more of Streamlit's own files.")


if __name__ == "__main__":
    main()
