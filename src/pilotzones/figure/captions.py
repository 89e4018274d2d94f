"""The words of a figure: title, summary, description, notes; in the language of the View."""

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE, state_on
from pilotzones.credits import boundary_note
from pilotzones.figure.scene import Scene, make_scene
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.title import view_title
from pilotzones.query.view import View

# beyond these, names make way for a number
_MOST_NAMED_ZONES = 30
_MOST_NAMED_PROVINCES = 5


def summary(answer: Answer) -> str:
    """Give the numbers of a View in one line.

    Parameters
    ----------
    answer
        The day or the two days, the filters, the language.

    Returns
    -------
    str
        A phrase in the language of the View.
    """
    scene = make_scene(answer)
    if not scene.marks:
        return _nothing(answer.view)
    if answer.view.since:
        return answer.language._("%(before)s active on %(since)s, %(after)s on %(day)s") % {
            "before": _active_shown(answer, scene, before=True),
            "since": answer.language.day(answer.view.since),
            "after": _active_shown(answer, scene, before=False),
            "day": answer.language.day(answer.view.on),
        }
    return answer.language.semicolons([_count_of_a_day(answer, scene), _latest(answer)])


def _nothing(view: View) -> str:
    if view.since:
        return view.language._("No zone passes these filters on either day.")
    return view.language._("No zone passes these filters on this day.")


def _active_shown(answer: Answer, scene: Scene, *, before: bool) -> int:
    day = answer.view.since if before and answer.view.since else answer.view.on
    status = state_on(answer.atlas.register, day)["status"]
    return sum(status[mark.zone_id] == ACTIVE for mark in scene.marks)


def _count_of_a_day(answer: Answer, scene: Scene) -> str:
    active = [mark.zone_id for mark in scene.marks if not mark.hollow]
    revoked = len(scene.marks) - len(active)
    provinces = answer.atlas.register.zones.loc[active, "province_adcode"].nunique()
    zones = answer.language.ngettext("%(num)s active zone", "%(num)s active zones", len(active))
    zones %= {"num": len(active)}
    if provinces > 1:
        divisions = answer.language.ngettext("%(num)s province", "%(num)s provinces", provinces)
        divisions %= {"num": provinces}
        zones = answer.language._("%(zones)s in %(provinces)s") % {
            "zones": zones,
            "provinces": divisions,
        }
    if not revoked:
        return zones
    gone = answer.language.ngettext("%(num)s zone revoked", "%(num)s zones revoked", revoked) % {
        "num": revoked
    }
    return answer.language.semicolons([zones, gone])


def _latest(answer: Answer) -> str:
    stop = answer.stop
    if stop is None:
        return ""
    day = answer.language.day(stop.on)
    return answer.language._("latest document %(number)s, %(day)s") % {
        "number": stop.document_no,
        "day": day,
    }


def alternative_text(answer: Answer) -> str:
    """Describe a figure for who cannot see it.

    Parameters
    ----------
    answer
        The day or the two days, the filters, the language.

    Returns
    -------
    str
        A few sentences in the language of the View, with counts by batch and by province.
    """
    scene = make_scene(answer)
    title = answer.language._("Map: %(title)s.") % {"title": view_title(answer)}
    numbers = summary(answer)
    if not scene.marks:
        return answer.language.sentences([title, numbers])
    numbers = answer.language._("%(text)s.") % {"text": numbers[0].upper() + numbers[1:]}
    rows = [
        answer.language._("%(name)s: %(num)s") % {"name": row.text, "num": row.count}
        for row in scene.rows
        if row.part not in {"revoked", "absorbed"}
    ]
    counts = (
        answer.language._("%(text)s.") % {"text": answer.language.semicolons(rows)} if rows else ""
    )
    named = _changes(answer, scene) if answer.view.since else [_most(answer, scene)]
    return answer.language.sentences([title, numbers, counts, *named])


def _most(answer: Answer, scene: Scene) -> str:
    active = [mark.zone_id for mark in scene.marks if not mark.hollow]
    counts = answer.atlas.register.zones.loc[active, "province_adcode"].value_counts(sort=False)
    if len(counts) <= 1:
        return ""
    order = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    names = answer.atlas.register.provinces[f"name_{answer.view.lang}"]
    listed = [
        answer.language._("%(name)s %(num)s") % {"name": names[adcode], "num": count}
        for adcode, count in order[:_MOST_NAMED_PROVINCES]
    ]
    if len(order) > _MOST_NAMED_PROVINCES:
        return answer.language._("Most zones: %(list)s.") % {"list": answer.language.commas(listed)}
    return answer.language._("By province: %(list)s.") % {"list": answer.language.commas(listed)}


def _changes(answer: Answer, scene: Scene) -> list[str]:
    names = answer.atlas.register.zones[f"place_{answer.view.lang}"]
    # what was approved and revoked in between is told twice, as the title counts it twice
    gained = [names[m.zone_id] for m in scene.marks if m.part in {"gained", "passed"}]
    ended = [mark.zone_id for mark in scene.marks if mark.part in {"lost", "passed"}]
    successor = dict(scene.ties)
    lost = [
        answer.language._("%(zone)s (now %(successor)s)")
        % {"zone": names[z], "successor": names[successor[z]]}
        if z in successor
        else names[z]
        for z in ended
    ]
    told = []
    if 0 < len(gained) <= _MOST_NAMED_ZONES:
        told.append(
            answer.language._("Gained: %(list)s.")
            % {"list": answer.language.commas(sorted(gained))}
        )
    if 0 < len(lost) <= _MOST_NAMED_ZONES:
        told.append(
            answer.language._("Revoked: %(list)s.") % {"list": answer.language.commas(sorted(lost))}
        )
    return told


def successions(answer: Answer, scene: Scene) -> list[str]:
    """Name every revoked zone with its successor, a line each."""
    names = answer.atlas.register.zones[f"place_{answer.view.lang}"]
    return [f"{names[zone]} → {names[successor]}" for zone, successor in scene.ties]


def successions_in_a_row(answer: Answer, scene: Scene) -> list[str]:
    """Name every revoked zone with its successor in one paragraph, or in none."""
    told = answer.language.semicolons(successions(answer, scene))
    return [told] if told else []


def remarks(scene: Scene, lang: str) -> list[str]:
    """Explain in the legend what no row of it shows, a line each."""
    language = Language(lang)
    new = any(mark.part == "new" for mark in scene.marks)
    return [language._("Dark outline: approved by the latest document")] if new else []


def notes(atlas: Atlas, lang: str, permalink: str, unnamed: list[str]) -> list[str]:
    """Write what stands below a figure: names without room, source, boundaries, permalink.

    Parameters
    ----------
    atlas
        The facts.
    lang
        ``en`` or ``zh``.
    permalink
        Address of the View; may be empty.
    unnamed
        Zones whose names found no room on the map.

    Returns
    -------
    list of str
        One paragraph each.
    """
    language = Language(lang)
    paragraphs = [source(atlas, lang), boundary_note(language)]
    if unnamed:
        paragraphs.insert(0, _unnamed(atlas, lang, unnamed))
    if permalink:
        paragraphs.append(language._("Interactive map: %(address)s") % {"address": permalink})
    return paragraphs


def _unnamed(atlas: Atlas, lang: str, zones: list[str]) -> str:
    language = Language(lang)
    if len(zones) > _MOST_NAMED_ZONES:
        return language._("%(num)s zones are not named on the map: no room.") % {"num": len(zones)}
    names = sorted(atlas.register.zones.loc[zones, f"place_{lang}"])
    return language._("Not named on the map: %(names)s.") % {"names": language.commas(names)}


def source(atlas: Atlas, lang: str) -> str:
    """Name the sources of the facts and of the boundaries."""
    language = Language(lang)
    facts = language._("Source: State Council replies; Pilot Zone Atlas, data %(version)s") % {
        "version": atlas.data_version
    }
    lines = language._(
        "Boundaries derived from Tianditu, National Geomatics Center of China (generalised); "
        "other countries: Natural Earth"
    )
    projection = language._("Albers equal-area projection, 25°/47° N, 105° E")
    texts = {"facts": facts, "lines": lines, "projection": projection}
    return language._("%(facts)s. %(lines)s. %(projection)s.") % texts


def _semicolons(texts: list[str], lang: str) -> str:
    return {"zh": "；"}.get(lang, "; ").join(text for text in texts if text)


def _commas(texts: list[str], lang: str) -> str:
    return {"zh": "、"}.get(lang, ", ").join(texts)


def _sentences(texts: list[str], lang: str) -> str:
    return {"zh": ""}.get(lang, " ").join(text for text in texts if text)
