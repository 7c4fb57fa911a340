"""Grants: what a person released, or withheld, beyond what the mechanism's rule says. Kept apart, so that the rule never writes it over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, current_actor
from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.kernel.subjects import named_organisations, own_subject
from sild.values.marking import Marking

RELEASERS = PEOPLE - {Role.AUDITOR}
MOST_RELEASED = Marking.AMBER
"""The most closed marking under which a record is released to other organisations; AMBER+STRICT and RED stay with their owner."""


class Grant(Record):
    """A person let an organisation see a record (or, where `withholds`, kept it from one) until that is `recalled`.

    `carried_by`: the lines that brought a withholding here from another record, and with the last of which it leaves. Empty: it was said
    of this record.
    """

    inherits = (From(of="*", key="subject_id"),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    organisation_id = models.UUIDField()
    withholds = models.BooleanField(default=False)
    granted_by = models.UUIDField()
    granted_by_name = models.CharField(max_length=300)
    why = models.TextField()
    recalled = models.BooleanField(default=False)
    carried_by = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        app_label = "kernel"


BY_RULE: set[str] = set()
"""Kinds of records whose readers follow from a wing's rule, which takes grants into account at the end of the act; see `follows_a_rule`."""


def follows_a_rule(*labels: str) -> None:
    """Declare kinds of records whose readers a rule reckons at the end of every act."""
    BY_RULE.update(labels)


@action("access.release", roles=RELEASERS, recalled=True)
def release_to(actor: Actor, subject_model: str, subject_id: UUID, organisations: Sequence[UUID], *, reason: str) -> None:
    """Let organisations see a record of one's own, beyond the rule, until that is recalled.

    Raises NotThere; Refused for AMBER+STRICT and RED, in a compartment, and for an organisation whose ceiling is below the record.
    """
    record = own_subject(actor, subject_model, subject_id)
    others = named_organisations(organisations)
    if record.marking > MOST_RELEASED:
        told = _("The record is marked {marking}: it stays in its organisation. Two people can lower the marking first.")
        raise Refused(told.format(marking=Marking(record.marking).label))
    if record.compartment_id is not None:
        raise Refused(_("The record is in a compartment and goes to nobody outside it. Two people can take it out first."))
    for other in others:
        if other.ceiling < record.marking:
            told = _("{name} sees nothing as closed as {marking}: its ceiling in the mechanism's file is {ceiling}. Leave it out.")
            ceiling, marking = Marking(other.ceiling).label, Marking(record.marking).label
            raise Refused(told.format(name=other.name, marking=marking, ceiling=ceiling))
    _decide(actor, record, [other.id for other in others], reason, withholds=False)


@action("access.recall", roles=RELEASERS, recalled=True)
def recall_release(actor: Actor, subject_model: str, subject_id: UUID, organisations: Sequence[UUID], *, reason: str) -> None:
    """Keep a record of one's own from organisations, whoever released it to them, a rule too, until somebody releases it again.

    What was read cannot be unread: the recall stands in the ledger. Raises NotThere.
    """
    record = own_subject(actor, subject_model, subject_id)
    _decide(actor, record, [other.id for other in named_organisations(organisations)], reason, withholds=True)


@dataclass(frozen=True, slots=True)
class Going:
    """A part of one record that goes over to another one of its kind: a line from one need to another."""

    part: UUID
    source: UUID
    into: UUID


@dataclass(frozen=True, slots=True)
class Carried:
    """A withholding that parts bring `into` a record; `there` is one that other parts brought to it before."""

    into: UUID
    parts: frozenset[UUID]
    said: Grant
    there: Grant | None


def carried_by(subject_model: str, going: Collection[Going]) -> list[Carried]:
    """What is withheld of the records that the parts leave, and was not of those into which they go: from each organisation once.

    A withholding that other parts brought to a record stays with those. Needs an actor.
    """
    standing = _withholdings(subject_model, {place for one in going for place in (one.source, one.into)})
    said: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    first: dict[tuple[UUID, UUID], Grant] = {}
    for one in going:
        for grant in standing[one.source]:
            if not grant.carried_by or one.part in grant.carried_by:
                said[one.into, grant.organisation_id].add(one.part)
                first.setdefault((one.into, grant.organisation_id), grant)
    own = {(place, grant.organisation_id) for place, found in standing.items() for grant in found if not grant.carried_by}
    there = {(place, grant.organisation_id): grant for place, found in standing.items() for grant in found if grant.carried_by}
    return [Carried(at[0], frozenset(parts), first[at], there.get(at)) for at, parts in said.items() if at not in own]


def carry_withholdings(subject_model: str, going: Collection[Going]) -> None:
    """Within an act that moves parts of records: nobody from whom a record was kept sees its parts where they go."""
    if not going:
        return
    left: dict[UUID, set[UUID]] = defaultdict(set)
    for one in going:
        left[one.source].add(one.part)
    fresh, changed = [], {}
    for carried in carried_by(subject_model, going):
        if carried.there is None:
            fresh.append(_carried_to(carried))
        else:
            changed[carried.there.id] = carried.there
            carried.there.carried_by = sorted({*carried.there.carried_by, *carried.parts})
    for place, found in _withholdings(subject_model, left).items():
        for grant in found:
            if not left[place].isdisjoint(grant.carried_by):
                grant = changed.setdefault(grant.id, grant)
                grant.carried_by = [part for part in grant.carried_by if part not in left[place]]
    for grant in changed.values():
        grant.recalled = not grant.carried_by
    Grant.objects.bulk_change(list(changed.values()), ["carried_by", "recalled"])
    Grant.objects.bulk_create(fresh)


def _carried_to(one: Carried) -> Grant:
    """The same word of the same person about the record into which the parts go."""
    told = ("subject_model", "organisation_id", "withholds", "granted_by", "granted_by_name", "why", "marking", "embargo_until")
    return Grant(subject_id=one.into, carried_by=sorted(one.parts), **{name: getattr(one.said, name) for name in told})


def _withholdings(subject_model: str, subjects: Collection[UUID]) -> dict[UUID, list[Grant]]:
    found: dict[UUID, list[Grant]] = defaultdict(list)
    owner = current_actor().organisation
    kept = Grant.objects.filter(subject_model=subject_model, subject_id__in=list(subjects), recalled=False, withholds=True, owner_id=owner)
    for grant in kept.order_by("created_at", "id"):
        found[grant.subject_id].append(grant)
    return found


def recall_all(subject_model: str, subjects: Collection[UUID]) -> None:
    """Within an act that closes records above what is released: no release of them comes back by itself when they are lowered again."""
    standing = Grant.objects.filter(subject_model=subject_model, subject_id__in=list(subjects), recalled=False, withholds=False)
    _recall(list(standing))


def _decide(actor: Actor, record: Record, organisations: Collection[UUID], reason: str, *, withholds: bool) -> None:
    label = record._meta.label
    # whoever reckons this record's readers at this moment waits, or is waited for
    list(type(record)._default_manager.select_for_update().filter(id=record.id).values_list("id"))
    wanted = set(organisations) - {record.owner_id}
    standing = list(Grant.objects.filter(subject_model=label, subject_id=record.id, recalled=False, organisation_id__in=list(wanted)))
    _recall([grant for grant in standing if grant.withholds != withholds])
    # what lines brought here leaves with them: said of this record, it stays
    told = {grant.organisation_id for grant in standing if grant.withholds == withholds and not grant.carried_by}
    Grant.objects.bulk_create(
        [
            Grant(
                subject_model=label,
                subject_id=record.id,
                organisation_id=organisation,
                withholds=withholds,
                granted_by=actor.person,
                granted_by_name=actor.name,
                why=reason,
                marking=record.marking,
                compartment_id=record.compartment_id,
                embargo_until=record.embargo_until,
            )
            for organisation in sorted(wanted - told)
        ]
    )
    if label not in BY_RULE:
        released = set(record.releasable_to)
        record.releasable_to = sorted(released - wanted if withholds else released | wanted)
        record.save()


def _recall(grants: Sequence[Grant]) -> None:
    for grant in grants:
        grant.recalled = True
    Grant.objects.bulk_change(list(grants), ["recalled"])
