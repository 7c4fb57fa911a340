"""Preparing a consignment: a part of what was committed begins to move. What other consignments carry is counted first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.agreements.public import Agreement, AgreementSide, AgreementState, Hearing, sides_of
from sild.wings.delivery.actions.doing import GIVING, Doing
from sild.wings.delivery.actions.letting_out import Gate
from sild.wings.delivery.actions.routing import Route
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.sides import about_of, readers_of
from sild.wings.delivery.rules.consignments import NOTHING, ConsignmentDeed, ConsignmentKind, Speaker, step, written
from sild.wings.delivery.rules.legs import Leg
from sild.wings.register.public import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """What is prepared: how much of it, of which kind, by which way, when it is to be there, and when it lapses (licences, hosting)."""

    quantity: Decimal
    kind: ConsignmentKind = ConsignmentKind.GOODS
    legs: Sequence[Leg] = field(default_factory=tuple)
    due: date | None = None
    ends_on: date | None = None
    on: date | None = None


@action("delivery.prepare", roles=GIVING, recalled=True)
def prepare_consignment(actor: Actor, agreement_id: UUID, told: Packing, *, reason: str = "") -> UUID:
    """Prepare a part of what an agreement commits; returns the consignment's id. It is called off, never undone. Raises NotThere, Refused.

    The giver does it; an officer writes down that the giver did, with where it was said. What fails of the light stops it (Gate), whether
    or not the giver sees why; where it is not known whether it needs a licence, an officer goes on with the reason.
    """
    agreement: Agreement = Agreement.found(agreement_id)
    turn_until_commit(actor.mechanism, f"consignments of {agreement_id}")
    sides = sides_of(actor, agreement)
    if AgreementSide.GIVER not in sides and AgreementSide.SECRETARIAT not in sides:
        raise Refused(_("The giver prepares what it committed; the secretariat may write down that it did."))
    elsewhere = AgreementSide.GIVER not in sides
    if elsewhere and not reason.strip():
        raise Refused(_("Say why, or where it was said: the others read the reason."))
    _refuse_too_much(agreement, told.quantity)
    day = Doing.checked_day(actor, agreement.last_day(), told.on)
    Gate.refuse_stopped(actor, agreement.id, agreement.owner_id, (agreement.need_id, agreement.offer_id), day, reasoned=elsewhere)
    if told.ends_on is not None and told.ends_on < day:
        raise Refused(_("It would have lapsed on {day}, before it is given.").format(day=told.ends_on.isoformat()))
    legs = Route.checked(told.legs)
    # a seat of a giver that is not named would name it
    who = ("", actor.name) if elsewhere else (actor.name if agreement.giver_told else "", "")
    said = step(day, ConsignmentDeed.PREPARE, Speaker.GIVER, who, amounts={"quantity": told.quantity}, reason=reason)
    one = Consignment(
        agreement_id=agreement.id,
        need_id=agreement.need_id,
        offer_id=agreement.offer_id,
        **{name: getattr(agreement, name) for name in Consignment.TOLD},
        kind=told.kind,
        quantity=told.quantity,
        state_since=day,
        due=told.due if told.due is not None else Route.due(legs),
        ends_on=told.ends_on,
        legs=[leg.kept() for leg in legs],
        steps=[said],
        marking=agreement.marking,
        compartment_id=agreement.compartment_id,
        embargo_until=agreement.embargo_until,
    )
    with on_behalf_of(agreement.owner_id) as rules:
        keep_consignment(rules, one)
    return one.id


@action("delivery.keep", roles=frozenset({Role.SERVICE}), recalled=True)
def keep_consignment(actor: Actor, one: Consignment) -> None:
    """Put a prepared consignment down with the keeper of its agreement, and show it to the agreement's sides."""
    offer = Offer.objects.filter(id=one.offer_id).first()
    by_rule = readers_of(Hearing(actor, [about_of(one)]), one, offer.provider if offer is not None else one.giver)
    one.releasable_to = released_to(by_rule, None, owner=actor.organisation, marking=one.marking, compartment_id=one.compartment_id)
    one.save()


def _refuse_too_much(agreement: Agreement, quantity: Decimal) -> None:
    """Raise Refused, with the sum, where more is prepared than is committed and not on its way."""
    if agreement.state != AgreementState.COMMITTED or agreement.committed is None:
        raise Refused(_("Nothing is committed here, so nothing can be prepared. The giver's word comes first."))
    if quantity <= 0:
        raise Refused(_("Prepare more than nothing."))
    carried = sum((one.parts.carries for one in Consignment.objects.filter(agreement_id=agreement.id)), NOTHING)
    left = max(agreement.committed - carried, NOTHING)
    if quantity > left:
        told = _("{left} are left to prepare: {committed} committed, {carried} carried by other consignments. Prepare no more than that.")
        amounts = {"left": left, "committed": agreement.committed, "carried": carried}
        raise Refused(told.format(**{name: written(amount) for name, amount in amounts.items()}))
