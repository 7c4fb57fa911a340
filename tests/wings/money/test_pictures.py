"""Money as a picture: each piece once, in one currency, and what it does not hold is told as a number of rows."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from sild.wings.money.actions import NewFlow, record_flow
from sild.wings.money.public import FlowState, picture_of_money, totals_of
from sild.wings.money.reads import FlowFilter
from tests.cast import Cast
from tests.web.signed import signed_in


def test_the_picture_holds_what_the_total_of_its_pot_holds(cast: Cast) -> None:
    assert "no flow of money" in picture_of_money(cast.officer).summary
    for giver, amount, currency in (("Estonia", "100.01", "EUR"), ("Latvia", "0.99", "EUR"), ("Poland", "7", "PLN")):
        told = NewFlow(
            amount=Decimal(amount), currency=currency, state=FlowState.COMMITTED, giver=giver, body="A court", source="a letter"
        )  # fmt: skip
        record_flow(cast.officer, told, reason="they wrote so")
    drawn = picture_of_money(cast.officer)
    [pot] = [pot for pot in totals_of(cast.officer, FlowFilter(), currency="EUR").pots if pot.pot == "firm"]
    assert drawn.total[-1] == pot.whole.sums[0].amount == Decimal("101.00")
    assert [row[0] for row in drawn.rows] == ["Estonia", "Latvia"]
    assert "are kept back: 1" in drawn.summary
    assert picture_of_money(cast.officer, currency="PLN").total[-1] == 7
    assert picture_of_money(cast.officer, pot="spent").picture is None
    text = signed_in(cast.officer).get(reverse("money.picture"), {"currency_wanted": "EUR"}).content.decode()
    assert 'role="img"' in text
    assert "101" in text
    assert picture_of_money(cast.outsider).rows == ()
