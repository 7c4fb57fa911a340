"""Placing: needs and offers are made from groupings of lines, and every line is put into its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.values.marking import Marking
from sild.wings.register.models import GateRuling, Line, Need, Offer
from sild.wings.register.rules import (
    Grouping,
    LineState,
    NeedState,
    commonest,
    highest_urgency,
    is_withdrawn,
    ruled_channel,
    standing_quantity,
    title_of,
)

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
    left_needs = _place(Need, needs, asked, lines, lambda need, members: _describe_need(need, members, need.id in ruled))
    left_offers = _place(Offer, offers, offered, lines, _describe_offer)
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
        members = [lines[identity] for identity in grouping.lines if identity in lines]
        describe(record, members)
        told = max((line.marking for line in members), default=int(Marking.AMBER))
        # a run raises a marking and never lowers one: that takes two people
        record.marking = told if new else max(record.marking, told)
        record.embargo_until = max(
            (until for until in (record.embargo_until, *(line.embargo_until for line in members)) if until), default=None
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


def _standing(members: Sequence[Line]) -> list[Line]:
    return [line for line in members if line.state != LineState.REJECTED] or list(members)


def _describe_need(need: Need, members: Sequence[Line], ruled: bool) -> None:
    before = (need.quantity, need.category, need.beneficiary)
    lines = _standing(members)
    asking = [line for line in lines if line.kind in ("request", "update")] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    need.title = title_of((line.language, line.item) for line in asking)
    need.category = commonest(line.category for line in asking)
    need.beneficiary = commonest(line.beneficiary for line in asking if line.beneficiary_known) or commonest(
        line.beneficiary for line in asking
    )
    need.quantity = standing_quantity(amounts)
    need.unit = commonest(line.unit for line in asking)
    need.needed_by = next((line.needed_by for line in reversed(asking) if line.needed_by), None)
    need.urgency = highest_urgency(line.urgency for line in asking)
    need.channel = ruled_channel(line.channel for line in asking)
    need.first_asked = min((line.sent_at for line in lines if line.sent_at), default=None)
    need.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
    if ruled and need.state == NeedState.ENDORSED and before != (need.quantity, need.category, need.beneficiary):
        # what was endorsed was another quantity, thing or body: the need comes back to its first gate
        need.state = NeedState.TECHNICAL_REVIEW
    # what a person ruled stays; only the words of lines move a need between captured and withdrawn
    if not ruled and need.state in (NeedState.CAPTURED, NeedState.WITHDRAWN):
        need.state = NeedState.WITHDRAWN if is_withdrawn(amounts) else NeedState.CAPTURED


def _describe_offer(offer: Offer, members: Sequence[Line]) -> None:
    lines = _standing(members)
    giving = [line for line in lines if line.kind != "withdrawal"] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    offer.title = title_of((line.language, line.item) for line in giving)
    offer.category = commonest(line.category for line in giving)
    offer.provider = commonest(line.provider for line in giving)
    offer.beneficiary = commonest(line.beneficiary for line in giving)
    offer.quantity = standing_quantity(amounts)
    offer.unit = commonest(line.unit for line in giving)
    priced = next((line for line in reversed(giving) if line.value_amount is not None), None)
    offer.value_amount, offer.value_currency = (priced.value_amount, priced.value_currency) if priced else (None, "")
    offer.available_from = next((line.available_from for line in reversed(giving) if line.available_from), None)
    offer.available_until = next((line.available_until for line in reversed(giving) if line.available_until), None)
    conditions: dict[tuple[str, str], dict[str, str]] = {}
    for line in giving:
        for condition in line.conditions:
            conditions.setdefault((condition.get("code", ""), condition.get("text", "")), condition)
    offer.conditions = list(conditions.values())
    offer.withdrawn = is_withdrawn(amounts)
    offer.first_offered = min((line.sent_at for line in lines if line.sent_at), default=None)
    offer.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
