"""Settings: from the environment, a ``.env`` file and Docker secrets, checked once at start.

A variable ``NAME`` may also be given as ``NAME_FILE``, the path of a file that holds the value. The environment wins
over ``.env``, whatever the form or the older name. An empty value counts as unset. A wrong value stops the start with
one clear line.
"""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from tako_providers.sdk.manifest import Secret

_FILE_SUFFIX = "_FILE"
_SHORTEST_KEY = 16
_FORMS = {
    "TAKO_GRPC_ADDRESS": "must look like host:port",
    "TAKO_HTTP_ADDRESS": "must look like host:port",
    "TAKO_CONTACT": "must be plain ASCII",
}
_OTHERS = frozenset(("TAKO_API_KEY", "TAKO_CAPTURES", "TAKO_CI"))
"""Variables of the command line and the tests."""


class ConfigError(Exception):
    """A setting is wrong. ``str(error)`` is one line that names it."""


def _words(value: object) -> object:
    """Words parted by commas or line breaks. Raises ValueError when something is given and no word is in it."""
    if not isinstance(value, str):
        return value
    words = [part for part in (p.strip() for p in value.replace("\n", ",").split(",")) if part]
    if not words:
        raise ValueError("holds nothing but commas")
    return words


class Settings(BaseModel):
    """The server's own settings. Keys of providers are kept apart, in ``provider_secrets``."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="ignore")

    grpc_address: Annotated[str, Field(alias="TAKO_GRPC_ADDRESS", pattern=r"^[^\s/]*:\d{1,5}$")] = "127.0.0.1:50051"
    """Address of the gRPC server."""
    http_address: Annotated[str, Field(alias="TAKO_HTTP_ADDRESS", pattern=r"^[^\s/]*:\d{1,5}$")] = "127.0.0.1:8081"
    """Address of the small web app behind Envoy: health, docs, metrics."""
    rest_host: Annotated[str, Field(alias="TAKO_REST_HOST")] = "127.0.0.1"
    """Address that Envoy listens on, when `tako serve` starts it."""
    rest_port: Annotated[int, Field(alias="PORT", ge=0, le=65535)] = 3000
    """Port of REST, when `tako serve` starts Envoy."""
    admin_token: Annotated[str, Field(alias="TAKO_ADMIN_TOKEN", repr=False)] = ""
    """Token of the AdminService; without one it is off."""
    api_keys: Annotated[tuple[str, ...], Field(alias="TAKO_API_KEYS", repr=False)] = ()
    """Keys of callers, parted by commas; with none, nobody is asked for one."""
    page_token_key: Annotated[str, Field(alias="TAKO_PAGE_TOKEN_KEY", repr=False)] = ""
    """Key that page tokens are signed with; made once and kept in the store when unset."""
    cache_path: Annotated[
        Path,
        Field(
            validation_alias=AliasChoices("TAKO_CACHE_PATH", "cache_path"), default_factory=lambda: _state() / "tako.db"
        ),
    ]
    """File of the embedded store."""
    store: Annotated[Literal["auto", "sqlite", "postgresql", "none"], Field(alias="TAKO_STORE")] = "auto"
    """Where answers are kept: in a file, in PostgreSQL, or only in memory. `auto` is PostgreSQL with `DB_ENABLED`."""
    memory_mb: Annotated[int, Field(alias="TAKO_CACHE_MEMORY_MB", ge=1, le=65536)] = 64
    """Megabytes of answers that this process keeps in memory."""
    db_enabled: Annotated[bool, Field(alias="DB_ENABLED")] = False
    """Whether answers are kept in PostgreSQL."""
    db_host: Annotated[str, Field(alias="DB_HOST")] = "127.0.0.1"
    """Host of PostgreSQL."""
    db_port: Annotated[int, Field(alias="DB_PORT", ge=1, le=65535)] = 5432
    """Port of PostgreSQL."""
    db_name: Annotated[str, Field(alias="DB_NAME")] = "tako"
    """Database."""
    db_user: Annotated[str, Field(alias="DB_USER")] = "tako"
    """User of the database."""
    db_password: Annotated[str, Field(alias="DB_PASSWORD", repr=False)] = ""
    """Password of the database."""
    db_ssl: Annotated[bool, Field(alias="DB_SSL")] = False
    """Whether the connection to PostgreSQL is encrypted."""
    replay: Annotated[tuple[Path, ...], Field(alias="TAKO_REPLAY")] = ()
    """Directories of captures to answer from, parted by `:`; nothing else is asked then."""
    record: Annotated[Path | None, Field(alias="TAKO_RECORD")] = None
    """Directory to record upstream answers to."""
    providers_disabled: Annotated[tuple[str, ...], Field(alias="TAKO_PROVIDERS_DISABLED")] = ()
    """Ids of providers that are switched off, parted by commas."""
    contact: Annotated[str, Field(alias="TAKO_CONTACT", max_length=200, pattern=r"^[\x20-\x7e]*$")] = ""
    """Address for the User-Agent that some upstreams ask for."""
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(alias="TAKO_LOG_LEVEL")] = "info"
    """Lowest level that is logged."""
    log_format: Annotated[Literal["text", "json"], Field(alias="TAKO_LOG_FORMAT")] = "text"
    """One line for people, or one JSON object, an event."""
    shutdown_grace: Annotated[float, Field(alias="TAKO_SHUTDOWN_GRACE", ge=0, le=300)] = 15.0
    """Seconds that calls in flight have to finish at shutdown."""
    max_concurrent: Annotated[int, Field(alias="TAKO_MAX_CONCURRENT_CALLS", ge=1)] = 1000
    """Calls that this process answers at the same time."""
    provider_secrets: Annotated[Mapping[str, str], Field(repr=False)] = Field(default_factory=dict)
    """Keys of providers, by variable."""
    unknown: tuple[str, ...] = ()
    """Variables that look like Tako's and are none: misspelt, most likely."""

    @property
    def store_kind(self) -> Literal["sqlite", "postgresql", "none"]:
        """The store in use."""
        if self.store == "auto":
            return "postgresql" if self.db_enabled else "sqlite"
        return self.store

    @field_validator("api_keys", "providers_disabled", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        return _words(value)

    @field_validator("grpc_address", "http_address")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if int(port) > 65535:
            raise ValueError(f"{port} is no port")
        return value if host else f"0.0.0.0:{port}"  # as other servers read `:50051`

    @field_validator("page_token_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < _SHORTEST_KEY:
            raise ValueError(f"must have at least {_SHORTEST_KEY} characters")
        return value

    @field_validator("replay", mode="before")
    @classmethod
    def _path_list(cls, value: object) -> object:
        return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value

    @field_validator("replay")
    @classmethod
    def _directories(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        for directory in value:
            if not directory.is_dir():
                raise ValueError(f"no directory at {directory}")
        return value

    @field_validator("log_level", "log_format", "store", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


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
    wanted = {field.alias for field in Settings.model_fields.values() if field.alias} | {"TAKO_CACHE_PATH"}
    names = wanted | {name for secret in secrets for name in (secret.variable, *secret.aliases)}
    written = _written(dotenv) if dotenv is not None and dotenv.is_file() else {}
    environment = os.environ if environment is None else environment
    sources = [_values(source, names) for source in (environment, written)]
    values = {name: value for source in reversed(sources) for name, value in source.items()}
    given: dict[str, Any] = {name: value for name, value in values.items() if name in wanted}
    for name, value in overrides.items():
        if value is not None:
            given.pop(_alias(name), None)
            given[_alias(name)] = value
    try:
        return Settings(
            **given,
            provider_secrets=_provider_secrets(sources, secrets),
            unknown=_unknown((environment, written), names),
        )
    except ValidationError as error:
        raise ConfigError("; ".join(_one_line(problem) for problem in error.errors())) from None


def _alias(field: str) -> str:
    return "TAKO_CACHE_PATH" if field == "cache_path" else Settings.model_fields[field].alias or field


def _one_line(problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else "settings"
    if problem["type"] == "string_pattern_mismatch":
        return f"{name}: {_FORMS.get(name, 'has not the form that it must have')}"
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"


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
        if value is not None:
            found[secret.variable] = value
    return found


def _state() -> Path:
    """The directory for what must outlive a restart (XDG base directories)."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "tako"
