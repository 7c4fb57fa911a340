"""The deliverability gate as programs are told of it."""

from __future__ import annotations

from datetime import date
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
    """A condition that stays with a line of the match; `source`: licence, objection or donation."""

    text: str
    source: str
    by: str


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


class NeedLights(Shape):
    """A need and the lights of its matches, as far as you may know."""

    need: UUID
    title: str
    body: str
    rows: list[MatchLight]
