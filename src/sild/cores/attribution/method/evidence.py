"""Who saw what, each voice once; and what is known apart from what the incident's own sources say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sild.cores.attribution.problem import AttributionProblem, Design


@dataclass(frozen=True, slots=True)
class Known:
    """What is left of the knowledge: for each actor its traits with the number of sources; and how many uses were left out, and why."""

    traits_of: dict[str, dict[str, int]]
    uncited: int
    own: int


def known_apart(problem: AttributionProblem) -> Known:
    """Uses without a source are left out, and those whose every source is one of the incident's: they are its own words once more."""
    own_sources = problem.own_sources
    traits_of: dict[str, dict[str, int]] = {one.id: {} for one in problem.knowledge.actors}
    uncited = own = 0
    for use in problem.knowledge.uses:
        others = use.sources - own_sources
        if others:
            traits_of[use.actor][use.trait] = len(others)
        elif use.sources:
            own += 1
        else:
            uncited += 1
    return Known(traits_of, uncited, own)


def voices_of(problem: AttributionProblem) -> dict[str, tuple[str, ...]]:
    """For each trait that was seen, in order of its id, the voices that saw it, each once."""
    heard: dict[str, set[str]] = defaultdict(set)
    for one in problem.observations:
        heard[one.trait].add(problem.voice(one.source))
    return {trait: tuple(sorted(heard[trait])) for trait in sorted(heard)}


def weights(design: Design, heard: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """How much of its log-ratio each trait counts: many traits of one voice hang together, and count less than so many of several.

    A trait that several saw is shared among them. A voice of n traits counts as sharpness * n ** crowding of them.
    """
    crowd: dict[str, float] = defaultdict(float)
    for voices in heard.values():
        for voice in voices:
            crowd[voice] += 1 / len(voices)
    return {
        trait: sum(design.sharpness * crowd[voice] ** (design.crowding - 1) / len(voices) for voice in voices)
        for trait, voices in heard.items()
    }
