"""Compare: two handles and two typed days, none of which moves the other; the tables are whole."""

import re
from datetime import date

import pytest
from known import DOCUMENTS, LAST, LATEST, PROVINCES, ZONES
from playwright.sync_api import expect

from pilotzones.query.answer import Answer
from pilotzones.query.changes import changes_in_all, headline
from pilotzones.query.view import View

FIRST_DAY, LAST_DAY = DOCUMENTS[0].published_on, LAST.published_on


def compare(visit, query, **options):
    visitor = visit(f"?{query}&lang=en", path="/compare", **options)
    expect(visitor.page.locator(".timeline")).to_have_attribute("data-settled", "true")
    return visitor


def handle(visitor, name):
    return visitor.page.locator(".timeline").get_by_role("slider", name=name, exact=True)


def field(visitor, name):
    return visitor.page.get_by_role("textbox", name=name, exact=True)


def expect_days(visitor, atlas, since, on):
    """Expect the same two days in the address, the fields, the panel and on the map."""
    expect(visitor.page).to_have_url(re.compile(f"on={on}.*since={since}|since={since}.*on={on}"))
    expect(field(visitor, "From")).to_have_value(since)
    expect(field(visitor, "To")).to_have_value(on)
    view = View(date.fromisoformat(on), since=date.fromisoformat(since))
    expect(visitor.panel.locator("h2")).to_have_text(headline(Answer(atlas, view)))
    expect(visitor.map.locator(".pz-map")).to_have_attribute("data-day", on)
    active = int(changes_in_all(Answer(atlas, view))["after"])
    shown = visitor.map.locator("path.zone.is-active")
    expect(shown).to_have_count(active)


def drag(visitor, name, to_day):
    box = handle(visitor, name).bounding_box()
    stop = visitor.page.locator(f'.timeline [data-on="{to_day}"] .dot').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(stop["x"] + stop["width"] / 2, y, steps=8)
    visitor.page.mouse.up()


@pytest.mark.long
def test_two_sliders_say_their_days(visit):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    expect(visitor.page.locator(".timeline [role=slider]")).to_have_count(2)
    expect(handle(visitor, "From")).to_have_attribute("aria-valuetext", "1 January 2019")
    expect(handle(visitor, "To")).to_have_attribute("aria-valuetext", "31 December 2023")
    # no third date beside them
    expect(visitor.page.get_by_test_id("stDateInput")).to_have_count(0)


def test_dragging_the_first_day_leaves_the_second(visit, atlas):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    drag(visitor, "From", "2016-01-15")
    expect_days(visitor, atlas, "2016-01-15", "2023-12-31")


@pytest.mark.long
def test_dragging_the_second_day_leaves_the_first(visit, atlas):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    drag(visitor, "To", "2020-05-06")
    expect_days(visitor, atlas, "2019-01-01", "2020-05-06")


@pytest.mark.long
def test_a_handle_stops_at_the_other_one(visit, atlas):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    drag(visitor, "To", "2015-03-12")
    # the first document after the first day
    expect_days(visitor, atlas, "2019-01-01", "2019-12-24")
    drag(visitor, "From", "2025-04-25")
    expect_days(visitor, atlas, "2019-12-24", "2019-12-24")


def test_keys_move_the_handle_that_has_the_focus(visit, atlas):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    handle(visitor, "From").press("ArrowLeft")
    expect_days(visitor, atlas, "2018-08-07", "2023-12-31")
    expect(handle(visitor, "From")).to_be_focused()
    handle(visitor, "From").press("Home")
    expect_days(visitor, atlas, "2015-03-11", "2023-12-31")
    handle(visitor, "To").press("End")
    expect_days(visitor, atlas, "2015-03-11", "2025-04-25")
    handle(visitor, "To").press("Home")
    expect_days(visitor, atlas, "2015-03-11", "2015-03-12")


@pytest.mark.parametrize(
    ("stop", "since", "on"),
    [("2016-01-15", "2016-01-15", "2023-12-31"), ("2025-04-25", "2019-01-01", "2025-04-25")],
)
def test_a_click_on_a_stop_moves_the_nearer_handle(visit, atlas, stop, since, on):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    visitor.page.locator(f'.timeline [data-on="{stop}"] .dot').click()
    expect_days(visitor, atlas, since, on)


@pytest.mark.long
def test_a_finger_moves_a_handle(visit, atlas):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31", **phone)
    stop = visitor.page.locator('.timeline [data-on="2020-05-06"] .dot')
    stop.scroll_into_view_if_needed()
    stop.tap()
    view = View(date(2023, 12, 31), since=date(2020, 5, 6))
    expect(visitor.panel.locator("h2")).to_have_text(headline(Answer(atlas, view)))


def test_a_typed_day_is_taken_on_enter(visit, atlas):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    # as on the timeline of the other pages
    field(visitor, "From").fill("1 Feb 2016")
    field(visitor, "From").press("Enter")
    expect_days(visitor, atlas, "2016-02-01", "2023-12-31")
    field(visitor, "To").fill("2021-07-01")
    field(visitor, "To").press("Tab")
    expect_days(visitor, atlas, "2016-02-01", "2021-07-01")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2019-02-30", "“2019-02-30” is not a day. Write it as YYYY-MM-DD"),
        ("soon", "“soon” is not a day"),
        ("1999-01-01", "1 January 1999 is out of range"),
        ("2024-06-01", "The first day, 1 June 2024, is after the second, 31 December 2023"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept_to_be_mended(visit, atlas, typed, message):
    visitor = compare(visit, "since=2019-01-01&on=2023-12-31")
    field(visitor, "From").fill(typed)
    field(visitor, "From").press("Enter")
    alert = visitor.page.get_by_test_id("stAlert")
    expect(alert).to_contain_text(message)
    expect(field(visitor, "From")).to_have_value(typed)
    expect(visitor.page).to_have_url(re.compile("since=2019-01-01"))
    field(visitor, "From").fill("2020-01-01")
    field(visitor, "From").press("Enter")
    expect(alert).to_have_count(0)
    expect_days(visitor, atlas, "2020-01-01", "2023-12-31")


@pytest.mark.long
def test_an_eve_that_was_chosen_is_not_overwritten(visit, atlas):
    # the eve of the document of the day is what the page begins with, but here it was chosen
    visitor = compare(visit, "since=2022-11-23&on=2022-11-24")
    handle(visitor, "To").press("ArrowRight")
    expect_days(visitor, atlas, "2022-11-23", "2025-04-25")


COUNTED = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"


@pytest.mark.long
def test_the_tables_have_all_rows_and_a_total(visit):
    visitor = compare(visit, "since=2022-12-31&on=2025-04-25")
    by_province = visitor.page.locator(".pz-table table").first
    rows = by_province.evaluate(COUNTED)
    numbers = [[int(cell.replace("−", "-")) for cell in row[1:]] for row in rows[1:]]
    assert len(rows) == PROVINCES + 2
    # nothing changed there, which is a row as well
    assert ["Chongqing", "1", "0", "0", "0", "1"] in rows
    # as elsewhere a minus, not a hyphen
    assert ["Hainan", "2", "1", "2", "−1", "1"] in rows
    assert rows[-1][0] == "Total"
    assert numbers[-1] == [sum(column) for column in zip(*numbers[:-1], strict=True)]
    assert rows[-1][-1] == str(LATEST.active)
    assert by_province.evaluate(
        "table => table.parentElement.scrollHeight <= table.parentElement.clientHeight + 1"
    )
    by_region = visitor.page.locator(".pz-table table").last.evaluate(COUNTED)
    names = [row[0] for row in by_region[1:-1]]
    assert names[:3] == ["Any land border", "Coast", "Inland (no border, no coast)"]
    assert names[3:] == sorted(names[3:])
    assert by_region[-1][1:] == rows[-1][1:]


@pytest.mark.long
def test_what_was_gained_and_revoked_again_adds_up(visit):
    visitor = compare(visit, "since=2015-03-11&on=2025-04-25")
    heading = f"{ZONES} gained ({LATEST.revoked} of them revoked again)"
    expect(visitor.panel.locator("h2")).to_contain_text(heading)
    expect(visitor.map.locator("path.zone.is-gained")).to_have_count(ZONES - LATEST.revoked)
    headline = visitor.page.get_by_role("heading", level=1)
    expect(headline).to_contain_text(f"{ZONES} zones were approved")
    expect(headline).to_contain_text(f"{LATEST.revoked} revoked; {LATEST.active} active")


def test_a_stop_has_the_colour_of_its_batch_and_says_what_is_left_of_it(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    third = visitor.page.locator('.timeline [data-on="2018-08-07"]')
    expect(third).to_have_attribute("title", re.compile("21 active of 22 approved"))
    first = visitor.page.locator('.timeline [data-on="2015-03-12"] .dot')
    expect(first).to_have_css("background-color", "rgb(68, 1, 84)")
    expect(first).to_have_css("color", "rgb(255, 255, 255)")
    # before the three were revoked all of them were active
    visitor.slider.press("ArrowLeft")
    expect(third).not_to_have_attribute("title", re.compile("active of"))
    last = visitor.page.locator('.timeline [data-on="2025-04-25"] .dot')
    expect(last).to_have_css("border-color", "rgb(253, 231, 37)")
