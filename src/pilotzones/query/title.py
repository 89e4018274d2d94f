"""The title of a View: what is shown, where, on which day."""

from babel.lists import format_list

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.atlas.timeline import ACTIVE, REVOKED
from pilotzones.i18n import LOCALES, format_day, format_names, translations
from pilotzones.query.changes import changes_by_province
from pilotzones.query.view import View

# beyond these, names make way for a number
_MOST_NAMED_PLACES = 3


def figure_title(atlas: Atlas, view: View) -> str:
    """Say what a View shows.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.

    Returns
    -------
    str
        A title in the language of the View.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import load_atlas
    >>> figure_title(load_atlas(), View(date(2025, 4, 25), provinces=("440000",)))
    'Cross-border e-commerce pilot zones in Guangdong, 25 April 2025'
    """
    _ = translations(view.lang).gettext
    what = _("Cross-border e-commerce pilot zones %(where)s") % {"where": _where(atlas, view)}
    qualities = _qualities(view)
    if qualities:
        what = _("%(what)s (%(qualities)s)") % {"what": what, "qualities": qualities}
    day = format_day(view.on, view.lang)
    if view.since is None:
        return _("%(what)s, %(day)s") % {"what": what, "day": day}
    counts = changes_by_province(atlas, view)
    return _("%(what)s: %(gained)s gained, %(lost)s revoked between %(since)s and %(day)s") % {
        "what": what,
        "gained": counts["gained"].sum(),
        "lost": counts["revoked"].sum(),
        "since": format_day(view.since, view.lang),
        "day": day,
    }


def _where(atlas: Atlas, view: View) -> str:
    _ = translations(view.lang).gettext
    if not view.provinces:
        place = _("of China")
    elif len(view.provinces) > _MOST_NAMED_PLACES:
        place = _("in %(num)s provinces") % {"num": len(view.provinces)}
    else:
        provinces = atlas.register.provinces.loc[list(view.provinces), f"name_{view.lang}"]
        place = _("in %(names)s") % {"names": format_names([*provinces], view.lang)}
    border = _border(atlas, view)
    return _("%(place)s %(border)s") % {"place": place, "border": border} if border else place


def _border(atlas: Atlas, view: View) -> str:
    _ = translations(view.lang).gettext
    words = {
        LAND: _("on a land border"),
        COAST: _("on the coast"),
        INLAND: _("away from borders and coast"),
    }
    phrases = [words[code] for code in view.neighbours if code in words]
    codes = [code for code in view.neighbours if code not in words]
    if codes:
        names = [*atlas.boundaries.neighbours.loc[codes, f"name_{view.lang}"]]
        countries = format_list(names, style="or", locale=LOCALES[view.lang])
        phrases.append(_("on the border with %(names)s") % {"names": countries})
    return format_list(phrases, style="or", locale=LOCALES[view.lang])


def _qualities(view: View) -> str:
    _ = translations(view.lang).gettext
    ngettext = translations(view.lang).ngettext
    qualities = []
    if view.batches:
        names = format_names([str(batch) for batch in view.batches], view.lang)
        text = ngettext("batch %(names)s", "batches %(names)s", len(view.batches))
        qualities.append(text % {"names": names})
    if len(view.statuses) == 1:
        qualities.append({ACTIVE: _("active only"), REVOKED: _("revoked only")}[view.statuses[0]])
    if view.q:
        qualities.append(_('name contains "%(text)s"') % {"text": view.q})
    return {"zh": "；"}.get(view.lang, "; ").join(qualities)
