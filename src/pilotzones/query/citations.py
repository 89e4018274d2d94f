"""Citations of documents, zones and places: GB/T 7714, APA, BibTeX, RIS and CSL JSON.

What decides is the document of the State Council; so it comes first, and the atlas after it.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.register import official_name
from pilotzones.atlas.timeline import day_problem
from pilotzones.credits import AUTHOR
from pilotzones.errors import Problem, UnknownPlaceError, not_a_text, refuse
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.parameters import CITATION_STYLES
from pilotzones.query.lookup import place_on
from pilotzones.query.place_sentence import place_name
from pilotzones.query.reader import china_today, refuse_future
from pilotzones.text import excerpt, fold

_BIBTEX_SPECIAL = str.maketrans(
    {**{c: f"\\{c}" for c in "&%$#_{}"}, "\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
)


@dataclass(frozen=True)
class Seen:
    """Where and when the atlas was visited.

    Parameters
    ----------
    site
        Address of the atlas, with a slash at its end; empty where the record has no address.
    accessed
        The day of the visit.
    """

    site: str
    accessed: date


@dataclass(frozen=True)
class Citation:
    """A document, or a record of the atlas, as a list of references names it.

    Parameters
    ----------
    key
        Its key in a list of references, of ASCII letters, digits and hyphens.
    title
        Title, in the language.
    author
        The body that is responsible for it.
    number
        Number of a document; empty for a record of the atlas.
    version
        Title of the atlas and version of its data; empty for a document.
    issued
        Day of publication.
    address
        Where it is; empty where no address is known.
    accessed
        The day on which the address was visited.
    lang
        Language, ``en`` or ``zh``.
    """

    key: str
    title: str
    author: str
    number: str
    version: str
    issued: date
    address: str
    accessed: date
    lang: str

    @property
    def container(self) -> str:
        """The database that a record is part of; empty for a document."""
        return Language(self.lang)._("Pilot Zone Atlas") if self.version else ""


@takes_atlas
def cite(  # noqa: PLR0913 - what a reference needs
    atlas: Atlas,
    subject: str,
    *,
    style: str = "apa",
    on: date | None = None,
    lang: str = "en",
    site: str = "",
    accessed: date | None = None,
) -> str:
    """Cite a document, or a zone or a place with the documents that decide on it.

    Parameters
    ----------
    atlas
        The facts.
    subject
        Number of a document, identifier of a zone, or GB/T 2260 code of a place.
    style
        ``"gbt7714"`` (GB/T 7714-2015) or ``"apa"`` (7th edition), one line a reference;
        ``"bibtex"``, ``"ris"`` or ``"csl"`` (CSL JSON, an array).
    on
        The day that the record describes; by default that of the latest document.
    lang
        Language of titles and names, ``"en"`` or ``"zh"``.
    site
        Address of the atlas, such as ``"https://atlas.example/"``, to which that of the record is
        added; by default the record is cited without an address.
    accessed
        The day of the visit; by default today in China.

    Returns
    -------
    str
        The references: documents first, the record of the atlas last.

    Raises
    ------
    InvalidValueError
        If there is no such style or language, a day is not a ``datetime.date``, or `on` is in the
        future.
    UnknownZoneError
        If nothing has this name; the message names the closest zones.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import cite, load_atlas
    >>> print(cite(load_atlas(), "国函〔2015〕44号", lang="zh", style="gbt7714",
    ...            accessed=date(2026, 11, 26)))
    国务院. 国务院关于同意设立中国（杭州）跨境电子商务综合试验区的批复: \
国函〔2015〕44号[EB/OL]. (2015-03-12)[2026-11-26]. \
http://www.gov.cn/zhengce/zhengceku/2015-03/12/content_9522.htm.
    """
    refuse(
        Problem(name, excerpt(value), "unknown choice", allowed=", ".join(allowed))
        for name, value, allowed in (("style", style, CITATION_STYLES), ("lang", lang, LANGUAGES))
        if value not in allowed
    )
    refuse([day_problem("accessed", accessed)] if accessed else [])
    if on is not None:
        refuse_future(atlas, on)
    day, seen, t = on or atlas.stops[-1].on, Seen(site, accessed or china_today()), Language(lang)
    refuse([not_a_text("subject", subject)])
    # its brackets are hard to type
    numbers = {fold(number): number for number in atlas.register.documents.index}
    if number := numbers.get(fold(subject)):
        return written([cite_document(atlas, number, seen, t)], style)
    if subject in atlas.places.rows:
        return written(cite_place(atlas, subject, day, seen, t), style)
    return written(cite_zone(atlas, subject, day, seen, t), style)


def cite_document(atlas: Atlas, number: str, seen: Seen, t: Language) -> Citation:
    """Cite a reply of the State Council, by its own address alone."""
    document = atlas.register.documents.loc[number]
    digits = "".join(c if c.isascii() and c.isdigit() else " " for c in number).split()
    return Citation(
        key="-".join(["guohan", *digits]),
        title=document[f"title_{t.code}"],
        author=t._("State Council of the People's Republic of China"),
        number=number,
        version="",
        issued=document["published_on"].date(),
        address=document["url"],
        accessed=seen.accessed,
        lang=t.code,
    )


def cite_zone(atlas: Atlas, zone_id: str, on: date, seen: Seen, t: Language) -> list[Citation]:
    """Cite the documents that approved and, by the day, revoked a zone; then its record."""
    zone = atlas.register.zone(zone_id)
    numbers = [zone["approved_by"]]
    if zone["revoked_on"] <= pd.Timestamp(on):
        numbers.append(zone["revoked_by"])
    record = _record(
        atlas,
        f"pilotzones-{zone_id}",
        official_name(zone[f"place_{t.code}"], t.code),
        address=record_address(seen.site, on, atlas.register.version, t, zone=zone_id),
        accessed=seen.accessed,
        t=t,
    )
    return [*(cite_document(atlas, number, seen, t) for number in numbers), record]


def cite_place(atlas: Atlas, adcode: str, on: date, seen: Seen, t: Language) -> list[Citation]:
    """Cite the documents that approved the zones of a place on the day; then its record."""
    if adcode not in atlas.places.rows:
        raise UnknownPlaceError(excerpt(adcode))
    numbers = dict.fromkeys(place_on(atlas, adcode, on).document_nos)
    title = t._("Cross-border e-commerce pilot zones of China: %(place)s")
    record = _record(
        atlas,
        f"pilotzones-{adcode}",
        title % {"place": place_name(atlas, adcode, t)},
        address=record_address(seen.site, on, atlas.register.version, t, adcode=adcode),
        accessed=seen.accessed,
        t=t,
    )
    return [*(cite_document(atlas, number, seen, t) for number in numbers), record]


def record_address(site: str, on: date, version: str, t: Language, **subject: str) -> str:
    """Return the address of a record: day, zone or place, version of the data, language."""
    (name,) = subject
    page = {"zone": "zone", "adcode": "place"}[name]
    query = urlencode({"on": on.isoformat(), **subject, "data": version, "lang": t.code})
    return f"{site}{page}?{query}" if site else ""


def _record(  # noqa: PLR0913 - what a reference needs
    atlas: Atlas, key: str, title: str, *, address: str, accessed: date, t: Language
) -> Citation:
    return Citation(
        key=key,
        title=title,
        author=AUTHOR if t.code == "en" else t._("Pilot Zone Atlas"),
        number="",
        version=t._("data %(version)s") % {"version": atlas.data_version},
        issued=atlas.register.released_on,
        address=address,
        accessed=accessed,
        lang=t.code,
    )


def written(citations: Iterable[Citation], style: str) -> str:
    """Write references in one of `CITATION_STYLES`."""
    if style == "csl":
        return json.dumps([_csl(one) for one in citations], ensure_ascii=False, indent=2)
    between = "\n" if style in {"gbt7714", "apa", "ris"} else "\n\n"
    return between.join(_WRITERS[style](one) for one in citations)


def _gbt7714(one: Citation) -> str:
    kind = ("DB" if one.version else "EB") + "/OL" if one.address else "DB" if one.version else "Z"
    title = f"{one.title}: {one.number}" if one.number else one.title
    edition = f"{one.container}, {one.version}. " if one.version else ""
    dated = f"({one.issued})[{one.accessed}]. {one.address}." if one.address else f"{one.issued}."
    return f"{one.author}. {title}[{kind}]. {edition}{dated}"


def _apa(one: Citation) -> str:
    t = Language(one.lang)
    if one.version:
        kind, issued = t._("Data set"), str(one.issued.year)
        title = f"{one.title} [{kind}]. {one.container}, {one.version}."
    else:
        issued = t.day(one.issued) if t.code == "zh" else f"{one.issued:%Y, %B} {one.issued.day}"
        title = f"{one.title}{t.brackets(one.number)}."
    parts = [f"{one.author}.", f"({issued}).", title, one.address]
    return " ".join(part for part in parts if part)


def _bibtex(one: Citation) -> str:
    fields = {
        "author": f"{{{_escaped(one.author)}}}",
        "title": f"{{{_escaped(one.title)}}}",
        "institution": "" if one.version else _escaped(one.author),
        "type": "" if one.version else "Reply",
        "number": one.number,
        "howpublished": _escaped(f"{one.container}, {one.version}") if one.version else "",
        "year": str(one.issued.year),
        "month": str(one.issued.month),
        "day": str(one.issued.day),
        "url": one.address,
        "urldate": one.accessed.isoformat() if one.address else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'misc' if one.version else 'techreport'}{{{one.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX_SPECIAL)


def _ris(one: Citation) -> str:
    return "".join(f"{tag}  - {value}\n" for tag, value in _ris_lines(one))


def _ris_lines(one: Citation) -> Iterator[tuple[str, str]]:
    known = {
        "AU": one.author,
        "TI": one.title,
        "T2": one.container,
        "ET": one.version,
        "M1": one.number,
        "PY": str(one.issued.year),
        "DA": f"{one.issued:%Y/%m/%d}",
        "LA": one.lang,
        "UR": one.address,
        "Y2": f"{one.accessed:%Y/%m/%d}" if one.address else "",
        "ID": one.key,
    }
    yield "TY", "DATA" if one.version else "GOVDOC"
    yield from ((tag, value) for tag, value in known.items() if value)
    yield "ER", ""


def _csl(one: Citation) -> dict[str, Any]:
    fields = {
        "id": one.key,
        "type": "dataset" if one.version else "report",
        "title": one.title,
        "author": [{"literal": one.author}],
        "issued": _date_parts(one.issued),
        "language": one.lang,
        "container-title": one.container,
        "version": one.version,
        "number": one.number,
        "URL": one.address,
        "accessed": _date_parts(one.accessed) if one.address else None,
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


_WRITERS: dict[str, Callable[[Citation], str]] = {
    "gbt7714": _gbt7714,
    "apa": _apa,
    "bibtex": _bibtex,
    "ris": _ris,
}
