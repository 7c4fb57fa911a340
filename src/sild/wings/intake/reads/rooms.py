"""Which messages lie in a compartment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.wings.intake.models import Message

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """A message by its subject, or its file's name where it has none."""

    id: UUID
    title: str
    marking: Marking


@read
def messages_in_compartment(_actor: Actor, compartment_id: UUID) -> tuple[KeptMessage, ...]:
    """The messages in a compartment, as far as the actor sees them, the newest first; at most 200."""
    kept = Message.objects.filter(compartment_id=compartment_id).order_by("-created_at", "-id")
    rows = kept.values_list("id", "subject", "name", "marking")[:MOST]
    return tuple(KeptMessage(id=key, title=subject.strip() or name, marking=Marking(marking)) for key, subject, name, marking in rows)
