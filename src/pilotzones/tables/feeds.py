"""The documents as a feed (Atom, RFC 4287) and as a calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

import pandas as pd

from pilotzones.atlas.register import document_address
from pilotzones.atlas.timeline import Stop
from pilotzones.credits import AUTHOR, TITLE
from pilotzones.query.answer import Answer
from pilotzones.tables.files import Format

FEED_FORMATS = {
    "atom": Format("atom", "application/atom+xml; charset=utf-8"),
    "ics": Format("ics", "text/calendar; charset=utf-8"),
}

_ATOM = "http://www.w3.org/2005/Atom"
# a line has at most 75 octets, of which a continuation spends one on the space before it
_OCTETS = 74


def write_feed(answer: Answer, file_format: str, address: str = "") -> bytes:
    """Write the documents up to the day as `FEED_FORMATS` has it; the bytes repeat.

    A feed names its own address, so that it may be followed from a copy.
    """
    stops = [stop for stop in answer.atlas.stops if stop.on <= answer.view.on]
    if file_format == "atom":
        return _atom(answer, stops[::-1], address)
    return _calendar(answer, stops)


def _atom(answer: Answer, stops: list[Stop], address: str) -> bytes:
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": answer.language.code})
    _add(feed, "id", f"urn:uuid:{_identifier('documents')}")
    if address:
        kind = FEED_FORMATS["atom"].media_type.partition(";")[0]
        _add(feed, "link").attrib.update(rel="self", type=kind, href=address)
    _add(feed, "title", _title(answer))
    _add(feed, "updated", _moment(answer.atlas.register.released_on))
    _add(_add(feed, "author"), "name", AUTHOR)
    for stop in stops:
        document = answer.atlas.register.documents.loc[stop.document_no]
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{_identifier(stop.document_no)}")
        _add(entry, "title", f"{stop.document_no} {document[f'title_{answer.language.code}']}")
        _add(entry, "published", _moment(stop.on))
        checked = document["checked_on"]
        _add(
            entry, "updated", _moment(stop.on if pd.isna(checked) else max(stop.on, checked.date()))
        )
        if address := document_address(document):
            _add(entry, "link").attrib.update(rel="alternate", href=address)
        _add(entry, "summary", _summary(answer, stop))
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, "unicode")}\n'.encode()


def _calendar(answer: Answer, stops: list[Stop]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{AUTHOR}//{TITLE}//EN"]
    lines += [f"X-WR-CALNAME:{_escaped(_title(answer))}"]
    for stop in stops:
        lines += _event(answer, stop)
    text = "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))
    return text.encode()


def _event(answer: Answer, stop: Stop) -> list[str]:
    document = answer.atlas.register.documents.loc[stop.document_no]
    title = document[f"title_{answer.language.code}"]
    address = document_address(document)
    return [
        "BEGIN:VEVENT",
        f"UID:{_identifier(stop.document_no)}",
        f"DTSTAMP:{answer.atlas.register.released_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{stop.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{stop.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{stop.document_no} {title}')}",
        f"DESCRIPTION:{_escaped(_summary(answer, stop))}",
        *([f"URL:{address}"] if address else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _title(answer: Answer) -> str:
    return answer.language._("Documents on the cross-border e-commerce pilot zones of China")


def _summary(answer: Answer, stop: Stop) -> str:
    t = answer.language
    text = t._("Zones approved %(approved)s, revoked %(revoked)s, active afterwards %(active)s.")
    return text % {
        "approved": len(stop.approved),
        "revoked": len(stop.revoked),
        "active": stop.active_after,
    }


def _identifier(name: str) -> UUID:
    # stays the same in every version and at every address
    return uuid5(NAMESPACE_URL, f"pilot-zone-atlas:{name}")


def _moment(day: date) -> str:
    return f"{day}T00:00:00+08:00"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line, none of which cuts a character."""
    part = ""
    for character in line:
        if len((part + character).encode()) > _OCTETS:
            yield part
            part = " "
        part += character
    yield part
