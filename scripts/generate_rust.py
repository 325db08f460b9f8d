"""Generate what is committed of the Rust client: the contract's module, the copy of the retry policy, descriptors.

    python -m scripts.generate_rust            write what changed
    python -m scripts.generate_rust --check    write nothing; fail if something would change

buf compiles the protos to a descriptor set, and clients/rust/gen makes Rust of it. Cargo.lock pins what that is
built of; cargo fetches and builds it once.
"""

import shutil
import tempfile
from pathlib import Path

from scripts.generate import CONTRACT, ROOT, STATUS, descriptors, run, settle
from scripts.toolchain import has_toolchain

CLIENT = "clients/rust"
MODULE = f"{CLIENT}/src/generated/tako.v1.rs"
SERVICE_CONFIG = "tako_grpc_service_config.json"
# The conformance program makes JSON of messages with it: prost itself knows no JSON.
DESCRIPTORS = f"{CLIENT}/conformance/contract.binpb"


def main() -> None:
    """Do nothing but say so where there is no Rust."""
    if has_toolchain("cargo", "Rust"):
        settle(generate, (f"{CLIENT}/src/generated", f"{CLIENT}/{SERVICE_CONFIG}", DESCRIPTORS))


def generate(out: Path) -> None:
    """Make every generated file of the Rust client under `out`."""
    with tempfile.TemporaryDirectory() as scratch:
        contract = Path(scratch) / "all.binpb"
        descriptors(contract, *CONTRACT, *STATUS)
        manifest = f"--manifest-path={CLIENT}/Cargo.toml"
        run("cargo", "run", "--quiet", "--locked", manifest, "-p", "tako-client-gen", "--", str(contract), scratch)
        for name in (MODULE, DESCRIPTORS):
            (out / name).parent.mkdir(parents=True)
            shutil.copy(Path(scratch) / Path(name).name, out / name)
    shutil.copy(ROOT / "proto/tako/v1" / SERVICE_CONFIG, out / CLIENT / SERVICE_CONFIG)


if __name__ == "__main__":
    main()
