"""Verbs on lines: keep what was read, accept, reject, rule the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.wings.register.actions.describing import describe_anew
from sild.wings.register.models import Line
from sild.wings.register.reads.own import own_line
from sild.wings.register.rules import LINE_MOVES, NEED_MOVES, Channel, LineReading, LineState, NeedState, marking_of, ruled_channel

READERS = frozenset({Role.SERVICE, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})


@action("register.keep-lines", roles=READERS)
def keep_lines(actor: Actor, readings: Sequence[LineReading]) -> int:
    """Keep the draft lines of a message. A line that is there already stays as it is. Returns how many are new."""
    present = set(Line.objects.filter(id__in=[reading.id for reading in readings]).values_list("id", flat=True))
    fresh = [Line(**_columns(reading)) for reading in readings if reading.id not in present]
    Line.objects.bulk_create(fresh)
    return len(fresh)


def _columns(reading: LineReading) -> dict[str, Any]:
    columns: dict[str, Any] = asdict(reading) | {"marking": int(marking_of(reading.tlp))}
    for column in Line._meta.concrete_fields:
        value = columns.get(column.name)
        if isinstance(value, str) and column.max_length is not None:
            # a longer text stands in full in the original; its span in `fields` says where
            columns[column.name] = value[: column.max_length]
        elif isinstance(value, tuple):
            columns[column.name] = list(value)
    return columns


@action("register.accept-line", roles=OFFICERS)
def accept_line(actor: Actor, line_id: UUID, *, version: int | None = None, reason: str = "") -> None:
    """A person accepts what was read. Raises NotThere, Refused, Stale where `version` is given and the line is at another."""
    _move_line(actor, line_id, LineState.ACCEPTED, version)


@action("register.reject-line", roles=OFFICERS)
def reject_line(actor: Actor, line_id: UUID, *, version: int | None = None, reason: str) -> None:
    """A person rejects what was read, with the reason; the line stays, out of the plan."""
    _move_line(actor, line_id, LineState.REJECTED, version)


@action("register.reopen-line", roles=OFFICERS)
def reopen_line(actor: Actor, line_id: UUID, *, version: int | None = None, reason: str = "") -> None:
    """A rejected line becomes a draft again, to be read once more."""
    _move_line(actor, line_id, LineState.DRAFT, version)


def _move_line(actor: Actor, line_id: UUID, state: LineState, version: int | None) -> None:
    line = own_line(actor, line_id, version)
    if line.state == state:
        return
    if state not in LINE_MOVES[LineState(line.state)]:
        told = _("The line {item} of {message} is {now}, and from there it does not come to “{state}”. Reject it first, or leave it.")
        raise Refused(
            told.format(item=line.item, message=line.message_name, now=said().label(line.state, "line"), state=said().label(state, "line"))
        )
    line.state = state
    line.save()
    describe_anew(actor, [line])


@action("register.rule-channel", roles=OFFICERS)
def rule_channel(actor: Actor, line_id: UUID, channel: Channel, *, version: int | None = None, reason: str) -> None:
    """A person rules a line civil or military; a military need leaves this mechanism and stays as a stub until it is ruled otherwise."""
    line = own_line(actor, line_id, version)
    line.channel = channel
    line.save()
    need = line.need
    if need is None:
        return
    need.channel = ruled_channel(Line.objects.filter(need=need).values_list("channel", flat=True))
    if need.channel == Channel.MILITARY and NeedState.HANDED_OVER in NEED_MOVES[NeedState(need.state)]:
        need.state = NeedState.HANDED_OVER
    elif need.channel != Channel.MILITARY and need.state == NeedState.HANDED_OVER:
        # it is this mechanism's again, and goes through both gates anew
        need.state = NeedState.CAPTURED
    need.save()
