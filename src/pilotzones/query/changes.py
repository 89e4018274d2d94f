"""What changed between two days, counted: in words, by province, by border region."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.atlas.timeline import ACTIVE, GAINED, PASSED, REVOKED, changes, state_on, stop_on
from pilotzones.i18n import format_day, translations
from pilotzones.query.view import View
from pilotzones.query.zones import passes

COUNTS = ["before", "gained", "revoked", "net", "after"]


def earlier_day(atlas: Atlas, view: View) -> date:
    """Choose the earlier day of a comparison.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days.

    Returns
    -------
    datetime.date
        That of the View; where it has none the eve of the document in force on its day, so that the
        changes are those that this document made.
    """
    stop = stop_on(atlas.stops, view.on)
    # before the first document nothing has changed since the day before
    return view.since or (stop.on if stop else view.on) - timedelta(days=1)


def changes_in_view(atlas: Atlas, view: View) -> pd.DataFrame:
    """List the changes between the two days of a View, under its filters.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days and the filters but that by status.

    Returns
    -------
    pandas.DataFrame
        The rows of `timeline.changes` that pass.
    """
    since = earlier_day(atlas, view)
    table = changes(atlas.register, since, view.on)
    return table[_keep(atlas, view).loc[table.index]]


def _keep(atlas: Atlas, view: View) -> pd.Series:
    compared = replace(view, since=earlier_day(atlas, view))
    return passes(atlas, compared, state_on(atlas.register, view.on)["status"])


def headline(atlas: Atlas, view: View) -> str:
    """Say in a sentence what changed between the two days of a View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days, the filters and the language.

    Returns
    -------
    str
        E.g. "Between 24 April 2025 and 25 April 2025: 16 gained, 3 revoked, 178 active, net +13".
    """
    _ = translations(view.lang).gettext
    table = changes_in_view(atlas, view)
    gained, revoked = _gains(table), _losses(table)
    status = state_on(atlas.register, view.on)["status"]
    active = int((_keep(atlas, view) & (status == ACTIVE)).sum())
    return _(
        "Between %(since)s and %(on)s: %(gained)s gained, %(revoked)s revoked, "
        "%(active)s active, net %(net)s"
    ) % {
        "since": format_day(earlier_day(atlas, view), view.lang),
        "on": format_day(view.on, view.lang),
        "gained": gained,
        "revoked": revoked,
        "active": active,
        "net": signed(gained - revoked),
    }


def signed(number: int) -> str:
    """Write a number with its sign.

    Examples
    --------
    >>> signed(13), signed(0), signed(-3)
    ('+13', '0', '−3')
    """
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def changes_by_province(atlas: Atlas, view: View) -> pd.DataFrame:
    """Count active zones and changes by provincial division.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days and the filters.

    Returns
    -------
    pandas.DataFrame
        Index ``adcode``, divisions with a change only; columns `COUNTS`: zones active on the
        earlier day, gained, revoked, the difference, zones active on the later day.
    """
    provinces = atlas.register.zones["province_adcode"]
    groups = {str(adcode): provinces == adcode for adcode in atlas.register.provinces.index}
    return _count(atlas, view, groups)


def changes_by_border_region(atlas: Atlas, view: View) -> pd.DataFrame:
    """Count active zones and changes by land border, coast and inland.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days and the filters.

    Returns
    -------
    pandas.DataFrame
        Index ``land``, ``coast``, ``inland`` and the codes of the land neighbours with a change;
        columns `COUNTS`. A zone may count in several regions.
    """
    index = atlas.register.zones.index
    regions = atlas.boundaries.border_regions
    ordered = [LAND, COAST, INLAND, *(code for code in regions if code.isupper())]
    groups = {code: pd.Series(index.isin(regions[code]), index=index) for code in ordered}
    return _count(atlas, view, groups)


def _count(atlas: Atlas, view: View, groups: dict[str, pd.Series]) -> pd.DataFrame:
    table = changes_in_view(atlas, view)
    since = state_on(atlas.register, earlier_day(atlas, view))["status"]
    keep = _keep(atlas, view)
    rows = {}
    for name, members in groups.items():
        own = table[members.loc[table.index]]
        if own.empty:
            continue
        gained, revoked = _gains(own), _losses(own)
        before = int((keep & members & (since == ACTIVE)).sum())
        rows[name] = [before, gained, revoked, gained - revoked, before + gained - revoked]
    return pd.DataFrame.from_dict(rows, orient="index", columns=COUNTS)


def _gains(table: pd.DataFrame) -> int:
    # what was approved and revoked in between counts in both
    return int(table["change"].isin([GAINED, PASSED]).sum())


def _losses(table: pd.DataFrame) -> int:
    return int((table["to_status"] == REVOKED).sum())
