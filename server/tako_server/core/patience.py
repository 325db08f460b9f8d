"""How long a call may take at most."""

from __future__ import annotations

from typing import Any

from tako_server.core.domains import CONTRACTS
from tako_server.core.registry import Registry

_OPERATORS = "/tako.v1.AdminService/"
"""A refresh asks many questions."""


class Patience:
    """The cap of a call's deadline: ``cap`` seconds, ``slow_cap`` for operators, and when a browser is asked."""

    def __init__(self, registry: Registry, cap: float, slow_cap: float) -> None:
        self._cap = cap
        self._slow_cap = slow_cap
        self._slow = frozenset(provider.manifest.id for provider in registry if provider.manifest.slow)
        # Where there is no quick provider, the slow ones are asked unnamed.
        self._slow_services = frozenset(
            contract.service
            for domain, contract in CONTRACTS.items()
            if (there := registry.of_domain(domain)) and all(provider.manifest.slow for provider in there)
        )

    def __call__(self, method: str, request: Any) -> float:
        """Seconds for a call of ``method`` (``/tako.v1.BooksService/Search``)."""
        if method.startswith(_OPERATORS):
            return self._slow_cap
        return self._slow_cap if self._slow and self._asks_slow(method, request) else self._cap

    def _asks_slow(self, method: str, request: Any) -> bool:
        if getattr(request, "include_slow", False) or method.endswith("/SearchStream"):
            return True
        named = {*getattr(request, "providers", ())}
        named |= {one.partition("/")[0] for one in (getattr(request, "id", ""), *getattr(request, "ids", ()))}
        return bool(named & self._slow) or method.strip("/").partition("/")[0] in self._slow_services
