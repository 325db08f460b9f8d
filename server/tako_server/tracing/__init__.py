"""Traces by OpenTelemetry. Imported only where ``TAKO_OTLP_ENDPOINT`` is set: who has no collector does not pay for it.

Spans hold names, codes and numbers of ours: never a key, a URL, what was searched for, or the text of an error.
"""
