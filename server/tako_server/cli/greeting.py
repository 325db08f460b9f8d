"""What `tako serve` says when it is ready: where it is, a page to open, and three commands that work."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tako_server.cli.options import DEFAULT_ADDRESS, reachable
from tako_server.cli.samples import WORDS, is_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tako_server.app import Ready


class _Suggestions(NamedTuple):
    """A book to ask gRPC for, a path of REST, a book to ask the command line for."""

    by_grpc: str
    by_rest: str
    by_command: str


_REAL = _Suggestions("this is how you lose the time war", "/v1/tcg/search?set=mid", "harry potter")
"""Answered by the recordings and by the real upstreams alike, without any key."""
_SAMPLED = _Suggestions(WORDS["books"], "/v1/tcg/search?query=sample+griffin", WORDS["books"])


def greeting(ready: Ready, replay: Sequence[Path]) -> str:
    """The text, for a server whose upstreams are those of ``replay``."""
    samples = is_samples(replay)
    source = ""
    if ready.replay:
        source = ", on samples written for Tako" if samples else ", on recorded answers; no upstream is asked"
    lines = [f"Tako is up{source}.", f"  gRPC  {ready.grpc_address}"]
    if ready.rest_url:
        lines.append(f"  REST  {ready.rest_url}")
    if ready.tls:  # by the name in the certificate, which is not the address above
        lines += ["", "It speaks TLS. Call it by the name in its certificate."]
    else:
        if ready.rest_url:
            page = f"/?{urlencode({'q': WORDS['media']})}" if samples else "/"
            lines += ["", "Open in a browser:", f"  {ready.rest_url}{page}"]
        lines += ["", "Try, in another terminal:"]
        lines += [f"  {command}" for command in _commands(ready, _SAMPLED if samples else _REAL)]
    return "\n".join([*lines, "", "Ctrl-C stops it.", ""])


def server_option(ready: Ready) -> str:
    """What a `tako` command needs to find this server: nothing when it is where they all look."""
    address = reachable(ready.grpc_address)
    return "" if address == DEFAULT_ADDRESS else f" --server {address}"


def _commands(ready: Ready, words: _Suggestions) -> list[str]:
    address, where = reachable(ready.grpc_address), server_option(ready)
    body = shlex.quote('{"query":"' + words.by_grpc + '"}')
    third = f"curl '{ready.rest_url}{words.by_rest}'" if ready.rest_url else f"{program('tako')} providers{where}"
    return [
        f"{program('grpcurl')} -plaintext -d {body} {address} tako.v1.BooksService/Search",
        third,
        f'{program("tako")} search books "{words.by_command}"{where}',
    ]


def program(name: str) -> str:
    """How to call a program from here: by its name where that is found, else from Tako's own environment."""
    own = Path(sys.executable).with_name(name)
    if shutil.which(name) is not None or not own.exists():
        return name
    here = Path.cwd()
    return str(own.relative_to(here) if own.is_relative_to(here) else own)
