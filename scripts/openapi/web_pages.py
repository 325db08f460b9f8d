"""What the web app answers beside the API: health and version, for people and probes."""

from __future__ import annotations

from scripts.openapi.rules import Schema

TAG: Schema = {"name": "Server", "description": "The server itself. Never behind an API key."}
_STATUS: Schema = {
    "type": "object",
    "description": "Whether the server takes calls. Parts of it may tell more.",
    "properties": {
        "status": {"type": "string", "enum": ["SERVING", "NOT_SERVING"]},
        "version": {"type": "string"},
        "uptime_seconds": {"type": "number"},
    },
    "required": ["status", "version", "uptime_seconds"],
}
_VERSION: Schema = {
    "type": "object",
    "properties": {"name": {"type": "string", "const": "tako"}, "version": {"type": "string"}},
    "required": ["name", "version"],
}


def paths() -> Schema:
    """Their operations."""
    return {
        "/health": {"get": _page("health", "Tells whether the server takes calls", _STATUS, failing=True)},
        "/version": {"get": _page("version", "Tells the version of the server", _VERSION)},
    }


def _page(operation_id: str, summary: str, schema: Schema, *, failing: bool = False) -> Schema:
    content = {"application/json": {"schema": schema}}
    responses: Schema = {"200": {"description": f"{summary}.", "content": content}}
    if failing:
        responses["503"] = {"description": "The server is starting or ending.", "content": content}
    return {
        "tags": [TAG["name"]],
        "operationId": operation_id,
        "summary": summary,
        "description": f"{summary}.",
        "security": [],
        "responses": responses,
    }
