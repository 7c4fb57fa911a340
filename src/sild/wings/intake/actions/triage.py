"""Triage: what an officer does with the lines of one message. Each is one act, taken back as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import set_next_step
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.models import Message
from sild.wings.register.public import (
    Channel,
    Line,
    NeedState,
    Part,
    accept_line,
    mend_line,
    reject_line,
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


def _own(actor: Actor, message_id: UUID) -> Message:
    """The message, one's own: whoever it is released to reads it and leaves its lines alone."""
    message = Message.found(message_id)
    if message.owner_id != actor.organisation:
        raise NotThere(_("There is no such message of yours."))
    return message
