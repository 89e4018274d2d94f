"""The start: import, server up and healthy, memory at rest; what is imported only when used."""

import subprocess
import sys
import time
from statistics import median
from typing import Any

import psutil
from machine import print_table, serve
from step import OTHER, QUIET

ROUNDS = 5
STARTS = 3
SERVERS: dict[str, dict[str, Any]] = {
    "this app": {"PILOTZONES_WARM_UP": "on"},
    "this app, `PILOTZONES_WARM_UP=off`": {},
    "the floor: a Streamlit slider with a line of text": {"app": OTHER, "SIDE": "floor", **QUIET},
}
HEAVY = ("matplotlib", "pyogrio", "openpyxl", "streamlit", "folium")
REST_SECONDS = 20
IMPORTS = {
    "import pilotzones": "import pilotzones",
    "the register and boundaries read": "import pilotzones; pilotzones.load_atlas()",
}


def run(code: str) -> tuple[float, str]:
    """Run code in a new Python; return milliseconds and the heavy packages that it imported."""
    code += f"\nimport sys; print(*[name for name in {HEAVY} if name in sys.modules])"
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return (time.perf_counter() - start) * 1000, done.stdout.strip()


def start(**how: Any) -> tuple[float, float]:
    """Start a server; return milliseconds until it is healthy and MB after a rest."""
    begun = time.perf_counter()
    with serve(**how):
        healthy = (time.perf_counter() - begun) * 1000
        time.sleep(REST_SECONDS)
        server = psutil.Process().children()[0]
        return healthy, server.memory_info().rss / 1e6


def main() -> None:
    """Measure and print the tables."""
    rows = []
    for name, code in {"Python alone": "", **IMPORTS}.items():
        runs = [run(code) for _ in range(ROUNDS)]
        rows.append([name, f"{median(t for t, _ in runs):.0f}", runs[0][1] or "none"])
    print_table("Imports", ["what", "median ms", f"of {', '.join(HEAVY)}"], rows)
    # in turn, for the machine is faster at one time than at another
    turns = [[start(**how) for how in SERVERS.values()] for _ in range(STARTS)]
    rows = [
        [name, *(f"{median(values):.0f}" for values in zip(*runs, strict=True))]
        for name, runs in zip(SERVERS, zip(*turns, strict=True), strict=True)
    ]
    heads = ["what", "healthy after, ms", f"MB after {REST_SECONDS} s"]
    print_table("Start of the server", heads, rows)


if __name__ == "__main__":
    main()
