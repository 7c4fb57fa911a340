"""One message as a page shows it: its text, what was read from it field by field, what is doubtful, who else has it open.

A span is handed on only where the kept text holds exactly its words at its place; lists of messages never load a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.document_json import Malformed, document_from_json
from sild.kernel import clock, originals
from sild.kernel import home as homes
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.document import Document
from sild.values.reference import spelled
from sild.values.span import Span
from sild.wings.intake.models import Message, MessageText, Opening, Sighting
from sild.wings.intake.reads.file_words import in_words
from sild.wings.intake.reads.inbox import said_sender, standing
from sild.wings.intake.rules import OPEN_MINUTES, Doubt, Waiting, doubts_of
from sild.wings.register.public import Line, LineState

SHOWN = (
    "kind", "category", "item", "quantity", "unit", "beneficiary", "provider", "sent_by", "relayed_by", "needed_by",
    "available_from", "available_until", "value", "conditions", "channel", "urgency", "tlp", "reference", "language",
    "changes", "earlier_day", "earlier_place",
)  # fmt: skip
"""The fields of a line in the order in which a person checks them."""

TOLD_ALONE = ("earlier_day", "earlier_place")
"""What a change says of the earlier message: kept with its words alone, a line has no column of it."""

ALWAYS = frozenset({"kind", "category", "item", "quantity", "beneficiary", "channel"})
"""Shown also when empty: that it is empty is what a person should see."""

_FINDING = re.compile(r"^the check of the reading: line (\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a line: its value, the words that it was read from (of the whole line, where it has none of its own), how surely, why."""

    name: str
    value: Any
    spans: tuple[Span, ...]
    own: bool
    confidence: float | None
    reason: str
    mended_by: str = ""
    mended_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of the message as it stands now. `number` counts the lines from 1; `lost` counts spans that the kept text does not hold.

    `sureness` is that of the field that was read least surely, 1 where people wrote all of it; `added_by` names who wrote a line
    that the reading had missed.
    """

    id: UUID
    number: int
    version: int
    state: str
    kind: str
    category: str
    item: str
    marking: int
    language: str
    need_id: UUID | None
    offer_id: UUID | None
    fields: tuple[FieldView, ...]
    evidence: tuple[Span, ...]
    doubts: tuple[Doubt, ...]
    lost: int
    sureness: float
    added_by: str

    @property
    def clean(self) -> bool:
        """Whether nothing about it is doubtful."""
        return not self.doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message with its text (None: quarantined, or not kept yet), lines, remarks, names under which it was seen.

    `sheet`: it is, or carries, a filled-in sheet template, whose rows are answered one by one.
    """

    id: UUID
    name: str
    digest: str
    size: int
    format: str
    channel: str
    subject: str
    sender: str
    sent_at: datetime | None
    arrived_at: datetime
    state: Waiting
    why: str
    again: bool
    own: bool
    marking: int
    version: int
    document: Document | None
    lines: tuple[LineView, ...]
    remarks: tuple[str, ...]
    seen_as: tuple[str, ...]
    reference: str = ""
    erased_at: datetime | None = None
    sheet: bool = False


@read
def open_message(actor: Actor, message_id: UUID) -> Opened:
    """The message with everything beside it. Raises NotThere."""
    message = Message.found(message_id)
    document = document_of(message)
    remarks, findings = findings_of(message)
    # parts of a line that was split keep its position
    found = Line.objects.filter(message_id=message.id).order_by("position", "created_at", "id")
    lines = tuple(view_of(line, number, document, findings.get(line.position + 1, [])) for number, line in enumerate(found, 1))
    states = [line.state for line in lines]
    return Opened(
        id=message.id,
        reference=spelled(message.reference),
        erased_at=message.erased_at,
        name=message.name,
        digest=message.digest,
        size=message.size,
        format=message.format,
        channel=message.channel,
        subject=message.subject,
        sender=said_sender(message.sender),
        sent_at=message.sent_at,
        arrived_at=message.created_at,
        state=standing(
            message.state, message.format, *(states.count(state) for state in (LineState.DRAFT, LineState.ACCEPTED, LineState.REJECTED))
        ),
        why=in_words(message.why),
        again=message.again,
        own=message.owner_id == actor.organisation,
        marking=message.marking,
        version=message.version,
        document=document,
        lines=lines,
        remarks=tuple(in_words(remark) for remark in remarks),
        seen_as=tuple(Sighting.objects.filter(message=message).order_by("created_at", "name").values_list("name", flat=True)),
        sheet=MessageText.objects.filter(message=message).exclude(book="").exists(),
    )


@read
def text_of(actor: Actor, message_id: UUID) -> Document | None:
    """The kept text alone; None where there is none. Raises NotThere."""
    return document_of(Message.found(message_id))


@read
def original_of(actor: Actor, message_id: UUID) -> tuple[str, str]:
    """The name and the digest of a message's original. Raises NotThere."""
    message = Message.found(message_id)
    return message.name, message.digest


def original_bytes(actor: Actor, message_id: UUID) -> tuple[str, bytes]:
    """The name of a message and its original, byte for byte. Raises NotThere; Refused where the store does not hold it."""
    name, digest = original_of(actor, message_id)
    try:
        return name, originals.place_of(homes.current().originals, digest).read_bytes()
    except OSError as fault:
        raise Refused(_("The original of {name} is not in the store. Put the file into the inbox again.").format(name=name)) from fault


@read
def note_opening(actor: Actor, message_id: UUID) -> list[str]:
    """Note that the actor has the message open; returns the names of colleagues who opened it in the last minutes. Raises NotThere."""
    message = Message.found(message_id)
    now = clock.now()
    Opening.objects.filter(opened_at__lt=now - timedelta(days=1)).delete()
    Opening.objects.bulk_create(
        [
            Opening(
                mechanism_id=actor.mechanism,
                owner_id=actor.organisation,
                message_id=message.id,
                person_id=actor.person,
                person_name=actor.name,
                opened_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["mechanism_id", "owner_id", "message_id", "person_id"],
        update_fields=["opened_at", "person_name"],
    )
    lately = Opening.objects.filter(message_id=message.id, opened_at__gte=now - timedelta(minutes=OPEN_MINUTES))
    return list(lately.exclude(person_id=actor.person).order_by("-opened_at").values_list("person_name", flat=True))


def findings_of(message: Message) -> tuple[list[str], dict[int, list[str]]]:
    """What is remarked about the message as a whole, and what the check of the reading says of each line by its place, from 1."""
    remarks: list[str] = []
    findings: dict[int, list[str]] = {}
    for remark in message.remarks:
        said = _FINDING.match(remark)
        if said is not None:
            findings.setdefault(int(said[1]), []).append(said[2])
        else:
            remarks.append(remark)
    return remarks, findings


def document_of(message: Message) -> Document | None:
    """The kept text of a message; None where there is none."""
    kept = MessageText.objects.filter(message=message).values_list("document", flat=True).first()
    if kept is None:
        return None
    try:
        return document_from_json(kept)
    except Malformed:
        # written by a later version of the desk: shown as not kept, the original is there
        return None


def view_of(line: Line, number: int, document: Document | None, findings: Sequence[str]) -> LineView:
    """A line as a page shows it; without a document no span is handed on, and none is missed."""
    evidence, lost = _held(list(line.evidence), document)
    values = _values(line)
    fields = []
    for name in SHOWN:
        told = line.fields.get(name) or {}
        own, missing = _held([told["span"]] if told.get("span") else [], document)
        lost += missing
        if values[name] in (None, "", []) and name not in ALWAYS:
            continue
        fields.append(
            FieldView(
                name=name,
                value=values[name],
                spans=own or evidence,
                own=bool(own),
                confidence=told.get("confidence"),
                reason=str(told.get("reason") or ""),
                mended_by=str((told.get("mended") or {}).get("by") or ""),
                mended_from=str((told.get("mended") or {}).get("from") or ""),
            )
        )
    confidences = {
        name: float(told.get("confidence") or 0)
        for name, told in line.fields.items()
        if name in values and told.get("span") and not told.get("mended")
    }
    amount = line.fields.get("quantity") or {}
    counted = "" if amount.get("mended") else str(amount.get("reason") or "")
    return LineView(
        id=line.id,
        number=number,
        version=line.version,
        state=line.state,
        kind=line.kind,
        category=line.category,
        item=line.item,
        marking=line.marking,
        language=line.language,
        need_id=line.need_id,
        offer_id=line.offer_id,
        fields=tuple(fields),
        evidence=evidence,
        doubts=doubts_of(line.kind, values | {"beneficiary_known": line.beneficiary_known}, confidences, findings, counted),
        lost=lost,
        sureness=min(confidences.values(), default=1.0),
        added_by=next((str(told["mended"]["by"]) for told in line.fields.values() if (told.get("mended") or {}).get("added")), ""),
    )


def _values(line: Line) -> dict[str, Any]:
    values = {name: getattr(line, name, None) for name in SHOWN}
    for name in TOLD_ALONE:
        values[name] = (line.fields.get(name) or {}).get("value")
    values["value"] = (line.value_amount, line.value_currency) if line.value_amount is not None else None
    values["conditions"] = [str(condition.get("text", "")) for condition in line.conditions]
    return values


def _held(spans: Sequence[Mapping[str, Any]], document: Document | None) -> tuple[tuple[Span, ...], int]:
    """The spans that the text holds, and how many it does not."""
    if document is None:
        return (), 0
    found = []
    for kept in spans:
        try:
            span = Span(**kept)
        except (TypeError, ValueError):
            continue
        if document.holds(span):
            found.append(span)
    return tuple(found), len(spans) - len(found)
