"""Proposing: the secretariat puts a quantity of an offer to those who asked. What is spoken for already is counted first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.showing import stated_visibility
from sild.wings.agreements.reads.sides import About, Hearing
from sild.wings.agreements.reads.subjects import taken_of
from sild.wings.agreements.rules import AgreementSide, Visibility, Word, spoken_for, step, written
from sild.wings.parties.public import desk_day, mechanism_file
from sild.wings.register.public import Answer, Channel, EndorsementStanding, Line, Need, Offer, all_joined_into, endorsement_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is put forward: how much, when it would come, by which plan, whether those who asked are told who gives; `on` None: today.

    `visibility`: how the giver wants it shown to others; None: as the giver stated it, else named. Who is not told is at most shown the
    amount.
    """

    quantity: Decimal
    month: date | None = None
    plan: UUID | None = None
    giver_told: bool = True
    visibility: Visibility | None = None
    named_from: date | None = None
    on: date | None = None


@action("agreements.propose", roles=frozenset({Role.OFFICER}))
def propose_agreement(actor: Actor, need_id: UUID, offer_id: UUID, told: Proposal, *, reason: str = "") -> UUID:
    """Propose a quantity of an offer for a need; returns the agreement's id. Raises NotThere, Refused.

    The need is endorsed and civil, both are the secretariat's own, and no more is proposed than is left on either side.
    """
    need, offer = Need.found(need_id), Offer.found(offer_id)
    # two proposals at one moment, on one offer or for one need, see each other; always in one order, so that nobody waits in a ring
    turn_until_commit(actor.mechanism, f"agreements for {need_id}")
    turn_until_commit(actor.mechanism, f"agreements on {offer_id}")
    _refuse_unready(actor, need, offer)
    if told.quantity <= 0:
        raise Refused(_("Propose more than nothing."))
    _refuse_too_much(actor, need, offer, told.quantity)
    day = desk_day(actor)
    if told.on is not None and told.on > day:
        raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=told.on.isoformat()))
    day = told.on or day
    marking = max(need.marking, offer.marking)
    shown = _shown_as(actor, told, offer)
    one = Agreement(
        need_id=need.id,
        offer_id=offer.id,
        plan_id=told.plan,
        lines=sorted(Line.objects.filter(Q(need_id=need.id) | Q(offer_id=offer.id)).values_list("id", flat=True)),
        title=need.title,
        body=need.beneficiary,
        giver=offer.provider if shown == Visibility.NAMED else "",
        giver_told=shown == Visibility.NAMED,
        visibility=shown,
        named_from=told.named_from if shown != Visibility.NAMED else None,
        category=need.category,
        unit=offer.unit or need.unit,
        month=told.month.replace(day=1) if told.month is not None else None,
        proposed=told.quantity,
        state_since=day,
        steps=[step(day, Word.PROPOSE, AgreementSide.SECRETARIAT, (actor.name, ""), quantity=told.quantity, reason=reason)],
        marking=marking,
        compartment_id=need.compartment_id or offer.compartment_id,
        embargo_until=max((day for day in (need.embargo_until, offer.embargo_until) if day is not None), default=None),
    )
    about = About(need=need.id, offer=offer.id)
    by_rule = Hearing(actor, [about]).of_agreement(about, need.beneficiary, offer.provider)
    one.releasable_to = released_to(by_rule, None, owner=actor.organisation, marking=marking, compartment_id=one.compartment_id)
    one.save()
    return one.id


def _shown_as(actor: Actor, told: Proposal, offer: Offer) -> Visibility:
    shown = told.visibility or stated_visibility(actor, offer.provider, offer.category) or Visibility.NAMED
    return Visibility.AMOUNT_ONLY if shown == Visibility.NAMED and not told.giver_told else shown


def _refuse_unready(actor: Actor, need: Need, offer: Offer) -> None:
    """Raise Refused where nothing may be put forward yet, with what has to come first."""
    for record in (need, offer):
        if record.owner_id != actor.organisation:
            raise Refused(_("{title} is another organisation's. Its secretariat proposes what is given for it.").format(title=record.title))
        if record.joined_into is not None:
            raise Refused(_("{title} was joined into another one. Go on there.").format(title=record.title))
    if None not in (need.compartment_id, offer.compartment_id) and need.compartment_id != offer.compartment_id:
        raise Refused(_("The need and the offer stand in different compartments; nobody may see both in one record."))
    if need.channel != Channel.CIVIL:
        raise Refused(_("The need {title} is not ruled civil. Rule its lines first, or hand it over.").format(title=need.title))
    spec = mechanism_file(actor)
    stands = endorsement_of(need, spec, desk_day(actor))
    if stands.standing == EndorsementStanding.TAKEN_BACK:
        told = _("A letter takes the need {title} back. Withdraw it, or reject the line that says so, before anything is proposed.")
        raise Refused(told.format(title=need.title))
    if stands.standing == EndorsementStanding.LAPSED and stands.until is not None:
        told = _("The endorsement of {title} counted until {day}. The gates rule again before anything is proposed.")
        raise Refused(told.format(title=need.title, day=stands.until.isoformat()))
    if not stands.counts:
        raise Refused(_("The need {title} is not endorsed yet. Both gates come before a proposal.").format(title=need.title))
    if offer.withdrawn or offer.answer == Answer.DECLINED:
        raise Refused(_("The offer {title} was withdrawn or declined and gives nothing any more.").format(title=offer.title))


def _refuse_too_much(actor: Actor, need: Need, offer: Offer, quantity: Decimal) -> None:
    """Raise Refused, with the sum, where more is proposed than the need lacks or the offer has left."""
    rows = Agreement.objects.filter(need_id__in=list(all_joined_into(actor, "need", [need.id])))
    sums = spoken_for(need.quantity, [one.spoken for one in rows])
    if sums.left is not None and quantity > sums.left:
        told = _("The need {title} lacks {left} yet: {asked} asked, {standing} spoken for. Propose no more than that.")
        asked = written(need.quantity or Decimal(0))
        raise Refused(told.format(title=need.title, left=written(sums.left), asked=asked, standing=written(sums.standing)))
    taken = taken_of(actor, [offer.id])[offer.id]
    if offer.quantity is not None and quantity > offer.quantity - taken:
        told = _("The offer {title} has {left} left: {offered} offered, {standing} spoken for. Propose no more than that.")
        left = max(offer.quantity - taken, Decimal(0))
        raise Refused(told.format(title=offer.title, left=written(left), offered=written(offer.quantity), standing=written(taken)))
