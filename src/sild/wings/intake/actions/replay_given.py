"""Recorded acts on agreements and consignments, done again as the person who did them, on their days."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.agreements.public import SAYING, Proposal, Saying, Word, agreement_between, propose_agreement
from sild.wings.delivery.public import (
    DOING,
    ConsignmentDeed,
    ConsignmentKind,
    Leg,
    Packing,
    Receipt,
    Renewal,
    Told,
    consignments_of_agreement,
    let_on,
    prepare_consignment,
    receive_consignment,
)
from sild.wings.intake.rules import Act, AgreementTold, DeliveryTold

LET_ON = "let-on"
"""The deed of an officer who lets go out what something stands against."""


class GivenAgain:
    """What was agreed on and delivered between the needs and the offers of two lots of lines."""

    def __init__(self, actor: Actor, act: Act, needs: Collection[UUID], offers: Collection[UUID]) -> None:
        self.actor, self.act, self.needs, self.offers = actor, act, sorted(needs), sorted(offers)

    def agree(self, told: AgreementTold) -> None:
        """Propose, or say a word of a side. Raises Refused."""
        if not told.word:
            if len(self.needs) > 1 or len(self.offers) > 1:
                raise Refused("more than one need or offer fits: say more of its words")
            proposal = Proposal(quantity=told.quantity or Decimal(0), month=told.month, on=self.act.on)
            propose_agreement(self.actor, self.needs[0], self.offers[0], proposal, reason=self.act.reason)
            return
        if told.word not in {*SAYING}:
            raise Refused(f"an agreement knows no word {told.word!r}")
        saying = Saying(quantity=told.quantity, on=self.act.on, conditions=told.conditions)
        SAYING[Word(told.word)](self.actor, self._agreement(), saying, reason=self.act.reason)

    def deliver(self, told: DeliveryTold) -> None:
        """Prepare a consignment, or do something with the one that was prepared last. Raises Refused."""
        agreement = self._agreement()
        if told.deed == ConsignmentDeed.PREPARE:
            self._prepare(agreement, told)
            return
        if told.deed == LET_ON:
            let_on(self.actor, agreement, reason=self.act.reason)
            return
        moving = consignments_of_agreement(self.actor, agreement).rows
        if not moving:
            raise Refused("nothing was prepared of this agreement")
        one = moving[-1].id
        if told.deed == ConsignmentDeed.RECEIVE:
            self._receive(one, told)
        elif told.deed in {*DOING}:
            said = Told(deed=ConsignmentDeed(told.deed), on=self.act.on, quantity=told.quantity, until=told.until, to=told.to)
            DOING[said.deed](self.actor, one, said, {"on": self.act.on, "reason": self.act.reason})
        else:
            raise Refused(f"a consignment knows no deed {told.deed!r}")

    def _agreement(self) -> UUID:
        return agreement_between(self.actor, self.needs, self.offers)

    def _prepare(self, agreement: UUID, told: DeliveryTold) -> None:
        if told.kind not in {*ConsignmentKind}:
            raise Refused(f"a consignment knows no kind {told.kind!r}")
        legs = [Leg(start=leg.start, end=leg.end, by=leg.by, planned=leg.planned) for leg in told.legs]
        packing = Packing(
            quantity=told.quantity or Decimal(0),
            kind=ConsignmentKind(told.kind),
            legs=legs,
            due=told.until,
            ends_on=told.ends_on,
            on=self.act.on,
        )
        prepare_consignment(self.actor, agreement, packing, reason=self.act.reason)

    def _receive(self, one: UUID, told: DeliveryTold) -> None:
        answer = Receipt(
            arrived=told.arrived,
            faulty=told.faulty,
            in_use=told.in_use,
            renewal=Renewal(told.renewal),
            renew_on=told.renew_on,
            on=self.act.on,
        )
        receive_consignment(self.actor, one, answer, reason=self.act.reason)
