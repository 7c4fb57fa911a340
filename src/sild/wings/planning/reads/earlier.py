"""What stood before a plan is made: what was committed, told by the wings that commit, and what the plan before proposed.

Wings above planning say what is committed with `@commits`; planning asks them without knowing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.cores.allocation.problem import Earlier, Need, Offer
from sild.kernel.actor import Actor
from sild.wings.planning.models import Match, Plan
from sild.wings.planning.reads.wording import Said, said_supposed
from sild.wings.planning.rules import month_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A quantity of an offer that is promised to a need and has not arrived yet; `month` (its first day) is when it should."""

    need: UUID
    offer: UUID
    quantity: Decimal
    month: date


Commitments = Callable[[Actor], Iterable[Commitment]]
"""What is committed, as far as the actor sees it. Runs inside a read."""

COMMITTED: list[Commitments] = []
"""The questions of the wings that commit."""


def commits(question: Commitments) -> Commitments:
    """Declare a question that tells what is committed: every plan keeps it as far as the limits allow."""
    COMMITTED.append(question)
    return question


def commitments(actor: Actor) -> list[Commitment]:
    """Everything that is committed, as far as the actor sees it; runs inside a read."""
    return [one for question in COMMITTED for one in question(actor)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What stood before, in the problem's numbers, and what of it cannot enter the problem."""

    committed: tuple[Earlier, ...]
    planned: tuple[Earlier, ...]
    said: list[Said]


def stood_before(actor: Actor, today: date, needs: Mapping[UUID, Need], offers: Mapping[UUID, Offer], names: Mapping[str, str]) -> Stood:
    """Commitments and the newest plan's matches of the needs and offers that the problem has.

    A commitment that is overdue, or whose offer cannot come so soon any more, is kept in the first month in which it can.
    """
    said: list[Said] = []
    promised: dict[tuple[str, str, int], int] = {}
    for one in commitments(actor):
        need, offer = needs.get(one.need), offers.get(one.offer)
        lots = 0 if offer is None else int(one.quantity) // offer.lot
        if need is None or offer is None or not lots:
            known = names.get(need.id if need is not None else offer.id if offer is not None else "", "")
            said.append(said_supposed("commitment", what=known or str(one.need)))
            continue
        key = (need.id, offer.id, max(month_index(today, one.month), offer.arrives, 0))
        promised[key] = promised.get(key, 0) + lots
    return Stood(committed=_earlier(promised), planned=_earlier(_proposed(today, needs, offers)), said=said)


def _proposed(today: date, needs: Mapping[UUID, Need], offers: Mapping[UUID, Offer]) -> dict[tuple[str, str, int], int]:
    """The matches of the newest plan whose month has not passed."""
    plan = Plan.objects.order_by("-created_at").values_list("id", flat=True).first()
    found: dict[tuple[str, str, int], int] = {}
    for match in Match.objects.filter(plan_id=plan) if plan is not None else ():
        need, offer = needs.get(match.need_id), offers.get(match.offer_id)
        if need is None or offer is None or match.month is None or month_index(today, match.month) < 0:
            continue
        key, lots = (need.id, offer.id, month_index(today, match.month)), int(match.quantity) // offer.lot
        if lots:
            found[key] = found.get(key, 0) + lots
    return found


def _earlier(lots: Mapping[tuple[str, str, int], int]) -> tuple[Earlier, ...]:
    return tuple(Earlier(need=need, offer=offer, period=period, lots=many) for (need, offer, period), many in sorted(lots.items()))
