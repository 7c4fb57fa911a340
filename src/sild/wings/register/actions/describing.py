"""Describing: after a change of a line, what its need or offer says follows, without linking anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.wings.register.models import Line, Need, Offer
from sild.wings.register.reads.ruled import ruled_on
from sild.wings.register.rules import describe_need, describe_offer, in_time


@action("register.describe-anew", roles=frozenset(Role) - {Role.AUDITOR})
def describe_anew(actor: Actor, lines: Sequence[Line]) -> None:
    """Describe the needs and offers that lines speak of, from all their lines as these are now; those that say the same are left."""
    spoken = sorted({line.need_id for line in lines if line.need_id})
    ruled = ruled_on(spoken)
    for need_id in spoken:
        need = Need.found(need_id)
        members = in_time(Line.objects.filter(need=need))
        describe_need(need, members, ruled.get(need_id))
        _save(need, members)
    for offer_id in sorted({line.offer_id for line in lines if line.offer_id}):
        offer = Offer.found(offer_id)
        members = in_time(Line.objects.filter(offer=offer))
        describe_offer(offer, members)
        _save(offer, members)


@action("register.describe-joined", roles=frozenset(Role) - {Role.AUDITOR})
def describe_joined(actor: Actor, lines: Collection[UUID], *, leaving: bool = False) -> list[tuple[str, UUID]]:
    """Describe the needs and offers that were joined into others, and of which these lines told, from their lines as these are now.

    A mended line leaves them: they say what was said then. Words that are erased leave them too, and so do lines that are `leaving`,
    which they then name no more. Their states stay. Returns them as (kind of record, id).
    """
    keys = set(lines)
    told: list[Need | Offer] = [
        *Need.objects.filter(joined_lines__overlap=list(keys)),
        *Offer.objects.filter(joined_lines__overlap=list(keys)),
    ]
    for record in told:
        if leaving:
            record.joined_lines = [key for key in record.joined_lines if key not in keys]
        members = in_time(Line.objects.filter(id__in=record.joined_lines))
        if isinstance(record, Need):
            state = record.state
            describe_need(record, members, None)
            record.state = state
        else:
            describe_offer(record, members)
        _save(record, members)
    return [(record._meta.label, record.id) for record in told]


def _save(record: Need | Offer, members: Sequence[Line]) -> None:
    # never lower: that takes two people
    record.marking = max([record.marking, *(line.marking for line in members)])
    if record.image() != record.remembered():
        record.save()
