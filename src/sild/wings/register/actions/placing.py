"""Placing: needs and offers are made from groupings of lines, and every line is put into its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.values.marking import Marking
from sild.wings.register.models import GateRuling, Line, Need, Offer
from sild.wings.register.rules import Grouping, describe_need, describe_offer, in_time

R = TypeVar("R", Need, Offer)

READERS = frozenset({Role.SERVICE, Role.OFFICER})


@action("register.place-lines", roles=READERS)
def place_lines(actor: Actor, groupings: Sequence[Grouping]) -> tuple[int, int]:
    """Make needs and offers from the groupings and put every line into its own: (needs, offers).

    Lines in compartments are left where they are: what is in the open is placed with what is in the open.
    States and rulings that people gave stay. A need or offer that no line speaks of any more goes, its image kept,
    unless a person ruled on it.
    """
    lines = {line.id: line for line in Line.objects.filter(compartment_id=None)}
    asked = [grouping for grouping in groupings if grouping.side == "need"]
    offered = [grouping for grouping in groupings if grouping.side == "offer"]
    ruled = set(GateRuling.objects.values_list("need_id", flat=True))
    needs = {need.id: need for need in Need.objects.filter(compartment_id=None)}
    offers = {offer.id: offer for offer in Offer.objects.filter(compartment_id=None)}
    left_needs = _place(Need, needs, asked, lines, lambda need, members: describe_need(need, members, need.id in ruled))
    left_offers = _place(Offer, offers, offered, lines, describe_offer)
    _move(lines, asked, offered)
    for need in left_needs:
        if need.id not in ruled and not Line.objects.filter(need=need).exists():
            need.delete()
    for offer in left_offers:
        if not Line.objects.filter(offer=offer).exists():
            offer.delete()
    return len(asked), len(offered)


def _place(
    model: type[R],
    present: dict[UUID, R],
    groupings: Sequence[Grouping],
    lines: dict[UUID, Line],
    describe: Callable[[R, Sequence[Line]], None],
) -> list[R]:
    """Make or change the records of one side; returns those that no grouping names."""
    fresh, changed = [], []
    for grouping in groupings:
        record = present.pop(grouping.id, None)
        new = record is None
        record = record if record is not None else model(id=grouping.id)
        members: list[Line] = in_time(lines[identity] for identity in grouping.lines if identity in lines)
        describe(record, members)
        record.reword()
        told = max((line.marking for line in members), default=int(Marking.AMBER))
        # a run raises a marking and never lowers one: that takes two people
        record.marking = told if new else max(record.marking, told)
        record.embargo_until = max(
            (until for until in [record.embargo_until, *(line.embargo_until for line in members)] if until is not None), default=None
        )
        if new:
            fresh.append(record)
        elif record.image() != record.remembered():
            changed.append(record)
    model.objects.bulk_create(fresh)
    columns = [column.name for column in model._meta.concrete_fields if column.name not in ("id", "version", "created_at")]
    model.objects.bulk_change(changed, columns)
    return list(present.values())


def _move(lines: dict[UUID, Line], asked: Sequence[Grouping], offered: Sequence[Grouping]) -> None:
    """Point every line at its need or offer."""
    need_of = {identity: grouping.id for grouping in asked for identity in grouping.lines}
    offer_of = {identity: grouping.id for grouping in offered for identity in grouping.lines}
    moved = []
    for line in lines.values():
        need, offer = need_of.get(line.id), offer_of.get(line.id)
        # a line in no grouping (a rejected one, a question) speaks of nothing until it is placed again
        if (line.need_id, line.offer_id) != (need, offer):
            line.need_id, line.offer_id = need, offer
            moved.append(line)
    Line.objects.bulk_change(moved, ["need", "offer"])
