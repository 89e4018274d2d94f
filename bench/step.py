"""A step of the slider, from the key press to the repainted map, beside three other ways."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

from machine import REPOSITORY, percentile, print_table, serve, start_chromium
from playwright.sync_api import Browser, Error, Page

from pilotzones import load_atlas
from pilotzones.timeline import Stop

ROUNDS = 1
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


@dataclass
class Steps:
    """What was measured on one side."""

    painted: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    not_painted: int = 0


def wait_until_painted(page: Page, side: str, stop: Stop) -> None:
    """Wait until the page shows a stop: its zones on the map, or its day in the line of text."""
    if side == "floor":
        script = "day => document.querySelector('[data-testid=stText]')?.textContent === day"
        page.wait_for_function(script, arg=stop.on.isoformat(), timeout=PATIENCE_MS)
        return
    paths = "path.zone.is-active" if side == "atlas" else "path.leaflet-interactive"
    script = "([paths, n]) => document.querySelectorAll(paths).length === n"
    end = time.monotonic() + PATIENCE_MS / 1000
    # a rebuilt map comes in a new frame, while the old one still stands
    while time.monotonic() < end:
        for frame in page.frames[1:]:
            with suppress(Error):  # the frame has just gone
                if frame.evaluate(script, [paths, stop.active_after]):
                    return
    message = f"{side}: {stop.on} was not painted"
    raise TimeoutError(message)


def measure(browser: Browser, side: str) -> Steps:
    """Move the slider from the first stop to the last and back, several times."""
    stops = load_atlas().stops
    here = side == "atlas"
    steps, received = Steps(), []
    with serve() if here else serve(app=OTHER, SIDE=side, **QUIET) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("websocket", lambda s: s.on("framereceived", lambda f: received.append(len(f))))
        page.goto(address + ("/?on=" + stops[0].on.isoformat() if here else "/"))
        slider = page.get_by_role("slider")
        slider.wait_for(timeout=PATIENCE_MS)
        if side != "floor":
            page.wait_for_selector("iframe", timeout=PATIENCE_MS)
        wait_until_painted(page, side, stops[0])
        page.wait_for_timeout(2000)
        last = len(stops) - 1
        way = [*range(1, last + 1), *range(last - 1, -1, -1)] * ROUNDS
        now = 0
        for index in way:
            received.clear()
            start = time.perf_counter()
            slider.press("ArrowRight" if index > now else "ArrowLeft")
            try:
                wait_until_painted(page, side, stops[index])
            except TimeoutError:
                steps.not_painted += 1
                continue
            finally:
                now = index
            steps.painted.append((time.perf_counter() - start) * 1000)
            if here:
                day = stops[index].on.isoformat()
                for part in (".pz-panel", ".zones"):
                    page.wait_for_selector(f"{part}[data-on='{day}']")
                steps.told.append((time.perf_counter() - start) * 1000)
                page.wait_for_selector(f".timeline[data-on='{day}'][data-settled=true]")
                steps.answered.append((time.perf_counter() - start) * 1000)
            # a map that is made anew is still being taken down and put up
            page.wait_for_timeout(3000 if side == "rebuilt" else 700)
            steps.received.append(sum(received))
        page.context.close()
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
    floor = median(measured["floor"].painted)
    atlas = measured["atlas"]
    rows = [
        line("(a) this app, map repainted", atlas.painted, atlas.received, floor),
        line("(a) this app, panel and table too", atlas.told, atlas.received, floor),
        line("(a) this app, the server has followed", atlas.answered, atlas.received, floor),
        *(
            line(name, measured[s].painted, measured[s].received, floor)
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
