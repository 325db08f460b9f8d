"""Write the description of the REST API that the server gives at /openapi.json.

    python -m scripts.describe_api           write it, when it changed
    python -m scripts.describe_api --check   write nothing; fail if it would change

It is made from the contract: what can be asked from the compiled descriptors, words from the comments in proto/. The
answers that it shows were recorded by scripts/record_examples.py.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from scripts.generate import CONTRACT, ROOT, STATUS, descriptors, settle
from scripts.openapi.document import document

PLACE = "server/tako_server/web/docs/openapi.json"
EXAMPLES = ROOT / "scripts" / "openapi" / "examples.json"


def made() -> str:
    """The document as it should be, as text."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "contract.binpb"
        descriptors(source, *CONTRACT, *STATUS)
        files = FileDescriptorSet.FromString(source.read_bytes())
    examples: dict[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return json.dumps(document(files, examples), ensure_ascii=False, indent=1) + "\n"


def _make(out: Path) -> None:
    place = out / PLACE
    place.parent.mkdir(parents=True)
    place.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    settle(_make, (PLACE,))
