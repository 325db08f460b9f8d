"""schemathesis asks every operation of the document, through the gateway, what is in it and what is not.

What it may not judge is left out by name, each with its reason; docs/openapi.md tells the same.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from scripts.describe_api import PLACE
from scripts.openapi.questions import questions
from tests.captures import ROOT
from tests.e2e.serving import Served
from tests.openapi.conftest import TOKEN

_EXAMPLES = 12
"""Questions that are made up for each operation: right ones, and wrong ones."""
_LEFT_OUT = [
    # 501, 503 and 504 are answers here: what an upstream does is told as such. `told_as_documented` looks closer.
    not_a_server_error,
    # A schema of single parameters can't say all. `refused_for_what_no_schema_says` looks closer.
    checks.positive_data_acceptance,
    # The token goes with every request here, so none is without it. test_access.py asks without it.
    checks.ignored_auth,
    # Nothing is created or deleted by a request, so nothing is there or gone after it.
    checks.use_after_free,
    checks.ensure_resource_availability,
]
_OF_LINES = [
    # The body is one JSON object a line, and so no JSON as a whole. test_answers.py looks at each line.
    checks.response_schema_conformance,
]
_OF_BODIES = [
    # proto3 JSON takes null for what is not set, text for numbers, and numbers for enums; and what the gateway does not
    # know in a body it drops. All of that the document does not offer.
    checks.negative_data_rejection,
]
_RULES = re.compile(
    r"must be at (least|most) \d+ characters|must contain (at least|no more than) \d+ item"
    r"|does not match regex pattern|must contain unique items|must be one of the defined enum values"
    r"|must (be|not be) in list|must be (greater|less) than or equal to|must not have a segment"
)
"""What the server says of a rule that the contract has for one field, and so the document."""

_CONFIG: dict[str, Any] = {
    "seed": 1,
    "generation": {"deterministic": True, "allow-x00": False, "max-examples": _EXAMPLES},
    # It makes texts of a thousand characters that fit patterns, before any test runs: 2 s for each operation, in each
    # process. test_access.py asks with other methods, and random values reach the limits too.
    "phases": {"coverage": {"enabled": False}},
    "checks": {
        "negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 413, 431, 501, 503]},
    },
}

schema = schemathesis.openapi.from_path(str(ROOT / PLACE), config=SchemathesisConfig.from_dict(_CONFIG))
_IDS = sorted(
    {
        match[1]
        for question in questions()
        if (match := re.fullmatch(r"/v1/[a-z-]+/items/([^?]+)", question.url)) is not None
    }
)


@schema.hook("before_generate_path_parameters")
def ids_of_items(context: HookContext, strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Ids have slashes, of which schemathesis makes up none in a path."""
    if context.operation is None or "/items/{id}" not in context.operation.path:
        return strategy
    return st.fixed_dictionaries({"id": st.sampled_from(_IDS)})


def told_as_documented(context: CheckContext, response: Response, case: Case[Any]) -> None:
    """An error is one that the document tells of this operation, under its HTTP status; and never a bug."""
    if response.status_code < 400 or response.status_code == 405:
        return
    told = response.json()
    (reason,) = (detail["reason"] for detail in told["details"] if detail["@type"].endswith("ErrorInfo"))
    assert reason != "INTERNAL", told
    answers = case.operation.definition.raw["responses"]
    assert str(response.status_code) in answers, told
    name = answers[str(response.status_code)]["$ref"].rpartition("/")[2]
    assert f"`{reason}`" in schema.raw_schema["components"]["responses"][name]["description"], told


def refused_for_what_no_schema_says(context: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request that the document allows is refused for nothing that the document could have said.

    Several parameters that do not go together, a page token of another server, an id that no provider has made: of
    these it can't say anything.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    (info,) = (detail for detail in response.json()["details"] if detail["@type"].endswith("ErrorInfo"))
    if info["reason"] == "INVALID_FIELD":
        assert info.get("metadata", {}).get("field"), "the gateway could not read it"
        assert not _RULES.search(response.json()["message"]), response.json()["message"]


@pytest.mark.timeout(180)
@schema.parametrize()
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_an_operation_does_what_its_description_says(case: Case[Any], tako: Served) -> None:
    described = case.operation.definition.raw
    left_out = [*_LEFT_OUT]
    if described["operationId"].startswith("CatalogService_SearchStream"):
        left_out += _OF_LINES
    if "requestBody" in described:
        left_out += _OF_BODIES
    case.call_and_validate(
        base_url=tako.rest,
        headers={"authorization": f"Bearer {TOKEN}"},
        additional_checks=[told_as_documented, refused_for_what_no_schema_says],
        excluded_checks=left_out,
        timeout=30,
    )
