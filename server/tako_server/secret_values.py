"""Which settings are secret: what must never leave the process, whoever asks and whatever fails."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from tako_server.config import Settings


def secret_values(settings: Settings) -> frozenset[str]:
    """The values themselves, passwords within addresses too."""
    addresses = (settings.vpn_proxy_url, settings.libretranslate_url, settings.apertium_url, *settings.fsr_urls)
    values = (
        settings.admin_token,
        *settings.api_keys,
        settings.page_token_key,
        settings.db_password,
        settings.libretranslate_key,
        settings.deepl_key,
        settings.google_translate_key,
        *(value for value in settings.provider_secrets.values() if not value.startswith("https://")),  # an address
        *(password for address in addresses for password in _passwords(address)),
    )
    return frozenset(filter(None, values))


def _passwords(address: str) -> tuple[str, ...]:
    """The password in an address, as it is written and as it is meant."""
    password = urlsplit(address).password or ""
    return (password, unquote(password))
