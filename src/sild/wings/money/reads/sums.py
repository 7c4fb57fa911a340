"""Totals of what the reader sees, by boundary: each pot for itself, with its rows, its groups, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.money.models import Flow
from sild.wings.money.reads.lists import FlowFilter, narrowed
from sild.wings.money.reads.told import FlowRow, kept_of, piece_of, rows_of
from sild.wings.money.rules import POTS, UNTOLD, LeftOutWhy, Piece, Total, totals

DIMENSIONS = ("giver", "through", "body", "category", "sector", "year", "month", "currency", "state", "series", "source", "in-kind")
"""By what totals may be parted."""
MOST_PIECES = 100_000
MOST_ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PotView:
    """A pot: its total, its groups (value of the dimension, total), and how many rows are left out by reason."""

    pot: str
    whole: Total
    groups: tuple[tuple[str, Total], ...]
    left_out: tuple[tuple[LeftOutWhy, int], ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsView:
    """All pots in which there is something, over `rows` flows; `cut`: there were more than are added up, and nothing is told."""

    pots: tuple[PotView, ...]
    rows: int
    cut: bool
    currencies: tuple[str, ...]


@read
def totals_of(actor: Actor, wanted: FlowFilter, *, group: str = "", currency: str = "") -> TotalsView:
    """The totals of what a filter finds, as far as the reader sees it; `currency` "": each in its own."""
    flows = list(narrowed(wanted).order_by("created_at", "id")[: MOST_PIECES + 1])
    if len(flows) > MOST_PIECES:
        return TotalsView(pots=(), rows=len(flows), cut=True, currencies=())
    pieces = pieces_of(flows)
    holders = holders_beyond(pieces)
    pots = []
    for pot, states in POTS.items():
        if not any(piece.state in states for piece in pieces):
            continue
        found = totals(pieces, pot, currency=currency, group=group if group in DIMENSIONS else "", holders=holders)
        why = {reason: sum(one.why == reason for one in found.whole.left_out) for reason in LeftOutWhy}
        pots.append(
            PotView(
                pot=pot,
                whole=found.whole,
                groups=found.groups,
                left_out=tuple((reason, many) for reason, many in why.items() if many),
                rows=sum(len(one.rows) for one in found.whole.sums),
            )
        )
    currencies = sorted({one for piece in pieces for one in (piece.currency, piece.value_currency) if one})
    return TotalsView(pots=tuple(pots), rows=len(flows), cut=False, currencies=tuple(currencies))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """A row behind a total: its flow, its amount there (None: left out), why it is left out and beside which flow."""

    row: FlowRow
    counts: Decimal | None
    currency: str
    why: LeftOutWhy | None
    beside: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The rows behind one total, those that count first; `sums` are what they make, `more` how many are not shown."""

    total: Total
    rows: tuple[CountedRow, ...]
    more: int


@read
def rows_behind(
    actor: Actor, wanted: FlowFilter, pot: str, *, currency: str = "", group: tuple[str, str] = ("", ""), most: int = MOST_ROWS_SHOWN
) -> Behind:
    """Every row of a total and of what it leaves out; `group` is (dimension, value) for one of its parts."""
    flows = list(narrowed(wanted).order_by("created_at", "id")[:MOST_PIECES])
    pieces = pieces_of(flows)
    found = totals(pieces, pot, currency=currency, group=group[0], holders=holders_beyond(pieces))
    total = found.whole if not group[0] else dict(found.groups).get(group[1], Total(sums=(), left_out=()))
    by_id = {piece.id: piece for piece in pieces}
    counts = [(key, one.currency) for one in total.sums for key in one.rows]
    counts.sort(key=lambda one: -(by_id[one[0]].within(currency) or Decimal(0)))
    shown = counts[:most]
    left = total.left_out[: max(0, most - len(shown))]
    wanted_ids = {key for key, _currency in shown} | {one.id for one in left}
    rows = {row.id: row for row in rows_of([flow for flow in flows if flow.id in wanted_ids])}
    lines = [CountedRow(row=rows[key], counts=by_id[key].within(currency), currency=own, why=None, beside=None) for key, own in shown]
    lines += [CountedRow(row=rows[one.id], counts=None, currency="", why=one.why, beside=one.beside) for one in left]
    return Behind(total=total, rows=tuple(lines), more=len(counts) + len(total.left_out) - len(lines))


def pieces_of(flows: Iterable[Flow]) -> list[Piece]:
    """Flows as they are added up, with what the reader sees of what they keep back."""
    found = list(flows)
    kept = kept_of(found)
    return [piece_of(flow, kept.get(flow.id)) for flow in found]


def holders_beyond(pieces: Iterable[Piece]) -> Mapping[UUID, UUID]:
    """Who holds whom among flows that the pieces do not name: chains that leave a boundary and come back are followed."""
    found: dict[UUID, UUID] = {}
    here = {piece.id for piece in pieces}
    asked = {piece.holder for piece in pieces if piece.holder is not None} - here
    while asked - {UNTOLD}:
        fresh = {
            piece.id: piece.holder
            for piece in pieces_of(Flow.objects.filter(id__in=list(asked), within=True).exclude(parent_id=None))
            if piece.holder is not None and piece.id not in found
        }
        found |= fresh
        asked = set(fresh.values()) - here - found.keys()
    return found
