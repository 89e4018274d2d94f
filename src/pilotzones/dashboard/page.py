"""The page object: all that a part of a page needs, handed on whole."""

from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.assets import Asset
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.session import Visit
from pilotzones.i18n import Language
from pilotzones.palette import DARK, LIGHT, Theme
from pilotzones.query.answer import Answer, answer_of
from pilotzones.query.view import View


class PageEndError(Exception):
    """Ends a page before its last line."""


def end_page() -> NoReturn:
    """End the page here; its foot follows, which `st.stop` would leave out."""
    raise PageEndError


@dataclass(frozen=True)
class Page:
    """One run of a page.

    Parameters
    ----------
    path
        Path of the page, empty for the atlas.
    atlas
        The facts.
    assets
        Files that the browser fetches, by name.
    visit
        What the visitor chose.
    """

    path: str
    atlas: Atlas
    assets: dict[str, Asset]
    visit: Visit

    @cached_property
    def view(self) -> View:
        """The View that this page shows."""
        return self.visit.shown

    @cached_property
    def answer(self) -> Answer:
        """The View put to the atlas."""
        return answer_of(self.atlas, self.view)

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.view.language

    @property
    def theme(self) -> Theme:
        """The colours of the visitor's theme."""
        return DARK if st.context.theme.type == "dark" else LIGHT

    def asset_url(self, name: str) -> str:
        """Return the address of a file that the browser fetches."""
        version = f"?data={self.atlas.register.version}" if self.atlas.current else ""
        return f"{base_url()}{self.assets[name].path}{version}"
