"""What a ranking answers: how like each intrusion set is, with reasons; what nobody can exclude; what to look for next. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What people may take from it. None of these is an attribution."""

    INSUFFICIENT = "insufficient"
    NOT_SEPARATED = "not-separated"
    ONE_LEADS = "one-leads"


class Hypothesis(StrEnum):
    """What a row of the ranking is. The last two stand in every answer."""

    ACTOR = "actor"
    INSUFFICIENT = "insufficient"
    FALSE_FLAG = "false-flag"


class How(StrEnum):
    """In which way an actor is known for a trait."""

    KNOWN = "known"
    FAMILY = "family"
    BROUGHT = "brought"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one trait says for or against an actor.

    `voices`: who saw it, each once. `told_by`: how many other sources know it of this actor. `users`: how many actors are known for it.
    `log_ratio`: the natural logarithm of how much likelier it is with this actor than with any; `weight`: how much of that counts.
    """

    trait: str
    how: How
    voices: tuple[str, ...]
    told_by: int
    users: int
    log_ratio: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One hypothesis with its share of belief, from 0 to 1. `actor` is None for the two that stand in every answer."""

    hypothesis: Hypothesis
    share: float
    actor: str | None = None
    score: float | None = None
    documented: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTrait:
    """What would tell the leaders apart if looked for: how many bits on average, and whom its presence makes so many times likelier."""

    trait: str
    bits: float
    speaks_for: str
    over: str
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The leader and its share when one voice, or one trait, is left out. `leader` is None where it is insufficient then."""

    left_out: str
    leader: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The ranking, most like first. `uncited_uses`, `own_uses`: knowledge left out for having no source, or only the incident's own.

    `unknown`: traits that no actor is known for. `without_voice`, `without_trait`: the leader when each is left out, in order of name.
    """

    verdict: Verdict
    standings: tuple[Standing, ...]
    voices: tuple[str, ...]
    known_traits: int
    unknown: tuple[str, ...]
    uncited_uses: int
    own_uses: int
    without_voice: tuple[Without, ...]
    without_trait: tuple[Without, ...]
    next_traits: tuple[NextTrait, ...]

    def share_of(self, hypothesis: Hypothesis) -> float:
        """The share of one of the two that stand in every answer, or of all actors together."""
        return sum(one.share for one in self.standings if one.hypothesis is hypothesis)
