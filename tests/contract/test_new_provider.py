"""`make new-provider` writes a start that works, in whichever domain."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import new_provider
from tako_providers.sdk import Domain

ROOT = Path(__file__).parents[2]
NAME = "acme_shelf"


@pytest.mark.parametrize("domain", [Domain.BOOKS, Domain.MUSIC, Domain.CONSTRUCTION_TOYS])
def test_a_started_provider_holds_its_tests(domain: Domain, tmp_path: Path) -> None:
    """Its own test, which the template's is, run in a copy that has nothing but it beside the sdk and the tests."""
    for part in ("providers/tako_providers/sdk", "tests/conformance/cases.py", "tests/providers/fake_upstream.py"):
        source, target = ROOT / part, tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    for name in ("tests/__init__.py", "tests/captures.py", "providers/tako_providers/__init__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for package in ("tests/providers", "tests/conformance"):
        (tmp_path / package / "__init__.py").touch()
    for path, text in new_provider.files(NAME, domain).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "providers/tako_providers" / domain.replace("-", "_") / "__init__.py").touch()
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-o",
            "asyncio_mode=auto",
            f"tests/providers/test_{NAME}.py",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}/providers:{ROOT}/server:{ROOT}/clients/python:{tmp_path}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("arguments", [[], ["Acme", "music"], ["class", "music"], ["acme", "musik"], ["tmdb", "media"]])
def test_what_cannot_be_started_is_told_in_one_line(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        new_provider.main(arguments)
    assert isinstance(ended.value.code, str)
    assert "\n" not in ended.value.code
