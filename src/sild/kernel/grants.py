"""Grants: what a person released, or withheld, beyond what the mechanism's rule says. Kept apart, so that the rule never writes it over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.kernel.subjects import named_organisations, own_subject
from sild.values.marking import Marking

RELEASERS = PEOPLE - {Role.AUDITOR}
MOST_RELEASED = Marking.AMBER
"""The most closed marking under which a record is released to other organisations; AMBER+STRICT and RED stay with their owner."""


class Grant(Record):
    """A person let an organisation see a record (or, where `withholds`, kept it from one) until that is `recalled`."""

    inherits = (From(of="*", key="subject_id"),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    organisation_id = models.UUIDField()
    withholds = models.BooleanField(default=False)
    granted_by = models.UUIDField()
    granted_by_name = models.CharField(max_length=300)
    why = models.TextField()
    recalled = models.BooleanField(default=False)

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
    told = {grant.organisation_id for grant in standing if grant.withholds == withholds}
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
