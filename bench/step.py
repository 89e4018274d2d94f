"""A step of the slider, from the key press to the repainted map, beside three other ways."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from machine import REPOSITORY, percentile, print_table, serve, start_chromium
from playwright.sync_api import Browser, Page

from pilotzones import load_atlas
from pilotzones.atlas.timeline import Stop

ROUNDS = 2
PATIENCE_MS = 12_000
OTHER = REPOSITORY / "bench" / "apps" / "app.py"
QUIET = {
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost",
    "STREAMLIT_SERVER_HEADLESS": "true",
}
SIDES = {
    "feature_group": "(b) streamlit-folium, polygons in feature_group_to_add",
    "rebuilt": "(c) streamlit-folium, map rebuilt",
    "floor": "(d) the floor: a slider and a line of text",
}


# In the page: from the key press to the frame in which each thing shows what it should. A rebuilt
# map comes in a new frame of the page, while the old one still stands.
WATCH = """
([side, day, active]) => new Promise((resolve) => {
  const all = [...document.querySelectorAll("*")];
  const shadows = [document, ...all.flatMap((element) => element.shadowRoot || [])];
  const find = (selector) => shadows.some((tree) => tree.querySelector(selector));
  const drawn = (selector) => [...document.querySelectorAll("iframe")].some(
    (frame) => frame.contentDocument?.querySelectorAll(selector).length === active);
  const signs = {
    floor: { painted: () => document.querySelector("[data-testid=stText]")?.textContent === day },
    atlas: {
      painted: () => drawn("path.zone.is-active"),
      described: () => find(`.pz-panel[data-on="${day}"]`) && find(`.zones[data-on="${day}"]`),
      followed: () => find(`.timeline[data-on="${day}"][data-settled=true]`),
    },
  }[side] || { painted: () => drawn("path.leaflet-interactive") };
  const seen = {};
  let start;
  const begin = () => { start = performance.now(); };
  document.addEventListener("keydown", begin, { capture: true, once: true });
  // what a frame shows is laid out and painted after its callbacks, before the next message
  const painted = new MessageChannel();
  painted.port1.onmessage = ({ data }) => {
    const now = performance.now();
    for (const name of data) seen[name] ??= now - start;
    const given = start && now - start > PATIENCE_MS;
    if (given || Object.keys(signs).every((name) => name in seen)) resolve(seen);
    else requestAnimationFrame(look);
  };
  const look = () => {
    const shown = Object.entries(signs).filter(([, shows]) => start && shows());
    painted.port2.postMessage(shown.map(([name]) => name));
  };
  look();
})
""".replace("PATIENCE_MS", str(PATIENCE_MS))


@dataclass
class Steps:
    """What was measured on one side: milliseconds by what was waited for, and bytes."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    received: list[int] = field(default_factory=list)
    not_painted: int = 0


def wait_until_painted(page: Page, side: str, stop: Stop) -> None:
    """Wait until the page shows a stop: its zones on the map, or its day in the line of text."""
    if side == "floor":
        script = "day => document.querySelector('[data-testid=stText]')?.textContent === day"
        page.wait_for_function(script, arg=stop.on.isoformat(), timeout=PATIENCE_MS)
        return
    paths = "path.zone.is-active" if side == "atlas" else "path.leaflet-interactive"
    script = """([paths, n]) => [...document.querySelectorAll("iframe")].some(
      (frame) => frame.contentDocument?.querySelectorAll(paths).length === n)"""
    page.wait_for_function(script, arg=[paths, stop.active_after], timeout=PATIENCE_MS)


def walk(page: Page, side: str, stops: list[Stop], way: list[int]) -> Steps:
    """Move the slider of an open page along a way of stops, each a step from the one before."""
    steps, received = Steps(), []
    page.on("websocket", lambda s: s.on("framereceived", lambda f: received.append(len(f))))
    page.reload()
    slider = page.get_by_role("slider", name="Day")
    wait_until_painted(page, side, stops[way[0]])
    page.wait_for_timeout(3000)
    for before, index in pairwise(way):
        received.clear()
        stop = stops[index]
        watched = [side, stop.on.isoformat(), stop.active_after]
        page.evaluate(f"(what) => {{ window.watched = ({WATCH})(what); }}", watched)
        slider.press("ArrowRight" if index > before else "ArrowLeft")
        seen = page.evaluate("() => window.watched")
        steps.not_painted += "painted" not in seen
        for name, milliseconds in seen.items():
            steps.times[name].append(milliseconds)
        # a map that is made anew is still being taken down and put up
        page.wait_for_timeout(3000 if side == "rebuilt" else 700)
        steps.received.append(sum(received))
    return steps


def measure(browser: Browser, side: str) -> Steps:
    """Move the slider of one side from the first stop to the last and back, several times."""
    stops = load_atlas().stops
    here = side == "atlas"
    with serve() if here else serve(app=OTHER, SIDE=side, **QUIET) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address + (f"/?on={stops[0].on}" if here else "/"))
        there = list(range(len(stops)))
        back = there[-2::-1]
        steps = walk(page, side, stops, there + back + (there[1:] + back) * (ROUNDS - 1))
        page.close()
    return steps


def line(name: str, times: list[float], received: list[int], floor: float) -> list[str]:
    """Write one line of the table."""
    return [
        name,
        f"{median(times):.0f}",
        f"{percentile(times, 95):.0f}",
        f"{median(times) / floor:.2f}",
        f"{median(received) / 1000:.1f}",
        f"{max(received) / 1000:.1f}",
    ]


def main() -> None:
    """Measure every side and print the table."""
    with start_chromium() as browser:
        measured = {side: measure(browser, side) for side in ("atlas", *SIDES)}
    floor = median(measured["floor"].times["painted"])
    atlas = measured["atlas"]
    parts = {
        "painted": "(a) this app, map repainted",
        "described": "(a) this app, panel and table too",
        "followed": "(a) this app, the server has followed",
    }
    rows = [
        *(line(name, atlas.times[part], atlas.received, floor) for part, name in parts.items()),
        *(
            line(name, measured[s].times["painted"], measured[s].received, floor)
            for s, name in SIDES.items()
        ),
    ]
    heads = ["side", "median ms", "p95 ms", "times (d)", "median kB", "most kB"]
    print_table("A step of the slider", heads, rows)
    for side, name in SIDES.items():
        if missed := measured[side].not_painted:
            print(f"\n{name}: {missed} steps were never painted, the old map stayed.")
    print("\nkB: WebSocket frames received by the page, before compression on the wire.")


if __name__ == "__main__":
    main()
