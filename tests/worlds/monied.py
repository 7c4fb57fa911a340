"""Money in the base world: flows in every state, some of them kept back, one inside another, public ones and claims that contradict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sild.formats.flows import read_flows
from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.wings.money.actions import NewFlow, import_flows, put_under, record_flow
from sild.wings.money.rules import FlowState, ShownAs
from sild.wings.register.public import needs, offers
from tests.wings.money.made import FACTS, fts_answer, fts_flow

FLOWS = 8


def fund(officer: Actor, readers: list[Actor], today: date) -> None:
    """Write flows down for some needs and offers, show two to those whom no rule shows any, and take a public file in."""
    asked = [one for one in needs(officer) if one.marking <= 2][:FLOWS]
    given = [one for one in offers(officer) if one.provider and one.marking <= 2][:FLOWS]
    made = []
    for number, (need, offer) in enumerate(zip(asked, given, strict=False)):
        told = NewFlow(
            amount=Decimal(1000 + number),
            currency=("EUR", "USD")[number % 2],
            state=list(FlowState)[number % 5],
            giver=offer.provider,
            body=need.beneficiary,
            title="money for the worlds",
            on=today,
            shown_as=list(ShownAs)[number % 4],
            need_id=need.id if number % 2 else None,
            offer_id=None if number % 2 else offer.id,
        )
        made.append(record_flow(officer, told, reason="for the worlds"))
    assert len(made) >= 4, "the worlds have too little money"
    put_under(officer, made[2], made[0], within=False)
    for one in made[:2]:
        release_to(officer, "money.Flow", one, [reader.organisation for reader in readers], reason="for the worlds")
    flows = [fts_flow(1, 100, originalAmount=80, originalCurrency="EUR", exchangeRate=0.9), fts_flow(2, 50, parentFlowId=1, status="paid")]
    for name, data in (("flows.json", fts_answer(flows, 160, 2)), ("facts.yaml", FACTS.encode())):
        import_flows(officer, read_flows(data, name), name, digest="0" * 64)
