"""What each document changed: HTML that the browser fetches once and shows by the day."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.sources import host_of, is_official
from pilotzones.atlas.timeline import Stop
from pilotzones.browser.html import render
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer


def stories(atlas: Atlas, language: Language) -> dict[str, Any]:
    """Describe what each document changed.

    ``on_the_day`` and ``afterwards`` (headings), ``whole`` (a remark where there are filters),
    ``stops`` (one a document: its day ``on`` and its ``html``).
    """
    return {
        "on_the_day": language._("Changes made by this document"),
        "afterwards": language._("Changes made by the latest document"),
        "whole": language._("The filters do not apply to this list."),
        "stops": [
            {"on": stop.on.isoformat(), "html": _story(atlas, stop, language)}
            for stop in atlas.stops
        ],
    }


def _story(atlas: Atlas, stop: Stop, language: Language) -> str:
    document = atlas.register.documents.loc[stop.document_no]
    signed = document["signed_on"]
    return render(
        "story.html",
        language,
        stop=stop,
        document=document,
        title=document[f"title_{language.code}"],
        signed="" if pd.isna(signed) else language.day(signed),
        published=language.day(stop.on),
        approved=_approved(atlas, stop, language),
        revoked=_revoked(atlas, stop, language),
        notes=document[f"notes_{language.code}"],
        sources=source_links(document["sources"]),
    )


def _approved(atlas: Atlas, stop: Stop, language: Language) -> list[tuple[str, list[Any]]]:
    """List the provinces by name, each with links to its zones."""
    zones = atlas.register.zones.loc[list(stop.approved)]
    return [
        (
            language.name(atlas.register.province_rows[str(adcode)]),
            [zone_link(atlas, language, zone_id) for zone_id in group.index],
        )
        for adcode, group in zones.groupby("province_adcode", sort=True)
    ]


def _revoked(atlas: Atlas, stop: Stop, language: Language) -> list[tuple[Any, Any]]:
    """List the links to the zones and to their successors."""
    successors = atlas.register.histories["successor_zone_id"]
    return [
        (zone_link(atlas, language, zone_id), zone_link(atlas, language, successors[zone_id]))
        for zone_id in stop.revoked
    ]


def zone_link(atlas: Atlas, language: Language, zone_id: object) -> dict[str, Any] | None:
    """Return the name of a zone and the link that opens it; ``None`` for no zone."""
    if not isinstance(zone_id, str) or not zone_id:
        return None
    zone = atlas.register.zone_rows[zone_id]
    return {
        "id": zone_id,
        "name": language.name(zone),
        # short, because there may be hundreds: timeline.js adds the rest of the View when needed
        "href": f"?zone={zone_id}",
        "revoked": bool(pd.notna(zone["revoked_on"])),
    }


def zone_links(answer: Answer, zone_ids: Iterable[object]) -> list[dict[str, Any]]:
    """Return the link of each zone, as `zone_link` does; what is no zone is left out."""
    links = [zone_link(answer.atlas, answer.language, zone_id) for zone_id in zone_ids]
    return [link for link in links if link]


def source_links(addresses: str) -> list[dict[str, Any]]:
    """Return each address of a list, named by its host, and whether it is ``official``."""
    return [
        {
            "url": address,
            "host": (host_of(address) or address).removeprefix("www."),
            "official": is_official(address),
        }
        for address in addresses.split()
    ]
