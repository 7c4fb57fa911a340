"""What may become of a message, and what is plausible in one, as data."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID, uuid5

from sild.cores.extraction.inexact import open_in
from sild.values.document import Document, Envelope


class MessageState(StrEnum):
    """Every message ends in one of these; nothing is dropped in silence. What came and waits for its reader has arrived."""

    ARRIVED = "arrived"
    READ = "read"
    NOISE = "noise"
    QUARANTINED = "quarantined"
    ERASED = "erased"


class SealState(StrEnum):
    """A message with a classification line is sealed; then confirmed and wiped, wiped unanswered, or opened by two officers."""

    SEALED = "sealed"
    CONFIRMED = "confirmed"
    UNANSWERED = "unanswered"
    OPENED = "opened"


class Door(StrEnum):
    """By which door a message came in."""

    FOLDER = "folder"
    WATCHED = "watched"
    MAILBOX = "mailbox"
    API = "api"
    UPLOAD = "upload"
    FORM = "form"
    SHEET = "sheet"


class ReceiptState(StrEnum):
    """An acknowledgement is queued or held; then being sent, sent, or failed for good."""

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Why(StrEnum):
    """Why an acknowledgement is held."""

    EXERCISE = "exercise"
    NOISE = "noise"
    FORGED = "forged"
    OLD = "old"
    HOURLY = "hourly"
    OFFICER = "officer"
    BROKEN_OFF = "broken-off"


class ReplyState(StrEnum):
    """What somebody answered is a proposal until an officer decides it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Waiting(StrEnum):
    """What is to be done with a message, as the inbox sorts them; `all` is no state but every message."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    NOISE = "noise"
    EMPTY = "empty"
    ARCHIVE = "archive"
    ALL = "all"


class OpinionState(StrEnum):
    """What came of asking the second reader about a message."""

    TOLD = "told"
    FAILED = "failed"
    LEFT_OUT = "left-out"


SECOND = "intake.ask-second-reader"
"""The job that asks the second reader."""

READ = "intake.read-arrived"
"""The job that reads what arrived."""

SEND = "intake.send-receipts"
"""The job that sends acknowledgements."""

SURE = 0.5
"""A field that was read less surely is told as a doubt."""

OPEN_MINUTES = 5
"""So long after it was opened a message counts as open at a colleague's."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a line that a person should look at before it is accepted: what, about which field, in whose words."""

    code: Literal[
        "unknown-body",
        "no-body",
        "no-giver",
        "no-category",
        "no-quantity",
        "no-channel",
        "unsure",
        "check",
        "range",
        "at-least",
        "at-most",
        "about",
    ]
    field: str = ""
    told: str = ""


def doubts_of(
    kind: str, values: Mapping[str, object], confidences: Mapping[str, float], findings: Sequence[str], counted: str = ""
) -> tuple[Doubt, ...]:
    """The doubts about a line of a kind, from its values, how surely its fields were read, what the check found, and why it counts so."""
    told = [Doubt("check", told=finding) for finding in findings]
    if kind == "offer":
        told += [] if values.get("provider") else [Doubt("no-giver", "provider")]
    elif not values.get("beneficiary"):
        told.append(Doubt("no-body", "beneficiary"))
    if values.get("beneficiary") and not values.get("beneficiary_known", True):
        told.append(Doubt("unknown-body", "beneficiary", str(values["beneficiary"])))
    told += [] if values.get("category") else [Doubt("no-category", "category")]
    told += [Doubt("no-quantity", "quantity")] if values.get("quantity") is None and kind != "withdrawal" else []
    told += [Doubt(left[0], "quantity", left[1])] if (left := open_in(counted)) is not None else []
    told += [Doubt("no-channel", "channel")] if values.get("channel") in ("", "undetermined", None) else []
    told += [Doubt("unsure", name) for name, confidence in confidences.items() if confidence < SURE]
    return tuple(told)


EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)
"""Days outside are misreadings or mischief; they are kept as unknown."""

LARGEST = Decimal(10) ** 14
"""A quantity beyond is a misreading; it is kept as unknown, its words stay in the line's fields."""


def plausible_moment(moment: datetime | None) -> datetime | None:
    """A moment in UTC, None where there is none or it is not of this age. A moment without a zone is taken as UTC."""
    try:
        known = moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
        told = known.astimezone(UTC) if known is not None else None
    except (OverflowError, ValueError):
        return None
    return told if told is not None and EARLIEST <= told.date() <= LATEST else None


def plausible_day(day: date | None) -> date | None:
    """A day of this age, else None."""
    return day if day is not None and EARLIEST <= day <= LATEST else None


def plausible_quantity(quantity: Decimal | None) -> Decimal | None:
    """A finite quantity of at least 0 that a register can hold, to three places, else None."""
    if quantity is None or not quantity.is_finite() or not 0 <= quantity < LARGEST:
        return None
    return round(quantity, 3)


def visible_name(raw: str) -> str:
    """A file's name as it can be kept and shown: bytes that are no text and signs that nobody sees are written as \\xNN."""
    text = os.fsencode(raw).decode("utf-8", "backslashreplace")
    return "".join(f"\\x{ord(sign):02x}" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign for sign in text)


ORGANISATION_FIELDS = ("organisation", "organization", "institution")
DESCRIPTION_FIELDS = ("description", "message", "need", "request", "details", "text")
_LONGEST_OPENING = 80


def form_title(document: Document) -> str:
    """What a form without a subject is called: who filled it in, and how what they wrote begins. Empty for what is no form."""
    told = (_form_field(document, names) for names in (ORGANISATION_FIELDS, DESCRIPTION_FIELDS))
    return ": ".join(_opening(part) for part in told if part)


def form_sender(document: Document) -> str:
    """Who filled in a form, by the organisation it names; empty for what is no form."""
    return _form_field(document, ORGANISATION_FIELDS)


def _form_field(document: Document, names: Sequence[str]) -> str:
    fields = (block for part in document.parts for block in part.blocks if block.kind == "field" and document.channel == "form")
    return next((" ".join(block.text.split()) for block in fields if (block.name or "").lower() in names), "")


def _opening(text: str) -> str:
    return text if len(text) <= _LONGEST_OPENING else text[:_LONGEST_OPENING].rsplit(" ", 1)[0] + "…"


def bundle_id(mechanism: UUID, digest: str) -> UUID:
    """The id of a bundle of messages, by its bytes; never that of a message with the same bytes."""
    return uuid5(mechanism, f"bundle {digest}")


def sealing_room(mechanism: UUID, organisation: UUID) -> UUID:
    """The compartment of an organisation's sealed messages."""
    return uuid5(mechanism, f"sealed messages of {organisation}")


def sealed_id(mechanism: UUID, organisation: UUID, digest: str) -> UUID:
    """The id of a sealed message, by its bytes."""
    return uuid5(mechanism, f"sealed {organisation} {digest}")


def message_id(mechanism: UUID, digest: str) -> UUID:
    """The id of a message: the same bytes have the same id in a mechanism, whatever their file is called."""
    return uuid5(mechanism, digest)


_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_TAKES_NO_ANSWER = re.compile(
    r"^(no|not|non|do-?not|dont)[-_.]?(reply|answer|respond|repondre)|^(mailer-daemon|postmaster|bounces?|notifications?|"
    r"listserv|majordomo|owner-.*|.*-(bounces?|request|owner))([+-].*)?$",
    re.IGNORECASE,
)
_LISTS = ("list-id", "list-post", "list-unsubscribe", "mailing-list")


def address_to_answer(envelope: Envelope) -> str:
    """The address that is told; "" where nobody is to be: no address, a machine, a list, an address that takes no answer."""
    address = envelope.sender_address.strip().lower()
    headers = {name.lower(): text.strip().lower() for name, text in envelope.headers}
    if len(address) > 254 or not _ADDRESS.fullmatch(address) or _TAKES_NO_ANSWER.search(address.partition("@")[0]):
        return ""
    if envelope.automatic or any(name in headers for name in _LISTS):
        return ""
    by_machine = headers.get("auto-submitted", "no").partition(";")[0].strip() != "no"
    if by_machine or headers.get("precedence", "") in ("bulk", "list", "junk", "auto_reply") or headers.get("return-path", "") == "<>":
        return ""
    return address


def proofs_of(envelope: Envelope) -> tuple[str, ...]:
    """What the receiving servers said of a sender (Authentication-Results), as it came, the last server's first."""
    told = tuple(text for name, text in envelope.headers if name.lower() == "authentication-results")
    return envelope.authentication or told


def is_forged(envelope: Envelope) -> bool:
    """Whether the receiving servers say that the mail is not of the address that it bears."""
    return any(_FORGED.search(told) for told in proofs_of(envelope))


_FORGED = re.compile(r"\bdmarc\s*=\s*fail\b|\bspf\s*=\s*(hard)?fail\b", re.IGNORECASE)
