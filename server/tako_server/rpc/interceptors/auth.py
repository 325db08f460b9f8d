"""Who is asking: the operator by the admin token, a known caller by an API key, or anybody.

With API keys set, every call needs one; health and reflection are not behind these interceptors. The AdminService needs
the admin token, always. Who is asking is found out first: whose rate a call counts against depends on it, and who tries
keys has a rate too.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Sequence

from tako_server.core.access import AdminDisabled, AdminTokenRequired, ApiKeyInvalid
from tako_server.rpc.call import Call, Handler, Interceptor

ADMIN_SERVICE = "/tako.v1.AdminService/"


def recognition(admin_token: str, api_keys: Sequence[str]) -> Interceptor:
    """Find out who is asking."""
    token = admin_token.encode()
    keys = [key.encode() for key in api_keys]

    def interceptor(handler: Handler) -> Handler:
        if not token and not keys:
            return handler

        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            if token:
                scheme, _, given = call.metadata.get("authorization", "").partition(" ")
                call.is_admin = scheme.lower() == "bearer" and _found(given.strip().encode(), [token]) is not None
            if keys:
                number = _found(call.metadata.get("x-api-key", "").encode(), keys)
                if number is not None:
                    call.has_key, call.caller = True, f"key {number}"
            return handler(call)

        return handle

    return interceptor


def auth(admin_token: str, api_keys: Sequence[str]) -> Interceptor:
    """Refuse who may not ask. ``recognition`` stands before it."""
    has_admin, wants_key = bool(admin_token), bool(api_keys)

    def interceptor(handler: Handler) -> Handler:
        def handle(call: Call) -> bytes | Awaitable[bytes | None]:
            if call.method.startswith(ADMIN_SERVICE):
                if not has_admin:
                    raise AdminDisabled("no admin token is set on this server (TAKO_ADMIN_TOKEN)")
                if not call.is_admin:
                    raise AdminTokenRequired("needs the admin token, as `authorization: Bearer TOKEN`")
            elif wants_key and not (call.has_key or call.is_admin):
                raise ApiKeyInvalid("needs a key of this server, as `x-api-key`")
            return handler(call)

        return handle

    return interceptor


def _found(given: bytes, wanted: Sequence[bytes]) -> int | None:
    """Which of ``wanted`` is ``given``; takes the same time for any of them."""
    same = [hmac.compare_digest(given, key) for key in wanted]
    return same.index(True) if True in same else None
