"""Likely repeats: a linked line shows its links with reasons, a line that came since is compared with what is alike."""

from __future__ import annotations

from pathlib import Path

from sild.kernel.home import Home
from sild.wings.intake.actions.triage import add_line_to
from sild.wings.linkage.public import likely_repeats, links
from tests.cast import Cast
from tests.wings.intake.desk import fill, lines_of, message_named


def test_links_and_lines_that_came_since_are_told_with_their_reasons(cast: Cast, home: Home, tmp_path: Path) -> None:
    fill(cast, home, tmp_path / "inbox")
    [line] = lines_of(cast, "laptops.eml")
    found = likely_repeats(cast.officer, [line.id])[line.id]
    assert {one.other.id for one in found} <= {key for link in links(cast.officer) for key in (link.line_a, link.line_b)}
    assert found[0].proposed
    assert found[0].reasons_for
    values = {"kind": "request", "item": "laptops", "quantity": "40", "category": line.category, "beneficiary": line.beneficiary}
    fresh = add_line_to(cast.officer, message_named(cast, "thanks.eml"), "", values, reason="on the picture")
    compared = likely_repeats(cast.officer, [fresh])[fresh]
    assert line.id in {one.other.id for one in compared}
    assert not compared[0].proposed
    assert compared[0].reasons_for
    assert likely_repeats(cast.donor, [line.id, fresh]) == {}
