"""Fairness as a stated rule: what share of the worth of its needs each region, sector or body gets, and what it earns to even that out.

A rule never forbids a delivery: it makes value count more where little has come yet, so that more to give never makes a plan worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from sild.cores.allocation.problem.wellformed import ProblemRefused, decimal, one_of, texts

Grouping = Literal["region", "sector", "body"]
Kind = Literal["max-min", "floor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """One rule. A group is all needs of one region, sector or body; its share is the value it gets over the weight of its needs.

    "floor": value counts 1 + `weight` times until its group has reached the share `floor`. "max-min": the smallest share of all
    groups earns `weight` times the weight of all of them. `among`: the only groups that count; empty: all. A need whose region
    or sector is not known is in no group.
    """

    by: Grouping
    rule: Kind
    weight: Decimal
    floor: Decimal = Decimal(1)
    among: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        one_of("fairness", "by", self.by, get_args(Grouping))
        one_of("fairness", "rule", self.rule, get_args(Kind))
        decimal("fairness", "weight", self.weight, Decimal(0), Decimal(1000))
        decimal("fairness", "floor", self.floor, Decimal(0), Decimal(1))
        for name in self.among:
            texts("fairness", among=name)
        if self.rule == "max-min" and self.floor != 1:
            raise ProblemRefused("fairness: a floor is given with the rule max-min, which has none; leave it out")

    @property
    def sentence(self) -> str:
        """The rule in words and numbers."""
        groups = {"region": "regions", "sector": "sectors", "body": "bodies"}[self.by]
        which = f"the {groups} {', '.join(sorted(self.among))}" if self.among else f"all {groups}"
        if self.rule == "max-min":
            return f"The smallest share among {which} earns {self.weight} times the weight of all their needs."
        each = f"each of {which}" if self.among else f"each {self.by}"
        return f"Value to {each} counts {1 + self.weight} times until its share is {self.floor}."


def worth_of_rule(rule: Fairness, values: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> Fraction:
    """What a rule earns, exactly; per group the value it gets and the weight of its needs (groups without weight are left out)."""
    if not weights:
        return Fraction(0)
    if rule.rule == "floor":
        return Fraction(rule.weight) * sum(min(values[name], Fraction(rule.floor) * weights[name]) for name in weights)
    return Fraction(rule.weight) * sum(weights.values()) * min(values[name] / weights[name] for name in weights)
