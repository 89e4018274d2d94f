"""The sentence above a View: how many zones are active on the day, what its document did.

The browser fills in the same texts for the days that the slider passes.
"""

from dataclasses import dataclass

from pilotzones.atlas.timeline import REVOKED
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.roles import Frame, frame_of
from pilotzones.query.title import shown_qualities, shown_where


@dataclass(frozen=True)
class Subject:
    """Of which zones a headline speaks; the same on every day.

    Parameters
    ----------
    where
        Where they lie, such as ``" in Guangxi"``; empty where the filters do not say.
    qualities
        What else the filters say of them, in brackets; may be empty.
    revoked
        Whether it counts the zones revoked by the day, as a filter asks for these alone.
    """

    where: str
    qualities: str
    revoked: bool


def headline_subject(answer: Answer) -> Subject:
    """Say of which zones the headline of a View speaks."""
    t = answer.language
    where = shown_where(answer)
    # the verb says the status
    qualities = shown_qualities(answer.ask(answer.view.without("statuses")))
    return Subject(
        t._(" %(where)s") % {"where": where} if where else "",
        t._(" (%(qualities)s)") % {"qualities": qualities} if qualities else "",
        answer.view.statuses == (REVOKED,),
    )


def headline_texts(t: Language) -> dict[str, str]:
    """Return the texts of a headline, with {names} to fill in.

    ``n`` zones, in ``p`` provinces; ``a`` approved and ``r`` revoked on the day or since the
    earlier one; ``where`` and ``qualities`` of the `Subject`; ``day`` and ``since``, written out.
    """
    return {
        "in_one": t._(" in {p} province"),
        "in_many": t._(" in {p} provinces"),
        "active_none": t._("No zone{where}{qualities} is active on {day}."),
        "active_one": t._("{n} zone{where}{qualities} is active on {day}."),
        "active_many": t._("{n} zones{where}{qualities} are active on {day}."),
        "revoked_none": t._("No zone{where}{qualities} was revoked by {day}."),
        "revoked_one": t._("{n} zone{where}{qualities} was revoked by {day}."),
        "revoked_many": t._("{n} zones{where}{qualities} were revoked by {day}."),
        "between_none": t._(
            "No zone{where}{qualities} was approved between {since} and {day}, {r} revoked; "
            "{n} active at the end."
        ),
        "between_one": t._(
            "{a} zone{where}{qualities} was approved between {since} and {day}, {r} revoked; "
            "{n} active at the end."
        ),
        "between_many": t._(
            "{a} zones{where}{qualities} were approved between {since} and {day}, {r} revoked; "
            "{n} active at the end."
        ),
        "approved_one": t._("That day {a} was approved."),
        "approved_many": t._("That day {a} were approved."),
        "changed_one": t._("That day {a} was approved and {r} revoked."),
        "changed_many": t._("That day {a} were approved and {r} revoked."),
        "ended_one": t._("That day {r} was revoked."),
        "ended_many": t._("That day {r} were revoked."),
    }


def headline(answer: Answer) -> str:
    """Say in a sentence or two how many zones of a View are active, and what happened.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import View, load_atlas
    >>> headline(Answer(load_atlas(), View(date(2015, 3, 12))))
    '1 zone in 1 province is active on 12 March 2015. That day 1 was approved.'
    """
    return answer.language.sentences(headline_sentences(answer))


def headline_sentences(answer: Answer) -> list[str]:
    """Return the headline as its one or two sentences."""
    t, view, subject = answer.language, answer.view, headline_subject(answer)
    texts = headline_texts(t)
    frame = _frame(answer)
    counted = frame.gone if subject.revoked else frame.active
    values = {
        "n": counted,
        "p": frame.provinces,
        "a": frame.approved,
        "r": frame.revoked,
        "qualities": subject.qualities,
        "day": t.day(view.on),
        "since": t.day(view.since) if view.since else "",
        "where": subject.where,
    }
    if view.since:
        return [texts[f"between_{_number(frame.approved)}"].format(**values)]
    if not view.filtered and frame.provinces:
        values["where"] = texts[f"in_{_number(frame.provinces)}"].format(**values)
    kind = "revoked" if subject.revoked else "active"
    keys = [f"{kind}_{_number(counted)}"]
    if frame.on == view.on:
        keys += _happened(frame.approved, frame.revoked)
    return [texts[key].format(**values) for key in keys]


def _frame(answer: Answer) -> Frame:
    if answer.stop or answer.view.since:
        return frame_of(answer)
    # before the first document there is nothing
    return Frame(answer.view.on, "", 0)


def _happened(approved: int, revoked: int) -> list[str]:
    if approved:
        return [f"{'changed' if revoked else 'approved'}_{_number(approved)}"]
    return [f"ended_{_number(revoked)}"] if revoked else []


def _number(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, "many")
