"""A giver's own draft of an offer: its stages until it leaves the house, what may be said of it, and who may clear it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sild.values.marking import Marking

LONGEST_WORDS = 2_000
"""Of what is said when a draft is cleared, sent back or dropped."""


class DraftStage(StrEnum):
    """How far a draft is inside the house of who gives."""

    DRAFT = "draft"
    CLEARANCE = "internal-clearance"
    CLEARED = "cleared"
    OFFERED = "offered"
    DROPPED = "dropped"


class DraftStep(StrEnum):
    """What somebody did with a draft."""

    WRITTEN = "written"
    CHANGED = "changed"
    SENT = "sent-to-clearance"
    CLEARED = "cleared"
    SENT_BACK = "sent-back"
    DROPPED = "dropped"
    TAKEN_UP = "taken-up"
    OFFERED = "offered"


STEPS: Mapping[DraftStep, tuple[frozenset[DraftStage], DraftStage]] = {
    DraftStep.CHANGED: (frozenset({DraftStage.DRAFT}), DraftStage.DRAFT),
    DraftStep.SENT: (frozenset({DraftStage.DRAFT}), DraftStage.CLEARANCE),
    DraftStep.CLEARED: (frozenset({DraftStage.CLEARANCE}), DraftStage.CLEARED),
    # what was cleared is not changed: it is sent back, and cleared anew
    DraftStep.SENT_BACK: (frozenset({DraftStage.CLEARANCE, DraftStage.CLEARED}), DraftStage.DRAFT),
    DraftStep.DROPPED: (frozenset({DraftStage.DRAFT, DraftStage.CLEARANCE, DraftStage.CLEARED}), DraftStage.DROPPED),
    DraftStep.TAKEN_UP: (frozenset({DraftStage.DROPPED}), DraftStage.DRAFT),
    DraftStep.OFFERED: (frozenset({DraftStage.CLEARED}), DraftStage.OFFERED),
}
"""From where each step goes, and whereto. An offered draft goes nowhere: what left the house is withdrawn as an offer."""

WITH_WORDS = frozenset({DraftStep.CLEARED, DraftStep.SENT_BACK, DraftStep.DROPPED})
"""Steps that say why, or with what words."""


def steps_from(stage: DraftStage) -> tuple[DraftStep, ...]:
    """The steps that may follow, in the order of the work."""
    return tuple(step for step, (stages, _then) in STEPS.items() if stage in stages)


def last_writer(steps: list[dict[str, str]]) -> dict[str, str]:
    """The step that wrote the words which stand now; {} where none is kept."""
    return next((one for one in reversed(steps) if one.get("step") in (DraftStep.WRITTEN, DraftStep.CHANGED)), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """What a draft says of the thing: the fields of the offer that comes of it. `terms`: conditions, in the giver's words."""

    item: str
    category: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    beneficiary: str = ""
    value_amount: Decimal | None = None
    value_currency: str = ""
    available_from: date | None = None
    available_until: date | None = None
    terms: str = ""
    marking: Marking = Marking.AMBER
