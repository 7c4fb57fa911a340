"""An independent look at a ranking, which never calls the method: everything is counted anew from the problem, in plain Python.

Voices, what is left of the knowledge, each log-ratio, each sum, each share, the verdict, what changes without a voice or a trait.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterator

from sild.cores.attribution.answer import Attribution, Hypothesis, Standing, Verdict, Without
from sild.cores.attribution.problem import AttributionProblem, Kind

CLOSE = 1e-9
Heard = dict[str, frozenset[str]]


def check(problem: AttributionProblem, answer: Attribution) -> list[str]:
    """What is wrong with an answer, in words; empty where nothing is."""
    recount = _Recount(problem)
    faults = [*_evidence(recount, answer), *_rows(recount, answer)]
    if not faults:
        faults += [*_reasons(recount, answer), *_shares(recount, answer), *_left_out(recount, answer), *_next(recount, answer)]
    return faults


class _Recount:
    """The problem, counted again."""

    def __init__(self, problem: AttributionProblem) -> None:
        self.problem, self.design = problem, problem.design
        repeats = {one.id: one.stems_from for one in problem.sources if one.stems_from is not None}
        named = {one.source for one in problem.observations}
        voices = {name: _first(repeats, name) for name in named | set(repeats) | {one.id for one in problem.sources}}
        own = {name for name, voice in voices.items() if voice in {voices[each] for each in named}} | {voices[each] for each in named}
        self.traits = {one.id: one for one in problem.knowledge.traits}
        self.told = {(use.actor, use.trait): len(use.sources - own) for use in problem.knowledge.uses if use.sources - own}
        self.uncited = sum(not use.sources for use in problem.knowledge.uses)
        self.own = sum(bool(use.sources) and use.sources <= own for use in problem.knowledge.uses)
        self.actors = [one.id for one in problem.knowledge.actors]
        self.has: dict[str, set[str]] = {actor: {trait for who, trait in self.told if who == actor} for actor in self.actors}
        self.users = {trait: sum(trait in mine for mine in self.has.values()) for trait in self.traits}
        everything: dict[str, set[str]] = {}
        for one in problem.observations:
            everything.setdefault(one.trait, set()).add(voices[one.source])
        self.everything: Heard = {trait: frozenset(by) for trait, by in everything.items()}
        self.heard: Heard = {trait: by for trait, by in self.everything.items() if self.users[trait]}
        self.sizes = {
            kind: {actor: sum(self.traits[one].kind is kind for one in mine) for actor, mine in self.has.items()} for kind in Kind
        }
        self.typical = {kind: statistics.median(self.sizes[kind].values()) or 1 for kind in Kind}
        self.totals = {
            kind: sum(self.users[one.id] + self.design.background for one in self.traits.values() if one.kind is kind) for kind in Kind
        }
        self._logs: dict[tuple[str, str], float] = {}

    def log_ratio(self, actor: str, name: str) -> float:
        """What a trait says of an actor."""
        if (actor, name) not in self._logs:
            trait = self.traits[name]
            like, size = self.design.likeness[trait.kind], self.sizes[trait.kind][actor]
            common = (self.users[name] + self.design.background) / self.totals[trait.kind]
            share = self._support(actor, name) / max(size, 1) ** self.design.spread / self.typical[trait.kind] ** (1 - self.design.spread)
            covered = like.coverage * size / (size + like.documented)
            self._logs[actor, name] = like.weight * math.log(1 - covered + covered * share / common)
        return self._logs[actor, name]

    def _support(self, actor: str, name: str) -> float:
        mine, trait = self.has[actor], self.traits[name]
        if name in mine:
            return 1.0
        found = [0.0]
        if trait.kind is Kind.TECHNIQUE:
            found += [self.design.brought for one in mine if name in self.traits[one].brings]
            techniques = [self.traits[one] for one in mine if self.traits[one].kind is Kind.TECHNIQUE]
            found += [self.design.family for one in techniques if (one.parent or one.id) == (trait.parent or trait.id)]
        return max(found)

    def weights(self, heard: Heard) -> dict[str, float]:
        """How much each trait counts."""
        crowd: dict[str, float] = {}
        for by in heard.values():
            for voice in by:
                crowd[voice] = crowd.get(voice, 0.0) + 1 / len(by)
        return {
            trait: self.design.sharpness * sum(crowd[voice] ** self.design.crowding / crowd[voice] for voice in by) / len(by)
            for trait, by in heard.items()
        }

    def shares(self, heard: Heard) -> tuple[dict[str, float], float]:
        """The share of each actor and of none of them, imitation not set apart."""
        counted = self.weights(heard)
        grown = {actor: sum(counted[one] * self.log_ratio(actor, one) for one in sorted(heard)) for actor in self.actors}
        highest = max(*grown.values(), self.design.unlisted)
        odds = {actor: math.exp(score - highest) / len(self.actors) for actor, score in grown.items()}
        none = math.exp(self.design.unlisted - highest)
        total = sum(odds.values()) + none
        return {actor: one / total for actor, one in odds.items()}, none / total

    def verdict(self, heard: Heard) -> Verdict:
        """By rule."""
        shares, none = self.shares(heard)
        if len(heard) < self.design.least_traits or none >= max(shares.values()):
            return Verdict.INSUFFICIENT
        return Verdict.ONE_LEADS if max(shares.values()) >= self.design.lead else Verdict.NOT_SEPARATED


def _first(repeats: dict[str, str], name: str) -> str:
    while name in repeats:
        name = repeats[name]
    return name


def _evidence(recount: _Recount, answer: Attribution) -> Iterator[str]:
    voices = tuple(sorted({voice for by in recount.everything.values() for voice in by}))
    for what, told, true in (
        ("voices", answer.voices, voices),
        ("known traits", answer.known_traits, len(recount.heard)),
        ("unknown traits", answer.unknown, tuple(sorted(set(recount.everything) - set(recount.heard)))),
        ("uses without a source", answer.uncited_uses, recount.uncited),
        ("uses that the incident's own sources tell", answer.own_uses, recount.own),
    ):
        if told != true:
            yield f"{what}: {told} is told, the problem has {true}"


def _rows(recount: _Recount, answer: Attribution) -> Iterator[str]:
    if sorted(one.actor for one in answer.standings if one.actor is not None) != sorted(recount.actors):
        yield "the ranking does not hold each actor once"
    for needed in (Hypothesis.INSUFFICIENT, Hypothesis.FALSE_FLAG):
        if [one.actor for one in answer.standings if one.hypothesis is needed] != [None]:
            yield f"{needed} does not stand in the answer once"
    shares = [one.share for one in answer.standings]
    if any(later > earlier + CLOSE for earlier, later in itertools.pairwise(shares)):
        yield "the ranking is not in order of the shares"
    if abs(sum(shares) - 1) > CLOSE or any(one < 0 for one in shares):
        yield f"the shares add up to {sum(shares)}, not to 1"


def _reasons(recount: _Recount, answer: Attribution) -> Iterator[str]:
    counted = recount.weights(recount.heard)
    for one in answer.standings:
        if one.actor is None:
            continue
        if sorted(reason.trait for reason in one.reasons) != sorted(recount.heard):
            yield f"{one.actor}: the reasons are not those of the traits that were seen and are known"
            continue
        for reason in one.reasons:
            true = (tuple(sorted(recount.heard[reason.trait])), recount.told.get((one.actor, reason.trait), 0), recount.users[reason.trait])
            if (reason.voices, reason.told_by, reason.users) != true:
                yield f"{one.actor}, {reason.trait}: {(reason.voices, reason.told_by, reason.users)} is told, the problem has {true}"
            for told, right in ((reason.log_ratio, recount.log_ratio(one.actor, reason.trait)), (reason.weight, counted[reason.trait])):
                if abs(told - right) > CLOSE:
                    yield f"{one.actor}, {reason.trait}: {told} is told, the problem gives {right}"
            if (reason.how == "known") != (reason.told_by > 0):
                yield f"{one.actor}, {reason.trait}: it is called {reason.how} and told by {reason.told_by}"
        if one.score is None or abs(one.score - sum(reason.log_ratio * reason.weight for reason in one.reasons)) > CLOSE:
            yield f"{one.actor}: the score {one.score} is not the sum of its reasons"
        if one.documented != len(recount.has[one.actor]):
            yield f"{one.actor}: {one.documented} traits are told to be known, {len(recount.has[one.actor])} are"


def _shares(recount: _Recount, answer: Attribution) -> Iterator[str]:
    shares, none = recount.shares(recount.heard)
    feigned = recount.design.imitation

    def true(one: Standing) -> float:
        if one.actor is not None:
            return shares[one.actor] * (1 - feigned)
        return none if one.hypothesis is Hypothesis.INSUFFICIENT else (1 - none) * feigned

    for one in answer.standings:
        if abs(one.share - true(one)) > CLOSE:
            yield f"{one.actor or one.hypothesis}: the share {one.share} is told, the scores give {true(one)}"
    if answer.verdict is not recount.verdict(recount.heard):
        yield f"the verdict is {answer.verdict}, by the shares it is {recount.verdict(recount.heard)}"


def _left_out(recount: _Recount, answer: Attribution) -> Iterator[str]:
    voices = sorted({voice for by in recount.heard.values() for voice in by})
    silent = {voice: {trait: by - {voice} for trait, by in recount.heard.items() if by - {voice}} for voice in voices}
    unseen = {trait: {other: by for other, by in recount.heard.items() if other != trait} for trait in sorted(recount.heard)}
    for told, true in ((answer.without_voice, silent), (answer.without_trait, unseen)):
        if [one.left_out for one in told] != list(true):
            yield f"what is left out in turn is {[one.left_out for one in told]}, it must be {list(true)}"
            continue
        for one in told:
            yield from _without(recount, one, true[one.left_out])


def _without(recount: _Recount, told: Without, heard: Heard) -> Iterator[str]:
    shares, none = recount.shares(heard)
    highest = max(shares.values())
    lacks = recount.verdict(heard) is Verdict.INSUFFICIENT
    share = none if lacks else highest * (1 - recount.design.imitation)
    right = told.leader is None if lacks else told.leader is not None and abs(shares.get(told.leader, -1.0) - highest) <= CLOSE
    if not right or abs(told.share - share) > CLOSE:
        yield f"without {told.left_out}: {told.leader} with {told.share} is told, which the problem does not give"


def _next(recount: _Recount, answer: Attribution) -> Iterator[str]:
    leaders = [one.actor for one in answer.standings if one.actor is not None][: recount.design.leaders]
    bits = [one.bits for one in answer.next_traits]
    if any(later > earlier + CLOSE for earlier, later in itertools.pairwise(bits)) or any(
        not 0 < one <= math.log2(max(2, len(leaders))) for one in bits
    ):
        yield "the next traits are not in order of their bits, or bring more than there is to know"
    for one in answer.next_traits:
        if one.trait in recount.everything:
            yield f"{one.trait} is to be looked for and was seen"
        if one.speaks_for not in leaders or one.over not in leaders or one.ratio <= 1:
            yield f"{one.trait} does not tell one leader from another"
        elif recount.log_ratio(one.speaks_for, one.trait) <= recount.log_ratio(one.over, one.trait):
            yield f"{one.trait} speaks for {one.over} rather than for {one.speaks_for}"
