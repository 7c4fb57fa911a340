"""Lines move into a compartment with their message; a need or an offer goes with them, or is parted where other lines speak of it too."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, on_behalf_of
from sild.kernel.identity import Organisation
from sild.kernel.inheritance import seal_history
from sild.kernel.moving import close_into, copy_of, remove, rename_in_history
from sild.kernel.record import Record
from sild.wings.register.actions.describing import describe_anew, describe_joined
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
    One that was joined into another goes along if all its lines do; else it is told from those that stay.
    Links between lines are taken away before (linkage), or the database refuses.
    """
    lines = list(Line.objects.filter(message_id=message_id).order_by("position", "id"))
    needs, offers = _moving(Need, "need_id", lines), _moving(Offer, "offer_id", lines)
    gone_needs, gone_offers = _joined(Need, lines), _joined(Offer, lines)
    needs += [(need, True) for need, whole in gone_needs if whole]
    offers += [(offer, True) for offer, whole in gone_offers if whole]
    told: list[tuple[Need | Offer, bool]] = [*needs, *offers]
    whole_needs, whole_offers = [need for need, whole in needs if whole], [offer for offer, whole in offers if whole]
    rulings = list(GateRuling.objects.filter(need_id__in=[need.id for need in whole_needs]))
    answers = list(OfferAnswer.objects.filter(offer_id__in=[offer.id for offer in whole_offers]))
    unseen = [*_unseen(GateRuling, "need_id", whole_needs, rulings), *_unseen(OfferAnswer, "offer_id", whole_offers, answers)]
    kinds: list[Sequence[Record]] = [lines, whole_needs, whole_offers, *_by_owner(rulings), *_by_owner(answers), *unseen]
    for kind in kinds:
        close_into(compartment, kind)
    copies = {record.id: _inside(record, whole, compartment) for record, whole in told}
    inside = {key: copy.id for key, copy in copies.items()}
    fresh = [copy_of(line, message_id=to_message, need_id=_of(inside, line.need_id), offer_id=_of(inside, line.offer_id)) for line in lines]
    ruled = [copy_of(one, need_id=inside[one.need_id]) for one in rulings]
    answered = [copy_of(one, offer_id=inside[one.offer_id]) for one in answers]
    moved = Moved(
        lines={line.id: copy.id for line, copy in zip(lines, fresh, strict=True)},
        needs={need.id: inside[need.id] for need in whole_needs},
        offers={offer.id: inside[offer.id] for offer in whole_offers},
    )
    remove([*rulings, *answers, *(one for some in unseen for one in some), *lines, *whole_needs, *whole_offers])
    for record in copies.values():
        _name_anew(record, moved, inside)
        record.save()
    Line.objects.bulk_create(fresh)
    GateRuling.objects.bulk_create(ruled)
    OfferAnswer.objects.bulk_create(answered)
    for label, names in (("register.Line", moved.lines), ("register.Need", moved.needs), ("register.Offer", moved.offers)):
        rename_in_history(label, names, compartment)
    _tell_anew(actor, message_id=to_message, parted=[record for record, whole in told if not whole], compartment=compartment)
    for label, key in describe_joined(actor, moved.lines, leaving=True):
        seal_history(label, [key], compartment)
    return moved


def _unseen(
    kind: type[GateRuling] | type[OfferAnswer], column: str, moving: Sequence[Need | Offer], seen: Sequence[Record]
) -> list[list[Any]]:
    """What others said of what moves and the actor does not see, by owner: closed and gone with it, and not told to those inside."""
    beside: list[list[Any]] = []
    for owner in sorted(Organisation.objects.values_list("id", flat=True)) if moving else ():
        with on_behalf_of(owner):
            said = kind.objects.filter(owner_id=owner, **{f"{column}__in": [record.id for record in moving]})
            beside.append(list(said.exclude(id__in=[one.id for one in seen])))
    return beside


def _joined(model: type[R], lines: Sequence[Line]) -> list[tuple[R, bool]]:
    """The needs (or offers) that were joined into others and of which lines told, each with whether all its lines are among these."""
    keys = {line.id for line in lines}
    return [(record, keys >= set(record.joined_lines)) for record in model.objects.filter(joined_lines__overlap=list(keys)).order_by("id")]


def _name_anew(record: Need | Offer, moved: Moved, inside: Mapping[UUID, UUID]) -> None:
    """Inside, what was joined names its lines, and what it was joined into, by the identifiers that they have there."""
    record.joined_lines = [moved.lines[key] for key in record.joined_lines if key in moved.lines]
    if record.joined_into is not None:
        record.joined_into = inside.get(record.joined_into, record.joined_into)


def _tell_anew(actor: Actor, *, message_id: UUID, parted: Sequence[Need | Offer], compartment: UUID) -> None:
    """Describe what was made inside from the moved lines, and what stays outside from the lines that stay."""
    describe_anew(actor, list(Line.objects.filter(message_id=message_id)))
    keys = [record.id for record in parted]
    describe_anew(actor, list(Line.objects.filter(Q(need_id__in=keys) | Q(offer_id__in=keys))))
    for record in parted:
        # what was said of it so far, and that it says something else now, was said with the lines that moved
        seal_history(record._meta.label, [record.id], compartment)


def _of(inside: Mapping[UUID, UUID], key: UUID | None) -> UUID | None:
    return inside[key] if key is not None else None


def _moving(model: type[R], column: str, lines: Sequence[Line]) -> list[tuple[R, bool]]:
    """The needs (or offers) that lines speak of, each with whether no other line does."""
    counted: dict[UUID, int] = defaultdict(int)
    for line in lines:
        if getattr(line, column):
            counted[getattr(line, column)] += 1
    told = list(model.objects.filter(id__in=list(counted)).order_by("id"))
    return [(record, Line.objects.filter(**{column: record.id}).count() == counted[record.id]) for record in told]


def _inside(record: Need | Offer, whole: bool, compartment: UUID) -> Need | Offer:
    """What stands for a need (or an offer) inside: the same, or a new one, to be told from the moved lines alone."""
    if whole:
        return copy_of(record)
    # what people ruled, they ruled on what all lines told: inside it begins anew
    return type(record)(id=uuid.uuid4(), marking=record.marking, compartment_id=compartment, embargo_until=record.embargo_until)


def _by_owner(records: Sequence[Record]) -> list[list[Record]]:
    owned: dict[UUID, list[Record]] = defaultdict(list)
    for record in records:
        owned[record.owner_id].append(record)
    return list(owned.values())
