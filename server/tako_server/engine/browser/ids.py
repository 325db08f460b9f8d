"""Names of sessions: `tako-<instance>-<n>`. By them Tako knows its own, and no other program's."""

from __future__ import annotations

import re
import secrets

_OURS = re.compile(r"tako-([0-9a-f]{12})-[0-9]{1,12}")
_INSTANCE = re.compile(r"[0-9a-f]{12}")


def new_instance() -> str:
    """The name of this run of Tako; no other run has the same."""
    return secrets.token_hex(6)


def is_instance(text: str) -> bool:
    """Whether this is such a name."""
    return _INSTANCE.fullmatch(text) is not None


def session_id(instance: str, number: int) -> str:
    """The name of a session."""
    return f"tako-{instance}-{number}"


def instance_of(session: str) -> str | None:
    """Whose session this is; None when it is not one of Tako's."""
    found = _OURS.fullmatch(session)
    return found[1] if found else None
