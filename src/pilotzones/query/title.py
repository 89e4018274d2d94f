"""The title of a View: what is shown, where, on which day."""

from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.atlas.timeline import ACTIVE, REVOKED
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.changes import changes_by_province, gained_in_words

# beyond these, names make way for a number
_MOST_NAMED_PLACES = 3


def view_title(answer: Answer) -> str:
    """Describe what a View shows, in its language.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import View, load_atlas
    >>> view_title(Answer(load_atlas(), View(date(2025, 4, 25), provinces=("440000",))))
    'Cross-border e-commerce pilot zones in Guangdong, 25 April 2025'
    """
    view, t = answer.view, answer.language
    what, day = view_subject(answer), t.day(view.on)
    if view.since is None:
        return t._("%(what)s, %(day)s") % {"what": what, "day": day}
    counts = changes_by_province(answer)
    return t._("%(what)s: %(gained)s, %(lost)s revoked between %(since)s and %(day)s") % {
        "what": what,
        "gained": gained_in_words(answer),
        "lost": counts["revoked"].sum(),
        "since": t.day(view.since),
        "day": day,
    }


def view_subject(answer: Answer) -> str:
    """Describe which zones a View shows on any day, in its language."""
    t, qualities = answer.language, shown_qualities(answer)
    what = t._("Cross-border e-commerce pilot zones %(where)s") % {"where": _where(answer)}
    if qualities:
        what = t._("%(what)s (%(qualities)s)") % {"what": what, "qualities": qualities}
    return what


def match_name(t: Language, match: str) -> str:
    """Say how filters combine: ``all``, ``any``."""
    return {"all": t._("all must hold"), "any": t._("any is enough")}[match]


def _where(answer: Answer) -> str:
    view, t, where = answer.view, answer.language, shown_where(answer)
    if not where:
        return t._("of China")
    if view.widens or view.provinces or view.regions:
        return where
    return t._("%(place)s %(border)s") % {"place": t._("of China"), "border": where}


def shown_where(answer: Answer) -> str:
    """Say where zones lie, or, where one kind of filter is enough, all that lets them pass.

    Empty for all of China.
    """
    view, t = answer.view, answer.language
    provinces, regions, border = _provinces(answer), _regions(answer), _border(answer)
    if view.widens:
        batches = t._("of %(batches)s") % {"batches": t.batches(view.batches)}
        kinds = [provinces, regions, border, batches if view.batches else ""]
        return t.either(kind for kind in kinds if kind)
    place = provinces or regions
    if provinces and regions:
        place = t._("%(provinces)s that are %(regions)s") % {
            "provinces": provinces,
            "regions": regions,
        }
    if not (place and border):
        return place or border
    return t._("%(place)s %(border)s") % {"place": place, "border": border}


def _provinces(answer: Answer) -> str:
    view, t = answer.view, answer.language
    if not view.provinces:
        return ""
    if len(view.provinces) > _MOST_NAMED_PLACES:
        return t._("in %(num)s provinces") % {"num": len(view.provinces)}
    names = answer.atlas.register.provinces.loc[list(view.provinces), f"name_{view.lang}"]
    return t._("in %(names)s") % {"names": t.names([*names])}


def _regions(answer: Answer) -> str:
    t = answer.language
    names = {
        "east": t._("the East"),
        "central": t._("the Centre"),
        "west": t._("the West"),
        "northeast": t._("the Northeast"),
    }
    chosen = [names[region] for region in answer.view.regions]
    return t._("in %(names)s") % {"names": t.names(chosen)} if chosen else ""


def _border(answer: Answer) -> str:
    view, t = answer.view, answer.language
    words = {
        LAND: t._("on a land border"),
        COAST: t._("on the coast"),
        INLAND: t._("away from borders and coast"),
    }
    phrases = [words[code] for code in view.neighbours if code in words]
    codes = [code for code in view.neighbours if code not in words]
    if codes:
        names = answer.atlas.boundaries.neighbours.loc[codes, f"name_{view.lang}"]
        countries = t.either(names)
        phrases.append(t._("on the border with %(names)s") % {"names": countries})
    return t.either(phrases)


def shown_qualities(answer: Answer) -> str:
    """Say what the filters of a View ask beside the place; empty where they do not."""
    view, t = answer.view, answer.language
    qualities = []
    if view.batches and not view.widens:
        qualities.append(t.batches(view.batches))
    if len(view.statuses) == 1:
        qualities.append(
            {ACTIVE: t._("active only"), REVOKED: t._("revoked only")}[view.statuses[0]]
        )
    if view.q:
        qualities.append(t._('name contains "%(text)s"') % {"text": view.q})
    return t.semicolons(qualities)
