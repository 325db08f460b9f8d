"""Who is asking: the operator by the admin token, a known caller by an API key, or anybody.

With API keys set, every call needs one; health and reflection are not behind these interceptors. The AdminService needs
the admin token, always.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Sequence

from tako_server.core.access import AdminDisabled, AdminTokenRequired, ApiKeyInvalid
from tako_server.rpc.call import Call, Handler, Interceptor

_ADMIN_SERVICE = "/tako.v1.AdminService/"


def auth(admin_token: str, api_keys: Sequence[str]) -> Interceptor:
    """Find out who is asking, and refuse who may not."""
    token = admin_token.encode()
    keys = [key.encode() for key in api_keys]

    def interceptor(handler: Handler) -> Handler:
        def handle(call: Call) -> Awaitable[bytes | None]:
            if token:
                scheme, _, given = call.metadata.get("authorization", "").partition(" ")
                call.is_admin = scheme.lower() == "bearer" and _same(given.strip().encode(), [token])
            if keys:
                call.has_key = _same(call.metadata.get("x-api-key", "").encode(), keys)
            if call.method.startswith(_ADMIN_SERVICE):
                if not token:
                    raise AdminDisabled("no admin token is set on this server (TAKO_ADMIN_TOKEN)")
                if not call.is_admin:
                    raise AdminTokenRequired("needs the admin token, as `authorization: Bearer TOKEN`")
            elif keys and not (call.has_key or call.is_admin):
                raise ApiKeyInvalid("needs a key of this server, as `x-api-key`")
            return handler(call)

        return handle

    return interceptor


def _same(given: bytes, wanted: Sequence[bytes]) -> bool:
    """Whether ``given`` is one of ``wanted``; takes the same time for any of them."""
    return any([hmac.compare_digest(given, key) for key in wanted])  # noqa: C419 - a list: no early way out
