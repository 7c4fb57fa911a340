"""What a light means for what is to leave the giver: which of its conditions stop it, for whom, and what a written word of an officer does.

The table stands on the words of the one light (rules/gate.py); there is no second rule of what may go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sild.wings.planning.rules.gate import Check, Condition, GateVerdict, Light


class Leave(StrEnum):
    """What a condition does to an act by which something leaves: nothing; an officer goes on with a reason; an officer goes on with a
    written word that names it and is kept; nobody goes on."""

    GOES = "goes"
    REASON = "reason"
    WORD = "word"
    NEVER = "never"


LEAVES: Mapping[tuple[Check, str], Leave] = {
    (Check.CIVIL, "military"): Leave.NEVER,
    (Check.CIVIL, "undetermined"): Leave.REASON,
    (Check.OBJECTIONS, "objection"): Leave.NEVER,
    (Check.OBJECTIONS, "decided-against"): Leave.NEVER,
    (Check.CONDITIONS, "conditions-not-told"): Leave.WORD,
    (Check.SCREENED, "hits-open"): Leave.REASON,
    (Check.LICENSED, "denied"): Leave.NEVER,
    (Check.LICENSED, "lapsed"): Leave.NEVER,
    (Check.LICENSED, "pending"): Leave.NEVER,
    (Check.LICENSED, "not-assessed"): Leave.REASON,
}
"""By condition and its code, where it is not as the verdict says: what fails needs the written word, what is not known goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A condition that stands against leaving now, and what it takes to go on. `key` names it: a word that was kept is for these alone."""

    condition: Condition
    leave: Leave

    @property
    def key(self) -> str:
        """The condition, why, and about whom; of conditions to keep also how many there are."""
        one = self.condition
        many = f":{one.figures[0]}" if one.check == Check.CONDITIONS else ""
        return f"{one.check}:{one.code}:{one.who}{many}"


def leave_of(condition: Condition) -> Leave:
    """What one condition means for what is to leave."""
    if condition.verdict == GateVerdict.PASS:
        return Leave.GOES
    usual = Leave.WORD if condition.verdict == GateVerdict.FAIL else Leave.GOES
    return LEAVES.get((condition.check, condition.code), usual)


def against_leaving(light: Light) -> tuple[Against, ...]:
    """What of a light stands against leaving, in the order of the conditions."""
    told = (Against(condition=one, leave=leave_of(one)) for one in light.conditions)
    return tuple(one for one in told if one.leave != Leave.GOES)
