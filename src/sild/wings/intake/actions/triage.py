"""Triage: what an officer does with the lines of one message. Each is one act, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.models import Message
from sild.wings.register.public import Line, accept_line, reject_line

OFFICERS = frozenset({Role.OFFICER})


@action("intake.accept-lines", roles=OFFICERS)
def accept_lines(actor: Actor, message_id: UUID, chosen: Sequence[tuple[UUID, int]], *, reason: str = "") -> int:
    """Accept lines of a message, given as (id, version that was read); all or none. Raises NotThere, Stale, Refused."""
    if not chosen:
        raise Refused(_("No line was chosen. Tick the lines that are right, or accept them one by one."))
    for line in _lines_of(message_id, chosen):
        accept_line(actor, line.id, reason=reason)
    return len(chosen)


@action("intake.reject-line", roles=OFFICERS)
def reject_line_of(actor: Actor, message_id: UUID, line_id: UUID, version: int, *, reason: str) -> None:
    """Reject a line of a message, with the reason; it stays, out of needs and plan. Raises NotThere, Stale, Refused."""
    if not reason.strip():
        raise Refused(_("Say why the line is rejected: the reason stays with it."))
    [line] = _lines_of(message_id, [(line_id, version)])
    reject_line(actor, line.id, reason=reason.strip())


def _lines_of(message_id: UUID, chosen: Sequence[tuple[UUID, int]]) -> list[Line]:
    """The chosen lines, each of this message and at the version that the person read."""
    message = Message.found(message_id)
    found = [Line.found(key, version=version) for key, version in chosen]
    if any(line.message_id != message.id for line in found):
        raise NotThere(_("There is no such line in this message."))
    return found
