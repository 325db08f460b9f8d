"""The whole description of the REST API, OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from scripts.describe_routes import methods
from scripts.openapi.comments import comments
from scripts.openapi.operations import ADMIN_TOKEN, paths
from scripts.openapi.responses import Responses
from scripts.openapi.rules import Schema
from scripts.openapi.schemas import Schemas
from scripts.openapi.web_pages import TAG as WEB_TAG
from scripts.openapi.web_pages import paths as web_paths
from tako_server import __version__
from tako_server.core.domains import CONTRACTS

_DESCRIPTION = """One typed API over the sources of books, films, board games, trading cards and other things that
people collect. You ask one question; Tako asks every source that fits, at once, and answers in one form.

- Whatever is found is an `Item`. Its `id` is what Detail and Related take.
- Every answer has an outcome for each provider that was asked. A failure never looks like an empty answer.
- What is not known is absent: no `null`, and no `0` or empty text in its place. Enums are names, 64-bit integers are
  text, times are RFC 3339, durations are seconds such as `1.5s`.
- Parameters that do not exist are errors. A repeated parameter is written several times:
  `providers=mtg&providers=tmdb`. Names of enums may be written in any case.
- Answers grow: a later version of the server may add fields and values of enums. Ignore those that you do not know.
- An error is a `google.rpc.Status`. Decide by the `reason` of its `google.rpc.ErrorInfo`; its `message` is for people.

The same API speaks gRPC on the same port, with reflection.
"""


def document(files: FileDescriptorSet, examples: Mapping[str, Any]) -> Schema:
    """The document. ``files`` have the comments, ``examples`` the answers to show, by operationId."""
    schemas = Schemas(comments(files))
    responses = Responses()
    services = _services()
    found = paths(services, schemas, responses, examples) | web_paths()
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Tako",
            "version": __version__,
            "summary": "Many sources, one typed answer",
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "This server"}],
        "security": [{}, {"apiKey": []}, {ADMIN_TOKEN: []}],
        "tags": [*({"name": one.name, "description": schemas.comment(one.full_name)} for one in services), WEB_TAG],
        "paths": found,
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "parameters": dict(sorted(schemas.parameters.items())),
            "responses": dict(sorted(responses.components.items())),
            "examples": responses.examples,
            "headers": responses.headers,
            "securitySchemes": {
                "apiKey": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "x-api-key",
                    "description": "A key of this server. Needed only where the server asks for keys.",
                },
                ADMIN_TOKEN: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of whoever runs this server. It does for an API key too.",
                },
            },
        },
    }


def _services() -> list[ServiceDescriptor]:
    """Every service: over all domains first, then the domains in the order of the contract, the operators' last."""
    found = {method.containing_service.full_name: method.containing_service for method in methods().values()}
    first, *others = "tako.v1.CatalogService", "tako.v1.ProviderService", "tako.v1.AdminService"
    order = [first, *(contract.service for contract in CONTRACTS.values()), *others]
    if set(order) != set(found):
        msg = f"services without a place in the document: {set(order) ^ set(found)}"
        raise AssertionError(msg)
    return [found[name] for name in order]
