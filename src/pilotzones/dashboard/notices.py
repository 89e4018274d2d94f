"""Text of readers and of the register on a page: shown to the letter, never read as Markdown.

Streamlit reads every message as Markdown, makes links of addresses and signs of ``->`` or
``:material/home:``, and no escape prevents all of it. So messages are HTML of our own; only where
Streamlit takes nothing but a label is the text changed, by characters that do not show.
"""

import re
from collections.abc import Iterable
from typing import NoReturn

import streamlit as st

from pilotzones.browser.html import render
from pilotzones.browser.version_note import version_note
from pilotzones.dashboard.page import Page
from pilotzones.errors import PilotZonesError
from pilotzones.i18n import Language
from pilotzones.i18n.messages import problem_message

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit makes links and signs of these also where they are escaped
_JOINED = re.compile(r"(?<=[-<>=~:/.@])(?=[-<>=~:/.@\w])|(?<=\w)(?=[:@.])")
_WORD_JOINER = "\N{WORD JOINER}"


def warn(page: Page, message: str, zone_ids: Iterable[str] = ()) -> None:
    """Draw a warning, with a link to each zone that may have been meant."""
    _draw(page, message, zone_ids, kind="warning")


def note(page: Page, message: str, zone_ids: Iterable[str] = ()) -> None:
    """Draw a line in small print, with a link to each zone that may have been meant."""
    _draw(page, message, zone_ids, kind="note")


def paragraph(page: Page, text: str) -> None:
    """Draw a text."""
    _draw(page, text, (), kind="text")


def warn_of_problems(page: Page) -> None:
    """Warn of every value of the address that was replaced or ignored."""
    if not page.visit.problems:
        return
    with st.container(key="problems", gap=None):
        for problem in page.visit.problems:
            zone_ids = problem.closest if problem.reason == "unknown zone" else ()
            warn(page, problem_message(page.language, problem), zone_ids)


def note_version(page: Page) -> None:
    """Say that the facts are those of an earlier version, with the way to the present one."""
    if page.atlas.current:
        st.html(version_note(page.answer.ask(page.visit.view), page.path))


def stop_without_data(language: Language, error: PilotZonesError) -> NoReturn:
    """Name the damaged file and the remedy, and end the run."""
    st.error(language._("The data could not be loaded."))
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()


def plain_label(text: str) -> str:
    """Write a text so that a label, which Streamlit reads as Markdown, shows it as it is."""
    return _MARKUP.sub(r"\\\1", _JOINED.sub(_WORD_JOINER, text))


def _draw(page: Page, message: str, zone_ids: Iterable[str], *, kind: str) -> None:
    zones, t = page.atlas.register.zones, page.language
    offers = [
        {"href": f"?zone={zone_id}", "name": t.both_names(zones.loc[zone_id])}
        for zone_id in zone_ids
    ]
    st.html(render("notice.html", t, kind=kind, message=message, offers=offers))
