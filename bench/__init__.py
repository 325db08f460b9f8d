"""Benchmarks that stand side by side in one run. ``python -m bench``; docs/performance.md says how to read them."""
