"""The description of the API holds for its answers."""

import json
import re

import jsonschema
import pytest
from asking import ask, zones

from pilotzones.server.api import OPERATIONS
from pilotzones.server.operations import PREFIX
from pilotzones.server.responses import MAX_QUERY_BYTES
from pilotzones.tables.rows import TABLES


@pytest.fixture(scope="module")
def description():
    return ask(f"{PREFIX}/openapi.json").json()


def test_the_description_lists_every_route_and_parameter(description):
    assert description["openapi"].startswith("3.1")
    assert set(description["paths"]) == {operation.path for operation in OPERATIONS}
    for operation in OPERATIONS:
        described = description["paths"][operation.path][operation.method.lower()]
        names = [one["name"] for one in described["parameters"] if one["in"] == "query"]
        assert tuple(names) == operation.parameters
        placeholders = [one["name"] for one in described["parameters"] if one["in"] == "path"]
        assert placeholders == re.findall(r"{(\w+)}", operation.path)
        types = [operation.media_type_of(name) for name in operation.formats]
        assert list(described["responses"]["200"]["content"]) == list(dict.fromkeys(types))
        assert ("requestBody" in described) == (operation.method == "POST")
    ids = [described["operationId"] for _, _, described in operations_of(description)]
    assert len(set(ids)) == len(ids) == len(OPERATIONS)


def operations_of(description):
    """Path, method and description of every operation."""
    for path, item in description["paths"].items():
        for method, described in item.items():
            yield path, method, described


def test_answers_are_as_described(description):
    for name in TABLES:
        content = description["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]
        answer = ask(f"{PREFIX}/{name}?lang=zh").json()
        assert answer[name]
        # the description names all that is answered
        schema = content["application/json"]["schema"] | {"additionalProperties": False}
        jsonschema.Draft202012Validator(schema | description).validate(answer)
    record = record_of(description)["get"]["responses"]["200"]["content"]["application/json"]
    schema = record["schema"] | description
    jsonschema.Draft202012Validator(schema).validate(ask(f"{PREFIX}/zones/hainan").json())
    for path in ("/lookup?place=佛山&place=吉林&lang=zh", "/panel?place=440600&from=2019"):
        content = description["paths"][path.partition("?")[0]]["get"]["responses"]["200"]["content"]
        jsonschema.Draft202012Validator(
            content["application/json"]["schema"] | description
        ).validate(ask(PREFIX + path).json())
    error = {"$ref": "#/components/schemas/error"} | description
    for path in ("/zones?on=x&x=y", "/zones/haiku", "/nothing"):
        jsonschema.Draft202012Validator(error).validate(ask(PREFIX + path).json())


def test_every_reference_of_the_description_leads_somewhere(description):
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)):
        jsonschema.Draft202012Validator.check_schema(
            description["components"]["schemas"][reference]
        )


def responses_of(description):
    """Statuses and responses of every path."""
    components = description["components"]["responses"]
    for _, _, described in operations_of(description):
        for status, response in described["responses"].items():
            name = response.get("$ref", "").rpartition("/")[2]
            yield int(status), components.get(name, response)


def test_every_answer_has_an_example_of_its_own_shape(description):
    for path, method, described in operations_of(description):
        absent = set() if "{" in path else {404}
        own = {"get": {206, 304, 412, 416}, "post": {408, 413}}[method]
        statuses = {200, 400, 404, 405, 414, 500, 503} | own
        assert set(map(int, described["responses"])) == statuses - absent
    for status, response in responses_of(description):
        content = response.get("content", {}).get("application/json", {})
        if status >= 400:
            assert content["example"]["error"]["status"] == status
        elif status != 200:
            assert all(header["example"] for header in response["headers"].values())
        if "example" in content:
            schema = content["schema"] | {"components": description["components"]}
            jsonschema.Draft202012Validator(schema).validate(content["example"])


@pytest.mark.parametrize(
    ("status", "path", "more"),
    [
        (400, "/zones?on=2025-02-30", {}),
        (404, "/zones/{misspelt}", {}),
        (405, "/zones", {"method": "POST"}),
        (412, "/zones", {"headers": {"If-Match": '"other"'}}),
        (414, "/zones?q=" + "x" * MAX_QUERY_BYTES, {}),
        (416, "/zones?format=csv", {"headers": {"Range": "bytes=99999999-"}}),
    ],
)
def test_an_example_is_what_is_answered(description, atlas, status, path, more):
    path = path.format(misspelt=atlas.register.zones.index[0][:-1])
    response = ask(PREFIX + path, **more)
    assert response.status_code == status
    (example,) = [
        found["content"]["application/json"]["example"]
        for known, found in responses_of({**description, "paths": {"/": record_of(description)}})
        if known == status
    ]
    assert response.json() == example


def record_of(description):
    return description["paths"]["/zones/{zone_id}"]


def parameters_of(description):
    found = description["paths"]["/zones"]["get"]["parameters"]
    return {one["name"]: one["schema"].get("items", one["schema"]) for one in found}


@pytest.mark.long
def test_every_value_of_an_enum_is_understood(description):
    for name, schema in parameters_of(description).items():
        for value in schema.get("enum", []):
            assert zones(f"{name}={value}", method="HEAD").status_code == 200, (name, value)
    assert {name for name, schema in parameters_of(description).items() if "enum" in schema} == {
        *("province", "region", "neighbour", "batch", "status", "match"),
        *("shade", "colour", "data", "lang", "format", "level"),
    }


def test_a_default_is_the_same_as_no_value(description):
    tag = zones().headers["etag"]
    for name, schema in parameters_of(description).items():
        if "default" in schema:
            assert zones(f"{name}={schema['default']}").headers["etag"] == tag, name


def test_an_empty_value_is_none_where_the_description_allows_it(description):
    tag = zones().headers["etag"]
    for one in description["paths"]["/zones"]["get"]["parameters"]:
        response = zones(f"{one['name']}=")
        if one.get("allowEmptyValue"):
            assert response.headers["etag"] == tag
        else:
            assert response.status_code == 400
