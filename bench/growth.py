"""How cost grows with the number of zones and of documents.

The zones are real divisions, drawn by the project's own build from its pinned sources; both are
kept in ``.cache``, so that only the first run fetches and draws. The history is made up.
"""

import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import pandas as pd
from machine import REPOSITORY, print_table, serve, start_chromium
from playwright.sync_api import Browser
from step import wait_until_painted, walk

from pilotzones import load_atlas
from pilotzones.browser.assets import collect_assets
from pilotzones.pipeline import build

GEODATA = REPOSITORY / "geodata"
CACHE = REPOSITORY / ".cache"
# zones and documents; none: the atlas as it is
CASES = [None, ("prefectures", 10), ("prefectures", 100), ("counties", 10), ("counties", 100)]
FIRST, LAST = date(2015, 3, 12), date(2025, 4, 25)
STEPS_AT_THE_END = 5
NOT_A_ZONE = ("71", "81", "82")
# other tolerances break a county of today's partition, metres
FINER = {"overview": 1200.0, "detail": 800.0}


def divisions(kind: str) -> pd.DataFrame:
    """List all prefectures (a municipality counts as one) or all counties."""
    table = pd.read_csv(GEODATA / "boundaries" / "divisions.csv", dtype=str, keep_default_na=False)
    table = table[~table["adcode"].str[:2].isin(NOT_A_ZONE)]
    if kind == "counties":
        return table[table["level"] == "county"]
    alone = table["prefecture_adcode"] == ""
    municipality = (table["level"] == "province") & table["adcode"].isin(
        table.loc[alone & (table["level"] == "county"), "province_adcode"]
    )
    city = table["name_zh"].str.endswith("市")
    return table[(table["level"] == "prefecture") | municipality & city]


def rewrite(path: Path, rows: pd.DataFrame) -> None:
    """Write rows with the columns of the file that is there."""
    columns = pd.read_csv(path, dtype=str, nrows=0).columns
    rows.reindex(columns=columns).astype(object).fillna("").to_csv(path, index=False)


def make_up(kind: str, documents: int) -> Path:
    """Write data in which every division is a zone, approved by as many documents."""
    folder = CACHE / f"growth-{kind}"
    register, boundaries = folder / "register", folder / "boundaries"
    shutil.copytree(GEODATA / "register", register, dirs_exist_ok=True)
    places = divisions(kind)
    ids = "d" + places["adcode"]
    real = {name: pd.read_csv(register / f"{name}.csv", dtype=str) for name in ("zones", "ports")}
    same = real["zones"].iloc[0][["division_level", "confidence", "sources"]].to_dict()
    rewrite(
        register / "zones.csv",
        pd.DataFrame(
            {
                "zone_id": ids,
                **dict.fromkeys(("name_zh", "name_en", "place_zh", "place_en"), places["name_zh"]),
                "name_pinyin": "x",
                "province_adcode": places["adcode"].str[:2] + "0000",
                "adcodes": places["adcode"],
                **same,
            }
        ),
    )
    days = [FIRST + (LAST - FIRST) * n // (documents - 1) for n in range(documents)]
    numbers = [f"第{n}号" for n in range(1, documents + 1)]
    rewrite(
        register / "documents.csv",
        pd.DataFrame(
            {
                "document_no": numbers,
                "batch": [str(n) for n in range(1, documents + 1)],
                "title_zh": numbers,
                "title_en": numbers,
                "published_on": [day.isoformat() for day in days],
                "confidence": "low",
            }
        ),
    )
    each = [numbers[n * documents // len(ids)] for n in range(len(ids))]
    events = pd.DataFrame({"document_no": each, "zone_id": ids.to_numpy(), "action": "approve"})
    rewrite(register / "events.csv", events)
    rewrite(register / "ports.csv", real["ports"].head(1).assign(zone_id=ids.iloc[0]))
    # the description of the tables may have changed since
    built = (boundaries / "provenance.json").exists()
    boundaries.mkdir(exist_ok=True)
    for name in ("datapackage.json", "NOTICE.md"):
        shutil.copy(GEODATA / "boundaries" / name, boundaries)
    if not built:
        decisions = boundaries / "border_overrides.csv"
        shutil.copy(GEODATA / "boundaries" / decisions.name, decisions)
        rewrite(decisions, pd.DataFrame())
        build.LEVELS.update(FINER if kind == "counties" else {})
        build.build_boundaries(boundaries, cache=CACHE, register=register)
    return folder


def measure(browser: Browser, geodata: Path) -> list[str]:
    """Measure one case; give the cells of its line."""
    atlas = load_atlas(geodata)
    assets = collect_assets(atlas)
    fetched = ("coarse.json", "zones.json", "words-en.json", "stories-en.json")
    stops = atlas.stops
    begun = time.perf_counter()
    with serve(geodata) as address:
        with urlopen(f"{address}/healthz") as answer:
            answer.read()
        healthy = time.perf_counter() - begun
        for _ in range(2):  # the first warms the server
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
            begun = time.perf_counter()
            page.goto(f"{address}/?on={stops[-1].on}")
            wait_until_painted(page, "atlas", stops[-1])
            shown = (time.perf_counter() - begun) * 1000
        there = list(range(len(stops)))[: -STEPS_AT_THE_END - 2 : -1]
        steps = walk(page, "atlas", stops, there + there[-2::-1])
        page.close()
    return [
        str(len(atlas.register.zones)),
        str(len(stops)),
        f"{sum(len(assets[name].compressed) for name in fetched) / 1000:.0f}",
        f"{healthy:.1f}",
        f"{shown:.0f}",
        *(f"{median(steps.times[part]):.0f}" for part in ("painted", "described", "followed")),
        f"{median(steps.received) / 1000:.1f}",
    ]


def main() -> None:
    """Measure every case and print the table."""
    with start_chromium() as browser:
        rows = [measure(browser, make_up(*case) if case else GEODATA) for case in CASES]
    heads = ["zones", "documents", "fetched once, kB", "healthy after, s", "first map, ms"]
    heads += ["step: map, ms", "panel and table, ms", "server, ms", "step, kB"]
    print_table("Growth", heads, rows)


if __name__ == "__main__":
    main()
