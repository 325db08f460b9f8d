"""Fetch the files of Swagger UI that the server ships, from the npm registry.

    python -m scripts.vendor_swagger_ui

To move to another version, change VERSION and INTEGRITY; `npm view swagger-ui-dist@VERSION dist.integrity` tells the
latter. The package is taken only when it is the one that INTEGRITY names.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "5.35.0"
INTEGRITY = "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ=="
FILES = ("swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css", "LICENSE", "NOTICE")
FOLDER = Path(__file__).resolve().parent.parent / "server" / "tako_server" / "web" / "docs" / "swagger_ui"
SUMS = "SHA256SUMS"


def main() -> None:
    """Fetch, check, and put the files into the server's package."""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", f"swagger-ui-dist@{VERSION}", "--silent", "--pack-destination", scratch]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        package = Path(scratch) / f"swagger-ui-dist-{VERSION}.tgz"
        found = "sha512-" + base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if found != INTEGRITY:
            sys.exit(f"swagger-ui-dist {VERSION} is {found}, not {INTEGRITY}")
        FOLDER.mkdir(exist_ok=True)
        with tarfile.open(package) as archive:
            for name in FILES:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    sys.exit(f"swagger-ui-dist {VERSION} has no {name}")
                (FOLDER / name).write_bytes(unmapped(member.read()))
    (FOLDER / SUMS).write_text(sums())


def unmapped(body: bytes) -> bytes:
    """Without the line that names a source map: it is not shipped, and browsers would ask for it."""
    kept, mark, _ = body.rpartition(b"\n//# sourceMappingURL=")
    if not mark:
        kept, mark, _ = body.rpartition(b"\n/*# sourceMappingURL=")
    return kept + b"\n" if mark else body


def sums() -> str:
    """The version and the digests of the files as they stand, in the form of sha256sum."""
    lines = [f"{hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}  {name}" for name in FILES]
    return "\n".join([f"# swagger-ui-dist {VERSION} {INTEGRITY}", *lines, ""])


if __name__ == "__main__":
    main()
