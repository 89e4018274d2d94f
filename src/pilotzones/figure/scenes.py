"""What the maps of each kind show: provinces shaded, zones on borders, a record."""

from collections.abc import Callable

import shapely

from pilotzones.figure.geometry import Geometry, ground
from pilotzones.figure.kinds import border_groups, near_in_words, nearest, zones_of_place
from pilotzones.figure.look import Fill, Look
from pilotzones.figure.scene import (
    NO_FILL,
    Area,
    Mark,
    Row,
    Scene,
    larger_first,
    make_scene,
)
from pilotzones.query.answer import Answer
from pilotzones.query.ground import ground as counties
from pilotzones.query.roles import Role
from pilotzones.query.shading import class_labels, province_amounts, shade_provinces, shades

# more would be a table
_MOST_NEAR = 6
_MOST_NAMED = 40
# metres; of an outline
_FINEST_M = 200.0


def provinces_scene(answer: Answer, look: Look) -> Scene:
    """Shade all provinces by what the View says."""
    t, shade, classes = answer.language, answer.view.shade, look.theme.choropleth
    table = province_amounts(answer)
    fills, inks = (classes.none, *classes.fills), (classes.none_ink, *classes.inks)
    found = shade_provinces(table, shade)
    shapes = ground(answer.atlas, "overview").provinces
    areas = [
        Area(
            geometry=shapes[adcode],
            fill=Fill(fills[one.step]),
            text=one.text if one.step else "",
            ink=inks[one.step],
            name=t.name(table.loc[adcode]),
        )
        for adcode, one in found.items()
    ]
    steps = [one.step for one in found.values()]
    rows = [
        Row(role=Role.ACTIVE, colour=fill, text=label, count=steps.count(step))
        for step, (fill, label) in enumerate(zip(fills, class_labels(table, shade, t), strict=True))
        if steps.count(step)
    ]
    return Scene([], shades(t)[shade], rows, [], areas=areas, focus=[*shapes.values()])


def borders_scene(answer: Answer, look: Look) -> Scene:
    """Show the zones on land borders, those near them, and the others in the background."""
    t = answer.language
    on, near, others = border_groups(answer)
    strong, second, quiet = look.ranks
    fills = dict.fromkeys(on, strong) | dict.fromkeys(near, second) | dict.fromkeys(others, quiet)
    texts = [
        (t._("On the border"), strong, len(on)),
        (t._("Within %(km)s km of the border") % {"km": answer.view.within}, second, len(near)),
        (t._("Other active zones"), quiet, len(others)),
    ]
    rows = [_row(text, fill, count) for text, fill, count in texts if count]
    layers = ground(answer.atlas, "overview").zones
    named = [*on, *near]
    focus = [layers[zone] for zone in named] if answer.view.neighbours else []
    national = len(named) > _MOST_NAMED
    return Scene(
        [_mark(zone, fills[zone]) for zone in larger_first(answer.atlas, fills)],
        t._("Active zones"),
        rows,
        [],
        focus=focus,
        named=[] if national else named,
        remarks=[*filter(None, [near_in_words(answer, near, _MOST_NEAR)])],
    )


def record_scene(answer: Answer, look: Look) -> Scene:
    """Ring the zone or the place of a record, among the zones active that day."""
    t, view, atlas = answer.language, answer.view, answer.atlas
    layers = ground(atlas, "overview")
    active = answer.ask(view.without_filters()).active
    _, second, _ = look.ranks
    own = [view.zone] if view.zone and active[view.zone] else []
    others = [zone for zone in active.index[active] if zone not in own]
    fills = dict.fromkeys(others, Fill(look.theme.earlier)) | dict.fromkeys(own, second)
    near = nearest(answer)
    shape = layers.zones[view.zone] if view.zone else _place(answer)
    this = t._("This zone") if view.zone else t._("This place")
    rows = [
        Row(
            role=Role.ACTIVE,
            colour=second.colour if own else NO_FILL,
            pattern=second.pattern if own else "",
            text=this,
            count=None,
            shape="ring",
        ),
        Row(role=Role.ACTIVE, colour=look.theme.earlier, text=t._("Active zones"), count=None),
    ]
    return Scene(
        [_mark(zone, fills[zone]) for zone in larger_first(atlas, fills)],
        t._("Legend"),
        rows if others else rows[:1],
        [],
        ring=shape,
        focus=[shape, *(layers.zones[zone] for zone in near)],
        named=[*own, *zones_of_place(answer), *near],
        remarks=[*filter(None, [near_in_words(answer, near, len(near))])],
    )


def _place(answer: Answer) -> Geometry:
    shape = counties(answer.atlas.boundaries).union([answer.view.adcode or ""])
    return shapely.orient_polygons(shapely.simplify(shape, _FINEST_M))


def _mark(zone: str, fill: Fill) -> Mark:
    return Mark(zone_id=zone, role=Role.ACTIVE, colour=fill.colour, pattern=fill.pattern)


def _row(text: str, fill: Fill, count: int) -> Row:
    return Row(role=Role.ACTIVE, colour=fill.colour, pattern=fill.pattern, text=text, count=count)


SCENES: dict[str, Callable[[Answer, Look], Scene]] = {
    "map": make_scene,
    "compare": make_scene,
    "provinces": provinces_scene,
    "borders": borders_scene,
    "record": record_scene,
}
