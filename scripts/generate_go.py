"""Generate the Go code of the contract, which is committed: clients/go/takov1 and the copy of the retry policy.

    python -m scripts.generate_go            write what changed
    python -m scripts.generate_go --check    write nothing; fail if something would change

buf runs the plugins that clients/go/gen/go.mod pins. Go fetches and builds them once.
"""

import shutil
from pathlib import Path

from scripts.generate import ROOT, run, settle
from scripts.toolchain import has_toolchain

CLIENT = "clients/go"
SERVICE_CONFIG = "tako_grpc_service_config.json"


def main() -> None:
    """Do nothing but say so where there is no Go."""
    if has_toolchain("go", "Go"):
        settle(generate, (f"{CLIENT}/takov1", f"{CLIENT}/{SERVICE_CONFIG}"))


def generate(out: Path) -> None:
    """Make every generated file of the Go client under `out`."""
    run("buf", "generate", "--template", f"{CLIENT}/buf.gen.yaml", "-o", str(out))
    shutil.copy(ROOT / "proto/tako/v1" / SERVICE_CONFIG, out / CLIENT / SERVICE_CONFIG)


if __name__ == "__main__":
    main()
