"""How long figures, files and the API take: first, for another province, again the same."""

import time
from urllib.request import urlopen

from machine import print_table, serve

ASKED = {
    "figure.png, A4, 300 dpi": "figure.png?size=a4-landscape&dpi=300",
    "figure.svg": "figure.svg?size=a4-landscape",
    "figure.pdf": "figure.pdf?size=a4-landscape",
    "map.html": "map.html?on=2025-04-25",
    "zones as JSON": "api/v1/zones?format=json",
    "zones as CSV": "api/v1/zones?format=csv",
    "zones as XLSX": "api/v1/zones?format=xlsx",
    "zones as GeoJSON": "api/v1/zones?format=geojson",
    "zones as GeoPackage": "api/v1/zones?format=gpkg",
    "data package": "api/v1/datapackage.zip",
}
# longer than the server waits before it prepares the first figure
WARM_UP_SECONDS = 15


def ask(address: str) -> tuple[float, int]:
    """Ask once; return milliseconds and bytes."""
    start = time.perf_counter()
    with urlopen(address) as response:
        body = response.read()
        return (time.perf_counter() - start) * 1000, len(body)


def main() -> None:
    """Ask for everything and print the table."""
    rows = []
    with serve(PILOTZONES_WARM_UP="on") as address:
        time.sleep(WARM_UP_SECONDS)
        for name, path in ASKED.items():
            first, size = ask(f"{address}/{path}")
            more = "&" if "?" in path else "?"
            other, _ = (
                ask(f"{address}/{path}{more}province=440000")
                if "datapackage" not in path
                else (first, 0)
            )
            again, _ = ask(f"{address}/{path}")
            rows.append(
                [name, f"{size / 1000:.0f}", f"{first:.0f}", f"{other:.0f}", f"{again:.0f}"]
            )
    heads = ["asked", "kB", "first, ms", "another province, ms", "again, ms"]
    print_table("Figures, files and the API over HTTP, one after the other", heads, rows)


if __name__ == "__main__":
    main()
