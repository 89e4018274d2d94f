"""Words of a figure: summary, alternative text, notes, in the language of the View."""

from collections import Counter

from pilotzones.credits import boundary_note
from pilotzones.figure.scene import Scene, make_scene
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.roles import Role
from pilotzones.query.title import view_title

# with more, a number is given instead of names
MOST_NAMED_ZONES = 30
_MOST_NAMED_PROVINCES = 5


def summary(answer: Answer) -> str:
    """Give the headline of a View and, on one day, the document in force."""
    t, stop = answer.language, None if answer.view.since else answer.stop
    if stop is None:
        return headline(answer)
    document = t._("Latest document: %(number)s, %(day)s.")
    return t.sentences(
        [headline(answer), document % {"number": stop.document_no, "day": t.day(stop.on)}]
    )


def alternative_text(answer: Answer) -> str:
    """Describe a figure in a few sentences for readers who cannot see it."""
    t, scene = answer.language, make_scene(answer)
    title, numbers = t._("Map: %(title)s.") % {"title": view_title(answer)}, summary(answer)
    if not scene.marks:
        return t.sentences([title, numbers])
    phrases = [
        t._("%(name)s: %(num)s") % {"name": row.text, "num": row.count}
        for row in scene.rows
        if row.role != Role.REVOKED
    ]
    counts = t._("%(text)s.") % {"text": t.semicolons(phrases)} if phrases else ""
    details = _changes(answer, scene) if answer.view.since else [_by_province(answer, scene)]
    return t.sentences([title, numbers, counts, *details])


def _by_province(answer: Answer, scene: Scene) -> str:
    t, counts = answer.language, _provinces(answer, scene)
    if len(counts) <= 1:
        return ""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    names = answer.atlas.register.provinces[f"name_{t.code}"]
    phrases = t.commas(
        t._("%(name)s %(num)s") % {"name": names[adcode], "num": count}
        for adcode, count in order[:_MOST_NAMED_PROVINCES]
    )
    if len(order) > _MOST_NAMED_PROVINCES:
        return t._("Most zones: %(list)s.") % {"list": phrases}
    return t._("By province: %(list)s.") % {"list": phrases}


def _provinces(answer: Answer, scene: Scene) -> Counter[str]:
    """Count the active zones by adcode of their province."""
    provinces = answer.atlas.register.zones["province_adcode"]
    return Counter(str(provinces[mark.zone_id]) for mark in scene.marks if not mark.hollow)


def _changes(answer: Answer, scene: Scene) -> list[str]:
    t, names = answer.language, zone_names(answer)
    # approved and revoked in between is both, as in the title
    gained = [names[m.zone_id] for m in scene.marks if m.role in {Role.GAINED, Role.PASSED}]
    successor = dict(scene.successions)
    lost = [
        t._("%(zone)s (now %(successor)s)")
        % {"zone": names[zone_id], "successor": names[successor[zone_id]]}
        if zone_id in successor
        else names[zone_id]
        for zone_id in (m.zone_id for m in scene.marks if m.role in {Role.LOST, Role.PASSED})
    ]
    texts = ((t._("Gained: %(list)s."), gained), (t._("Revoked: %(list)s."), lost))
    return [
        text % {"list": t.commas(sorted(listed))}
        for text, listed in texts
        if 0 < len(listed) <= MOST_NAMED_ZONES
    ]


def zone_names(answer: Answer) -> dict[str, str]:
    """Name every zone as on the map, by its identifier."""
    return dict(answer.atlas.register.zones[f"place_{answer.view.lang}"].items())


def succession_lines(answer: Answer, successions: list[tuple[str, str]]) -> list[str]:
    """Name each revoked zone with its successor."""
    names = zone_names(answer)
    return [f"{names[zone]} → {names[successor]}" for zone, successor in successions]


def remarks(answer: Answer, scene: Scene) -> list[str]:
    """Explain signs of the map that have no row in the legend, one line each."""
    new = any(mark.role == Role.NEW for mark in scene.marks)
    # coloured by newness they have a row of their own
    if not new or answer.view.colour == "new":
        return []
    return [answer.language._("Dark outline: approved by the latest document")]


def notes(
    answer: Answer, own: str, permalink: str, unnamed: list[str], *, is_map: bool = True
) -> list[str]:
    """Write the paragraphs below a figure, the reader's own first.

    `unnamed` are the zones without room for a name.
    """
    t = answer.language
    text = t._("Interactive map: %(address)s") if is_map else t._("Online: %(address)s")
    paragraphs = [
        own,
        _unnamed(answer, unnamed) if unnamed else "",
        source(answer, is_map=is_map),
        boundary_note(t) if is_map else "",
        text % {"address": permalink} if permalink else "",
    ]
    return [paragraph for paragraph in paragraphs if paragraph]


def _unnamed(answer: Answer, zones: list[str]) -> str:
    t, names = answer.language, zone_names(answer)
    if len(zones) > MOST_NAMED_ZONES:
        text = t._("%(num)s zones are not named on the map for lack of space.")
        return text % {"num": len(zones)}
    # what is no zone comes with its name
    listed = t.commas(sorted(names.get(zone, zone) for zone in zones))
    return t._("Not named on the map: %(names)s.") % {"names": listed}


def source(answer: Answer, *, is_map: bool = True) -> str:
    """Name the sources of facts and, of a map, boundaries and projection (Albers, equal-area)."""
    t = answer.language
    facts = t._("Source: State Council replies; Pilot Zone Atlas, data %(version)s")
    facts %= {"version": answer.atlas.data_version}
    if not is_map:
        return t._("%(text)s.") % {"text": facts}
    lines = t._(
        "Boundaries derived from Tianditu, National Geomatics Center of China (generalised); "
        "other countries: Natural Earth"
    )
    projection = t._("Albers equal-area projection, 25°/47° N, 105° E")
    return t._("%(facts)s. %(lines)s. %(projection)s.") % {
        "facts": facts,
        "lines": lines,
        "projection": projection,
    }
