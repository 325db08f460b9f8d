"""Where an address leads, and what goes with every call."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tako import connection
from tako.connection import Target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("127.0.0.1:50051", Target("127.0.0.1:50051", tls=False)),
        ("localhost", Target("localhost:50051", tls=False)),
        ("[::1]:9", Target("[::1]:9", tls=False)),
        ("tako.example.org:443", Target("tako.example.org:443", tls=True)),
        ("tako", Target("tako:50051", tls=True)),
        ("10.0.0.7:50051", Target("10.0.0.7:50051", tls=True)),
        ("https://tako.example.org", Target("tako.example.org:443", tls=True)),
        ("https://localhost:50051/", Target("localhost:50051", tls=True)),
        ("http://tako:50051", Target("tako:50051", tls=False)),
        ("http://[2001:db8::1]", Target("[2001:db8::1]:50051", tls=False)),
    ],
)
def test_an_address_says_whether_to_speak_tls(address: str, target: Target) -> None:
    assert connection.target_of(address) == target


def test_tls_may_be_said_outright() -> None:
    assert connection.target_of("tako:1", tls=False) == Target("tako:1", tls=False)
    assert connection.target_of("127.0.0.1:1", tls=True) == Target("127.0.0.1:1", tls=True)


@pytest.mark.parametrize(
    "address", ["", ":50051", "ftp://tako", "tako:port", "tako:70000", "http://tako/path", "http://me:secret@tako"]
)
def test_a_wrong_address_is_refused_by_name_and_not_repeated(address: str) -> None:
    with pytest.raises(ValueError, match=r"^address: ") as caught:
        connection.target_of(address)
    assert "secret" not in str(caught.value)


def test_a_scheme_and_its_opposite_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^tls: "):
        connection.target_of("http://tako:1", tls=True)


def test_an_authority_without_tls_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^ca: "):
        connection.credentials_of(Target("tako:1", tls=False), b"pem")


def test_an_authority_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        connection.credentials_of(Target("tako:1", tls=True), tmp_path / "no.pem")


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "", "schlüssel"])
@pytest.mark.parametrize("name", ["api_key", "admin_token"])
def test_a_key_that_cannot_travel_is_refused_and_not_repeated(name: str, key: str) -> None:
    keys = {"api_key": None, "admin_token": None, name: key}
    with pytest.raises(ValueError, match=rf"^{name}: ") as caught:
        connection.metadata_of(keys["api_key"], keys["admin_token"], ())
    assert not key or key not in str(caught.value)


def test_keys_go_where_the_server_looks() -> None:
    assert connection.metadata_of("k", "t", (("a", "b"),)) == (
        ("a", "b"),
        ("x-api-key", "k"),
        ("authorization", "Bearer t"),
    )


def test_the_channel_gets_the_shipped_policy_and_takes_long_answers() -> None:
    options = dict(connection.options())
    policy = json.loads(options["grpc.service_config"])["methodConfig"][0]["retryPolicy"]
    assert policy["retryableStatusCodes"] == ["UNAVAILABLE"]
    assert options["grpc.max_receive_message_length"] == 64 * 1024 * 1024
    assert re.fullmatch(r"tako-python/[0-9.]+", options["grpc.primary_user_agent"])
