"""The independent check of an answer: re-adds every quantity, re-tests every limit, lifts every limit that a reason names.

It shares the records with the method and nothing else: no function of the method or of the fit. Amounts are exact integers and
fractions. An empty list of findings is a good answer.
"""

from sild.cores.allocation.answer import Answer
from sild.cores.allocation.check.ledger import Finding, Ledger
from sild.cores.allocation.check.plan import plan_findings
from sild.cores.allocation.check.reasons import Unsettled, reason_findings
from sild.cores.allocation.problem import Problem

__all__ = ["Finding", "check", "unsettled"]


def check(problem: Problem, answer: Answer) -> list[Finding]:
    """Everything that is wrong with the answer; empty: the plan, its value, its bound and each of its reasons stand."""
    ledger = Ledger(problem)
    findings = plan_findings(answer, ledger)
    return findings or reason_findings(answer, ledger, [])


def unsettled(problem: Problem, answer: Answer) -> list[Unsettled]:
    """The reasons whose smallness the check could neither confirm nor refute within its own limits."""
    ledger, open_points = Ledger(problem), list[Unsettled]()
    if not plan_findings(answer, ledger):
        reason_findings(answer, ledger, open_points)
    return open_points
