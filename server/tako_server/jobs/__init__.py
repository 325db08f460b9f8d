"""The jobs that run by the clock: what they do, when, who runs them, and what became of each run."""
