"""The plan itself: every shipment, every limit, every need, the value and the bound, added up from nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from sild.cores.allocation.answer import Answer, Shipment
from sild.cores.allocation.check.earlier import earlier_findings
from sild.cores.allocation.check.ledger import (
    Finding,
    Ledger,
    arrival,
    conditions_broken,
    gates_closed,
    least_of,
    places_told,
    window,
    worth,
)
from sild.cores.allocation.check.licences import licence_findings
from sild.cores.allocation.problem import Fairness, Need, Offer

# what a float may differ from an exact fraction, as a share
FLOAT_SLACK = Fraction(1, 10**6)
BOUND_SLACK = Fraction(1, 10**9)


def plan_findings(answer: Answer, ledger: Ledger) -> list[Finding]:
    """Everything that is wrong with shipments, value and bound; fills the empty ledger on the way."""
    findings: list[Finding] = []
    for shipment in answer.shipments:
        findings.extend(_shipment(shipment, ledger))
    findings.extend(_repeats(answer.shipments))
    findings.extend(_limits(ledger))
    findings.extend(_needs(ledger))
    findings.extend(_bundles(ledger))
    findings.extend(_worth(answer, ledger))
    if not findings:
        findings.extend(earlier_findings(answer, ledger))
        findings.extend(licence_findings(answer, ledger))
        findings.extend(_fairness(answer, ledger))
        findings.extend(_orders(answer, ledger))
    if answer.basis != ledger.problem.basis:
        findings.append(Finding(rule="basis", record="answer", text=f"says {answer.basis}, the problem is {ledger.problem.basis}"))
    return findings


def _shipment(shipment: Shipment, ledger: Ledger) -> Iterable[Finding]:
    record = f"{shipment.need} <- {shipment.offer}"
    need, offer = ledger.needs.get(shipment.need), ledger.offers.get(shipment.offer)
    if need is None or offer is None:
        yield Finding(rule="unknown-record", record=record, text="there is no such " + ("need" if need is None else "offer"))
        return
    if shipment.lots <= 0:
        yield Finding(rule="lots", record=record, text=f"{shipment.lots} lots; lots must be a positive whole number")
    if shipment.pieces >= 0 and shipment.pieces != shipment.lots * offer.lot:
        yield Finding(rule="pieces", record=record, text=f"{shipment.lots} lots of {offer.lot} are not {shipment.pieces} pieces")
    broken = list(gates_closed(need, ledger.problem))
    if ledger.problem.pairs is None:
        broken += conditions_broken(need, offer)
    elif (need.id, offer.id) not in ledger.problem.pairs:
        broken.append("the pair is not among those that fit")
    if (need.id, offer.id) in ledger.problem.declined:
        broken.append("one side said no to it")
    broken += too_late(need, offer, arrival(shipment, offer), ledger)
    yield from (Finding(rule="fit", record=record, text=text) for text in broken)
    ledger.add(shipment, shipment.lots * offer.lot, arrival(shipment, offer))


def too_late(need: Need, offer: Offer, when: int, ledger: Ledger) -> list[str]:
    """Whether the period of arrival lies outside the window."""
    first, last = window(need, offer, ledger.horizon, paired=ledger.problem.pairs is not None)
    if when < first:
        return [f"arrives in period {when}, cannot before {first}"]
    return [f"arrives in period {when}, after {last}"] if when > last else []


def _repeats(shipments: Iterable[Shipment]) -> Iterable[Finding]:
    counted = Counter((one.need, one.offer, one.period) for one in shipments)
    for (need, offer, period), times in counted.items():
        if times > 1:
            yield Finding(rule="repeated", record=f"{need} <- {offer}", text=f"stands {times} times for period {period}")


def _limits(ledger: Ledger) -> Iterable[Finding]:
    problem = ledger.problem
    for name, lots in ledger.lots.items():
        if lots > ledger.offers[name].lots:
            yield Finding(rule="offer-lots", record=name, text=f"{lots} lots of {ledger.offers[name].lots}")
        kept = sum(count for (_, offer, _), count in ledger.kept.items() if offer == name) if ledger.offers[name].minimum_lots else 0
        if kept < lots < ledger.offers[name].minimum_lots:
            text = f"{lots} lots ordered, {kept} of them committed; the smallest order is {ledger.offers[name].minimum_lots}"
            yield Finding(rule="minimum-order", record=name, text=text)
    for donor, spent in ledger.spent.items():
        budget = problem.budgets.get(donor)
        if budget is not None and spent > Fraction(budget):
            yield Finding(rule="budget", record=donor, text=f"spends {float(spent):.6f} of {budget}")
    for (body, period), room in problem.absorption.items():
        taken = ledger.taken.get((body, period), 0)
        if taken > room:
            when = "in all" if period is None else f"in period {period}"
            yield Finding(rule="absorption", record=body, text=f"takes {taken} of {room} {when}")
    for place, units in places_told(problem).items():
        kind, name, resource, since = place
        drawn = ledger.standing.get(place, 0)
        if drawn > units and kind == "site":
            yield Finding(rule="hosting", record=name, text=f"{drawn} units stand there from period {since} on, there is room for {units}")
        elif drawn > units:
            text = f"takes {drawn} of {units} units of {resource} {'in all' if since is None else f'in period {since}'}"
            yield Finding(rule="absorption", record=name, text=text)


def _needs(ledger: Ledger) -> Iterable[Finding]:
    promised = ledger.kept_pieces
    for name, pieces in ledger.pieces.items():
        need = ledger.needs[name]
        # what was promised is of use however little it is
        least = min(least_of(need), promised.get(name) or least_of(need))
        if pieces and not least <= pieces <= need.quantity:
            yield Finding(rule="quantity", record=name, text=f"{pieces} delivered, must be {least}..{need.quantity}")


def _worth(answer: Answer, ledger: Ledger) -> Iterable[Finding]:
    parts = worth_by_part(ledger)
    value = sum(parts.values(), Fraction(0))
    said = dict(answer.parts)
    if said and (set(said) != set(parts) or any(abs(said[name] - parts[name]) > FLOAT_SLACK * max(Fraction(1), value) for name in parts)):
        yield Finding(rule="parts", record="answer", text=f"says {_told(said)}, is {_told(parts)}")
    if abs(Fraction(answer.objective) - value) > FLOAT_SLACK * max(Fraction(1), value):
        yield Finding(rule="objective", record="answer", text=f"says {float(answer.objective)}, is {float(value)}")
    if answer.bound != float("inf") and Fraction(answer.bound) < value * (1 - BOUND_SLACK):
        yield Finding(rule="bound", record="answer", text=f"{answer.bound} lies below the value {float(value)}")
    proved = answer.bound - float(value) <= 1e-6 * answer.bound
    if answer.status == "optimal" and not proved:
        yield Finding(rule="status", record="answer", text=f"says optimal, but the bound {answer.bound} lies above {float(value)}")


def _bundles(ledger: Ledger) -> Iterable[Finding]:
    """All parts or none, in proportion; what was promised before stands outside."""
    for bundle in ledger.problem.bundles:
        sets = {Fraction(ledger.pieces.get(need, 0) - ledger.kept_pieces.get(need, 0), pieces) for need, pieces in bundle.parts}
        if len(sets) > 1:
            yield Finding(rule="bundle", record=bundle.id, text=f"its parts come in {', '.join(str(one) for one in sorted(sets))} sets")


def worth_by_part(ledger: Ledger) -> dict[str, Fraction]:
    """The parts of the objective from their definitions."""
    problem = ledger.problem
    earned = (worth(ledger.needs[name], pieces, problem, ledger.forgone[name]) for name, pieces in ledger.pieces.items())
    parts = {"value": sum(earned, Fraction(0))}
    if problem.stability and problem.planned:
        parts["stability"] = Fraction(0)
        for one in problem.planned:
            stays = min(one.lots, ledger.shipped.get(one.key, 0))
            if stays:
                need = ledger.needs[one.need]
                share = Fraction(stays * ledger.offers[one.offer].lot, need.quantity)
                parts["stability"] += Fraction(problem.stability) * Fraction(need.weight) * share
    if problem.fairness:
        parts["fairness"] = sum((_evened(rule, ledger) for rule in problem.fairness), Fraction(0))
    return parts


def _told(parts: dict[str, Fraction]) -> str:
    return ", ".join(f"{name} {float(worth):.6f}" for name, worth in sorted(parts.items()))


def group_shares(rule: Fairness, ledger: Ledger) -> dict[str, tuple[Fraction, Fraction]]:
    """(value, weight) of every group of a rule, from the records."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for need in ledger.problem.needs:
        name = {"region": need.region, "sector": need.sector, "body": need.body}[rule.by]
        if name is None or (rule.among and name not in rule.among) or need.weight == 0:
            continue
        value, weight = found.get(name, (Fraction(0), Fraction(0)))
        earned = worth(need, ledger.pieces.get(need.id, 0), ledger.problem, ledger.forgone.get(need.id, Fraction(0)))
        found[name] = value + earned, weight + Fraction(need.weight)
    return found


def _evened(rule: Fairness, ledger: Ledger) -> Fraction:
    groups = group_shares(rule, ledger)
    if not groups:
        return Fraction(0)
    if rule.rule == "floor":
        below = [min(value, Fraction(rule.floor) * weight) for value, weight in groups.values()]
        return Fraction(rule.weight) * sum(below, Fraction(0))
    least = min(value / weight for value, weight in groups.values())
    return Fraction(rule.weight) * sum((weight for _, weight in groups.values()), Fraction(0)) * least


def _fairness(answer: Answer, ledger: Ledger) -> Iterable[Finding]:
    """Every rule is told, in its words, with the share of every group."""
    rules = ledger.problem.fairness
    if len(answer.fairness) != len(rules):
        yield Finding(rule="fairness", record="answer", text=f"tells {len(answer.fairness)} rules of {len(rules)}")
        return
    for rule, told in zip(rules, answer.fairness, strict=True):
        shares = {name: value / weight for name, (value, weight) in group_shares(rule, ledger).items()}
        said = dict(told.shares)
        if told.by != rule.by or (str(rule.weight) not in told.sentence and str(1 + rule.weight) not in told.sentence):
            yield Finding(rule="fairness", record=rule.by, text="is not told as it is stated")
        if set(said) != set(shares) or any(abs(said[name] - shares[name]) > FLOAT_SLACK for name in shares):
            yield Finding(rule="fairness", record=rule.by, text=f"says {_told(said)}, is {_told(shares)}")


def _orders(answer: Answer, ledger: Ledger) -> Iterable[Finding]:
    """Every order with a minimum is told, with its lots and the bodies that share it."""
    sharing: dict[str, set[str]] = {}
    for (need, offer, _), lots in ledger.shipped.items():
        if lots and ledger.offers[offer].minimum_lots:
            sharing.setdefault(offer, set()).add(ledger.needs[need].body)
    told = {one.offer: (one.minimum, one.lots, set(one.bodies)) for one in answer.orders}
    true = {name: (ledger.offers[name].minimum_lots, ledger.lots[name], bodies) for name, bodies in sharing.items()}
    for name in sorted(set(told) | set(true)):
        if told.get(name) != true.get(name):
            yield Finding(rule="order", record=name, text=f"is told as {told.get(name)}, is {true.get(name)}")
