"""The composition root: builds everything, owns every lifetime. There are no globals elsewhere."""

from __future__ import annotations

import asyncio
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import uvloop

from tako_providers.sdk.provider import Provider
from tako_server import __version__, log
from tako_server.browsing import Browsers, browsing, lacking, proxies
from tako_server.cache.caching import CachingEngine, Kept
from tako_server.cache.memory import Memory
from tako_server.cache.switches import Switches
from tako_server.config import ConfigError, Settings
from tako_server.core.catalog import Catalog
from tako_server.core.page_token import PageTokens
from tako_server.core.patience import Patience
from tako_server.core.providers import ProviderDirectory
from tako_server.core.registry import Registry, load_providers
from tako_server.engine.asking import UpstreamEngine
from tako_server.engine.browser.routing import RoutingExchange
from tako_server.engine.captures import CaptureError
from tako_server.engine.egress import Egress
from tako_server.engine.exchange import Exchange
from tako_server.engine.http import HttpExchange
from tako_server.engine.reactions import reaction
from tako_server.engine.record import RecordExchange
from tako_server.engine.replay import ReplayExchange
from tako_server.engine.watched import WatchedExchange
from tako_server.measuring import look_at_cache, look_at_providers
from tako_server.operating import Operated, administration
from tako_server.rpc.callers import origins
from tako_server.rpc.interceptors.auth import auth, recognition
from tako_server.rpc.interceptors.deadline import deadline
from tako_server.rpc.interceptors.draining import Draining
from tako_server.rpc.interceptors.errors import errors
from tako_server.rpc.interceptors.observing import observing
from tako_server.rpc.interceptors.rate_limit import RateLimit
from tako_server.rpc.interceptors.request_id import request_id
from tako_server.rpc.interceptors.rest_answers import RestAnswers
from tako_server.rpc.interceptors.validation import validation
from tako_server.rpc.interceptors.whole_answers import KeptWhole, WholeAnswers
from tako_server.rpc.metrics import Metrics
from tako_server.rpc.provider_metrics import WatchedEngine
from tako_server.rpc.repeats import Repeats
from tako_server.rpc.server import PortTaken, RpcServer
from tako_server.rpc.services import Servicers, servicers
from tako_server.secret_values import secret_values
from tako_server.storage import Keeping, opened, protected
from tako_server.traces import Traces, tracing
from tako_server.translating import missing_setting, translating
from tako_server.web.app import WebApp

if TYPE_CHECKING:
    from tako_server.rest.envoy_process import EnvoyProcess

DEFAULT_DEADLINE = 30.0
MAX_DEADLINE = 60.0
MAX_SLOW_DEADLINE = 120.0
"""Seconds that a call may take at most, whatever its caller allows; the second when a browser is asked."""
_PAGE_TOKEN_KEY = "page_token_key"  # noqa: S105 - the name that the store keeps it under

events = structlog.get_logger(__name__)


class StartError(Exception):
    """Tako can't start here. ``str(error)`` is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Where a started Tako can be reached. ``rest_url`` is None without the gateway."""

    grpc_address: str
    rest_url: str | None
    http_address: str
    replay: bool
    tls: bool = False


@dataclass(slots=True)
class Running:
    """A started Tako."""

    ready: Ready
    server: RpcServer
    envoy: EnvoyProcess | None


def run(settings: Settings, *, rest: bool, on_ready: Callable[[Ready], None] = lambda _: None) -> int:
    """Serve until SIGTERM or SIGINT. The exit code: 0 after an orderly end, 1 when a part died."""
    log.configure(settings.log_level, settings.log_format, secret_values(settings))
    return uvloop.run(_serve(settings, rest=rest, on_ready=on_ready))


async def _serve(settings: Settings, *, rest: bool, on_ready: Callable[[Ready], None]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, rest=rest) as tako:
        # A second Ctrl-C waits for nobody. SIGTERM may come twice by itself: make passes it on.
        loop.add_signal_handler(signal.SIGINT, lambda: tako.server.cut() if stop.is_set() else stop.set())
        on_ready(tako.ready)
        events.info("tako.ready", grpc=tako.ready.grpc_address, rest=tako.ready.rest_url, version=__version__)
        code = await _until_stopped(stop, tako.envoy)
        events.info("tako.stopping")
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        events.warning("tako.tasks_left", tasks=sorted(task.get_name() for task in left))
    events.info("tako.stopped")
    return code


async def _until_stopped(stop: asyncio.Event, envoy: EnvoyProcess | None) -> int:
    """Wait for a signal, or for the gateway to die by itself."""
    waits: list[asyncio.Task[object]] = [asyncio.create_task(stop.wait())]
    if envoy is not None:
        waits.append(asyncio.create_task(envoy.wait()))
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    if stop.is_set():
        return 0
    events.error("envoy.died")
    return 1


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    rest: bool,
    providers: Mapping[str, Provider] | None = None,
    egress: Egress | None = None,
) -> AsyncIterator[Running]:
    """A started Tako; on the way out it is drained and stopped, the gateway last.

    ``providers`` and ``egress`` are for tests: other providers, and a gate that is open to loopback. Raises StartError.
    """
    registry = Registry((load_providers() if providers is None else providers).values())
    _check_names(settings, registry)
    for name in settings.unknown:
        events.warning("config.unknown_variable", variable=name)
    metrics, draining, serving = Metrics(), Draining(settings.max_concurrent), asyncio.Event()
    metrics.in_flight.set_function(lambda: draining.in_flight)
    metrics.most_in_flight.set(settings.max_concurrent)
    async with AsyncExitStack() as stack:
        traces = await stack.enter_async_context(tracing(settings))
        await stack.enter_async_context(metrics.process.watching())
        keeping = await stack.enter_async_context(opened(settings))
        browsers = await stack.enter_async_context(browsing(settings, keeping, metrics.browsers, egress))
        exchange = await _exchange(settings, egress, browsers, metrics, traces)
        stack.push_async_callback(exchange.close)
        shelf = Memory[KeptWhole](_half_of_memory(settings))
        whole = WholeAnswers(shelf, touch=keeping.writer.touch)
        services = await _services(stack, settings, registry, exchange, keeping, whole, shelf, metrics, traces)
        web = await _start_web(settings, serving, metrics, browsers)
        stack.push_async_callback(web.stop)
        server = await _start_server(settings, registry, services, whole, metrics, draining, traces)
        stack.push_async_callback(server.stop)
        grpc_address = _with_port(settings.grpc_address, server.port)
        http_address = _with_port(settings.http_address, web.port)
        envoy = await _start_envoy(settings, grpc_address, http_address) if rest else None
        scheme = "http" if settings.certificate is None else "https"
        rest_url = f"{scheme}://{_reachable(envoy.address)}" if envoy is not None else None
        serving.set()
        try:
            yield Running(
                Ready(grpc_address, rest_url, http_address, bool(settings.replay), settings.certificate is not None),
                server,
                envoy,
            )
        finally:
            serving.clear()
            if not await server.drain(settings.shutdown_grace):
                events.warning("tako.calls_cut", in_flight=draining.in_flight)
            await server.stop()
            if envoy is not None:
                await envoy.stop()


@asynccontextmanager
async def asking(
    settings: Settings, registry: Registry, *, egress: Egress | None = None
) -> AsyncIterator[UpstreamEngine]:
    """Only what asks upstreams, as in a server: without one around it, and nothing is kept.

    ``egress`` is for tests. Raises StartError.
    """
    settings, metrics = replace(settings, store="none"), Metrics()
    async with AsyncExitStack() as stack:
        keeping = await stack.enter_async_context(opened(settings))
        browsers = await stack.enter_async_context(browsing(settings, keeping, metrics.browsers, egress))
        exchange = await _exchange(settings, egress, browsers, metrics, Traces())
        stack.push_async_callback(exchange.close)
        yield await _upstream(stack, settings, registry, exchange, keeping, metrics)


async def _services(
    stack: AsyncExitStack,
    settings: Settings,
    registry: Registry,
    exchange: Exchange,
    keeping: Keeping,
    whole: WholeAnswers,
    shelf: Memory[KeptWhole],
    metrics: Metrics,
    traces: Traces,
) -> Servicers:
    """The services over everything that they stand on; ``stack`` closes it, the last built first."""
    switches = Switches(keeping.tables)
    upstream = await _upstream(stack, settings, registry, exchange, keeping, metrics, switches)
    memory = Memory[Kept](_half_of_memory(settings))
    engine = CachingEngine(
        upstream,
        memory,
        keeping.store,
        keeping.writer,
        may_serve_stale=lambda error: reaction(error).stale,
        leases=keeping.leases,
        observe=metrics.calls.answered_part,
    )
    stack.push_async_callback(engine.close)
    look_at_cache(metrics, settings, keeping, engine, memory, whole, shelf)
    look_at_providers(metrics, registry, upstream)
    tokens = await _page_tokens(settings, keeping)
    directory = ProviderDirectory(registry, upstream)
    operated = Operated(registry, directory, upstream, engine, whole, (memory, shelf), switches)
    admin = await administration(stack, settings, keeping, operated, metrics.jobs)
    translation = await stack.enter_async_context(translating(settings, keeping.texts, metrics.translated))
    asked = traces.engine(WatchedEngine(engine, metrics.providers.answered))
    return servicers(Catalog(registry, asked, tokens, translation), directory, admin)


async def _upstream(
    stack: AsyncExitStack,
    settings: Settings,
    registry: Registry,
    exchange: Exchange,
    keeping: Keeping,
    metrics: Metrics,
    switches: Switches | None = None,
) -> UpstreamEngine:
    """The engine that asks upstreams, with their protection; ``stack`` closes both."""
    watch = metrics.providers
    protection = None if settings.replay else await stack.enter_async_context(protected(keeping, registry, watch))
    upstream = UpstreamEngine(
        exchange,
        settings.provider_secrets,
        disabled=settings.providers_disabled,
        switches=switches,
        lacking=lacking(settings),
        protection=protection,
        observe=metrics.providers.asked,
    )
    stack.push_async_callback(upstream.close)
    return upstream


async def _page_tokens(settings: Settings, keeping: Keeping) -> PageTokens:
    """Page tokens with the key that is set, or the one that all servers on this store share."""
    if settings.page_token_key:
        return PageTokens(settings.page_token_key.encode())
    own = secrets.token_bytes(32)
    tokens = PageTokens(await keeping.store.create(_PAGE_TOKEN_KEY, own))

    async def share() -> None:
        tokens.renew(await keeping.store.create(_PAGE_TOKEN_KEY, own))

    keeping.returns.do(share)
    return tokens


async def _start_web(settings: Settings, serving: asyncio.Event, metrics: Metrics, browsers: Browsers | None) -> WebApp:
    try:
        return await WebApp.start(
            settings.http_address,
            is_serving=serving.is_set,
            metrics=metrics.exposition,
            parts=dict if browsers is None else browsers.health,
        )
    except OSError as error:
        message = f"can't listen on {settings.http_address} (TAKO_HTTP_ADDRESS): {error.strerror or error}"
        raise StartError(message) from error


async def _start_server(
    settings: Settings,
    registry: Registry,
    services: Servicers,
    whole: WholeAnswers,
    metrics: Metrics,
    draining: Draining,
    traces: Traces,
) -> RpcServer:
    """The gRPC server. Its interceptors stand here in the order in which a call meets them."""
    interceptors = (
        request_id,
        *traces.calls(),
        observing(metrics),
        errors,
        RestAnswers(whole.json),
        draining,
        recognition(settings.admin_token, settings.api_keys),
        *([RateLimit(settings.rate_limit, origins(settings.trusted_proxies))] if settings.rate_limit else ()),
        auth(settings.admin_token, settings.api_keys),
        validation,
        whole,
        deadline(DEFAULT_DEADLINE, Patience(registry, MAX_DEADLINE, MAX_SLOW_DEADLINE)),
    )
    looks_at_each = bool(settings.api_keys or settings.rate_limit or settings.otlp_endpoint)
    repeats = None if looks_at_each else Repeats(whole, metrics.calls, draining)
    try:
        return await RpcServer.start(
            services,
            interceptors,
            draining,
            address=settings.grpc_address,
            certificate=settings.certificate,
            repeats=repeats,
        )
    except PortTaken as error:
        raise StartError(f"{error} (TAKO_GRPC_ADDRESS)") from error


def _half_of_memory(settings: Settings) -> int:
    """Bytes: one half keeps providers' answers, the other whole ones."""
    return settings.memory_mb * 1024 * 1024 // 2


def _check_names(settings: Settings, registry: Registry) -> None:
    unknown = [name for name in settings.providers_disabled if name not in registry]
    if unknown:
        raise StartError(f"TAKO_PROVIDERS_DISABLED: no provider is called {', '.join(unknown)}")
    if lacks := missing_setting(settings):
        raise StartError(lacks)


async def _exchange(
    settings: Settings, egress: Egress | None, browsers: Browsers | None, metrics: Metrics, traces: Traces
) -> Exchange:
    """How upstreams are asked: from captures in replay mode, else over HTTP or by a browser, recorded when wanted."""
    if settings.replay:
        replay = ReplayExchange(settings.replay)
        try:
            await asyncio.to_thread(replay.check)
        except CaptureError as error:
            raise StartError(f"TAKO_REPLAY: {error}") from error
        return replay
    if settings.record is not None:
        _check_writable(settings.record)
    contact = f" (+{settings.contact})" if settings.contact else ""
    ways = proxies(settings)
    http = await HttpExchange.start(user_agent=f"Tako/{__version__}{contact}", egress=egress, proxies=ways)
    routing = RoutingExchange(http, None if browsers is None else browsers.exchange, ways)
    exchange = traces.exchange(WatchedExchange(routing, metrics.providers.sent))
    if settings.record is not None:
        exchange = RecordExchange(exchange, settings.record, list(settings.provider_secrets.values()))
    return exchange


def _check_writable(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise StartError(f"TAKO_RECORD: can't write to {directory}: {error.strerror}") from error


async def _start_envoy(settings: Settings, grpc_address: str, http_address: str) -> EnvoyProcess:
    # Behind a gateway of its own, as in a cluster, a server has no use for this and its YAML.
    from tako_server.rest.envoy_config import Front  # noqa: PLC0415
    from tako_server.rest.envoy_process import EnvoyProcess, EnvoyStartError  # noqa: PLC0415

    try:
        return await EnvoyProcess.start(
            listen=f"{settings.rest_host}:{settings.rest_port}",
            grpc=_reachable(grpc_address),
            web=_reachable(http_address),
            front=Front.of(settings),
        )
    except EnvoyStartError as error:
        raise StartError(f"{error} (`tako serve --no-rest` serves gRPC alone)") from error


def _with_port(address: str, port: int) -> str:
    return f"{address.rpartition(':')[0]}:{port}"


def _reachable(address: str) -> str:
    """An address to connect to, for one that may mean every interface."""
    host, _, port = address.rpartition(":")
    return f"127.0.0.1:{port}" if host in ("", "0.0.0.0", "[::]", "*") else address  # noqa: S104 - compared, not bound


__all__ = ["ConfigError", "Ready", "Running", "StartError", "asking", "run", "running"]
