"""The inbox is searched over the whole text of its messages, in the usual forms of words, and tells nobody of what is not theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.home import Home
from sild.wings.intake.reads import Wanted, inbox
from sild.wings.intake.rules import Waiting
from tests.cast import Cast
from tests.wings.intake.desk import fill, message_named


@pytest.fixture
def filled(cast: Cast, home: Home, tmp_path: Path) -> Cast:
    fill(cast, home, tmp_path / "inbox")
    return cast


def found(cast: Cast, text: str, who: str = "officer") -> set[str]:
    rows = inbox(getattr(cast, who), Wanted(state=Waiting.ALL, text=text)).rows
    return {row.name for row in rows}


def test_a_message_is_found_by_words_of_its_text_its_attachment_its_head_and_its_lines(filled: Cast) -> None:
    assert found(filled, "zero width entity") == {"hostile.eml"}
    assert "sheet.eml" in found(filled, "switches rack")
    assert "sheet.eml" in found(filled, "list.csv")
    assert "noise.bin" in found(filled, "noise")
    assert found(filled, "zero switches") == set()
    assert found(filled, "...") == set()
    assert found(filled, "laptops") == found(filled, "laptop") != set()


def test_another_organisation_finds_nothing_by_the_words_of_what_it_may_not_see(filled: Cast) -> None:
    assert message_named(filled, "hostile.eml")
    assert found(filled, "zero width entity", "donor") == set()
