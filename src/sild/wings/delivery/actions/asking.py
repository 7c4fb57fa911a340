"""Questions between the sides after delivery: the recipient asks for more time, the giver asks back what it gave; each is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.delivery.actions.doing import GIVING, RECEIVING, Doing
from sild.wings.delivery.rules.consignments import NOTHING, ConsignmentDeed


@action("delivery.ask-longer", roles=RECEIVING)
def ask_longer(actor: Actor, consignment_id: UUID, until: date, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """The recipient asks to have it longer, until a day; the giver answers by giving it, or not. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.ASK_LONGER, on=on, version=version, reason=reason)
    ends = doing.one.ends_on or doing.day
    if until <= ends:
        raise Refused(_("It is given until {day} already. Ask for a later day.").format(day=ends.isoformat()))
    doing.one.asked_until = until
    doing.write(said={"wanted": until.isoformat()})


@action("delivery.not-longer", roles=GIVING)
def refuse_longer(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """The giver does not give it longer, with the reason. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.NOT_LONGER, on=on, version=version, reason=reason)
    doing.one.asked_until = None
    doing.write()


@action("delivery.ask-back", roles=GIVING)
def ask_back(
    actor: Actor, consignment_id: UUID, quantity: Decimal | None, *, on: date | None = None, version: int | None = None, reason: str
) -> None:
    """The giver asks back pieces that the recipient has, with the reason; the recipient sends them, or keeps them.

    Said again the last number counts. Raises NotThere, Stale, Refused.
    """
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.ASK_BACK, on=on, version=version, reason=reason)
    asked = doing.amount(quantity)
    doing.write(replace(doing.one.parts, asked_back=asked), amounts={"asked_back": asked})


@action("delivery.keep-pieces", roles=RECEIVING)
def keep_pieces(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """The recipient keeps what was asked back, with the reason. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.KEEP, on=on, version=version, reason=reason)
    doing.write(replace(doing.one.parts, asked_back=NOTHING))
