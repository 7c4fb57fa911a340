"""Which evidence of a case is open: anybody may read it, and a person let it into a sanctions file. Of all other, why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import Aspect
from sild.kernel.actor import Actor
from sild.kernel.said import said
from sild.wings.attribution.public import EvidenceAudience, EvidenceRow, evidence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An item of evidence as a listing may or may not rest on it: `why_not` is empty where it may."""

    row: EvidenceRow
    why_not: str


def items_of(actor: Actor, case: UUID | None) -> dict[UUID, OpenItem]:
    """All items of a case by id, each with whether a listing may rest on it. Empty without a case. Raises NotThere."""
    if case is None:
        return {}
    found = evidence_of(actor, case)
    sealed = {one.id for one in found.sources if one.sealed}
    return {row.id: OpenItem(row=row, why_not=_why_not(row, sealed=row.source in sealed)) for row in found.rows}


def _why_not(row: EvidenceRow, *, sealed: bool) -> str:
    if row.withdrawn:
        return _("{title} was taken back: nothing can rest on it.").format(title=row.title)
    if sealed:
        return _("The source of {title} is sealed: it is no open source.").format(title=row.title)
    if row.aspect == Aspect.INTELLIGENCE:
        return _("{title} is intelligence: it is no open source, whoever may be shown it.").format(title=row.title)
    if EvidenceAudience.PUBLIC not in row.shown_to:
        others = ", ".join(said().label(one, "audience") for one in row.shown_to) or "–"
        told = _("{title} is for others ({others}) and not for the public. Reasons of a listing rest on open sources alone.")
        return told.format(title=row.title, others=others)
    if EvidenceAudience.SANCTIONS_FILE not in row.shown_to:
        return _("Nobody said that {title} may go into a sanctions file. Say so on the item first, if it may.").format(title=row.title)
    return ""
