"""The first map: cold browser, warm server, from the navigation to all zones painted."""

import time
from collections import Counter
from statistics import median
from urllib.parse import urlsplit

from machine import print_table, serve, start_chromium
from playwright.sync_api import Browser
from step import OTHER, QUIET, wait_until_painted

from pilotzones import load_atlas

ROUNDS = 9
STOPS = load_atlas().stops


def open_page(browser: Browser, side: str, address: str) -> tuple[float, Counter[str]]:
    """Open the page in a new browser; return milliseconds, and bytes by path."""
    stop = STOPS[-1] if side == "atlas" else STOPS[0]
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    received: Counter[str] = Counter()
    paths: dict[str, str] = {}
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
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
    start = time.perf_counter()
    page.goto(address + "/", wait_until="commit")
    wait_until_painted(page, side, stop)
    spent = (time.perf_counter() - start) * 1000
    page.wait_for_timeout(1500)
    context.close()
    return spent, received


def main() -> None:
    """Measure the app and the floor in turn, and print the tables."""
    with (
        start_chromium() as browser,
        serve() as atlas,
        serve(app=OTHER, SIDE="floor", **QUIET) as other,
    ):
        seen = [
            (open_page(browser, "atlas", atlas), open_page(browser, "floor", other))
            for _ in range(ROUNDS + 1)
        ][1:]  # the first warms the servers
    times, floor = [ours[0] for ours, _ in seen], [theirs[0] for _, theirs in seen]
    received, of_streamlit = seen[-1][0][1], seen[-1][1][1]
    rows = [
        [name, f"{median(t):.0f}", f"{max(t):.0f}", f"{median(t) / median(floor):.2f}"]
        for name, t in [("this app, all zones painted", times), ("the floor, its text", floor)]
    ]
    print_table("The first map", ["side", "median ms", "most ms", "times the floor"], rows)
    own = {path: size for path, size in received.items() if path not in of_streamlit}
    own["WebSocket"] = received["WebSocket"] - of_streamlit["WebSocket"]
    # more files of Streamlit's own, which the floor has no use for
    theirs = sum(own.pop(path) for path in list(own) if path.startswith("/static/"))
    rows = [[path.rsplit("/", 1)[-1] or "/", f"{size / 1000:.1f}"] for path, size in own.items()]
    rows.sort(key=lambda row: -float(row[1]))
    rows.append(["together", f"{sum(own.values()) / 1000:.1f}"])
    print_table("Bytes that the floor does not load, as sent", ["file", "kB"], rows)
    print(f"\nBesides: {theirs / 1000:.0f} kB more of Streamlit's own files.")


if __name__ == "__main__":
    main()
