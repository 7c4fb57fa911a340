"""What the second reader says: which messages it is to be asked about, and its opinions on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.values.span import Span
from sild.wings.intake.models import Message, MessageText, SecondOpinion
from sild.wings.intake.rules import MessageState, OpinionState

TRIES = 3
APART = timedelta(hours=1)
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """What the second reader says of one field. `line` is the line's id, None for a line that the first reader missed.

    `verdict`: agrees, differs, only-second (the first reader left it unknown), line-missed. `span` is where its words stand.
    """

    line: UUID | None
    field: str
    first: str
    second: str
    span: Span
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinions:
    """All that the second reader said of a message: `state` told, failed with `why`, or left-out; `refused` what stood nowhere in it."""

    model: str
    state: str
    why: str
    asked_at: datetime
    opinions: tuple[OpinionView, ...]
    refused: tuple[str, ...]

    @property
    def differing(self) -> tuple[OpinionView, ...]:
        """What a person should look at: everything but agreement."""
        return tuple(one for one in self.opinions if one.verdict != "agrees")


@read
def second_opinions(_actor: Actor, message: UUID) -> SecondOpinions | None:
    """What the second reader said of a message; None where it was not asked, or the message is not there for the actor."""
    kept = SecondOpinion.objects.filter(message_id=message).first()
    if kept is None:
        return None
    views = [view for told in kept.opinions if (view := _view(told)) is not None]
    return SecondOpinions(
        model=kept.model,
        state=kept.state,
        why=kept.why,
        asked_at=kept.asked_at,
        opinions=tuple(views),
        refused=tuple(str(told) for told in kept.refused),
    )


def _view(told: Mapping[str, Any]) -> OpinionView | None:
    try:
        return OpinionView(
            line=UUID(told["line"]) if told["line"] else None,
            field=str(told["field"]),
            first=str(told["first"]),
            second=str(told["second"]),
            span=Span(**told["span"]),
            verdict=str(told["verdict"]),
        )
    except (KeyError, TypeError, ValueError):
        # words were blotted out of it since: what is left points nowhere
        return None


@read
def due_for_second_reader(actor: Actor, up_to: Marking, now: datetime) -> list[UUID]:
    """The messages of one's own that the second reader is to be asked about, the oldest first.

    Read, with their text, in no compartment, under no embargo, marked no higher than allowed; not asked yet, or failed a while ago.
    """
    done = SecondOpinion.objects.filter(message=OuterRef("id"))
    over = done.exclude(state=OpinionState.FAILED, tries__lt=TRIES, asked_at__lt=now - APART)
    text = MessageText.objects.filter(message=OuterRef("id"), marking__lte=int(up_to))
    found = Message.objects.filter(
        owner_id=actor.organisation,
        state=MessageState.READ,
        compartment_id__isnull=True,
        embargo_until__isnull=True,
        marking__lte=int(up_to),
    )
    found = found.filter(Exists(text), ~Exists(over))
    return list(found.order_by("created_at", "id").values_list("id", flat=True)[:MOST])
