"""The command line: how long it takes beside the import of the libraries it builds on."""

import subprocess
import sys
import time
from statistics import median

from machine import print_table

ROUNDS = 9
COMMANDS = {
    "import pandas, geopandas": ["-c", "import pandas, geopandas"],
    "pilotzones list": ["-m", "pilotzones", "list"],
    "pilotzones --help": ["-m", "pilotzones", "--help"],
    "pilotzones check": ["-m", "pilotzones", "check"],
}


def run(arguments: list[str]) -> float:
    """Run Python with arguments; return milliseconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure in turns, so that all share what the machine does, and print the table."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            times[name].append(run(arguments))
    medians = {name: median(found) for name, found in times.items()}
    floor = next(iter(medians.values()))
    rows = [[name, f"{ms:.0f}", f"{ms / floor:.2f}"] for name, ms in medians.items()]
    print_table("Commands", ["what", "median ms", "times the import"], rows)


if __name__ == "__main__":
    main()
