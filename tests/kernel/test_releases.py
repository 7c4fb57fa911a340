"""What is declared to pass exists, and the page about access says the same as the code."""

from __future__ import annotations

from pathlib import Path

import pytest

import sild
from sild.kernel.releases import RELEASES, Release
from sild.wings.register.rules.release import RELEASED_BY_RULE

PACKAGE = Path(sild.__file__).parent
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "access.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_a_declared_release_names_code_that_is_there_and_says_all_of_it(release: Release) -> None:
    file = release.where.partition(",")[0]
    assert (PACKAGE / file).is_file()
    assert all((release.what, release.to, release.rate, release.why))
    words = release.where.partition(",")[2].split()
    assert not words or any(word in (PACKAGE / file).read_text(encoding="utf-8") for word in words)


def test_names_of_releases_are_given_once() -> None:
    assert len({release.name for release in RELEASES}) == len(RELEASES)


def test_the_page_about_access_shows_every_declared_release_and_every_row_of_the_rule() -> None:
    rows = [line.strip() for line in PAGE.splitlines() if line.startswith("| ")]
    told = {f"| {one.name} | {one.what} | {one.to} | {one.rate} | {one.why} |" for one in RELEASES}
    told |= {f"| {record} | {reader} | {when} |" for record, reader, when in RELEASED_BY_RULE}
    assert told - set(rows) == set()
    assert {row for row in rows if row not in told and not row.startswith(("| record |", "| name |"))} == set()
