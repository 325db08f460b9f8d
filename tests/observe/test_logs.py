"""Logs: JSON, one event a line, each with the request's id; and no secret in any of them, whoever put it there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import grpc
import pytest

from tako.v1.answers_pb2 import SearchResponse
from tako.v1.media_service_pb2 import MediaSearchRequest
from tests.conftest import require_tool
from tests.observe.collector import Collector
from tests.observe.echoes import echoing
from tests.observe.leaks import API_KEY, PROVIDERS
from tests.observe.test_secrets import planted
from tests.rpc.harness import Client

SECRET, SHORT = "aSecretThatIsPlanted/+1", "tako"
PROGRAM = f"""
import logging, sys
import structlog
from tako_server import log
log.configure("info", sys.argv[1], [{SECRET!r}, {SHORT!r}])
events = structlog.get_logger()
events.info("tako.event", plain={SECRET!r}, nested={{"deep": [{SECRET!r}]}}, quoted="aSecretThatIsPlanted%2F%2B1")
try:
    raise ValueError("refused: " + {SECRET!r})
except ValueError as error:
    events.error("tako.failed", exc_info=error)
    logging.getLogger("library").warning("it failed with %s", {SECRET!r}, exc_info=error)
"""


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_secret_is_taken_out_of_every_line(form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, form], capture_output=True, text=True, timeout=30, check=True, env=os.environ
    )
    assert "aSecretThatIsPlanted" not in done.stdout + done.stderr
    assert done.stderr.count("REDACTED") == 6
    assert "tako.event" in done.stderr, "a value that is a word is left alone"
    if form == "json":
        assert [json.loads(line)["level"] for line in done.stderr.splitlines()] == ["info", "error", "warning"]


async def test_each_line_of_a_request_has_its_id(tmp_path: Path, collector: Collector) -> None:
    require_tool("envoy")
    async with echoing(PROVIDERS, tmp_path) as echoes:
        echoes.modes = {"tmdb": "is broken", "imdb": "breaks off", "tvdb": "has changed"}
        async with (
            planted(tmp_path, echoes, TAKO_STORE="sqlite", TAKO_OTLP_ENDPOINT=collector.endpoint) as server,
            grpc.aio.insecure_channel(server.grpc) as channel,
        ):
            asked = await Client(channel)(
                "MediaService/Search",
                MediaSearchRequest(query="planted"),
                SearchResponse,
                20,
                x_api_key=API_KEY,
                x_request_id="call-17",
            )
            assert asked.code is not grpc.StatusCode.OK
    lines: list[dict[str, Any]] = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    about = [line for line in lines if line["event"].partition(".")[0] in {"provider", "upstream", "rpc"}]
    assert {line["event"] for line in about} >= {
        *("rpc.served", "provider.failed", "provider.retried", "upstream.unreachable")
    }
    assert {line["request_id"] for line in about} == {"call-17"}
    traces = {line.get("trace_id") for line in about}
    assert traces == {span.trace for span in collector.spans}
