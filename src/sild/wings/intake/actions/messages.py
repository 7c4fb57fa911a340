"""Keep messages: the record of what arrived with its text and the lines that were read from it, in one transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sild.cores.extraction.answer import DraftLine, Extraction, FieldRead
from sild.cores.extraction.classification import ClassificationLine
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.replies import reply_in
from sild.formats.document_json import document_to_json
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import Handling, Note
from sild.kernel.erasure import acts_that_wrote, forget_images, forget_reasons
from sild.kernel.originals import Original
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused
from sild.values.document import Document, Envelope
from sild.values.marking import Marking, highest
from sild.values.money import Money
from sild.values.reference import MOST_FOUND, new_reference, references_in
from sild.values.span import Span
from sild.wings.intake.actions.receipts import queue_receipt
from sild.wings.intake.actions.replies import note_reply
from sild.wings.intake.actions.sheet_lines import SheetRead
from sild.wings.intake.actions.sheets import KeptSheet
from sild.wings.intake.models import Bundle, Message, MessageText, Opening, Receipt, Reply, Sighting
from sild.wings.intake.reads.told import told_at
from sild.wings.intake.rules import (
    Door,
    MessageState,
    address_to_answer,
    bundle_id,
    form_sender,
    form_title,
    message_id,
    plausible_day,
    plausible_moment,
    plausible_quantity,
)
from sild.wings.parties.public import keep_for_review
from sild.wings.register.public import Line, LineReading, erase_lines, keep_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of reading a message: a document with its lines, or why there is none. `again`: the fault was the program's;
    `findings`: what the independent check has against the lines; `mark`: the document is classified, and no line was looked for;
    `sheet`: the rows of a filled-in sheet template among the lines."""

    document: Document | None = None
    mark: ClassificationLine | None = None
    extraction: Extraction | None = None
    why: str = ""
    again: bool = False
    findings: tuple[str, ...] = ()
    sheet: SheetRead | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What a sender is told: the message and its reference. The same for bytes that were there already."""

    message: UUID
    reference: str


READERS = frozenset({Role.SERVICE, Role.OFFICER})


@action("intake.keep-message", roles=READERS)
def keep_message(actor: Actor, name: str, original: Original, read: Read, door: Door = Door.FOLDER) -> int:
    """Keep a message that was read, with its draft lines and the bodies that no file names; returns the number of lines.

    Without a document the message is quarantined with its reason; one that waited for its reader, or that a fault of the program
    put there, is kept anew.
    """
    document, extraction = read.document, read.extraction
    identity = message_id(actor.mechanism, original.digest)
    noise = extraction.noise if extraction is not None else None
    state = MessageState.QUARANTINED if document is None else MessageState.NOISE if noise else MessageState.READ
    envelope = document.envelope if document is not None else None
    message = Message.objects.filter(id=identity, again=True).first() or Message(id=identity, digest=original.digest)
    columns = {
        "name": name[:500],
        "size": original.size,
        "again": read.again,
        "format": document.format if document is not None else "",
        "channel": document.channel if document is not None else "",
        "subject": (envelope.subject or form_title(document)) if envelope and document else "",
        "sender": (_sender(envelope) or form_sender(document))[:500] if envelope and document else "",
        "sent_at": plausible_moment(envelope.sent_at) if envelope else None,
        "envelope": _plain(asdict(envelope)) if envelope else {},
        "state": state,
        "why": read.why or noise or "",
        "remarks": [*(document.warnings if document else ()), *(extraction.remarks if extraction else ()), *read.findings],
        "marking": _marking(message, extraction),
    }
    for column, value in columns.items():
        setattr(message, column, value)
    message.reference = message.reference or _fresh_reference()
    message.save()
    _sight(message, name, door)
    if document is None or extraction is None:
        return 0
    sheet = KeptSheet.of(actor.mechanism, message.id, read.sheet)
    _keep_text(message, document, sheet)
    threads = _threads(message, document)
    fresh = [(place, line) for place, line in enumerate(extraction.lines) if sheet is None or place not in sheet.passed_over]
    readings = [_reading(message, name, document, line, position, threads) for position, line in fresh]
    keep_lines(actor, readings)
    if address := address_to_answer(document.envelope):
        queue_receipt(actor, message, document.envelope, address, _language(document, readings))
    if (told := reply_in(document)) is not None:
        note_reply(actor, message, document, told)
    unknown: dict[str, list[str]] = {}
    for reading in readings:
        if reading.beneficiary and not reading.beneficiary_known:
            unknown.setdefault(reading.beneficiary[:300], []).append(name[:300])
    if unknown:
        keep_for_review(actor, unknown)
    return len(readings)


@action("intake.keep-sighting", roles=READERS)
def keep_sighting(actor: Actor, digest: str, name: str, door: Door = Door.FOLDER) -> None:
    """The bytes of a message were found under another name: a resend, linked to the message by rule."""
    message = Message.objects.filter(id=message_id(actor.mechanism, digest)).first()
    if message is None:
        raise NotThere(_("There is no message with the digest {digest}.").format(digest=digest))
    _sight(message, name, door)


@action("intake.keep-bundle", roles=READERS)
def keep_bundle(actor: Actor, name: str, original: Original, door: Door, left_aside: Sequence[tuple[str, str]], *, whole: bool) -> None:
    """Keep that a file holds several messages, and what of it was left aside and why; `whole` once every member is kept."""
    identity = bundle_id(actor.mechanism, original.digest)
    bundle = Bundle.objects.filter(id=identity).first() or Bundle(id=identity, digest=original.digest)
    if bundle.whole:
        return
    bundle.name, bundle.size, bundle.door, bundle.whole = name[:500], original.size, door, whole
    bundle.left_aside = [[inner[:500], why] for inner, why in left_aside]
    bundle.save()
    message = Message.objects.filter(id=message_id(actor.mechanism, original.digest), again=True).first()
    if whole and message is not None:
        # it was answered for when it arrived, before anybody knew that it holds several
        message.state, message.again = MessageState.READ, False
        message.remarks = ["It holds several messages: each is read by itself, and stands in the inbox under its own name."]
        message.save()


@action("intake.drop-bundle", roles=READERS)
def drop_bundle(actor: Actor, digest: str) -> None:
    """Forget that a file held several messages: one of them is sealed, so the file itself is not kept."""
    bundle = Bundle.objects.filter(id=bundle_id(actor.mechanism, digest)).first()
    if bundle is not None:
        key = bundle.id
        bundle.delete()
        forget_images([key])


@action("intake.keep-arrival", roles=READERS)
def keep_arrival(actor: Actor, name: str, original: Original, door: Door) -> Received:
    """Keep that a message arrived, to be read; one that is there is seen once more."""
    identity = message_id(actor.mechanism, original.digest)
    message = Message.objects.filter(id=identity).first()
    if message is None:
        message = Message(id=identity, digest=original.digest, name=name[:500], size=original.size)
        message.state, message.again, message.reference = MessageState.ARRIVED, True, _fresh_reference()
        try:
            with transaction.atomic():
                message.save()
        except IntegrityError:
            # another door was quicker
            message = Message.found(identity)
    if message.erased_at is None:
        _sight(message, name, door)
    return Received(message.id, message.reference)


@action("intake.lose-arrival", roles=READERS)
def lose_arrival(actor: Actor, key: UUID) -> None:
    """Say of a message that its bytes are not in the store any more: somebody took them out."""
    message = Message.found(key)
    message.state, message.again = MessageState.QUARANTINED, False
    message.why = f"{message.name}: its original is not in the store of originals. Ask the sender to send it again."
    message.save()


@action("intake.drop-arrival", roles=READERS)
def drop_arrival(actor: Actor, digest: str) -> None:
    """A message that was answered for before anybody knew that it is classified is in no inbox any more, nor is its name in history."""
    message = Message.objects.filter(id=message_id(actor.mechanism, digest), again=True).first()
    if message is None:
        return
    key = message.id
    # what was answered to its sender, what others answered to that, and what colleagues wrote beside it meanwhile, goes with it
    gone: list[Record] = [*Sighting.objects.filter(message=message), *Receipt.objects.filter(message=message)]
    gone += Reply.objects.filter(Q(message=message) | Q(about=message))
    for model in (Note, Handling):
        gone += model.objects.filter(subject_id=message.id, owner_id=actor.organisation)
    gone.append(message)
    identities = [record.id for record in gone]
    lines = list(Line.objects.filter(message_id=message.id, owner_id=actor.organisation).values_list("id", flat=True))
    acts = acts_that_wrote([*identities, *lines])
    for record in gone:
        record.delete()
    Opening.objects.filter(message_id=key).delete()
    identities += erase_lines(actor, key, whole=True, reason="")
    forget_images(identities)
    forget_reasons(acts)


@action("intake.keep-text", roles=READERS)
def keep_text(actor: Actor, key: UUID, document: Document) -> None:
    """Keep the text of a message that was read before texts were kept. Its lines stay as they were read."""
    message = Message.found(key)
    if document.sha256 != message.digest:
        raise Refused(_("The text is not of the message {name}: its bytes are others.").format(name=message.name))
    _keep_text(message, document)


def _keep_text(message: Message, document: Document, sheet: KeptSheet | None = None) -> None:
    written = document_to_json(document)
    kept = MessageText.objects.filter(message=message).first() or MessageText(message=message)
    kept.document = written
    if sheet is not None:
        sheet.write(kept)
    kept.sha256 = hashlib.sha256(json.dumps(written, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    _as_closed_as(message, kept)
    kept.save()


def _language(document: Document, readings: Sequence[LineReading]) -> str:
    """The language in which the sender is answered: that of most of what they ask, else of what they wrote."""
    told = Counter(reading.language for reading in readings if reading.language)
    if told:
        return told.most_common(1)[0][0]
    words = " ".join(block.text for _part, _index, block in document.blocks() if not block.quoted)
    return language_of(words[:5000] or document.envelope.subject, "en")


def _fresh_reference() -> str:
    """A reference that no message of the organisation has; the database refuses two that are drawn in one moment."""
    while True:
        drawn = new_reference(secrets.choice)
        if not Message.objects.filter(reference=drawn).exists():
            return drawn


def _threads(message: Message, document: Document) -> tuple[str, ...]:
    """What holds messages together: the mail's own identifiers, and the references that it or its answers name."""
    envelope = document.envelope
    told = [thread for thread in (envelope.message_id, envelope.in_reply_to, *envelope.references) if thread]
    words = (block.text for _part, _index, block in document.blocks())
    named = [reference for text in (envelope.subject, *words) for reference in references_in(text)][:MOST_FOUND]
    given = Message.objects.filter(reference__in=named, compartment_id__isnull=True).order_by("created_at")
    told += [f"<{reference}@reference>" for reference in (message.reference, *given.values_list("reference", flat=True))]
    return tuple(dict.fromkeys(told))


def _sight(message: Message, name: str, door: Door) -> None:
    if not Sighting.objects.filter(message=message, name=name[:500]).exists():
        sighting = Sighting(message=message, name=name[:500], door=door, seen_on=clock.today())
        _as_closed_as(message, sighting)
        sighting.save()


def _sender(envelope: Envelope) -> str:
    """The sender as people write one: name and address, or the one that there is."""
    address = f"<{envelope.sender_address}>" if envelope.sender_address else ""
    return f"{envelope.sender_name} {address}".strip()


def _marking(message: Message, extraction: Extraction | None) -> int:
    """The message holds the words of its lines: it is as closed as the most closed of them, and never opened by reading it again."""
    told = [line.marking if line.marking is not None else Marking.AMBER for line in extraction.lines] if extraction else []
    found = int(highest(told))
    return found if message._state.adding else max(found, message.marking)


def _as_closed_as(message: Message, record: MessageText | Sighting) -> None:
    """What belongs to a message travels as far as the message, and no further."""
    record.marking, record.releasable_to = message.marking, list(message.releasable_to)
    record.compartment_id, record.embargo_until = message.compartment_id, message.embargo_until


def _reading(message: Message, name: str, document: Document, line: DraftLine, position: int, threads: tuple[str, ...]) -> LineReading:
    envelope = document.envelope
    return LineReading(
        id=uuid.uuid5(message.id, str(position)),
        message_id=message.id,
        message_name=name,
        message_digest=message.digest,
        sent_at=plausible_moment(told_at(document, line.part, line.locator)),
        position=position,
        part=line.part,
        locator=line.locator,
        kind=line.kind,
        category=line.category or "",
        item=line.item,
        quantity=plausible_quantity(line.quantity),
        unit=line.unit or "",
        beneficiary=line.beneficiary or "",
        beneficiary_known=line.beneficiary_known,
        provider=line.provider or "",
        sent_by=line.sent_by or "",
        relayed_by=line.relayed_by or "",
        needed_by=plausible_day(line.needed_by),
        available_from=plausible_day(line.available_from),
        available_until=plausible_day(line.available_until),
        value_amount=plausible_quantity(line.value.amount) if line.value else None,
        value_currency=line.value.currency if line.value else "",
        conditions=tuple({"code": condition.code, "text": condition.text} for condition in line.conditions),
        channel=line.channel,
        urgency=line.urgency or "",
        tlp=line.marking.label if line.marking is not None else "",
        language=line.language or "",
        reference=line.reference or "",
        threads=threads,
        subject=envelope.subject,
        additional=line.additional or None,
        changes=plausible_quantity(line.changes.old_quantity) if line.changes is not None else None,
        evidence=tuple(_span(span) for span in line.evidence),
        fields={field: _field(found, _written(line, field)) for field, found in line.fields.items()},
    )


def _written(line: DraftLine, field: str) -> str | None:
    """How the message itself spells a body that no list holds; None where a list names it."""
    if field == "beneficiary":
        return None if line.beneficiary_known else line.beneficiary_as_written
    return line.provider_as_written if field == "provider" else None


def _span(span: Span) -> dict[str, object]:
    return asdict(span)


def _field(found: FieldRead, written: str | None) -> dict[str, object]:
    told: dict[str, object] = {
        "value": _plain(found.value),
        "span": _span(found.span) if found.span is not None else None,
        "confidence": found.confidence,
        "reason": found.reason,
    }
    return told if written is None else told | {"written": written}


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Money | Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
