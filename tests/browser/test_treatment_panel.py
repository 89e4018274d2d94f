"""The page that makes a treatment panel."""

import re

import pandas as pd
import pytest
from copies import ATLAS
from playwright.sync_api import expect

from pilotzones.dashboard.treatment import remedies
from pilotzones.i18n import Language
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import PanelOptions, treatment_panel

FOUR = PanelOptions(2018, 2020, adcodes=("330100", "330700", "330782", "440600"), rule="mid")


def start(visit, query, **options):
    visitor = visit(path="/panel", query=query, wait=False, **options)
    expect(visitor.slider).to_be_visible(timeout=30_000)
    return visitor


def choose(visitor, label, option):
    """Choose from a list."""
    visitor.settle()
    visitor.page.get_by_role("combobox", name=label, exact=True).click()
    visitor.page.get_by_role("option", name=option, exact=True).click()


def test_choices_stand_in_the_address_and_the_file_follows_them(visit, tmp_path):
    visitor = start(visit, "?on=2025-04-25&from=2018&to=2020&lang=en")
    page = visitor.page
    choose(visitor, "Units", "Provinces")
    expect(page).to_have_url(re.compile("unit=province"))
    choose(visitor, "A period is treated", "if in force by the end of its first half")
    expect(page).to_have_url(
        re.compile(r"on=2025-04-25.*unit=province.*rule=mid.*from=2018&to=2020")
    )
    options = PanelOptions(2018, 2020, unit="province", rule="mid")
    panel = treatment_panel(ATLAS, options)
    methods = panel_methods(ATLAS, panel, Language("en"))
    expect(page.get_by_test_id("stCode").first).to_have_text(methods)
    for caveat in panel.caveats:
        # in the words of the controls
        said = caveat.text(Language("en"), ATLAS.places.rows, remedies(Language("en")))
        expect(page.locator(".pz-warning", has_text=said)).to_be_visible()
    visitor.settle()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Stata").click()
    assert saved.value.suggested_filename == "pilot-zone-panel-province-year-2018-2020.dta"
    saved.value.save_as(tmp_path / "panel.dta")
    table = pd.read_stata(tmp_path / "panel.dta", convert_categoricals=False)
    assert table["adcode"].tolist() == panel.table["adcode"].tolist()
    # the day is changed, the panel is not; another page has no use for its choices
    visitor.slider.press("Home")
    expect(page).to_have_url(re.compile(r"on=2015-03-12.*unit=province.*rule=mid"))
    visitor.settle()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_test_id("stCode").first).to_have_text(
        panel_methods(ATLAS, panel, Language("zh"))
    )
    expect(page).to_have_url(re.compile("lang=zh.*unit=province"))
    page.get_by_role("link", name="比较", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare\?(?!.*unit=)"))
    expect(page.locator(".pz-warning")).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/panel\?.*unit=province.*rule=mid"))
    expect(page.get_by_test_id("stCode").first).to_contain_text("省")


@pytest.mark.long
def test_a_reader_s_own_places_stay_out_of_the_address(visit, tmp_path):
    visitor = start(visit, "?from=2018&to=2020&rule=mid&unit=nonsense&lang=en")
    page = visitor.page
    expect(page.locator(".pz-warning").first).to_contain_text("“unit=nonsense” is not a choice")
    visitor.settle()
    field = page.get_by_role("textbox", name="Your own places")
    field.fill("佛山\n朝阳\nHangzhou\n330700\nXyzzy\n浙江省金华市义乌市\n<b>bold</b>")
    field.press("Control+Enter")
    expect(page.get_by_text("4 places were found.")).to_be_visible()
    ambiguous = page.locator(".pz-warning", has_text="朝阳")
    expect(ambiguous).to_contain_text("211300 Chaoyang, Liaoning; 110105")
    expect(ambiguous).to_contain_text("110105 Chaoyang District, Beijing")
    expect(page.locator(".pz-warning", has_text="Xyzzy")).to_contain_text("no place has this name")
    expect(page.locator(".pz-warning", has_text="<b>bold</b>")).to_be_visible()
    expect(page.get_by_text("4 units, 3 periods, 12 rows")).to_be_visible()
    visitor.settle()
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV", exact=True).click()
    saved.value.save_as(tmp_path / "panel.csv")
    known = treatment_panel(ATLAS, FOUR).table
    table = pd.read_csv(tmp_path / "panel.csv", dtype={"adcode": str})
    assert table["adcode"].tolist() == known["adcode"].tolist()
    assert table["dd"].tolist() == known["dd"].tolist()
    for text in ("330700", "佛山", "%E4%BD%9B", "place"):
        assert text not in page.url
    # all is there again after a look at another page
    page.get_by_role("link", name="Figure", exact=True).click()
    expect(page).to_have_url(re.compile("/figure"))
    visitor.settle()
    page.get_by_role("link", name="Panel", exact=True).click()
    expect(page.get_by_text("4 units, 3 periods, 12 rows")).to_be_visible()
    expect(page).to_have_url(re.compile("from=2018&to=2020&rule=mid"))
    # each has a line with its name; one colour is that of treatment
    visitor.settle()
    page.get_by_role("radio", name="Each unit").click()
    names = page.get_by_test_id("stVegaLiteChart").last.locator("text")
    for name in ("Hangzhou", "Yiwu", "Foshan", "Jinhua"):
        expect(names.filter(has_text=name)).to_have_count(1)


@pytest.mark.parametrize("size", [(390, 844)])
@pytest.mark.long
def test_all_groups_have_their_names_on_a_phone(visit, size):
    viewport = dict(zip(("width", "height"), size, strict=True))
    visitor = start(visit, "?lang=en", viewport=viewport, has_touch=True)
    visitor.settle()
    names = visitor.page.get_by_test_id("stVegaLiteChart").last.locator("text")
    one, twelve = (names.filter(has_text=name) for name in ("2015 (1)", "2016 (12)"))
    expect(one).to_have_count(1)
    # in letters of 11 px
    assert twelve.bounding_box()["y"] - one.bounding_box()["y"] > 12
    visitor.page.get_by_role("radio", name="Province").click()
    for name in ("Beijing (1)", "Guangdong (21)", "Xinjiang"):
        expect(names.filter(has_text=name)).to_have_count(1)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size[0]
