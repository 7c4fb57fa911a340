"""Close a message into a compartment: it goes with its lines, and with what they alone speak of, under new identifiers.

From outside it is as if it had never come: the same bytes may arrive again and are a new message there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, own_compartment, remove, rename_in_history
from sild.kernel.refusals import NotThere, Refused
from sild.wings.agreements.public import move_agreements
from sild.wings.clearance.public import move_cases
from sild.wings.delivery.public import move_consignments
from sild.wings.intake.models import Message, MessageText, Opening, Receipt, Reply, SecondOpinion, Sighting
from sild.wings.linkage.public import kept_vectors, put_links, put_vectors, take_links
from sild.wings.money.public import move_flows
from sild.wings.parties.public import forget_meeting
from sild.wings.planning.public import close_plans, move_words
from sild.wings.register.public import Line, joined_of_lines, move_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedInto:
    """What moved: the message's new identifier, and how many lines, needs, offers, and plans that were made with them."""

    message: UUID
    lines: int
    needs: int
    offers: int
    plans: int


@action("intake.close-into", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def close_message_into(actor: Actor, message_id: UUID, compartment_id: UUID, *, reason: str) -> ClosedInto:
    """Move a message of one's own organisation into a compartment that one is in.

    Raises NotThere; Refused where it is in a compartment already. The file itself stays in the folder that it came from: take it
    out of there, or the next run reads it again in the open.
    """
    room = own_compartment(actor, compartment_id)
    message = Message.objects.filter(id=message_id, owner_id=actor.organisation).first()
    if message is None:
        raise NotThere(_("There is no such message."))
    if message.compartment_id is not None:
        raise Refused(_("The message is in a compartment already. It leaves it by a lowering of two people."))
    inside = uuid.uuid4()
    texts, sightings = list(MessageText.objects.filter(message=message)), list(Sighting.objects.filter(message=message))
    receipts, replies = list(Receipt.objects.filter(message=message)), list(Reply.objects.filter(Q(message=message) | Q(about=message)))
    lines = list(Line.objects.filter(message_id=message.id))
    second = list(SecondOpinion.objects.filter(message=message))
    concerned = {key for line in lines for key in (line.need_id, line.offer_id) if key is not None}
    concerned |= joined_of_lines(actor, [line.id for line in lines])
    plans = close_plans(actor, concerned, room.id)
    links = take_links(actor, {line.id for line in lines}, room.id)
    vectors = kept_vectors(actor, [line.id for line in lines])
    close_into(room.id, [message])
    close_into(room.id, texts)
    close_into(room.id, sightings)
    close_into(room.id, receipts)
    close_into(room.id, replies)
    close_into(room.id, second)
    moved = move_lines(actor, message.id, inside, room.id)
    put_links(actor, links, moved.lines)
    put_vectors(actor, vectors, moved.lines)
    move_cases(actor, moved.lines, room.id)
    move_words(actor, moved.needs, room.id)
    move_flows(actor, moved.needs, moved.offers, room.id)
    move_consignments(actor, move_agreements(actor, moved.needs, moved.offers, room.id), room.id)
    forget_meeting(actor, [message.name, *(seen.name for seen in sightings)], room.id)
    Opening.objects.filter(message_id=message_id).delete()
    copies = [copy_of(message, id=inside), *(copy_of(one, message_id=inside) for one in (*texts, *sightings, *receipts, *second))]
    copies += [copy_of(one, **{key: inside for key in ("message_id", "about_id") if getattr(one, key) == message.id}) for one in replies]
    remove([*texts, *sightings, *receipts, *replies, *second, message])
    for copy in copies:
        copy.save()
    rename_in_history("intake.Message", {message_id: inside}, room.id)
    return ClosedInto(message=inside, lines=len(moved.lines), needs=len(moved.needs), offers=len(moved.offers), plans=plans)
