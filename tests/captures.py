"""Where the recorded answers are: ``TAKO_CAPTURES``, else ``../shared/captures`` beside the project, else nowhere.

They are no part of the project. Tests that need them are skipped without them; the project's own sample bodies cover
every provider all the same.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "server" / "tako_server" / "samples"


def _found() -> Path | None:
    given = os.environ.get("TAKO_CAPTURES")
    path = Path(given) if given else ROOT.parent / "shared" / "captures"
    return path if path.is_dir() else None


CAPTURES = _found()
