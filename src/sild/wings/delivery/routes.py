"""Delivery for programs: consignments, what is prepared, done and answered, how far a need is, what lapses when."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.delivery import schemas
from sild.wings.delivery.actions import DOING, GIVING, RECEIVING, let_on, plan_route, prepare_consignment, receive_consignment
from sild.wings.delivery.reads import (
    CONSIGNMENT,
    ConsignmentFilter,
    consignment_record,
    delivery_of_need,
    delivery_of_offer,
    list_consignments,
    list_offer_states,
    renewals,
    renewals_unknown,
)
from sild.wings.delivery.reads.stopped import letting_on
from sild.wings.delivery.rules.consignments import ConsignmentDeed
from sild.wings.register.public import OfferFilter

router = Router(tags=["delivery"])

READERS = PEOPLE - {Role.AUDITOR}
OFFICERS = frozenset({Role.OFFICER})
ONE = {"consignment": CONSIGNMENT}
AGREEMENT = {"agreement": "agreements.Agreement"}
NEED = {"need": "register.Need"}
OFFER = {"offer": "register.Offer"}


@route(router, "get", "/consignments", roles=READERS, answer=Listed[schemas.Consignment])
def list_all_consignments(actor: Actor, wanted: Query[schemas.WantedConsignments]) -> Cut:
    """The consignments that you may see, the newest first."""
    narrowed = wanted.model_dump(exclude={"after", "limit", "q"})
    found, after = list_consignments(actor, ConsignmentFilter(**narrowed, text=wanted.q), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Consignment.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/consignments/{consignment}", roles=READERS, answer=schemas.WholeConsignment, subjects=ONE)
def read_consignment(actor: Actor, consignment: UUID) -> schemas.WholeConsignment:
    """A consignment with its way, what was done, and what you may do now."""
    seen = consignment_record(actor, consignment)
    told = {name: getattr(seen, name) for name in schemas.WholeConsignment.model_fields if name != "consignment"}
    return schemas.WholeConsignment.model_validate(told | {"consignment": seen.row})


@route(router, "post", "/agreements/{agreement}/consignments", roles=GIVING, answer=Made, subjects=AGREEMENT)
def prepare_new_consignment(actor: Actor, agreement: UUID, new: schemas.NewConsignment) -> Made:
    """Prepare a part of what was committed."""
    return Made(id=prepare_consignment(actor, agreement, new.packing(), reason=new.reason))


@route(router, "post", "/consignments/{consignment}/route", roles=GIVING, answer=None, status=204, subjects=ONE)
def plan_way(actor: Actor, consignment: UUID, new: schemas.NewRoute) -> None:
    """Plan the legs that nobody has set out on anew."""
    plan_route(actor, consignment, new.ahead(), due=new.due, version=new.version, reason=new.reason)


def _do(deed: ConsignmentDeed, roles: frozenset[Role], said: str) -> None:
    """A route of its own for each act, for those who may do it."""

    def done(actor: Actor, consignment: UUID, new: schemas.NewDeed) -> None:
        DOING[deed](actor, consignment, new.told(deed), {"on": new.on, "version": new.version, "reason": new.reason})

    done.__name__, done.__doc__ = f"{deed.name.lower()}_consignment", said
    route(router, "post", f"/consignments/{{consignment}}/deeds/{deed.value}", roles=roles, answer=None, status=204, subjects=ONE)(done)


for _deed, _roles, _said in (
    (ConsignmentDeed.DEPART, GIVING, "It set out on its next leg; of services and hosting: the work has begun."),
    (ConsignmentDeed.ARRIVE, GIVING, "The leg under way ended; after the last one the consignment has arrived."),
    (ConsignmentDeed.HAND_OVER, GIVING, "It was handed over to the recipient, `to` whom there; licences: the keys were sent."),
    (ConsignmentDeed.LOSE, GIVING, "Pieces of which nobody has said that they arrived were lost. They are owed again."),
    (ConsignmentDeed.COUNT_USE, GIVING, "The giver says how many seats are activated, days worked, terabytes hosted so far."),
    (ConsignmentDeed.EXTEND, GIVING, "The giver gives it longer, `until` a day, or says for the first time when it lapses."),
    (ConsignmentDeed.CALL_OFF, GIVING, "What has not set out is not sent; its quantity is left to prepare again."),
    (ConsignmentDeed.DISPUTE, RECEIVING, "Pieces that are there are not as promised, with the reason."),
    (ConsignmentDeed.REPLY, GIVING, "The giver, or the secretariat, replies to what is disputed."),
    (ConsignmentDeed.SETTLE, RECEIVING, "The recipient takes over what it disputed, all of it or a part."),
    (ConsignmentDeed.ASK_LONGER, RECEIVING, "The recipient asks to have it longer, `until` a day; the giver extends it, or does not."),
    (ConsignmentDeed.NOT_LONGER, GIVING, "The giver does not give it longer, with the reason."),
    (ConsignmentDeed.ASK_BACK, GIVING, "The giver asks back pieces that the recipient has; the recipient returns them, or keeps them."),
    (ConsignmentDeed.KEEP, RECEIVING, "The recipient keeps what was asked back, with the reason."),
    (ConsignmentDeed.RETURN, RECEIVING, "Pieces go back to the giver, first those that are disputed; they are owed again."),
):
    _do(_deed, _roles, _said)


@route(router, "post", "/consignments/{consignment}/receipts", roles=RECEIVING, answer=None, status=204, subjects=ONE)
def answer_for_consignment(actor: Actor, consignment: UUID, new: schemas.NewReceipt) -> None:
    """The recipient's three answers: what arrived, what is in use, when to renew."""
    receive_consignment(actor, consignment, new.receipt(), version=new.version, reason=new.reason)


@route(router, "get", "/agreements/{agreement}/letting-on", roles=READERS, answer=schemas.LettingOn, subjects=AGREEMENT)
def read_letting_on(actor: Actor, agreement: UUID) -> schemas.LettingOn:
    """What stands against anything of an agreement leaving today, as far as you may know, and the officers' words that let it go on."""
    return schemas.LettingOn.model_validate(letting_on(actor, agreement))


@route(router, "post", "/agreements/{agreement}/letting-on", roles=OFFICERS, answer=Made, subjects=AGREEMENT)
def let_go_on(actor: Actor, agreement: UUID, new: schemas.NewLettingOn) -> Made:
    """Let what an agreement gives go out although conditions of its light fail today. The word is kept."""
    return Made(id=let_on(actor, agreement, reason=new.reason))


@route(router, "get", "/needs/{need}/delivery", roles=READERS, answer=schemas.Delivery, subjects=NEED)
def read_delivery_of_need(actor: Actor, need: UUID) -> schemas.Delivery:
    """How far a need is, computed from quantities, with the rows behind every sum."""
    found = delivery_of_need(actor, need)
    return schemas.Delivery.of(found.need, found.unit, found.status)


@route(router, "get", "/offers/{offer}/delivery", roles=READERS, answer=schemas.OfferDelivery, subjects=OFFER)
def read_delivery_of_offer(actor: Actor, offer: UUID) -> schemas.OfferDelivery:
    """How far an offer is, computed from quantities, with the rows behind every sum."""
    found = delivery_of_offer(actor, offer)
    return schemas.OfferDelivery.of(found.offer, found.unit, found.status)


@route(router, "get", "/offer-states", roles=READERS, answer=Listed[schemas.OfferWithState])
def list_states_of_offers(actor: Actor, wanted: Query[schemas.WantedOfferStates]) -> Cut:
    """The offers that you may see, the newest first, each with how far it is. Of one state an answer may hold few and still have a next."""
    asked = OfferFilter(category=wanted.category, provider=wanted.provider, beneficiary=wanted.beneficiary, text=wanted.text)
    found, after = list_offer_states(actor, asked, state=wanted.state, after=wanted.after, limit=wanted.limit)
    return Cut(items=[schemas.OfferWithState.of(row) for row in found], after=after)


@route(router, "get", "/renewals", roles=READERS, answer=schemas.Renewals)
def read_renewals(actor: Actor, wanted: Query[schemas.WantedRenewals]) -> schemas.Renewals:
    """What lapses or has to be renewed up to a day, the earliest first."""
    lapses = [schemas.Lapse.model_validate(one) for one in renewals(actor, wanted.until)]
    return schemas.Renewals(lapses=lapses, unknown=renewals_unknown(actor))
