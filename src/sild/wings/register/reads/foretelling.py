"""What needs and offers would say if lines were placed anew, without writing anything; what linking asks before it names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.wings.register.models import GateRuling, Line, Need, Offer
from sild.wings.register.reads.ruled import ruled_on
from sild.wings.register.rules import PAST_A_GATE, Answer, Grouping, LineState, NeedState, describe_need, describe_offer, in_time

FAR: Mapping[str, int] = {
    NeedState.ENDORSED: 5,
    NeedState.INTERAGENCY_REVIEW: 4,
    NeedState.TECHNICAL_REVIEW: 3,
    NeedState.CLOSED: 5,
    NeedState.NOT_ENDORSED: 2,
    NeedState.OVERTAKEN: 2,
    NeedState.HANDED_OVER: 2,
    Answer.ACCEPTED: 2,
    NeedState.CLARIFYING: 1,
    Answer.DECLINED: 1,
}
"""How far people have taken a need (by its state) or an offer (by its answer): of two that are joined the further one stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What a need or an offer says at one time: `state` is the need's, or the answer to the offer; `lines` are counted."""

    title: str
    quantity: Decimal | None
    unit: str
    needed_by: date | None
    state: str
    provisional: bool
    marking: int
    lines: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A need or an offer before and after lines are placed: no `before` for a new one, no `after` for one that joins `into` another.

    `ruled`: a gate has ruled on it, or somebody answered. `reopened`: an endorsement goes back to the first gate.
    """

    id: UUID
    side: str
    before: Stand | None
    after: Stand | None
    into: UUID | None
    ruled: bool
    reopened: bool


@read
def foretell(actor: Actor, groupings: Sequence[Grouping]) -> tuple[Foretold, ...]:
    """What each need or offer says now and would say after `place_lines` with these groupings among their lines; unchanged ones are out."""
    told: list[Foretold] = []
    kinds: tuple[tuple[str, type[Need | Offer], str], ...] = (("need", Need, "need_id"), ("offer", Offer, "offer_id"))
    for side, model, column in kinds:
        mine = [grouping for grouping in groupings if grouping.side == side]
        lines = {line.id: line for line in Line.objects.filter(id__in=[key for grouping in mine for key in grouping.lines])}
        told += _of_side(side, model, column, mine, lines)
    return tuple(sorted(told, key=lambda one: (one.before is None, one.after is None, str(one.id))))


def _of_side(
    side: str, model: type[Need | Offer], column: str, groupings: Sequence[Grouping], lines: Mapping[UUID, Line]
) -> Iterable[Foretold]:
    spoken: dict[UUID, list[Line]] = defaultdict(list)
    for line in in_time(lines.values()):
        if getattr(line, column) is not None:
            spoken[getattr(line, column)].append(line)
    keys = {*spoken, *(grouping.id for grouping in groupings)}
    records: dict[UUID, Any] = {record.id: record for record in model.objects.filter(id__in=keys)}
    ruled = ruled_on(keys) if side == "need" else {key: {} for key, record in records.items() if record.answer != Answer.OPEN}
    at = {key: grouping.id for grouping in groupings for key in grouping.lines}
    named = {grouping.id for grouping in groupings}
    for grouping in groupings:
        record = records.get(grouping.id)
        standing = record is not None and record.joined_into is None
        before = _stand(record, spoken.get(grouping.id, [])) if standing else None
        whole = record if record is not None else model(id=grouping.id)
        members = in_time(lines[key] for key in grouping.lines if key in lines)
        state = getattr(whole, "state", "")
        _describe(whole, members, ruled.get(grouping.id))
        after = _stand(whole, members)
        if before != after or {line.id for line in spoken.get(grouping.id, [])} != set(grouping.lines):
            back = state in PAST_A_GATE and getattr(whole, "state", "") != state
            yield Foretold(id=grouping.id, side=side, before=before, after=after, into=None, ruled=grouping.id in ruled, reopened=back)
    for key, members in spoken.items():
        if key not in named and key in records:
            into = at.get(members[0].id)
            yield Foretold(
                id=key, side=side, before=_stand(records[key], members), after=None, into=into, ruled=key in ruled, reopened=False
            )


def _describe(record: Need | Offer, members: Sequence[Line], ruled: Mapping[str, Any] | None) -> None:
    if isinstance(record, Need):
        describe_need(record, members, ruled)
    else:
        describe_offer(record, members)
    told = max((line.marking for line in members), default=int(Marking.AMBER))
    # a new one is marked as its lines are; one that is there is never lowered by it
    record.marking = told if record._state.adding else max(record.marking, told)


def _stand(record: Any, members: Sequence[Line]) -> Stand:
    return Stand(
        title=record.title,
        quantity=record.quantity,
        unit=record.unit,
        needed_by=getattr(record, "needed_by", None),
        state=record.state if isinstance(record, Need) else record.answer,
        provisional=record.provisional,
        marking=int(record.marking),
        lines=len(members),
        accepted=sum(line.state == LineState.ACCEPTED for line in members),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A need or an offer as linking meets it: `lines` that can be linked and speak of it, oldest first; `closed` ones lie elsewhere."""

    id: UUID
    side: str
    version: int
    title: str
    joined_into: UUID | None
    lines: tuple[Line, ...]
    closed: bool


@read
def group(actor: Actor, side: str, key: UUID) -> Group:
    """A need or an offer with the lines that can be linked. Raises NotThere."""
    record = Need.found(key) if side == "need" else Offer.found(key)
    spoken = list(Line.objects.filter(**{side: record}).exclude(state=LineState.REJECTED))
    return Group(
        id=record.id,
        side=side,
        version=record.version,
        title=record.title,
        joined_into=record.joined_into,
        lines=tuple(in_time(line for line in spoken if line.compartment_id is None)),
        closed=record.compartment_id is not None or any(line.compartment_id is not None for line in spoken),
    )


@read
def how_far(actor: Actor, side: str, keys: Collection[UUID]) -> dict[UUID, int]:
    """How far people have taken needs (or offers, by `side`): 0 where nobody ruled on one or answered it."""
    if side == "offer":
        return {key: FAR.get(answer, 0) for key, answer in Offer.objects.filter(id__in=list(keys)).values_list("id", "answer")}
    ruled = set(GateRuling.objects.filter(need_id__in=list(keys)).values_list("need_id", flat=True))
    states = Need.objects.filter(id__in=list(keys)).values_list("id", "state")
    return {key: max(FAR.get(state, 0), int(key in ruled)) for key, state in states}


@read
def joined_ones(actor: Actor, side: str, into: Collection[UUID]) -> list[tuple[UUID, UUID, tuple[UUID, ...]]]:
    """What was joined into these needs (or offers): (which, into which, the lines that spoke of it until then), the oldest first."""
    model: Any = {"need": Need, "offer": Offer}[side]
    found = model.objects.filter(joined_into__in=list(into), compartment_id=None).order_by("created_at", "id")
    return [(one.id, one.joined_into, tuple(one.joined_lines)) for one in found]


@read
def spoken_of_outside(actor: Actor, side: str, keys: Collection[UUID], lines: Collection[UUID]) -> set[UUID]:
    """Which of the needs (or offers) other lines speak of than these, or stand where these may not be placed."""
    column = {"need": "need_id", "offer": "offer_id"}[side]
    others = Line.objects.filter(**{f"{column}__in": list(keys)}).exclude(id__in=list(lines))
    model: Any = {"need": Need, "offer": Offer}[side]
    closed = model.objects.filter(id__in=list(keys)).exclude(compartment_id=None)
    return {*others.values_list(column, flat=True), *closed.values_list("id", flat=True)}


@read
def joined_of_lines(actor: Actor, lines: Collection[UUID]) -> set[UUID]:
    """The needs and offers that were joined into others and of which these lines told until then."""
    keys = list(lines)
    needs = Need.objects.filter(joined_lines__overlap=keys).values_list("id", flat=True)
    return {*needs, *Offer.objects.filter(joined_lines__overlap=keys).values_list("id", flat=True)}
