"""From log-ratios to shares, to a verdict by rule, with what changes when a voice or a trait is left out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sild.cores.attribution.answer import Attribution, Hypothesis, Reason, Standing, Verdict, Without
from sild.cores.attribution.method.evidence import known_apart, voices_of, weights
from sild.cores.attribution.method.likelihood import Likelihood, Numbers
from sild.cores.attribution.method.next_traits import next_traits
from sild.cores.attribution.problem import AttributionProblem, Design

Heard = dict[str, tuple[str, ...]]


def rank(problem: AttributionProblem) -> Attribution:
    """How like each intrusion set the incident is. People decide what follows from it, if anything."""
    known = known_apart(problem)
    model = Likelihood(problem, known)
    all_heard = voices_of(problem)
    heard = {trait: voices for trait, voices in all_heard.items() if model.users[trait]}
    logs = {trait: model.log_ratios(model.traits[trait]) for trait in heard}
    scores, shares = _weighed(problem.design, logs, heard, len(model.actors))
    standings = _standings(model, heard, logs, scores, shares)
    leaders = [one.actor for one in standings if one.actor is not None][: problem.design.leaders]
    return Attribution(
        verdict=verdict(problem.design, len(heard), shares),
        standings=standings,
        voices=tuple(sorted({voice for voices in all_heard.values() for voice in voices})),
        known_traits=len(heard),
        unknown=tuple(trait for trait in all_heard if trait not in heard),
        uncited_uses=known.uncited,
        own_uses=known.own,
        without_voice=_without_voices(problem.design, model, logs, heard),
        without_trait=tuple(
            _without(problem.design, model, logs, {other: by for other, by in heard.items() if other != trait}, trait) for trait in heard
        ),
        next_traits=next_traits(model, leaders, shares, set(all_heard)) if heard else (),
    )


def verdict(design: Design, known_traits: int, shares: Numbers) -> Verdict:
    """`shares` of the actors and, last, of none of them, before a part is set apart for imitation."""
    if known_traits < design.least_traits or shares[-1] >= shares[:-1].max():
        return Verdict.INSUFFICIENT
    return Verdict.ONE_LEADS if shares[:-1].max() >= design.lead else Verdict.NOT_SEPARATED


def _weighed(design: Design, logs: Mapping[str, Numbers], heard: Heard, actors: int) -> tuple[Numbers, Numbers]:
    """The scores of the actors; their shares and, last, that of none of them."""
    counted = weights(design, heard)
    scores = np.zeros(actors)
    for trait in heard:
        scores = scores + counted[trait] * logs[trait]
    odds = np.append(scores - np.log(actors), design.unlisted)
    grown = np.exp(odds - odds.max())
    return scores, grown / grown.sum()


def _standings(model: Likelihood, heard: Heard, logs: Mapping[str, Numbers], scores: Numbers, shares: Numbers) -> tuple[Standing, ...]:
    design = model.design
    counted = weights(design, heard)
    rows = [
        Standing(
            hypothesis=Hypothesis.ACTOR,
            actor=actor,
            share=float(shares[row] * (1 - design.imitation)),
            score=float(scores[row]),
            documented=len(model.known.traits_of[actor]),
            reasons=_reasons(model, row, heard, logs, counted),
        )
        for row, actor in enumerate(model.actors)
    ]
    none = Standing(hypothesis=Hypothesis.INSUFFICIENT, share=float(shares[-1]))
    feigned = Standing(hypothesis=Hypothesis.FALSE_FLAG, share=float((1 - shares[-1]) * design.imitation))
    return tuple(sorted([*rows, none, feigned], key=lambda one: (-round(one.share, 12), one.actor or "", one.hypothesis)))


def _reasons(model: Likelihood, row: int, heard: Heard, logs: Mapping[str, Numbers], counted: Mapping[str, float]) -> tuple[Reason, ...]:
    known = model.known.traits_of[model.actors[row]]
    told = [
        Reason(
            trait=trait,
            how=model.how(row, model.traits[trait]),
            voices=voices,
            told_by=known.get(trait, 0),
            users=model.users[trait],
            log_ratio=float(logs[trait][row]),
            weight=counted[trait],
        )
        for trait, voices in heard.items()
    ]
    return tuple(sorted(told, key=lambda one: (-round(abs(one.log_ratio * one.weight), 12), one.trait)))


def _without_voices(design: Design, model: Likelihood, logs: Mapping[str, Numbers], heard: Heard) -> tuple[Without, ...]:
    found = []
    for left_out in sorted({voice for voices in heard.values() for voice in voices}):
        rest = {trait: tuple(voice for voice in voices if voice != left_out) for trait, voices in heard.items()}
        found.append(_without(design, model, logs, {trait: voices for trait, voices in rest.items() if voices}, left_out))
    return tuple(found)


def _without(design: Design, model: Likelihood, logs: Mapping[str, Numbers], heard: Heard, left_out: str) -> Without:
    _, shares = _weighed(design, logs, heard, len(model.actors))
    best = int(np.argmax(np.round(shares[:-1], 12)))
    if verdict(design, len(heard), shares) is Verdict.INSUFFICIENT:
        return Without(left_out=left_out, leader=None, share=float(shares[-1]))
    return Without(left_out=left_out, leader=model.actors[best], share=float(shares[best] * (1 - design.imitation)))
