"""Generate what is committed but made from proto/: the Python contract and Envoy's descriptor set.

    generate.py           write what changed
    generate.py --check   write nothing; fail if something would change

buf compiles the protos and runs the plugins of buf.gen.yaml. The gRPC plugin for Python exists only inside
grpcio-tools, so it gets the protos from buf as a descriptor set. All tools come from .venv; nothing is
fetched.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

ROOT = Path(__file__).resolve().parent.parent
PYTHON = "clients/python"
ENVOY = "envoy/tako.binpb"
# Folders in which everything is generated: a file that is not made again has lost its source, and goes.
OWNED = (f"{PYTHON}/tako/v1", f"{PYTHON}/buf")

# Generate for these only. `buf.validate` is among them because no distribution has it in Python; the modules
# of `google.*` come from googleapis-common-protos.
CONTRACT = ("--path", "proto/tako")
VALIDATE = ("--path", "third_party/buf")
# Envoy turns the details of an error into JSON with these, whether or not the contract imports them.
STATUS = ("--path", "third_party/google/rpc")


def main() -> None:
    """Generate into a temporary directory, then compare or copy."""
    with tempfile.TemporaryDirectory() as out:
        generate(Path(out))
        wanted = generated_files(Path(out))
    present = generated_files(ROOT)
    changed = sorted(name for name in wanted | present if wanted.get(name) != present.get(name))
    if "--check" in sys.argv:
        if changed:
            sys.exit("\n  ".join(["Generated files differ from proto/; run `make gen`:", *changed]))
        return
    for name in changed:
        print(name if name in wanted else f"{name} (removed)")
        put(ROOT / name, wanted.get(name))


def generated_files(base: Path) -> dict[str, bytes]:
    """The generated files under `base`, by their name in the repository."""
    files = [base / ENVOY, *(path for folder in OWNED for path in (base / folder).rglob("*"))]
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in files
        if path.is_file() and path.suffix != ".pyc"
    }


def put(path: Path, data: bytes | None) -> None:
    """Write a file; None removes it."""
    if data is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def generate(out: Path) -> None:
    """Make every generated file, laid out under `out` as in the repository."""
    python = out / PYTHON
    run("buf", "generate", *CONTRACT, *VALIDATE, "-o", str(python))
    grpc_modules(python)
    (python / "tako/v1/__init__.py").write_text('"""The contract, generated from proto/tako/v1."""\n')
    (python / "buf/validate/py.typed").touch()
    shutil.copy(ROOT / "third_party/buf/LICENSE", python / "buf/LICENSE")

    (out / ENVOY).parent.mkdir()
    # Comments and positions would be four fifths of it.
    descriptors(out / ENVOY, *CONTRACT, *STATUS, "--exclude-source-info")


def grpc_modules(python: Path) -> None:
    """Add `*_pb2_grpc.py` for the files that hold a service, and drop the empty stubs of the others."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "contract.binpb"
        descriptors(source, *CONTRACT)
        protos = FileDescriptorSet.FromString(source.read_bytes()).file
        services = [proto.name for proto in protos if proto.service]
        protoc = (sys.executable, "-m", "grpc_tools.protoc")
        run(*protoc, f"--descriptor_set_in={source}", f"--grpc_python_out={python}", *services)
    for stub in python.rglob("*_pb2_grpc.pyi"):
        if not stub.with_suffix(".py").exists():
            stub.unlink()


def descriptors(out: Path, *arguments: str) -> None:
    """Compile to a descriptor set that holds its imports."""
    run("buf", "build", *arguments, "--as-file-descriptor-set", "-o", str(out))


def run(*command: str) -> None:
    """Run a tool of .venv from the root; its output is shown only when it fails."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")


if __name__ == "__main__":
    main()
