"""Words and sizes of responses: where an option stands and may go, what is said of what it asks for, the three things."""

from __future__ import annotations

from enum import StrEnum

LONGEST_TITLE, LONGEST_WORDS, LONGEST_REASON = 300, 10_000, 2_000
MOST_STEPS, MOST_WORDS = 100, 200
LANGUAGES = ("en", "uk")
"""In which languages a paper can be made."""


class ResponseState(StrEnum):
    """Whether a response is worked on."""

    OPEN = "open"
    CLOSED = "closed"


class OptionState(StrEnum):
    """Where a picked option stands. It is proposed by whoever picks it; who decided is written down."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DONE = "done"
    DROPPED = "dropped"


NEXT: dict[OptionState, tuple[OptionState, ...]] = {
    OptionState.PROPOSED: (OptionState.DECIDED, OptionState.DROPPED),
    OptionState.DECIDED: (OptionState.DONE, OptionState.DROPPED, OptionState.PROPOSED),
    OptionState.DONE: (OptionState.DECIDED,),
    OptionState.DROPPED: (OptionState.PROPOSED,),
}
"""Where an option may go. Back is a step like any other: what was said before stays, and the later word takes its place."""
BACK = frozenset(
    {
        (OptionState.DECIDED, OptionState.PROPOSED),
        (OptionState.DONE, OptionState.DECIDED),
        (OptionState.DROPPED, OptionState.PROPOSED),
    }
)
"""Steps that take the one before them back."""


class PreconditionStand(StrEnum):
    """What is said of something that an option asks for first. Nobody having spoken is unknown too."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


class DeliveryLevel(StrEnum):
    """At which level an option is delivered; a person says it, for no list does."""

    UNKNOWN = "unknown"
    WORKING = "working-level"
    AMBASSADOR = "ambassador"
    MINISTER = "minister"
    GOVERNMENT = "government"
    UNION = "union"


class Essential(StrEnum):
    """The three things: to signal that it is significant, to ask for help, to condemn."""

    SIGNAL = "signal"
    ASK = "ask"
    CONDEMN = "condemn"


class EssentialStand(StrEnum):
    """What is said of one of the three. "Not done" is somebody's word; where nobody spoke it is unknown."""

    DONE = "done"
    UNDER_WAY = "under-way"
    NOT_DONE = "not-done"
    NOT_WANTED = "not-wanted"
    UNKNOWN = "unknown"
