"""The key figures of a report, counted from its own rows and from nothing else: each can be counted again in its workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sild.wings.disclosure.rules.differences import Rows

CLOSED_STATES = frozenset({"not-endorsed", "withdrawn", "overtaken", "handed-over", "closed"})
"""Needs that nobody waits for any more: they are counted by state and in no coverage."""
ARRIVED = frozenset({"arrived", "handed-over", "accepted", "disputed"})
WAITING_CASES = frozenset(
    {"not-assessed", "candidate-controlled", "enquiry-sent", "licence-required", "applied", "information-requested", "returned"}
)
FLOW_STATES = ("indicated", "pledged", "committed", "disbursed", "spent")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneySum:
    """What a state of money comes to in one currency: the rows that it adds up, and how many more whose amount is not known here."""

    state: str
    currency: str
    amount: Decimal
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts by word. `coverage` counts open needs: covered, part, none, unknown; `moves` counts what waits for each side to move."""

    needs: Mapping[str, int]
    open_needs: int
    coverage: Mapping[str, int]
    lights: Mapping[str, int]
    offers: int
    open_offers: int
    agreements: Mapping[str, int]
    arrived: int
    under_way: int
    overdue: int
    cases_waiting: int
    cases_late: int
    moves: Mapping[str, int]
    lapses: int
    money: tuple[MoneySum, ...]
    untold_money: int


def figures_of(facts: Rows) -> Figures:
    """The figures of a report's facts."""
    needs, agreements, consignments = facts["needs"], facts["agreements"], facts["consignments"]
    open_needs = [row for row in needs if row["state"] not in CLOSED_STATES]
    waiting = [row for row in facts["licences"] if row["state"] in WAITING_CASES]
    moves = Counter(row["mover"] for row in (*agreements, *consignments, *waiting) if row["mover"] and row["mover"] != "nobody")
    return Figures(
        needs=_by(needs, "state"),
        open_needs=len(open_needs),
        coverage=Counter(coverage_of(row) for row in open_needs),
        lights=_by([row for row in open_needs if row["light"] != ""], "light"),
        offers=len(facts["offers"]),
        open_offers=sum(not row["withdrawn"] and row["answer"] == "open" for row in facts["offers"]),
        agreements=_by(agreements, "state"),
        arrived=sum(row["state"] in ARRIVED for row in consignments),
        under_way=sum(row["state"] == "under-way" for row in consignments),
        overdue=sum(bool(row["overdue"]) for row in consignments),
        cases_waiting=len(waiting),
        cases_late=sum(bool(row["overdue"]) for row in waiting),
        moves=moves,
        lapses=len(facts["lapses"]),
        money=tuple(_money(facts["flows"])),
        untold_money=sum(row["counts"] is True and row["amount"] is None for row in facts["flows"]),
    )


def coverage_of(need: Mapping[str, Any]) -> str:
    """Whether a need is covered: by what is spoken for, of what was asked. Not known where nobody said how much was asked."""
    if need["unmatched"] is None or need["spoken"] is None:
        return "unknown"
    if Decimal(need["unmatched"]) == 0:
        return "covered"
    return "part" if Decimal(need["spoken"]) > 0 else "none"


def _by(rows: Iterable[Mapping[str, Any]], field: str) -> dict[str, int]:
    return dict(sorted(Counter(str(row[field] or "unknown") for row in rows).items()))


def _money(flows: Iterable[Mapping[str, Any]]) -> Iterable[MoneySum]:
    """Sums by state and currency: no state is added to another, and what lies inside another row is not counted twice."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in flows:
        if row["counts"] is True and row["amount"] is not None and row["currency"]:
            found.setdefault((row["state"], row["currency"]), []).append(row)
    order = {state: place for place, state in enumerate(FLOW_STATES)}
    for state, currency in sorted(found, key=lambda key: (order.get(key[0], len(order)), key[1])):
        rows = found[state, currency]
        total = sum((Decimal(row["amount"]) for row in rows), Decimal(0))
        yield MoneySum(state=state, currency=currency, amount=total, rows=tuple(row["id"] for row in rows))
