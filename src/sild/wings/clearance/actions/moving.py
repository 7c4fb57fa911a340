"""Cases of lines that move into a compartment go along, under new identifiers; outside it is as if they had never been."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.kernel.record import Record
from sild.wings.clearance.actions.line_bound import HANG_ON_LINES
from sild.wings.clearance.models import CaseDocument, ConditionWord, LicenceCase


@action("clearance.move-with-lines", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_cases(actor: Actor, lines: Mapping[UUID, UUID], compartment: UUID) -> int:
    """Move the cases of moved lines (old identifier to new) into their compartment; returns how many."""
    cases = list(LicenceCase.objects.filter(line_id__in=list(lines), owner_id=actor.organisation).order_by("id"))
    close_into(compartment, cases)
    copies = {case.id: copy_of(case, line_id=lines[case.line_id]) for case in cases}
    remove(cases)
    LicenceCase.objects.bulk_create(list(copies.values()))
    rename_in_history("clearance.LicenceCase", {key: copy.id for key, copy in copies.items()}, compartment)
    for model in HANG_ON_LINES:
        _take_along(model, "line_id", lines, compartment)
    called = {key: copy.id for key, copy in copies.items()}
    _take_along(CaseDocument, "case_id", called, compartment)
    _take_along(ConditionWord, "record_id", called, compartment)
    return len(copies)


def _take_along(model: type[Record], key: str, moved: Mapping[UUID, UUID], compartment: UUID) -> None:
    """Close what organisations keep beside moved records into the compartment, and let it name them by their new identifiers."""
    for owner in kept_beside(model._meta.db_table, key, list(moved)) if moved else ():
        with on_behalf_of(owner):
            found = list(model._default_manager.filter(**{f"{key}__in": list(moved)}, owner_id=owner).order_by("id"))
            close_into(compartment, found)
            for record in found:
                setattr(record, key, moved[getattr(record, key)])
            model._default_manager.bulk_change(found, [key])
