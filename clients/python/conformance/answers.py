"""Asks the cases of the table: once through TakoClient, once through AsyncTakoClient."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import grpc
from google.protobuf import json_format
from google.protobuf.message import Message

from conformance.checks import Json
from tako.client import AsyncTakoClient, TakoClient
from tako.errors import Cancelled, TakoError
from tako.v1.admin_service_pb2 import GetCacheStatsRequest
from tako.v1.boardgames_service_pb2 import BoardGamesSearchRequest
from tako.v1.books_service_pb2 import (
    BooksDetailRequest,
    BooksRelatedRequest,
    BooksSearchRequest,
    BooksTrendingRequest,
)
from tako.v1.catalog_service_pb2 import BatchDetailRequest, CatalogSearchRequest, LookupRequest
from tako.v1.music_service_pb2 import MusicTermsRequest
from tako.v1.provider_service_pb2 import GetProviderRequest

Case: TypeAlias = Mapping[str, Any]
_METHODS: dict[str, tuple[str, str, type[Message]]] = {
    "tako.v1.AdminService/GetCacheStats": ("admin", "get_cache_stats", GetCacheStatsRequest),
    "tako.v1.BoardGamesService/Search": ("boardgames", "search", BoardGamesSearchRequest),
    "tako.v1.BooksService/Detail": ("books", "detail", BooksDetailRequest),
    "tako.v1.BooksService/Related": ("books", "related", BooksRelatedRequest),
    "tako.v1.BooksService/Search": ("books", "search", BooksSearchRequest),
    "tako.v1.BooksService/Trending": ("books", "trending", BooksTrendingRequest),
    "tako.v1.CatalogService/BatchDetail": ("catalog", "batch_detail", BatchDetailRequest),
    "tako.v1.CatalogService/Lookup": ("catalog", "lookup", LookupRequest),
    "tako.v1.CatalogService/SearchStream": ("catalog", "search_stream", CatalogSearchRequest),
    "tako.v1.MusicService/Terms": ("music", "terms", MusicTermsRequest),
    "tako.v1.ProviderService/GetProvider": ("providers", "get_provider", GetProviderRequest),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A case, made ready for a client: its method, its request, and the seconds that it may take."""

    case: Case
    service: str
    method: str
    request: Message
    timeout: float | None

    @classmethod
    def of(cls, case: Case) -> Question:
        """The question of a case."""
        service, method, kind = _METHODS[case["call"]]
        options = case["options"]
        timeout = options["timeout_ms"] / 1000 if "timeout_ms" in options else None
        return cls(case, service, method, json_format.ParseDict(case["request"], kind()), timeout)


def arguments(case: Case, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """What a client for the case is made with."""
    options, server = case["options"], case["server"]
    made: dict[str, Any] = {"address": environment[f"TAKO_TEST_{server.upper()}"]}
    if server == "tls":
        made |= {"tls": True, "ca": Path(environment["TAKO_TEST_CA"])}
    for name in ("api_key", "admin_token"):
        if name in options:
            made[name] = re.sub(r"^\$(\w+)$", lambda found: environment[found[1]], options[name])
    return made | {"metadata": tuple(options.get("metadata", {}).items())}


def ask(case: Case) -> Json:
    """The answer as JSON, through the client for threads. Raises TakoError."""
    with TakoClient(**arguments(case)) as tako:
        if case["kind"] == "health":
            return {"status": tako.health(case["request"]["service"]).name}
        question = Question.of(case)
        service = getattr(tako, question.service)
        name, request, timeout = question.method, question.request, question.timeout
        if case["kind"] == "pages":
            return {"items": [_json(one) for one in getattr(service, f"{name}_all")(request, timeout=timeout)]}
        if not name.endswith("stream"):
            if "cancel_after_ms" in case["options"]:
                # A call of this client ends early when the client is closed by another thread.
                threading.Timer(case["options"]["cancel_after_ms"] / 1000, tako.close).start()
            return _json(getattr(service, name)(request, timeout=timeout))
        with getattr(service, name)(request, timeout=timeout) as stream:
            if case["kind"] == "cancel":
                next(stream)
                stream.cancel()
            return [_json(event) for event in stream]


async def ask_async(case: Case) -> Json:
    """The answer as JSON, through the client for asyncio. Raises TakoError."""
    async with AsyncTakoClient(**arguments(case)) as tako:
        if case["kind"] == "health":
            return {"status": (await tako.health(case["request"]["service"])).name}
        question = Question.of(case)
        service = getattr(tako, question.service)
        name, request, timeout = question.method, question.request, question.timeout
        if case["kind"] == "pages":
            return {"items": [_json(one) async for one in getattr(service, f"{name}_all")(request, timeout=timeout)]}
        if not name.endswith("stream"):
            task = asyncio.ensure_future(getattr(service, name)(request, timeout=timeout))
            if "cancel_after_ms" not in case["options"]:
                return _json(await task)
            await asyncio.sleep(case["options"]["cancel_after_ms"] / 1000)
            task.cancel()
            try:
                return _json(await task)
            except asyncio.CancelledError as error:  # how asyncio says it
                raise Cancelled(grpc.StatusCode.CANCELLED, "the task was cancelled") from error
        async with getattr(service, name)(request, timeout=timeout) as stream:
            if case["kind"] == "cancel":
                await anext(stream)
                stream.cancel()
            return [_json(event) async for event in stream]


def told(error: TakoError) -> list[tuple[str, Json]]:
    """The details of an error, each with its type, as JSON."""
    return [(detail.DESCRIPTOR.full_name, _json(detail)) for detail in error.details]


def _json(message: Message) -> Json:
    return json_format.MessageToDict(message)
