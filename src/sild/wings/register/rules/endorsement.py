"""Whether a need's endorsement counts on a day: one pure function that the light, the plan, proposals and what waits share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sild.wings.register.rules.describing import waits_for_ruling
from sild.wings.register.rules.states import CLOSED, NeedState

SOON_DAYS = 30
"""How long before its end an endorsement is told among what waits."""


class EndorsementStanding(StrEnum):
    """What is known of an endorsement. The first two count; an end that nobody set is said, and holds nothing up."""

    ENDORSED = "endorsed"
    WITHOUT_END = "endorsed-without-end"
    UNDATED = "endorsement-undated"
    LAPSED = "endorsement-lapsed"
    TAKEN_BACK = "taken-back"
    NOT_YET = "not-yet-endorsed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """How a need stands with its gates on a day; `until` is the last day on which it counts, None where that is not known."""

    standing: EndorsementStanding
    until: date | None = None

    @property
    def counts(self) -> bool:
        """Whether something may be proposed for the need."""
        return self.standing in (EndorsementStanding.ENDORSED, EndorsementStanding.WITHOUT_END)


def endorsement(state: str, taken_back: bool, endorsed_on: date | None, days: int | None, today: date) -> Endorsement:
    """The endorsement of a need in a state, endorsed on a day, where the mechanism lets it count so many days (None: it does not say)."""
    if waits_for_ruling(taken_back, state):
        return Endorsement(standing=EndorsementStanding.TAKEN_BACK)
    if state in CLOSED:
        return Endorsement(standing=EndorsementStanding.CLOSED)
    if state != NeedState.ENDORSED:
        return Endorsement(standing=EndorsementStanding.NOT_YET)
    if days is None:
        return Endorsement(standing=EndorsementStanding.WITHOUT_END)
    if endorsed_on is None:
        return Endorsement(standing=EndorsementStanding.UNDATED)
    until = endorsed_on + timedelta(days=days)
    return Endorsement(standing=EndorsementStanding.ENDORSED if today <= until else EndorsementStanding.LAPSED, until=until)
