"""The conformance table of all clients, run through this one: `python -m conformance`."""
