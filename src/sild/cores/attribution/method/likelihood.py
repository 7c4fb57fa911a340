"""How much likelier a trait is with one actor than with any: a mixture of what is known of it and of what all actors do.

P(trait | actor) = (1 - c) * background + c * share of the trait in the actor's record, over the background. c grows with how much is
written of the actor, so that a short record is not held for a complete one; a long one thins out, so that its length does not win.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sild.cores.attribution.answer import How
from sild.cores.attribution.method.evidence import Known
from sild.cores.attribution.problem import AttributionProblem, Kind, Trait

Numbers = NDArray[np.float64]


class Likelihood:
    """The catalogue laid out once for many questions. Rows are actors in order of their ids."""

    def __init__(self, problem: AttributionProblem, known: Known) -> None:
        self.design = problem.design
        self.traits = {one.id: one for one in problem.knowledge.traits}
        self.actors = sorted(known.traits_of)
        self.known = known
        self.users: dict[str, int] = defaultdict(int)
        self.sizes: dict[Kind, Numbers] = {kind: np.zeros(len(self.actors)) for kind in Kind}
        self.families: list[set[str]] = []
        self.brought: list[set[str]] = []
        for row, actor in enumerate(self.actors):
            own = [self.traits[trait] for trait in known.traits_of[actor]]
            for trait in own:
                self.users[trait.id] += 1
                self.sizes[trait.kind][row] += 1
            self.families.append({trait.parent or trait.id for trait in own if trait.kind is Kind.TECHNIQUE})
            self.brought.append({technique for trait in own for technique in trait.brings})
        self.totals = {kind: self._total(kind) for kind in Kind}
        self.typical = {kind: float(np.median(self.sizes[kind])) or 1.0 for kind in Kind}

    def _total(self, kind: Kind) -> float:
        mine = [trait.id for trait in self.traits.values() if trait.kind is kind]
        return sum(self.users[trait] for trait in mine) + self.design.background * len(mine)

    def background(self, trait: Trait) -> float:
        """Which part of all that actors do of this kind is this trait."""
        return (self.users[trait.id] + self.design.background) / self.totals[trait.kind]

    def how(self, row: int, trait: Trait) -> How:
        """In which way the actor of a row is known for a trait: the strongest that holds."""
        if trait.id in self.known.traits_of[self.actors[row]]:
            return How.KNOWN
        if trait.kind is Kind.TECHNIQUE:
            family = (trait.parent or trait.id) in self.families[row]
            brought = trait.id in self.brought[row]
            if brought and (self.design.brought >= self.design.family or not family):
                return How.BROUGHT
            if family:
                return How.FAMILY
        return How.NOT_KNOWN

    def rates(self, trait: Trait) -> Numbers:
        """How many times likelier the trait is with each actor than with any."""
        worth = {How.KNOWN: 1.0, How.FAMILY: self.design.family, How.BROUGHT: self.design.brought, How.NOT_KNOWN: 0.0}
        support = np.array([worth[self.how(row, trait)] for row in range(len(self.actors))])
        likeness, size = self.design.likeness[trait.kind], self.sizes[trait.kind]
        covered = likeness.coverage * size / (size + likeness.documented)
        spread = self.design.spread
        share = support / (np.maximum(size, 1.0) ** spread * self.typical[trait.kind] ** (1 - spread))
        ratios: Numbers = 1 - covered + covered * share / self.background(trait)
        return ratios

    def log_ratios(self, trait: Trait) -> Numbers:
        """What one trait says of each actor: natural logarithms, weighed by how much its kind counts."""
        logs: Numbers = self.design.likeness[trait.kind].weight * np.log(self.rates(trait))
        return logs
