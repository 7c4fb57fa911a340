"""What an act asks for before it writes: a case that is worked on, a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.attribution.models import Case
from sild.wings.attribution.rules import LONGEST_REASON, AttributionState


def open_one(case_id: UUID, *, version: int | None = None) -> Case:
    """A case that is worked on. Raises NotThere, Stale, Refused."""
    case: Case = Case.found(case_id, version=version)
    if case.state != AttributionState.OPEN:
        raise Refused(_("The case is over. Take it up again first, with the reason."))
    return case


def reason_given(reason: str) -> str:
    """The reason as it is kept. Raises Refused where there is none."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise Refused(_("Say why: the reason is kept."))
    return said


def closed_as(case: Case) -> dict[str, Any]:
    """The columns that make what belongs to a case as closed as it, from the first moment."""
    return {"marking": case.marking, "compartment_id": case.compartment_id, "embargo_until": case.embargo_until}
