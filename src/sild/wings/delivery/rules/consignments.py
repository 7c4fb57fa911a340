"""States of a consignment and the acts that move it, as data: who may do what when, and how its pieces are counted.

A consignment is split into pieces by what is known of them: taken over by the recipient, disputed, returned, lost, and the rest, which
is as far as the `stage` says. Every piece is in exactly one of these. Beside each act stands the message type of OASIS EDXL-RM 1.0
that it answers to; docs/explanation/delivery.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

MOST_STEPS, MOST_LEGS, LONGEST_TEXT, LONGEST_PLACE = 200, 20, 2000, 200
NOTHING = Decimal(0)


class ConsignmentKind(StrEnum):
    """What is given: goods in pieces, licences in seats, services in days, hosting in what is stored."""

    GOODS = "goods"
    LICENCES = "licences"
    SERVICES = "services"
    HOSTING = "hosting"


IMMATERIAL = frozenset({ConsignmentKind.LICENCES, ConsignmentKind.SERVICES, ConsignmentKind.HOSTING})
"""What travels by no road. Work and hosting begin, licences are handed over at once."""


class State(StrEnum):
    """Where a consignment stands. The first four are also the stage of the pieces of which nothing else is known."""

    PREPARED = "prepared"
    UNDER_WAY = "under-way"
    ARRIVED = "arrived"
    HANDED_OVER = "handed-over"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    RETURNED = "returned"
    LOST = "lost"
    CALLED_OFF = "called-off"


STAGES = (State.PREPARED, State.UNDER_WAY, State.ARRIVED, State.HANDED_OVER)
"""How far the rest is, in order."""
THERE = frozenset({State.ARRIVED, State.HANDED_OVER})
"""Stages in which the pieces are where they were to go."""


class Speaker(StrEnum):
    """Who says it: those who give, those who carry, those who receive, the secretariat."""

    GIVER = "giver"
    CARRIER = "carrier"
    RECIPIENT = "requester"
    SECRETARIAT = "secretariat"


class Renewal(StrEnum):
    """When what was received has to be renewed, as the recipient says."""

    UNKNOWN = "unknown"
    NEVER = "never"
    DAY = "day"


class ConsignmentDeed(StrEnum):
    """What is done with a consignment, or said of it."""

    PREPARE = "prepare"
    ROUTE = "route"
    DEPART = "depart"
    ARRIVE = "arrive"
    HAND_OVER = "hand-over"
    RECEIVE = "receive"
    DISPUTE = "dispute"
    REPLY = "reply"
    SETTLE = "settle"
    RETURN = "return"
    LOSE = "lose"
    COUNT_USE = "count-use"
    EXTEND = "extend"
    CALL_OFF = "call-off"
    ASK_LONGER = "ask-longer"
    NOT_LONGER = "not-longer"
    ASK_BACK = "ask-back"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """An act: for whom (an officer writes it down for the first of them), whether it needs a reason, its EDXL-RM type (empty: none)."""

    speakers: tuple[Speaker, ...]
    reason: bool = False
    edxl: str = ""


_MOVING = (Speaker.CARRIER, Speaker.GIVER)
VERBS: dict[ConsignmentDeed, Verb] = {
    ConsignmentDeed.ROUTE: Verb(speakers=_MOVING, edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.DEPART: Verb(speakers=_MOVING, edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.ARRIVE: Verb(speakers=_MOVING, edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.HAND_OVER: Verb(speakers=_MOVING, edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.LOSE: Verb(speakers=_MOVING, reason=True, edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.COUNT_USE: Verb(speakers=(Speaker.GIVER,), edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.EXTEND: Verb(speakers=(Speaker.GIVER,), edxl="ResponseToRequestExtendedDeploymentDuration"),
    ConsignmentDeed.CALL_OFF: Verb(speakers=(Speaker.GIVER,), reason=True),
    ConsignmentDeed.RECEIVE: Verb(speakers=(Speaker.RECIPIENT,), edxl="ReportResourceDeploymentStatus"),
    ConsignmentDeed.DISPUTE: Verb(speakers=(Speaker.RECIPIENT,), reason=True),
    ConsignmentDeed.SETTLE: Verb(speakers=(Speaker.RECIPIENT,)),
    ConsignmentDeed.RETURN: Verb(speakers=(Speaker.RECIPIENT,), reason=True, edxl="RequestReturn"),
    ConsignmentDeed.REPLY: Verb(speakers=(Speaker.GIVER, Speaker.SECRETARIAT), reason=True),
    ConsignmentDeed.ASK_LONGER: Verb(speakers=(Speaker.RECIPIENT,), reason=True, edxl="RequestExtendedDeploymentDuration"),
    ConsignmentDeed.NOT_LONGER: Verb(speakers=(Speaker.GIVER,), reason=True, edxl="ResponseToRequestExtendedDeploymentDuration"),
    ConsignmentDeed.ASK_BACK: Verb(speakers=(Speaker.GIVER,), reason=True, edxl="RequestReturn"),
    ConsignmentDeed.KEEP: Verb(speakers=(Speaker.RECIPIENT,), reason=True, edxl="ResponseToRequestReturn"),
}
"""Every act after the preparation."""

WITH_AMOUNT = frozenset(
    {
        ConsignmentDeed.DISPUTE,
        ConsignmentDeed.SETTLE,
        ConsignmentDeed.RETURN,
        ConsignmentDeed.LOSE,
        ConsignmentDeed.COUNT_USE,
        ConsignmentDeed.ASK_BACK,
    }
)
"""Acts that speak of a number of pieces; receiving has its own answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A consignment's pieces: of `quantity` so many were taken over, are disputed, went back, were lost; the rest is at `stage`.

    Questions that are open beside them: `asked_back` pieces by the giver, `asked_longer` by the recipient.
    """

    quantity: Decimal
    stage: State
    accepted: Decimal = NOTHING
    disputed: Decimal = NOTHING
    returned: Decimal = NOTHING
    lost: Decimal = NOTHING
    asked_back: Decimal = NOTHING
    asked_longer: bool = False

    @property
    def rest(self) -> Decimal:
        """The pieces of which nothing but the stage is known."""
        return self.quantity - self.accepted - self.disputed - self.returned - self.lost

    @property
    def arrived(self) -> Decimal:
        """The pieces that the recipient has seen, whatever became of them, and those that are there unseen."""
        return self.accepted + self.disputed + self.returned + (self.rest if self.stage in THERE else NOTHING)

    @property
    def carries(self) -> Decimal:
        """What the consignment takes up of its commitment: what was lost, went back or was called off is owed again."""
        return NOTHING if self.stage == State.CALLED_OFF else self.quantity - self.returned - self.lost

    @property
    def state(self) -> State:
        """What the consignment is called: what needs somebody first, then what is still to come, then how it ended."""
        if self.stage == State.CALLED_OFF:
            return State.CALLED_OFF
        if self.disputed:
            return State.DISPUTED
        if self.rest:
            return self.stage
        if self.accepted:
            return State.ACCEPTED
        return State.RETURNED if self.returned else State.LOST


def most_of(deed: ConsignmentDeed, parts: Parts) -> Decimal:
    """Of how many pieces at most an act with an amount can speak now."""
    open_there = parts.rest if parts.stage in THERE else NOTHING
    amounts = {
        ConsignmentDeed.RECEIVE: parts.quantity - parts.lost,
        ConsignmentDeed.DISPUTE: parts.accepted + open_there,
        ConsignmentDeed.SETTLE: parts.disputed,
        ConsignmentDeed.RETURN: parts.disputed + parts.accepted,
        ConsignmentDeed.LOSE: parts.rest,
        ConsignmentDeed.COUNT_USE: parts.quantity - parts.returned - parts.lost,
        ConsignmentDeed.ASK_BACK: parts.accepted + parts.disputed,
    }
    return amounts.get(deed, NOTHING)


def possible(deed: ConsignmentDeed, kind: ConsignmentKind, parts: Parts, *, legs_ahead: bool = False) -> bool:
    """Whether an act can be done to a consignment as it stands; `legs_ahead`: a leg is planned that nobody has set out on."""
    if parts.stage == State.CALLED_OFF:
        return False
    moving = bool(parts.rest)
    table: dict[ConsignmentDeed, bool] = {
        ConsignmentDeed.ROUTE: moving and parts.stage not in THERE,
        ConsignmentDeed.DEPART: moving
        and kind != ConsignmentKind.LICENCES
        and (parts.stage == State.PREPARED or (parts.stage == State.UNDER_WAY and legs_ahead)),
        ConsignmentDeed.ARRIVE: moving and parts.stage == State.UNDER_WAY,
        ConsignmentDeed.HAND_OVER: moving and parts.stage != State.HANDED_OVER,
        ConsignmentDeed.LOSE: moving,
        ConsignmentDeed.RECEIVE: True,
        ConsignmentDeed.REPLY: bool(parts.disputed),
        ConsignmentDeed.EXTEND: parts.carries > 0,
        ConsignmentDeed.CALL_OFF: parts.stage == State.PREPARED and parts.rest == parts.quantity,
        ConsignmentDeed.ASK_LONGER: parts.accepted > 0 and not parts.asked_longer,
        ConsignmentDeed.NOT_LONGER: parts.asked_longer,
        ConsignmentDeed.KEEP: parts.asked_back > 0,
    }
    return table[deed] if deed in table else most_of(deed, parts) > 0


def deeds_for(kind: ConsignmentKind, parts: Parts, speakers: Iterable[Speaker], *, legs_ahead: bool = False) -> tuple[ConsignmentDeed, ...]:
    """What one of the speakers may do now, in the order of VERBS."""
    mine = set(speakers)
    return tuple(deed for deed, verb in VERBS.items() if mine & set(verb.speakers) and possible(deed, kind, parts, legs_ahead=legs_ahead))


def mover_of(kind: ConsignmentKind, parts: Parts) -> Speaker | None:
    """Whose move it is; None: nobody's. What travels by no road has no carrier."""
    movers: Mapping[State, Speaker] = {
        State.PREPARED: Speaker.GIVER,
        State.UNDER_WAY: Speaker.GIVER if kind in IMMATERIAL else Speaker.CARRIER,
        State.ARRIVED: Speaker.RECIPIENT,
        State.HANDED_OVER: Speaker.RECIPIENT,
        State.DISPUTED: Speaker.GIVER,
    }
    if parts.state in movers:
        return movers[parts.state]
    # what is over and done with may still be asked for
    if parts.asked_back:
        return Speaker.RECIPIENT
    return Speaker.GIVER if parts.asked_longer else None


AMOUNTS = ("quantity", "arrived", "faulty", "accepted", "disputed", "returned", "lost", "in_use", "reported", "asked_back")
SAID = ("from", "to", "carrier", "received_by", "due", "until", "before", "renewal", "renew_on", "wanted")
"""What stands in a step, in the order in which it is told: the database keeps it in another."""


def written(amount: Decimal) -> str:
    """An amount without an exponent and without trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def step(
    day: date,
    deed: ConsignmentDeed,
    speaker: Speaker,
    who: tuple[str, str],
    *,
    amounts: Mapping[str, Decimal | None] | None = None,
    said: Mapping[str, str] | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """One thing that was done or said, as it is kept; `who`: the one who did, or the officer who wrote it down for them.

    `amounts` are pieces by what became of them; `said` are places and days that belong to it.
    """
    return {
        "on": day.isoformat(),
        "deed": str(deed),
        "side": str(speaker),
        "by": who[0],
        "told_by": who[1],
        "amounts": {name: written(amount) for name, amount in (amounts or {}).items() if amount is not None},
        "said": {name: text for name, text in (said or {}).items() if text},
        "reason": reason.strip()[:LONGEST_TEXT],
    }
