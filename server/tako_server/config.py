"""Settings: from the environment, a ``.env`` file and Docker secrets, checked once at start.

A variable ``NAME`` may also be given as ``NAME_FILE``, the path of a file that holds the value. The environment wins
over ``.env``, whatever the form or the older name. An empty value counts as unset. A wrong value stops the start with
one clear line.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from tako_providers.sdk.manifest import Secret
from tako_server import setting_texts as texts
from tako_server.front_settings import (
    LOOPBACK,
    Certificate,
    Network,
    Rate,
    read_networks,
    read_origins,
    read_rate,
)

_FILE_SUFFIX = "_FILE"
_HTTPS = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?:/[\w./-]*)?", re.IGNORECASE)
_OTHERS = frozenset(("TAKO_API_KEY", "TAKO_CAPTURES", "TAKO_CI", "TAKO_TEST_FSR_URL"))
"""Variables of the command line and the tests."""


class ConfigError(Exception):
    """A setting is wrong. ``str(error)`` is one line that names it."""


def _from(variable: str, read: Callable[[str], object], *aliases: str, shown: str = "") -> Mapping[str, object]:
    """What sets a field of Settings, how its text is read, and older names of the variable.

    ``shown`` is what the documents say of the default, where the value itself would tell nobody.
    """
    return {"variable": variable, "read": read, "aliases": aliases, "shown": shown}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The server's own settings. Keys of providers are kept apart, in ``provider_secrets``."""

    grpc_address: str = field(default="127.0.0.1:50051", metadata=_from("TAKO_GRPC_ADDRESS", texts.address))
    """Address of the gRPC server, HOST:PORT. `0.0.0.0:50051` is every interface, port 0 a free one. `tako`'s other
    commands look for their server here too.
    """
    rest_port: int = field(default=3000, metadata=_from("PORT", texts.whole(0, 65535)))
    """Port of REST. 0 is a free one."""
    rest_host: str = field(default="127.0.0.1", metadata=_from("TAKO_REST_HOST", str))
    """Address that REST listens on."""
    http_address: str = field(default="127.0.0.1:8081", metadata=_from("TAKO_HTTP_ADDRESS", texts.address))
    """Address of the small web app behind Envoy: `/health`, `/version`, `/metrics`."""
    admin_token: str = field(default="", repr=False, metadata=_from("TAKO_ADMIN_TOKEN", str))
    """Token of AdminService, sent as `authorization: Bearer TOKEN`. Without one [AdminService](administration.md) is
    off. It also opens what `TAKO_API_KEYS` guards.
    """
    api_keys: tuple[str, ...] = field(default=(), repr=False, metadata=_from("TAKO_API_KEYS", texts.words))
    """Keys of callers, parted by commas, sent as `x-api-key`. With none, nobody is asked for one. A key may have any
    length and no comma. Health, reflection, `/health`, `/version` and `/metrics` are always open.
    """
    rate_limit: Rate | None = field(default=None, metadata=_from("TAKO_RATE_LIMIT", read_rate))
    """Calls that each caller may make in a time, over gRPC and REST together: `600/minute`; `second`, `minute`, `hour`
    or `day`. [How it counts](rest.md#how-often).
    """
    trusted_proxies: tuple[Network, ...] = field(
        default=LOOPBACK, metadata=_from("TAKO_TRUSTED_PROXIES", read_networks, shown="`127.0.0.0/8, ::1`")
    )
    """Addresses and networks of gateways and proxies whose `x-forwarded-for` is believed, for `TAKO_RATE_LIMIT`. A
    gateway in another container must be among them.
    """
    cors_origins: tuple[str, ...] = field(default=(), metadata=_from("TAKO_CORS_ORIGINS", read_origins))
    """Origins whose pages may call REST and gRPC-Web from a browser: `https://example.org`, parted by commas, or `*`
    for all of them.
    """
    tls_cert: Path | None = field(default=None, metadata=_from("TAKO_TLS_CERT", Path))
    """File in PEM with the certificate, and those above it. With it and its key, gRPC and REST speak
    [TLS](rest.md#tls), and only TLS.
    """
    tls_key: Path | None = field(default=None, metadata=_from("TAKO_TLS_KEY", Path))
    """File in PEM with the key of the certificate, without a passphrase."""
    page_token_key: str = field(
        default="", repr=False, metadata=_from("TAKO_PAGE_TOKEN_KEY", texts.key, shown="made once, kept in the store")
    )
    """Key that page tokens are signed with, at least 16 characters. Set it when several servers answer the same
    callers: a server whose store is away at its start makes a key of its own, and keeps it until it ends.
    """
    replay: tuple[Path, ...] = field(default=(), metadata=_from("TAKO_REPLAY", texts.directories))
    """Directories of captures to answer from, parted by `:`. No upstream is asked then. See [replay.md](replay.md)."""
    record: Path | None = field(default=None, metadata=_from("TAKO_RECORD", Path))
    """Directory to record upstream answers to. Has no effect together with `TAKO_REPLAY`."""
    providers_disabled: tuple[str, ...] = field(default=(), metadata=_from("TAKO_PROVIDERS_DISABLED", texts.words))
    """Ids of providers that are switched off at this server, parted by commas.
    [Operators](administration.md#providers-on-and-off) can switch off others, while it runs.
    """
    jobs: bool = field(default=True, metadata=_from("TAKO_JOBS", texts.switch))
    """Whether this server runs [jobs](jobs.md) by the clock: alone, or when its turn comes among those on one
    PostgreSQL.
    """
    timezone: str = field(default="UTC", metadata=_from("TAKO_TIMEZONE", texts.zone))
    """IANA time zone of the jobs' schedules, such as `Europe/Paris`."""
    contact: str = field(default="", metadata=_from("TAKO_CONTACT", texts.contact))
    """An address for the User-Agent, `Tako/0.1.0 (+you@example.org)`. Some upstreams ask for one."""
    log_level: Literal["debug", "info", "warning", "error"] = field(
        default="info", metadata=_from("TAKO_LOG_LEVEL", texts.one_of("debug", "info", "warning", "error"))
    )
    """Lowest level that is logged: `debug`, `info`, `warning`, `error`."""
    log_format: Literal["text", "json"] = field(
        default="text", metadata=_from("TAKO_LOG_FORMAT", texts.one_of("text", "json"))
    )
    """`text`: one line for people, `json`: one object, for each event. Logs go to stderr."""
    otlp_endpoint: str = field(default="", metadata=_from("TAKO_OTLP_ENDPOINT", texts.collector_url))
    """Address of the collector that [traces](tracing.md) are sent to, OTLP over gRPC: `http://otel-collector:4317`, or
    https. Without it nothing is traced.
    """
    trace_sample: float = field(default=1.0, metadata=_from("TAKO_TRACE_SAMPLE", texts.share))
    """Share of the calls that are traced, 0 to 1. A call whose caller says that it is traced, or that it is not,
    follows its caller.
    """
    shutdown_grace: float = field(default=15.0, metadata=_from("TAKO_SHUTDOWN_GRACE", texts.seconds))
    """Seconds that calls in flight have to finish at shutdown, 0 to 300."""
    max_concurrent: int = field(default=1000, metadata=_from("TAKO_MAX_CONCURRENT_CALLS", texts.whole(1)))
    """Calls that this process answers at the same time; more are refused, as [`OVERLOADED`](errors.md)."""
    store: Literal["auto", "sqlite", "postgresql", "none"] = field(
        default="auto", metadata=_from("TAKO_STORE", texts.one_of("auto", "sqlite", "postgresql", "none"))
    )
    """Where answers are kept beyond memory: `sqlite`, a file; `postgresql`, a database that several servers may share;
    `none`, nowhere; `auto`, PostgreSQL where `DB_ENABLED` is true, else the file.
    """
    memory_mb: int = field(default=64, metadata=_from("TAKO_CACHE_MEMORY_MB", texts.whole(1, 65536)))
    """Megabytes of answers that this process keeps in memory, 1 to 65536: a half for whole answers, a half for the
    parts that they are made of. The least recently used go first.
    """
    cache_path: Path = field(
        default_factory=lambda: _state() / "tako.db",
        metadata=_from(
            "TAKO_CACHE_PATH", Path, shown="`$XDG_STATE_HOME/tako/tako.db`, or `~/.local/state/tako/tako.db`"
        ),
    )
    """The SQLite file. It is made where there is none, for its owner only."""
    db_enabled: bool = field(default=False, metadata=_from("DB_ENABLED", texts.switch))
    """Whether `auto` means PostgreSQL. Any other `TAKO_STORE` pays no heed to it."""
    db_host: str = field(default="127.0.0.1", metadata=_from("DB_HOST", str))
    """Host of PostgreSQL."""
    db_port: int = field(default=5432, metadata=_from("DB_PORT", texts.whole(1, 65535)))
    """Port of PostgreSQL."""
    db_name: str = field(default="tako", metadata=_from("DB_NAME", str))
    """Database. It must exist; Tako makes its tables."""
    db_user: str = field(default="tako", metadata=_from("DB_USER", str))
    """User. Must be allowed to make tables at the first start, and after an update that needs new ones."""
    db_password: str = field(default="", repr=False, metadata=_from("DB_PASSWORD", str))
    """Password of the user."""
    db_ssl: bool = field(default=False, metadata=_from("DB_SSL", texts.switch))
    """Whether the connection is encrypted. The server's certificate is not checked."""
    fsr_urls: tuple[str, ...] = field(
        default=(), repr=False, metadata=_from("FSR_URL", texts.browser_urls, "FLARESOLVERR_URL")
    )
    """Addresses of [FlareSolverr](https://github.com/FlareSolverr/FlareSolverr), parted by commas:
    `http://flaresolverr:8191`. A `/v1` at the end is allowed. `FLARESOLVERR_URL` is an older name.
    """
    fsr_max_sessions: int = field(default=3, metadata=_from("FSR_MAX_SESSIONS", texts.whole(1, 32)))
    """Browsers at the same time, 1 to 32: over all addresses, and over all servers on one PostgreSQL."""
    browser_timeout: float = field(default=60.0, metadata=_from("TAKO_BROWSER_TIMEOUT", texts.browser_seconds))
    """Seconds that a browser has for one page, its challenge included, 1 to 300."""
    vpn_proxy_url: str = field(default="", repr=False, metadata=_from("VPN_PROXY_URL", texts.proxy_url))
    """HTTP proxy for the providers that want one (amazon), over plain HTTP and in the browser: `http://proxy:8888`,
    `http://user:password@proxy:8888`.
    """
    translation: bool = field(default=True, metadata=_from("AUTO_TRAD_ENABLED", texts.switch))
    """Whether `translate` of a request is honoured."""
    default_language: str = field(default="", metadata=_from("DEFAULT_LOCALE", texts.language))
    """Language to translate into where a request names none, such as `fr` or `pt-BR`; `fr_FR.UTF-8` will do."""
    translation_engines: tuple[str, ...] = field(
        default=(),
        metadata=_from("TAKO_TRANSLATE_ENGINES", texts.engines, shown="those that have their address or key"),
    )
    """Engines in the order in which they are asked, parted by commas: `libretranslate`, `deepl`, `google`, `apertium`,
    `google-web`. One that is named and lacks its address or key stops the start.
    """
    libretranslate_url: str = field(default="", repr=False, metadata=_from("TAKO_LIBRETRANSLATE_URL", texts.engine_url))
    """Address of LibreTranslate. Plain http only to loopback and private addresses."""
    libretranslate_key: str = field(default="", repr=False, metadata=_from("TAKO_LIBRETRANSLATE_KEY", str))
    """Its key, where it wants one."""
    deepl_key: str = field(default="", repr=False, metadata=_from("TAKO_DEEPL_KEY", str))
    """Key of DeepL."""
    google_translate_key: str = field(default="", repr=False, metadata=_from("TAKO_GOOGLE_TRANSLATE_KEY", str))
    """Key of Google Cloud Translation."""
    apertium_url: str = field(default="", repr=False, metadata=_from("TAKO_APERTIUM_URL", texts.engine_url))
    """Address of Apertium's web service, APy. Plain http as above."""
    translation_timeout: float = field(default=10.0, metadata=_from("TAKO_TRANSLATE_TIMEOUT", texts.engine_seconds))
    """Seconds that one request to an engine may take, 1 to 60. A call's own deadline comes first."""
    translation_at_once: int = field(default=4, metadata=_from("TAKO_TRANSLATE_AT_ONCE", texts.whole(1, 64)))
    """Requests to one engine at the same time, 1 to 64."""
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

    @property
    def certificate(self) -> Certificate | None:
        """What gRPC and REST are served with; None: without TLS."""
        if self.tls_cert is None or self.tls_key is None:
            return None
        return Certificate(self.tls_cert, self.tls_key)


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
    made = Settings(
        **given,
        provider_secrets=_provider_secrets(sources, secrets),
        unknown=_unknown((environment, written), names),
    )
    _check_certificate(made)
    return made


def _check_certificate(settings: Settings) -> None:
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise ConfigError("TAKO_TLS_CERT and TAKO_TLS_KEY: one is set, and both or neither must be")
    if settings.certificate is not None:
        try:
            settings.certificate.check()
        except ValueError as error:
            raise ConfigError(f"TAKO_TLS_CERT, TAKO_TLS_KEY: {error}") from None


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
