"""The document is OpenAPI 3.1, says what the contract says, and shows examples that are true."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts import describe_api, vendor_swagger_ui
from scripts.describe_routes import methods
from scripts.openapi.questions import questions
from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.item_pb2 import Item
from tako_server import __version__
from tako_server.core import error_table
from tests.captures import ROOT
from tests.openapi.schemas import Checker, pointer, strict

_VERBS = ("get", "post")
_ROW = re.compile(r"\| (?P<what>[^|]+) \| (?P<code>[^|]+) \| (?P<http>[^|]+) \| `(?P<reason>\w+)` \|")
_WRONG_METHOD = "METHOD_NOT_ALLOWED"
_WRONG_PATH = "PATH_UNKNOWN"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, verb and operation of all there are."""
    for path, item in document["paths"].items():
        for verb in _VERBS:
            if verb in item:
                yield path, verb, item[verb]


def operation(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    """One operation by its id."""
    (found,) = (op for _, _, op in operations(document) if op["operationId"] == operation_id)
    return found


def parameters(document: dict[str, Any], operation_id: str) -> dict[str, dict[str, Any]]:
    """The parameters of an operation by name, references followed."""
    found = {}
    for one in operation(document, operation_id)["parameters"]:
        known = document["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        found[known["name"]] = known
    return found


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_is_what_the_contract_makes(document: dict[str, Any]) -> None:
    assert (ROOT / describe_api.PLACE).read_text() == describe_api.made(), "run `make gen`"
    assert document["info"]["version"] == __version__


def test_every_url_of_every_rpc_is_there(document: dict[str, Any]) -> None:
    ids = [op["operationId"] for _, _, op in operations(document)]
    assert len(ids) == len(set(ids))
    assert {name.replace("/", "_") for name in methods()} <= set(ids)
    assert {"CatalogService_SearchStream_events", "CatalogService_BatchDetail_post", "CatalogService_Lookup_lookup"} < {
        *ids
    }
    assert len(document["paths"]) >= 60


def test_everything_is_said_in_words(document: dict[str, Any]) -> None:
    for path, verb, op in operations(document):
        assert op["summary"] and op["description"], (path, verb)
        assert "docs/errors.md" not in op["description"]
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, told in schema.get("properties", {}).items():
            assert told.get("description") or field == "@type", f"{name}.{field}"


def test_rules_of_requests_are_there(document: dict[str, Any]) -> None:
    search = parameters(document, "BooksService_Search")
    assert search["query"]["schema"] == {"type": "string", "maxLength": 500}
    assert search["page_size"]["schema"]["minimum"] == 0
    assert search["language"]["schema"]["pattern"] == "^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3})?$"
    assert search["kind"]["schema"] == {"$ref": "#/components/schemas/Item.Kind"}
    assert search["providers"] == {
        "name": "providers",
        "in": "query",
        "description": search["providers"]["description"],
        "style": "form",
        "explode": True,
        "schema": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z0-9_]{1,40}$"},
            "maxItems": 40,
            "uniqueItems": True,
        },
    }
    assert "must not be empty unless" in operation(document, "BooksService_Search")["description"]
    assert [name for name, one in search.items() if one.get("required")] == []

    detail = parameters(document, "BooksService_Detail")["id"]
    assert (detail["in"], detail["required"], detail["schema"]["maxLength"]) == ("path", True, 1000)
    assert detail["schema"]["not"] == {"pattern": "/[.]{1,2}(/|$)"}

    catalog = parameters(document, "CatalogService_Search")
    assert catalog["query"]["required"]
    assert not re.search(catalog["query"]["schema"]["pattern"], " \t")
    assert catalog["domains"]["schema"]["items"]["enum"][0] == "construction-toys"
    assert {name for name, one in parameters(document, "BooksService_Terms").items() if one.get("required")} == {
        "provider",
        "terms",
    }
    assert parameters(document, "AnimeMangaService_Search")["min_score"]["schema"]["maximum"] == 10

    disable = document["components"]["schemas"]["DisableProviderRequest"]
    assert list(disable["properties"]) == ["reason"], "the provider is in the path"


def test_messages_are_as_proto3_json_writes_them(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    outcome = schemas["ProviderOutcome"]["properties"]
    assert outcome["total"]["type"] == "string"  # 64 bits
    assert outcome["itemCount"]["type"] == "integer"
    assert outcome["retryAfter"]["pattern"]
    assert schemas["Freshness"]["properties"]["fetchedAt"]["format"] == "date-time"
    assert schemas["ProviderOutcome.Status"]["enum"] == ProviderOutcome.Status.keys()[1:]
    assert schemas["Item.Kind"]["enum"] == Item.Kind.keys()[1:]
    assert schemas["Item"]["properties"]["attributes"]["additionalProperties"] == {"type": "string"}
    assert schemas["SearchEvent"]["oneOf"] == [
        {"required": [name]} for name in ("items", "outcome", "summary", "started")
    ]


def test_an_item_has_details_of_one_family_at_most(document: dict[str, Any]) -> None:
    check = Checker(document)
    item = pointer("components", "schemas", "Item")
    assert check.wrong({"id": "a/book/1"}, item) == []
    assert check.wrong({"id": "a/book/1", "book": {}}, item) == []
    assert check.wrong({"id": "a/book/1", "book": {}, "movie": {}}, item)
    assert check.wrong({"id": "a/book/1", "kind": "NOTHING"}, item)


def test_every_error_has_an_example(document: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "errors.md").read_text()
    listed = {
        (match["reason"], http)
        for match in _ROW.finditer(text)
        if match["reason"] not in (_WRONG_METHOD, _WRONG_PATH)  # no operation of the document has these
        for http in re.findall(r"\d{3}", match["http"])
    }
    assert len(listed) >= 25
    shown = {(example["value"]["details"][0]["reason"], http) for http, example in examples_of_errors(document)}
    assert listed <= shown
    reasons = {what.reason for what in error_table._TABLE.values()} | {"INTERNAL"}
    assert reasons <= {reason for reason, _ in shown}


def examples_of_errors(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """HTTP status and example of every error that some operation refers to."""
    components = document["components"]
    used = {
        (http, answer["$ref"].rpartition("/")[2])
        for _, _, op in operations(document)
        for http, answer in op["responses"].items()
        if "$ref" in answer
    }
    for http, name in sorted(used):
        for media in components["responses"][name].get("content", {}).values():
            for one in media["examples"].values():
                yield http, components["examples"][one["$ref"].rpartition("/")[2]]


def test_examples_of_errors_are_in_the_one_form(document: dict[str, Any]) -> None:
    check = Checker(strict(document))
    for _, example in examples_of_errors(document):
        assert check.wrong(example["value"], pointer("components", "schemas", "google.rpc.Status")) == []
        types = [detail["@type"] for detail in example["value"]["details"]]
        assert types.count("type.googleapis.com/google.rpc.ErrorInfo") == 1


def test_the_gateway_says_what_its_examples_say(document: dict[str, Any]) -> None:
    config = (ROOT / "envoy" / "envoy.yaml").read_text()
    of_gateway = {
        name: example["value"] for name, example in document["components"]["examples"].items() if "gateway" in name
    }
    assert of_gateway
    for name, status in of_gateway.items():
        if name != "gateway.400.INVALID_FIELD":  # the transcoder's own sentence
            assert status["message"] in config, name


def test_examples_of_answers_fit_their_schemas(document: dict[str, Any]) -> None:
    check = Checker(strict(document))
    shown = set()
    for path, verb, op in operations(document):
        for media_type, media in op["responses"]["200"]["content"].items():
            for example in media.get("examples", {}).values():
                schema = pointer("paths", path, verb, "responses", "200", "content", media_type, "schema")
                value = example["value"]
                if media_type == "text/event-stream":
                    assert check.wrong(value, schema) == []
                    value, schema = json.loads(value["data"]), f"{schema}/properties/data/contentSchema"
                assert check.wrong(value, schema) == [], path
                shown.add(op["operationId"])
    assert shown == {question.operation_id for question in questions()}, "run `python -m scripts.record_examples`"
    assert len(shown) >= 65


@pytest.mark.parametrize("name", vendor_swagger_ui.FILES)
def test_vendored_files_are_the_published_ones(name: str) -> None:
    told = (vendor_swagger_ui.FOLDER / vendor_swagger_ui.SUMS).read_text()
    assert told == vendor_swagger_ui.sums()
    assert name in told
