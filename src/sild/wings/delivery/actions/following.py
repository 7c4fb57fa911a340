"""Consignments follow their agreement: what it is called, and who may see them, at the end of every act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.followed import CLOSENESS, followed_by
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Written
from sild.wings.agreements.public import QUIET, Agreement, Hearing, among_sides, note_arrivals, unnamed_steps
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.sides import about_of, readers_of
from sild.wings.delivery.rules.consignments import NOTHING
from sild.wings.register.public import Offer, all_joined_into

CONSIGNMENT = "delivery.Consignment"
AGREEMENT = "agreements.Agreement"

WATCHED = {
    AGREEMENT: (*Consignment.TOLD, *CLOSENESS, "visibility"),
    "register.Need": ("channel", "joined_into"),
    "register.Offer": ("provider", "joined_into"),
}
"""What a consignment takes over from its agreement, and what decides who hears of it."""

follows_a_rule(CONSIGNMENT)


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring the consignments of changed agreements, and the readers of changed consignments, up to date, each for its owner."""
    for one in followed_by(written, CONSIGNMENT, WATCHED):
        with on_behalf_of(one.owner) as rules:
            changed = list(_changed(rules, one.subjects, one.own, one.everything))
            if changed:
                follow_agreements(rules, changed)


def _changed(actor: Actor, subjects: Collection[UUID], consignments: Collection[UUID], whole: bool) -> Iterator[Consignment]:
    """The owner's consignments that say something else than their agreement, or are shown to others than the rule says."""
    own = Consignment.objects.filter(owner_id=actor.organisation).order_by("id")
    if whole:
        found = {one.id: one for one in own}
    else:
        found = {one.id: one for one in own.filter(agreement_id__in=list(subjects))} if subjects else {}
        if subjects:
            found |= {one.id: one for one in own.filter(need_id__in=list(all_joined_into(actor, "need", subjects)))}
            found |= {one.id: one for one in own.filter(offer_id__in=list(all_joined_into(actor, "offer", subjects)))}
        found |= {one.id: one for one in own.filter(id__in=list(consignments))} if consignments else {}
    if not found:
        return
    followed = {one.id: one for one in Agreement.objects.filter(id__in=[one.agreement_id for one in found.values()])}
    providers = dict(Offer.objects.filter(id__in=[one.offer_id for one in found.values()]).values_list("id", "provider"))
    granted = grants_on(CONSIGNMENT, list(found))
    hearing = Hearing(actor, [about_of(one) for one in found.values()])
    for one in found.values():
        before, agreement = one.image(), followed.get(one.agreement_id)
        for name in Consignment.TOLD if agreement is not None else ():
            setattr(one, name, getattr(agreement, name))
        if agreement is not None and not agreement.giver_told:
            one.steps = unnamed_steps(one.steps)
        by_rule = readers_of(hearing, one, providers.get(one.offer_id, one.giver))
        wanted = released_to(
            by_rule,
            among_sides(granted.get(one.id), by_rule, quiet=agreement is not None and agreement.visibility in QUIET),
            owner=one.owner_id,
            marking=one.marking,
            compartment_id=one.compartment_id,
        )
        if set(wanted) != set(one.releasable_to):
            one.releasable_to = wanted
        if one.image() != before:
            yield one


@settles
def _count(written: Sequence[Written]) -> None:
    """Tell the agreements of consignments of which something was taken over, or taken back, how much of them has arrived in all."""
    touched: dict[UUID, set[UUID]] = defaultdict(set)
    for label, _key, before, after in written:
        if label == CONSIGNMENT and before is not None and after is not None and before["accepted"] != after["accepted"]:
            touched[after["owner_id"]].add(after["agreement_id"])
    for owner, agreements in sorted(touched.items()):
        with on_behalf_of(owner) as rules:
            arrived = dict.fromkeys(agreements, NOTHING)
            for one in Consignment.objects.filter(agreement_id__in=list(agreements), owner_id=owner):
                arrived[one.agreement_id] += one.accepted
            note_arrivals(rules, arrived)


@action("delivery.follow-agreements", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_agreements(actor: Actor, changed: Sequence[Consignment]) -> None:
    """Write what consignments say and to whom they are shown now. A service of the desk does it, for whoever changed their agreement."""
    Consignment.objects.bulk_change(list(changed), [*Consignment.TOLD, "steps", "releasable_to"])
