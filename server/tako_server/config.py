"""Settings: from the environment, a ``.env`` file and Docker secrets, checked once at start.

A variable ``NAME`` may also be given as ``NAME_FILE``, the path of a file that holds the value. The environment wins
over ``.env``, whatever the form or the older name. An empty value counts as unset. A wrong value stops the start with
one clear line.
"""

from __future__ import annotations

import io
import ipaddress
import math
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from tako_providers.sdk.languages import bcp47
from tako_providers.sdk.manifest import Secret

_FILE_SUFFIX = "_FILE"
_SHORTEST_KEY = 16
_HTTPS = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?:/[\w./-]*)?", re.IGNORECASE)
_OTHERS = frozenset(("TAKO_API_KEY", "TAKO_CAPTURES", "TAKO_CI", "TAKO_TEST_FSR_URL"))
"""Variables of the command line and the tests."""
ENGINES = ("libretranslate", "deepl", "google", "apertium", "google-web")
"""The translation engines that there are, in the order in which they are asked when nobody says another."""
_ON, _OFF = frozenset(("true", "1", "yes", "on", "y", "t")), frozenset(("false", "0", "no", "off", "n", "f"))


class ConfigError(Exception):
    """A setting is wrong. ``str(error)`` is one line that names it."""


# How the text of a variable is read. A ValueError says what the value must be.


def _address(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not colon or not re.fullmatch(r"[0-9]{1,5}", port) or re.search(r"[\s/]", host):
        raise ValueError("must look like host:port")
    if int(port) > 65535:
        raise ValueError(f"{port} is no port")
    return text if host else f"0.0.0.0:{port}"  # as other servers read `:50051`


def _whole(least: int, most: int | None = None) -> Callable[[str], int]:
    what = f"from {least} to {most}" if most is not None else f"of at least {least}"

    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text) or int(text) < least or (most is not None and int(text) > most):
            raise ValueError(f"must be a whole number {what}")
        return int(text)

    return read


def _seconds(text: str, least: float = 0.0, most: float = 300.0) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise ValueError(f"must be a number of seconds from {least:g} to {most:g}")
    return value


def _browser_seconds(text: str) -> float:
    return _seconds(text, least=1)


def _engine_seconds(text: str) -> float:
    return _seconds(text, least=1, most=60)


def _switch(text: str) -> bool:
    word = text.lower()
    if word not in _ON | _OFF:
        raise ValueError("must be true or false")
    return word in _ON


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be {', '.join(words[:-1])} or {words[-1]}")
        return text.lower()

    return read


def _words(text: str) -> tuple[str, ...]:
    """Words parted by commas or line breaks."""
    words = tuple(part for part in (p.strip() for p in text.replace("\n", ",").split(",")) if part)
    if not words:
        raise ValueError("holds nothing but commas")
    return words


def _browser_urls(text: str) -> tuple[str, ...]:
    urls = tuple(dict.fromkeys(url.rstrip("/").removesuffix("/v1").rstrip("/") for url in _words(text)))
    for url in urls:
        if not _is_url(url):
            raise ValueError("must be addresses like http://flaresolverr:8191, parted by commas")
    return urls


def _proxy_url(text: str) -> str:
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


def _key(text: str) -> str:
    if len(text) < _SHORTEST_KEY:
        raise ValueError(f"must have at least {_SHORTEST_KEY} characters")
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"[\x20-\x7e]{0,200}", text):
        raise ValueError("must be plain ASCII, at most 200 characters")
    return text


def _engine_url(text: str) -> str:
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


def _engines(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.lower() for name in _words(text)))
    if not set(names) <= set(ENGINES):
        raise ValueError(f"must be some of {', '.join(ENGINES)}, parted by commas")
    return names


def _language(text: str) -> str:
    tag = bcp47(text.partition(".")[0])
    if not tag:
        raise ValueError("must be a language, such as fr or pt-BR")
    return tag


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be an IANA time zone, such as Europe/Paris or UTC") from None
    return text


def _directories(text: str) -> tuple[Path, ...]:
    directories = tuple(Path(part) for part in text.split(os.pathsep) if part)
    for directory in directories:
        if not directory.is_dir():
            raise ValueError(f"no directory at {directory}")
    return directories


def _from(variable: str, read: Callable[[str], object], *aliases: str) -> Mapping[str, object]:
    """What sets a field of Settings, how its text is read, and older names of the variable."""
    return {"variable": variable, "read": read, "aliases": aliases}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The server's own settings. Keys of providers are kept apart, in ``provider_secrets``."""

    grpc_address: str = field(default="127.0.0.1:50051", metadata=_from("TAKO_GRPC_ADDRESS", _address))
    """Address of the gRPC server."""
    http_address: str = field(default="127.0.0.1:8081", metadata=_from("TAKO_HTTP_ADDRESS", _address))
    """Address of the small web app behind Envoy: health, version, metrics."""
    rest_host: str = field(default="127.0.0.1", metadata=_from("TAKO_REST_HOST", str))
    """Address that Envoy listens on, when `tako serve` starts it."""
    rest_port: int = field(default=3000, metadata=_from("PORT", _whole(0, 65535)))
    """Port of REST, when `tako serve` starts Envoy."""
    admin_token: str = field(default="", repr=False, metadata=_from("TAKO_ADMIN_TOKEN", str))
    """Token of the AdminService; without one it is off."""
    api_keys: tuple[str, ...] = field(default=(), repr=False, metadata=_from("TAKO_API_KEYS", _words))
    """Keys of callers, parted by commas; with none, nobody is asked for one."""
    page_token_key: str = field(default="", repr=False, metadata=_from("TAKO_PAGE_TOKEN_KEY", _key))
    """Key that page tokens are signed with; made once and kept in the store when unset."""
    cache_path: Path = field(default_factory=lambda: _state() / "tako.db", metadata=_from("TAKO_CACHE_PATH", Path))
    """File of the embedded store."""
    store: Literal["auto", "sqlite", "postgresql", "none"] = field(
        default="auto", metadata=_from("TAKO_STORE", _one_of("auto", "sqlite", "postgresql", "none"))
    )
    """Where answers are kept: in a file, in PostgreSQL, or only in memory. `auto` is PostgreSQL with `DB_ENABLED`."""
    memory_mb: int = field(default=64, metadata=_from("TAKO_CACHE_MEMORY_MB", _whole(1, 65536)))
    """Megabytes of answers that this process keeps in memory."""
    db_enabled: bool = field(default=False, metadata=_from("DB_ENABLED", _switch))
    """Whether answers are kept in PostgreSQL."""
    db_host: str = field(default="127.0.0.1", metadata=_from("DB_HOST", str))
    """Host of PostgreSQL."""
    db_port: int = field(default=5432, metadata=_from("DB_PORT", _whole(1, 65535)))
    """Port of PostgreSQL."""
    db_name: str = field(default="tako", metadata=_from("DB_NAME", str))
    """Database."""
    db_user: str = field(default="tako", metadata=_from("DB_USER", str))
    """User of the database."""
    db_password: str = field(default="", repr=False, metadata=_from("DB_PASSWORD", str))
    """Password of the database."""
    db_ssl: bool = field(default=False, metadata=_from("DB_SSL", _switch))
    """Whether the connection to PostgreSQL is encrypted."""
    replay: tuple[Path, ...] = field(default=(), metadata=_from("TAKO_REPLAY", _directories))
    """Directories of captures to answer from, parted by `:`; nothing else is asked then."""
    record: Path | None = field(default=None, metadata=_from("TAKO_RECORD", Path))
    """Directory to record upstream answers to."""
    providers_disabled: tuple[str, ...] = field(default=(), metadata=_from("TAKO_PROVIDERS_DISABLED", _words))
    """Ids of providers that are switched off, parted by commas."""
    jobs: bool = field(default=True, metadata=_from("TAKO_JOBS", _switch))
    """Whether this server runs jobs by the clock: alone, or when its turn comes among those on one PostgreSQL."""
    timezone: str = field(default="UTC", metadata=_from("TAKO_TIMEZONE", _zone))
    """Time zone of the jobs' schedules."""
    fsr_urls: tuple[str, ...] = field(
        default=(), repr=False, metadata=_from("FSR_URL", _browser_urls, "FLARESOLVERR_URL")
    )
    """Addresses of FlareSolverr, parted by commas; without one, providers that need a browser can't be asked."""
    fsr_max_sessions: int = field(default=3, metadata=_from("FSR_MAX_SESSIONS", _whole(1, 32)))
    """Browsers at the same time, over all addresses and all replicas on one PostgreSQL."""
    browser_timeout: float = field(default=60.0, metadata=_from("TAKO_BROWSER_TIMEOUT", _browser_seconds))
    """Seconds that a browser has for a page, its challenge included."""
    vpn_proxy_url: str = field(default="", repr=False, metadata=_from("VPN_PROXY_URL", _proxy_url))
    """HTTP proxy for the providers that want one."""
    translation: bool = field(default=True, metadata=_from("AUTO_TRAD_ENABLED", _switch))
    """Whether `translate` of a request is honoured."""
    default_language: str = field(default="", metadata=_from("DEFAULT_LOCALE", _language))
    """Language to translate into where a request names none."""
    translation_engines: tuple[str, ...] = field(default=(), metadata=_from("TAKO_TRANSLATE_ENGINES", _engines))
    """Translation engines in the order in which they are asked; unset, those that have their address or key."""
    translation_timeout: float = field(default=10.0, metadata=_from("TAKO_TRANSLATE_TIMEOUT", _engine_seconds))
    """Seconds that one request to a translation engine may take."""
    translation_at_once: int = field(default=4, metadata=_from("TAKO_TRANSLATE_AT_ONCE", _whole(1, 64)))
    """Requests to one translation engine at the same time."""
    libretranslate_url: str = field(default="", repr=False, metadata=_from("TAKO_LIBRETRANSLATE_URL", _engine_url))
    """Address of LibreTranslate."""
    libretranslate_key: str = field(default="", repr=False, metadata=_from("TAKO_LIBRETRANSLATE_KEY", str))
    """Key of LibreTranslate, where it wants one."""
    deepl_key: str = field(default="", repr=False, metadata=_from("TAKO_DEEPL_KEY", str))
    """Key of DeepL."""
    google_translate_key: str = field(default="", repr=False, metadata=_from("TAKO_GOOGLE_TRANSLATE_KEY", str))
    """Key of Google Cloud Translation."""
    apertium_url: str = field(default="", repr=False, metadata=_from("TAKO_APERTIUM_URL", _engine_url))
    """Address of Apertium's web service, APy."""
    contact: str = field(default="", metadata=_from("TAKO_CONTACT", _contact))
    """Address for the User-Agent that some upstreams ask for."""
    log_level: Literal["debug", "info", "warning", "error"] = field(
        default="info", metadata=_from("TAKO_LOG_LEVEL", _one_of("debug", "info", "warning", "error"))
    )
    """Lowest level that is logged."""
    log_format: Literal["text", "json"] = field(
        default="text", metadata=_from("TAKO_LOG_FORMAT", _one_of("text", "json"))
    )
    """One line for people, or one JSON object, an event."""
    shutdown_grace: float = field(default=15.0, metadata=_from("TAKO_SHUTDOWN_GRACE", _seconds))
    """Seconds that calls in flight have to finish at shutdown."""
    max_concurrent: int = field(default=1000, metadata=_from("TAKO_MAX_CONCURRENT_CALLS", _whole(1)))
    """Calls that this process answers at the same time."""
    provider_secrets: Mapping[str, str] = field(repr=False, default_factory=dict)
    """Keys of providers, by variable."""
    unknown: tuple[str, ...] = ()
    """Variables that look like Tako's and are none: misspelt, most likely."""

    @property
    def store_kind(self) -> Literal["sqlite", "postgresql", "none"]:
        """The store in use."""
        if self.store == "auto":
            return "postgresql" if self.db_enabled else "sqlite"
        return self.store


def load_settings(
    secrets: Iterable[Secret] = (),
    *,
    environment: Mapping[str, str] | None = None,
    dotenv: Path | None = Path(".env"),
    **overrides: Any,
) -> Settings:
    """The settings of this process. ``overrides`` are fields of Settings by name; None leaves a field alone.

    Raises ConfigError.
    """
    secrets = tuple(secrets)
    settings = {known.metadata["variable"]: known for known in fields(Settings) if known.metadata}
    older = {alias for known in settings.values() for alias in known.metadata["aliases"]}
    names = {*settings, *older, *(name for secret in secrets for name in (secret.variable, *secret.aliases))}
    written = _written(dotenv) if dotenv is not None and dotenv.is_file() else {}
    environment = os.environ if environment is None else environment
    unmasked = {name: value for name, value in written.items() if name not in environment}  # empty there is unset
    sources = [_values(source, names) for source in (environment, unmasked)]
    given: dict[str, Any] = {}
    wrong: list[str] = []
    for variable, known in settings.items():
        value = overrides.get(known.name)
        if value is None:
            forms = (variable, *known.metadata["aliases"])
            value = next((source[name] for source in sources for name in forms if name in source), None)
        if value is not None:
            try:
                given[known.name] = known.metadata["read"](value) if isinstance(value, str) else value
            except ValueError as error:
                wrong.append(f"{variable}: {error}")
    if wrong:
        raise ConfigError("; ".join(wrong))
    return Settings(
        **given,
        provider_secrets=_provider_secrets(sources, secrets),
        unknown=_unknown((environment, written), names),
    )


def _written(path: Path) -> dict[str, str | None]:
    """What a ``.env`` file says, taken literally. Raises ConfigError for a line that can't be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't read the file: {type(error).__name__}") from None
    for binding in parse_stream(io.StringIO(text)):
        if binding.error:
            raise ConfigError(f"{path}: line {binding.original.line} is no setting")
    return dotenv_values(stream=io.StringIO(text), interpolate=False)


def _values(source: Mapping[str, str | None], names: Iterable[str]) -> dict[str, str]:
    """The values of one source: of ``NAME``, else of the file that ``NAME_FILE`` names."""
    values: dict[str, str] = {}
    for name in names:
        path = source.get(name + _FILE_SUFFIX)
        if value := (source.get(name) or "").strip():
            values[name] = value
        elif path:
            values[name] = _secret_file(name + _FILE_SUFFIX, Path(path))
    return values


def _unknown(sources: Iterable[Mapping[str, str | None]], names: Collection[str]) -> tuple[str, ...]:
    known = {*names, *(name + _FILE_SUFFIX for name in names), *_OTHERS}
    found = {name for source in sources for name in source if name.startswith("TAKO_")}
    return tuple(sorted(found - known))


def _secret_file(variable: str, path: Path) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{variable}: can't read the file: {type(error).__name__}") from None
    if not value:
        raise ConfigError(f"{variable}: the file is empty")
    return value


def _provider_secrets(sources: Iterable[Mapping[str, str]], secrets: Iterable[Secret]) -> dict[str, str]:
    """The first value of each secret: a source before the next, a name before its older ones."""
    sources = tuple(sources)
    found: dict[str, str] = {}
    for secret in secrets:
        names = (secret.variable, *secret.aliases)
        value = next((source[name] for source in sources for name in names if source.get(name)), None)
        if value is None:
            continue
        if secret.is_address and not _HTTPS.fullmatch(value):
            raise ConfigError(f"{secret.variable}: must be an https address, such as https://api.example.org")
        found[secret.variable] = value
    return found


def _state() -> Path:
    """The directory for what must outlive a restart (XDG base directories)."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "tako"
