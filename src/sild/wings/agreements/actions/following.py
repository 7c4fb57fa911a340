"""Agreements follow their need and their offer: what these are called, and who may see the agreement, at the end of every act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.followed import followed_by
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Written
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.sides import About, Hearing, among_sides
from sild.wings.agreements.rules import QUIET
from sild.wings.register.public import Need, Offer, all_joined_into

AGREEMENT = "agreements.Agreement"
NAMED = {
    "register.Need": ("title", "beneficiary", "category", "unit", "channel", "joined_into"),
    "register.Offer": ("provider", "unit", "joined_into"),
}
"""What an agreement takes over from each, and what decides who hears of it."""

follows_a_rule(AGREEMENT)


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring the agreements of changed needs and offers, and the readers of changed agreements, up to date, each for its owner."""
    for one in followed_by(written, AGREEMENT, NAMED):
        with on_behalf_of(one.owner) as rules:
            changed = list(_changed(rules, one.subjects, one.own, one.everything))
            if changed:
                follow_subjects(rules, changed)


def _changed(actor: Actor, subjects: Collection[UUID], agreements: Collection[UUID], whole: bool) -> Iterator[Agreement]:
    """The owner's agreements that say something else than their need and offer, or are shown to others than the rule says."""
    own = Agreement.objects.filter(owner_id=actor.organisation).order_by("id")
    found = {one.id: one for one in own} if whole else {}
    if subjects and not whole:
        found |= {one.id: one for one in own.filter(need_id__in=list(all_joined_into(actor, "need", subjects)))}
        found |= {one.id: one for one in own.filter(offer_id__in=list(all_joined_into(actor, "offer", subjects)))}
    found |= {one.id: one for one in own.filter(id__in=list(agreements))} if agreements and not whole else {}
    if not found:
        return
    needs = {need.id: need for need in Need.objects.filter(id__in=[one.need_id for one in found.values()])}
    offers = {offer.id: offer for offer in Offer.objects.filter(id__in=[one.offer_id for one in found.values()])}
    granted = grants_on(AGREEMENT, list(found))
    hearing = Hearing(actor, [About(need=one.need_id, offer=one.offer_id, agreement=one.id) for one in found.values()])
    for one in found.values():
        before, need, offer = one.image(), needs.get(one.need_id), offers.get(one.offer_id)
        if need is not None and need.joined_into is None:
            one.title, one.body, one.category = need.title, need.beneficiary, need.category
        if offer is not None:
            one.giver = offer.provider if one.giver_told else ""
            one.unit = offer.unit or (need.unit if need is not None else one.unit)
        about = About(need=one.need_id, offer=one.offer_id, agreement=one.id)
        by_rule = hearing.of_agreement(about, one.body, offer.provider if offer is not None else one.giver)
        wanted = released_to(
            by_rule,
            among_sides(granted.get(one.id), by_rule, quiet=one.visibility in QUIET),
            owner=one.owner_id,
            marking=one.marking,
            compartment_id=one.compartment_id,
        )
        if set(wanted) != set(one.releasable_to):
            one.releasable_to = wanted
        if one.image() != before:
            yield one


@action("agreements.follow-subjects", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_subjects(actor: Actor, changed: Sequence[Agreement]) -> None:
    """Write what agreements say and to whom they are shown now. A service of the desk does it, for whoever changed their need or offer."""
    Agreement.objects.bulk_change(list(changed), [*Agreement.TOLD, "releasable_to"])
