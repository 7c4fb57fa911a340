"""Units in words: what is counted stands in the form that its number asks for, the same in sentences and on pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sild.cores.extraction.fields.phrases import lexicon
from sild.values.units import UNITS, english


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        (Decimal(28000), "mailbox", "mailboxes"),
        (3000, "person", "people"),
        (1, "person", "person"),
        (Decimal("1.5"), "licence", "licences"),
        (None, "battery", "batteries"),
        (3, "TB", "TB"),
        (3, None, ""),
        (3, "", ""),
        (2, "a word that nobody listed", "a word that nobody listed"),
    ],
)
def test_a_unit_stands_in_the_form_that_its_number_asks_for(quantity: Decimal | int | None, unit: str | None, said: str) -> None:
    assert english(unit, quantity) == said


def test_most_things_that_reading_counts_have_their_forms() -> None:
    things = {name for name, entry in lexicon("units")["units"].items() if entry["class"] in ("thing", "person", "licence")}
    invariant = {name for name in things if name.isupper()}
    assert len((things - invariant) & UNITS.keys()) >= 0.6 * len(things - invariant)
