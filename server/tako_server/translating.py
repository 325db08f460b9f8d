"""Translation, built from settings: the engines that are set up here, and the ways to them."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from tako_server.config import Settings
from tako_server.core.translating import TextStore, Translating
from tako_server.engine.egress import CheckedResolver, Egress, EgressRefused, is_public
from tako_server.setting_texts import ENGINES

if TYPE_CHECKING:
    from tako_server.translation.engine import Engine

_NEEDS = {
    "libretranslate": ("TAKO_LIBRETRANSLATE_URL", "libretranslate_url"),
    "deepl": ("TAKO_DEEPL_KEY", "deepl_key"),
    "google": ("TAKO_GOOGLE_TRANSLATE_KEY", "google_translate_key"),
    "apertium": ("TAKO_APERTIUM_URL", "apertium_url"),
}
"""What an engine needs: the variable, and the setting. Without a row it needs nothing, and has to be named."""
_CONNECTIONS = 32


def missing_setting(settings: Settings) -> str:
    """One line on an engine that is named and lacks what it needs; "" when none does."""
    for name in settings.translation_engines:
        variable, setting = _NEEDS.get(name, ("", ""))
        if setting and not getattr(settings, setting):
            return f"TAKO_TRANSLATE_ENGINES: {name} needs {variable}"
    return ""


@asynccontextmanager
async def translating(
    settings: Settings, texts: TextStore, observe: Callable[[str, str, int], None]
) -> AsyncIterator[Translating]:
    """What answers ``translate`` of requests; on the way out its work is ended."""
    if not settings.translation:
        yield Translating()
        return
    # Imported where it is wanted: who switches it off does not pay for it.
    from tako_server.translation.detection import Detector  # noqa: PLC0415
    from tako_server.translation.kept import KeptTexts  # noqa: PLC0415
    from tako_server.translation.machine import Machine  # noqa: PLC0415
    from tako_server.translation.translator import Translator  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        kept = KeptTexts(texts)
        machine = Machine(
            await _engines(stack, settings),
            kept,
            at_once=settings.translation_at_once,
            timeout=settings.translation_timeout,
            observe=observe,
        )
        kept.start()
        stack.push_async_callback(kept.close)
        stack.push_async_callback(machine.close)
        yield Translating(Translator(machine, Detector()), settings.default_language)


async def _engines(stack: AsyncExitStack, settings: Settings) -> list[Engine]:
    """The engines in their order. ``stack`` closes the ways to them."""
    names = settings.translation_engines or tuple(
        name for name in ENGINES if name in _NEEDS and getattr(settings, _NEEDS[name][1])
    )
    return [await _engine(stack, settings, name) for name in names]


async def _engine(stack: AsyncExitStack, settings: Settings, name: str) -> Engine:
    from tako_server.translation.engines.apertium import Apertium  # noqa: PLC0415
    from tako_server.translation.engines.deepl import DeepL  # noqa: PLC0415
    from tako_server.translation.engines.google_cloud import GoogleCloud  # noqa: PLC0415
    from tako_server.translation.engines.google_web import GoogleWeb  # noqa: PLC0415
    from tako_server.translation.engines.libretranslate import LibreTranslate  # noqa: PLC0415

    match name:
        case "libretranslate":
            url = settings.libretranslate_url
            return LibreTranslate(await _to(stack, url), url, settings.libretranslate_key)
        case "apertium":
            return Apertium(await _to(stack, settings.apertium_url), settings.apertium_url)
        case "deepl":
            return DeepL(await _out(stack), settings.deepl_key)
        case "google":
            return GoogleCloud(await _out(stack), settings.google_translate_key)
        case "google-web":
            return GoogleWeb(await _out(stack))
    raise ValueError(name)


async def _to(stack: AsyncExitStack, url: str) -> aiohttp.ClientSession:
    """The way to an address that an operator has set. It may be a neighbour's; only then is plain http good enough."""
    neighbours = NeighbourResolver(aiohttp.DefaultResolver())
    resolver = neighbours if url.startswith("http:") else aiohttp.DefaultResolver()
    return await _session(stack, resolver)


async def _out(stack: AsyncExitStack) -> aiohttp.ClientSession:
    """The way to an engine in the internet, whose address stands in the code."""
    return await _session(stack, CheckedResolver(aiohttp.DefaultResolver(), Egress()))


async def _session(stack: AsyncExitStack, resolver: AbstractResolver) -> aiohttp.ClientSession:
    return await stack.enter_async_context(
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, resolver=resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=5),
            trust_env=False,
        )
    )


class NeighbourResolver(AbstractResolver):
    """Looks names up by another resolver, and gives only addresses that are not public: no text leaves in the clear."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of ``host`` that are near; EgressRefused when there are only others."""
        found = await self._inner.resolve(host, port, family)
        near = [result for result in found if not is_public(ipaddress.ip_address(result["host"]))]
        if found and not near:
            raise EgressRefused(f"{host} leads to a public address, which is asked over https only")
        return near

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()
