"""The documents name all that there is: settings, reasons, outcomes, schemes, dependencies; and their links lead on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from scripts import describe_providers
from tako.v1.answers_pb2 import ProviderOutcome
from tako_providers.sdk.provider import Provider
from tako_server.config import Settings
from tako_server.core import error_table
from tako_server.core.registry import load_providers

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))
OUTCOMES = ProviderOutcome.DESCRIPTOR.enum_types_by_name["Status"].values_by_name
PYPROJECTS = (ROOT / "pyproject.toml", ROOT / "clients" / "python" / "pyproject.toml")

_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def first_cells(page: Path) -> Iterator[str]:
    """The first cell of every row of the tables in ``page``."""
    for line in page.read_text().splitlines():
        if line.startswith("| "):
            yield line.split("|")[1].strip()


def quoted(text: str) -> set[str]:
    """The words in backticks."""
    return set(re.findall(r"`([^`]+)`", text))


def variables() -> set[str]:
    """The variables of all settings, and those of the providers' keys, older names too."""
    settings = {str(field.metadata["variable"]) for field in fields(Settings) if "variable" in field.metadata}
    secrets = [secret for provider in load_providers().values() for secret in provider.manifest.secrets]
    return settings | {name for secret in secrets for name in (secret.variable, *secret.aliases)}


def reasons() -> set[str]:
    """The reason of every error: those of the table, of what is not in it, and of a provider that is not asked."""
    return {what.reason for what in error_table._TABLE.values()} | {"INTERNAL", "PROVIDER_SLOW"}


def dependencies(pyproject: Path) -> set[str]:
    """The names of what a pyproject asks for: to run, to develop and to build; its own distributions left out."""
    told = tomllib.loads(pyproject.read_text())
    groups = told.get("dependency-groups", {}).values()
    asked = [
        *told["project"]["dependencies"],
        *told["build-system"]["requires"],
        *(one for group in groups for one in group),
    ]
    names = {match[0] for one in asked if (match := _NAME.match(one))}
    return names - {"tako-client"}


def anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings of ``page``."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("variable", sorted(variables()))
def test_every_setting_is_in_the_configuration(variable: str) -> None:
    assert f"`{variable}`" in (DOCS / "configuration.md").read_text()


def test_the_configuration_names_no_setting_that_there_is_not() -> None:
    told = {name for cell in first_cells(DOCS / "configuration.md") for name in quoted(cell)}
    assert told - variables() == {"TAKO_API_KEY", "TAKO_CAPTURES"}  # those of the command line and the tests


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_every_reason_is_in_the_errors(reason: str) -> None:
    assert f"`{reason}`" in (DOCS / "errors.md").read_text()


@pytest.mark.parametrize("outcome", sorted({*OUTCOMES} - {"STATUS_UNSPECIFIED"}))
def test_every_outcome_is_in_the_errors(outcome: str) -> None:
    assert f"`{outcome}`" in first_cells(DOCS / "errors.md")


@pytest.mark.parametrize("provider", load_providers().values(), ids=lambda provider: provider.manifest.id)
def test_every_scheme_that_is_looked_up_is_in_the_external_ids(provider: Provider) -> None:
    schemes = {scheme for cell in first_cells(DOCS / "external-ids.md") for scheme in quoted(cell)}
    assert set(provider.manifest.lookups) <= schemes


@pytest.mark.parametrize("pyproject", PYPROJECTS, ids=lambda path: path.parent.name)
def test_every_dependency_has_its_reason(pyproject: Path) -> None:
    told = {name for cell in first_cells(DOCS / "dependencies.md") for name in _NAME.findall(cell)}
    assert dependencies(pyproject) - told == set()


def test_no_dependency_is_told_that_there_is_not() -> None:
    python = (DOCS / "dependencies.md").read_text().partition("## Not Python packages")[0]
    told = {name for line in python.splitlines() if line.startswith("| ") for name in _NAME.findall(line.split("|")[1])}
    assert told - {"package"} - {name for pyproject in PYPROJECTS for name in dependencies(pyproject)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCED.sub("", page.read_text())):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("provider", load_providers().values(), ids=lambda provider: provider.manifest.id)
def test_what_a_provider_needs_is_told_a_browser_too(provider: Provider) -> None:
    manifest = provider.manifest
    text = (DOCS / "providers.md").read_text()
    [row] = [line for line in text.splitlines() if line.startswith(f"| [{manifest.id}](#")]
    section = text.partition(f"\n## {manifest.title}\n")[2].partition("\n## ")[0]
    [needs] = re.findall(r"^\| needs \| (.*) \|$", section, re.MULTILINE)
    required = {setting.variable for setting in manifest.settings if setting.required}
    assert quoted(row.rsplit("|", 2)[1]) == required
    assert quoted(needs) == {setting.variable for setting in manifest.settings}
    assert needs.count(", not required") == len(manifest.settings) - len(required)


@pytest.mark.parametrize("page", describe_providers.pages(), ids=lambda path: path.name)
def test_what_is_made_from_the_manifests_says_what_they_say(page: Path) -> None:
    assert page.read_text() == describe_providers.pages()[page], "run `make gen`"
