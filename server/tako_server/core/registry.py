"""The providers that exist: found by scanning the package, and by the entry-point group ``tako.providers``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points

import tako_providers
from tako_providers.sdk.errors import ProviderUnknown
from tako_providers.sdk.manifest import Domain, Manifest
from tako_providers.sdk.provider import Provider

ENTRY_POINTS = "tako.providers"
_SUFFIX_DOTS = 2
_RESERVED = frozenset(("items", "search", "trending", "related", "terms"))


class RegistryError(Exception):
    """A provider can't be used as it is written: an operator or its author has to mend it."""


class Registry:
    """All providers, by id and by domain, in a stable order."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self._by_id: dict[str, Provider] = {}
        for provider in providers:
            self._add(provider)
        self._by_id = dict(sorted(self._by_id.items()))

    def _add(self, provider: Provider) -> None:
        manifest = provider.manifest
        _check(manifest)
        if manifest.id in self._by_id:
            raise RegistryError(f"two providers are called {manifest.id!r}")
        self._by_id[manifest.id] = provider

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, provider_id: object) -> bool:
        return provider_id in self._by_id

    def get(self, provider_id: str) -> Provider:
        """The provider. Raises ProviderUnknown."""
        provider = self._by_id.get(provider_id)
        if provider is None:
            raise ProviderUnknown(provider_id, f"no provider is called {provider_id!r}")
        return provider

    def in_domain(self, provider_id: str, domain: Domain) -> Provider:
        """The provider, when it answers in ``domain``. Raises ProviderUnknown."""
        provider = self.get(provider_id)
        if domain not in provider.manifest.domains:
            where = ", ".join(provider.manifest.domains)
            raise ProviderUnknown(provider_id, f"{provider_id} does not answer in {domain}; it answers in {where}")
        return provider

    def of_domain(self, domain: Domain) -> list[Provider]:
        """The providers that answer in ``domain`` without being named."""
        return [p for p in self if domain in p.manifest.domains and domain not in p.manifest.on_request]


def load_providers() -> dict[str, Provider]:
    """One instance of every provider that can be found, by id. Raises RegistryError."""
    found: dict[str, Provider] = {}
    for provider_class in [*_scanned(), *_installed()]:
        provider = provider_class()
        if provider.manifest.id in found:
            raise RegistryError(f"two providers are called {provider.manifest.id!r}")
        found[provider.manifest.id] = provider
    return dict(sorted(found.items()))


def _scanned() -> Iterator[type[Provider]]:
    for domain in pkgutil.iter_modules(tako_providers.__path__, "tako_providers."):
        if not domain.ispkg or domain.name == "tako_providers.sdk":
            continue
        package = importlib.import_module(domain.name)
        for module in pkgutil.iter_modules(package.__path__, f"{domain.name}."):
            if not module.name.rpartition(".")[2].startswith("_"):
                yield _provider_of(module.name)


def _provider_of(module_name: str) -> type[Provider]:
    module = importlib.import_module(module_name)
    classes = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Provider) and value.__module__ == module_name
    ]
    if len(classes) != 1:
        raise RegistryError(f"{module_name} must hold exactly one Provider, and holds {len(classes)}")
    return classes[0]


def _installed() -> Iterator[type[Provider]]:
    for entry in entry_points(group=ENTRY_POINTS):
        loaded = entry.load()
        if not (inspect.isclass(loaded) and issubclass(loaded, Provider)):
            raise RegistryError(f"the entry point {entry.name!r} of {ENTRY_POINTS} is no Provider")
        yield loaded


def _check(manifest: Manifest) -> None:
    if not manifest.id.replace("_", "").isalnum() or manifest.id != manifest.id.lower():
        raise RegistryError(f"{manifest.id!r} is no provider id: lower-case letters, digits and '_' only")
    if manifest.id in _RESERVED:
        raise RegistryError(f"{manifest.id!r} is part of the URLs and can't be a provider id")
    if any(not suffix.startswith(".") or suffix.count(".") < _SUFFIX_DOTS for suffix in manifest.host_suffixes):
        raise RegistryError(f"{manifest.id}: a host suffix begins with a dot and has at least two names")
    if not manifest.domains:
        raise RegistryError(f"{manifest.id} names no domain")
