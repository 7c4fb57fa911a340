"""Triage: what an officer does with messages and their lines. Each is one act, taken back as one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import set_next_step
from sild.kernel.refusals import NotThere, Refused
from sild.values.span import Span
from sild.wings.intake.models import Message, MessageText
from sild.wings.intake.reads import sureness_of, text_of
from sild.wings.intake.reads.places import Hint, places_of
from sild.wings.intake.rules import MessageState
from sild.wings.register.public import (
    Channel,
    Line,
    LineReading,
    LineState,
    NeedState,
    Part,
    accept_line,
    add_line,
    join_lines,
    mend_line,
    reject_line,
    reopen_line,
    rule_channel,
    set_state,
    split_line,
)

OFFICERS = frozenset({Role.OFFICER})


@action("intake.accept-lines", roles=OFFICERS)
def accept_lines(actor: Actor, message_id: UUID, chosen: Sequence[tuple[UUID, int]], *, reason: str = "") -> int:
    """Accept lines of a message, given as (id, version that was read); all or none. Raises NotThere, Stale, Refused."""
    if not chosen:
        raise Refused(_("No line was chosen. Tick the lines that are right, or accept them one by one."))
    for line in _lines_of(actor, message_id, chosen):
        accept_line(actor, line.id, reason=reason)
    return len(chosen)


@action("intake.reject-line", roles=OFFICERS)
def reject_line_of(actor: Actor, message_id: UUID, line_id: UUID, version: int, *, reason: str) -> None:
    """Reject a line of a message, with the reason; it stays, out of needs and plan. Raises NotThere, Stale, Refused."""
    if not reason.strip():
        raise Refused(_("Say why the line is rejected: the reason stays with it."))
    [line] = _lines_of(actor, message_id, [(line_id, version)])
    reject_line(actor, line.id, reason=reason.strip())


@action("intake.mend-line", roles=OFFICERS)
def mend_line_of(
    actor: Actor, message_id: UUID, line_id: UUID, version: int, changes: Mapping[str, Any], *, accept: bool = False, reason: str = ""
) -> bool:
    """Mend a line of a message (its channel is ruled), and accept it where that is asked; returns whether something changed.

    Raises NotThere, Stale, Refused.
    """
    line = _line_in(actor, message_id, line_id)
    told = dict(changes)
    channel = told.pop("channel", line.channel)
    changed = bool(mend_line(actor, line.id, version, told, reason=reason))
    if channel != line.channel:
        rule_channel(actor, line.id, Channel(channel), reason=reason)
        changed = True
    if accept:
        accept_line(actor, line.id, reason=reason)
    return changed or accept


@action("intake.split-line", roles=OFFICERS)
def split_line_of(actor: Actor, message_id: UUID, line_id: UUID, version: int, parts: Sequence[Part], *, reason: str = "") -> int:
    """Make several lines of one line of a message; returns how many. Raises NotThere, Stale, Refused."""
    line = _line_in(actor, message_id, line_id)
    return len(split_line(actor, line.id, version, parts, reason=reason))


@action("intake.join-lines", roles=OFFICERS)
def join_lines_of(
    actor: Actor, message_id: UUID, lines: tuple[tuple[UUID, int], tuple[UUID, int]], changes: Mapping[str, Any], *, accept: bool = False,
    reason: str = "",
) -> None:  # fmt: skip
    """Make one of two lines of a message, given as (id, version that was read); the first stays. Raises NotThere, Stale, Refused."""
    kept, gone = (_line_in(actor, message_id, key) for key, _version in lines)
    told = dict(changes)
    channel = told.pop("channel", None)
    why = reason.strip() or _("It is one with line {number} of its message: {item}.").format(number=kept.position + 1, item=kept.item)
    join_lines(actor, (kept.id, lines[0][1]), (gone.id, lines[1][1]), told, reason=why[:1000])
    if channel and channel != Line.found(kept.id).channel:
        rule_channel(actor, kept.id, Channel(channel), reason=reason)
    if accept:
        accept_line(actor, kept.id, reason=reason)


@action("intake.add-line", roles=OFFICERS)
def add_line_to(
    actor: Actor, message_id: UUID, words: str, values: Mapping[str, Any], *, hints: Sequence[Hint] = (), accept: bool = False,
    reason: str = "",
) -> UUID:  # fmt: skip
    """Add a line that the reading missed; `words` are the words of the message that say it, each line of them as it stands there.

    Where the message has no text (a picture, a file that was not read), no words are given and the reason says where it stands.
    Returns its id. Raises NotThere, Refused.
    """
    message = _own(actor, message_id)
    if message.state == MessageState.ARRIVED:
        raise Refused(_("It was not read yet. Wait for its reading, then look at it again."))
    document = text_of(actor, message_id)
    spans: tuple[Span, ...] = ()
    if words.strip():
        places = places_of(document, words, hints) if document is not None else None
        if places is None or places.missing:
            missing = places.missing[0] if places is not None else words.strip()
            told = _("The message does not say “{words}”. Mark or copy the words as they stand in it.")
            raise Refused(told.format(words=missing[:80]))
        spans = places.spans
    elif not reason.strip():
        raise Refused(_("Mark the words of the message that say it. Where it stands in a picture, say in the reason where."))
    told_values = dict(values)
    channel = told_values.pop("channel", None)
    line = add_line(actor, _reading_at(message, spans), told_values, like=message, reason=reason)
    if channel and channel != Channel.UNDETERMINED:
        rule_channel(actor, line, Channel(channel), reason=reason)
    if accept:
        accept_line(actor, line, reason=reason)
    if message.state == MessageState.NOISE:
        # something is asked in it after all
        message.state, message.why = MessageState.READ, ""
        message.save()
    return line


def _reading_at(message: Message, spans: Sequence[Span]) -> LineReading:
    """A line of the message of which nothing is known but where it stands; numbered after the others."""
    others = list(Line.objects.filter(message_id=message.id).order_by("position"))
    like = others[-1] if others else None
    envelope = message.envelope
    threads = [envelope.get("message_id"), envelope.get("in_reply_to"), *(envelope.get("references") or ())]
    return LineReading(
        id=uuid.uuid4(),
        message_id=message.id,
        message_name=message.name,
        message_digest=message.digest,
        sent_at=message.sent_at,
        position=like.position + 1 if like is not None else 0,
        part=spans[0].part if spans else "body",
        locator=spans[0].locator if spans else "",
        kind="request",
        sent_by=like.sent_by if like is not None else "",
        relayed_by=like.relayed_by if like is not None else "",
        tlp=like.tlp if like is not None else "",
        language=like.language if like is not None else "",
        reference=like.reference if like is not None else "",
        threads=tuple(str(thread) for thread in threads if thread),
        subject=message.subject[:500],
        evidence=tuple(asdict(span) for span in spans),
    )


@action("intake.set-aside", roles=OFFICERS)
def set_aside(actor: Actor, message_id: UUID, version: int, *, reason: str) -> int:
    """Nothing is asked or offered in a message: its drafts are rejected with the reason; returns how many. Raises NotThere, Stale, Refused.

    A quarantined message that was read by a person elsewhere leaves the quarantine.
    """
    why = reason.strip()
    if not why:
        raise Refused(_("Say why nothing is asked or offered in it: the reason stays with it."))
    message = _own(actor, message_id, version)
    if message.state == MessageState.NOISE:
        raise Refused(_("It is noted already that nothing is asked or offered in it."))
    if message.state == MessageState.ARRIVED:
        raise Refused(_("It was not read yet. Wait for its reading, then look at it again."))
    lines = list(Line.objects.filter(message_id=message.id))
    if any(line.state == LineState.ACCEPTED for line in lines):
        raise Refused(_("A line of it was accepted. Reject that line first, with its reason."))
    drafts = [line for line in lines if line.state == LineState.DRAFT]
    for line in drafts:
        reject_line(actor, line.id, reason=why)
    if message.state == MessageState.QUARANTINED:
        message.remarks = [*message.remarks, message.why]
    message.state, message.why = MessageState.NOISE, why[:1000]
    message.save()
    return len(drafts)


@action("intake.take-up-again", roles=OFFICERS)
def take_up_again(actor: Actor, message_id: UUID, version: int, *, reason: str = "") -> int:
    """Something is asked or offered in it after all: its rejected lines are drafts again; returns how many.

    Raises NotThere, Stale, Refused.
    """
    message = _own(actor, message_id, version)
    if message.state != MessageState.NOISE:
        raise Refused(_("Nobody noted that nothing is asked or offered in it."))
    if MessageText.objects.filter(message=message).exists():
        message.state, message.why = MessageState.READ, ""
    else:
        message.state, message.why = MessageState.QUARANTINED, message.remarks[-1] if message.remarks else message.why
        message.remarks = message.remarks[:-1]
    message.save()
    rejected = list(Line.objects.filter(message_id=message.id, state=LineState.REJECTED))
    for line in rejected:
        reopen_line(actor, line.id, reason=reason)
    return len(rejected)


@action("intake.accept-sure", roles=OFFICERS)
def accept_sure(actor: Actor, chosen: Sequence[tuple[UUID, int]], least: float, *, reason: str = "") -> int:
    """Accept lines of many messages, given as (id, version that was read); all or none, taken back as one. Returns how many.

    Each is a draft without doubts that was read at least so surely. Raises NotThere, Stale, Refused.
    """
    if not chosen:
        raise Refused(_("No line was chosen. Choose a lower confidence, or accept lines one by one."))
    sure = sureness_of(actor, [key for key, _version in chosen])
    for key, version in chosen:
        line = Line.found(key, version=version)
        _own(actor, line.message_id)
        if line.state != LineState.DRAFT or sure.get(key, -1) < least:
            told = _("The line {item} of {message} is no clean draft that was read so surely. Look at the list again.")
            raise Refused(told.format(item=line.item[:80], message=line.message_name))
        accept_line(actor, key, reason=reason)
    return len(chosen)


@action("intake.ask-back", roles=OFFICERS)
def ask_back(actor: Actor, message_id: UUID, line_id: UUID, version: int, *, reason: str) -> None:
    """Note what is to be asked of the sender: the next step of its need or offer; a captured need waits as being clarified.

    The desk sends nothing by itself. Raises NotThere, Stale, Refused.
    """
    question = reason.strip()
    if not question:
        raise Refused(_("Say what is to be asked."))
    [line] = _lines_of(actor, message_id, [(line_id, version)])
    if line.need is not None:
        if line.need.state == NeedState.CAPTURED:
            set_state(actor, line.need.id, NeedState.CLARIFYING, reason=question)
        set_next_step(actor, "register.Need", line.need.id, question, None)
    elif line.offer is not None:
        set_next_step(actor, "register.Offer", line.offer.id, question, None)
    else:
        raise Refused(_("The line speaks of no need and no offer yet. Link it first, or wait for the next run."))


def _line_in(actor: Actor, message_id: UUID, line_id: UUID) -> Line:
    """The line, which must be one of the message."""
    message, line = _own(actor, message_id), Line.found(line_id)
    if line.message_id != message.id:
        raise NotThere(_("There is no such line in this message."))
    return line


def _lines_of(actor: Actor, message_id: UUID, chosen: Sequence[tuple[UUID, int]]) -> list[Line]:
    """The chosen lines, each of this message and at the version that the person read."""
    message = _own(actor, message_id)
    found = [Line.found(key, version=version) for key, version in chosen]
    if any(line.message_id != message.id for line in found):
        raise NotThere(_("There is no such line in this message."))
    return found


def _own(actor: Actor, message_id: UUID, version: int | None = None) -> Message:
    """The message, one's own: whoever it is released to reads it and leaves its lines alone. Stale where it is at another version."""
    message = Message.found(message_id)
    if message.owner_id != actor.organisation:
        raise NotThere(_("There is no such message of yours."))
    if version is not None and message.version != version:
        raise message.stale()
    return message
