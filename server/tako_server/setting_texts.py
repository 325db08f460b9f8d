"""How the text of a setting is read. A ValueError says what the value must be."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tako_providers.sdk.languages import bcp47

_SHORTEST_KEY = 16
_ON, _OFF = frozenset(("true", "1", "yes", "on", "y", "t")), frozenset(("false", "0", "no", "off", "n", "f"))
ENGINES = ("libretranslate", "deepl", "google", "apertium", "google-web")
"""The translation engines that there are, in the order in which they are asked when nobody says another."""


def address(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not colon or not re.fullmatch(r"[0-9]{1,5}", port) or re.search(r"[\s/]", host):
        raise ValueError("must look like host:port")
    if int(port) > 65535:
        raise ValueError(f"{port} is no port")
    return text if host else f"0.0.0.0:{port}"  # as other servers read `:50051`


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    what = f"from {least} to {most}" if most is not None else f"of at least {least}"

    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text) or int(text) < least or (most is not None and int(text) > most):
            raise ValueError(f"must be a whole number {what}")
        return int(text)

    return read


def seconds(text: str, least: float = 0.0, most: float = 300.0) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise ValueError(f"must be a number of seconds from {least:g} to {most:g}")
    return value


def browser_seconds(text: str) -> float:
    return seconds(text, least=1)


def engine_seconds(text: str) -> float:
    return seconds(text, least=1, most=60)


def switch(text: str) -> bool:
    word = text.lower()
    if word not in _ON | _OFF:
        raise ValueError("must be true or false")
    return word in _ON


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be {', '.join(words[:-1])} or {words[-1]}")
        return text.lower()

    return read


def words(text: str) -> tuple[str, ...]:
    """Words parted by commas or line breaks."""
    words = tuple(part for part in (p.strip() for p in text.replace("\n", ",").split(",")) if part)
    if not words:
        raise ValueError("holds nothing but commas")
    return words


def browser_urls(text: str) -> tuple[str, ...]:
    urls = tuple(dict.fromkeys(url.rstrip("/").removesuffix("/v1").rstrip("/") for url in words(text)))
    for url in urls:
        if not _is_url(url):
            raise ValueError("must be addresses like http://flaresolverr:8191, parted by commas")
    return urls


def proxy_url(text: str) -> str:
    if not _is_url(text.rstrip("/")):
        raise ValueError("must be an address like http://proxy:8888")
    return text.rstrip("/")


def _is_url(text: str) -> bool:
    """Whether this is scheme, host and port, and no more. The text may hold a password, so errors don't repeat it."""
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and not re.search(r"\s", text)
            and not (parts.query or parts.fragment)
        )
    except ValueError:
        return False


def key(text: str) -> str:
    if len(text) < _SHORTEST_KEY:
        raise ValueError(f"must have at least {_SHORTEST_KEY} characters")
    return text


def contact(text: str) -> str:
    if not re.fullmatch(r"[\x20-\x7e]{0,200}", text):
        raise ValueError("must be plain ASCII, at most 200 characters")
    return text


def collector_url(text: str) -> str:
    parts = urlsplit(text.rstrip("/")) if _is_url(text.rstrip("/")) else None
    if parts is None or parts.path or "@" in parts.netloc:
        raise ValueError("must be an address like http://otel-collector:4317")
    return text.rstrip("/")


def share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise ValueError("must be a number from 0 to 1")
    return value


def engine_url(text: str) -> str:
    parts = urlsplit(text) if _is_url(text) else None
    if parts is None:
        raise ValueError("must be an address like http://libretranslate:5000")
    if parts.scheme == "http" and _is_public(parts.hostname or ""):
        raise ValueError("must be https, because the address is public")
    return text.rstrip("/")


def _is_public(host: str) -> bool:
    """Whether the host is a public address; of names only their addresses tell, when they are asked."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def engines(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.lower() for name in words(text)))
    if not set(names) <= set(ENGINES):
        raise ValueError(f"must be some of {', '.join(ENGINES)}, parted by commas")
    return names


def language(text: str) -> str:
    tag = bcp47(text.partition(".")[0])
    if not tag:
        raise ValueError("must be a language, such as fr or pt-BR")
    return tag


def zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be an IANA time zone, such as Europe/Paris or UTC") from None
    return text


def directories(text: str) -> tuple[Path, ...]:
    directories = tuple(Path(part) for part in text.split(os.pathsep) if part)
    for directory in directories:
        if not directory.is_dir():
            raise ValueError(f"no directory at {directory}")
    return directories
