"""The same problem planned by other weights: by value alone, by fairness, by stability; side by side with the plan, and what differs.

Each is solved and checked like the plan itself. They are there to compare: what is proposed stays the plan by the mechanism's weights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sild.cores.allocation.answer import Answer, delivered_by, parts_of, shares_of
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, solve
from sild.cores.allocation.problem import Fairness, Problem

BY_VALUE, BY_FAIRNESS, BY_STABILITY, AS_WEIGHED = "by-value", "by-fairness", "by-stability", "as-weighed"
EVEN = Decimal(1)
"""What a rule of fairness weighs at least where a plan is made for fairness, and a piece that stays where it is made for stability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A plan by other weights, its name, and what the check found wrong with it."""

    name: str
    answer: Answer
    findings: tuple[str, ...]


def rules_to_compare(problem: Problem) -> tuple[Fairness, ...]:
    """The rules by which evenness is measured: those of the mechanism, else the smallest share of all bodies."""
    return problem.fairness or (Fairness(by="body", rule="max-min", weight=EVEN),)


def weighed_otherwise(problem: Problem) -> dict[str, Problem]:
    """The problem by other weights, by name; stability only where there is a plan before."""
    even = tuple(replace(rule, weight=max(rule.weight, EVEN)) for rule in rules_to_compare(problem))
    found = {
        BY_VALUE: replace(problem, fairness=(), stability=Decimal(0)),
        BY_FAIRNESS: replace(problem, fairness=even, stability=Decimal(0)),
    }
    if problem.planned:
        found[BY_STABILITY] = replace(problem, fairness=(), stability=max(problem.stability, EVEN))
    return found


def variants(problem: Problem, *, seconds: float, cancelled: Callable[[], bool] | None = None) -> list[Variant]:
    """A plan for each of the other weights, `seconds` for each, checked."""
    found = []
    for name, other in weighed_otherwise(problem).items():
        answer = solve(other, Effort(seconds=seconds, cancelled=cancelled))
        found.append(Variant(name=name, answer=answer, findings=tuple(f"{name}: {finding}" for finding in check(other, answer))))
    return found


def side_by_side(problem: Problem, plan: Answer, others: list[Variant], identities: Mapping[str, str]) -> dict[str, Any]:
    """The plans with their figures, and every need of which they deliver different quantities."""
    plans = [(AS_WEIGHED, plan), *((one.name, one.answer) for one in others)]
    delivered = [delivered_by(answer.shipments) for _, answer in plans]
    rows = [
        {"need": identities[need.id], "quantities": [pieces.get(need.id, 0) for pieces in delivered]}
        for need in problem.needs
        if len({pieces.get(need.id, 0) for pieces in delivered}) > 1
    ]
    return {"plans": [_figures(problem, name, answer) for name, answer in plans], "differ": rows}


def _figures(problem: Problem, name: str, answer: Answer) -> dict[str, Any]:
    """Value, evenness, and what moved, all measured by the same rules; `gap` is to the best plan by its own weights."""
    measured = replace(problem, fairness=rules_to_compare(problem))
    shares = [share for rule in shares_of(measured, answer.shipments) for _, share in rule.shares]
    value = dict(parts_of(problem, answer.shipments))["value"]
    delivered = delivered_by(answer.shipments)
    covered = sum(delivered.get(need.id, 0) == need.quantity for need in problem.needs)
    return {
        "name": name,
        "value": float(value),
        "least_share": float(min(shares, default=Fraction(0))),
        "covered": covered,
        "partly": sum(0 < delivered.get(need.id, 0) < need.quantity for need in problem.needs),
        "moved": _moved(problem, answer) if problem.planned else None,
        "gap": answer.gap,
    }


def _moved(problem: Problem, answer: Answer) -> int:
    """How many deliveries of the plan before are not in this one as they were."""
    now = {(one.need, one.offer, one.period): one.lots for one in answer.shipments}
    return sum(now.get(one.key, 0) != one.lots for one in problem.planned)
