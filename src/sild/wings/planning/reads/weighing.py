"""What a plan weighs and what came of it, to be kept with it: the objective in words and numbers, shares, orders, licences, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sild.cores.allocation.answer import Answer, Moved
from sild.cores.allocation.method import choices, counter_offers, first_come
from sild.cores.allocation.problem import Fairness, Problem
from sild.wings.planning.reads.wording import Said, said_counter, said_instead, said_of_objective
from sild.wings.planning.rules import month_at


def weighed(problem: Problem, answer: Answer, names: Mapping[str, str], today: date, *, minimum: str) -> dict[str, Any]:
    """What the answer says of its worth, with the names of needs and offers. `minimum`: the share below which a need is not served."""
    return {
        "weighs": _objective(problem, minimum),
        "first_come": float(dict(first_come(problem).parts)["value"]),
        "parts": [[name, float(worth)] for name, worth in answer.parts],
        "fairness": [
            {"said": said_of_rule(rule), "by": rule.by, "shares": [[name, float(share)] for name, share in told.shares]}
            for rule, told in zip(problem.fairness, answer.fairness, strict=True)
        ],
        "orders": [
            {"offer": names[one.offer], "minimum": one.minimum, "quantity": one.lots, "bodies": list(one.bodies)} for one in answer.orders
        ],
        "licences": [
            {"offer": names[one.offer], "authority": one.authority, "routes": one.routes, "days": one.days, "months": one.periods}
            for one in answer.licences
        ],
        "moved": [_moved(one, names, today) for one in answer.moved],
    }


def chosen(problem: Problem, answer: Answer, identities: Mapping[str, str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each need and offer of the plan why this one and not the nearest others."""
    return [
        {"need": identities[one.need], "offer": identities[one.offer], "instead": [said_instead(other, names) for other in one.instead]}
        for one in choices(problem, answer)
        if one.instead
    ]


def countered(
    problem: Problem, answer: Answer, identities: Mapping[str, str], names: Mapping[str, str], today: date
) -> list[dict[str, Any]]:
    """For each offer that goes nowhere the nearest variation that would, what is worth most first."""
    found = sorted(counter_offers(problem, answer), key=lambda one: (-one.value, one.offer))
    return [
        {
            "offer": identities[one.offer],
            "need": identities[one.need],
            "quantity": one.pieces,
            "value": float(one.value),
            "owner": " + ".join(dict.fromkeys(change.owner for change in one.changes)),
            "said": said_counter(one, names, today, currency=problem.currency),
        }
        for one in found
    ]


def said_of_rule(rule: Fairness) -> Said:
    """A rule of fairness in words and numbers."""
    among = f": {', '.join(sorted(rule.among))}" if rule.among else ""
    if rule.rule == "max-min":
        return said_of_objective("max-min", groups=rule.by, among=among, times=f"{rule.weight:f}")
    return said_of_objective("floor", groups=rule.by, among=among, times=f"{1 + rule.weight:f}", share=f"{rule.floor:f}")


def _objective(problem: Problem, minimum: str) -> list[Said]:
    told = [said_of_objective("worth", share=f"{problem.served_share:f}", least=minimum)]
    told.append(said_of_objective("quantile", share=f"{problem.licence_quantile:f}"))
    if problem.stability:
        told.append(said_of_objective("stability", share=f"{problem.stability:f}"))
    return told + [said_of_rule(rule) for rule in problem.fairness]


def _moved(moved: Moved, names: Mapping[str, str], today: date) -> dict[str, Any]:
    return {
        "need": names.get(moved.need, ""),
        "offer": names.get(moved.offer, ""),
        "month": f"{month_at(today, moved.period):%Y-%m}",
        "before": moved.before,
        "now": moved.now,
        "committed": moved.committed,
        "why": moved.why,
    }
