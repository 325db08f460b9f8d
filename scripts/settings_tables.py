"""The tables of settings in docs/configuration.md, from the fields of Settings and the texts beside them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from itertools import pairwise

from tako_server.config import Settings

SECTIONS: Mapping[str, str] = {
    "server": "TAKO_GRPC_ADDRESS",
    "store": "TAKO_STORE",
    "browsers": "FSR_URL",
    "translation": "AUTO_TRAD_ENABLED",
}
"""Each section of the page, and the first setting of it; the fields of Settings stand in the order of the page."""


def rows() -> dict[str, list[tuple[str, str, str]]]:
    """Variable, default and meaning of every setting, by section."""
    texts, begins = _texts(), {variable: section for section, variable in SECTIONS.items()}
    found: dict[str, list[tuple[str, str, str]]] = {}
    section = ""
    for known in fields(Settings):
        if not known.metadata:
            continue
        variable = known.metadata["variable"]
        section = begins.get(variable, section)
        found.setdefault(section, []).append((f"`{variable}`", _default(known), _meaning(texts[known.name])))
    return found


def _texts() -> Mapping[str, str]:
    """What stands below each field: Python itself forgets it."""
    return dict(_described(ast.parse(inspect.getsource(Settings))))


def _described(source: ast.Module) -> Iterator[tuple[str, str]]:
    (described,) = (node for node in source.body if isinstance(node, ast.ClassDef))
    for pair in pairwise(described.body):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(written))):
                yield name, " ".join(written.split())


def _default(known: Field[object]) -> str:
    if shown := known.metadata.get("shown"):
        return str(shown)
    value = known.default
    if value is MISSING:
        raise ValueError(f"{known.name} needs `shown`")
    if value in (None, "", ()):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _meaning(text: str) -> str:
    """The text as a cell: without the full stop at its end, and in small letters unless it begins with a name."""
    text = text.removesuffix(".")
    return text[0].lower() + text[1:] if text[1:2].islower() else text
