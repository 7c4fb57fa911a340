"""What to look for next: the traits whose presence or absence would tell the leaders apart, by the bits that an answer brings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sild.cores.attribution.answer import NextTrait
from sild.cores.attribution.method.likelihood import Likelihood, Numbers

LOOKS = 10  # traits that a further look usually brings: the middle report of the reference set has ten
LEAST_BITS = 1e-6


def next_traits(model: Likelihood, leaders: Sequence[str], shares: Numbers, seen: set[str]) -> tuple[NextTrait, ...]:
    """The mutual information of who it is (among the leaders, by their shares) and whether a further look finds the trait."""
    if len(leaders) < 2:
        return ()
    rows = np.array([model.actors.index(actor) for actor in leaders])
    belief = shares[rows] / shares[rows].sum()
    candidates = sorted({trait for actor in leaders for trait in model.known.traits_of[actor]} - seen)
    found = []
    for candidate in candidates:
        trait = model.traits[candidate]
        once = np.minimum(model.rates(trait)[rows] * model.background(trait), 1.0)
        chances = 1 - (1 - once) ** LOOKS
        bits = float(_entropy(float(belief @ chances)) - belief @ np.array([_entropy(float(one)) for one in chances]))
        if bits > LEAST_BITS:
            best, worst = int(np.argmax(chances)), int(np.argmin(chances))
            ratio = float(chances[best] / chances[worst])
            found.append(NextTrait(trait=candidate, bits=bits, speaks_for=leaders[best], over=leaders[worst], ratio=ratio))
    return tuple(sorted(found, key=lambda one: (-round(one.bits, 12), one.trait))[: model.design.next_traits])


def _entropy(chance: float) -> float:
    if chance <= 0 or chance >= 1:
        return 0.0
    return float(-chance * np.log2(chance) - (1 - chance) * np.log2(1 - chance))
