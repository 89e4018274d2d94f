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


def names(atlas: Atlas, seed: int) -> list[str]:
    """Draw names of places in the ways that tables write them, some with a letter too few."""
    rng = random.Random(seed)
    table = atlas.places.table
    province = table["province_adcode"].map(table["name_zh"])
    province_en = table["province_adcode"].map(table["name_en"])
    columns = [
        *(table["name_zh"], table["name_en"], table.index.to_series()),
        *(province + table["name_zh"], table["name_en"] + ", " + province_en),
    ]
    found = rng.sample([str(name) for column in columns for name in column], ROWS)
    return [name[:2] + name[3:] if rng.random() < MISSPELT else name for name in found]


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


def main() -> None:
    """Measure everything in turns, so that all share what the machine does, and print the table."""
    atlas = load_atlas()
    layer = atlas.boundaries.layer("prefectures_detail")
    months = PanelOptions(2014, 2025, unit="county", freq="month")
    years = PanelOptions(2010, 2025)
    sides: dict[str, Callable[[int], Callable[[], object]]] = {
        "10,000 points: place_points": lambda n: partial(place_points, atlas, *points(atlas, n)),
        "10,000 points: geopandas.sjoin": lambda n: partial(join, atlas, *points(atlas, n)),
        "10,000 names, 5 % misspelt: match_table": lambda n: partial(
            match_table, atlas, pd.DataFrame({"place": names(atlas, n)}), "place", on=DAY
        ),
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
