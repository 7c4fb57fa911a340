"""What bodies said that they can take in, by month: the newest word of each, as the plan takes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.planning.reads.limits import known_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Pieces of all things together that a body can take in within a month; `amount` None: it said that it does not know."""

    amount: Decimal | None
    source: str
    as_of: date


@read
def stated_capacity(actor: Actor) -> dict[str, dict[date, Stated]]:
    """Capacity by body and by the first day of the month, as far as the reader may see it. A month that is missing is unknown, not free."""
    found: dict[str, dict[date, Stated]] = defaultdict(dict)
    for (kind, subject, _category, month), limit in known_limits().limits.items():
        if kind == "absorption" and month is not None:
            found[subject][month] = Stated(amount=limit.amount, source=limit.source, as_of=limit.as_of)
    return dict(found)
