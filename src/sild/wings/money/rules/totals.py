"""Totals of money by boundary: pure, exact, and every total lists the rows that make it and the rows that it leaves out, with the reason.

Each state is a pot of its own; FIRM_POT holds what is committed or further. A promise is never added to what is firm. Within a pot a
piece that lies inside another counted piece (a donor's money that moves on through another's programme) is left out; a piece without a
rate into the wanted currency is not converted and said to be, never counted as 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sild.values.flow import FIRM, FlowState

FIRM_POT = "firm"
POTS: dict[str, frozenset[FlowState]] = {**{state.value: frozenset({state}) for state in FlowState}, FIRM_POT: FIRM}
"""What is added up together, and nothing else is."""


UNTOLD = UUID(int=0)
"""The holder of a piece that lies inside another one which its reader is not told: it is counted there, whatever is asked for."""


class LeftOutWhy(StrEnum):
    """LeftOutWhy a row stands in no total."""

    INSIDE = "inside"
    NO_RATE = "no-rate"
    NOT_TOLD = "not-told"
    VIEW = "view"
    READING = "reading"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A flow as it is added up. `amount` None: this reader is not told it. `value` is what it is worth in `value_currency`.

    `holder` is the flow whose amount still holds this one's (UNTOLD: this reader is not told which). `marks` are the values of every
    dimension, for boundaries and groups.
    """

    id: UUID
    state: FlowState
    amount: Decimal | None
    currency: str
    value: Decimal | None = None
    value_currency: str = ""
    holder: UUID | None = None
    view: bool = False
    reading_of: UUID | None = None
    ended: bool = False
    series: str = ""
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def within(self, currency: str) -> Decimal | None:
        """Its amount in a currency ("": its own); None where no rate is known."""
        if currency and self.value_currency == currency and self.value is not None:
            # where a source tells a worth in the very currency of the amount and the two differ, its sums are made of the worth
            return self.value
        return self.amount if currency in ("", self.currency) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that a total does not count: why, and beside which row."""

    id: UUID
    why: LeftOutWhy
    beside: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The pieces that a pot counts, and those that it leaves out."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount in one currency, and its rows."""

    currency: str
    amount: Decimal
    rows: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Sums by currency (one where all was converted), and what was left out."""

    sums: tuple[Sum, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A pot: its total, and its parts by the values of a dimension, which add up to it."""

    pot: str
    whole: Total
    groups: tuple[tuple[str, Total], ...]


def inside(marks: Mapping[str, frozenset[str]], boundary: Mapping[str, str]) -> bool:
    """Whether a row lies inside a boundary: every dimension that it names has the value. A dimension that a row lacks is not inside."""
    return all(value in marks.get(name, frozenset()) for name, value in boundary.items())


def counted(pieces: Iterable[Piece], pot: str, *, currency: str = "", holders: Mapping[UUID, UUID] | None = None) -> Counted:
    """What a pot counts of some pieces. `holders` says of flows beyond them who holds whom, so that a chain is followed through.

    Second views of the same money count only where nothing but one series of views is asked for.
    """
    everything = list(pieces)
    asked = [piece for piece in everything if piece.state in POTS[pot]]
    views = len({piece.series for piece in asked}) == 1 and all(piece.view for piece in asked)
    left_out: list[LeftOut] = []
    able: dict[UUID, Piece] = {}
    for piece in asked:
        why = _why_not(piece, currency, views)
        if why is None:
            able[piece.id] = piece
        else:
            left_out.append(LeftOut(id=piece.id, why=why, beside=piece.reading_of if why == LeftOutWhy.READING else None))
    chain = {**(holders or {}), **{piece.id: piece.holder for piece in everything if piece.holder is not None}}
    kept = []
    for piece in able.values():
        above = list(_above(piece.id, chain))
        holder = next((one for one in above if one in able), None)
        if UNTOLD in above:
            left_out.append(LeftOut(id=piece.id, why=LeftOutWhy.INSIDE, beside=holder))
        elif holder is None or _heads_its_ring(piece.id, above, chain, able):
            kept.append(piece)
        else:
            left_out.append(LeftOut(id=piece.id, why=LeftOutWhy.INSIDE, beside=holder))
    return Counted(pieces=tuple(kept), left_out=tuple(left_out))


def _why_not(piece: Piece, currency: str, views: bool) -> LeftOutWhy | None:
    if piece.ended:
        return LeftOutWhy.ENDED
    if piece.reading_of is not None:
        return LeftOutWhy.READING
    if piece.view and not views:
        return LeftOutWhy.VIEW
    if piece.amount is None:
        return LeftOutWhy.NOT_TOLD
    return LeftOutWhy.NO_RATE if piece.within(currency) is None else None


def _above(identity: UUID, chain: Mapping[UUID, UUID]) -> Iterator[UUID]:
    """The flows that hold a flow, the nearest first; a ring ends where it began."""
    seen = {identity}
    while (above := chain.get(identity)) is not None and above not in seen:
        seen.add(above)
        yield above
        identity = above


def _heads_its_ring(identity: UUID, above: Sequence[UUID], chain: Mapping[UUID, UUID], able: Mapping[UUID, Piece]) -> bool:
    """Whether flows hold each other in a ring, and this is the one of them that counts: a fault of the data loses no money."""
    if not above or chain.get(above[-1]) != identity:
        return False
    return identity == min(one for one in (identity, *above) if one in able)


def totals(pieces: Sequence[Piece], pot: str, *, currency: str = "", group: str = "", holders: Mapping[UUID, UUID] | None = None) -> Totals:
    """The total of a pot, and of each value of a dimension. What is left out is decided over all, so groups add up to the whole.

    A piece with several values of the dimension stands in the group of all of them together; one with none in the group "".
    """
    found = counted(pieces, pot, currency=currency, holders=holders)
    named = {piece.id: _group(piece, group) for piece in pieces}
    kept: dict[str, list[Piece]] = defaultdict(list)
    left: dict[str, list[LeftOut]] = defaultdict(list)
    for piece in found.pieces:
        kept[named[piece.id]].append(piece)
    for one in found.left_out:
        left[named[one.id]].append(one)
    groups = [(name, _total(kept[name], left[name], currency)) for name in {*kept, *left}] if group else []
    groups.sort(key=lambda one: (-max((each.amount for each in one[1].sums), default=Decimal(0)), one[0]))
    return Totals(pot=pot, whole=_total(found.pieces, found.left_out, currency), groups=tuple(groups))


def _group(piece: Piece, group: str) -> str:
    return " + ".join(sorted(value for value in piece.marks.get(group, frozenset()) if value))


def _total(pieces: Iterable[Piece], left_out: Iterable[LeftOut], currency: str) -> Total:
    rows: dict[str, list[tuple[UUID, Decimal]]] = defaultdict(list)
    for piece in pieces:
        amount = piece.within(currency)
        if amount is not None:
            rows[currency or piece.currency].append((piece.id, amount))
    sums = (
        Sum(currency=name, amount=sum((amount for _id, amount in found), Decimal(0)), rows=tuple(key for key, _amount in found))
        for name, found in sorted(rows.items())
    )
    return Total(sums=tuple(sums), left_out=tuple(left_out))
