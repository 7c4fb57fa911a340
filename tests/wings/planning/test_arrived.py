"""What has arrived is not planned again: the need asks for its rest, the offer has so much less, and taking it back counts it anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sild.kernel.action import last_act
from sild.kernel.undo import undo
from sild.wings.agreements.public import agreements_by_need
from sild.wings.delivery.public import Packing, Receipt, prepare_consignment, receive_consignment
from sild.wings.planning.public import make_plan, plan_sheet
from sild.wings.planning.reads.problem import posed_problem
from sild.wings.register.public import offers
from tests.cast import Cast
from tests.wings.agreements.conftest import table  # noqa: F401 - the fixture that depot stands on
from tests.wings.delivery.conftest import Depot, depot

__all__ = ["depot"]

TODAY = date(2026, 2, 10)


def asked(depot: Depot) -> tuple[int, int, list[int]]:
    """What the plan asks for of the gateways, what it has of Estonia's, and the lots that are committed."""
    posed = posed_problem(depot.cast.run, TODAY)
    [need] = [one for one in posed.problem.needs if posed.identities[one.id] == depot.need]
    [offer] = [one for one in posed.problem.offers if one.donor == "Estonia"]
    return need.quantity, offer.lots, [one.lots for one in posed.problem.committed]


def arrived(cast: Cast, need: object) -> list[Decimal]:
    return [row.arrived for told, rows in agreements_by_need(cast.officer).items() if told == need for row in rows]


def test_a_plan_asks_for_what_has_not_arrived(depot: Depot) -> None:
    cast = depot.cast
    assert asked(depot) == (20, 12, [6])
    one = prepare_consignment(cast.donor, depot.agreement, Packing(quantity=Decimal(6)))
    receive_consignment(cast.asker, one, Receipt(arrived=Decimal(4)))
    act = last_act()
    assert arrived(cast, depot.need) == [Decimal(4)]
    assert asked(depot) == (16, 8, [2])
    made = make_plan(cast.run, TODAY)
    assert made.findings == ()
    sheet = plan_sheet(cast.officer)
    assert sheet is not None
    [row] = [row for row in sheet.rows if row.need == depot.need]
    assert (row.planned, row.asked, row.state) == (Decimal(12), Decimal(20), "partly")
    assert sum(given.quantity for given in row.given) == 8, "what has arrived is not given again"
    assert act is not None
    undo(cast.asker, act, reason="counted the wrong pallet")
    assert arrived(cast, depot.need) == [Decimal(0)]
    assert asked(depot) == (20, 12, [6])


def test_what_was_committed_and_has_arrived_is_no_commitment_any_more(depot: Depot) -> None:
    cast = depot.cast
    one = prepare_consignment(cast.donor, depot.agreement, Packing(quantity=Decimal(6)))
    receive_consignment(cast.asker, one)
    assert arrived(cast, depot.need) == [Decimal(6)]
    quantity, lots, committed = asked(depot)
    assert (quantity, lots, committed) == (14, 6, [])
    assert [offer.quantity for offer in offers(cast.officer) if offer.provider == "Estonia"] == [Decimal(12)], (
        "the register says what it said"
    )
