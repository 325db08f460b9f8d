"""Runs the conformance table in every language whose toolchain is here: ``make clients-test``."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import secrets
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from clients.conformance.languages import LANGUAGES, Language
from clients.conformance.matrix import CASES, case_ids, write_matrix
from clients.conformance.servers import servers
from tako_server import log

_PATIENCE = 900.0
"""Seconds for one step of one language; the first one fetches and compiles what the client stands on."""
Servers: TypeAlias = Callable[[Path], AbstractAsyncContextManager[Mapping[str, str]]]
"""Starts servers, which may write into a folder, and gives the environment of who asks them."""
_FAILED = re.compile(r"^failed ([a-z0-9-]+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one language: ``failed`` holds ids of cases, ``wrong`` why the run counts for nothing."""

    failed: frozenset[str] = frozenset()
    skipped: str = ""
    wrong: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing failed."""
        return not (self.failed or self.wrong)


def main() -> int:
    """Run what the arguments say; 0 when nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = [language.name for language in LANGUAGES]
    parser.add_argument("languages", nargs="*", metavar="language", help=f"some of {', '.join(names)}; all by default")
    parser.add_argument("--write", action="store_true", help="write the matrix into docs/clients.md")
    parser.add_argument("--serve", action="store_true", help="only start the servers, until Ctrl-C")
    arguments = parser.parse_args()
    if unknown := set(arguments.languages) - set(names):
        parser.error(f"no language is called {', '.join(sorted(unknown))}")
    chosen = [language for language in LANGUAGES if not arguments.languages or language.name in arguments.languages]
    log.configure("error", "text")
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        if arguments.serve:
            return asyncio.run(_serve())
        results = asyncio.run(_run(chosen))
        if arguments.write:
            failed = {
                language.title: results[language.name].failed for language in chosen if _counts(results, language)
            }
            write_matrix(failed)
        return 0 if all(result.is_good for result in results.values()) else 1
    return 130


def _counts(results: Mapping[str, Result], language: Language) -> bool:
    result = results[language.name]
    return not (result.skipped or result.wrong)


async def _serve() -> int:
    _end_on_sigterm()
    with tempfile.TemporaryDirectory(prefix="tako-clients-") as folder:
        async with servers(Path(folder)) as environment:
            for name, value in {**environment, "TAKO_TEST_CASES": str(CASES)}.items():
                print(f"export {name}={value}", flush=True)
            await asyncio.Event().wait()
    return 0


def _end_on_sigterm() -> None:
    """Let a SIGTERM do what Ctrl-C does: servers and tests end in good order."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def _run(languages: Sequence[Language]) -> dict[str, Result]:
    _end_on_sigterm()
    results = {language.name: await _tested(language, servers) for language in languages}
    for language in languages:
        result = results[language.name]
        if result.skipped:
            print(f"{language.name}: skipped, {result.skipped}")
        if result.wrong:
            print(f"{language.name}: {result.wrong}", file=sys.stderr)
    return results


async def _tested(language: Language, start: Servers) -> Result:
    """The table in one language. Where its toolchain is missing it is left out, in CI that is a failure."""
    if lacks := language.lacks():
        return Result(wrong=lacks) if os.environ.get("TAKO_CI") == "1" else Result(skipped=lacks)
    # Servers of its own: one language may take minutes to compile, and then its answers would be STALE for the next.
    with tempfile.TemporaryDirectory(prefix="tako-clients-") as folder:
        async with start(Path(folder)) as environment:
            return await _asked(language, environment, Path(folder))


async def _asked(language: Language, environment: Mapping[str, str], folder: Path) -> Result:
    table = folder / "cases.json"
    run = f"{language.name}{secrets.token_hex(4)}"
    table.write_text(CASES.read_text(encoding="utf-8").replace("@RUN@", run), encoding="utf-8")
    loopback = {name: f"{os.environ[name]},127.0.0.1" if os.environ.get(name) else "127.0.0.1" for name in _NO_PROXY}
    told = {**os.environ, **loopback, **environment, "TAKO_TEST_CASES": str(table), "TAKO_TEST_RUN": run}
    output = ""
    for step in language.steps:
        try:
            code, output = await _step(step, language.folder, told)
        except TimeoutError:
            return Result(wrong=f"`{' '.join(step)}` did not end in {_PATIENCE:.0f} s")
        if code and not _FAILED.search(output):
            return Result(wrong=f"`{' '.join(step)}` ended with exit code {code}")
    return _judged(language, output)


def _judged(language: Language, output: str) -> Result:
    """What the last lines say, held against the table."""
    failed = frozenset(_FAILED.findall(output))
    last = re.search(rf"^{language.name}: (\d+) passed, (\d+) failed$", output, re.MULTILINE)
    if last is None:
        return Result(failed=failed, wrong=f"did not end with `{language.name}: N passed, N failed`")
    passed, not_passed = int(last[1]), int(last[2])
    if passed + not_passed != len(case_ids()) or not_passed != len(failed):
        return Result(failed=failed, wrong=f"says {passed} + {not_passed} of {len(case_ids())} cases")
    return Result(failed=failed)


async def _step(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and standard output, which is shown too. Raises TimeoutError."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    lines: list[str] = []
    shown = cast("asyncio.StreamReader", process.stdout)  # it is there, because of PIPE
    try:
        async with asyncio.timeout(_PATIENCE):
            async for line in shown:
                lines.append(line.decode(errors="replace"))
                print(lines[-1], end="", flush=True)
            await process.wait()
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return process.returncode or 0, "".join(lines)


_NO_PROXY = ("no_proxy", "NO_PROXY")
"""gRPC libraries take a proxy from the environment, and the servers are on this machine."""


if __name__ == "__main__":
    sys.exit(main())
