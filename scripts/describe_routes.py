"""Write docs/route-map.md: what each route of the service that Tako replaces has become.

The data is tests/routes/routes.tsv, one row for each old route; `make gen` runs this, a test fails when the page no
longer says what the table says, and another puts every mapped row to a server (tests/routes/test_routes.py).
"""

from __future__ import annotations

import csv
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, quote

from google.api.annotations_pb2 import http
from google.api.http_pb2 import HttpRule
from google.protobuf.descriptor import MethodDescriptor

import tako.v1

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "routes" / "routes.tsv"
PAGE = ROOT / "docs" / "route-map.md"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_IN_PATH = re.compile(r"\{(\w+)(?:=\*\*)?\}")
_OUT = "-"
_WEB = "HTTP "
_NOT_RUN = "!"

Pairs = Sequence[tuple[str, str]]
"""Fields of a request and their values, as in a URL; a repeated field occurs several times."""

_HEAD = """# Route map

What each route of the service that Tako replaces has become: the RPC with its arguments, and the same over REST. This
page is made from `tests/routes/routes.tsv` by `make gen`. A test puts every row to a server that answers from the
samples, by gRPC and by REST, and fails on a route that is not mapped.

`{name}` stands for the parameter of the old route; one that was not given leaves its field out. What is the same
everywhere:

| old | here |
|---|---|
| `q`, `query` | `query` |
| `max`, `limit`, `maxResults`, `pageSize` | `page_size`, 100 at most |
| `page`, `offset` | `page_token`, from the answer before: pages are not counted |
| `lang`, `locale`, `targetLang` | `language`, and `region` where a locale names a country |
| `autoTrad` | `translate`; a provider that knows one language names `language` among the fields that it ignored |
| `ordering`, `orderBy`, `sort`, `sortBy`, `order` | `order_by`, a value of `Order`, and `descending` |
| `country` | `region`, or the marketplace |
| ids of their own | `provider/kind/source-id`: [contract.md](contract.md#domains-kinds-ids) |

Values of enums are names of the contract in any case (`kind=series`), lists are repeated parameters, and what held an
address is gone: callers pass no URLs. Every answer is an `Item`, or a list of them, with
[outcomes](errors.md#outcomes).
"""


@dataclass(frozen=True, slots=True)
class Route:
    """One old route, and what it has become."""

    method: str
    path: str
    call: str
    """``Service/Method``, ``HTTP /path`` of the web app, or ``-`` for what is not carried over."""
    arguments: Pairs
    example: Mapping[str, Sequence[str]]
    """Values of the placeholders for which the samples have an answer."""
    note: str
    reason: str
    """Why it is not carried over, or can't be put to a server that answers from samples."""

    @property
    def is_out(self) -> bool:
        """Whether it is not carried over."""
        return self.call == _OUT

    @property
    def is_web(self) -> bool:
        """Whether the web app answers it, without an RPC."""
        return self.call.startswith(_WEB)

    @property
    def is_run(self) -> bool:
        """Whether the tests put it to a server."""
        return not self.reason

    def filled(self) -> Pairs:
        """The arguments with the values of the example; an argument without one is left out."""
        found: list[tuple[str, str]] = []
        for name, value in self.arguments:
            names = _PLACEHOLDER.findall(value)
            if value == "".join(f"{{{one}}}" for one in names) and len(names) == 1:
                found += [(name, one) for one in self.example.get(names[0], ())]
            elif all(one in self.example for one in names):
                found.append((name, _PLACEHOLDER.sub(lambda match: self.example[match[1]][0], value)))
        return found


def routes() -> list[Route]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_route(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _route(row: Mapping[str, str]) -> Route:
    out, example = row["call"] == _OUT, row["example"]
    not_run = example[len(_NOT_RUN) :] if example.startswith(_NOT_RUN) else ""
    return Route(
        method=row["method"],
        path=row["path"],
        call=row["call"],
        arguments=() if out else parse_qsl(row["arguments"], strict_parsing=bool(row["arguments"])),
        example={} if not_run else parse_qs(example, strict_parsing=bool(example)),
        note=row["note"],
        reason=row["arguments"] if out else not_run,
    )


def methods() -> dict[str, MethodDescriptor]:
    """Every RPC of the contract by ``Service/Method``."""
    found: dict[str, MethodDescriptor] = {}
    for module in pkgutil.iter_modules(tako.v1.__path__):
        if module.name.endswith("_service_pb2"):
            file = importlib.import_module(f"tako.v1.{module.name}").DESCRIPTOR
            for service in file.services_by_name.values():
                found |= {f"{service.name}/{method.name}": method for method in service.methods}
    return found


@dataclass(frozen=True, slots=True)
class Rest:
    """A call over REST. ``body`` is empty where there is none."""

    verb: str
    url: str
    body: str


def rest(method: MethodDescriptor, pairs: Pairs, safe: str = "/") -> Rest:
    """The REST call of a method with these arguments. Signs in ``safe`` stay as they are."""
    rule: HttpRule = method.GetOptions().Extensions[http]  # type: ignore[index] # the stubs know no extensions
    path, values = rule.get or rule.post, dict(pairs)
    in_path = set(_IN_PATH.findall(path))
    url = _IN_PATH.sub(lambda match: quote(values[match[1]], safe), path)
    others = [(name, value) for name, value in pairs if name not in in_path]
    if rule.body:
        return Rest("POST", url, "{" + ", ".join(f'"{name}": {_json(value)}' for name, value in others) + "}")
    query = "&".join(f"{name}={quote(value, safe)}" for name, value in others)
    return Rest("GET", f"{url}?{query}" if query else url, "")


def _json(value: str) -> str:
    """A value in a JSON body: placeholders, truth and numbers as they are."""
    bare = _PLACEHOLDER.fullmatch(value) or value in ("true", "false") or value.isdecimal()
    return value if bare else json.dumps(value)


# --- The page ---


def page() -> str:
    """docs/route-map.md as it should be."""
    every = routes()
    mapped = [route for route in every if not route.is_out]
    out = [route for route in every if route.is_out]
    left = [route for route in mapped if not route.is_run]
    lines = [_HEAD, f"{len(mapped)} of {len(every)} routes are mapped, {len(out)} are out of scope.", ""]
    for area, rows in groupby(every, key=_area):
        here = [route for route in rows if not route.is_out]
        if here:
            lines += [f"## {area}", "", *_mapped(here), ""]
    lines += ["## Out of scope", "", *_reasons(out), ""]
    if left:
        lines += ["## Mapped, and not run by the test", "", *_reasons(left), ""]
    return "\n".join(lines)


def _area(route: Route) -> str:
    """The domain, and the provider where there is one."""
    _, first, *rest_of_path = route.path.split("/")
    if first != "api" or rest_of_path[0] == "cache":
        return "The service itself" if first != "api" else "The cache"
    domain, *more = rest_of_path
    of_one = more and more[0] not in ("health", "search")
    return f"{domain}: {more[0]}" if of_one else domain


def _mapped(rows: Sequence[Route]) -> Iterator[str]:
    yield "| old route | RPC and arguments | REST | |"
    yield "|---|---|---|---|"
    known = methods()
    for route in rows:
        if route.is_web:
            call, over_rest = "(the web app)", f"`GET {route.call.removeprefix(_WEB)}`"
        else:
            asked = rest(known[route.call], route.arguments, safe="/{}")
            arguments = " ".join(f"{name}={value}" for name, value in route.arguments)
            call = f"`{route.call}`" + (f" `{arguments}`" if arguments else "")
            body = f" `{asked.body}`" if asked.body not in ("", "{}") else ""
            over_rest = f"`{asked.verb} {asked.url}`{body}"
        yield f"| `{route.method} {route.path}` | {call} | {over_rest} | {route.note} |".replace("|  |", "| |")


def _reasons(rows: Sequence[Route]) -> Iterator[str]:
    yield "| old route | reason |"
    yield "|---|---|"
    for route in rows:
        yield f"| `{route.method} {route.path}` | {route.reason} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
