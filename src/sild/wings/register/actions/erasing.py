"""Erasing: the words of a message leave its lines. What the register states (what, how many, for which body) stays, unless all is to go."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import erases_too, redact_records
from sild.wings.register.actions.describing import describe_anew, describe_joined
from sild.wings.register.models import Line, OfferDraft
from sild.wings.register.rules import LineState

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
TEXTS = ("item", "unit", "beneficiary", "provider", "sent_by", "relayed_by", "reference", "subject", "message_name", "part", "locator")


@action("register.erase-lines", roles=ERASERS, recalled=True)
def erase_lines(actor: Actor, message_id: UUID, *, whole: bool, reason: str) -> list[UUID]:
    """Take the words of a message out of its lines. `whole`: the lines are rejected and say nothing any more.

    Returns the ids of what history is to forget: the lines, and then also the needs and offers that they spoke of.
    """
    lines = list(Line.objects.filter(message_id=message_id, owner_id=actor.organisation))
    for line in lines:
        line.evidence, line.fields, line.threads = [], {}, []
        line.subject, line.reference, line.message_name = "", "", ""
        line.conditions = [{"code": condition.get("code", ""), "text": ""} for condition in line.conditions]
        if whole:
            line.state, line.quantity, line.value_amount = LineState.REJECTED, None, None
            line.needed_by = line.available_from = line.available_until = None
            for name in TEXTS:
                setattr(line, name, "")
        line.save()
    describe_anew(actor, lines)
    gone = [key for _label, key in describe_joined(actor, [line.id for line in lines])]
    told = {*gone, *(key for line in lines for key in (line.need_id, line.offer_id) if key is not None)} if whole else set()
    return [*(line.id for line in lines), *sorted(told)]


@action("register.redact-lines", roles=ERASERS, recalled=True)
def redact_lines(actor: Actor, message_id: UUID, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the lines of a message.

    Returns the ids of what history is to forget: the lines that held them, and the needs and offers that those speak of.
    """
    of_message = Line.objects.filter(message_id=message_id, owner_id=actor.organisation)
    changed = redact_records(of_message, pattern, leave=("words",))
    touched = list(Line.objects.filter(id__in=changed))
    describe_anew(actor, touched)
    gone = [key for _label, key in describe_joined(actor, [line.id for line in touched])]
    told = {*gone} | {key for line in touched for key in (line.need_id, line.offer_id) if key is not None}
    return [*changed, *sorted(told)]


@erases_too
@action("register.redact-offer-drafts", roles=ERASERS, recalled=True)
def redact_offer_drafts(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's own drafts of offers; returns the ids of those that held them."""
    return redact_records(OfferDraft.objects.filter(owner_id=actor.organisation), pattern, leave=("category", "stage", "reference"))
