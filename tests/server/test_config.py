"""Settings: where they come from, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tako_providers.sdk import Secret
from tako_server.config import ConfigError, Settings, load_settings
from tako_server.core.registry import load_providers

SECRETS = (Secret("TMDB_API_KEY", aliases=("TMDB_KEY",)), Secret("BGG_API_TOKEN"))


def loaded(dotenv: Path | None = None, /, **environment: str) -> Settings:
    """Settings from exactly this environment."""
    return load_settings(SECRETS, environment=environment, dotenv=dotenv)


def test_defaults_listen_on_loopback_only() -> None:
    settings = loaded()
    assert settings.grpc_address == "127.0.0.1:50051"
    assert settings.http_address == "127.0.0.1:8081"
    assert (settings.rest_host, settings.rest_port) == ("127.0.0.1", 3000)
    assert settings.provider_secrets == {}


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text('PORT=4000\nTMDB_API_KEY="from file"\nTAKO_CONTACT=me@example.org # why\n')
    settings = loaded(dotenv, PORT="5000")
    assert settings.rest_port == 5000
    assert settings.provider_secrets == {"TMDB_API_KEY": "from file"}
    assert settings.contact == "me@example.org"


def test_old_names_of_keys_work() -> None:
    assert loaded(TMDB_KEY="old").provider_secrets == {"TMDB_API_KEY": "old"}
    assert loaded(TMDB_KEY="old", TMDB_API_KEY="new").provider_secrets == {"TMDB_API_KEY": "new"}


def test_the_environment_wins_in_any_form(tmp_path: Path) -> None:
    dotenv, secret = tmp_path / ".env", tmp_path / "secret"
    dotenv.write_text("TMDB_API_KEY=file\nBGG_API_TOKEN=file\nPORT=4000\n")
    secret.write_text("5000\n")
    settings = loaded(dotenv, TMDB_KEY="old name", BGG_API_TOKEN_FILE=str(secret), PORT_FILE=str(secret))
    assert settings.provider_secrets == {"TMDB_API_KEY": "old name", "BGG_API_TOKEN": "5000"}
    assert settings.rest_port == 5000


def test_docker_secrets_are_read(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("  hush\n")
    assert loaded(BGG_API_TOKEN_FILE=str(secret)).provider_secrets == {"BGG_API_TOKEN": "hush"}
    assert loaded(TAKO_ADMIN_TOKEN_FILE=str(secret)).admin_token == "hush"
    with pytest.raises(ConfigError, match="BGG_API_TOKEN_FILE: can't read"):
        loaded(BGG_API_TOKEN_FILE=str(tmp_path / "nowhere"))


def test_an_empty_value_counts_as_unset() -> None:
    settings = loaded(TMDB_API_KEY="", PORT="", TAKO_REPLAY="")
    assert settings.provider_secrets == {}
    assert settings.rest_port == 3000
    assert settings.replay == ()


def test_an_empty_value_hides_that_of_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("TMDB_API_KEY=file\nPORT=4000\n")
    settings = loaded(dotenv, TMDB_API_KEY="", PORT="")
    assert settings.provider_secrets == {}
    assert settings.rest_port == 3000


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("TAKO_GRPC_ADDRESS", "localhost"),
        ("TAKO_LOG_FORMAT", "xml"),
        ("TAKO_REPLAY", "/nowhere/at/all"),
        ("TAKO_SHUTDOWN_GRACE", "-1"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it(variable: str, value: str) -> None:
    with pytest.raises(ConfigError) as failure:
        loaded(**{variable: value})
    assert str(failure.value).startswith(f"{variable}: ")
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("TAKO_GRPC_ADDRESS", "tako", "must look like host:port"),
        ("TAKO_GRPC_ADDRESS", "tako:70000", "70000 is no port"),
        ("DB_PORT", "0", "must be a whole number from 1 to 65535"),
        ("TAKO_MAX_CONCURRENT_CALLS", "1.5", "must be a whole number of at least 1"),
        ("TAKO_SHUTDOWN_GRACE", "nan", "must be a number of seconds from 0 to 300"),
        ("DB_ENABLED", "maybe", "must be true or false"),
        ("TAKO_STORE", "mysql", "must be auto, sqlite, postgresql or none"),
        ("TAKO_API_KEYS", ", ,", "holds nothing but commas"),
        ("TAKO_PAGE_TOKEN_KEY", "short", "must have at least 16 characters"),
        ("TAKO_CONTACT", "é", "must be plain ASCII, at most 200 characters"),
    ],
)
def test_a_wrong_value_is_told_what_is_right(variable: str, value: str, says: str) -> None:
    with pytest.raises(ConfigError) as failure:
        loaded(**{variable: value})
    assert str(failure.value) == f"{variable}: {says}"


@pytest.mark.parametrize(("value", "on"), [("true", True), ("YES", True), ("1", True), ("off", False), ("0", False)])
def test_switches(value: str, on: bool) -> None:
    assert loaded(DB_ENABLED=value).db_enabled is on


def test_secrets_are_not_shown() -> None:
    settings = loaded(TMDB_API_KEY="hush-1", TAKO_ADMIN_TOKEN="hush-2", TAKO_API_KEYS="hush-3,hush-4")
    assert settings.api_keys == ("hush-3", "hush-4")
    assert "hush" not in repr(settings)


def test_overrides_win() -> None:
    settings = load_settings(SECRETS, environment={"PORT": "1"}, dotenv=None, rest_port=2, grpc_address=None)
    assert settings.rest_port == 2
    assert settings.grpc_address == "127.0.0.1:50051"


def test_every_key_of_a_provider_has_a_place_to_get_one() -> None:
    for provider in load_providers().values():
        for secret in provider.manifest.secrets:
            assert secret.url.startswith("https://")
            assert secret.placeholder or not secret.required, "make demo needs a placeholder"


@pytest.mark.parametrize(
    "value", ["http://api.example.org", "api.example.org", "https://user@x.org", "https://x.org:1"]
)
def test_an_address_of_a_provider_is_an_https_address(value: str) -> None:
    moved = (Secret("IMDB_BASE_URL", is_address=True, required=False),)
    with pytest.raises(ConfigError, match="IMDB_BASE_URL: must be an https address"):
        load_settings(moved, environment={"IMDB_BASE_URL": value}, dotenv=None)
    good = load_settings(moved, environment={"IMDB_BASE_URL": "https://imdb.example.org/v2"}, dotenv=None)
    assert good.provider_secrets == {"IMDB_BASE_URL": "https://imdb.example.org/v2"}


def test_translation_engines_are_known_ones_in_their_order() -> None:
    assert loaded(TAKO_TRANSLATE_ENGINES="Google-Web, deepl,deepl").translation_engines == ("google-web", "deepl")
    with pytest.raises(ConfigError, match="TAKO_TRANSLATE_ENGINES: must be some of libretranslate, deepl"):
        loaded(TAKO_TRANSLATE_ENGINES="babelfish")


@pytest.mark.parametrize(
    "url",
    ["http://libretranslate:5000", "http://192.168.1.7:5000/", "http://[::1]:2737", "https://example.org/translate/v1"],
)
def test_an_engine_may_be_a_neighbour(url: str) -> None:
    assert loaded(TAKO_LIBRETRANSLATE_URL=url).libretranslate_url == url.rstrip("/")


@pytest.mark.parametrize("url", ["libretranslate:5000", "ftp://example.org", "http://", "http://93.184.215.14:5000"])
def test_texts_do_not_leave_in_the_clear(url: str) -> None:
    with pytest.raises(ConfigError, match="TAKO_APERTIUM_URL: must be"):
        loaded(TAKO_APERTIUM_URL=url)


def test_the_old_settings_of_translation_work() -> None:
    settings = loaded(AUTO_TRAD_ENABLED="false", DEFAULT_LOCALE="pt_BR.UTF-8")
    assert (settings.translation, settings.default_language) == (False, "pt-BR")
    with pytest.raises(ConfigError, match="DEFAULT_LOCALE: must be a language"):
        loaded(DEFAULT_LOCALE="no language")
    with pytest.raises(ConfigError, match="TAKO_TRANSLATE_TIMEOUT: must be a number of seconds from 1 to 60"):
        loaded(TAKO_TRANSLATE_TIMEOUT="90")
