"""Which messages the reader sees, for pages that show a line: a line can be released without the message that it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.intake.models import Message


@read
def messages_seen(actor: Actor, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Of these messages those that the reader may see; nothing tells the others from messages that are not there."""
    return frozenset(Message.objects.filter(id__in=list(ids)).values_list("id", flat=True))
