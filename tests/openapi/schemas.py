"""Checks JSON against the schemas of the document, as strictly as they can be taken."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

_DOCUMENT = "urn:document"


def strict(document: dict[str, Any]) -> dict[str, Any]:
    """The document with schemas that allow no field that they do not name.

    The document itself leaves room for the fields of later versions. A test wants to see that today's are all in it.
    """
    closed = copy.deepcopy(document)
    for schema in closed["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return closed


class Checker:
    """Finds what is wrong with an answer."""

    def __init__(self, document: dict[str, Any]) -> None:
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
        self._known: dict[str, jsonschema.Draft202012Validator] = {}

    def wrong(self, value: Any, pointer: str) -> list[str]:
        """What breaks the schema at ``pointer`` (`#/components/schemas/Item`); nothing when all is well."""
        if pointer not in self._known:
            self._known[pointer] = jsonschema.Draft202012Validator(
                {"$ref": f"{_DOCUMENT}{pointer}"},
                registry=self._registry,
                format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
            )
        return [f"{error.json_path}: {error.message[:300]}" for error in self._known[pointer].iter_errors(value)]


def pointer(*steps: str) -> str:
    """A JSON pointer as a reference."""
    return "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
