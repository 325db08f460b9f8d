"""The project's own sample answers: written for it, and enough to see Tako work without keys and network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "books": "sample lighthouse",
    "boardgames": "sample orchard",
    "media": "sample harbour",
    "tcg": "sample griffin",
}
"""Domain -> a query that the samples answer."""


SAMPLES = Path(__file__).resolve().parent.parent / "samples"
"""Where they lie: beside the code, in the wheel too."""


def is_samples(replay: Sequence[Path]) -> bool:
    """Whether these replay directories are the samples and nothing else."""
    return [path.resolve() for path in replay] == [SAMPLES]
