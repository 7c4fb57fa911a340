"""Money for a need that moves into a compartment goes along with what came out of it and what it keeps back, and is not there outside."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sild.kernel.actor import acting
from sild.kernel.history import Change
from sild.kernel.home import Home
from sild.postgres.supervisor import Server
from sild.wings.money.actions import NewFlow, put_under, record_flow
from sild.wings.money.models import Flow, Withheld
from sild.wings.money.reads import FlowFilter, list_flows
from sild.wings.money.rules import ShownAs
from sild.wings.register.models import Line
from tests.cast import Cast
from tests.keeping import faults_of_inheritance
from tests.wings.intake.test_closing import closed
from tests.wings.intake.test_run import inbox, run  # noqa: F401 - the fixture is used by its name


def test_money_moves_into_a_compartment_with_its_need(cast: Cast, home: Home, inbox: Path, server: Server) -> None:  # noqa: F811
    run(cast, home, inbox)
    with acting(cast.officer):
        line = Line.objects.get(message_name="generators.eml")
    whole = NewFlow(
        amount=Decimal(100), currency="EUR", giver="Estonia", need_id=line.need_id, title="quietly", shown_as=ShownAs.AMOUNT_ONLY
    )
    first = record_flow(cast.officer, whole)
    part = record_flow(cast.officer, NewFlow(amount=Decimal(40), currency="EUR", giver="A fund", title="out of it"))
    other = record_flow(cast.officer, NewFlow(amount=Decimal(7), currency="EUR", giver="Estonia", title="of something else"))
    put_under(cast.officer, part, first)
    inside, _told = closed(cast, "generators.eml")
    for outside in (cast.deputy, cast.donor, cast.asker):
        assert {row.id for row in list_flows(outside, FlowFilter())[0]} <= {other}
        with acting(outside):
            assert Withheld.objects.count() == 0 and not Change.objects.filter(record_id__in=[first, part]).exists()
    with acting(inside):
        found = {flow.title or "kept back": flow for flow in Flow.objects.all()}
        assert found["out of it"].parent_id == found["kept back"].id and found["out of it"].within
        assert Withheld.objects.get().flow_id == found["kept back"].id
        assert {flow.compartment_id is None for name, flow in found.items() if name != "of something else"} == {False}
        assert found["kept back"].id != first and found["of something else"].id == other
    assert faults_of_inheritance(server) == []
