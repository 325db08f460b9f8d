"""The secrets that are planted, every form in which one may show, and the search for them in all that came out."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

from tako_server.core.registry import load_providers
from tests.observe.echoes import COOKIE, TOKEN

PROVIDERS = list(load_providers().values())
WRONG_KEY, WRONG_TOKEN = "plantedKeyOfACallerMistyped7t", "plantedTokenOfACallerMistyped2u"
DB_PASSWORD = "plantedPasswordOfTheDatabase5w"
OWN = {
    "TAKO_ADMIN_TOKEN": "plantedAdminToken/+3v=",
    "TAKO_API_KEYS": "plantedApiKeyOne/+8b=,plantedApiKeyTwo4c",
    "TAKO_PAGE_TOKEN_KEY": "plantedPageTokenKey6dqq",
    "TAKO_LIBRETRANSLATE_KEY": "plantedLibreTranslateKey9e",
    "TAKO_DEEPL_KEY": "plantedDeeplKey1f:fx",
    "TAKO_GOOGLE_TRANSLATE_KEY": "plantedGoogleTranslateKey2g",
    "TAKO_LIBRETRANSLATE_URL": "http://libre:plantedPasswordOfLibre3h@127.0.0.1:9",
    "TAKO_APERTIUM_URL": "http://apy:plantedPasswordOfApertium4i@127.0.0.1:9",
    "FSR_URL": "http://fsr:plantedPasswordOfFsr5j@127.0.0.1:9",
    "VPN_PROXY_URL": "http://vpn:plantedPasswordOfVpn6k@127.0.0.1:9",
}
KEYS = {
    secret.variable: f"planted{secret.variable.title().replace('_', '')}{number}Qx"
    for number, secret in enumerate(one for p in PROVIDERS for one in p.manifest.secrets if not one.is_address)
}
ADMIN, API_KEY = OWN["TAKO_ADMIN_TOKEN"], OWN["TAKO_API_KEYS"].partition(",")[0]


def secrets() -> dict[str, str]:
    """Every planted secret, by where it was planted."""
    found = dict(KEYS) | {"COOKIE": COOKIE, "TOKEN": TOKEN, "WRONG_KEY": WRONG_KEY, "WRONG_TOKEN": WRONG_TOKEN}
    found["DB_PASSWORD"] = DB_PASSWORD
    for name, value in OWN.items():
        for number, part in enumerate(value.split(",")):
            password = re.search(r"://\w+:(\w+)@", part)
            found[f"{name} {number}"] = password[1] if password else part
    return found


SECRETS = secrets()
FORMS = {
    form.lower(): name
    for name, secret in SECRETS.items()
    for form in (
        *(secret, quote(secret, safe=""), quote(secret), quote_plus(secret)),
        *(base64.b64encode(secret.encode()).decode().rstrip("="), secret.encode().hex()),
    )
}


@dataclass
class Found:
    """All that came out, by where."""

    outside: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, where: str, what: bytes | str) -> None:
        """Something that came out."""
        self.outside.append((where, what.encode() if isinstance(what, str) else what))

    def add_files(self, folder: Path, pattern: str) -> int:
        """What stands in files, and their names. How many there are."""
        paths = [path for path in folder.glob(pattern) if path.is_file()]
        for path in paths:
            self.add(str(path.relative_to(folder)), path.read_bytes())
            self.add(f"the name of {path.name}", path.name)
        return len(paths)

    def leaks(self) -> list[str]:
        """Where which secret stands."""
        told = []
        for where, what in self.outside:
            lower = what.lower()
            for form, name in FORMS.items():
                at = lower.find(form.encode())
                if at >= 0:
                    around = what[max(at - 120, 0) : at + 60].decode(errors="replace")
                    told.append(f"{name} in {where}: ...{around}...")
        return told
