"""Lines move into a compartment with their message; a need or an offer goes with them, or is parted where other lines speak of it too."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.inheritance import seal_history
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.kernel.record import Record
from sild.wings.register.actions.placing import describe
from sild.wings.register.models import GateRuling, Line, Need, Offer, OfferAnswer

R = TypeVar("R", Need, Offer)


@dataclass(slots=True)
class Moved:
    """What moved, by its old identifier. A need or an offer that other lines speak of too stays outside: it has no entry here."""

    lines: dict[UUID, UUID] = field(default_factory=dict)
    needs: dict[UUID, UUID] = field(default_factory=dict)
    offers: dict[UUID, UUID] = field(default_factory=dict)


@action("register.move-lines", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def move_lines(actor: Actor, message_id: UUID, to_message: UUID, compartment: UUID) -> Moved:
    """Move the lines of a message, with the needs and offers that they alone speak of, into a compartment, under new identifiers.

    A need that other lines speak of too is told anew from those; what was said of it until now is closed with the message.
    Links between lines are taken away before (linkage), or the database refuses.
    """
    lines = list(Line.objects.filter(message_id=message_id).order_by("position", "id"))
    moved = Moved()
    needs = _moving(Need, "need_id", lines)
    offers = _moving(Offer, "offer_id", lines)
    rulings = list(GateRuling.objects.filter(need_id__in=[need.id for need, whole in needs if whole]))
    answers = list(OfferAnswer.objects.filter(offer_id__in=[offer.id for offer, whole in offers if whole]))
    inside_needs = {need.id: _inside(need, whole, compartment) for need, whole in needs}
    inside_offers = {offer.id: _inside(offer, whole, compartment) for offer, whole in offers}
    fresh = [
        copy_of(
            line,
            message_id=to_message,
            compartment_id=compartment,
            need_id=inside_needs[line.need_id].id if line.need_id else None,
            offer_id=inside_offers[line.offer_id].id if line.offer_id else None,
        )
        for line in lines
    ]
    moved.lines = {line.id: copy.id for line, copy in zip(lines, fresh, strict=True)}
    for kind in (
        lines,
        [need for need, whole in needs if whole],
        [offer for offer, whole in offers if whole],
        *_by_owner(rulings),
        *_by_owner(answers),
    ):
        close_into(compartment, kind)
    remove([*rulings, *answers, *lines, *(need for need, whole in needs if whole), *(offer for offer, whole in offers if whole)])
    Need.objects.bulk_create(list(inside_needs.values()))
    Offer.objects.bulk_create(list(inside_offers.values()))
    Line.objects.bulk_create(fresh)
    GateRuling.objects.bulk_create([copy_of(one, need_id=inside_needs[one.need_id].id) for one in rulings])
    OfferAnswer.objects.bulk_create([copy_of(one, offer_id=inside_offers[one.offer_id].id) for one in answers])
    moved.needs = {need.id: inside_needs[need.id].id for need, whole in needs if whole}
    moved.offers = {offer.id: inside_offers[offer.id].id for offer, whole in offers if whole}
    for label, names in (("register.Line", moved.lines), ("register.Need", moved.needs), ("register.Offer", moved.offers)):
        rename_in_history(label, names, compartment)
    for parted in [*(need for need, whole in needs if not whole), *(offer for offer, whole in offers if not whole)]:
        seal_history(parted._meta.label, [parted.id], compartment)
        describe(parted)
        parted.save()
    for told in [*inside_needs.values(), *inside_offers.values()]:
        describe(told)
        told.save()
    return moved


def _moving(model: type[R], column: str, lines: Sequence[Line]) -> list[tuple[R, bool]]:
    """The needs (or offers) that lines speak of, each with whether no other line does."""
    counted: dict[UUID, int] = defaultdict(int)
    for line in lines:
        if getattr(line, column):
            counted[getattr(line, column)] += 1
    told = list(model.objects.filter(id__in=list(counted)).order_by("id"))
    return [(record, Line.objects.filter(**{column: record.id}).count() == counted[record.id]) for record in told]


def _inside(record: R, whole: bool, compartment: UUID) -> R:
    """What stands for a need (or an offer) inside: the same, or a new one that is told from the moved lines alone."""
    copy = copy_of(record, compartment_id=compartment)
    if not whole:
        # what people ruled, they ruled on what all lines told: inside it begins anew
        fresh = type(record)(id=uuid.uuid4(), marking=record.marking, compartment_id=compartment, embargo_until=record.embargo_until)
        return fresh
    return copy


def _by_owner(records: Sequence[Record]) -> list[list[Record]]:
    owned: dict[UUID, list[Record]] = defaultdict(list)
    for record in records:
        owned[record.owner_id].append(record)
    return list(owned.values())
