"""Calls, under the names that gRPC services usually have, and answers by where they came from.

Every call is counted, and one that is answered from memory costs microseconds. So what is counted is plain numbers,
which only the event loop touches; they become metrics when Prometheus reads them. With the library's own counters the
same took twice the time (docs/performance.md tells how to measure it).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from google.protobuf import descriptor_pool
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0, 90.0, 120.0)
"""Seconds. The last is the most that a call may take; 1 s and 30 s are what operators aim at."""
_METHOD = ("grpc_type", "grpc_service", "grpc_method")


class Times:
    """How many took how long, and how long all of them took."""

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        """By bound; the last is of those beyond all bounds."""
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    @classmethod
    def together(cls, parts: Collection[Times]) -> Times:
        """All that ``parts`` hold."""
        whole = cls()
        whole.counts = [sum(counts) for counts in zip(whole.counts, *(part.counts for part in parts), strict=True)]
        whole.seconds = sum(part.seconds for part in parts)
        return whole

    @property
    def count(self) -> int:
        """How many."""
        return sum(self.counts)

    def put_into(self, family: HistogramMetricFamily, labels: Iterable[str]) -> None:
        """As Prometheus counts: each bucket with all that are below it."""
        bounds = (*map(str, BOUNDS), "+Inf")
        buckets = list(zip(bounds, accumulate(self.counts), strict=True))
        family.add_metric(list(labels), buckets=buckets, sum_value=self.seconds)


class _States(dict[str, Times]):
    """Times of answers by cache state, of which there are three, and "" for what has none."""

    def __missing__(self, state: str) -> Times:
        made = self[state] = Times()
        return made


class MethodCalls:
    """The calls of one method."""

    __slots__ = ("codes", "labels", "started", "times")

    def __init__(self, path: str) -> None:
        service, _, method = path[1:].partition("/")
        self.labels = (_type(service, method), service, method)
        self.started = 0
        self.codes: dict[str, int] = {}
        self.times = _States()

    def ended(self, code: str, seconds: float, state: str = "") -> None:
        """One has ended, with an answer that came from where the cache's ``state`` says."""
        self.codes[code] = self.codes.get(code, 0) + 1
        self.times[state].add(seconds)


class _Methods(dict[str, MethodCalls]):
    """Methods by path; bounded, since only those of the contract are routed to us."""

    def __missing__(self, path: str) -> MethodCalls:
        made = self[path] = MethodCalls(path)
        return made


class CallMetrics(Collector):
    """Counts calls by method, and the answers among them by where they came from."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.methods = _Methods()
        """By path: `/tako.v1.BooksService/Search`."""
        self.parts: dict[str, int] = {}
        registry.register(self)

    def answered_part(self, state: str) -> None:
        """One provider's part of an answer came from where ``state`` says."""
        self.parts[state] = self.parts.get(state, 0) + 1

    def describe(self) -> Iterable[Metric]:
        """The names, without values: so the registry knows that nobody else has them."""
        return self.collect()

    def collect(self) -> Iterator[Metric]:
        """What Prometheus reads."""
        started = CounterMetricFamily("grpc_server_started", "Calls that have begun.", labels=_METHOD)
        handled = CounterMetricFamily("grpc_server_handled", "Calls that have ended.", labels=(*_METHOD, "grpc_code"))
        handling = HistogramMetricFamily("grpc_server_handling_seconds", "Time that calls took.", labels=_METHOD)
        for method in self.methods.values():
            started.add_metric(method.labels, method.started)
            for code, count in method.codes.items():
                handled.add_metric((*method.labels, code), count)
            Times.together(method.times.values()).put_into(handling, method.labels)
        yield from (started, handled, handling)
        answers = CounterMetricFamily(
            "tako_cache_answers",
            "Answers by where they came from, whole or one provider's part.",
            labels=("part", "state"),
        )
        seconds = HistogramMetricFamily(
            "tako_answer_seconds", "Time that calls with a composed answer took, by cache state.", labels=("state",)
        )
        for state in sorted({state for one in self.methods.values() for state in one.times if state}):
            times = Times.together([one.times[state] for one in self.methods.values() if state in one.times])
            answers.add_metric(("whole", state), times.count)
            times.put_into(seconds, (state,))
        for state, count in self.parts.items():
            answers.add_metric(("provider", state), count)
        yield from (answers, seconds)


def _type(service: str, method: str) -> str:
    """`unary` or `server_stream`; those of the contract are nothing else."""
    found = descriptor_pool.Default().FindMethodByName(f"{service}.{method}")  # type: ignore[no-untyped-call] # untyped
    return "server_stream" if found.server_streaming else "unary"
