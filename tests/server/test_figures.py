"""Figures, and the map of a View as one file."""

import asyncio
import html
import io
import itertools
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import openpyxl
import pytest
from asking import Client, ask_app
from copies import edit_rows
from starlette.applications import Starlette

from pilotzones.atlas import current_atlas, load_atlas
from pilotzones.browser.assets import collect_assets, current_assets
from pilotzones.browser.standalone import standalone_map
from pilotzones.figure import save as saving
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.server import figures
from pilotzones.server.figures import MAX_WAITING, warm_up_later
from pilotzones.server.routes import routes

DATA = f"data={current_atlas().register.version}"


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("png", "image/png", b"\x89PNG"),
        ("svg", "image/svg+xml", b"<?xml"),
        ("pdf", "application/pdf", b"%PDF"),
    ],
)
def test_figures_at_an_address(client, ending, media_type, start):
    path = f"/figure.{ending}?on=2025-04-25&size=column&dpi=72&lang=zh"
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.content.startswith(start)
    assert f'pilot-zones-2025-04-25-column.{ending}"' in response.headers["content-disposition"]
    again = client.get(path, **{"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
    assert client.get(path).content == response.content


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("size=huge", "size"),
        ("dpi=9999", "dpi"),
        ("dpi=many", "dpi"),
        ("labels=some", "labels"),
        ("title=" + "x" * 201, "title"),
        ("title=%00", "title"),
        ("format=gif", "format"),
        ("on=2025-13-45", "on"),
        ("provnce=440000", "provnce"),
    ],
)
def test_a_figure_names_the_parameter_that_it_cannot_follow(client, query, parameter):
    response = client.get(f"/figure.png?{query}")
    assert response.status_code == 400
    assert [one["parameter"] for one in response.json()["error"]["details"]] == [parameter]


def test_a_queue_of_figures_is_short_and_holds_up_no_other_route(
    monkeypatch,
):
    current_assets()
    drawn = []
    monkeypatch.setattr(saving, "save", lambda *args: drawn.append(args) or b"a figure")
    app = Starlette(routes=routes(""))
    each = 5

    async def crowd():
        def get(path, number=0):
            # so many clients that none asks for too much
            transport = httpx.ASGITransport(app, client=(f"10.0.0.{number % 9}", 1))
            client = httpx.AsyncClient(transport=transport)
            return client.get(f"http://atlas/{path}")

        async with asyncio.timeout(30):
            paths = [f"figure.png?title=crowd&dpi={100 + n}" for n in range(MAX_WAITING + 1)]
            with saving.one_at_a_time:
                tasks = [
                    asyncio.create_task(get(path, n))
                    for _ in range(each)
                    for n, path in enumerate(paths)
                ]
                for path in ("healthz", "assets/x/map.js", "zones.csv"):
                    assert (await get(path)).status_code == 200
                for answer in itertools.islice(asyncio.as_completed(tasks), each):
                    assert (await answer).status_code == 503
            return await asyncio.gather(*tasks)

    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(asyncio.run, crowd()).result()
    assert len(drawn) == MAX_WAITING
    assert [one.content for one in answers if one.is_success] == [b"a figure"] * len(drawn) * each
    refused = [one for one in answers if not one.is_success]
    assert [one.status_code for one in refused] == [503] * each
    seconds = refused[0].headers["retry-after"]
    assert f"ask again in {seconds} seconds" in refused[0].json()["error"]["message"]


def test_the_same_map_asked_for_by_many_is_written_once(monkeypatch):
    current_assets()
    written = []

    def write(*_):
        written.append(1)
        time.sleep(0.2)
        return b"a map"

    monkeypatch.setattr(figures, "standalone_map", write)
    app = Starlette(routes=routes(""))
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: ask_app(app, "/map.html?on=2016-02-01&q=once"), range(8))]
    assert {one.content for one in answers} == {b"a map"}
    assert len(written) == 1


@pytest.mark.parametrize("base", ["", "/below"])
@pytest.mark.parametrize(
    ("query", "page"), [("on=2025-04-25", ""), ("on=2025-04-25&since=2024-12-31", "compare")]
)
@pytest.mark.parametrize("path", ["figure.svg", "map.html"])
@pytest.mark.variants(2)
def test_figures_name_the_page_of_the_same_view(base, query, page, path):
    said = html.unescape(Client(base).get(f"{base}/{path}?{query}").text)
    assert f"http://atlas{base}/{page}?{query}&{DATA}&lang=en<" in said


def test_the_map_is_one_file_below_two_megabytes(client):
    response = client.get("/map.html?on=2020-05-06&province=440000&lang=zh")
    assert response.headers["content-disposition"].startswith("attachment")
    assert len(response.content) <= 2_000_000
    # the footer names where the map came from, and nothing is fetched from anywhere
    page, footer = re.subn(r"<footer>.*?</footer>", "", response.text, flags=re.DOTALL)
    assert footer == 1
    assert "CC BY 4.0" in response.text
    assert f"/?on=2020-05-06&amp;province=440000&amp;{DATA}&amp;lang=zh</a>" in response.text
    assert "http" + "://" not in page.replace("http://www.w3.org", "").split("<script>window")[0]
    assert "<strong>广东省跨境电子商务综合试验区，2020年5月6日</strong>" in response.text
    assert client.get("/map.html?zone=nowhere").status_code == 400


def test_a_name_cannot_end_the_script_of_the_map(geodata):
    name = "</script><script>alert(1)</script>"

    def change(rows):
        rows[0] |= {"name_en": name, "name_zh": name}

    edit_rows(geodata / "register" / "zones.csv", change)
    atlas = load_atlas(geodata)
    view, _ = parse_view([], atlas)
    page = standalone_map(Answer(atlas, view), collect_assets(atlas)).decode()
    assert name not in page
    assert json.dumps(name)[1:-1].replace("<", "\\u003c") in page


def test_warming_up_can_be_switched_off(monkeypatch):
    monkeypatch.setenv("PILOTZONES_WARM_UP", "off")
    timer = warm_up_later()
    assert not timer.is_alive()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("figure.svg?kind=record&zone=foshan", "pilot-zones-record-foshan-2025-04-25-column.svg"),
        ("figure.svg?kind=record&adcode=佛山", "pilot-zones-record-440600-2025-04-25-column.svg"),
        ("figure.svg?kind=compare&since=2022-11-24&batch=8",
         "pilot-zones-compare-2022-11-24-2025-04-25-filtered-column.svg"),
        ("map.html?batch=8", "pilot-zones-2025-04-25-filtered.html"),
        ("table.xlsx?table=changes&since=2022-11-24",
         "pilot-zone-changes-2022-11-24-2025-04-25.xlsx"),
    ],
)  # fmt: skip
@pytest.mark.variants(5)
def test_files_of_two_questions_have_two_names(client, asked, name):
    size = "&size=column" if asked.startswith("figure") else ""
    told = client.get(f"/{asked}{size}&on=2025-04-25").headers["content-disposition"]
    assert told.endswith(f'filename="{name}"')


def test_a_kind_is_drawn_and_has_its_name(client):
    answer = client.get("/figure.svg?kind=matrix&size=column&on=2025-04-25")
    assert answer.status_code == 200
    assert (
        'filename="pilot-zones-matrix-2025-04-25-column.svg"'
        in answer.headers["content-disposition"]
    )
    assert "by province and batch" in answer.text


def test_a_wrong_combination_is_refused_with_the_remedy(client):
    answer = client.get("/figure.png?kind=record")
    assert answer.status_code == 400
    (problem,) = answer.json()["error"]["details"]
    assert (problem["parameter"], problem["reason"]) == ("zone", "missing")
    assert "adcode" in problem["used"]


def test_a_panel_that_is_too_large_is_refused(client):
    answer = client.get("/figure.png?kind=panel&unit=county&freq=month&from=2000")
    assert answer.status_code == 400
    # added to addresses by WeChat, and a year here alone
    assert client.get("/figure.svg?from=timeline&size=column").status_code == 200


@pytest.mark.parametrize("kind", ["map", "growth", "panel"])
def test_the_words_of_a_figure_come_without_drawing_it(client, kind):
    query = f"kind={kind}&on=2025-04-25&lang=zh"
    answer = client.get(f"/figure.json?{query}")
    words = answer.json()
    assert words["title"] in words["caption"]
    assert words["title"] in words["alternative_text"]
    assert words["address"].startswith("http")
    assert client.get("/figure.json?kind=record").status_code == 400
    again = client.get(f"/figure.json?{query}", **{"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("table", ["zones", "changes", "provinces", "borders"])
def test_a_table_for_people_has_few_columns_and_its_sources(client, table, lang):
    answer = client.get(f"/table.xlsx?table={table}&on=2025-04-25&lang={lang}")
    assert answer.status_code == 200
    rows, sources = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    heads = [cell.value for cell in rows[1]]
    assert 6 <= len(heads) <= 8
    assert all(head.isascii() for head in heads) == (lang == "en")
    full = client.get(f"/api/v1/{table}?format=json&on=2025-04-25").json()
    assert rows.max_row == len(full[table]) + 1
    assert rows.page_setup.paperSize == 9
    assert {"en": "Source", "zh": "资料来源"}[lang] in {row[0].value for row in sources}
    if table == "provinces":
        # a share can be sorted and added up
        share = rows.cell(2, len(heads))
        assert isinstance(share.value, int | float)
        assert share.number_format == "0.0%"
    assert client.get("/table.xlsx?table=ports").status_code == 400
