"""Backup and restore of the store that is a PostgreSQL, by its own programs, also while servers use it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.backup_tables import KEPT, PURGES, STEPS, Refused, check_step
from tako_server.config import Settings

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
"""The newest first: pg_dump may be newer than the server, never older."""

# Servers that ask meanwhile wait, or go on without the store for a moment. `before` is what they have seen of purges:
# a higher number lets them forget what they have in memory.
_BEGIN = f"""
SET lock_timeout = '30s';
BEGIN;
LOCK TABLE {", ".join(KEPT)} IN ACCESS EXCLUSIVE MODE;
CREATE TEMPORARY TABLE before ON COMMIT DROP AS SELECT number FROM tako_generation WHERE name = '{PURGES}';
TRUNCATE {", ".join(KEPT)};
"""  # noqa: S608 - names of ours
_END = f"""
SET search_path TO DEFAULT;
INSERT INTO tako_generation (name, number) VALUES ('{PURGES}', coalesce((SELECT number FROM pg_temp.before), 0) + 1)
    ON CONFLICT (name) DO UPDATE SET number = greatest(excluded.number, tako_generation.number + 1);
COMMIT;
ANALYZE {", ".join(KEPT)};
"""  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class Postgres:
    """How the programs of PostgreSQL are run against a database.

    ``prefix`` comes before each command: a way into a container that has them.
    """

    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Postgres:
        """Programs of this machine, and the database of the settings."""
        return cls(
            environment={
                "PGHOST": settings.db_host,
                "PGPORT": str(settings.db_port),
                "PGDATABASE": settings.db_name,
                "PGUSER": settings.db_user,
                "PGPASSWORD": settings.db_password,  # never an argument: those are seen by all
                "PGSSLMODE": "require" if settings.db_ssl else "disable",
                "PGCONNECT_TIMEOUT": "10",
            }
        )

    @classmethod
    def in_compose(cls, settings: Settings) -> Postgres:
        """Programs and database of the container `tako-db`, which is not published."""
        names = (f"PGDATABASE={settings.db_name}", f"PGUSER={settings.db_user}")
        return cls(("docker", "compose", "exec", "-T", "tako-db", "env", *names))

    def backup(self, file: Path) -> None:
        """Copy the tables as they are at one moment. Raises Refused."""
        tables = [f"--table={name}" for name in (*KEPT, STEPS)]
        with file.open("wb") as target:
            self._run("pg_dump", "--format=custom", "--data-only", "--no-owner", *tables, stdout=target)
        self._step_of(file)

    def restore(self, file: Path) -> None:
        """Put the rows of a backup in the place of the database's, all or none. Raises Refused."""
        check_step(self._step_of(file), self._step_here())
        words = (*("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"), "--file=-", "--output=/dev/null")
        psql = subprocess.Popen(
            self._command("psql", *words), env=self._env(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert psql.stdin is not None  # noqa: S101 - asked for with PIPE
        told = ""
        try:
            with contextlib.suppress(BrokenPipeError):  # psql says why
                psql.stdin.write(_BEGIN.encode())
                for part in self._rows(file, *KEPT):
                    psql.stdin.write(part)
                psql.stdin.write(_END.encode())  # not reached when a row is missing: what has begun ends with psql
        except Refused as error:
            told = str(error)
        finally:
            _, said = psql.communicate()
        if told or psql.returncode:
            raise Refused(told or _last_line(said))

    def _rows(self, file: Path, *tables: str) -> Iterator[bytes]:
        """The statements that fill the tables, in parts. Raises Refused when the file does not hold them all."""
        words = ("--data-only", "--no-owner", "--file=-", *(f"--table={name}" for name in tables))
        with file.open("rb") as source:
            reading = subprocess.Popen(
                self._command("pg_restore", *words),
                env=self._env(), stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
            assert reading.stdout is not None  # noqa: S101 - asked for with PIPE
            try:
                while part := reading.stdout.read(1 << 20):
                    yield part
            finally:
                reading.stdout.close()
                _, said = reading.communicate()
        if reading.returncode:
            raise Refused(f"the backup can't be read: {_last_line(said)}")

    def _step_of(self, file: Path) -> int:
        """The step of the tables in a backup. Raises Refused when it is none."""
        text = b"".join(self._rows(file, STEPS)).decode()
        numbers = re.findall(r"^(\d+)\t", text.partition(f"{STEPS} (")[2], re.MULTILINE)
        if not numbers:
            raise Refused("it is no backup of Tako")
        return max(map(int, numbers))

    def _step_here(self) -> int:
        asked = f"SELECT max(number) FROM {STEPS}"  # noqa: S608 - a name of ours
        try:
            said = self._run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "-c", asked, stdout=subprocess.PIPE)
        except Refused as error:
            if STEPS in str(error):
                raise Refused("the database has no tables of Tako: start Tako once, then restore") from None
            raise
        return int(said or 0)

    def _run(self, *command: str, stdout: object) -> bytes:
        done = subprocess.run(
            self._command(*command),
            env=self._env(), stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, check=False,  # type: ignore[call-overload] # a file or PIPE
        )  # fmt: skip
        if done.returncode:
            raise Refused(f"{command[0]}: {_last_line(done.stderr)}")
        printed: bytes = done.stdout or b""
        return printed

    def _command(self, program: str, *arguments: str) -> Sequence[str]:
        if self.prefix:
            return (*self.prefix, program, *arguments)
        found = shutil.which(program, path=os.pathsep.join([*map(str, _DEBIAN), os.environ.get("PATH", "")]))
        if found is None:
            raise Refused(f"{program} is missing: install PostgreSQL's programs (Debian: postgresql-client)")
        return (found, *arguments)

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


def _last_line(said: bytes) -> str:
    """What a program said at the end, where the reason is."""
    lines = said.decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "ERROR" in line or "error" in line), lines[-1] if lines else "it failed")
