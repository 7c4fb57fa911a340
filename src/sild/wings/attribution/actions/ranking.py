"""Verbs on what was seen: write down that a source saw a trait, or that it did not. What is made of it is reckoned, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import EvidenceSource, SeenTrait
from sild.wings.attribution.reads.catalogue import knowledge_now
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import LONGEST_REASON, LONGEST_TITLE

MOST_SEEN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeenTrait:
    """A trait by its id in the catalogue that counts, and the source of the case that saw it."""

    source_id: UUID
    trait: str
    note: str = ""


@action("attribution.see-trait", roles=WORKERS)
def see_trait(actor: Actor, case_id: UUID, new: NewSeenTrait, *, reason: str = "") -> UUID:
    """Write down that a source saw a technique or a software; returns the id of the entry. Raises NotThere, Refused."""
    case = open_one(case_id)
    if not EvidenceSource.objects.filter(id=new.source_id, case_id=case.id).exists():
        raise NotThere(_("There is no such source in this case."))
    now = knowledge_now(actor)
    if now is None:
        raise Refused(_("There is no catalogue of intrusion sets yet. Whoever runs the desk takes one in: sild import-catalogue."))
    row, knowledge = now
    wanted = new.trait.strip().upper()
    names = {one.id: one.name for one in knowledge.traits}
    if wanted not in names:
        raise Refused(
            _("{trait} is not in {catalogue}. Take its id from there, such as T1566.001.").format(trait=wanted, catalogue=row.origin)
        )
    there = SeenTrait.objects.filter(case_id=case.id)
    if there.filter(source_id=new.source_id, trait=wanted).exists():
        raise Refused(_("It is written down already that this source saw it."))
    if there.count() >= MOST_SEEN:
        raise Refused(_("The case has {most} traits that were seen, the most there are.").format(most=MOST_SEEN))
    one = SeenTrait(
        case_id=case.id,
        source_id=new.source_id,
        trait=wanted,
        called=names[wanted][:LONGEST_TITLE],
        note=new.note.strip()[:LONGEST_REASON],
        entered_by_name=actor.name,
        entered_at=clock.now(),
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    one.save()
    return one.id


@action("attribution.unsee-trait", roles=WORKERS)
def unsee_trait(actor: Actor, seen_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take an entry away: the source did not see it; the reason stays in the history. Raises NotThere, Stale, Refused."""
    one: SeenTrait = SeenTrait.found(seen_id, version=version)
    open_one(one.case_id)
    reason_given(reason)
    one.delete()
