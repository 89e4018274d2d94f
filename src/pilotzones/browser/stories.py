"""What each document did, told once for the browser, which shows it when its day is chosen."""

from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import Stop
from pilotzones.browser.html import render
from pilotzones.i18n import Language


def stories(atlas: Atlas, lang: str) -> dict[str, Any]:
    """Tell what each document did.

    Parameters
    ----------
    atlas
        The facts.
    lang
        ``en`` or ``zh``.

    Returns
    -------
    dict
        ``on_the_day`` and ``afterwards`` (headings), ``whole`` (said while there are filters),
        ``stops`` (one a document: its day ``on`` and its ``html``).
    """
    language = Language(lang)
    return {
        "on_the_day": language._("What this document did"),
        "afterwards": language._("What the latest document did"),
        "whole": language._("The whole document, whatever the filters."),
        "stops": [
            {"on": stop.on.isoformat(), "html": _story(atlas, stop, language)}
            for stop in atlas.stops
        ],
    }


def _story(atlas: Atlas, stop: Stop, language: Language) -> str:
    document = atlas.register.documents.loc[stop.document_no]
    histories = atlas.register.histories
    provinces = atlas.register.provinces
    zones = atlas.register.zones.loc[list(stop.approved)]
    approved = [
        (language.name(provinces.loc[adcode]), [zone_link(atlas, language, z) for z in group.index])
        for adcode, group in zones.groupby("province_adcode", sort=True)
    ]
    revoked = [
        (
            zone_link(atlas, language, zone_id),
            zone_link(atlas, language, histories.loc[zone_id, "successor_zone_id"]),
        )
        for zone_id in stop.revoked
    ]
    return render(
        "story.html",
        language,
        stop=stop,
        document=document,
        title=document[f"title_{language.code}"],
        signed="" if pd.isna(document["signed_on"]) else language.day(document["signed_on"]),
        published=language.day(stop.on),
        approved=approved,
        revoked=revoked,
        notes=document[f"notes_{language.code}"],
        sources=source_links(document["sources"]),
    )


def zone_link(atlas: Atlas, language: Language, zone_id: object) -> dict[str, Any] | None:
    """Name a zone and the link that opens it; nothing for no zone."""
    if not isinstance(zone_id, str) or not zone_id:
        return None
    return {
        "id": zone_id,
        "name": language.name(atlas.register.zones.loc[zone_id]),
        # short, because there may be hundreds: timeline.js adds the rest of the View when needed
        "href": f"?zone={zone_id}",
        "revoked": bool(pd.notna(atlas.register.histories.loc[zone_id, "revoked_on"])),
    }


def source_links(addresses: str) -> list[dict[str, str]]:
    """Name each address of a list by its host."""
    hosts = {address: urlsplit(address).hostname or address for address in addresses.split()}
    return [{"url": url, "host": host.removeprefix("www.")} for url, host in hosts.items()]
