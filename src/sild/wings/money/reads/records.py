"""One flow whole: where its money came from and went on to, what happened to it, its source's own row, and what may come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.kernel.subjects import model_named
from sild.wings.money.models import Flow
from sild.wings.money.reads.told import FlowRow, facts_of, kept_of, row_of, rows_of
from sild.wings.money.rules import FlowState, advances_from, rate_fault

FLOW = "money.Flow"
MOST_PARTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened to a flow, by whom, with the amount that it had then."""

    on: date
    what: str
    by: str
    state: FlowState
    amount: Decimal
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """A flow whole. `parent` and `parts` are those that the reader sees; `inside` is how much of its amount parts hold, by currency.
    `off_rate` is how far the value is from the amount at its rate. `need`, `offer` None: none, or not seen."""

    row: FlowRow
    own: bool
    rate: Decimal | None
    rate_on: date | None
    rate_source: str
    method: str
    address: str
    off_rate: Decimal | None
    tags: tuple[tuple[str, str], ...]
    raw: tuple[tuple[str, str], ...]
    told_in: tuple[str, ...]
    steps: tuple[Step, ...]
    parent: FlowRow | None
    parts: tuple[FlowRow, ...]
    readings: tuple[FlowRow, ...]
    need: UUID | None
    offer: UUID | None
    agreement: UUID | None
    advances: tuple[FlowState, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def flow_record(actor: Actor, flow_id: UUID) -> FlowView:
    """One flow. Raises NotThere."""
    flow: Flow = Flow.found(flow_id)
    kept = kept_of([flow]).get(flow.id)
    facts, row = facts_of(flow, kept), row_of(flow, kept)
    own = flow.owner_id == actor.organisation
    around = [
        Flow.objects.filter(id=row.parent_id) if row.parent_id is not None else Flow.objects.none(),
        Flow.objects.filter(parent_id=flow.id).order_by("created_at", "id")[:MOST_PARTS],
        Flow.objects.filter(reading_of=flow.reading_of or flow.id).exclude(id=flow.id).order_by("created_at", "id")[:MOST_PARTS],
    ]
    parents, parts, readings = (rows_of(list(found)) for found in around)
    # what is kept back from the reader does not show out of which flow it came, nor how else it was read, from those flows' pages either
    parts = [part for part in parts if not part.kept_back]
    readings = [other for other in readings if not other.kept_back] if not row.kept_back else []
    return FlowView(
        row=row,
        own=own,
        rate=facts["rate"],
        rate_on=flow.rate_on,
        rate_source=facts["rate_source"],
        method=facts["method"],
        address=facts["address"],
        off_rate=_off_rate(facts),
        tags=tuple((name, ", ".join(map(str, values))) for name, values in sorted(facts["tags"].items())),
        raw=tuple((str(name), _plain(value)) for name, value in facts["raw"].items()),
        told_in=tuple(flow.told_in) if not row.kept_back else (),
        steps=tuple(_step(one) for one in facts["steps"]),
        parent=parents[0] if parents else None,
        parts=tuple(parts),
        readings=tuple(readings),
        need=_seen("register.Need", flow.need_id),
        offer=_seen("register.Offer", flow.offer_id) if not row.kept_back else None,
        agreement=_seen("agreements.Agreement", flow.agreement_id),
        advances=advances_from(row.state) if own and not flow.ended and Role.OFFICER in actor.roles else (),
        audience=audience_of(actor, flow),
        notes=notes_on(actor, FLOW, flow.id),
        handling=handling_of(actor, FLOW, [flow.id]).get(flow.id, HandlingView()),
    )


def _seen(label: str, identity: UUID | None) -> UUID | None:
    """The identifier of a record that the reader sees, else none."""
    if identity is None:
        return None
    return identity if model_named(label)._default_manager.filter(id=identity).exists() else None


def _off_rate(facts: dict[str, Any]) -> Decimal | None:
    if None in (facts["amount"], facts["value"], facts["rate"]):
        return None
    return rate_fault(facts["amount"], facts["value"], facts["rate"].normalize())


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _step(told: dict[str, Any]) -> Step:
    return Step(
        on=date.fromisoformat(told["on"]),
        what=told["what"],
        by=told["by"],
        state=FlowState(told["state"]),
        amount=Decimal(told["amount"]),
        currency=told["currency"],
        reason=told["reason"],
    )
