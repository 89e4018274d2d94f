"""What a page of an earlier version of the data says of it."""

from dataclasses import replace

from pilotzones.browser.html import render
from pilotzones.query.answer import Answer


def version_note(answer: Answer, page: str) -> str:
    """Say which version is shown, with the way to the present one; nothing of the present one."""
    present, t = answer.atlas.current, answer.language
    if present is None:
        return ""
    shown = answer.atlas.register
    message = t._(
        "Version %(version)s of the data, of %(day)s, as it was then. The present version is "
        "%(present)s."
    ) % {
        "version": shown.version,
        "day": t.day(shown.released_on),
        "present": present.register.version,
    }
    href = f"{page or './'}?{replace(answer.view, data='').query()}"
    return render("version.html", t, message=message, href=href)
