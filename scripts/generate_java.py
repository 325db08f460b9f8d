"""Generate the Java code of the contract, which is committed: the package `v1` and the copy of the retry policy.

    python -m scripts.generate_java            write what changed
    python -m scripts.generate_java --check    write nothing; fail if something would change

buf runs protoc and the gRPC plugin that clients/java/pom.xml pins. Maven fetches both once; they are programs for one
platform each.
"""

import platform
import shutil
from pathlib import Path

from scripts.generate import ROOT, run, settle
from scripts.toolchain import has_toolchain

CLIENT = "clients/java"
PACKAGE = "io/github/takoapi"
GENERATED = f"{CLIENT}/src/main/java/{PACKAGE}/v1"
SERVICE_CONFIG = f"{CLIENT}/src/main/resources/{PACKAGE}/tako_grpc_service_config.json"
GENERATORS = ROOT / CLIENT / "target/generators"
"""Where buf.gen.yaml looks for them."""


def main() -> None:
    """Do nothing but say so where there is no Maven."""
    if has_toolchain("mvn", "Java"):
        install()
        settle(generate, (GENERATED, SERVICE_CONFIG))


def install() -> None:
    """Fetch what the pom pins, unless that was done for this very pom."""
    pom, stamp = ROOT / CLIENT / "pom.xml", GENERATORS / "pom.xml"
    if not stamp.exists() or stamp.read_bytes() != pom.read_bytes():
        of_here = f"-Dgenerators.platform={_platform()}"
        run("mvn", "-q", "-B", "-ntp", "-f", str(pom), of_here, "dependency:copy@generators")
        for program in GENERATORS.glob("protoc*"):
            program.chmod(0o755)
        shutil.copyfile(pom, stamp)


def _platform() -> str:
    """This machine, in the words of Maven Central."""
    system = {"Darwin": "osx", "Windows": "windows"}.get(platform.system(), "linux")
    processor = {"arm64": "aarch_64", "aarch64": "aarch_64"}.get(platform.machine(), "x86_64")
    return f"{system}-{processor}"


def generate(out: Path) -> None:
    """Make every generated file of the Java client under `out`."""
    run("buf", "generate", "--template", f"{CLIENT}/buf.gen.yaml", "-o", str(out))
    policy = out / SERVICE_CONFIG
    policy.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "proto/tako/v1" / policy.name, policy)


if __name__ == "__main__":
    main()
