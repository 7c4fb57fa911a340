"""What forms send: amounts are digits alone, so that no short word fills the memory and nothing is kept as less than it says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [("40", "40"), ("2,5", "2.5"), ("1 000.125", "1000.125"), ("+3", "3"), ("-2", "-2"), (".5", "0.5"), ("5.", "5"), ("0.5000", "0.5")],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["1e-999999999", "1E+14", "1e5", "NaN", "Infinity", "٣", "1_000", "--1", ".", "+", "0x10", "9" * 16, "0." + "0" * 100 + "1", "1.2.3"],
)
def test_what_is_not_digits_alone_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        amount_of(text)


def test_what_is_finer_than_what_is_kept_is_refused_and_not_kept_as_nothing() -> None:
    with pytest.raises(Refused):
        amount_of("0.0004")
    assert amount_of("0.00000004", places=8) == Decimal("0.00000004")
