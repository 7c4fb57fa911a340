"""Erasing: the words of a message, or of a person in all messages, leave register, history, ledger and store; what was committed stays.

A message that was erased keeps its digest, its day and its reference, and its lines keep what the register states, unless all is to
go. Each erasing is an act with its reason, in the ledger, and cannot be taken back.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sild.kernel import clock, originals
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import Handling, Note
from sild.kernel.erasure import ERASED_TOO, acts_that_wrote, forget_entries, forget_images, forget_reasons, redact_records
from sild.kernel.home import current
from sild.kernel.journal import current_journal
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused
from sild.values.redaction import pattern_of, redacted
from sild.wings.agreements.public import redact_agreements
from sild.wings.attribution.public import redact_attribution
from sild.wings.clearance.public import cases_of_lines, erase_cases, redact_cases
from sild.wings.delivery.public import redact_consignments
from sild.wings.diplomacy.public import redact_diplomacy
from sild.wings.intake.models import Bundle, Message, MessageText, Opening, Receipt, Reply, SecondOpinion, Sighting
from sild.wings.intake.reads.held import acts_about, due_for_erasing, messages_with
from sild.wings.intake.reads.kept import kept_elsewhere
from sild.wings.intake.rules import MessageState
from sild.wings.money.public import redact_money
from sild.wings.outlook.public import redact_terms
from sild.wings.parties.public import mechanism_file, redact_parties
from sild.wings.planning.public import redact_plans
from sild.wings.register.public import Line, erase_lines, redact_lines
from sild.wings.screening.public import redact_screening
from sild.wings.signals.public import redact_signals

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
CLOCK = frozenset({Role.SERVICE})
MOST_AT_ONCE = 500
"""Messages that one pass of the clock erases; the next pass goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased: messages, images of history, reasons of acts, originals; and the records that went or changed, by their kind."""

    messages: int
    images: int
    reasons: int
    files: int = 0
    gone: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()


@action("intake.erase-message", roles=ERASERS, recalled=True)
def erase_message(actor: Actor, message_id: UUID, *, reason: str, whole: bool = False) -> Erased:
    """Erase the words of a message: text, envelope, names, original, notes, what history keeps of them.

    Its lines keep what the register states; `whole`: they are rejected and say nothing any more. Raises NotThere, Refused.
    """
    if not reason.strip():
        raise Refused(_("Say why the message is erased: the reason is all that stays."))
    message = Message.objects.filter(id=message_id, owner_id=actor.organisation).first()
    if message is None:
        raise NotThere(_("There is no such message of yours."))
    if message.state == MessageState.ERASED and not whole:
        raise Refused(_("The message was erased already."))
    lines = list(Line.objects.filter(message_id=message.id).values_list("id", flat=True))
    beside: list[Record] = [*MessageText.objects.filter(message=message), *Sighting.objects.filter(message=message)]
    beside += [*Receipt.objects.filter(message=message), *Reply.objects.filter(message=message)]
    beside += SecondOpinion.objects.filter(message=message)
    subjects = [message.id, *lines, *(case.id for case in cases_of_lines(actor, lines))]
    for model in (Note, Handling):
        beside += list(model.objects.filter(subject_id__in=subjects, owner_id=actor.organisation))
    touched = [message.id, *lines, *(record.id for record in beside)]
    # what was said while these were worked on; not the reason of this erasing
    acts = acts_that_wrote(touched)
    touched += erase_lines(actor, message.id, whole=whole, reason=reason)
    if whole:
        touched += erase_cases(actor, lines, reason=reason)
    forgotten, files = _drop_files(actor, message, fresh=message.erased_at is None)
    touched += forgotten
    for record in beside:
        record.delete()
    Opening.objects.filter(message_id=message.id).delete()
    _empty(message)
    message.save()
    images, reasons = forget_images(touched), forget_reasons(acts)
    return _erased(messages=1, images=images, reasons=reasons, files=files)


@action("intake.erase-person", roles=ERASERS, recalled=True)
def erase_person(actor: Actor, words: Sequence[str], *, reason: str) -> Erased:
    """Blot the given names and addresses out of every message of the organisation, its lines, notes and history, in any case of letters.

    The originals that hold them are not kept. Forms of a name that are not given stay. Raises Refused.
    """
    if not reason.strip():
        raise Refused(_("Say why this person's data are erased: the reason is all that stays."))
    pattern = _pattern(words)
    if pattern.search(reason):
        raise Refused(_("The reason holds what is to be erased. Say it without."))
    found = Message.objects.filter(id__in=messages_with(actor, words), owner_id=actor.organisation)
    touched: list[UUID] = []
    files = 0
    for message in found:
        fresh = message.erased_at is None
        _redact_message(message, pattern)
        touched += [message.id, *redact_lines(actor, message.id, pattern, reason=reason)]
        forgotten, dropped = _drop_files(actor, message, fresh=fresh)
        touched, files = touched + forgotten, files + dropped
        for model in (MessageText, Sighting, Receipt, Reply, SecondOpinion):
            touched += redact_records(model.objects.filter(message=message), pattern)
    touched += redact_parties(actor, pattern, reason=reason)
    touched += redact_terms(actor, pattern, reason=reason)
    touched += redact_screening(actor, pattern, reason=reason)
    touched += redact_plans(actor, pattern, reason=reason)
    touched += redact_cases(actor, pattern, reason=reason)
    touched += redact_agreements(actor, pattern, reason=reason)
    touched += redact_consignments(actor, pattern, reason=reason)
    touched += redact_money(actor, pattern, reason=reason)
    touched += redact_diplomacy(actor, pattern, reason=reason)
    touched += redact_attribution(actor, pattern, reason=reason)
    touched += redact_signals(actor, pattern, reason=reason)
    for erase in ERASED_TOO:
        touched += erase(actor, pattern, reason=reason)
    for casework in (Note, Handling):
        touched += redact_records(casework.objects.filter(owner_id=actor.organisation), pattern)
    forget_entries(acts_that_wrote(touched))
    images, reasons = forget_images(touched), forget_reasons(acts_about(actor, words))
    return _erased(messages=len(found), images=images, reasons=reasons, files=files)


@action("intake.keep-retention", roles=CLOCK, stepwise=True)
def keep_retention(actor: Actor) -> int:
    """Erase the messages whose time is over by the mechanism's file; returns how many. What is over later waits for the next pass."""
    spec = mechanism_file(actor).retention
    states = {MessageState.NOISE: spec.noise, MessageState.QUARANTINED: spec.quarantined, MessageState.READ: spec.read}
    count = 0
    for state, days in states.items():
        if days is None:
            continue
        for key in due_for_erasing(actor, state, days)[: MOST_AT_ONCE - count]:
            erase_message(actor, key, reason=f"retention: {state} messages are kept for {days} days")
            count += 1
    return count


def _erased(*, messages: int, images: int, reasons: int, files: int) -> Erased:
    """What the act under way did, with the records that it wrote."""
    last = {(model, key): after for model, key, _before, after in current_journal().written}
    gone = Counter(model for (model, _key), after in last.items() if after is None)
    changed = Counter(model for (model, _key), after in last.items() if after is not None)
    told = {"gone": tuple(sorted(gone.items())), "changed": tuple(sorted(changed.items()))}
    return Erased(messages=messages, images=images, reasons=reasons, files=files, **told)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    try:
        return pattern_of(words)
    except ValueError as fault:
        raise Refused(_("Nothing was erased: {why}.").format(why=fault)) from fault


def _empty(message: Message) -> None:
    message.name, message.subject, message.sender, message.why = "", "", "", ""
    message.envelope, message.remarks, message.again = {}, [], False
    message.state, message.erased_at = MessageState.ERASED, clock.now()


def _redact_message(message: Message, pattern: re.Pattern[str]) -> None:
    for name in ("name", "subject", "sender", "why", "envelope", "remarks"):
        setattr(message, name, redacted(getattr(message, name), pattern))
    message.erased_at = clock.now()
    message.save()


def _drop_files(actor: Actor, message: Message, *, fresh: bool) -> tuple[list[UUID], int]:
    """Let go of the original, and of the files of several messages in which it came; `fresh`: no words were erased from it before.

    Returns the ids of what is not kept any more, and how many files that are.
    """
    store = current().originals
    gone = [message.digest]
    names = list(Sighting.objects.filter(message=message).values_list("name", flat=True))
    bundles = [one for one in Bundle.objects.filter(owner_id=message.owner_id) if any(name.startswith(f"{one.name}/") for name in names)]
    gone += [bundle.digest for bundle in bundles]
    forgotten = [bundle.id for bundle in bundles]
    for bundle in bundles:
        bundle.delete()
    for digest in gone:
        if not kept_elsewhere(actor, digest, message.compartment_id):
            place = originals.place_of(store, digest)
            transaction.on_commit(functools.partial(place.unlink, missing_ok=True))
    # nobody is told whether another mechanism or room keeps the same bytes
    return forgotten, len(gone) if fresh else len(bundles)
