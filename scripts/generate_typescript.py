"""Generate the TypeScript code of the contract, which is committed: clients/typescript/src/gen.

    python -m scripts.generate_typescript            write what changed
    python -m scripts.generate_typescript --check    write nothing; fail if something would change

buf runs the plugin that clients/typescript/package-lock.json pins. Beside its modules stand one that gives all of the
contract, and the retry policy that Tako ships.
"""

import shutil
from pathlib import Path

from scripts.build_clients import NODE_MODULES, build
from scripts.generate import ROOT, run, settle
from scripts.toolchain import has_toolchain

CLIENT = "clients/typescript"
GENERATED = f"{CLIENT}/src/gen"
SERVICE_CONFIG = "tako_grpc_service_config.json"


def main() -> None:
    """Do nothing but say so where there is no npm."""
    if has_toolchain("npm", "TypeScript"):
        build("typescript", NODE_MODULES)
        settle(generate, (GENERATED,))


def generate(out: Path) -> None:
    """Make every generated file of the TypeScript client under `out`."""
    run("buf", "generate", "--template", f"{CLIENT}/buf.gen.yaml", "-o", str(out))
    generated = out / GENERATED
    modules = sorted(path.stem for path in (generated / "tako/v1").glob("*_pb.ts"))
    exports = "".join(f'export * from "./tako/v1/{module}.js";\n' for module in modules)
    (generated / "v1.ts").write_text(f"/** All messages, enums and services of the contract. */\n{exports}")
    for owner in ("google", "grpc"):
        shutil.copyfile(ROOT / "third_party" / owner / "LICENSE", generated / owner / "LICENSE")
    original = ROOT / "proto/tako/v1" / SERVICE_CONFIG
    shutil.copyfile(original, generated / SERVICE_CONFIG)
    # The client reads this module: an imported JSON file makes Node 20 print a warning, and bundlers differ in it.
    (generated / "service_config.ts").write_text(
        f"/** What is tried again, and when: {SERVICE_CONFIG}. */\n"
        f"export const serviceConfig = {original.read_text().rstrip()} as const;\n"
    )


if __name__ == "__main__":
    main()
