"""The map of a View as a still: paths of whole numbers, small enough for the first answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape as geometry
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas import Atlas
from pilotzones.browser.paths import DRAWN_LINES, Floats, Steps, path_data, whole_steps
from pilotzones.query.answer import Answer
from pilotzones.query.ground import MAINLAND, SOUTH_CHINA_SEA, place_outline, project
from pilotzones.query.roles import Role, frame_of, frame_on
from pilotzones.query.sight import Sight
from pilotzones.query.view import View
from pilotzones.query.zones import provinces_asked

# width of a picture in steps, each about a pixel of a wide window
_STEPS = 600
_STEPS_OF_INSET = 130
# around what is fitted, as a share of its longer side: a frame is wider or higher than that
_AROUND = 0.55
# a box may be narrow and high: as wide by its height and as high by its width as a frame may be
_AROUND_BOX = 0.2
_WIDEST, _HIGHEST = 2.9, 1.6
# of a place that stays small at the highest zoom more is seen: as much as a frame has pixels
_FRAME_PX = (1000, 560)
_AROUND_INSET = 0.02
# the sea and the land abroad are background: so many steps may be missed there
_COARSE = 3.0
# smaller parts are not seen, square steps
_LEAST_AREA = {"neighbour": 30, "nation": 2, "province": 30, "zone": 0.5}
_METRES_PER_PIXEL = 2 * np.pi * 6378137 / 256
_HIGHEST_ZOOM, _HIGHEST_ZOOM_OF_SIGHT = 8, 10
_SMALLEST_PX = 64
# widths of the national view in a wide window and on a phone, pixels
_WIDE_PX, _PHONE_PX = 665, 300

# layer and key of what lies below the zones, by its class
_GROUND = {
    "neighbour": ("neighbours_overview", "iso3"),
    "nation": ("nation_overview", "adcode"),
    "province-line": ("province_lines_overview", "kind"),
}


@dataclass(frozen=True)
class Path:
    """A path of the still: its classes, its ``d``, and the batch or class that colours it."""

    classes: str
    d: str
    batch: int = 0


@dataclass(frozen=True)
class Picture:
    """Paths in steps, with what is fitted into the frame at ``0 0 width height``.

    ``most_px`` is the width in pixels beyond which the live map does not zoom in.
    """

    width: int
    height: int
    most_px: int
    ground: tuple[Path, ...]
    lines: tuple[Path, ...]
    zones: tuple[Path, ...]
    dots: tuple[Path, ...]


@dataclass(frozen=True)
class _Window:
    """The part of the plane that is fitted into the frame, metres, and how many steps it is wide.

    So much more is drawn `beside` and `above` it, for a frame may have another shape. The live map
    zooms in up to `zoom`.
    """

    west: float
    south: float
    east: float
    north: float
    steps: int
    beside: float
    above: float
    zoom: int = _HIGHEST_ZOOM

    @property
    def step(self) -> float:
        return (self.east - self.west) / self.steps

    def clip(self, shape: BaseGeometry) -> BaseGeometry:
        x, y = self.beside, self.above
        sides = (self.west - x, self.south - y, self.east + x, self.north + y)
        return shapely.clip_by_rect(shape, *sides)


def still_picture(
    answer: Answer, box: tuple[float, ...] | None, sight: Sight | None = None, place: str = ""
) -> Picture:
    """Draw the map of a View: what a link asks for, a box in degrees, or all of China.

    What is chosen has its outline: the zone of the View, and the place of that code.
    """
    if sight:
        window, dots = _window_of_sight(sight), True
    elif box is None:
        window, dots = _window(MAINLAND, _STEPS, _AROUND), True
    else:
        window, dots = _window_of_box(box), False
    zones = [*_zones(answer)]
    return _picture(
        answer.atlas,
        window,
        zones=_zone_paths(answer.atlas, window, zones),
        lines=(*_asked(answer, window), *_chosen(answer, window, place)),
        dots=_dots(answer.atlas, window, zones) if dots else (),
    )


def still_provinces(answer: Answer, classes: dict[str, int], sight: Sight | None = None) -> Picture:
    """Draw the provincial divisions, each in the class of its code, with those that are chosen."""
    window = _window_of_sight(sight) if sight else _window(MAINLAND, _STEPS, _AROUND)
    drawn: dict[int, list[str]] = {}
    for adcode, number in classes.items():
        drawn.setdefault(number, []).append(_province(answer.atlas, window, adcode))
    chosen = [_province(answer.atlas, window, adcode) for adcode in provinces_asked(answer)]
    return _picture(
        answer.atlas,
        window,
        zones=(Path("province-area", "".join(paths), number) for number, paths in drawn.items()),
        lines=_haloed("".join(chosen)),
    )


@lru_cache(maxsize=256)
def _province(atlas: Atlas, window: _Window, adcode: str) -> str:
    return _encode(_layer(atlas, "provinces_overview", "adcode")[adcode], window, "province")


def _haloed(d: str) -> tuple[Path, ...]:
    return tuple(Path(name, d) for name in ("chosen-halo", "chosen-outline")) if d else ()


def still_inset(answer: Answer, *, zones: bool = True) -> Picture:
    """Draw the South China Sea for the View, with its zones or without."""
    window = _window(SOUTH_CHINA_SEA, _STEPS_OF_INSET, _AROUND_INSET)
    return _picture(
        answer.atlas,
        window,
        zones=_zone_paths(answer.atlas, window, [*_zones(answer)]) if zones else (),
        lines=_asked(answer, window),
    )


def _outline(box: tuple[float, ...]) -> list[tuple[float, float]]:
    # with the middles of the sides, which are curved on the map
    west, south, east, north = box
    x, y = (west + east) / 2, (south + north) / 2
    ends = [(west, south), (east, south), (west, north), (east, north)]
    return [*ends, (x, south), (x, north), (west, y), (east, y)]


def _window(corners: list[tuple[float, float]], steps: int, around: float) -> _Window:
    points = project(np.array(corners, dtype=float))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    by = float(around * max(east - west, north - south))
    return _Window(float(west), float(south), float(east), float(north), steps, by, by)


def _window_of_box(box: tuple[float, ...]) -> _Window:
    window = _window(_outline(box), _STEPS, _AROUND_BOX)
    wide, high = window.east - window.west, window.north - window.south
    pixel = _METRES_PER_PIXEL / 2**_HIGHEST_ZOOM
    frame_wide, frame_high = (pixel * number for number in _FRAME_PX)
    return replace(
        window,
        # two to a pixel, for fine screens
        steps=min(_STEPS, round(2 * wide / pixel)),
        beside=max(window.beside, (max(_WIDEST * high, frame_wide) - wide) / 2),
        above=max(window.above, (max(_HIGHEST * wide, frame_high) - high) / 2),
    )


def _window_of_sight(sight: Sight) -> _Window:
    """As `see` of camera.js: as much as all of China takes, halved so often."""
    china = _window(MAINLAND, _STEPS, _AROUND)
    x, y = map(float, project(np.array([[sight.lon, sight.lat]]))[0])
    halved = 2.0 ** -(sight.zoom + 1)
    wide, high = (china.east - china.west) * halved, (china.north - china.south) * halved
    by = 2 * _AROUND * max(wide, high)
    sides = (x - wide, y - high, x + wide, y + high)
    return _Window(*sides, _STEPS, by, by, _HIGHEST_ZOOM_OF_SIGHT)


def _picture(
    atlas: Atlas,
    window: _Window,
    *,
    zones: Iterable[Path],
    lines: Iterable[Path],
    dots: Iterable[Path] = (),
) -> Picture:
    return Picture(
        width=window.steps,
        height=round((window.north - window.south) / window.step),
        most_px=round((window.east - window.west) * 2**window.zoom / _METRES_PER_PIXEL),
        ground=_ground(atlas, window),
        lines=(*_lines(atlas, window), *lines),
        zones=tuple(zones),
        dots=tuple(dots),
    )


@lru_cache(maxsize=8)
def _layer(atlas: Atlas, name: str, key: str) -> pd.Series:
    layer = atlas.boundaries.layer(name)
    return pd.Series(shapely.transform(layer.geometry.to_numpy(), project), index=layer[key])


@lru_cache(maxsize=64)
def _ground(atlas: Atlas, window: _Window) -> tuple[Path, ...]:
    return tuple(
        Path(kind, "".join(_encode(one, window, kind) for one in _layer(atlas, name, key)))
        for kind, (name, key) in _GROUND.items()
    )


@lru_cache(maxsize=64)
def _lines(atlas: Atlas, window: _Window) -> tuple[Path, ...]:
    drawn: dict[str, list[str]] = {}
    for kind, one in _layer(atlas, "lines", "kind").loc[[*DRAWN_LINES]].items():
        drawn.setdefault(f"line {kind}", []).append(_encode(one, window, "line"))
    return tuple(Path(classes, "".join(paths)) for classes, paths in drawn.items())


def _asked(answer: Answer, window: _Window) -> tuple[Path, ...]:
    """Outline the provinces that were asked for."""
    asked = [*provinces_asked(answer)]
    shapes = _layer(answer.atlas, "provinces_overview", "adcode").loc[asked] if asked else ()
    d = "".join(_encode(one, window, "province") for one in shapes)
    return (Path("province-outline", d),) if d else ()


def _chosen(answer: Answer, window: _Window, place: str) -> tuple[Path, ...]:
    """Outline the zone and the place that are chosen, in a halo."""
    atlas, zone = answer.atlas, answer.view.zone
    d = _zone(atlas, window, zone) if zone else ""
    if place:
        d += _encode(_place(atlas, place), window, "zone")
    return _haloed(d)


@lru_cache(maxsize=64)
def _place(atlas: Atlas, adcode: str) -> BaseGeometry:
    return shapely.transform(geometry(place_outline(atlas, adcode)), project)


@lru_cache(maxsize=4096)
def _zone(atlas: Atlas, window: _Window, zone_id: str) -> str:
    return _encode(_layer(atlas, "zones_overview", "zone_id")[zone_id], window, "zone")


def _zones(answer: Answer) -> Iterator[tuple[str, str, int]]:
    """Yield the identifier, the classes and the batch of each zone that is drawn."""
    register, view = answer.atlas.register, answer.view
    everything = frame_on(answer.ask(View(view.on, lang=view.lang)))
    roles = dict(zip(register.zones.index, map(Role, frame_of(answer).roles), strict=True))
    whole = dict(zip(register.zones.index, map(Role, everything.roles), strict=True))
    histories = register.histories[["successor_zone_id", "batch"]]
    hidden = Role.HIDDEN
    for zone_id, successor, batch in histories.itertuples():
        role, names = roles[zone_id], ["zone", *roles[zone_id].classes]
        if role is hidden:
            if not whole[zone_id].is_active:
                continue
            names.append("is-aside")
        elif role.is_revoked and role is not Role.LOST and roles.get(successor, hidden).is_active:
            names.append("is-absorbed")
        yield str(zone_id), " ".join(names), int(batch)


def _zone_paths(atlas: Atlas, window: _Window, zones: list[tuple[str, str, int]]) -> Iterator[Path]:
    overlaps = atlas.boundaries.overlaps
    inner = {*overlaps.loc[overlaps["relation"] == "within", "zone_id"]}
    drawn: dict[tuple[int, str, int], list[str]] = {}
    for zone_id, classes, batch in zones:
        rank = _rank(classes, inner=zone_id in inner)
        drawn.setdefault((rank, classes, batch), []).append(_zone(atlas, window, zone_id))
    for (_, classes, batch), paths in sorted(drawn.items(), key=lambda one: one[0][0]):
        if d := "".join(paths):
            yield Path(classes, d, batch)


def _rank(classes: str, *, inner: bool) -> int:
    """Order zones: what stands out lies above, and a zone that lies in another above all."""
    names = classes.split()
    stands_out = ("is-active" in names) + 2 * ("is-new" in names) + 4 * ("is-revoked" in names)
    return stands_out + 8 * inner


def _dots(atlas: Atlas, window: _Window, zones: list[tuple[str, str, int]]) -> Iterator[Path]:
    """Mark the zones that are too small to see, in a wide window or only on a phone."""
    width = (window.east - window.west) / 1000
    small, smaller = (_SMALLEST_PX * (width / px) ** 2 for px in (_PHONE_PX, _WIDE_PX))
    places = atlas.boundaries.zones
    drawn: dict[tuple[str, int], list[str]] = {}
    for zone_id, classes, batch in zones:
        place = places.loc[zone_id]
        if place["area_km2"] >= small or "is-aside" in classes:
            continue
        (x, y), *_ = _in_steps(project(np.array([[place["lon"], place["lat"]]])), window)
        kind = "" if place["area_km2"] < smaller else " on-phones"
        drawn.setdefault((f"{classes}{kind}", batch), []).append(f"M{x} {y}h0")
    for (classes, batch), points in drawn.items():
        yield Path(classes.replace("zone", "dot", 1), "".join(points), batch)


def _in_steps(metres: Floats, window: _Window) -> Steps:
    return whole_steps(metres, window.step, (window.west, window.north))


def _encode(shape: BaseGeometry, window: _Window, kind: str) -> str:
    """Write a shape as the ``d`` of a path, in whole steps; empty where nothing is in sight."""
    seen = window.clip(shape)
    if kind == "neighbour":
        seen = shapely.simplify(seen, _COARSE * window.step)
    parts = shapely.get_parts(seen)
    areal = kind in _LEAST_AREA
    if areal:
        parts = parts[shapely.area(parts) > _LEAST_AREA[kind] * window.step**2]
        parts = shapely.get_rings(parts)
    return path_data(parts, lambda metres: _in_steps(metres, window), closed=areal)
