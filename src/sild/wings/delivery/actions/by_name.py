"""The acts that share a form and an address, by their names, each with what it takes of what was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.delivery.actions.answering import dispute_pieces, reply_to_dispute, return_pieces, settle_dispute
from sild.wings.delivery.actions.asking import ask_back, ask_longer, keep_pieces, refuse_longer
from sild.wings.delivery.actions.going import (
    arrive_consignment,
    call_off_consignment,
    count_use,
    depart_consignment,
    extend_consignment,
    hand_over_consignment,
    lose_pieces,
)
from sild.wings.delivery.rules.consignments import ConsignmentDeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act as somebody says it: what, on which day (None: today), of how much (None: all that it can), until when, to whom."""

    deed: ConsignmentDeed
    on: date | None = None
    quantity: Decimal | None = None
    until: date | None = None
    to: str = ""

    @property
    def amount(self) -> Decimal:
        """How much. Raises Refused where it was left out."""
        if self.quantity is None:
            raise Refused(_("Say how many."))
        return self.quantity

    @property
    def last_day(self) -> date:
        """Until when. Raises Refused where it was left out."""
        if self.until is None:
            raise Refused(_("Say until which day it is given."))
        return self.until


Doer = Callable[[Actor, UUID, Told, dict[str, Any]], None]
DOING: dict[ConsignmentDeed, Doer] = {
    ConsignmentDeed.DEPART: lambda actor, one, _told, how: depart_consignment(actor, one, **how),
    ConsignmentDeed.ARRIVE: lambda actor, one, _told, how: arrive_consignment(actor, one, **how),
    ConsignmentDeed.HAND_OVER: lambda actor, one, told, how: hand_over_consignment(actor, one, to=told.to, **how),
    ConsignmentDeed.LOSE: lambda actor, one, told, how: lose_pieces(actor, one, told.amount, **how),
    ConsignmentDeed.COUNT_USE: lambda actor, one, told, how: count_use(actor, one, told.amount, **how),
    ConsignmentDeed.EXTEND: lambda actor, one, told, how: extend_consignment(actor, one, told.last_day, **how),
    ConsignmentDeed.CALL_OFF: lambda actor, one, _told, how: call_off_consignment(actor, one, **how),
    ConsignmentDeed.DISPUTE: lambda actor, one, told, how: dispute_pieces(actor, one, told.amount, **how),
    ConsignmentDeed.SETTLE: lambda actor, one, told, how: settle_dispute(actor, one, told.quantity, **how),
    ConsignmentDeed.RETURN: lambda actor, one, told, how: return_pieces(actor, one, told.amount, **how),
    ConsignmentDeed.ASK_LONGER: lambda actor, one, told, how: ask_longer(actor, one, told.last_day, **how),
    ConsignmentDeed.NOT_LONGER: lambda actor, one, _told, how: refuse_longer(actor, one, **how),
    ConsignmentDeed.ASK_BACK: lambda actor, one, told, how: ask_back(actor, one, told.quantity, **how),
    ConsignmentDeed.KEEP: lambda actor, one, _told, how: keep_pieces(actor, one, **how),
    ConsignmentDeed.REPLY: lambda actor, one, _told, how: reply_to_dispute(actor, one, **how),
}
"""Each act with `how`: its day, the version that was read, the reason."""
