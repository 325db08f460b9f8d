"""ReplayExchange: feeds that move, failures among the captures, redirects, misses and broken records."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tako_providers.sdk.errors import ReplayMiss, Unreachable
from tako_providers.sdk.upstream import Request
from tako_server.engine.captures import CaptureError, CaptureStore
from tako_server.engine.replay import ReplayExchange
from tests.engine.replaying import HOST, Replay
from tests.engine.support import manifest, write_capture

# --- feeds that move with the calendar ---


@pytest.mark.parametrize(
    ("recorded", "asked", "name"),
    [
        ("dates=2023-10-01,2023-11-01", "dates=2026-10-24,2026-11-23", "it"),
        ("filter=date:1900-01-01|2023-11-01", "filter=date:1900-01-01|2026-11-23", "it"),
        ("since=2020-06-01", "since=2026-10-24", "it"),
        ("since=2020-06-01", "since=2011-01-01", "miss"),
        ("filter=date:1900-01-01|2023-11-01", "filter=name:1900-01-01|2026-11-23", "miss"),
        ("year=2020", "year=2026", "miss"),
    ],
)
async def test_dates_near_today_move(replay: Replay, recorded: str, asked: str, name: str) -> None:
    replay.capture("it", f"/recent?{recorded}")
    assert await replay.ask(f"/recent?{asked}") == name


async def test_timestamps_near_today_move(replay: Replay) -> None:
    replay.capture("it", "/games", method="POST", body="fields *; where first_release_date > 1600000000; sort a asc;")
    assert await replay.ask("/games", "POST", text="where first_release_date > 1795392000; sort a asc;") == "it"
    assert await replay.ask("/games", "POST", text="where first_release_date > 1000000000; sort a asc;") == "miss"


# --- failures among the captures ---


async def test_the_same_request_gets_its_failure(replay: Replay) -> None:
    replay.capture("a-good", "/thing?id=1&type=game&format=json")
    replay.capture("b-limit", "/thing?id=1", status=429, operation="error")
    assert await replay.ask("/thing?id=1") == "b-limit"
    assert await replay.ask("/thing?id=1&type=game&format=xml") == "a-good"


async def test_exactness_comes_before_success(replay: Replay) -> None:
    replay.capture("a-good", "/cards?name=x")
    replay.capture("b-none", "/cards?name=x&set=y", status=404, operation="error")
    assert await replay.ask("/cards?name=x&set=y&limit=2") == "b-none"


async def test_success_comes_before_a_failure_of_the_moment(replay: Replay) -> None:
    replay.capture("a-refused", "/games?key=REDACTED", status=401, operation="error")
    replay.capture("b-good", "/games?key=REDACTED&page=1&page_size=20")
    assert await replay.ask("/games?key=k&page=1&page_size=40") == "b-good"
    assert await replay.ask("/games?key=k&page_size=40&ordering=-added") == "b-good"


async def test_a_failure_of_the_moment_yields_to_a_near_answer_about_the_same_thing(replay: Replay) -> None:
    replay.capture("a-limit", "/thing?id=1", status=429, operation="error")
    replay.capture("b-good", "/thing?id=1&type=game")
    assert await replay.ask("/thing?id=1&format=json") == "b-good"
    assert await replay.ask("/thing?id=1") == "a-limit"


async def test_a_refused_list_answers_no_other_list(replay: Replay) -> None:
    replay.capture("refused", "/games", method="POST", body="fields id,name;", status=401, operation="error")
    assert await replay.ask("/games", "POST", text="fields id; where rating > 80; sort rating desc;") == "miss"
    assert await replay.ask("/games", "POST", text="fields id,slug;") == "refused"


async def test_a_failure_inside_a_200_comes_after_success(replay: Replay) -> None:
    replay.capture("a-error", "/fr", operation="error")
    replay.capture("b-good", "/fr", operation="trending")
    assert await replay.ask("/fr") == "b-good"


async def test_the_last_word_has_the_name(replay: Replay) -> None:
    replay.capture("b", "/x")
    replay.capture("a", "/x")
    assert await replay.ask("/x") == "a"


async def test_the_earlier_directory_wins(tmp_path: Path) -> None:
    for folder, name in (("one", "z"), ("two", "a")):
        write_capture(tmp_path / folder, name, f"{HOST}/x")
    write_capture(tmp_path / "two", "b", f"{HOST}/y")
    exchange = ReplayExchange([tmp_path / "one", tmp_path / "two", tmp_path / "absent"])
    assert (await exchange.send(manifest(), Request("GET", f"{HOST}/x"), 1)).body == b"z"
    assert (await exchange.send(manifest(), Request("GET", f"{HOST}/y"), 1)).body == b"b"


# --- redirects, misses, broken records ---


async def test_a_recorded_redirect_is_followed(replay: Replay) -> None:
    replay.capture("old", "/old?q=x", method="POST", status=301, headers={"Location": "/new?y=1"}, body="a=1")
    replay.capture("new", "/new?y=1")
    exchange = ReplayExchange([replay.folder])
    answer = await exchange.send(replay.manifest, Request("POST", f"{HOST}/old?q=x", form=(("a", "1"),)), 1)
    assert (answer.body, answer.url) == (b"new", f"{HOST}/new?y=1")


async def test_recorded_redirects_end(replay: Replay) -> None:
    replay.capture("round", "/round", status=302, headers={"Location": "/round"})
    with pytest.raises(Unreachable, match="redirect in a circle"):
        await ReplayExchange([replay.folder]).send(replay.manifest, Request("GET", f"{HOST}/round"), 1)


async def test_a_miss_names_the_provider_and_logs_the_nearest(replay: Replay) -> None:
    for name, url in [
        ("page-2", "/x?q=a&page=2"),
        ("other-text", "/x?q=b"),
        ("other-path", "/y?q=a"),
        ("far", "/far/away"),
    ]:
        replay.capture(name, url)
    with capture_logs() as logs, pytest.raises(ReplayMiss) as caught:
        await ReplayExchange([replay.folder]).send(
            replay.manifest, Request("GET", f"{HOST}/x", (("q", "a"), ("api_key", "secret"))), 1
        )
    assert str(caught.value) == "no capture of Acme answers GET api.acme.test/x as it was asked"
    assert caught.value.provider == "acme"
    assert logs[0]["event"] == "replay.missed"
    assert logs[0]["nearest"] == ["other-text (q)", "page-2 (page)", "other-path (path)"]
    assert "secret" not in str(logs)


async def test_a_provider_without_captures_misses(replay: Replay) -> None:
    assert await replay.ask("/x") == "miss"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("{", "no valid record"),
        ("[]", "no valid record"),
        ("{}", "lacks 'request'"),
        ('{"request": {"method": "GET"}, "response": {"status": 200}}', "lacks 'url'"),
        ('{"request": {"method": "GET", "url": "https://a/"}, "response": {"status": "ok"}}', "no valid record"),
        (
            '{"request": {"method": "GET", "url": "https://a/"}, "response": {"status": 200, "body_file": "no"}}',
            "exist",
        ),
        (
            '{"request": {"method": "GET", "url": "https://a/"}, "response": {"status": 200, "body_file": "../x"}}',
            "not beside",
        ),
        (
            '{"request": {"method": "GET", "url": "https://a/"}, "response": {"status": 200, "body_base64": "*"}}',
            "not base64",
        ),
    ],
)
async def test_a_broken_record_is_named(tmp_path: Path, record: str, problem: str) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "broken.json").write_text(record)
    with pytest.raises(CaptureError, match=rf"acme/broken\.json.*{problem}"):
        CaptureStore([tmp_path]).check()
    with pytest.raises(Unreachable) as caught:
        await ReplayExchange([tmp_path]).send(manifest(), Request("GET", f"{HOST}/x"), 1)
    assert str(tmp_path) not in str(caught.value)


async def test_bodies_inside_the_record(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    for name, body in [
        ("a", '"body": {"a": 1}'),
        ("b", '"body": "text"'),
        ("c", '"body_base64": "/w=="'),
        ("d", '"x": 1'),
    ]:
        request = f'{{"method": "get", "url": "{HOST}/{name}"}}'
        (tmp_path / "acme" / f"{name}.json").write_text(
            f'{{"request": {request}, "response": {{"status": 200, {body}}}}}'
        )
    bodies = {capture.name: capture.body() for capture in CaptureStore([tmp_path]).of("acme")}
    assert bodies == {"a": b'{"a":1}', "b": b"text", "c": b"\xff", "d": b""}
