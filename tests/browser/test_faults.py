"""Bad input and faults: a message that says what to do, never a traceback, never a blank."""

import json
import re
from datetime import date
from urllib.parse import quote

import pytest
from copies import add_ninth_batch, edit_rows
from known import LATEST, PREFECTURES, PROVINCES, ZONES, active_on, zones_in
from playwright.sync_api import expect
from serving import free_port, send_day, serve

TRACEBACK = re.compile(r"Traceback|Error:|line \d+, in ")


MUCH_WRONG = (
    "?on=2025-13-45&province=Atlantis&lang=tlh&provnce=440000&at=nowhere"
    "&zone=%3Cscript%3Ealert(1)%3C/script%3E&batch=*x*%20%5Bl%5D(http://e)"
)


@pytest.mark.parametrize(
    ("query", "told", "active"),
    [
        (
            MUCH_WRONG,
            [
                "“provnce” is not a parameter of this site",
                "“on=2025-13-45” is not a date (YYYY-MM-DD) and was ignored.",
                "“province=Atlantis” is not the code of a province",
                "“batch=*x* [l](http://e)” is not a batch",
                "“zone=<script>alert(1)</script>” is not a zone",
                "“lang=tlh” is not a language of this site",
                "“at=nowhere” is not a part of the map (latitude,longitude,zoom) and was ignored.",
            ],
            LATEST.active,
        ),
        ("?on=1999-01-01", ["is before the first document; 2015-03-12 is shown instead."], 1),
        (
            "?on=2999-01-01&zone=haianan",
            ["is in the future;", "Did you mean Hainan (whole island) 海南全岛, "],
            LATEST.active,
        ),
        ("?q=" + "x" * 10_000, ["is too long; only the first 100 characters are used."], 0),
    ],
)
def test_the_page_says_which_value_it_ignored(visit, query, told, active):
    visitor = visit(query)
    expect(visitor.page.locator(".pz-warning")).to_contain_text(told)
    expect(visitor.map.locator("path.zone.is-active")).to_have_count(active)
    assert not TRACEBACK.search(visitor.page.locator("body").inner_text())


def test_the_notice_goes_when_something_else_is_chosen(visit):
    visitor = visit("?province=Atlantis")
    warning = visitor.page.locator(".pz-warning")
    expect(warning).to_have_count(1)
    visitor.slider.press("Home")
    expect(visitor.page).to_have_url(re.compile("on=2015-03-12"))
    expect(warning).to_have_count(0)


NO_MARKDOWN = [
    "Session expired. Log in: https://evil.example/login now",
    "www.evil.example or me@evil.example",
    "[log in](https://evil.example)",
    ":material/home: :streamlit: -> <- -- &copy; $x$ **b**",
]


@pytest.mark.parametrize("text", NO_MARKDOWN)
def test_a_value_of_the_address_is_shown_to_the_letter(visit, text):
    visitor = visit(f"?lang=en&q={quote(text)}&zone={quote(text)}")
    visitor.filters()
    warning, note = visitor.page.locator(".pz-warning"), visitor.page.locator(".pz-note")
    expect(warning).to_have_text(f"“zone={text}” is not a zone and was ignored.")
    expect(note).to_contain_text("No zone matches.")
    for message in (warning, note):
        expect(message.locator(":not(a[href^='?zone='])")).to_have_count(0)
    visitor.slider.wait_for()
    # links of the app may have the text in their query
    hosts = visitor.page.evaluate("[...document.links].map((link) => link.host)")
    assert not [host for host in hosts if "evil" in host]
    expect(visitor.page.locator("a[href^=mailto]")).to_have_count(0)


@pytest.mark.parametrize(
    "event",
    [{"zone": "nowhere"}, {"zone": 5}, {"zone": ["hainan"]}, {"province": "999999"}, "hainan"],
    ids=repr,
)
def test_a_forged_click_on_the_map_is_ignored(visit, event):
    visitor = visit("?on=2025-04-25&zone=hainan&lang=en")
    expect(visitor.panel.locator("h2")).to_contain_text("海南")
    send = "(frame, event) => window.Streamlit.setComponentValue(event)"
    visitor.map.locator("body").evaluate(send, event)
    # what is sent afterwards is answered, so the session is in order
    visitor.slider.press("Home")
    expect(visitor.page).to_have_url(re.compile("on=2015-03-12&zone=hainan&lang=en"))
    expect(visitor.panel).to_contain_text("Hainan (whole island) was not yet a pilot zone")
    expect(visitor.page.get_by_test_id("stException")).to_have_count(0)


HOSTILE = '<img src=x onerror="window.hacked=1">${window.hacked=2}`\'"</script>{{7*7}}%(x)s'


def make_hostile(geodata):
    def change(rows):
        for row in rows:
            if row["zone_id"] == "lhasa":
                row |= {"name_en": HOSTILE, "name_zh": f"=1+1{HOSTILE}", "notes_en": HOSTILE}
                row |= {"notes_zh": HOSTILE, "place_en": HOSTILE}

    edit_rows(geodata / "register" / "zones.csv", change)


def test_a_hostile_name_shows_as_text_everywhere(visit, geodata):
    make_hostile(geodata)
    with serve(geodata) as address:
        visitor = visit("?on=2025-04-25&province=540000", address=address)
        visitor.expect_counts(1)
        visitor.zone("lhasa").hover()
        expect(visitor.map.locator(".pz-hint")).to_contain_text(HOSTILE)
        expect(visitor.page.locator("tr[data-id=lhasa] button")).to_contain_text(HOSTILE)
        visitor.zone("lhasa").click()
        expect(visitor.panel.locator("h2")).to_contain_text(HOSTILE)
        assert HOSTILE in visitor.zone("lhasa").get_attribute("aria-label")
        for frame in visitor.page.frames:
            assert frame.evaluate("window.hacked") is None
        with visitor.page.expect_download() as started:
            visitor.page.get_by_role("link", name="Download as CSV").click()
        assert "'=1+1" in started.value.path().read_text("utf-8-sig")


def test_a_ninth_batch_shows_by_itself(visit, geodata):
    add_ninth_batch(geodata)
    with serve(geodata) as address:
        # the day lies ahead of today, and is the latest document all the same
        visitor = visit("?on=2027-01-04", address=address)
        expect(visitor.map.locator("path.zone.is-active")).to_have_count(LATEST.active)
        assert visitor.classes("qiqihar") == {"is-active", "is-new"}
        assert visitor.classes("yiwu") == {"is-revoked", "is-absorbed", "is-new"}
        expect(visitor.slider).to_have_attribute("aria-valuemax", "9")
        expect(visitor.map.locator(".pz-legend li")).to_have_count(10)


def test_below_a_path_of_the_host(visit):
    with serve(base_path="atlas") as address:
        visitor = visit("?on=2025-04-25", address=address)
        visitor.expect_counts(*LATEST)
        assert address.endswith("/atlas")


def damage(geodata):
    (geodata / "register" / "zones.csv").write_text("zone_id\n", "utf-8")


def remove(geodata):
    (geodata / "register" / "events.csv").unlink()


def lose_a_zone(geodata):
    path = geodata / "boundaries" / "zones_detail.geojson"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"id":"hainan"' not in line), "utf-8")


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (damage, "zones.csv, line 1"),
        (remove, "events.csv cannot be read (No such file or directory); restore it"),
        (lose_a_zone, "zones_detail.geojson lacks hainan; run 'pilotzones build-boundaries'"),
    ],
)
def test_broken_data_are_told_with_their_remedy(browser, geodata, break_it, told):
    break_it(geodata)
    with serve(geodata) as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.get_by_test_id("stAlert")).to_contain_text("The data could not be loaded")
        expect(page.get_by_test_id("stCode")).to_contain_text(told)
        assert not TRACEBACK.search(page.locator("body").inner_text())
        page.close()


@pytest.mark.long
def test_a_disk_that_cannot_be_written_takes_figures_alone(visit):
    with serve(writes=False) as address:
        visitor = visit("?on=2025-04-25", address=address)
        visitor.expect_counts(*LATEST)
        get = visitor.page.request.get
        for path in (
            "zones.csv",
            "api/v1/zones?format=xlsx",
            "api/v1/zones?format=gpkg",
            "map.html",
        ):
            assert get(f"{address}/{path}").ok
        refused = get(f"{address}/figure.png?size=column")
        assert refused.status == 503
        assert "set TMPDIR to a folder that can be written" in refused.text()


@pytest.mark.long
def test_a_page_outlives_its_server_and_shows_what_the_next_one_knows(browser, geodata, atlas):
    add_ninth_batch(geodata)
    port = free_port()
    page = browser.new_page(locale="en-GB")
    frame = page.frame_locator("iframe[title*=folium]")
    slider = page.locator(".timeline [role=slider]")
    guangdong = zones_in(atlas.register, "440000")
    with serve(port=port) as address:
        page.goto(f"{address}/?on=2020-05-06&province=440000")
        expect(frame.locator("path.zone.is-active")).to_have_count(
            len(active_on(atlas.register, date(2020, 5, 6), guangdong))
        )
        expect(slider).to_have_attribute("aria-valuemax", "8")
    # the connection is cut, then another version of the data answers at the same address
    with serve(geodata, port=port):
        connected = page.get_by_test_id("stApp")
        expect(connected).to_have_attribute(
            "data-test-connection-state", "CONNECTED", timeout=60_000
        )
        slider.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuemax", "9")
        expect(page).to_have_url(re.compile(r"on=2022-02-08&province=440000"))
        expect(frame.locator("path.zone.is-active")).to_have_count(PREFECTURES["440000"])
    page.close()


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("coarse.json", "/", "path.zone.is-active"),
        ("words-en.json", "/", "path.zone.is-active"),
        ("provinces.json", "/provinces", "path.province-area"),
    ],
)
def test_files_that_do_not_load_are_told_and_can_be_tried_again(browser, app, name, path, shown):
    page = browser.new_page()
    page.route(f"**/{name}", lambda route: route.fulfill(status=503, body="no"))
    page.goto(f"{app}{path}?on=2025-04-25&lang=en")
    frame = page.frame_locator("iframe[title*=folium]")
    message = frame.get_by_role("alert")
    again = message.get_by_role("button", name="Try again")
    expect(message).to_contain_text("The boundaries could not be loaded.")
    expect(message).to_contain_text("503")
    with page.expect_request(f"**/{name}"):
        again.click()
    expect(again).to_be_visible()
    page.unroute(f"**/{name}")
    again.click()
    expect(frame.locator(shown)).to_have_count({"/": LATEST.active, "/provinces": PROVINCES}[path])
    expect(message).to_be_hidden()
    # nothing was drawn twice
    expect(frame.locator(".leaflet-land-pane")).to_have_count(2)  # the map and its inset
    expect(frame.locator("path.zone")).to_have_count(ZONES)
    # what stands around the map has been fetched by then as well
    expect(page.locator(".timeline [role=slider]")).to_have_attribute("aria-valuenow", "8")
    page.close()


def test_a_timeline_without_words_yet_takes_no_clicks(visit):
    visitor = visit(wait=False, path="/data?lang=en")
    held = []
    visitor.page.route("**/words-en.json", lambda route: held.append(route))  # noqa: PLW0108
    with visitor.page.expect_request("**/words-en.json"):
        visitor.page.reload()
    play = visitor.page.locator("#root .timeline .play")
    expect(play).to_be_attached()
    expect(play).to_be_hidden()
    # a link as the panel has them
    visitor.page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "?zone=hainan";
          link.addEventListener("click", (event) => event.preventDefault());
          document.body.append(link);
          link.click();
        }"""
    )
    for route in held:
        route.continue_()
    expect(play).to_be_visible()


@pytest.mark.parametrize("status", [200, 503])
@pytest.mark.long
def test_an_answer_that_comes_too_late_is_left_alone(browser, app, status):
    page = browser.new_page()
    held = []
    page.route("**/words-zh.json", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{app}/?on=2025-04-25&lang=en")
    frame = page.frame_locator("iframe[title*=folium]")
    expect(frame.locator("path.zone.is-active")).to_have_count(LATEST.active)
    with page.expect_request("**/words-zh.json"):
        page.get_by_role("button", name="切换到中文").click()
    expect(page).to_have_url(re.compile("lang=zh"))
    page.wait_for_timeout(500)
    page.go_back()
    expect(page).to_have_url(re.compile("lang=en"))
    page.wait_for_timeout(1000)
    for route in held:
        answer = {"response": route.fetch()} if status == 200 else {"body": "no"}
        route.fulfill(status=status, **answer)
    page.wait_for_timeout(500)
    # a step that the server does not hear of
    send_day(page, "2015-03-12")
    expect(frame.locator("path.zone.is-active")).to_have_count(1)
    assert "Batch 1" in frame.locator(".pz-legend").text_content()
    expect(frame.get_by_role("alert")).to_be_hidden()
    page.close()


@pytest.mark.long
def test_a_message_goes_when_what_was_missing_is_not_wanted_any_more(browser, app):
    page = browser.new_page()
    page.route("**/words-zh.json", lambda route: route.fulfill(status=503, body="no"))
    page.goto(f"{app}/?on=2025-04-25&lang=en")
    frame = page.frame_locator("iframe[title*=folium]")
    expect(frame.locator("path.zone.is-active")).to_have_count(LATEST.active)
    page.get_by_role("button", name="切换到中文").click()
    message = frame.get_by_role("alert")
    expect(message).to_contain_text("边界数据未能加载。")
    page.go_back()
    expect(message).to_be_hidden()
    page.close()


def test_a_start_page_in_place_of_the_boundaries_is_told(browser, app):
    page = browser.new_page()
    page.route(
        "**/coarse.json",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<html></html>"),
    )
    page.goto(f"{app}/?lang=zh")
    message = page.frame_locator("iframe[title*=folium]").get_by_role("alert")
    expect(message).to_contain_text("边界数据未能加载。")
    page.close()


def test_a_map_that_does_not_come_up_is_told(browser, app):
    page = browser.new_page()
    page.clock.install()
    page.route("**/map.js", lambda route: route.abort())
    page.goto(f"{app}/?lang=en")
    page.locator(".pz-veil").wait_for(state="attached")
    page.clock.run_for(16_000)
    expect(page.locator(".pz-veil")).to_contain_text("The map could not be loaded.")
    page.close()


def test_the_style_sheet_of_the_map_is_not_the_start_page(browser, app):
    page = browser.new_page()
    answers = {}
    page.on("response", lambda r: answers.update({r.url: r.headers.get("content-type", "")}))
    page.goto(app)
    expect(page.frame_locator("iframe[title*=folium]").locator("path.zone").first).to_be_attached()
    assets = {url: kind for url, kind in answers.items() if "/assets/" in url}
    assert len(assets) >= 7
    assert not [url for url, kind in assets.items() if "html" in kind]
    page.close()


def test_the_zone_of_an_address_is_read_as_text_in_the_panel(visit):
    visitor = visit("?zone=hainan&on=2015-03-12")
    expect(visitor.panel).to_contain_text("was not yet a pilot zone on 12 March 2015.")
    assert json.loads(visitor.page.evaluate("JSON.stringify(window.hacked ?? null)")) is None
