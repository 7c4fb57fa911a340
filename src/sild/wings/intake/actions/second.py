"""The second reader: asked about messages that it may see, its answer kept beside the lines as opinions. It accepts and changes nothing.

A message is asked about once, after it was read; a fault is tried again twice, an hour apart. Sealed messages have no text here, and what
lies in a compartment, under an embargo or above the configured marking is not handed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Protocol
from uuid import UUID

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.second import (
    FirstLine,
    Malformed,
    Opinion,
    TooLong,
    admit,
    opinions,
    question_of,
    told_lines,
)
from sild.formats.document_json import Malformed as MalformedText
from sild.formats.document_json import document_from_json
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.chat_endpoint import NotAnswered
from sild.values.document import Document
from sild.values.marking import Marking
from sild.values.span import Span
from sild.wings.intake.models import Message, MessageText, SecondOpinion
from sild.wings.intake.reads.second import due_for_second_reader
from sild.wings.intake.rules import OpinionState
from sild.wings.parties.public import parties
from sild.wings.register.public import Line

SERVICES = frozenset({Role.SERVICE})
AT_ONCE = 5
MOST_REFUSED = 50


class Reader(Protocol):
    """Whatever is asked: the operator's endpoint (kernel.chat_endpoint)."""

    @property
    def model(self) -> str:
        """The model's name, kept beside what it said."""

    @property
    def up_to(self) -> Marking:
        """The highest marking of what it may see."""

    def ask(self, messages: tuple[dict[str, str], ...]) -> str:
        """The text of its answer. Raises NotAnswered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one round did."""

    told: int = 0
    failed: int = 0


@action("intake.ask-second-reader", roles=SERVICES, stepwise=True, recalled=True)
def ask_second_reader(actor: Actor, reader: Reader) -> Asked:
    """Ask about the next few messages; each answer is kept by itself. What the reader says changes no line."""
    with acting(actor):
        due = due_for_second_reader(actor, reader.up_to, clock.now())[:AT_ONCE]
        index = BodyIndex(tuple(_bodies(actor))) if due else BodyIndex(())
    told = failed = 0
    for key in due:
        with acting(actor):
            document = _document(actor, key, reader.up_to)
        if document is None:
            continue
        state, why, found, refused = _opinion(actor, key, document, reader, index)
        keep_second_opinion(actor, key, Said(reader.model, state, why, found, refused))
        told, failed = told + (state == OpinionState.TOLD), failed + (state == OpinionState.FAILED)
    return Asked(told, failed)


@dataclass(frozen=True, slots=True)
class Said:
    """What came of asking about one message."""

    model: str
    state: str
    why: str
    opinions: tuple[Opinion, ...]
    refused: tuple[str, ...]


@action("intake.keep-second-opinion", roles=SERVICES, recalled=True)
def keep_second_opinion(_actor: Actor, message_id: UUID, said: Said) -> None:
    """Keep what was said of a message, marked as it. Nothing where the message is gone or was closed meanwhile."""
    message = Message.objects.filter(id=message_id, compartment_id__isnull=True).first()
    if message is None:
        return
    opinion = SecondOpinion.objects.filter(message=message).first() or SecondOpinion(message=message)
    opinion.model, opinion.state, opinion.why = said.model[:200], said.state, said.why[:300]
    opinion.tries, opinion.asked_at = opinion.tries + 1, clock.now()
    opinion.opinions = [asdict(one) for one in said.opinions]
    opinion.refused = list(said.refused[:MOST_REFUSED])
    opinion.marking = message.marking
    opinion.save()


def _opinion(
    actor: Actor, key: UUID, document: Document, reader: Reader, index: BodyIndex
) -> tuple[str, str, tuple[Opinion, ...], tuple[str, ...]]:
    """Ask outside any transaction, and compare with the lines as they stand then."""
    try:
        question = question_of(document)
        told = told_lines(reader.ask(question.messages))
    except TooLong:
        return OpinionState.LEFT_OUT, "too long", (), ()
    except (NotAnswered, Malformed) as fault:
        return OpinionState.FAILED, str(fault), (), ()
    admitted = admit(document, question, told, index)
    with acting(actor):
        first = tuple(_first(line) for line in Line.objects.filter(message_id=key).order_by("position"))
    return OpinionState.TOLD, "", opinions(first, admitted.lines), admitted.refused


def _document(actor: Actor, key: UUID, up_to: Marking) -> Document | None:
    """The text of the message, looked at once more before it leaves: it may have been closed since it was found due."""
    open_to_it = {"compartment_id__isnull": True, "embargo_until__isnull": True, "marking__lte": int(up_to)}
    message = Message.objects.filter(id=key, owner_id=actor.organisation, **open_to_it).first()
    kept = MessageText.objects.filter(message=message, marking__lte=int(up_to)).first() if message is not None else None
    if kept is None:
        return None
    try:
        return document_from_json(kept.document)
    except MalformedText:
        return None


def _first(line: Line) -> FirstLine:
    values = {
        "kind": line.kind,
        "category": line.category,
        "quantity": f"{line.quantity.normalize():f}" if line.quantity is not None else "",
        "beneficiary": line.beneficiary,
        "provider": line.provider,
        "needed_by": line.needed_by.isoformat() if line.needed_by is not None else "",
        "urgency": line.urgency,
    }
    return FirstLine(str(line.id), values, tuple(_spans(line)))


def _spans(line: Line) -> Iterator[Span]:
    for kept in line.evidence:
        try:
            yield Span(**kept)
        except (TypeError, ValueError):
            continue


def _bodies(actor: Actor) -> Iterator[Body]:
    for party in parties(actor):
        if party.known:
            aliases = tuple(alias for _, alias in party.aliases)
            yield Body(name=party.name, aliases=aliases, country=party.country, kind=party.kind, sector=party.sector)
