"""The head of every page: name, search, pages, headline, day."""

import re

import pytest
from copies import ATLAS
from known import LATEST as COUNTS
from playwright.sync_api import expect

from pilotzones import View
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline
from pilotzones.query.place_sentence import place_sentence

LATEST = ATLAS.stops[-1].on


def search_of(visitor):
    return visitor.page.get_by_role("combobox", name=re.compile("Search|搜索"))


def options_of(visitor):
    return visitor.page.get_by_role("listbox").get_by_role("option")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"lang": "zh"},
        {"provinces": ("450000",), "neighbours": ("VNM",)},
        {"statuses": ("revoked",), "lang": "zh"},
    ],
)
def test_the_headline_of_each_stop_is_that_of_the_core(visit, fields):
    view = View(LATEST, **fields)
    visitor = visit(f"?{view.query()}")
    for stop in reversed(ATLAS.stops):
        said = headline(Answer(ATLAS, View(stop.on, **fields)))
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(said)
        visitor.slider.press("ArrowLeft")


def test_the_headline_of_a_day_between_two_documents(visit):
    visitor = visit("?on=2019-06-01&lang=en")
    said = "35 zones in 26 provinces are active on 1 June 2019."
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(said)
    assert visitor.page.title() == "1 June 2019 – Pilot Zone Atlas"


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("/", "?on=2025-04-25&province=450000", "25 April 2025 in Guangxi"),
        ("/provinces", "?on=2025-04-25", "Provinces, 25 April 2025"),
        ("/zone", "?zone=foshan", "Foshan"),
        ("/place", "?adcode=140400", "Changzhi"),
        ("/data", "", "Data and method"),
    ],
)
def test_the_tab_of_the_browser_names_the_view(visit, path, query, title):
    visitor = visit(query, path=path, wait=False)
    expect(visitor.page).to_have_title(f"{title} – Pilot Zone Atlas")


def test_suggestions_come_without_a_question_to_the_server(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    field = search_of(visitor)
    with visitor.page.expect_response("**/search.json"):
        field.click()
    requests = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    frames = len(visitor.received)
    visitor.page.keyboard.type("suzh", delay=40)
    expect(options_of(visitor)).to_have_count(3)
    expect(options_of(visitor).first).to_contain_text("Suzhou (Jiangsu)")
    expect(options_of(visitor).first).to_contain_text("Pilot zone, Batch 2 · Jiangsu")
    assert (requests, len(visitor.received)) == ([], frames)
    took = field.evaluate(
        """async (input) => {
          const start = performance.now();
          input.value = "suzho";
          input.dispatchEvent(new Event("input"));
          await new Promise((drawn) => setTimeout(drawn));
          return input.getRootNode().querySelector("[role=option]") ? performance.now() - start : 1e9;
        }"""
    )
    # a tenth of it on a quiet machine
    assert took < 500


@pytest.mark.long
def test_a_choice_by_keyboard_opens_the_record(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    field = search_of(visitor)
    field.press_sequentially("suzh", delay=20)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    marked = field.get_attribute("aria-activedescendant")
    chosen = options_of(visitor).nth(1)
    expect(chosen).to_have_attribute("id", marked)
    expect(chosen).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(visitor.page).to_have_url(re.compile(r"/place\?.*adcode=341300"))
    said = place_sentence(ATLAS, "341300", LATEST, Language("en"))
    # on the page of a record its answer leads, not the number of all zones
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(said)
    expect(field).to_have_value("")
    visitor.page.go_back()
    expect(visitor.page).to_have_url(re.compile(r"/\?on=2025-04-25&lang=en"))


@pytest.mark.long
def test_a_press_on_a_suggestion_opens_the_record(visit):
    visitor = visit("?on=2025-04-25&lang=zh")
    search_of(visitor).press_sequentially("襄樊", delay=20)
    expect(options_of(visitor).first).to_contain_text("综试区，第六批 · 湖北省")
    options_of(visitor).first.click(delay=120)
    expect(visitor.page).to_have_url(re.compile(r"/zone\?.*zone=xiangyang"))
    expect(visitor.panel.first.locator("h2")).to_contain_text("襄阳市")


@pytest.mark.long
def test_enter_opens_what_a_text_means(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    # on each page the search is there for the next one
    for text, url in [
        ("foshan", r"/zone\?.*zone=foshan"),
        ("Changzhi, Shanxi", r"/place\?.*adcode=140400"),
        ("佛山市", r"/zone\?.*zone=foshan"),
        ("長治", r"/place\?.*adcode=140400"),
        # a day shows the same record as of then
        ("1 June 2019", r"/place\?on=2019-06-01"),
        ("batch 4", r"[?&]on=2019-12-24"),
        ("2019-06-01", r"[?&]on=2019-06-01"),
        ("浙江省金华市义乌市", r"/zone\?.*zone=yiwu"),
    ]:
        visitor.settle()
        field = search_of(visitor)
        field.fill(text)
        field.press("Enter")
        expect(visitor.page).to_have_url(re.compile(url))


def test_a_name_of_several_places_lists_them_and_a_name_of_none_the_nearest(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    field = search_of(visitor)
    field.fill("朝阳区")
    field.press("Enter")
    expect(visitor.page.get_by_role("listbox")).to_contain_text("Several have this name:")
    expect(options_of(visitor)).to_have_text([re.compile("Beijing"), re.compile("Changchun")])
    field.fill("Foshann")
    field.press("Enter")
    expect(visitor.page.get_by_role("listbox")).to_contain_text(
        "Nothing has this name. Close to it:"
    )
    expect(options_of(visitor).first).to_contain_text("Foshan")
    field.fill("xyzzyx")
    field.press("Enter")
    expect(visitor.page.get_by_role("listbox")).to_contain_text("Nothing has this name, or one")
    field.press("Escape")
    expect(visitor.page.get_by_role("listbox")).to_be_hidden()
    field.press("Escape")
    expect(field).to_have_value("")
    assert "/?on=2025-04-25" in visitor.page.url


@pytest.mark.long
def test_enter_that_ends_what_an_input_method_composes_opens_nothing(visit):
    visitor = visit("?on=2025-04-25&lang=zh")
    field = search_of(visitor)
    field.click()
    field.fill("foshan")
    expect(options_of(visitor)).to_have_count(1)
    field.evaluate(
        """input => input.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })
        )"""
    )
    visitor.page.wait_for_timeout(300)
    assert "zone=" not in visitor.page.url
    field.press("Enter")
    expect(visitor.page).to_have_url(re.compile("zone=foshan"))


@pytest.mark.long
def test_a_day_is_chosen_by_its_date(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    field = visitor.page.get_by_label("Day, by date")
    field.fill("2019.6.1")
    field.press("Enter")
    expect(visitor.page).to_have_url(re.compile("on=2019-06-01"))
    visitor.expect_counts(35)
    # as all dates of the page, in whichever language the browser is
    expect(field).to_have_value("2019-06-01")
    field.fill("31 June")
    field.press("Enter")
    refusal = visitor.page.get_by_text("Not a day. Write it as YYYY-MM-DD")
    expect(refusal).to_be_visible()
    field.press("Escape")
    expect(refusal).to_be_hidden()
    expect(field).to_have_value("2019-06-01")
    visitor.slider.press("End")
    expect(field).to_have_value("2025-04-25")


@pytest.mark.long
def test_a_day_is_chosen_from_the_list_of_documents(visit):
    phone = {"width": 390, "height": 844}
    visitor = visit("?on=2019-06-01&province=460000&lang=en", viewport=phone, has_touch=True)
    documents = visitor.page.get_by_label("Day of a document")
    options = documents.locator("option")
    expect(options).to_have_count(len(ATLAS.stops))
    # with the counts that pass the filters
    expect(options.last).to_have_text("Batch 8, 25 Apr 2025 · +1 −2")
    # between two documents none is marked
    expect(documents).to_have_value("")
    documents.select_option("2025-04-25")
    expect(visitor.page).to_have_url(re.compile("on=2025-04-25"))
    expect(visitor.page.get_by_label("Day, by date")).to_have_value("2025-04-25")


@pytest.mark.long
def test_the_line_for_newcomers_goes_and_stays_away(visit):
    visitor = visit("?on=2025-04-25&lang=en")
    line = visitor.page.locator(".timeline").get_by_text("A pilot zone is a place in which")
    expect(line).to_be_visible()
    visitor.page.get_by_role("button", name="Close").click()
    expect(line).to_be_hidden()
    visitor.page.reload()
    visitor.expect_counts(*COUNTS)
    expect(line).to_be_hidden()
    visitor.page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_the_head_is_whole_at_every_width(visit, lang):
    visitor = visit(f"?on=2022-11-24&lang={lang}")
    head = visitor.page.locator(".timeline")
    for width in (1920, 1280, 768, 640, 390, 320):
        visitor.page.set_viewport_size({"width": width, "height": 720})
        parts = [head.locator("header a"), search_of(visitor), *head.locator("nav a").all()]
        parts += [button for button in head.locator("button").all() if button.is_visible()]
        parts.append(visitor.page.get_by_role("button", name=re.compile("Filters|筛选")))
        parts += [head.locator("[data-part=date]"), head.locator("[data-part=stops]")]
        for part in parts:
            # what is pressed in its middle is the part itself, nothing lies over it
            part.click(trial=True)
            box = part.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        # no page is out of sight
        assert head.locator("nav").evaluate("nav => nav.scrollWidth <= nav.clientWidth")
