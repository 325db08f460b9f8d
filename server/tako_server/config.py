"""Settings: from the environment, a ``.env`` file and Docker secrets, checked once at start.

A variable ``NAME`` may also be given as ``NAME_FILE``, the path of a file that holds the value. The environment wins
over ``.env``, whatever the form or the older name. An empty value counts as unset. A wrong value stops the start with
one clear line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from tako_providers.sdk.manifest import Secret

_FILE_SUFFIX = "_FILE"


class ConfigError(Exception):
    """A setting is wrong. ``str(error)`` is one line that names it."""


def _words(value: object) -> object:
    return [part for part in (p.strip() for p in value.split(",")) if part] if isinstance(value, str) else value


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
    """File of the store."""
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

    @field_validator("api_keys", "providers_disabled", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        return _words(value)

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

    @field_validator("log_level", "log_format", mode="before")
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
    written = dotenv_values(dotenv) if dotenv is not None and dotenv.is_file() else {}
    sources = [_values(source, names) for source in (os.environ if environment is None else environment, written)]
    values = {name: value for source in reversed(sources) for name, value in source.items()}
    given: dict[str, Any] = {name: value for name, value in values.items() if name in wanted}
    for name, value in overrides.items():
        if value is not None:
            given.pop(_alias(name), None)
            given[_alias(name)] = value
    try:
        return Settings(**given, provider_secrets=_provider_secrets(sources, secrets))
    except ValidationError as error:
        raise ConfigError("; ".join(_one_line(problem) for problem in error.errors())) from None


def _alias(field: str) -> str:
    return "TAKO_CACHE_PATH" if field == "cache_path" else Settings.model_fields[field].alias or field


def _one_line(problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else "settings"
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"


def _values(source: Mapping[str, str | None], names: Iterable[str]) -> dict[str, str]:
    """The values of one source: of ``NAME``, else of the file that ``NAME_FILE`` names."""
    values: dict[str, str] = {}
    for name in names:
        path = source.get(name + _FILE_SUFFIX)
        if value := source.get(name):
            values[name] = value
        elif path:
            try:
                values[name] = Path(path).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                message = f"{name}{_FILE_SUFFIX}: can't read the file: {type(error).__name__}"
                raise ConfigError(message) from None
    return values


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
