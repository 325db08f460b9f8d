"""Structured logs: one event a line, for people or as JSON, on stderr.

No event is given a secret. Should one get into a line all the same - a library's warning, the text of an error - it is
taken out where the line leaves the process.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Collection
from typing import Any, TextIO

import structlog

from tako_server.engine.redaction import Redactor

_SHORTEST = 8
"""Characters of a value that is looked for in logs: a shorter one would take ordinary words out of them."""


def configure(level: str, form: str, secrets: Collection[str] = ()) -> None:
    """Set up logging of the whole process; libraries' warnings go the same way. ``secrets`` are in no line.

    Tracebacks never show local variables: those of a call hold its metadata, and so its keys.
    """
    stream = _Redacting(sys.stderr, Redactor(secrets, shortest=_SHORTEST)) if secrets else sys.stderr
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[Any]
    if form == "json":
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        renderer = [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
    else:
        plain = structlog.dev.plain_traceback
        renderer = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_without_record, *renderer])
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # It logs the raw value of metadata that does not decode, which may be a mistyped key.
    logging.getLogger("grpc._cython.cygrpc").setLevel(logging.CRITICAL)


class _Redacting(io.TextIOBase, TextIO):
    """A stream that takes known secrets out of what is written to it. A line is written as a whole."""

    def __init__(self, inner: TextIO, redactor: Redactor) -> None:
        self._inner = inner
        self._redactor = redactor

    def write(self, text: str, /) -> int:
        """Write what may be written."""
        return self._inner.write(self._redactor.text(text))

    def flush(self) -> None:
        """As the inner stream does."""
        self._inner.flush()


def _without_record(logger: Any, name: str, event: Any) -> Any:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)
