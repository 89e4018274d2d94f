"""The title of a View: what is shown, where, on which day."""

from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.atlas.timeline import ACTIVE, REVOKED
from pilotzones.query.answer import Answer
from pilotzones.query.changes import changes_by_province

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
    return t._("%(what)s: %(gained)s gained, %(lost)s revoked between %(since)s and %(day)s") % {
        "what": what,
        "gained": counts["gained"].sum(),
        "lost": counts["revoked"].sum(),
        "since": t.day(view.since),
        "day": day,
    }


def view_subject(answer: Answer) -> str:
    """Describe which zones a View shows on any day, in its language."""
    t, qualities = answer.language, _qualities(answer)
    what = t._("Cross-border e-commerce pilot zones %(where)s") % {"where": _where(answer)}
    if qualities:
        what = t._("%(what)s (%(qualities)s)") % {"what": what, "qualities": qualities}
    return what


def _where(answer: Answer) -> str:
    view, t = answer.view, answer.language
    if not view.provinces:
        place = t._("of China")
    elif len(view.provinces) > _MOST_NAMED_PLACES:
        place = t._("in %(num)s provinces") % {"num": len(view.provinces)}
    else:
        provinces = answer.atlas.register.provinces.loc[list(view.provinces), f"name_{view.lang}"]
        place = t._("in %(names)s") % {"names": t.names([*provinces])}
    border = _border(answer)
    return t._("%(place)s %(border)s") % {"place": place, "border": border} if border else place


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


def _qualities(answer: Answer) -> str:
    view, t = answer.view, answer.language
    qualities = []
    if view.batches:
        qualities.append(t.batches(view.batches))
    if len(view.statuses) == 1:
        qualities.append(
            {ACTIVE: t._("active only"), REVOKED: t._("revoked only")}[view.statuses[0]]
        )
    if view.q:
        qualities.append(t._('name contains "%(text)s"') % {"text": view.q})
    return t.semicolons(qualities)
