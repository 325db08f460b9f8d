"""Write docs/providers.md from the manifests: what each provider can do, what it needs, what it asks to be shown.

`make gen` runs it; a test fails when the page no longer says what the manifests say.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Limit, Manifest
from tako_server.core.registry import load_providers

PAGE = Path(__file__).resolve().parent.parent / "docs" / "providers.md"

_HEAD = """# Providers

This page is made from the manifests by `make gen`. A running server tells the same, with its own state, by
`tako providers`, `ProviderService` and `/v1/providers`.

Each provider has a quality tier:

- **bronze**: search and detail hold on recorded answers;
- **silver**: errors, empty answers and limits hold too;
- **gold**: languages, external ids, relations and feeds hold too.

Who shows the data shows the attribution. The terms are the upstream's; read them before you use its data.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(provider.manifest) for provider in load_providers().values())])


def _section(manifest: Manifest) -> str:
    rows = [
        ("id", f"`{manifest.id}`, {manifest.tier.value}"),
        ("domains", ", ".join(manifest.domains)),
        ("site", f"<{manifest.homepage}>"),
        ("search", _kinds(spec.kind for spec in manifest.kinds if spec.search)),
        ("detail", _kinds(spec.kind for spec in manifest.kinds if spec.detail)),
        ("feeds", ", ".join(Feed.Type.Name(spec.feed) for spec in manifest.feeds)),
        ("relations", ", ".join(sorted({Relation.Type.Name(spec.relation) for spec in manifest.relations}))),
        ("vocabularies", ", ".join(Term.Type.Name(spec.terms) for spec in manifest.terms)),
        ("look-up", ", ".join(manifest.lookups)),
        ("languages", f"{manifest.language_mode.value}: {', '.join(manifest.languages) or 'any'}"),
        ("access", manifest.access.value),
        ("needs", ", ".join(f"`{s.variable}` ([get one]({s.url}))" for s in manifest.secrets) or "no key"),
        ("limits", _limits(manifest)),
        ("attribution", f"{manifest.attribution.text} <{manifest.attribution.url}>"),
        ("terms", f"<{manifest.terms_url}>" if manifest.terms_url else ""),
        ("pictures", manifest.image_policy),
        ("notes", manifest.notes),
    ]
    lines = [f"## {manifest.title}", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value.replace('|', '/')} |" for name, value in rows if value]
    return "\n".join([*lines, ""])


def _limits(manifest: Manifest) -> str:
    """The limits, and what becomes of them with a key."""
    told = [_counts(manifest.limits)] if manifest.limits else []
    told += [f"with `{variable}` {_counts(limits)}" for variable, limits in manifest.limits_with.items()]
    return "; ".join(told)


def _counts(limits: Iterable[Limit]) -> str:
    return ", ".join(f"{limit.calls} in {limit.seconds:g} s" for limit in limits)


def _kinds(kinds: Iterable[Item.Kind.ValueType]) -> str:
    return ", ".join(Item.Kind.Name(kind) for kind in kinds)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
