"""A flow as its reader may know it: what it keeps back is put in again for those who see that too, who are its keeper and its giver."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.wings.money.models import Flow, Withheld
from sild.wings.money.rules import KEPT_BACK, UNTOLD, FlowState, Piece, ShownAs

DECIMALS = frozenset({"amount", "value", "rate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """A flow in a list. `amount` None, `giver` empty: kept back from this reader (`kept_back`), or for the names, not known.

    What is kept back does not show out of which flow its money came: that one would name the giver.
    """

    id: UUID
    version: int
    created_at: datetime
    state: FlowState
    since: date
    ended: bool
    amount: Decimal | None
    currency: str
    value: Decimal | None
    value_currency: str
    in_kind: bool
    giver: str
    through: str
    body: str
    title: str
    category: str
    sector: str
    on: date | None
    begins: date | None
    ends: date | None
    as_of: date | None
    source: str
    series: str
    key: str
    view: bool
    reading_of: UUID | None
    parent_id: UUID | None
    within: bool
    shown_as: ShownAs
    kept_back: bool
    marking: int


ALIKE = tuple(name for name in FlowRow.__dataclass_fields__ if name not in ("state", "since", "shown_as", "kept_back"))


def kept_of(flows: Iterable[Flow]) -> dict[UUID, Withheld]:
    """What some flows keep back, as far as the reader sees it, by flow."""
    hiding = [flow.id for flow in flows if KEPT_BACK[ShownAs(flow.shown_as)]]
    return {one.flow_id: one for one in Withheld.objects.filter(flow_id__in=hiding)} if hiding else {}


def is_kept_back(flow: Flow, kept: Withheld | None) -> bool:
    """Whether something of a flow is kept back from this reader, who sees `kept` of it."""
    return bool(KEPT_BACK[ShownAs(flow.shown_as)]) and kept is None


def facts_of(flow: Flow, kept: Withheld | None) -> dict[str, Any]:
    """Every column of a flow that can be kept back, and the rest, as the reader may know them."""
    facts = {field.attname: getattr(flow, field.attname) for field in flow._meta.concrete_fields}
    if kept is not None:
        told = {name: Decimal(value) if name in DECIMALS and value is not None else value for name, value in kept.told.items()}
        facts |= {**told, "giver": kept.giver, "through": kept.through}
    return facts


def row_of(flow: Flow, kept: Withheld | None) -> FlowRow:
    """A flow as lists show it."""
    facts = facts_of(flow, kept)
    shown = ShownAs(flow.shown_as)
    if is_kept_back(flow, kept):
        facts["parent_id"] = None
    return FlowRow(
        **{name: facts[name] for name in ALIKE},
        state=FlowState(flow.state),
        since=flow.state_since,
        shown_as=shown,
        kept_back=is_kept_back(flow, kept),
    )


def rows_of(flows: Collection[Flow]) -> list[FlowRow]:
    """Flows as lists show them, a query for what they keep back."""
    kept = kept_of(flows)
    return [row_of(flow, kept.get(flow.id)) for flow in flows]


def piece_of(flow: Flow, kept: Withheld | None) -> Piece:
    """A flow as it is added up: with the values of every dimension, those of its source's own divisions among them."""
    facts = facts_of(flow, kept)
    on: date | None = facts["on"] or facts["begins"]
    marks = {name: facts[name] for name in ("giver", "through", "body", "category", "sector", "currency", "state", "source", "series")}
    marks |= {"year": str(on.year) if on else "", "month": f"{on:%Y-%m}" if on else "", "in-kind": "yes" if flow.in_kind else "no"}
    told = {name: frozenset({str(value)}) for name, value in marks.items() if value}
    for name, values in facts["tags"].items():
        told[name] = told.get(name, frozenset()) | frozenset(map(str, values)) if name not in marks else told.get(name, frozenset())
    return Piece(
        id=flow.id,
        state=FlowState(flow.state),
        amount=facts["amount"],
        currency=facts["currency"],
        value=facts["value"],
        value_currency=facts["value_currency"],
        holder=(UNTOLD if is_kept_back(flow, kept) else flow.parent_id) if flow.within else None,
        view=flow.view,
        reading_of=flow.reading_of,
        ended=flow.ended,
        series=flow.series,
        marks=told,
    )
