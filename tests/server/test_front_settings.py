"""Settings about callers: what is taken, and what stops the start."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from tako_server.config import ConfigError, load_settings
from tako_server.front_settings import LOOPBACK, Rate


def _load(**environment: str) -> object:
    return load_settings(environment=environment, dotenv=None)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("600/minute", Rate(600, 60)), ("1 / Second", Rate(1, 1)), ("10/hour", Rate(10, 3600)), ("5/day", Rate(5, 86400))],
)
def test_a_rate(text: str, rate: Rate) -> None:
    assert load_settings(environment={"TAKO_RATE_LIMIT": text}, dotenv=None).rate_limit == rate


@pytest.mark.parametrize("text", ["600", "0/minute", "-1/minute", "1.5/minute", "600/fortnight", "9999999999/day"])
def test_no_rate(text: str) -> None:
    with pytest.raises(ConfigError, match="TAKO_RATE_LIMIT: must look like 600/minute"):
        _load(TAKO_RATE_LIMIT=text)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("*", ("*",)),
        ("https://Example.org", ("https://example.org",)),
        ("https://a.org/, http://localhost:8080,https://a.org", ("https://a.org", "http://localhost:8080")),
        ("http://[::1]:3000", ("http://[::1]:3000",)),
    ],
)
def test_origins(text: str, origins: tuple[str, ...]) -> None:
    assert load_settings(environment={"TAKO_CORS_ORIGINS": text}, dotenv=None).cors_origins == origins


@pytest.mark.parametrize(
    "text", ["example.org", "https://a.org/path", "*, https://a.org", "ftp://a.org", "https://a.org:x", "null", ","]
)
def test_no_origins(text: str) -> None:
    with pytest.raises(ConfigError, match="TAKO_CORS_ORIGINS: must be"):
        _load(TAKO_CORS_ORIGINS=text)


def test_trusted_proxies() -> None:
    assert load_settings(environment={}, dotenv=None).trusted_proxies == LOOPBACK
    found = load_settings(environment={"TAKO_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}, dotenv=None).trusted_proxies
    assert found == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize("text", ["gateway", "10.0.0.0/40", "10.0.0.1/8", ","])
def test_no_proxies(text: str) -> None:
    with pytest.raises(ConfigError, match="TAKO_TRUSTED_PROXIES: must be addresses or networks"):
        _load(TAKO_TRUSTED_PROXIES=text)
