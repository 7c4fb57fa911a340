"""Receipts: every sender is told that their message was received, in their language and with its reference; never that it was accepted.

A receipt is queued with its message. In an exercise it is held; machines, lists and addresses that take no answer get none; an address gets
at most one an hour. The worker sends what is due; what was broken off while it was sent is held, never sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Protocol
from uuid import UUID

import yaml
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.post import Letter, NotSent
from sild.kernel.refusals import NotThere, Refused
from sild.values.document import Envelope
from sild.values.reference import spelled
from sild.wings.intake.models import Message, Receipt, SealedMessage
from sild.wings.intake.rules import MessageState, ReceiptState, Why, is_forged
from sild.wings.parties.public import mechanism_file

WRITERS = frozenset({Role.SERVICE, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})
OLD = timedelta(days=7)
"""Who wrote longer ago is not told now by a machine: an archive that is read in would wake everybody."""
APART = timedelta(hours=1)
TRIES = 6
FIRST_AGAIN = timedelta(minutes=5)
BROKEN_OFF_AFTER = timedelta(minutes=15)
AT_ONCE = 50
OTHERS = "en"
"""The language for senders in whose own there is no text."""


class Sender(Protocol):
    """Whatever hands letters in: the operator's server (kernel.post)."""

    def send(self, letter: Letter) -> None:
        """Hand it in. Raises NotSent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of sending did."""

    sent: int = 0
    failed: int = 0


@action("intake.queue-receipt", roles=WRITERS)
def queue_receipt(actor: Actor, message: Message, envelope: Envelope, address: str, language: str) -> None:
    """Have an address told that a message was received (rules.address_to_answer says which). Nothing where that was done before."""
    if Receipt.objects.filter(message=message).exists():
        return
    spec, now = mechanism_file(actor), clock.now()
    told = language if language in _texts() else OTHERS
    texts = _texts()[told]
    filled = {"reference": spelled(message.reference), "mechanism": spec.name, "day": now.date().isoformat()}
    receipt = Receipt(
        message=message,
        to=address,
        language=told,
        subject=" ".join(texts["subject"].format(**filled).split())[:300],
        text=texts["text"].format(**filled),
        in_reply_to=(envelope.message_id or "")[:260],
        due_at=now,
    )
    receipt.why = _why_held(receipt, message, envelope, exercise=spec.exercise)
    receipt.state = ReceiptState.HELD if receipt.why else ReceiptState.QUEUED
    receipt.marking, receipt.releasable_to = message.marking, []
    receipt.save()


@action("intake.queue-word", roles=WRITERS, recalled=True)
def queue_word_of_wiping(actor: Actor, sealed: SealedMessage) -> None:
    """Have the sender of a sealed message told that it was not read and is wiped. Nothing where nobody is to be answered."""
    if not sealed.answer_to or Receipt.objects.filter(sealed=sealed).exists():
        return
    spec, now = mechanism_file(actor), clock.now()
    language = sealed.language if sealed.language in _texts() else OTHERS
    texts = _texts()[language]
    day = (sealed.sent_at or sealed.created_at).date().isoformat()
    receipt = Receipt(
        sealed=sealed,
        to=sealed.answer_to,
        language=language,
        subject=texts["wiped_subject"][:300],
        text=texts["wiped_text"].format(reference=sealed.digest[:12], mechanism=spec.name, day=day),
        in_reply_to=next(iter(sealed.threads), "")[:260],
        due_at=now,
        marking=sealed.marking,
        compartment_id=sealed.compartment_id,
    )
    old = sealed.sent_at is not None and now - sealed.sent_at > OLD
    receipt.why = Why.EXERCISE if spec.exercise else Why.OLD if old else Why.HOURLY if _told_lately(receipt) else ""
    receipt.state = ReceiptState.HELD if receipt.why else ReceiptState.QUEUED
    receipt.save()


def _why_held(receipt: Receipt, message: Message, envelope: Envelope, *, exercise: bool) -> str:
    now = receipt.due_at
    if exercise:
        return Why.EXERCISE
    if message.state == MessageState.NOISE:
        return Why.NOISE
    if is_forged(envelope):
        return Why.FORGED
    if envelope.sent_at is not None and now - envelope.sent_at > OLD:
        return Why.OLD
    return Why.HOURLY if _told_lately(receipt) else ""


def _told_lately(receipt: Receipt) -> bool:
    """Whether word to the address, or to the same one with another "+..." in it, was queued or sent within the hour."""
    lately = Receipt.objects.filter(to__iendswith=receipt.to[receipt.to.rfind("@") :], due_at__gt=receipt.due_at - APART)
    return any(_bare(to) == _bare(receipt.to) for to in lately.exclude(state=ReceiptState.HELD).values_list("to", flat=True))


def _bare(address: str) -> str:
    name, _at, host = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


@cache
def _texts() -> dict[str, dict[str, str]]:
    """The texts by language, as the file has them: a language that is added there is written in from then on."""
    told: Any = yaml.safe_load((files("sild.wings.intake") / "templates" / "intake" / "receipts.yaml").read_text(encoding="utf-8"))
    for language, texts in told.items():
        for name in ("subject", "text", "wiped_text"):
            if "{reference}" not in texts[name]:
                raise ValueError(f"receipts.yaml: {language}.{name} names no {{reference}}")
    return {str(language): dict(texts) for language, texts in told.items()}


@action("intake.send-receipts", roles=frozenset({Role.SERVICE}), stepwise=True, recalled=True)
def send_receipts(actor: Actor, post: Sender) -> Sent:
    """Send what is due, each marked before it goes: what is broken off in between is held for a person. Nothing in an exercise."""
    if mechanism_file(actor).exercise:
        return Sent()
    now = clock.now()
    _hold_broken_off(actor)
    with acting(actor):
        found = Receipt.objects.filter(state=ReceiptState.QUEUED, due_at__lte=now).order_by("due_at", "id")
        due = list(found.values_list("id", flat=True)[:AT_ONCE])
    sent = failed = 0
    for key in due:
        letter = _begin(actor, key)
        if letter is None:
            continue
        try:
            post.send(letter)
        except NotSent as fault:
            _end(actor, key, fault=fault)
            failed += 1
        else:
            _end(actor, key)
            sent += 1
    return Sent(sent, failed)


@action("intake.begin-receipt", roles=frozenset({Role.SERVICE}), recalled=True)
def _begin(_actor: Actor, key: UUID) -> Letter | None:
    receipt = Receipt.objects.filter(id=key, state=ReceiptState.QUEUED).first()
    if receipt is None:
        return None
    receipt.state, receipt.tries, receipt.sent_at = ReceiptState.SENDING, receipt.tries + 1, clock.now()
    receipt.save()
    return Letter(
        to=receipt.to,
        subject=receipt.subject,
        text=receipt.text,
        language=receipt.language,
        identity=str(receipt.id),
        answers=receipt.in_reply_to,
    )


@action("intake.end-receipt", roles=frozenset({Role.SERVICE}), recalled=True)
def _end(_actor: Actor, key: UUID, *, fault: NotSent | None = None) -> None:
    receipt = Receipt.found(key)
    receipt.fault = str(fault)[:300] if fault is not None else ""
    if fault is None:
        receipt.state, receipt.sent_at = ReceiptState.SENT, clock.now()
    elif fault.final or receipt.tries >= TRIES:
        receipt.state = ReceiptState.FAILED
    else:
        receipt.state, receipt.due_at = ReceiptState.QUEUED, clock.now() + FIRST_AGAIN * 2 ** (receipt.tries - 1)
    receipt.save()


@action("intake.hold-broken-off", roles=frozenset({Role.SERVICE}))
def _hold_broken_off(_actor: Actor) -> None:
    """What is marked as being sent and nobody sends any more may have gone: a person decides whether it goes again."""
    for receipt in Receipt.objects.filter(state=ReceiptState.SENDING, sent_at__lt=clock.now() - BROKEN_OFF_AFTER):
        receipt.state, receipt.why = ReceiptState.HELD, Why.BROKEN_OFF
        receipt.save()


@action("intake.release-receipt", roles=OFFICERS, recalled=True)
def release_receipt(actor: Actor, key: UUID, *, version: int | None = None) -> None:
    """Have a receipt sent that is held or failed. Raises NotThere, Stale; Refused in an exercise, which sends nothing."""
    receipt = _own(actor, key, version)
    if mechanism_file(actor).exercise:
        raise Refused(_("An exercise sends nothing to anybody. The acknowledgement stays here to be read."))
    if receipt.state not in (ReceiptState.HELD, ReceiptState.FAILED):
        raise Refused(_("The acknowledgement is not held."))
    receipt.state, receipt.why, receipt.due_at, receipt.tries = ReceiptState.QUEUED, "", clock.now(), 0
    receipt.save()


@action("intake.hold-receipt", roles=OFFICERS)
def hold_receipt(actor: Actor, key: UUID, *, version: int | None = None) -> None:
    """Keep a receipt that is queued from being sent. Raises NotThere, Stale, Refused."""
    receipt = _own(actor, key, version)
    if receipt.state != ReceiptState.QUEUED:
        raise Refused(_("The acknowledgement is not waiting to be sent."))
    receipt.state, receipt.why = ReceiptState.HELD, Why.OFFICER
    receipt.save()


def _own(actor: Actor, key: UUID, version: int | None) -> Receipt:
    receipt = Receipt.found(key, version=version)
    if receipt.owner_id != actor.organisation:
        raise NotThere(_("There is no such acknowledgement."))
    return receipt
