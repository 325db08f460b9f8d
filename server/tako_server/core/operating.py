"""Errors of what operators do with a running server."""

from __future__ import annotations

from tako_providers.sdk.errors import TakoError


class StoreUnavailable(TakoError):
    """What is asked is done in the store, which is away."""

    def __init__(self) -> None:
        super().__init__("the store does not answer now, and this is done nowhere else")


class JobUnknown(TakoError):
    """There is no job of this id."""

    def __init__(self, job: str) -> None:
        super().__init__(f"no job is called {job!r}")
        self.job = job


class JobRunning(TakoError):
    """The job runs already, here or in another replica."""

    def __init__(self, job: str) -> None:
        super().__init__(f"{job} runs already")
        self.job = job


class SwitchedBySetting(TakoError):
    """A setting of this server keeps the provider off, and a setting is changed where it was made."""

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} is switched off by TAKO_PROVIDERS_DISABLED of this server")
        self.provider = provider
