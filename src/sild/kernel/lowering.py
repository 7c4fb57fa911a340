"""Lowering: the one way to make a record less closed. One person proposes, another of the same organisation confirms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, on_behalf_of
from sild.kernel.identity import Mechanism, Member
from sild.kernel.inheritance import Closed, children_of, closed_of, demanded_of
from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.kernel.subjects import own_subject
from sild.values.marking import Marking

MARKERS = PEOPLE - {Role.AUDITOR}
WAITING: dict[str, Any] = {"confirmed_by": None, "declined": False, "applied": False}
"""What a proposal looks like that waits for a second person."""


class Lowering(Record):
    """A proposal to make a record less closed: to `to_marking`, out of its compartment, out of its embargo. Two people make it true.

    The database refuses to lower any marking without one of these that a second person confirmed, and keeps beside it, where no
    statement of the desk writes, the records that it covers: the subject and what was made from it (kernel/scope.py).
    """

    inherits = (From(of="*", key="subject_id"),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    to_marking = models.PositiveSmallIntegerField()
    leaves_compartment = models.BooleanField(default=False)
    ends_embargo = models.BooleanField(default=False)
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=300)
    # who sat there then: the same person may sit elsewhere when it is confirmed
    proposed_by_account = models.UUIDField(null=True)
    why = models.TextField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=300, blank=True)
    declined = models.BooleanField(default=False)
    applied = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"


@action("access.propose-lowering", roles=MARKERS)
def propose_lowering(
    actor: Actor,
    subject_model: str,
    subject_id: UUID,
    marking: Marking,
    *,
    reason: str,
    leaves_compartment: bool = False,
    ends_embargo: bool = False,
) -> UUID:
    """Propose to make a record of one's own organisation less closed; nothing changes until somebody else confirms. Returns its id.

    Raises NotThere; Refused where it would lower nothing, or below the records that it was made from.
    """
    record = own_subject(actor, subject_model, subject_id)
    leaves = leaves_compartment and record.compartment_id is not None
    ends = ends_embargo and record.embargo_until is not None and record.embargo_until > clock.now()
    if marking > record.marking or (marking == record.marking and not leaves and not ends):
        told = _("The record is marked {now}: this would not lower it. To close it further, raise its marking.")
        raise Refused(told.format(now=Marking(record.marking).label))
    _refuse_below_its_parents(record, marking, leaves=leaves, ends=ends)
    if Lowering.objects.filter(subject_model=subject_model, subject_id=subject_id, **WAITING).exists():
        raise Refused(_("A lowering of this record waits already. Have it confirmed or declined first."))
    lowering = Lowering(
        subject_model=subject_model,
        subject_id=subject_id,
        to_marking=int(marking),
        leaves_compartment=leaves,
        ends_embargo=ends,
        proposed_by=actor.person,
        proposed_by_name=actor.name,
        proposed_by_account=account_on(actor, actor.person),
        why=reason,
        marking=record.marking,
        compartment_id=record.compartment_id,
        embargo_until=record.embargo_until,
    )
    lowering.save()
    return lowering.id


@action("access.confirm-lowering", roles=MARKERS, recalled=True)
def confirm_lowering(actor: Actor, lowering_id: UUID, *, reason: str = "") -> int:
    """Confirm what a colleague proposed: the record, and what was closed with it, is lowered. Returns how many records were.

    Raises NotThere; Refused for one's own proposal, and where the record changed its place since.
    """
    lowering = _waiting(actor, lowering_id)
    if actor.person == lowering.proposed_by or _same_person(actor, lowering):
        raise Refused(_("You proposed this lowering yourself: a colleague has to confirm it."))
    record = own_subject(actor, lowering.subject_model, lowering.subject_id)
    _refuse_below_its_parents(record, Marking(lowering.to_marking), leaves=lowering.leaves_compartment, ends=lowering.ends_embargo)
    lowering.confirmed_by, lowering.confirmed_by_name = actor.person, actor.name
    lowering.save()
    try:
        with _allowed_by(lowering):
            lowered = _lower(record, lowering)
    except IntegrityError as fault:
        raise Refused(_("The same stands in the open already: it cannot leave the compartment beside it.")) from fault
    lowering.applied = True
    lowering.save()
    return lowered


@action("access.decline-lowering", roles=MARKERS, recalled=True)
def decline_lowering(actor: Actor, lowering_id: UUID, *, reason: str) -> None:
    """Decline a proposed lowering, or take back one's own. Raises NotThere, Refused."""
    lowering = _waiting(actor, lowering_id)
    lowering.declined = True
    lowering.save()


def _waiting(actor: Actor, lowering_id: UUID) -> Lowering:
    lowering = Lowering.found(lowering_id)
    own_subject(actor, lowering.subject_model, lowering.subject_id)
    if lowering.confirmed_by is not None or lowering.declined:
        raise Refused(_("This lowering was confirmed or declined already."))
    return lowering


def _same_person(actor: Actor, lowering: Lowering) -> bool:
    """Whether a proposal is the actor's own, from another seat: somebody with two seats is one of the two people.

    The account counts that sat there when it was proposed, and the one that sits there now.
    """
    mine = account_on(actor, actor.person)
    return mine is not None and mine in (lowering.proposed_by_account, account_on(actor, lowering.proposed_by))


def account_on(actor: Actor, member: UUID) -> UUID | None:
    """The account that sits on a seat now; None for an empty one. Who sits where is the secretariat's record."""
    mechanism = Mechanism.objects.filter(id=actor.mechanism).first()
    if mechanism is None:
        return None
    with on_behalf_of(mechanism.owner_id):
        return Member.objects.filter(id=member).values_list("account_id", flat=True).first()


def _refuse_below_its_parents(record: Record, marking: Marking, *, leaves: bool, ends: bool) -> None:
    demanded = demanded_of(record)
    if marking < demanded.marking:
        told = _("It was made from records marked {floor}. Lower those first: the message where it was told, then its lines.")
        raise Refused(told.format(floor=Marking(demanded.marking).label))
    if leaves and demanded.compartment is not None:
        raise Refused(_("It was made from records in the compartment. Take the message out of it: the rest goes with it."))
    if ends and demanded.embargo is not None and demanded.embargo > clock.now():
        raise Refused(_("It was made from records under an embargo. End the embargo of the message: the rest goes with it."))


@contextmanager
def _allowed_by(lowering: Lowering) -> Iterator[None]:
    """Tell the database under which confirmed lowering rows may become less closed, for these statements alone."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('sild.lowering', %s, true)", [str(lowering.id)])
        yield
        cursor.execute("select set_config('sild.lowering', '', true)")


def _lower(record: Record, lowering: Lowering) -> int:
    """Lower a record, then whatever was as closed as it only because of it; returns how many records changed."""
    was = closed_of(record)
    target = Closed(
        lowering.to_marking,
        None if lowering.leaves_compartment else was.compartment,
        None if lowering.ends_embargo else was.embargo,
    )
    _write(record, target)
    count, level = 1, {record._meta.label: {record.id}}
    seen = {record.id}
    while level:
        below: dict[str, set[UUID]] = {}
        for label, keys in level.items():
            for child_label, child_keys in children_of(label, keys):
                model: Any = apps.get_model(child_label)
                for child in model.objects.filter(id__in=list(child_keys - seen), owner_id=record.owner_id):
                    seen.add(child.id)
                    # the proposal itself stays as closed as what it was about
                    if isinstance(child, Lowering) or not _follow(child, was, target):
                        continue
                    below.setdefault(child_label, set()).add(child.id)
                    count += 1
        level = below
    return count


def _follow(child: Record, was: Closed, target: Closed) -> bool:
    """Lower a child as far as its parents now allow, where it is exactly as closed as what was lowered. Returns whether it changed."""
    now, demanded = closed_of(child), demanded_of(child)
    wanted = Closed(
        max(target.marking, demanded.marking) if now.marking == was.marking else now.marking,
        demanded.compartment if now.compartment == was.compartment else now.compartment,
        demanded.embargo if now.embargo == was.embargo and target.embargo != was.embargo else now.embargo,
    )
    if wanted == now:
        return False
    _write(child, wanted)
    return True


def _write(record: Record, level: Closed) -> None:
    record.marking, record.compartment_id, record.embargo_until = level.marking, level.compartment, level.embargo
    record.save()
