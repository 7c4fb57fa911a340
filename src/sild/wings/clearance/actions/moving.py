"""Cases of lines that move into a compartment go along, under new identifiers; outside it is as if they had never been."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.wings.clearance.models import LicenceCase


@action("clearance.move-with-lines", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_cases(actor: Actor, lines: Mapping[UUID, UUID], compartment: UUID) -> int:
    """Move the cases of moved lines (old identifier to new) into their compartment; returns how many."""
    cases = list(LicenceCase.objects.filter(line_id__in=list(lines), owner_id=actor.organisation).order_by("id"))
    close_into(compartment, cases)
    copies = {case.id: copy_of(case, line_id=lines[case.line_id]) for case in cases}
    remove(cases)
    LicenceCase.objects.bulk_create(list(copies.values()))
    rename_in_history("clearance.LicenceCase", {key: copy.id for key, copy in copies.items()}, compartment)
    return len(copies)
