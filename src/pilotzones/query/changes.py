"""What changed between two days, counted: in words, by province, by border region."""

import pandas as pd

from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.atlas.timeline import ACTIVE, GAINED, PASSED, REVOKED, status_on
from pilotzones.query.answer import Answer

COUNTS = ["before", "gained", "revoked", "net", "after"]


def headline(answer: Answer) -> str:
    """Say in a sentence what changed between the two days of a View, under its filters."""
    language = answer.language
    gained, revoked = _gains(answer.changes), _losses(answer.changes)
    return language._(
        "Between %(since)s and %(on)s: %(gained)s, %(revoked)s revoked, "
        "%(active)s active, net %(net)s"
    ) % {
        "since": language.day(answer.since),
        "on": language.day(answer.view.on),
        "gained": gained_in_words(answer),
        "revoked": revoked,
        "active": answer.compared.active.sum(),
        "net": signed(gained - revoked),
    }


def change_rows(answer: Answer) -> list[tuple[str, str, str | None]]:
    """List the zones that changed: identifier, change, and who revoked it by the later day."""
    changes = answer.changes
    revoked_by = changes["revoked_by"].where(changes["to_status"] == REVOKED)
    numbers = [None if pd.isna(number) else str(number) for number in revoked_by]
    return list(zip(changes.index.astype(str), changes["change"], numbers, strict=True))


def gained_in_words(answer: Answer) -> str:
    """Count the zones gained, with those among them that were revoked again by the later day."""
    t, table = answer.language, answer.changes
    words = t._("%(gained)s gained") % {"gained": _gains(table)}
    passed = int((table["change"] == PASSED).sum())
    if not passed:
        return words
    again = t._("%(passed)s of them revoked again") % {"passed": passed}
    return words + t.brackets(again)


def signed(number: int) -> str:
    """Write a number with its sign.

    Examples
    --------
    >>> signed(13), signed(0), signed(-3)
    ('+13', '0', '−3')
    """
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def changes_by_province(answer: Answer) -> pd.DataFrame:
    """Count active zones and changes by province: index ``adcode``, those with zones that pass.

    Columns `COUNTS`: zones active on the earlier day, gained, revoked, the difference, zones active
    on the later day.
    """
    register = answer.atlas.register
    provinces = register.zones["province_adcode"]
    groups = {str(adcode): provinces == adcode for adcode in register.provinces.index}
    return _count(answer, groups)


def changes_by_border_region(answer: Answer) -> pd.DataFrame:
    """Count active zones and changes by border region, those with zones that pass.

    Columns `COUNTS`, index ``land``, ``coast``, ``inland`` and the codes of the land neighbours. A
    zone may count in several regions.
    """
    index = answer.atlas.register.zones.index
    regions = answer.atlas.boundaries.border_regions
    ordered = [LAND, COAST, INLAND, *(code for code in regions if code.isupper())]
    groups = {code: pd.Series(index.isin(regions[code]), index=index) for code in ordered}
    return _count(answer, groups)


def changes_in_all(answer: Answer) -> pd.Series:
    """Count active zones and changes of all zones that pass, each once; index `COUNTS`."""
    everywhere = pd.Series(data=True, index=answer.atlas.register.zones.index)
    counts = _count(answer, {"all": everywhere})
    return counts.reindex(["all"], fill_value=0).loc["all"]


def _count(answer: Answer, groups: dict[str, pd.Series]) -> pd.DataFrame:
    table, keep = answer.changes, answer.compared.passing
    before_active = status_on(answer.atlas.register, answer.since) == ACTIVE
    rows = {}
    for name, members in groups.items():
        if not (keep & members).any():
            continue
        own = table[members.loc[table.index]]
        gained, revoked = _gains(own), _losses(own)
        before = int((keep & members & before_active).sum())
        rows[name] = [before, gained, revoked, gained - revoked, before + gained - revoked]
    return pd.DataFrame.from_dict(rows, orient="index", columns=COUNTS)


def _gains(table: pd.DataFrame) -> int:
    # what was approved and revoked in between counts in both
    return int(table["change"].isin([GAINED, PASSED]).sum())


def _losses(table: pd.DataFrame) -> int:
    return int((table["to_status"] == REVOKED).sum())
