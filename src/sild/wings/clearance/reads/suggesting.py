"""Which entries of the control list are worth a look for a case or a line, and why. Nothing here rules."""

from __future__ import annotations

from uuid import UUID

from sild.cores.linkage import about
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.rules import Candidate, candidates


@read
def candidates_for(actor: Actor, case_id: UUID) -> tuple[Candidate, ...]:
    """The entries that a case's line gives cause to look at. Raises NotThere."""
    case: LicenceCase = LicenceCase.found(case_id)
    return candidates_of(case.category, case.item)


def candidates_of(category: str, text: str) -> tuple[Candidate, ...]:
    """The same for what a line says; its things are known in all languages of the desk."""
    told = about(text)
    return candidates(category=category, things=told.heads | told.things, text=text)
