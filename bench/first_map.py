"""The first map: cold browser, warm server, from the navigation to all zones painted."""

import time
from statistics import median
from urllib.parse import urlsplit

from machine import print_table, serve, start_chromium
from playwright.sync_api import Browser
from step import OTHER, QUIET, wait_until_painted

from pilotzones import load_atlas

ROUNDS = 7


def measure(browser: Browser, side: str) -> tuple[list[float], dict[str, int]]:
    """Open the page in new browsers; tell milliseconds, and bytes of the last one by path."""
    stops = load_atlas().stops
    stop = stops[-1] if side == "atlas" else stops[0]
    times: list[float] = []
    with serve() if side == "atlas" else serve(app=OTHER, SIDE=side, **QUIET) as address:
        for _ in range(ROUNDS + 1):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            received: dict[str, int] = {}
            urls: dict[str, str] = {}
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            devtools.on(
                "Network.responseReceived",
                lambda e, urls=urls: urls.update(
                    {e["requestId"]: urlsplit(e["response"]["url"]).path}
                ),
            )
            devtools.on(
                "Network.loadingFinished",
                lambda e, urls=urls, received=received: received.update(
                    {urls.get(e["requestId"], "?"): int(e["encodedDataLength"])}
                ),
            )
            page.on(
                "websocket",
                lambda s, received=received: s.on(
                    "framereceived",
                    lambda f: received.update({"WebSocket": received.get("WebSocket", 0) + len(f)}),
                ),
            )
            start = time.perf_counter()
            page.goto(address + "/", wait_until="commit")
            wait_until_painted(page, side, stop)
            times.append((time.perf_counter() - start) * 1000)
            page.wait_for_timeout(1500)
            context.close()
    return times[1:], received  # the first warms the server


def main() -> None:
    """Measure the app and the floor, and print the tables."""
    with start_chromium() as browser:
        (times, received), (floor, of_streamlit) = (
            measure(browser, side) for side in ("atlas", "floor")
        )
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
