"""The documents keep up with the project: links lead somewhere, capabilities name a source and a status, decisions their price."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sild

CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs"
STATUSES = ("stands", "in part", "not begun")
SECTIONS = ("## Context", "## Decision", "## What it costs")


def pages() -> list[Path]:
    return sorted([*CHECKOUT.glob("*.md"), *DOCS.rglob("*.md"), *(CHECKOUT / "bench").glob("*.md")])


def read(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def dead_links(page: Path, text: str) -> list[str]:
    """Relative links and pictures of a Markdown text that lead to no file. Links that leave the checkout are not followed."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    local = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]
    return [f"{page.name}: {target}" for target in local if target and not (page.parent / target).exists()]


def capabilities(text: str) -> list[list[str]]:
    """Rows of the tables of the mission page that begin with a capability: name, what, why with its source, status."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if len(row) == 4 and row[0] != "Capability" and not set(row[0]) <= set("-: ")]


def unfounded(rows: list[list[str]]) -> list[str]:
    """Capabilities without an honest status or without the address of a public source."""
    return [row[0] for row in rows if not row[3].startswith(STATUSES) or "](https://" not in row[2]]


def test_the_readme_shows_the_two_commands() -> None:
    text = read("README.md")
    assert "make demo" in text
    assert "make test" in text


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    asked = {"install", "demo", "test", "test-all", "check", "bench", "reset"}
    described = set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))
    assert asked <= described
    assert set(phony[1].split()) == described


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert dead_links(page, page.read_text(encoding="utf-8")) == []


def test_a_dead_link_is_found() -> None:
    text = "[a](README.md) [b](nowhere.md#part) ![c](images/none.svg) [d](https://example.org/none)"
    assert dead_links(CHECKOUT / "README.md", text) == ["README.md: nowhere.md", "README.md: images/none.svg"]


def test_every_capability_has_a_public_source_and_an_honest_status() -> None:
    rows = capabilities(read("docs/mission.md"))
    assert len(rows) >= 15
    assert unfounded(rows) == []


def test_a_capability_without_source_or_status_is_found() -> None:
    table = (
        "| Capability | What | Why | Status |\n|---|---|---|---|\n| a | x | [s](https://e.org) | splendid |\n| b | x | hearsay | stands |\n"
    )
    assert unfounded(capabilities(table)) == ["a", "b"]


def test_every_wing_stands_on_the_mission_page() -> None:
    text = read("docs/mission.md").lower()
    wings = {path.name for path in (CHECKOUT / "src/sild/wings").glob("*/") if (path / "__init__.py").exists()}
    assert [wing for wing in sorted(wings) if wing not in text] == []


def test_every_core_is_explained() -> None:
    cores = [path.name for path in sorted((CHECKOUT / "src/sild/cores").glob("*/")) if (path / "problem.py").exists()]
    assert [core for core in cores if not (DOCS / "explanation" / f"{core}.md").exists()] == []


def test_decisions_say_their_context_and_what_they_cost() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert records
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name), record.name
        assert all(section in text for section in SECTIONS), f"{record.name} lacks one of {SECTIONS}"
    numbers = [record.name[:4] for record in records]
    assert len(numbers) == len(set(numbers)), "two decisions bear one number"


def test_the_index_of_decisions_lists_each() -> None:
    index = read("docs/decisions/README.md")
    assert [path.name for path in (DOCS / "decisions").glob("[0-9]*.md") if f"({path.name})" not in index] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## {sild.__version__}" in read("CHANGELOG.md")


def test_the_licence_is_apache_2_0() -> None:
    text = read("LICENSE")
    assert "Apache License" in text
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in text
    assert 'license = "Apache-2.0"' in read("pyproject.toml")
