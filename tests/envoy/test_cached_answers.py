"""What REST answers say to caches: validators, ages, languages, and what may not be kept."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from tako.v1.item_pb2 import Item
from tako_providers.sdk import Page, Unreachable
from tests.conftest import require_tool
from tests.envoy.whole import Whole, whole
from tests.rpc.harness import page, provider

URL = "/v1/books/search?query=dune"


async def _dune(_ask: Any) -> Page:
    return page("Dune")


async def _in_its_language(ask: Any) -> Page:
    """One book, in the language asked for."""
    tag = ask.language or "en"
    return Page([Item(kind=Item.BOOK, source_id="dune", title=f"Dune ({tag})", language=tag)])


def _max_age(reply: Any) -> int:
    found = re.fullmatch(r"public, max-age=(\d+)", reply.headers["cache-control"])
    assert found, reply.headers
    return int(found[1])


async def test_an_answer_has_a_validator_and_an_age(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        first, second = await tako.get(URL), await tako.get(URL)
        assert first.json == second.json
        assert re.fullmatch(r'W/"[0-9a-f]{24}"', first.headers["etag"])
        assert second.headers["etag"] == first.headers["etag"]
        assert (first.headers["tako-cache"], second.headers["tako-cache"]) == ("miss", "hit")
        assert first.headers["age"] == "0"
        assert 295 <= _max_age(first) <= 300  # five minutes, as caching.md says
        assert {"accept-language", "accept-encoding"} <= set(re.split(r",\s*", second.headers["vary"].lower()))
        other = await tako.get("/v1/books/search?query=other")
        assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
async def test_who_has_it_already_is_told_so(tmp_path: Path, encoding: str) -> None:
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        etag = (await tako.get(URL)).headers["etag"]
        for given in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
            reply = await tako.get(URL, if_none_match=given, accept_encoding=encoding)
            assert (reply.status, reply.body) == (304, b""), given
            assert reply.headers["etag"] == etag
            assert reply.headers["cache-control"].startswith("public, max-age=")
            assert reply.headers["tako-cache"] == "hit"
            assert not {"content-length", "content-encoding", "content-type"} & reply.headers.keys()
        reply = await tako.get(URL, if_none_match='W/"other"', accept_encoding=encoding)
        assert reply.status == 200
        assert reply.json["items"][0]["title"] == "Dune"
        assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_ready_json_is_compressed(tmp_path: Path, encoding: str) -> None:
    async def many(_ask: Any) -> Page:
        return page(*(f"Dune {number}" for number in range(20)))

    async with whole(tmp_path, provider("alpha", many)) as tako:
        plain = await tako.get(URL, accept_encoding="identity")
        options: dict[str, Any] = {"headers": {"accept-encoding": encoding}}
        async with tako.session.get(tako.url + URL, auto_decompress=False, **options) as answer:
            raw = await answer.read()
            assert answer.headers["content-encoding"] == encoding
            assert answer.headers["etag"] == plain.headers["etag"]
        assert len(raw) < len(plain.body) / 2
        if encoding == "gzip":
            assert gzip.decompress(raw) == plain.body


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
async def test_a_304_has_no_body_over_http_2(tmp_path: Path, encoding: str) -> None:
    """There, a byte too many ends the stream with an error."""
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        await tako.get(URL)
        process = await asyncio.create_subprocess_exec(
            *(require_tool("curl"), "--silent", "--show-error", "--noproxy", "*", "--http2-prior-knowledge"),
            *("--max-time", "20", "--header", "if-none-match: *", "--header", f"accept-encoding: {encoding}"),
            *("--write-out", "%{http_version} %{http_code} %{size_download}", tako.url + URL),
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
        assert (process.returncode, told) == (0, b"2 304 0")


async def test_a_post_is_never_a_304(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        reply = await tako.ask(
            "POST", "/v1/items:batchGet", json={"ids": ["alpha/book/Dune"]}, headers={"if-none-match": "*"}
        )
        assert reply.status == 200
        assert len(reply.json["results"]) == 1


async def test_max_age_counts_down_as_http_counts(tmp_path: Path) -> None:
    """A cache takes `age` from `max-age`: what is left must be what is left here."""
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        await tako.get(URL)
        reply = await tako.get(URL)
        expires = reply.json["freshness"]["expiresAt"]
        fetched = reply.json["freshness"]["fetchedAt"]
        assert expires[:17] != fetched[:17]  # minutes differ
        assert 0 <= _max_age(reply) - int(reply.headers["age"]) <= 300
        asked = await tako.get(f"{URL}&max_age=100s")
        assert _max_age(asked) <= 100  # the caller of this URL wants nothing older


async def test_a_stale_answer_and_one_with_a_failure_may_not_be_kept(tmp_path: Path) -> None:
    async def down(_ask: Any) -> Page:
        raise Unreachable("down")

    async with whole(tmp_path, provider("alpha", _dune), provider("beta", down)) as tako:
        reply = await tako.get(URL)
        assert reply.status == 200
        assert reply.headers["cache-control"] == "public, max-age=0"
        assert reply.headers["etag"]


async def test_what_is_no_answer_is_not_kept(tmp_path: Path) -> None:
    token = {"authorization": "Bearer secret"}
    async with whole(tmp_path, provider("alpha", _dune), TAKO_ADMIN_TOKEN="secret") as tako:
        for path in (
            f"{URL}&page_size=-1",  # an error of the server
            f"{URL}&colour=red",  # of the transcoder
            "/v1/nothing",
            "/nothing",
            "/v1/admin/jobs",  # no token
            "/v1/search:events?query=dune&domains=books",
            "/v1/search:stream?query=dune&domains=books",
        ):
            reply = await tako.get(path)
            assert reply.headers["cache-control"] == "no-store", path
            assert "etag" not in reply.headers, path
        admin = await tako.get("/v1/admin/cache", **token)
        assert (admin.status, admin.headers["cache-control"]) == (200, "no-store")
        refreshed = await tako.get(f"{URL}&refresh=true", **token)
        assert (refreshed.status, refreshed.headers["cache-control"]) == (200, "no-store")


async def test_what_a_key_opened_is_for_its_holder(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune), TAKO_API_KEYS="one") as tako:
        reply = await tako.get(URL, x_api_key="one")
        assert reply.headers["cache-control"].startswith("private, max-age=")


async def test_providers_are_asked_for_again_each_time(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _dune)) as tako:
        reply = await tako.get("/v1/providers")
        assert reply.headers["cache-control"] == "public, max-age=0"
        assert "age" not in reply.headers
        again = await tako.get("/v1/providers", if_none_match=reply.headers["etag"])
        assert again.status in (200, 304)  # their state may have changed
        assert (await tako.get("/v1/providers", if_none_match="*")).status == 304


# --- languages


@pytest.mark.parametrize(
    ("header", "url", "title"),
    [
        ("fr", URL, "Dune (fr)"),
        ("en;q=0.5, fr-CA, de;q=0.9", URL, "Dune (fr-CA)"),
        ("*, pt-br;q=0.3", URL, "Dune (pt-BR)"),
        ("fr;q=0, es;q=0.1", URL, "Dune (es)"),
        ("fr", f"{URL}&language=it", "Dune (it)"),  # what the request says wins
        ("*", URL, "Dune (en)"),
        ("fr;q=high", URL, "Dune (en)"),
        ("<script>", URL, "Dune (en)"),
        ("x" * 600, URL, "Dune (en)"),
        ("klingonese-tongue", URL, "Dune (en)"),
    ],
)
async def test_the_language_of_the_caller(tmp_path: Path, header: str, url: str, title: str) -> None:
    async with whole(tmp_path, provider("alpha", _in_its_language)) as tako:
        reply = await tako.get(url, accept_language=header)
        assert reply.status == 200
        assert reply.json["items"][0]["title"] == title
        assert reply.headers["content-language"] == title[6:-1]


async def test_languages_are_kept_apart(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _in_its_language)) as tako:
        assert [await _told(tako, tag) for tag in ("fr", "de", "fr", "de", "FR")] == [
            ("Dune (fr)", "miss"),
            ("Dune (de)", "miss"),
            ("Dune (fr)", "hit"),
            ("Dune (de)", "hit"),
            ("Dune (fr)", "hit"),
        ]
        by_parameter = await tako.get(f"{URL}&language=fr")
        assert by_parameter.headers["tako-cache"] == "hit"  # the same question


async def _told(tako: Whole, tag: str) -> tuple[str, str]:
    reply = await tako.get(URL, accept_language=tag)
    return reply.json["items"][0]["title"], reply.headers["tako-cache"]


async def test_grpc_may_say_its_language_so_too(tmp_path: Path) -> None:
    async with whole(tmp_path, provider("alpha", _in_its_language)) as tako:
        asked = await tako.grpc.search("dune", accept_language="fr")
        assert asked.answer.items[0].title == "Dune (fr)"


async def test_a_language_is_told_only_when_all_items_say_theirs(tmp_path: Path) -> None:
    async def mixed(_ask: Any) -> Page:
        return Page(
            [
                Item(kind=Item.BOOK, source_id="1", title="Dune", language="fr"),
                Item(kind=Item.BOOK, source_id="2", title="Dune", language="en"),
            ]
        )

    async def silent(_ask: Any) -> Page:
        return Page(
            [
                Item(kind=Item.BOOK, source_id="1", title="Dune", language="fr"),
                Item(kind=Item.BOOK, source_id="2", title="Dune"),
            ]
        )

    async with whole(tmp_path, provider("alpha", mixed), provider("beta", silent)) as tako:
        assert (await tako.get(f"{URL}&providers=alpha")).headers["content-language"] == "en, fr"
        assert "content-language" not in (await tako.get(f"{URL}&providers=beta")).headers
