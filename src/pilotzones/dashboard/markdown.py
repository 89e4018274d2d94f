"""Text of readers and of the register inside Streamlit's Markdown."""

from collections.abc import Iterable

from pilotzones.atlas import Atlas
from pilotzones.i18n import Language


def plain_markdown(words: str) -> str:
    """Write a text so that nothing in it is taken for Markdown."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in words)


def offer_zones(atlas: Atlas, language: Language, zone_ids: Iterable[str]) -> str:
    """Offer zones that the reader may have meant, as Markdown with a link to each."""
    zones = atlas.register.zones
    names = {
        zone_id: plain_markdown(language.both_names(zones.loc[zone_id])) for zone_id in zone_ids
    }
    links = [f"[{name}](?zone={zone_id})" for zone_id, name in names.items()]
    return language._("Did you mean %(names)s?") % {"names": language.commas(links)}
