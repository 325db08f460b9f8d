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
from collections.abc import Callable, Sequence
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
# What Envoy is told that an answer is, so that it passes on the JSON that the server has made of it.
READY = "google/api/httpbody.proto"
READY_JSON = ("--path", f"third_party/{READY}")


def main() -> None:
    """Make what comes from the tools of .venv alone. Other languages have scripts of their own, and share `settle`."""
    settle(generate, (*OWNED, ENVOY))


def settle(make: Callable[[Path], None], owned: Sequence[str]) -> None:
    """Write what `make` makes, or compare it with what is there when the command line says --check.

    `make` gets an empty directory, and fills it as the repository is laid out. `owned` are the files, and the folders
    with all their files, that are its own.
    """
    with tempfile.TemporaryDirectory() as out:
        make(Path(out))
        wanted = generated_files(Path(out), owned)
    present = generated_files(ROOT, owned)
    changed = sorted(name for name in wanted | present if wanted.get(name) != present.get(name))
    if "--check" in sys.argv:
        if changed:
            sys.exit("\n  ".join(["Generated files differ from proto/; run `make gen`:", *changed]))
        return
    for name in changed:
        print(name if name in wanted else f"{name} (removed)")
        put(ROOT / name, wanted.get(name))


def generated_files(base: Path, owned: Sequence[str]) -> dict[str, bytes]:
    """The files of `owned` under `base`, by their name in the repository."""
    files = [path for name in owned for path in (base / name, *(base / name).rglob("*"))]
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
    descriptors(out / ENVOY, *CONTRACT, *STATUS, *READY_JSON, "--exclude-source-info")
    answer_with_ready_json(out / ENVOY)


def answer_with_ready_json(path: Path) -> None:
    """Let every unary method of the contract answer with a google.api.HttpBody. Streams stay what they are."""
    found = {proto.name: proto for proto in FileDescriptorSet.FromString(path.read_bytes()).file}
    for proto in found.values():
        if not proto.name.startswith("tako/"):
            continue
        for method in (method for service in proto.service for method in service.method):
            if not method.server_streaming:
                method.output_type = ".google.api.HttpBody"
        if proto.service:
            proto.dependency.append(READY)
    # Envoy reads a file when it has read those that it imports.
    first = [found.pop("google/protobuf/any.proto"), found.pop(READY)]
    path.write_bytes(FileDescriptorSet(file=[*first, *found.values()]).SerializeToString(deterministic=True))


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
