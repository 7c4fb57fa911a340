"""Compartments as their members see them: who is in, who could be let in, what lies there, and what a change of members would mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.history import Act
from sild.kernel.identity import Member
from sild.kernel.inheritance import models_of_records
from sild.kernel.moving import own_compartment, own_seats
from sild.kernel.subjects import NOT_MARKED_BY_HAND
from sild.values.marking import Marking

MOST_ACTS = 50
ABOUT_ROOMS = ("access.open-compartment", "access.change-compartment")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSeat:
    """A seat of the reader's organisation: whether somebody sits there, and up to which marking it sees."""

    id: UUID
    name: str
    ceiling: Marking
    taken: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAct:
    """Who opened a compartment or changed its members, when and why."""

    at: datetime
    who: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """A compartment: `members` are in it, `others` of the organisation are not; `holds` counts what lies there, by kind of record."""

    id: UUID
    name: str
    version: int
    members: tuple[RoomSeat, ...]
    others: tuple[RoomSeat, ...]
    holds: Mapping[str, int]
    acts: tuple[RoomAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChange:
    """What a change of members would mean: who comes in with how many of the `records` each would see, and who goes out."""

    let_in: tuple[tuple[str, int], ...]
    taken_out: tuple[str, ...]
    stay: tuple[str, ...]
    records: int


@read
def compartment_page(actor: Actor, compartment_id: UUID) -> RoomView:
    """A compartment that the actor is in. Raises NotThere."""
    room = own_compartment(actor, compartment_id)
    seats = _seats(actor)
    inside = set(room.members)
    acts = Act.objects.filter(compartments__contains=[room.id], action__in=ABOUT_ROOMS, owner_id=actor.organisation)
    return RoomView(
        id=room.id,
        name=room.name,
        version=room.version,
        members=tuple(seat for seat in seats if seat.id in inside),
        others=tuple(seat for seat in seats if seat.id not in inside),
        holds={label: sum(counted.values()) for label, counted in _held(room.id).items()},
        acts=tuple(
            RoomAct(at=act.at, who=act.person_name, action=act.action, reason=act.reason) for act in acts.order_by("-at", "-id")[:MOST_ACTS]
        ),
    )


@read
def seats_in_compartment(actor: Actor, compartment_id: UUID) -> tuple[RoomSeat, ...]:
    """Who is in a compartment that the actor is in, by name, without counting what lies there. Raises NotThere."""
    inside = set(own_compartment(actor, compartment_id).members)
    return tuple(seat for seat in _seats(actor) if seat.id in inside)


@read
def seats_for_compartment(actor: Actor) -> tuple[RoomSeat, ...]:
    """The seats of people in one's own organisation, by name: who can be let into a compartment."""
    return tuple(_seats(actor))


@read
def proposed_members(actor: Actor, compartment_id: UUID, members: Collection[UUID]) -> RoomChange:
    """What it would mean if these seats, and one's own, were in the compartment. Raises NotThere."""
    room = own_compartment(actor, compartment_id)
    wanted, inside = {*members, actor.person}, set(room.members)
    seats = _seats(actor)
    held = sum(_held(room.id).values(), Counter())
    return RoomChange(
        let_in=tuple(
            (seat.name, sum(count for marking, count in held.items() if marking <= seat.ceiling))
            for seat in seats
            if seat.id in wanted - inside
        ),
        taken_out=tuple(seat.name for seat in seats if seat.id in inside - wanted),
        stay=tuple(seat.name for seat in seats if seat.id in inside & wanted),
        records=sum(held.values()),
    )


def _seats(actor: Actor) -> list[RoomSeat]:
    return [_seat(actor, member) for member in own_seats(actor) if Role.SERVICE not in member.roles]


def _seat(actor: Actor, member: Member) -> RoomSeat:
    return RoomSeat(
        id=member.id,
        name=member.name,
        ceiling=Marking(member.ceiling),
        taken=member.account_id is not None,
        mine=member.id == actor.person,
    )


def _held(room: UUID) -> dict[str, Counter[int]]:
    """What lies in a compartment, as far as the actor sees it: by kind of record, how many of each marking."""
    held: dict[str, Counter[int]] = {}
    for model in models_of_records():
        if model._meta.app_label in NOT_MARKED_BY_HAND:
            continue
        kept: Any = model._default_manager
        counted = Counter(kept.filter(compartment_id=room).order_by().values_list("marking", flat=True))
        if counted:
            held[model._meta.label] = counted
    return held
