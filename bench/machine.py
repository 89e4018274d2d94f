"""What every measurement needs: a server, a browser, a table, a description of the machine."""

import platform
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright
from tabulate import tabulate

REPOSITORY = Path(__file__).parents[1]
# the tests know how to start the app and where a browser is
sys.path[:0] = [str(REPOSITORY / "tests"), str(REPOSITORY / "tests" / "browser")]

from chromium import find_chromium  # noqa: E402
from serving import free_port, serve  # noqa: E402

__all__ = [
    "REPOSITORY",
    "describe",
    "free_port",
    "percentile",
    "print_table",
    "serve",
    "start_chromium",
]


def describe() -> str:
    """Describe the machine and the version of Python."""
    memory = psutil.virtual_memory().total / 2**30
    cores = psutil.cpu_count()
    return (
        f"{cores} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def percentile(values: Sequence[float], share: int) -> float:
    """Take a percentile, 1 to 99, of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table as Markdown, ready for bench/README.md."""
    print(f"\n**{title}** ({describe()})\n")
    print(tabulate(rows, heads, tablefmt="github", disable_numparse=True), flush=True)
