"""Attribution in the base world: a case of the officer's in its compartment, with something delivered, something late, something waived."""

from __future__ import annotations

from sild.kernel.identity import actor_named
from sild.wings.attribution.actions import CaseOpening, NewCase, deliver_input, end_case, waive_input
from sild.wings.attribution.reads import case_record
from sild.wings.attribution.rules import AttributionState


def attribute(slug: str) -> None:
    """Open two cases, the second over already; the officer alone is in their compartments."""
    officer = actor_named(slug, "officer")
    told = "for the worlds"
    case = CaseOpening(officer, []).run(NewCase(title="Who read the mail", summary="for the worlds"), reason=told)
    over = CaseOpening(officer, []).run(NewCase(title="Who wrote on the wall"), reason=told)
    inside = actor_named(slug, "officer")
    first, second, *_rest = case_record(inside, case).inputs
    deliver_input(inside, first.id, "a paper of theirs")
    waive_input(inside, second.id, reason=told)
    end_case(inside, over, AttributionState.NOT_PURSUED, reason="nothing was damaged")
