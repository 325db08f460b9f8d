"""``tako doctor``: one question per operation of one provider, to see what still answers."""

from __future__ import annotations

import asyncio
import difflib
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tako_server.cli.failure import Exit, Failure
from tako_server.cli.options import examples, kinds_option
from tako_server.cli.serve import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tako_providers.sdk.enums import Kind
    from tako_providers.sdk.provider import Provider
    from tako_server.config import Settings
    from tako_server.doctor.finding import Diagnosis, Operation
    from tako_server.engine.egress import Egress

_OPERATIONS = ("search", "detail", "trending", "related", "terms", "lookup")
_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be asked: words, the operations wanted (all when empty), the kinds (the defaults when empty)."""

    text: str
    operations: tuple[Operation, ...] = ()
    kinds: tuple[Kind, ...] = ()


@click.command(
    epilog=examples(
        "tako doctor deezer",
        'tako doctor tmdb --query "blade runner" --operation search --operation detail',
        "tako doctor lego --record captures",
        'tako doctor deezer --replay server/tako_server/samples --query "sample tide"',
    )
)
@click.argument("provider_id", metavar="PROVIDER")
@click.option("--query", metavar="TEXT", help="Words to search for. When not said, a word of the provider's domain.")
@click.option(
    "--operation",
    "operations",
    type=click.Choice(_OPERATIONS),
    multiple=True,
    help="Ask only this, and what it needs: details need a search. Repeatable.",
)
@kinds_option
@click.option("--record", metavar="DIR", help="Record what the upstream answers into DIR.  [TAKO_RECORD]")
@click.option("--replay", metavar="DIR", help="Answer from the captures in DIR, ask no upstream.  [TAKO_REPLAY]")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--log-level", type=click.Choice(_LEVELS), default="error", show_default=True, help="What is logged.")
def doctor(
    provider_id: str,
    *,
    query: str | None,
    operations: tuple[str, ...],
    kinds: tuple[str, ...],
    record: str | None,
    replay: str | None,
    as_json: bool,
    log_level: str,
) -> None:
    """Ask one provider everything that it can do, once, and show what answered.

    For operators: it asks the upstream itself, without a server and without a store, one question after the other,
    within the provider's limits; through a browser where FSR_URL is set. Keys come from the environment and from
    `.env`, as for `tako serve`. --kind searches for other kinds than the provider's defaults.

    \b
    Exit codes: 0 everything answered, 1 something failed, 2 wrong usage or setting, 130 Ctrl-C.
    """  # noqa: D301 - click's mark for lines that are not to be joined
    settings = load({"record": Path(record) if record else None, "replay": replay, "log_level": log_level})
    if settings.replay:
        if record:
            raise click.UsageError("--record and --replay: a capture is not recorded again.")
        settings = replace(settings, record=None)
    provider = _provider(provider_id)
    # Only those who ask upstreams pay for loading what does it.
    from tako_server import log  # noqa: PLC0415
    from tako_server.cli.findings import Report  # noqa: PLC0415
    from tako_server.secret_values import secret_values  # noqa: PLC0415

    log.configure(settings.log_level, settings.log_format, secret_values(settings))
    wish = _wish(provider, query, operations, kinds)
    report = Report(provider.manifest, settings, wish.text)
    if not as_json:
        report.print_head()
    with _telling(report.hide) as tell:
        diagnosis = _run(_with_placeholders(settings, provider), provider, wish, tell)
    (report.print_json if as_json else report.print_findings)(diagnosis)
    sys.exit(0 if diagnosis.healthy else Exit.OTHER)


async def diagnose(
    settings: Settings,
    provider: Provider,
    wish: Wish,
    *,
    tell: Callable[[str], None] = lambda _: None,
    egress: Egress | None = None,
) -> Diagnosis:
    """Ask the provider through an engine of its own. ``egress`` is for tests. Raises StartError."""
    from tako_server import app  # noqa: PLC0415 - as above
    from tako_server.core.registry import Registry  # noqa: PLC0415
    from tako_server.doctor.examination import Examination  # noqa: PLC0415

    async with app.asking(settings, Registry([provider]), egress=egress) as engine:
        examination = Examination(provider, engine, wish.text, operations=wish.operations, kinds=wish.kinds, tell=tell)
        return await examination.run()


def _run(settings: Settings, provider: Provider, wish: Wish, tell: Callable[[str], None]) -> Diagnosis:
    from tako_server import app  # noqa: PLC0415 - as above

    async def until_told() -> Diagnosis:
        # As after Ctrl-C: whatever ends this, no browser stays behind.
        task = asyncio.create_task(diagnose(settings, provider, wish, tell=tell))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(until_told())
    except app.StartError as error:
        raise Failure(str(error), Exit.USAGE) from None
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _provider(provider_id: str) -> Provider:
    from tako_server.core.registry import load_providers  # noqa: PLC0415 - as above

    providers = load_providers()
    if provider_id not in providers:
        near = difflib.get_close_matches(provider_id, providers, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(providers)}."
        raise click.UsageError(f"no provider is called {provider_id!r}.{hint}")
    return providers[provider_id]


def _wish(provider: Provider, query: str | None, operations: tuple[str, ...], kinds: tuple[str, ...]) -> Wish:
    from tako.v1.item_pb2 import Item  # noqa: PLC0415 - as above
    from tako_server.doctor.choices import WORDS  # noqa: PLC0415
    from tako_server.doctor.finding import Operation  # noqa: PLC0415

    manifest = provider.manifest
    searched = {Item.Kind.Name(spec.kind): spec.kind for spec in manifest.kinds if spec.search}
    if unknown := [kind for kind in kinds if kind not in searched]:
        known = ", ".join(name.lower() for name in searched) or "nothing"
        raise click.UsageError(f"--kind {unknown[0].lower()}: {manifest.title} searches {known}.")
    text = " ".join((query or "").split()) or WORDS[manifest.domains[0]]
    return Wish(text, tuple(map(Operation, operations)), tuple(searched[kind] for kind in dict.fromkeys(kinds)))


def _with_placeholders(settings: Settings, provider: Provider) -> Settings:
    """In a replay, some value for each key that is not set: providers want one, and nobody checks it."""
    if not settings.replay:
        return settings
    some = {secret.variable: secret.placeholder for secret in provider.manifest.secrets if secret.placeholder}
    return replace(settings, provider_secrets={**some, **settings.provider_secrets})


@contextmanager
def _telling(hide: Callable[[str], str]) -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says what is being done. Nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415

    with Console(stderr=True).status("") as status:
        yield lambda what: status.update(Text(hide(what)))
