"""What somebody without an account is told of their request: five words, and nothing of who reads it or why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import digest_of_secret
from sild.values.reference import spelled
from sild.wings.intake.models import Asked, Message
from sild.wings.intake.rules import MessageState
from sild.wings.register.public import Line, LineState, Need, NeedState


class RequestState(StrEnum):
    """All that is told."""

    RECEIVED = "received"
    BEING_READ = "being-read"
    ASKED_BACK = "asked-back"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request as its sender sees it."""

    reference: str
    state: RequestState
    sent_at: datetime
    added: int


@read
def request_of(actor: Actor, secret: str) -> RequestView | None:
    """The request that a secret opens; None for any other secret."""
    asked = Asked.objects.filter(token_digest=digest_of_secret(secret)).first()
    if asked is None:
        return None
    return RequestView(
        reference=spelled(asked.reference),
        state=_state(asked),
        sent_at=asked.created_at,
        added=Asked.objects.filter(added_to=asked).count(),
    )


def _state(asked: Asked) -> RequestState:
    message = Message.objects.filter(id=asked.message_id).first()
    if message is not None and message.state == MessageState.ARRIVED:
        return RequestState.RECEIVED
    lines = list(Line.objects.filter(message_id=asked.message_id).values_list("state", "need_id"))
    states = [state for state, _need in lines]
    if LineState.ACCEPTED in states:
        return RequestState.ACCEPTED
    needs = [need for state, need in lines if need is not None and state == LineState.DRAFT]
    if Need.objects.filter(id__in=needs, state=NeedState.CLARIFYING).exists():
        return RequestState.ASKED_BACK
    if states and all(state == LineState.REJECTED for state in states):
        return RequestState.DECLINED
    # also for a message that was closed away: whoever asked learns nothing of that
    return RequestState.BEING_READ
