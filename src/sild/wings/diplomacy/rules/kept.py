"""Words and sizes of what people keep: how far an implementation is, what a contact point is for, what a State did with a treaty."""

from __future__ import annotations

from enum import StrEnum

LONGEST_NAME = 300
LONGEST_TEXT = 4000


class Progress(StrEnum):
    """How far something is that was done for a norm or a measure."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    STOPPED = "stopped"


class ContactKind(StrEnum):
    """What a contact point is for."""

    DIPLOMATIC = "diplomatic"
    TECHNICAL = "technical"
    ROUND_THE_CLOCK = "round-the-clock"


class TreatyAct(StrEnum):
    """What a State did with a treaty, in the order in which it is done."""

    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in-force"
    DENOUNCED = "denounced"
