"""Licences planned on a quantile of past routes, counted again: the days by trying each, the periods by adding them up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check.ledger import Finding, Ledger
from sild.cores.allocation.problem import Offer, Problem


def licence_findings(answer: Answer, ledger: Ledger) -> Iterator[Finding]:
    """What is wrong with the waits that were planned with, and with their tale."""
    problem = ledger.problem
    told = {one.offer: one for one in answer.licences}
    for offer in problem.offers:
        if not offer.licence.days:
            continue
        days, periods = _wait(offer, problem)
        if offer.licence.planned != periods:
            yield Finding(rule="licence", record=offer.id, text=f"is planned to take {offer.licence.planned} periods, it is {periods}")
        if offer.licence.state == "pending" and ledger.lots.get(offer.id):
            said = told.pop(offer.id, None)
            expected = (problem.licence_quantile, len(offer.licence.days), days, periods)
            if said is None or (said.quantile, said.routes, said.days, said.periods) != expected:
                yield Finding(rule="licence", record=offer.id, text=f"the answer does not tell that it counts on {days} days")
    for name in told:
        yield Finding(rule="licence", record=name, text="is told of, and the plan counts on no past routes of it")


def _wait(offer: Offer, problem: Problem) -> tuple[int | None, int | None]:
    """The fewest days by which enough of the routes that took longer than was waited had ended, and the periods that hold them."""
    longer = [days - offer.licence.waited for days in offer.licence.days if days - offer.licence.waited > 0]
    for days in sorted(set(longer)):
        if Fraction(sum(1 for one in longer if one <= days), len(longer)) >= Fraction(problem.licence_quantile):
            length, periods = {"week": 7, "month": 30}[problem.period], 0
            while periods * length < days:
                periods += 1
            return days, periods
    return None, None
