"""What is held on a person, and which messages are past their time: asked before anything is erased, and exported to who asks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.casework import Handling, Note
from sild.kernel.erasure import HELD_TOO
from sild.kernel.history import Act
from sild.kernel.refusals import NotThere, Refused
from sild.values.reference import parsed, spelled
from sild.wings.agreements.public import agreements_naming
from sild.wings.clearance.public import beside_lines_naming, cases_naming, documents_naming
from sild.wings.delivery.public import consignments_naming
from sild.wings.diplomacy.public import diplomacy_naming
from sild.wings.intake.models import Message, MessageText, Receipt, Sighting
from sild.wings.intake.reads.inbox import Wanted, inbox, said_sender
from sild.wings.intake.rules import MessageState, Waiting
from sild.wings.money.public import flows_naming
from sild.wings.outlook.public import terms_naming
from sild.wings.register.public import Line
from sild.wings.screening.public import hits_naming
from sild.wings.signals.public import incidents_naming, notices_naming, statements_naming

MOST_FOUND = 20
"""Messages that a search for one that is to be erased shows."""
HEAD = ("name", "subject", "sender", "why")


@read
def messages_with(actor: Actor, words: Sequence[str]) -> list[UUID]:
    """The messages of the organisation in whose head, text, lines or receipt one of the words stands, in any case of letters."""
    heads = Message.objects.annotate(envelope_text=Cast("envelope", TextField()), remark_text=Cast("remarks", TextField()))
    found = set(heads.filter(_any(words, *HEAD, "envelope_text", "remark_text")).values_list("id", flat=True))
    texts = MessageText.objects.annotate(plain=Cast("document", TextField()))
    found |= set(texts.filter(_any(words, "plain")).values_list("message_id", flat=True))
    lines = Line.objects.annotate(quoted=Cast("evidence", TextField()), told=Cast("fields", TextField()))
    found |= set(lines.filter(_any(words, "item", "subject", "reference", "quoted", "told")).values_list("message_id", flat=True))
    found |= set(Receipt.objects.filter(_any(words, "to", "subject", "text")).values_list("message_id", flat=True))
    return sorted(Message.objects.filter(id__in=found, owner_id=actor.organisation).values_list("id", flat=True))


@read
def acts_about(actor: Actor, words: Sequence[str]) -> list[UUID]:
    """The organisation's acts in whose reason one of the words stands."""
    return sorted(Act.objects.filter(_any(words, "reason"), owner_id=actor.organisation).values_list("id", flat=True))


@read
def held_on(actor: Actor, words: Sequence[str]) -> dict[str, Any]:
    """Everything of the organisation that names a person by one of the words, as plain data to hand out."""
    messages = Message.objects.filter(id__in=messages_with(actor, words)).order_by("created_at", "id")
    texts = {text.message_id: text.document for text in MessageText.objects.filter(message__in=messages)}
    beside = _any(words, "text")
    return {
        "asked_for": list(words),
        "messages": [
            {
                "reference": one.reference,
                "sender": one.sender,
                "subject": one.subject,
                "sent_at": one.sent_at.isoformat() if one.sent_at else None,
                "arrived_at": one.created_at.isoformat(),
                "name": one.name,
                "text": [block["text"] for part in texts.get(one.id, {}).get("parts", ()) for block in part.get("blocks", ())],
            }
            for one in messages
        ],
        "notes": list(Note.objects.filter(beside, owner_id=actor.organisation).order_by("created_at").values_list("text", flat=True)),
        "next_steps": list(
            Handling.objects.filter(_any(words, "next_step", "assignee_name"), owner_id=actor.organisation).values_list(
                "next_step", flat=True
            )
        ),
        "licence_cases": cases_naming(actor, words),
        "terms": terms_naming(actor, words),
        "screening_hits": hits_naming(actor, words),
        "agreements": agreements_naming(actor, words),
        "consignments": consignments_naming(actor, words),
        "money": flows_naming(actor, words),
        "diplomacy": diplomacy_naming(actor, words),
        "incidents": incidents_naming(actor, words),
        "public_statements": statements_naming(actor, words),
        "speaking_notices": notices_naming(actor, words),
        "licence_papers": documents_naming(actor, words),
        "beside_lines": beside_lines_naming(actor, words),
        **{name: told(actor, words) for name, told in sorted(HELD_TOO.items())},
        "reasons": list(Act.objects.filter(id__in=acts_about(actor, words)).order_by("at").values_list("reason", flat=True)),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A message that somebody named by its reference, its identifier or a name under which it came."""

    id: UUID
    name: str


@read
def message_by_name(actor: Actor, name: str) -> Named:
    """The one message of the organisation that is meant. Raises NotThere for none, Refused for several."""
    asked, found = name.strip(), _named(actor, name)
    if not found:
        told = _("There is no message {name}. Give its reference, its identifier or the name of its file; the inbox finds it by its words.")
        raise NotThere(told.format(name=asked))
    if len(found) > 1:
        told = _("{name} names {count} messages. Give the reference of the one that you mean: {references}.")
        raise Refused(told.format(name=asked, count=len(found), references=", ".join(sorted(spelled(one.reference) for one in found))))
    [message] = found
    return Named(id=message.id, name=message.name)


def _named(actor: Actor, name: str) -> set[Message]:
    asked, reference = name.strip(), parsed(name)
    own = Message.objects.filter(owner_id=actor.organisation)
    found = set(own.filter(name=asked)) | set(own.filter(id__in=Sighting.objects.filter(name=asked).values("message_id")))
    if reference is not None:
        found |= set(own.filter(reference=reference))
    with suppress(ValueError):
        found |= set(own.filter(id=UUID(asked)))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasable:
    """A message as it is named before it is erased: `lines` are what was read from it, in a few words each."""

    id: UUID
    reference: str
    title: str
    sender: str
    arrived_at: datetime
    erased: bool
    lines: tuple[str, ...] = ()


@read
def erasable_messages(actor: Actor, name: str) -> tuple[Erasable, ...]:
    """The organisation's messages of a reference, an identifier or a file's name; where it is none of these, those that say the words."""
    if not name.strip():
        return ()
    found = _named(actor, name)
    if not found:
        rows = inbox(actor, Wanted(state=Waiting.ALL, text=name), limit=MOST_FOUND).rows
        found = set(Message.objects.filter(id__in=[row.id for row in rows], owner_id=actor.organisation))
    return _erasable(list(found)[:MOST_FOUND])


@read
def erasable(actor: Actor, messages: Sequence[UUID]) -> tuple[Erasable, ...]:
    """The organisation's messages by their identifiers, the newest first."""
    return _erasable(list(Message.objects.filter(id__in=messages, owner_id=actor.organisation)))


def _erasable(found: Sequence[Message]) -> tuple[Erasable, ...]:
    lines: dict[UUID, list[str]] = {}
    for line in Line.objects.filter(message_id__in=[one.id for one in found]).order_by("position"):
        amount = "" if line.quantity is None else f"{line.quantity.normalize():f} "
        lines.setdefault(line.message_id, []).append(f"{amount}{line.item}".strip())
    views = [
        Erasable(
            id=one.id,
            reference=spelled(one.reference) if one.reference else "",
            title=one.subject.strip() or one.name,
            sender=said_sender(one.sender),
            arrived_at=one.created_at,
            erased=one.state == MessageState.ERASED,
            lines=tuple(lines.get(one.id, ())),
        )
        for one in found
    ]
    return tuple(sorted(views, key=lambda view: (view.arrived_at, view.id), reverse=True))


@read
def due_for_erasing(actor: Actor, state: MessageState, days: int) -> list[UUID]:
    """The organisation's messages in a state whose day is longer ago than so many days, the oldest first."""
    day = clock.now() - timedelta(days=days)
    dated = Message.objects.annotate(dated=Coalesce("sent_at", "created_at"))
    return list(dated.filter(state=state, owner_id=actor.organisation, dated__lt=day).order_by("dated", "id").values_list("id", flat=True))


def _any(words: Sequence[str], *columns: str) -> Q:
    asked = Q()
    for word in words:
        for column in columns:
            asked |= Q(**{f"{column}__icontains": word})
    return asked
