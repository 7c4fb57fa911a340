"""The deliverability gate as programs are told of it."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from sild.kernel.shapes import Amount, Shape
from sild.wings.planning.rules import Check, GateMover, GateVerdict


class GateCondition(Shape):
    """One condition: `code` says why, `mover` whose move it is where it does not pass, `on` the day from which it may pass."""

    check: Check
    verdict: GateVerdict
    code: str
    mover: GateMover | None
    who: str
    on: date | None
    figures: list[Amount]


class GateLight(Shape):
    """All conditions in order; `verdict` of all, the one that blocks first, the earliest day (null: not known)."""

    verdict: GateVerdict
    blocker: GateCondition | None
    earliest: date | None
    conditions: list[GateCondition]


class ConditionToKeep(Shape):
    """A condition that stays with a line of the match; `source`: licence, objection or donation, `record` that one, `number` the place of
    the condition there, from 0. `stand`: what was said of it last (met, carried, empty: nothing), `words` how."""

    text: str
    source: str
    by: str
    record: UUID
    number: int
    stand: str
    words: str
    said_by: str
    said_on: date | None


class MatchLight(Shape):
    """A match and its light; `agreement` null: the plan alone proposes it; `offer` null: you do not see it; `keep`: conditions to keep."""

    offer: UUID | None
    agreement: UUID | None
    title: str
    provider: str
    quantity: Amount
    unit: str
    month: date | None
    light: GateLight
    keep: list[ConditionToKeep]


class LitMatch(Shape):
    """A match with its light in one row: the verdict of all conditions, what blocks first, and each condition's verdict.

    `blocker`, `why`, `mover` and `who` are empty where all pass; `keep`: conditions to keep, one a line.
    """

    need: UUID
    title: str
    body: str
    category: str
    offer: UUID | None
    offer_title: str
    provider: str
    agreement: UUID | None
    quantity: Amount
    unit: str
    month: date | None
    verdict: GateVerdict
    blocker: Literal[""] | Check
    why: str
    mover: Literal[""] | GateMover
    who: str
    earliest: date | None
    civil: GateVerdict
    endorsed: GateVerdict
    offered: GateVerdict
    objections: GateVerdict
    conditions: GateVerdict
    screened: GateVerdict
    licensed: GateVerdict
    end_use: GateVerdict
    absorption: GateVerdict
    requester: GateVerdict
    giver: GateVerdict
    keep: str


class WantedLights(Shape):
    """Which matches: by their light, by what blocks first."""

    verdict: Literal[""] | GateVerdict = ""
    blocker: Literal[""] | Check = ""


class NeedLights(Shape):
    """A need and the lights of its matches, as far as you may know."""

    need: UUID
    title: str
    body: str
    rows: list[MatchLight]
