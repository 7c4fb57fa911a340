"""Fairness rules as concave terms of the objective: a column below the value of its groups, in the model and on the board alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sild.cores.allocation.answer import groups_of, values_of
from sild.cores.allocation.method.kept import Kept
from sild.cores.allocation.problem import Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Needs that count together, what their commitments are worth, and the value that one unit of the column asks of them."""

    needs: Ints
    base: float
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`cost` times the largest column up to `cap` that lies below every group's value over its factor."""

    cost: float
    cap: float
    groups: tuple[Group, ...]

    def column(self, valued: Floats) -> float:
        """The column for what each need is worth beyond its commitments, shape (n,)."""
        return min([self.cap, *((group.base + float(valued[group.needs].sum())) / group.factor for group in self.groups)])


def terms_of(problem: Problem, kept: Kept) -> tuple[Term, ...]:
    """The terms of a problem's rules."""
    terms: list[Term] = []
    base = {need: float(value) for need, value in values_of(problem, kept.shipments).items()} if problem.fairness else {}
    for rule in problem.fairness:
        members: dict[str, list[int]] = {}
        for at, need in enumerate(problem.needs):
            name = groups_of(rule, need)
            if name is not None and need.weight:
                members.setdefault(name, []).append(at)
        weights = {name: sum(float(problem.needs[at].weight) for at in needs) for name, needs in members.items()}
        groups = {
            name: Group(
                needs=np.array(needs, dtype=np.int64),
                base=sum(base.get(problem.needs[at].id, 0.0) for at in needs),
                factor=weights[name] if rule.rule == "max-min" else 1.0,
            )
            for name, needs in members.items()
        }
        if rule.rule == "max-min" and groups:
            terms.append(Term(cost=float(rule.weight) * sum(weights.values()), cap=1.0, groups=tuple(groups.values())))
        elif rule.rule == "floor":
            cost, share = float(rule.weight), float(rule.floor)
            terms.extend(Term(cost=cost, cap=share * weights[name], groups=(groups[name],)) for name in groups)
    return tuple(terms)
