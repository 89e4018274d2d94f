"""What the head of a page and a map in one file need to know of every stop."""

from dataclasses import asdict
from typing import Any

from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline_subject
from pilotzones.query.roles import Frame, events_in_view, frames, kept_by_stop


def timeline_content(answer: Answer, at_each_stop: Answer, *, compare: bool) -> dict[str, Any]:
    """Count the zones of a View at every stop.

    ``subject`` (a `headline.Subject`, and whether it is all zones), ``counts`` (see `counts_of`),
    ``events`` and ``kept``. What is ``None`` stands in the words already.
    """
    filtered = answer.view.filtered
    shown = frames(at_each_stop, compare=compare) if filtered or compare else None
    return {
        "subject": asdict(headline_subject(answer)) | {"all": not filtered},
        "counts": shown and [counts_of(frame) for frame in shown],
        "events": events_in_view(answer),
        "kept": kept_by_stop(answer) if filtered else None,
    }


def counts_of(frame: Frame) -> list[int]:
    """Count active zones, provinces, approved, revoked, and all that are revoked by then.

    Approved and revoked by the document of the stop, or since the earlier day.
    """
    return [frame.active, frame.provinces, frame.approved, frame.revoked, frame.gone]
