"""Write what the documents say of providers and settings: docs/providers.md, and tables in other pages.

A table stands between `<!-- made: NAME -->` and `<!-- end -->`. `make gen` runs this; a test fails when a page no
longer says what the manifests say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from scripts.settings_tables import SECTIONS
from scripts.settings_tables import rows as settings
from tako.v1.answers_pb2 import Term
from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.item_pb2 import Item
from tako_providers.sdk import Domain, Limit, Manifest, Secret, Ttl
from tako_server.core.domains import CONTRACTS
from tako_server.core.registry import load_providers

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_MADE = re.compile(r"(<!-- made: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)

_HEAD = """# Providers

This page is made from the manifests by `make gen`. A running server tells the same, with its own state, by
`tako providers`, `ProviderService` and `/v1/providers`.

Each provider has a quality tier, and tests that hold it to that (`tests/conformance/test_tiers.py`):

- **bronze**: what it maps holds on recorded answers, and search leads to detail;
- **silver**: trouble has its right class (limits, outages, walls, changed shapes, half answers), and "nothing found" is
  recognised as such, never assumed;
- **gold**: languages, external ids, relations and feeds are there too; what the upstream itself has none of is told
  below as "lacks", and is two of the four at most.

Where no answer of the live upstream was ever recorded, the row "never seen" says so: parsers and tests rest on
documents and on bodies that were written after them.

Who shows the data shows the attribution. The terms are the upstream's; read them before you use its data.

S is Search, D Detail, T Trending, R Related, V vocabularies (Terms), L look-up of codes.
"""


def pages() -> dict[Path, str]:
    """Each page that is made, or has something made in it, as it should be."""
    manifests = [provider.manifest for provider in load_providers().values()]
    made = {DOCS / "providers.md": "\n".join([_HEAD, *_overview(manifests), "", *map(_section, manifests)])}
    for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        if page not in made and "<!-- made: " in (text := page.read_text(encoding="utf-8")):
            made[page] = _MADE.sub(
                lambda match: match[1] + "\n".join(_TABLES[match[2]](manifests)) + f"\n{match[3]}", text
            )
    return made


def _overview(manifests: Sequence[Manifest]) -> list[str]:
    rows = (
        (
            f"[{m.id}](#{_anchor(m.title)})",
            m.title,
            ", ".join(m.domains),
            _marks(m),
            m.tier.value,
            m.access.value,
            ", ".join(f"`{setting.variable}`" for setting in m.settings if setting.required),
        )
        for m in manifests
    )
    return _table(("id", "name", "domains", "can", "tier", "access", "needs"), rows)


def _marks(manifest: Manifest) -> str:
    has = {
        "S": any(spec.search for spec in manifest.kinds),
        "D": any(spec.detail for spec in manifest.kinds),
        "T": bool(manifest.feeds),
        "R": bool(manifest.relations),
        "V": bool(manifest.terms),
        "L": bool(manifest.lookups),
    }
    return " ".join(mark for mark, there in has.items() if there)


def _needs_key(manifest: Manifest) -> bool:
    return any(secret.required for secret in manifest.secrets)


def _need(setting: Secret) -> str:
    """A setting, where it comes from, and whether the provider can do without it."""
    source = f"[get one]({setting.url})" if setting.url else "[browsers](browsers.md)"
    return f"`{setting.variable}` ({source}{'' if setting.required else ', not required'})"


def _anchor(title: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


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
        ("lacks", "; ".join(f"{what}: {why}" for what, why in manifest.lacks.items())),
        ("languages", f"{manifest.language_mode.value}: {', '.join(manifest.languages) or 'any'}"),
        ("access", manifest.access.value),
        ("needs", ", ".join(map(_need, manifest.settings)) or "no key"),
        ("limits", _limits(manifest)),
        ("attribution", f"{manifest.attribution.text} <{manifest.attribution.url}>"),
        ("terms", f"<{manifest.terms_url}>" if manifest.terms_url else ""),
        ("pictures", manifest.image_policy),
        ("never seen", manifest.unseen),
        ("notes", manifest.notes),
    ]
    return "\n".join([f"## {manifest.title}", "", *_table(("", ""), (row for row in rows if row[1])), ""])


def _kinds(kinds: Iterable[Item.Kind.ValueType]) -> str:
    return ", ".join(Item.Kind.Name(kind) for kind in kinds)


def _limits(manifest: Manifest) -> str:
    """The limits, and what becomes of them with a key."""
    told = [_counts(manifest.limits)] if manifest.limits else []
    told += [f"with `{variable}` {_counts(limits)}" for variable, limits in manifest.limits_with.items()]
    return "; ".join(told)


def _counts(limits: Iterable[Limit]) -> str:
    return ", ".join(f"{limit.calls} in {limit.seconds:g} s" for limit in limits)


# --- tables in other pages ---


def _domains(manifests: Sequence[Manifest]) -> list[str]:
    """Of the README: what each domain can be asked today, and by whom."""
    rows = []
    for domain in Domain:
        there = [m for m in manifests if domain in m.domains and domain not in m.on_request]
        marks = {mark for m in there for mark in _marks(m).split()}
        names = ", ".join(f"{m.id} (key)" if _needs_key(m) else m.id for m in there)
        service = CONTRACTS[domain].service.rpartition(".")[2]
        rows.append((f"`{domain}`", service, *("●" if mark in marks else "" for mark in "SDTRV"), names))
    heads = ("domain", "gRPC service", "Search", "Detail", "Trending", "Related", "Terms", "providers")
    return _table(heads, rows)


def _key_table(manifests: Sequence[Manifest]) -> list[str]:
    rows = (
        (f"`{s.variable}`", m.id, "yes" if s.required else "no", ", ".join(f"`{a}`" for a in s.aliases), f"<{s.url}>")
        for m in manifests
        for s in m.secrets
    )
    return _table(("variable", "provider", "needed", "older name", "where to get one"), rows)


def _limit_table(manifests: Sequence[Manifest]) -> list[str]:
    return _table(("provider", "requests started"), ((m.id, _limits(m)) for m in manifests))


def _lookup_table(manifests: Sequence[Manifest]) -> list[str]:
    return _table(
        ("provider", "schemes"), ((m.id, " ".join(f"`{s}`" for s in m.lookups)) for m in manifests if m.lookups)
    )


def _ttl_table(manifests: Sequence[Manifest]) -> list[str]:
    usual = Ttl()
    rows = []
    for manifest in manifests:
        own = {
            "search": (manifest.ttl.search, usual.search),
            "detail": (manifest.ttl.detail, usual.detail),
            "prices": (manifest.ttl.price, usual.price),
            "vocabularies": (manifest.ttl.static, usual.static),
            "feeds": (manifest.ttl.feed, usual.feed),
        }
        told = [f"{what} {_span(seconds)}" for what, (seconds, as_usual) in own.items() if seconds != as_usual]
        told += [
            f"{Feed.Type.Name(spec.feed)} {_span(spec.ttl) if spec.ttl else 'never'}"
            for spec in manifest.feeds
            if spec.ttl is not None
        ]
        if manifest.max_stale is not None:
            told.append(f"older answers for {_span(manifest.max_stale)} at most")
        if told:
            rows.append((manifest.id, ", ".join(told)))
    return _table(("provider", "fresh for"), rows)


def _span(seconds: int) -> str:
    for unit, name in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds // unit} {name if seconds > unit or name != 'days' else 'day'}"
    return f"{seconds} s"


def _settings_table(section: str, _: Sequence[Manifest]) -> list[str]:
    return _table(("variable", "default", "meaning"), settings()[section])


_TABLES: dict[str, Callable[[Sequence[Manifest]], list[str]]] = {
    "domains": _domains,
    "keys": _key_table,
    "limits": _limit_table,
    "lookups": _lookup_table,
    "lifetimes": _ttl_table,
    **{f"settings {section}": partial(_settings_table, section) for section in SECTIONS},
}


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, *([cell.replace("|", "/") for cell in row] for row in rows)]
    told = ["|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines]
    return [told[0], "|" + "---|" * len(heads), *told[1:]]


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
