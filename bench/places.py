"""Places: points, names, status, panels, distances and weights, with what there is to compare."""

import random
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median

import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import psutil
from machine import print_table
from rapidfuzz import fuzz, process

from pilotzones import (
    Atlas,
    PanelOptions,
    load_atlas,
    match_table,
    nearest_zones,
    place_points,
    treatment_panel,
    weights,
)

ROUNDS = 5
ROWS = 10_000
DAY = date(2022, 12, 31)
MISSPELT = 0.05


def drawn(atlas: Atlas, seed: int, misspelt: float = MISSPELT) -> pd.DataFrame:
    """Draw names of places in the ways that tables write them, some with a letter too few.

    Columns ``place``, what stands in the table, and ``adcode``, what it means.
    """
    rng = random.Random(seed)
    table = atlas.places.table
    province = table["province_adcode"].map(table["name_zh"])
    province_en = table["province_adcode"].map(table["name_en"])
    columns = [
        *(table["name_zh"], table["name_en"], table.index.to_series()),
        *(province + table["name_zh"], table["name_en"] + ", " + province_en),
    ]
    pairs = [(str(name), code) for column in columns for code, name in column.items()]
    found = rng.sample(pairs, ROWS)
    written = [
        (name[:2] + name[3:] if rng.random() < misspelt else name, code) for name, code in found
    ]
    return pd.DataFrame(written, columns=["place", "adcode"])


def name_list(atlas: Atlas) -> pd.DataFrame:
    """List the Chinese and English names of all places, as a table to join with would."""
    table = atlas.places.table
    both = pd.concat([table["name_zh"], table["name_en"]]).rename("place").reset_index()
    return both.drop_duplicates("place").rename(columns={"adcode": "found"})


def by_match(atlas: Atlas, table: pd.DataFrame) -> pd.Series:
    """Find the places of a table with the library."""
    return match_table(atlas, table[["place"]], "place", on=DAY)["adcode"]


def by_merge(known: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Find the places of a table by joining with exact names."""
    return table.merge(known, how="left", on="place")["found"].fillna("")


def by_rapidfuzz(known: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Take for each name of a table the closest that there is."""
    codes = [*known["found"], ""]
    choices = [*known["place"]]
    found = (
        process.extractOne(name, choices, scorer=fuzz.ratio, score_cutoff=75)
        for name in table["place"]
    )
    return pd.Series([codes[best[2] if best else -1] for best in found])


def points(atlas: Atlas, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw points around representative places of the zones."""
    rng = np.random.default_rng(seed)
    zones = atlas.boundaries.zones.sample(ROWS, replace=True, random_state=seed)
    return tuple(zones[axis].to_numpy() + rng.normal(0, 0.5, ROWS) for axis in ("lon", "lat"))


def join(atlas: Atlas, lon: np.ndarray, lat: np.ndarray) -> pd.DataFrame:
    """Join points with the counties as geopandas does."""
    place = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    return place.sjoin(atlas.boundaries.counties.to_frame("geometry"), how="left")


def libpysal_queen(layer: gpd.GeoDataFrame) -> object:
    """Make the queen weights of a layer as libpysal does."""
    return libpysal.weights.Queen.from_dataframe(layer, use_index=False, silence_warnings=True)


def milliseconds(work: Callable[[], object]) -> float:
    """Do something once and time it."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def print_names(atlas: Atlas, known: pd.DataFrame) -> None:
    """Print what each side makes of the same names, and how long it takes the first time."""
    table = drawn(atlas, ROUNDS + 1)
    sides = {
        "match_table": partial(by_match, atlas, table),
        "merge of pandas, exact names": partial(by_merge, known, table),
        "rapidfuzz, the closest name": partial(by_rapidfuzz, known, table),
    }
    rows = []
    for name, work in sides.items():
        begun = time.perf_counter()
        found = work()
        taken = (time.perf_counter() - begun) * 1000
        right, left = int(found.eq(table["adcode"]).sum()), int(found.eq("").sum())
        counts = (right, len(found) - right - left, left)
        rows.append([name, f"{taken:,.0f}", *(f"{count:,}" for count in counts)])
    head = ["10,000 names, 5 % misspelt", "ms", "right", "wrong", "left open"]
    print_table("Names", head, rows)


def main() -> None:
    """Measure everything in turns, so that all share what the machine does, and print the table."""
    atlas = load_atlas()
    known = name_list(atlas)
    layer = atlas.boundaries.layer("prefectures_detail")
    months = PanelOptions(2014, 2025, unit="county", freq="month")
    years = PanelOptions(2010, 2025)
    sides: dict[str, Callable[[int], Callable[[], object]]] = {
        "10,000 points: place_points": lambda n: partial(place_points, atlas, *points(atlas, n)),
        "10,000 points: geopandas.sjoin": lambda n: partial(join, atlas, *points(atlas, n)),
        "10,000 names, 5 % misspelt: match_table": lambda n: partial(
            by_match, atlas, drawn(atlas, n)
        ),
        "10,000 names, all misspelt: match_table": lambda n: partial(
            by_match, atlas, drawn(atlas, n, 1)
        ),
        "10,000 names: merge of pandas": lambda n: partial(by_merge, known, drawn(atlas, n)),
        "status of all 3,250 places": lambda _: partial(atlas.places.status_on, DAY),
        "panel, prefectures by 16 years": lambda _: partial(treatment_panel, atlas, years),
        "panel, counties by 144 months": lambda _: partial(treatment_panel, atlas, months),
        "queen weights of prefectures: weights": lambda _: partial(weights, atlas),
        "queen weights of prefectures: libpysal": lambda _: partial(libpysal_queen, layer),
        "queen weights of counties: weights": lambda _: partial(weights, atlas, "county"),
        "five nearest zones of a place": lambda n: partial(
            nearest_zones, atlas, atlas.places.prefecture_units[n * 7], DAY
        ),
    }
    print_names(atlas, known)
    times: dict[str, list[float]] = {name: [] for name in sides}
    for n in range(ROUNDS + 1):
        for name, prepare in sides.items():
            times[name].append(milliseconds(prepare(n)))
    rows = [
        [name, f"{first:.0f}", f"{median(again):.0f}"] for name, (first, *again) in times.items()
    ]
    print_table("Places", ["what", "first, ms", "again, ms (median)"], rows)
    print(f"\nMemory afterwards: {psutil.Process().memory_info().rss / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
