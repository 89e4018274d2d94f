"""The start: import, server up and healthy, memory at rest; what is imported only when used."""

import subprocess
import sys
import time
from statistics import median
from urllib.request import urlopen

import psutil
from machine import print_table, serve

ROUNDS = 5
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


def start(warm_up: str) -> tuple[float, float]:
    """Start the server; return milliseconds until it is healthy and MB after a rest."""
    begun = time.perf_counter()
    with serve(PILOTZONES_WARM_UP=warm_up) as address:
        with urlopen(f"{address}/healthz") as answer:
            answer.read()
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
    rows = [
        [f"server, PILOTZONES_WARM_UP={warm_up}", f"{ms:.0f}", f"{rss:.0f}"]
        for warm_up in ("on", "off")
        for ms, rss in [start(warm_up)]
    ]
    heads = ["what", "healthy after, ms", f"MB after {REST_SECONDS} s"]
    print_table("Start of the server", heads, rows)


if __name__ == "__main__":
    main()
