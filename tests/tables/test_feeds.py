"""The documents as a feed and a calendar, as the programs read them that follow them."""

from datetime import date, timedelta

import feedparser
import icalendar
import pytest
from known import DOCUMENTS

from pilotzones.atlas.register import document_address
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.feeds import write_feed


def written(atlas, file_format, on=None, lang="en"):
    view = View(on or atlas.stops[-1].on, lang=lang)
    return write_feed(Answer(atlas, view), file_format)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_feed_has_the_newest_document_first(atlas, lang):
    feed = feedparser.parse(written(atlas, "atom", lang=lang))
    assert not feed.bozo
    assert feed.version == "atom10"
    numbers = [document.number for document in DOCUMENTS]
    assert [entry.title.split()[0] for entry in feed.entries] == numbers[::-1]
    assert len({entry.id for entry in feed.entries}) == len(numbers)
    for entry, document in zip(feed.entries, DOCUMENTS[::-1], strict=True):
        row = atlas.register.documents.loc[document.number]
        assert entry.link == document_address(row)
        assert entry.title.endswith(row[f"title_{lang}"])
        assert entry.published.startswith(f"{document.published_on}T00:00:00+08:00")
        assert entry.updated >= entry.published
        assert str(document.approved) in entry.summary


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_calendar_has_a_whole_day_for_each_document(atlas, lang):
    body = written(atlas, "ics", lang=lang)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    calendar = icalendar.Calendar.from_ical(body)
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(DOCUMENTS)
    for event, document in zip(events, DOCUMENTS, strict=True):
        row = atlas.register.documents.loc[document.number]
        assert event["DTSTART"].dt == document.published_on
        assert event["DTEND"].dt == document.published_on + timedelta(days=1)
        assert str(event["SUMMARY"]) == f"{document.number} {row[f'title_{lang}']}"
        assert str(event["URL"]) == document_address(row)


@pytest.mark.parametrize("file_format", ["atom", "ics"])
def test_a_day_in_the_past_has_the_documents_up_to_it(atlas, file_format):
    body = written(atlas, file_format, on=date(2016, 1, 14)).decode()
    assert DOCUMENTS[0].number in body
    assert DOCUMENTS[1].number not in body
    assert body.encode() == written(atlas, file_format, on=date(2016, 1, 14))
