"""What recipients say: three questions at most (arrived? in use? when to renew?), and disputes with their replies, ends and returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.delivery.actions.doing import GIVING, RECEIVING, Doing
from sild.wings.delivery.rules.consignments import NOTHING, THERE, ConsignmentDeed, Parts, Renewal, State, most_of, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The recipient's answers. `arrived`: how many in all by now (None: all of it); `faulty`: how many of those that came since the last
    answer are not as promised; `in_use`: how many are used (None: not said), or `all_in_use`; `renew_on`: when to renew, where `renewal`
    is a day."""

    arrived: Decimal | None = None
    faulty: Decimal = NOTHING
    in_use: Decimal | None = None
    all_in_use: bool = False
    renewal: Renewal = Renewal.UNKNOWN
    renew_on: date | None = None
    on: date | None = None


ALL_OF_IT = Receipt()


@action("delivery.receive", roles=RECEIVING)
def receive_consignment(
    actor: Actor, consignment_id: UUID, told: Receipt = ALL_OF_IT, *, version: int | None = None, reason: str = ""
) -> None:
    """Answer for what arrived: what is sound is taken over, what is not is disputed, the rest is still to come. May be said again.

    Raises NotThere, Stale, Refused.
    """
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.RECEIVE, on=told.on, version=version, reason=reason)
    parts = _received(doing, told)
    in_use = parts.accepted if told.all_in_use else told.in_use
    if in_use is not None and not NOTHING <= in_use <= parts.accepted:
        raise Refused(_("At most {most} can be in use: so many were taken over.").format(most=written(parts.accepted)))
    _keep_renewal(doing, told)
    if in_use is not None:
        doing.one.in_use = in_use
    amounts = {"arrived": _seen(parts), "faulty": told.faulty or None, "in_use": in_use}
    doing.write(parts, amounts=amounts, said={"renewal": told.renewal, "renew_on": told.renew_on.isoformat() if told.renew_on else ""})


def _seen(parts: Parts) -> Decimal:
    """The pieces that the recipient has said arrived."""
    return parts.accepted + parts.disputed + parts.returned


def _received(doing: Doing, told: Receipt) -> Parts:
    """How the pieces stand after the answer. Raises Refused."""
    parts, before = doing.one.parts, _seen(doing.one.parts)
    most = most_of(ConsignmentDeed.RECEIVE, parts)
    arrived = most if told.arrived is None else told.arrived
    if not before <= arrived <= most:
        words = _("Say how many have arrived in all, from {before}, which you have told before, to {most}.")
        raise Refused(words.format(before=written(before), most=written(most)))
    fresh = arrived - before
    if not NOTHING <= told.faulty <= fresh:
        words = _("{fresh} came since the last answer; no more of them can be broken. What was taken over before is disputed below.")
        raise Refused(words.format(fresh=written(fresh)))
    if told.faulty and not doing.reason.strip():
        raise Refused(_("Say what is wrong with those that are not as promised: the giver reads it."))
    after = replace(parts, accepted=parts.accepted + fresh - told.faulty, disputed=parts.disputed + told.faulty)
    # whoever carried it may have said that all is there: the recipient's count goes before, and the rest is looked for
    return replace(after, stage=State.UNDER_WAY) if after.rest and after.stage in THERE else after


def _keep_renewal(doing: Doing, told: Receipt) -> None:
    if told.renewal == Renewal.DAY and told.renew_on is None:
        raise Refused(_("Say on which day it has to be renewed, or that it is not known."))
    if told.renewal != Renewal.DAY and told.renew_on is not None:
        raise Refused(_("A day is said, and that there is none. Leave one of them out."))
    if told.renew_on is not None and told.renew_on < doing.day:
        raise Refused(_("The day {day} is over. Say when it has to be renewed next.").format(day=told.renew_on.isoformat()))
    if told.renewal != Renewal.UNKNOWN:
        doing.one.renewal, doing.one.renew_on = told.renewal, told.renew_on


@action("delivery.dispute", roles=RECEIVING)
def dispute_pieces(
    actor: Actor, consignment_id: UUID, quantity: Decimal | None, *, on: date | None = None, version: int | None = None, reason: str
) -> None:
    """Pieces that are there are not as promised, with the reason. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.DISPUTE, on=on, version=version, reason=reason)
    amount, parts = doing.amount(quantity), doing.one.parts
    from_rest = min(amount, parts.rest if parts.stage in THERE else NOTHING)
    accepted = parts.accepted - (amount - from_rest)
    _keep_use_within(doing, accepted)
    doing.write(replace(parts, accepted=accepted, disputed=parts.disputed + amount), amounts={"disputed": amount})


@action("delivery.reply", roles=GIVING)
def reply_to_dispute(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """The giver, or the secretariat, replies to what is disputed. Raises NotThere, Stale, Refused."""
    Doing.of(actor, consignment_id, ConsignmentDeed.REPLY, on=on, version=version, reason=reason).write()


@action("delivery.settle", roles=RECEIVING)
def settle_dispute(
    actor: Actor,
    consignment_id: UUID,
    quantity: Decimal | None = None,
    *,
    on: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> None:
    """The recipient takes over what it disputed, all of it or a part. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.SETTLE, on=on, version=version, reason=reason)
    amount, parts = doing.amount(quantity), doing.one.parts
    doing.write(replace(parts, accepted=parts.accepted + amount, disputed=parts.disputed - amount), amounts={"accepted": amount})


@action("delivery.return", roles=RECEIVING)
def return_pieces(
    actor: Actor, consignment_id: UUID, quantity: Decimal | None, *, on: date | None = None, version: int | None = None, reason: str
) -> None:
    """Pieces go back to the giver, first those that are disputed; they are owed again. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.RETURN, on=on, version=version, reason=reason)
    amount, parts = doing.amount(quantity), doing.one.parts
    from_disputed = min(amount, parts.disputed)
    accepted = parts.accepted - (amount - from_disputed)
    _keep_use_within(doing, accepted)
    left = max(parts.asked_back - amount, NOTHING)
    disputed = parts.disputed - from_disputed
    after = replace(parts, accepted=accepted, disputed=disputed, returned=parts.returned + amount, asked_back=left)
    doing.write(after, amounts={"returned": amount})


def _keep_use_within(doing: Doing, accepted: Decimal) -> None:
    """No more is in use than was taken over."""
    if doing.one.in_use is not None:
        doing.one.in_use = min(doing.one.in_use, accepted)
