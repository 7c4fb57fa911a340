"""Questions about sealed messages, for the officers in their room alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.wings.intake.models import SealedMessage
from sild.wings.intake.rules import SealState, message_id, sealed_id, sealing_room


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedView:
    """A sealed message as its officers see it: its envelope, the mark and where it stands, until when they are asked, what was said."""

    id: UUID
    version: int
    digest: str
    size: int
    sender: str
    sent_at: datetime | None
    arrived_at: datetime
    mark: str
    place: str
    official_use: bool
    state: SealState
    due_at: datetime
    opening_by: UUID | None
    opening_by_name: str
    why: str
    decided_by: str
    decided_at: datetime | None


def in_sealing_room(actor: Actor) -> Actor:
    """A door's or the clock's actor with the key to the room of sealed messages of its organisation."""
    room = sealing_room(actor.mechanism, actor.organisation)
    return replace(actor, compartments=actor.compartments | {room}, ceiling=Marking.RED)


@read
def sealed_messages(actor: Actor, *, waiting: bool = False) -> list[SealedView]:
    """The sealed messages that the actor is asked about, those that wait first, then the newest."""
    found = SealedMessage.objects.filter(state=SealState.SEALED) if waiting else SealedMessage.objects.all()
    views = [_view(one) for one in found.order_by("due_at", "id")]
    decided = sorted((one for one in views if one.state != SealState.SEALED), key=lambda one: one.arrived_at, reverse=True)
    return [one for one in views if one.state == SealState.SEALED] + decided


@read
def sealed_state(actor: Actor, digest: str) -> SealState | None:
    """What became of bytes that were sealed; None for those that never were. The actor is in the room."""
    found = SealedMessage.objects.filter(id=sealed_id(actor.mechanism, actor.organisation, digest)).values_list("state", flat=True).first()
    return SealState(found) if found is not None else None


@read
def is_sealed(actor: Actor, message: UUID) -> bool:
    """Whether a message that arrived was sealed since, as far as the actor is asked about it."""
    digests = SealedMessage.objects.values_list("digest", flat=True)
    return any(message_id(actor.mechanism, digest) == message for digest in digests)


def _view(one: SealedMessage) -> SealedView:
    return SealedView(
        id=one.id,
        version=one.version,
        digest=one.digest,
        size=one.size,
        sender=one.sender,
        sent_at=one.sent_at,
        arrived_at=one.created_at,
        mark=one.mark,
        place=one.place,
        official_use=one.official_use,
        state=SealState(one.state),
        due_at=one.due_at,
        opening_by=one.opening_by,
        opening_by_name=one.opening_by_name,
        why=one.why,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
    )
