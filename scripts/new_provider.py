"""Start a provider from the template: its module, facts, samples and test, which pass from the first minute.

    new_provider.py NAME DOMAIN      make new-provider NAME=acme DOMAIN=music

What is written asks a service that does not exist. CONTRIBUTING.md, "Add a provider", says how it becomes yours.
"""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tako_providers.sdk import Domain
from tako_server.core.domains import CONTRACTS

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    Domain.CONSTRUCTION_TOYS: "BUILDING_SET",
    Domain.BOOKS: "BOOK",
    Domain.COMICS: "COMIC_SERIES",
    Domain.ANIME_MANGA: "ANIME",
    Domain.MEDIA: "MOVIE",
    Domain.VIDEOGAMES: "VIDEO_GAME",
    Domain.BOARDGAMES: "BOARD_GAME",
    Domain.COLLECTIBLES: "COLLECTIBLE",
    Domain.STICKER_ALBUMS: "STICKER_ALBUM",
    Domain.TCG: "TRADING_CARD",
    Domain.MUSIC: "ALBUM",
    Domain.ECOMMERCE: "PRODUCT",
}
_BOOKS_ONLY = (
    re.compile(r"^ *book=Book\(\n.*?^        \),\n", re.MULTILINE | re.DOTALL),
    re.compile(r"^ *(external_ids=external_ids|\"author\": ask|\"isbn\": ask).*\n", re.MULTILINE),
    re.compile(r"^ *# Template: only what `search` below.*\n *filters=.*\n", re.MULTILINE),
    re.compile(r"^from tako\.v1\.details_books_pb2.*\n", re.MULTILINE),
    re.compile(r", book=Book\(\)"),
    re.compile(r"^ *assert \[.*(external_ids|book\.credits)\].*\n", re.MULTILINE),
    re.compile(r"^ *assert not item\.book\..*\n", re.MULTILINE),
)
"""What of the template only books have."""


def main(arguments: list[str]) -> None:
    """Write the files, or say in one line why not."""
    if len(arguments) != 2:
        sys.exit('which one? make new-provider NAME=acme DOMAIN=music ("NAME" is lower case, and for ever)')
    name, domain = arguments
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        sys.exit(f"{name!r} is no provider id: a lower-case letter, then letters, digits and _")
    if domain not in set(Domain):
        sys.exit(f"{domain!r} is no domain; there are {', '.join(Domain)}")
    written = files(name, Domain(domain))
    present = [path for path in written if (ROOT / path).exists()]
    if present or list((ROOT / "providers/tako_providers").glob(f"*/{name}")):
        sys.exit(f"there is a provider {name} already: {', '.join(map(str, present))}")
    for path, text in written.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
        print(path)
    _tidy(list(written))
    subprocess.run([sys.executable, "-m", "scripts.describe_providers"], check=True, cwd=ROOT)
    print(f"\nIt is loaded already. Next: CONTRIBUTING.md, and  make test ARGS='-k {name}'")


def files(name: str, domain: Domain) -> dict[Path, str]:
    """The files of a new provider by their paths in the project."""
    package = Path("providers/tako_providers") / domain.replace("-", "_")
    samples = Path("server/tako_server/samples") / name
    module = _own((ROOT / "providers/tako_providers/_template.py").read_text(), name, domain)
    module = re.sub(
        r'"""The template of a provider\..*?"""', f'"""{_title(name)}."""', module, count=1, flags=re.DOTALL
    )
    module = re.sub(r"^ *# Template: .*\n(?: *# .*\n)*", "", module, flags=re.MULTILINE)
    test = _own((ROOT / "tests/providers/test_template.py").read_text(), name, domain)
    test = re.sub(r'""".*?"""', f'"""{_title(name)}: what a user would notice."""', test, count=1, flags=re.DOTALL)
    test = test.replace("tako_providers._template", f"tako_providers.{package.name}.{name}")
    tested = Path(f"tests/providers/test_{name}.py")
    if domain is not Domain.BOOKS:
        test = test.replace('author="Ada", isbn="9780306406157", order_by', '"ada", order_by')
        test = test.replace('{"author": "Ada", "isbn": "9780306406157", ', '{"q": "ada", ')
    written = {
        package / f"{name}.py": module,
        Path(f"tests/conformance/facts/{name}.py"): _FACTS.format(title=_title(name), name=name),
        tested: test,
        **{samples / path: text for path, text in _samples(name, KINDS[domain]).items()},
    }
    if not (ROOT / package / "__init__.py").exists():
        written[package / "__init__.py"] = f'"""Providers of {domain.replace("-", " ")}."""\n'
    return written


_FACTS = '''"""{title}."""

from tests.conformance.cases import Facts

facts = Facts("{name}", walk="sample", nothing="nothing")
'''


def _own(text: str, name: str, domain: Domain) -> str:
    """The template's text with this provider's names, and without what other domains do not have."""
    contract = CONTRACTS[domain]
    prefix = contract.search.__name__.removesuffix("SearchRequest")
    if domain is not Domain.BOOKS:
        for only in _BOOKS_ONLY:
            text = only.sub("", text)
    for old, new in (
        ("tako.v1.books_service_pb2", contract.search.__module__),
        ("BooksSearchRequest", f"{prefix}SearchRequest"),
        ("BooksTrendingRequest", f"{prefix}TrendingRequest"),
        ("Domain.BOOKS", f"Domain.{domain.name}"),
        ("Item.BOOK", f"Item.{KINDS[domain]}"),
        ("Example Library", _title(name)),
        ("EXAMPLE_API_KEY", f"{name.upper()}_API_KEY"),
        ('id="example"', f'id="{name}"'),
        ("example/book/", f"{name}/{KINDS[domain].lower()}/"),
        ("import Example\n", f"import {_class(name)}\n"),
        ("class Example(", f"class {_class(name)}("),
        ("Example()", f"{_class(name)}()"),
        ("Example.manifest", f"{_class(name)}.manifest"),
    ):
        text = text.replace(old, new)
    return text


def _title(name: str) -> str:
    return name.replace("_", " ").title()


def _class(name: str) -> str:
    return _title(name).replace(" ", "")


def _tidy(paths: list[Path]) -> None:
    """Drop imports that nothing needs any more, and bring the modules into the project's form."""
    modules = [str(path) for path in paths if path.suffix == ".py"]
    for command in (("check", "--fix", "--select", "F401,I", "--quiet"), ("format", "--quiet")):
        subprocess.run([str(Path(sys.executable).with_name("ruff")), *command, *modules], check=True, cwd=ROOT)


def _samples(name: str, kind: str) -> dict[str, str]:
    """What `make demo` and the tests answer from: two hits, the detail of one, nothing, an error."""
    entry = {"id": 17, "title": "A Sample", "published": "2019-05-01", "summary": "Written as an example."}
    hits = {"books": [entry, {"id": 18, "title": "Another Sample"}], "total": 2, "last_page": 1}
    none: dict[str, Any] = {"books": [], "total": 0, "last_page": 1}
    api = "https://api.example.org/v1"
    answers = {
        "search-sample": ("search", f"{api}/books?q=sample&page=1", 200, hits),
        "search-nothing": ("search", f"{api}/books?q=nothing&page=1", 200, none),
        "trending-recent": ("trending", f"{api}/books/new?page=1", 200, hits),
        "detail-17": ("detail", f"{api}/books/17", 200, entry),
        "error-unknown": ("error", f"{api}/books/999", 404, {"message": "no such thing"}),
    }
    written = {}
    for record, (operation, url, status, body) in answers.items():
        told = {
            "provider": name,
            "operation": operation,
            "kind": kind.lower(),
            "request": {"method": "GET", "url": url, "headers": {}, "body": None},
            "response": {
                "status": status,
                "headers": {"content-type": "application/json"},
                "body_file": f"{record}.body.json",
            },
            "source": {"note": "written for Tako"},
            "fidelity": "sample",
            "expect": {},
        }
        written[f"{record}.json"] = json.dumps(told, indent=2) + "\n"
        written[f"{record}.body.json"] = json.dumps(body, indent=2) + "\n"
    return written


if __name__ == "__main__":
    main(sys.argv[1:])
