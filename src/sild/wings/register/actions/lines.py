"""Verbs on lines: keep what was read, accept, reject, rule the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.register.models import Line
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
def accept_line(actor: Actor, line_id: UUID, *, reason: str = "") -> None:
    """A person accepts what was read."""
    _move_line(line_id, LineState.ACCEPTED)


@action("register.reject-line", roles=OFFICERS)
def reject_line(actor: Actor, line_id: UUID, *, reason: str) -> None:
    """A person rejects what was read, with the reason; the line stays, out of the plan."""
    _move_line(line_id, LineState.REJECTED)


def _move_line(line_id: UUID, state: LineState) -> None:
    line = Line.objects.filter(id=line_id).first()
    if line is None:
        raise NotThere(f"There is no line {line_id}.")
    if line.state == state:
        return
    if state not in LINE_MOVES[LineState(line.state)]:
        raise Refused(f"The line {line.item!r} of {line.message_name} is {line.state} and cannot become {state}.")
    line.state = state
    line.save()
    if state == LineState.ACCEPTED:
        for record in (line.need, line.offer):
            if record is not None and record.provisional:
                record.provisional = False
                record.save()


@action("register.rule-channel", roles=OFFICERS)
def rule_channel(actor: Actor, line_id: UUID, channel: Channel, *, reason: str) -> None:
    """A person rules a line civil or military; a military need leaves this mechanism and stays as a stub."""
    line = Line.objects.filter(id=line_id).first()
    if line is None:
        raise NotThere(f"There is no line {line_id}.")
    line.channel = channel
    line.save()
    need = line.need
    if need is None:
        return
    need.channel = ruled_channel(Line.objects.filter(need=need).values_list("channel", flat=True))
    if need.channel == Channel.MILITARY and NeedState.HANDED_OVER in NEED_MOVES[NeedState(need.state)]:
        need.state = NeedState.HANDED_OVER
    need.save()
