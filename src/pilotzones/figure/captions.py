"""The words of a figure: title, summary, description, notes; in the language of the View."""

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE, state_on, stop_on
from pilotzones.credits import boundary_note
from pilotzones.figure.scene import Scene, make_scene
from pilotzones.i18n import format_day, translations
from pilotzones.query.title import figure_title
from pilotzones.query.view import View

# beyond these, names make way for a number
_MOST_NAMED_ZONES = 30
_MOST_NAMED_PROVINCES = 5


def summary(atlas: Atlas, view: View) -> str:
    """Give the numbers of a View in one line.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.

    Returns
    -------
    str
        A phrase in the language of the View.
    """
    _ = translations(view.lang).gettext
    scene = make_scene(atlas, view)
    if not scene.marks:
        return _nothing(view)
    if view.since:
        return _("%(before)s active on %(since)s, %(after)s on %(day)s") % {
            "before": _active_shown(atlas, view, scene, before=True),
            "since": format_day(view.since, view.lang),
            "after": _active_shown(atlas, view, scene, before=False),
            "day": format_day(view.on, view.lang),
        }
    return _semicolons([_count_of_a_day(atlas, view, scene), _latest(atlas, view)], view.lang)


def _nothing(view: View) -> str:
    _ = translations(view.lang).gettext
    if view.since:
        return _("No zone passes these filters on either day.")
    return _("No zone passes these filters on this day.")


def _active_shown(atlas: Atlas, view: View, scene: Scene, *, before: bool) -> int:
    day = view.since if before and view.since else view.on
    status = state_on(atlas.register, day)["status"]
    return sum(status[mark.zone_id] == ACTIVE for mark in scene.marks)


def _count_of_a_day(atlas: Atlas, view: View, scene: Scene) -> str:
    ngettext = translations(view.lang).ngettext
    _ = translations(view.lang).gettext
    active = [mark.zone_id for mark in scene.marks if not mark.hollow]
    revoked = len(scene.marks) - len(active)
    provinces = atlas.register.zones.loc[active, "province_adcode"].nunique()
    zones = ngettext("%(num)s active zone", "%(num)s active zones", len(active))
    zones %= {"num": len(active)}
    if provinces > 1:
        divisions = ngettext("%(num)s province", "%(num)s provinces", provinces)
        divisions %= {"num": provinces}
        zones = _("%(zones)s in %(provinces)s") % {"zones": zones, "provinces": divisions}
    if not revoked:
        return zones
    gone = ngettext("%(num)s zone revoked", "%(num)s zones revoked", revoked) % {"num": revoked}
    return _semicolons([zones, gone], view.lang)


def _latest(atlas: Atlas, view: View) -> str:
    _ = translations(view.lang).gettext
    stop = stop_on(atlas.stops, view.on)
    if stop is None:
        return ""
    day = format_day(stop.on, view.lang)
    return _("latest document %(number)s, %(day)s") % {"number": stop.document_no, "day": day}


def alternative_text(atlas: Atlas, view: View) -> str:
    """Describe a figure for who cannot see it.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.

    Returns
    -------
    str
        A few sentences in the language of the View, with counts by batch and by province.
    """
    _ = translations(view.lang).gettext
    scene = make_scene(atlas, view)
    title = _("Map: %(title)s.") % {"title": figure_title(atlas, view)}
    numbers = summary(atlas, view)
    if not scene.marks:
        return _sentences([title, numbers], view.lang)
    numbers = _("%(text)s.") % {"text": numbers[0].upper() + numbers[1:]}
    rows = [
        _("%(name)s: %(num)s") % {"name": row.text, "num": row.count}
        for row in scene.rows
        if row.part not in {"revoked", "absorbed"}
    ]
    counts = _("%(text)s.") % {"text": _semicolons(rows, view.lang)} if rows else ""
    named = _changes(atlas, view, scene) if view.since else [_most(atlas, view, scene)]
    return _sentences([title, numbers, counts, *named], view.lang)


def _most(atlas: Atlas, view: View, scene: Scene) -> str:
    _ = translations(view.lang).gettext
    active = [mark.zone_id for mark in scene.marks if not mark.hollow]
    counts = atlas.register.zones.loc[active, "province_adcode"].value_counts(sort=False)
    if len(counts) <= 1:
        return ""
    order = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    names = atlas.register.provinces[f"name_{view.lang}"]
    listed = [
        _("%(name)s %(num)s") % {"name": names[adcode], "num": count}
        for adcode, count in order[:_MOST_NAMED_PROVINCES]
    ]
    if len(order) > _MOST_NAMED_PROVINCES:
        return _("Most zones: %(list)s.") % {"list": _commas(listed, view.lang)}
    return _("By province: %(list)s.") % {"list": _commas(listed, view.lang)}


def _changes(atlas: Atlas, view: View, scene: Scene) -> list[str]:
    _ = translations(view.lang).gettext
    names = atlas.register.zones[f"place_{view.lang}"]
    # what was approved and revoked in between is told twice, as the title counts it twice
    gained = [names[m.zone_id] for m in scene.marks if m.part in {"gained", "passed"}]
    ended = [mark.zone_id for mark in scene.marks if mark.part in {"lost", "passed"}]
    successor = dict(scene.ties)
    lost = [
        _("%(zone)s (now %(successor)s)") % {"zone": names[z], "successor": names[successor[z]]}
        if z in successor
        else names[z]
        for z in ended
    ]
    told = []
    if 0 < len(gained) <= _MOST_NAMED_ZONES:
        told.append(_("Gained: %(list)s.") % {"list": _commas(sorted(gained), view.lang)})
    if 0 < len(lost) <= _MOST_NAMED_ZONES:
        told.append(_("Revoked: %(list)s.") % {"list": _commas(sorted(lost), view.lang)})
    return told


def successions(atlas: Atlas, view: View, scene: Scene) -> list[str]:
    """Name every revoked zone with its successor, a line each."""
    names = atlas.register.zones[f"place_{view.lang}"]
    return [f"{names[zone]} → {names[successor]}" for zone, successor in scene.ties]


def successions_in_a_row(atlas: Atlas, view: View, scene: Scene) -> list[str]:
    """Name every revoked zone with its successor in one paragraph, or in none."""
    told = _semicolons(successions(atlas, view, scene), view.lang)
    return [told] if told else []


def remarks(scene: Scene, lang: str) -> list[str]:
    """Explain in the legend what no row of it shows, a line each."""
    _ = translations(lang).gettext
    new = any(mark.part == "new" for mark in scene.marks)
    return [_("Dark outline: approved by the latest document")] if new else []


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
    _ = translations(lang).gettext
    paragraphs = [source(atlas, lang), boundary_note(lang)]
    if unnamed:
        paragraphs.insert(0, _unnamed(atlas, lang, unnamed))
    if permalink:
        paragraphs.append(_("Interactive map: %(address)s") % {"address": permalink})
    return paragraphs


def _unnamed(atlas: Atlas, lang: str, zones: list[str]) -> str:
    _ = translations(lang).gettext
    if len(zones) > _MOST_NAMED_ZONES:
        return _("%(num)s zones are not named on the map: no room.") % {"num": len(zones)}
    names = sorted(atlas.register.zones.loc[zones, f"place_{lang}"])
    return _("Not named on the map: %(names)s.") % {"names": _commas(names, lang)}


def source(atlas: Atlas, lang: str) -> str:
    """Name the sources of the facts and of the boundaries."""
    _ = translations(lang).gettext
    facts = _("Source: State Council replies; Pilot Zone Atlas, data %(version)s") % {
        "version": atlas.data_version
    }
    lines = _(
        "Boundaries derived from Tianditu, National Geomatics Center of China (generalised); "
        "other countries: Natural Earth"
    )
    projection = _("Albers equal-area projection, 25°/47° N, 105° E")
    texts = {"facts": facts, "lines": lines, "projection": projection}
    return _("%(facts)s. %(lines)s. %(projection)s.") % texts


def _semicolons(texts: list[str], lang: str) -> str:
    return {"zh": "；"}.get(lang, "; ").join(text for text in texts if text)


def _commas(texts: list[str], lang: str) -> str:
    return {"zh": "、"}.get(lang, ", ").join(texts)


def _sentences(texts: list[str], lang: str) -> str:
    return {"zh": ""}.get(lang, " ").join(text for text in texts if text)
