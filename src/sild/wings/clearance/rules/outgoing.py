"""Whether a line may go out on a day, by what its licence cases say: data and pure functions.

A line that needs a licence goes out only on a day on which it was granted and had not run out. What nobody knows yet stops it too, until
a person who answers for it goes on all the same. Source: docs/explanation/clearance.md; Regulation (EU) 2021/821, Article 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Literal

from sild.wings.clearance.rules.cases import CaseState
from sild.wings.clearance.rules.clocks import Step


class StopWord(StrEnum):
    """Why a line does not go out."""

    DENIED = "denied"
    EXPIRED = "expired"
    MISSING = "missing"
    UNKNOWN = "unknown"
    OBJECTION = "objection"
    DECISION = "decision"


LicenceWord = Literal["not-needed", "granted", "pending", "denied", "unknown"]

S = CaseState
LICENCE_WORDS: Mapping[CaseState, LicenceWord] = {
    S.NOT_ASSESSED: "unknown",
    S.CANDIDATE: "unknown",
    S.ENQUIRY_SENT: "unknown",
    S.LIKELY_NONE: "not-needed",
    S.LICENCE_REQUIRED: "pending",
    S.APPLIED: "pending",
    S.INFORMATION_REQUESTED: "pending",
    S.RETURNED: "pending",
    S.GRANTED: "granted",
    S.DENIED: "denied",
}
"""What a state means for a plan, for the light of a match and for what is to go out. A case that was set aside says nothing."""

_STOPPED_BY: Mapping[LicenceWord, StopWord | None] = {
    "unknown": StopWord.UNKNOWN,
    "pending": StopWord.MISSING,
    "denied": StopWord.DENIED,
    "granted": None,
    "not-needed": None,
}
STOPS: Mapping[CaseState, StopWord | None] = {S.SET_ASIDE: None} | {state: _STOPPED_BY[word] for state, word in LICENCE_WORDS.items()}
"""What each state of a case means for what is to go out: the same table, told as what stops."""

GOES_ON = frozenset({StopWord.UNKNOWN})
"""What an officer may go on with, for a reason that is kept. Everything else ends at the authority, the objector or who decided."""


def state_on(day: date, steps: Sequence[Step], now: CaseState) -> CaseState:
    """The state of a case on a day, from its steps in order of their days. Before its first step it is as it is `now`, but that a
    licence that was granted later was missing then."""
    moved = [step for step in steps if step.moved and step.on <= day]
    if moved:
        return CaseState(moved[-1].state)
    return S.LICENCE_REQUIRED if now == S.GRANTED else now


def stop_on(day: date, steps: Sequence[Step], now: CaseState, expires_on: date | None) -> StopWord | None:
    """Why a case stops its line on a day; None: it does not. `expires_on` is the last day of the licence that was granted last."""
    state = state_on(day, steps, now)
    if state == S.GRANTED and now == S.GRANTED and expires_on is not None and expires_on < day:
        return StopWord.EXPIRED
    return STOPS[state]
