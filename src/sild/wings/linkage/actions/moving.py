"""Links and judgements of lines that move into a compartment: taken away, and put back inside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.linkage.models import Judgement, Link


@action("linkage.take-links", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def take_links(actor: Actor, moving: Collection[UUID], compartment: UUID) -> list[Link | Judgement]:
    """Take away the links and judgements of lines that move into a compartment; returns those between two of them, to be put back inside.

    One with a line that stays outside is gone: nothing outside points at what is inside.
    """
    both = Q(line_a_id__in=list(moving)) | Q(line_b_id__in=list(moving))
    taken: list[Link | Judgement] = []
    for kind in (list(Link.objects.filter(both)), list(Judgement.objects.filter(both))):
        close_into(compartment, kind)
        copies = {one.id: copy_of(one) for one in kind if one.line_a_id in moving and one.line_b_id in moving}
        remove(kind)
        for label in {one._meta.label for one in kind}:
            # what was noted beside a pair goes inside with it, also where the pair itself is gone
            rename_in_history(label, {one.id: copies[one.id].id if one.id in copies else one.id for one in kind}, compartment)
        taken += copies.values()
    return taken


@action("linkage.put-links", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def put_links(actor: Actor, taken: Sequence[Link | Judgement], lines: Mapping[UUID, UUID]) -> None:
    """Put links and judgements between moved lines back, under the lines' new identifiers."""
    for one in taken:
        one.line_a_id, one.line_b_id = lines[one.line_a_id], lines[one.line_b_id]
        one.save()
