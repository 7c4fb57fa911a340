"""What is kept: which messages are there, what was seen in a folder, the lines as a file for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef
from pydantic import ValidationError

from sild.cores.extraction.answer import shown_name
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.intake.models import Bundle, Message, MessageText, Replay, Sighting
from sild.wings.intake.rules import Act, Door, MessageState, act_keys, bundle_id, message_id
from sild.wings.parties.public import fault_of, mechanism_file
from sild.wings.planning.public import LimitEntry
from sild.wings.register.public import Line, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message with its state and why, every name under which it came, and the reference that its sender is told."""

    id: UUID
    digest: str
    name: str
    state: str
    why: str
    remarks: tuple[str, ...]
    seen_as: tuple[str, ...]
    again: bool
    erased: bool
    reference: str


@read
def messages(actor: Actor) -> list[MessageView]:
    """Every message, by name."""
    names: dict[UUID, list[str]] = {}
    for key, name in Sighting.objects.order_by("created_at", "name").values_list("message_id", "name"):
        names.setdefault(key, []).append(name)
    return [
        MessageView(
            id=message.id,
            digest=message.digest,
            name=message.name,
            state=message.state,
            why=message.why,
            remarks=tuple(message.remarks),
            seen_as=tuple(names.get(message.id, ())),
            again=message.again,
            erased=message.erased_at is not None,
            reference=message.reference,
        )
        for message in Message.objects.order_by("name", "id")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Bytes that are there already: as a message, or as a `bundle` of several with what of it was left aside; and their names.

    Those of a message that words were `erased` from are not to be kept again.
    """

    names: tuple[str, ...]
    erased: bool = False
    bundle: bool = False
    left_aside: tuple[tuple[str, str], ...] = ()


@read
def known_before(actor: Actor, digest: str) -> Known | None:
    """What is there of these bytes, in the open; None for new ones, and for what is to be read anew."""
    message = Message.objects.filter(id=message_id(actor.mechanism, digest), again=False).only("id", "erased_at").first()
    if message is not None:
        return Known(
            erased=message.erased_at is not None,
            names=tuple(Sighting.objects.filter(message_id=message.id).order_by("created_at", "name").values_list("name", flat=True)),
        )
    bundle = Bundle.objects.filter(id=bundle_id(actor.mechanism, digest), whole=True).first()
    if bundle is None:
        return None
    return Known(names=(bundle.name,), bundle=True, left_aside=tuple((str(name), str(why)) for name, why in bundle.left_aside))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message that waits for its reader, and the door by which it came."""

    id: UUID
    digest: str
    name: str
    door: Door


@read
def arrivals(actor: Actor, at_most: int) -> list[Arrival]:
    """What arrived and waits to be read, the oldest first."""
    found = Message.objects.filter(state=MessageState.ARRIVED, again=True).order_by("created_at", "id")[:at_most]
    doors = dict(
        Sighting.objects.filter(message_id__in=[one.id for one in found]).order_by("-created_at").values_list("message_id", "door")
    )
    return [Arrival(id=one.id, digest=one.digest, name=one.name, door=Door(doors.get(one.id) or Door.UPLOAD)) for one in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleView:
    """A file that held several messages, when it came, how many of them are there, and what was left aside as (name, reason)."""

    name: str
    came_at: datetime
    whole: bool
    members: int
    left_aside: tuple[tuple[str, str], ...]


@read
def bundles(actor: Actor, *, most: int = 50) -> list[BundleView]:
    """The archives and mailbox files of one's own organisation, the newest first."""
    found = Bundle.objects.filter(owner_id=actor.organisation).order_by("-created_at", "-id")[:most]
    return [
        BundleView(
            name=one.name,
            came_at=one.created_at,
            whole=one.whole,
            members=Sighting.objects.filter(name__startswith=f"{one.name}/").values("message_id").distinct().count(),
            left_aside=tuple((str(name), str(why)) for name, why in one.left_aside),
        )
        for one in found
    ]


@read
def members_of(actor: Actor, bundle: str) -> list[tuple[UUID, str]]:
    """The messages that came in a bundle of this name: (message, name in the bundle)."""
    inside = Sighting.objects.filter(name__startswith=f"{bundle}/").order_by("created_at", "name")
    return list(inside.values_list("message_id", "name"))


@read
def without_text(actor: Actor) -> list[tuple[UUID, str, str]]:
    """Messages that were read and whose text is not kept: (id, name, digest)."""
    kept = MessageText.objects.filter(message=OuterRef("id"))
    rows = Message.objects.filter(owner_id=actor.organisation, erased_at=None).exclude(format="").exclude(Exists(kept))
    return list(rows.order_by("name", "id").values_list("id", "name", "digest"))


@read
def pending_acts(actor: Actor, acts: Sequence[Act]) -> list[int]:
    """The places of the acts that were not done yet. Raises Refused unless the mechanism is an exercise and each act can be one of it."""
    spec = mechanism_file(actor)
    if not spec.exercise:
        raise Refused(
            f"The mechanism {spec.mechanism} is not an exercise: recorded decisions are replayed in an exercise alone. "
            "Leave --decisions out; people decide at the desk."
        )
    members = {member.slug for member in spec.members}
    for number, act in enumerate(acts, 1):
        if act.member not in members:
            raise Refused(f"Act {number} of the decisions is by {act.member!r}, who is no member of {spec.mechanism}. Mend the file.")
        if act.limit is not None:
            try:
                limit_of(act, by=act.member)
            except ValidationError as problem:
                raise Refused(f"Act {number} of the decisions: limit.{fault_of(problem)}. Mend the file.") from problem
    done = set(Replay.objects.values_list("key", flat=True))
    return [place for place, key in enumerate(act_keys(acts)) if key not in done]


def limit_of(act: Act, *, by: str) -> LimitEntry:
    """The limit that an act states; where it names no source and date they are who did it, `by` in words, and the act's day.

    Raises ValidationError.
    """
    return LimitEntry.model_validate({"source": f"decision of {by}", "as_of": act.on, **(act.limit or {})})


@read
def line_records(actor: Actor, names: Mapping[UUID, Sequence[str]]) -> list[dict[str, Any]]:
    """The lines of messages as plain records (`--lines`), once for every name under which the message stands in the folder."""
    records = []
    for line in lines(actor):
        for number, name in enumerate(names.get(line.message_id, ())):
            records.append(_record(line, name, number))
    return sorted(records, key=lambda record: (record["message"], record["position"]))


def _record(line: Line, name: str, number: int) -> dict[str, Any]:
    need = line.need_id or line.offer_id
    return {
        "id": f"{line.id}" if number == 0 else f"{line.id}@{number}",
        "message": name,
        "position": line.position,
        "locator": line.locator,
        "kind": line.kind,
        "need": str(need) if need else None,
        "category": line.category or None,
        "item": line.item,
        "quantity": _number(line.quantity),
        "unit": line.unit or None,
        "beneficiary": _named(line, "beneficiary"),
        "beneficiary_known": line.beneficiary_known,
        "provider": _named(line, "provider"),
        "sent_by": line.sent_by or None,
        "relayed_by": line.relayed_by or None,
        "needed_by": line.needed_by.isoformat() if line.needed_by else None,
        "available_from": line.available_from.isoformat() if line.available_from else None,
        "available_until": line.available_until.isoformat() if line.available_until else None,
        "value_eur": _number(line.value_amount) if line.value_currency == "EUR" else None,
        "conditions": [condition.get("text", "") for condition in line.conditions],
        "channel": line.channel or None,
        "urgency": line.urgency or None,
        "marking": line.tlp or None,
        "language": line.language or None,
        "reference": line.reference or None,
        "evidence": [span["text"] for span in line.evidence],
        "spans": line.evidence,
        "fields": line.fields,
        "state": line.state,
    }


def _named(line: Line, field: str) -> str | None:
    """A body's name, and behind that of one which no list holds the message's own spelling, while the name is the one that was read."""
    name = getattr(line, field) or None
    read = line.fields.get(field) or {}
    known = field == "beneficiary" and line.beneficiary_known
    return name if known or read.get("value") != name else shown_name(name, read.get("written"))


@read
def kept_elsewhere(actor: Actor, digest: str, room: UUID | None = None) -> bool:
    """Whether another mechanism, organisation or compartment than `room` (None: the open) keeps the same bytes. It is told to nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.original_elsewhere(%s, %s)", [digest, room])
        return bool(cursor.fetchone()[0])


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
