"""Generate the services of the Python client, typed to the last field: clients/python/tako/services.

    python -m scripts.generate_python_client            write what changed
    python -m scripts.generate_python_client --check    write nothing; fail if something would change

gRPC's own stubs take a message and know no keyword arguments. Here every request field is one, with its comment.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent, wrap

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
    MethodDescriptorProto,
)

from scripts.generate import CONTRACT, ROOT, descriptors, run, settle

PACKAGE = "clients/python/tako"
SERVICE_CONFIG = "tako_grpc_service_config.json"
SCALARS = {
    FieldDescriptorProto.TYPE_STRING: "str",
    FieldDescriptorProto.TYPE_INT32: "int",
    FieldDescriptorProto.TYPE_INT64: "int",
    FieldDescriptorProto.TYPE_BOOL: "bool",
    FieldDescriptorProto.TYPE_DOUBLE: "float",
}
DURATION = ".google.protobuf.Duration"
WIDTH = 116


def main() -> None:
    """Write or compare."""
    settle(generate, (f"{PACKAGE}/services", f"{PACKAGE}/{SERVICE_CONFIG}"))


def generate(out: Path) -> None:
    """Make one module for each service, and the copy of the retry policy."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "contract.binpb"
        descriptors(source, *CONTRACT)
        contract = Contract(FileDescriptorSet.FromString(source.read_bytes()))
    services = out / PACKAGE / "services"
    services.mkdir(parents=True)
    (services / "__init__.py").write_text('"""The services, one module each. Generated from proto/tako/v1."""\n')
    for file in contract.files:
        if file.service:
            (services / f"{_stem(file)}.py").write_text(Module(contract, file).text(), encoding="utf-8")
    config = ("--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet")
    run("ruff", "check", *config, "--select", "I", "--fix", str(services))
    run("ruff", "format", *config, str(services))
    shutil.copy(ROOT / "proto/tako/v1" / SERVICE_CONFIG, out / PACKAGE / SERVICE_CONFIG)


class Contract:
    """The files of the contract, with their comments and where each type is."""

    def __init__(self, compiled: FileDescriptorSet) -> None:
        self.files = [file for file in compiled.file if file.package == "tako.v1"]
        self.messages: dict[str, tuple[FileDescriptorProto, int]] = {}
        self._homes: dict[str, str] = {}
        for file in self.files:
            module = file.name.removesuffix(".proto").replace("/", ".") + "_pb2"
            for number, message in enumerate(file.message_type):
                self.messages[f".{file.package}.{message.name}"] = (file, number)
                self._homes[message.name] = module

    def message(self, name: str) -> DescriptorProto:
        """The message of a full name."""
        file, number = self.messages[name]
        return file.message_type[number]

    def imported(self, name: str) -> tuple[str, str]:
        """Module, and name in it, of ``.tako.v1.Item.Kind``: nested types are reached through their host."""
        short = name.removeprefix(".tako.v1.")
        return self._homes[short.partition(".")[0]], short


@dataclass
class Module:
    """One service as Python."""

    contract: Contract
    file: FileDescriptorProto
    imports: set[tuple[str, str]] = field(default_factory=set)
    methods: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The module, not formatted yet."""
        service = self.file.service[0]
        name = service.name.removesuffix("Service")
        stub = f"{service.name}Stub"
        module = self.file.name.removesuffix(".proto").replace("/", ".") + "_pb2_grpc"
        summary = _comment(self.file, (6, 0))
        fields = "\n\n".join(self._fields(request) for request in dict.fromkeys(m.input_type for m in service.method))
        bodies = {
            kind: "\n".join(
                part for number, one in enumerate(service.method) for part in self._method(number, one, kind)
            )
            for kind in ("sync", "async")
        }
        self.imports |= {("tako.calling", "Caller"), ("tako.calling", "request_of"), ("tako.calling", "Metadata")}
        self.imports |= {("tako.async_calling", "AsyncCaller"), (module, stub)}
        known = "\n".join(f"from {where} import {what}" for where, what in sorted(self.imports))
        return f'''{_docstring(summary, 0).removesuffix('"""').rstrip()}

Generated from proto/{self.file.name}: change that, and run `make gen`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

{known}

if TYPE_CHECKING:
    from {module} import {service.name}AsyncStub


{fields}


class {name}:
{_docstring(summary)}

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._stub = {stub}(caller.channel)

{bodies["sync"]}


class Async{name}:
{_docstring(summary)}

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
        self._stub: {service.name}AsyncStub = {stub}(caller.channel)

{bodies["async"]}
'''.replace("from collections.abc import AsyncIterator, Iterable, Iterator\n", self._iterables(fields, bodies)).replace(
            "from datetime import timedelta\n", "from datetime import timedelta\n" if "timedelta" in fields else ""
        )

    def _iterables(self, fields: str, bodies: dict[str, str]) -> str:
        text = fields + bodies["sync"] + bodies["async"]
        used = [name for name in ("AsyncIterator", "Iterable", "Iterator") if re.search(rf"\b{name}\[", text)]
        return f"from collections.abc import {', '.join(used)}\n" if used else ""

    def _fields(self, request: str) -> str:
        """The keyword arguments of a request."""
        file, number = self.contract.messages[request]
        message = file.message_type[number]
        lines = [f"class {_fields_name(message.name)}(TypedDict, total=False):"]
        lines.append(_docstring(f"Fields of {message.name}."))
        for position, one in enumerate(message.field):
            lines.append(f"\n    {one.name}: {self._type(one)}")
            lines.append(_docstring(_comment(file, (4, number, 2, position))))
        return "\n".join(lines) + "\n"

    def _type(self, one: FieldDescriptorProto) -> str:
        if one.type_name == DURATION:
            self.imports.add(("google.protobuf.duration_pb2", "Duration"))
            name = "Duration | timedelta"
        elif one.type_name:
            module, name = self.contract.imported(one.type_name)
            self.imports.add((module, name.partition(".")[0]))
            if one.type == FieldDescriptorProto.TYPE_ENUM:
                name += ".ValueType"
        else:
            name = SCALARS[one.type]
        return f"Iterable[{name}]" if one.label == FieldDescriptorProto.LABEL_REPEATED else name

    def _method(self, number: int, method: MethodDescriptorProto, kind: str) -> Iterator[str]:
        """The method, and for a paged one two more: all pages, and all that is on them."""
        is_async = kind == "async"
        request, response = self._known(method.input_type), self._known(method.output_type)
        name, comment = _snake(method.name), _comment(self.file, (6, 0, 2, number))
        made = f"self._stub.{method.name}, request_of({request}, request, fields), timeout, metadata"
        iterator = "AsyncIterator" if is_async else "Iterator"
        if method.server_streaming:
            stream = "AsyncStream" if is_async else "Stream"
            self.imports.add(("tako.async_calling" if is_async else "tako.calling", stream))
            yield _definition(name, request, f"{stream}[{response}]", comment, f"return self._caller.stream({made})")
            return
        wait, define = ("await ", "async def") if is_async else ("", "def")
        body = f"return {wait}self._caller.unary({made})"
        yield _definition(name, request, response, comment, body, define)
        paged = self._paged(method)
        if paged is None:
            return
        listed, element = paged
        body = f"return self._caller.pages({made})"
        what = f"All answers of `{name}`, page after page. `timeout` counts for each."
        yield _definition(f"{name}_pages", request, f"{iterator}[{response}]", what, body)
        what = f"All {listed} of `{name}`, from every page. What failed is told by the outcomes of `{name}_pages`."
        loop = f"{'async ' if is_async else ''}for page in self._caller.pages({made}):"
        body = f"{loop}\n    " + (
            f"for one in page.{listed}:\n        yield one" if is_async else f"yield from page.{listed}"
        )
        yield _definition(f"{name}_all", request, f"{iterator}[{element}]", what, body, define)

    def _paged(self, method: MethodDescriptorProto) -> tuple[str, str] | None:
        """The list in the answer, and the type of what is in it, when there are pages."""
        answer = self.contract.message(method.output_type)
        if not any(one.name == "next_page_token" for one in answer.field):
            return None
        listed = answer.field[0]
        return listed.name, self._known(listed.type_name)

    def _known(self, type_name: str) -> str:
        module, name = self.contract.imported(type_name)
        self.imports.add((module, name))
        return name


def _definition(name: str, request: str, answer: str, comment: str, body: str, define: str = "def") -> str:
    return f"""    {define} {name}(
        self,
        request: {request} | None = None,
        /,
        *,
        timeout: float | None = None,
        metadata: Metadata = (),
        **fields: Unpack[{_fields_name(request)}],
    ) -> {answer}:
{_docstring(comment, 8)}
{indent(body, "        ")}
"""


def _fields_name(request: str) -> str:
    return request.removesuffix("Request") + "Fields"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _stem(file: FileDescriptorProto) -> str:
    return Path(file.name).stem.removesuffix("_service")


def _comment(file: FileDescriptorProto, path: tuple[int, ...]) -> str:
    """The comment before an element, as one paragraph. Every element has one: buf's COMMENTS rules see to that."""
    for location in file.source_code_info.location:
        if tuple(location.path) == path:
            return " ".join(location.leading_comments.split())
    raise LookupError(f"{file.name} has nothing at {path}")


def _docstring(text: str, depth: int = 4) -> str:
    """A docstring, wrapped where it is too long for a line."""
    text = text.replace("\\", "\\\\")
    if depth + len(text) + 6 <= WIDTH:
        return indent(f'"""{text}"""', " " * depth)
    lines = wrap(f'"""{text}', WIDTH - depth)
    return indent("\n".join([*lines, '"""']), " " * depth)


if __name__ == "__main__":
    main()
