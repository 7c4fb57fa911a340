"""Verbs of the register: keep what was read, place lines in needs and offers, accept, reject, rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import GateRuling, Line, Need, Offer
from sild.wings.register.rules import (
    LINE_MOVES,
    NEED_MOVES,
    Channel,
    Grouping,
    LineReading,
    LineState,
    NeedState,
    commonest,
    highest_urgency,
    is_withdrawn,
    marking_of,
    ruled_channel,
    standing_quantity,
    title_of,
)

R = TypeVar("R", Need, Offer)

READERS = frozenset({Role.SERVICE, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})
GATE_STATES = {NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW}
AT_GATES = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})


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


@action("register.place-lines", roles=READERS)
def place_lines(actor: Actor, groupings: Sequence[Grouping], *, releasable_to: Sequence[UUID] = ()) -> tuple[int, int]:
    """Make needs and offers from the groupings and put every line into its own: (needs, offers).

    States and rulings that people gave stay. A need or offer that no line speaks of any more goes, its image kept,
    unless a person ruled on it.
    """
    lines = {line.id: line for line in Line.objects.all()}
    asked = [grouping for grouping in groupings if grouping.side == "need"]
    offered = [grouping for grouping in groupings if grouping.side == "offer"]
    ruled = set(GateRuling.objects.values_list("need_id", flat=True))
    needs = {need.id: need for need in Need.objects.all()}
    offers = {offer.id: offer for offer in Offer.objects.all()}
    left_needs = _place(Need, needs, asked, lines, lambda need, members: _describe_need(need, members, need.id in ruled), releasable_to)
    left_offers = _place(Offer, offers, offered, lines, _describe_offer, releasable_to)
    _move(lines, asked, offered)
    for need in left_needs:
        if need.id not in ruled and not Line.objects.filter(need=need).exists():
            need.delete()
    for offer in left_offers:
        if not Line.objects.filter(offer=offer).exists():
            offer.delete()
    return len(asked), len(offered)


def _place(
    model: type[R],
    present: dict[UUID, R],
    groupings: Sequence[Grouping],
    lines: dict[UUID, Line],
    describe: Callable[[R, Sequence[Line]], None],
    releasable_to: Sequence[UUID],
) -> list[R]:
    """Make or change the records of one side; returns those that no grouping names."""
    fresh, changed = [], []
    for grouping in groupings:
        record = present.pop(grouping.id, None)
        new = record is None
        record = record if record is not None else model(id=grouping.id)
        members = [lines[identity] for identity in grouping.lines if identity in lines]
        describe(record, members)
        record.marking = max((line.marking for line in members), default=int(Marking.AMBER))
        if record.marking >= Marking.AMBER_STRICT:
            # what is for its own readers alone is released to nobody by a run
            record.releasable_to = []
        elif releasable_to:
            record.releasable_to = list(releasable_to)
        if new:
            fresh.append(record)
        elif record.image() != record.remembered():
            changed.append(record)
    model.objects.bulk_create(fresh)
    columns = [column.name for column in model._meta.concrete_fields if column.name not in ("id", "version", "created_at")]
    model.objects.bulk_change(changed, columns)
    return list(present.values())


def _move(lines: dict[UUID, Line], asked: Sequence[Grouping], offered: Sequence[Grouping]) -> None:
    """Point every line at its need or offer."""
    need_of = {identity: grouping.id for grouping in asked for identity in grouping.lines}
    offer_of = {identity: grouping.id for grouping in offered for identity in grouping.lines}
    moved = []
    for line in lines.values():
        need, offer = need_of.get(line.id), offer_of.get(line.id)
        # a line in no grouping (a rejected one, a question) speaks of nothing until it is placed again
        if (line.need_id, line.offer_id) != (need, offer):
            line.need_id, line.offer_id = need, offer
            moved.append(line)
    Line.objects.bulk_change(moved, ["need", "offer"])


def _standing(members: Sequence[Line]) -> list[Line]:
    return [line for line in members if line.state != LineState.REJECTED] or list(members)


def _describe_need(need: Need, members: Sequence[Line], ruled: bool) -> None:
    before = (need.quantity, need.category, need.beneficiary)
    lines = _standing(members)
    asking = [line for line in lines if line.kind in ("request", "update")] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    need.title = title_of((line.language, line.item) for line in asking)
    need.category = commonest(line.category for line in asking)
    need.beneficiary = commonest(line.beneficiary for line in asking if line.beneficiary_known) or commonest(
        line.beneficiary for line in asking
    )
    need.quantity = standing_quantity(amounts)
    need.unit = commonest(line.unit for line in asking)
    need.needed_by = next((line.needed_by for line in reversed(asking) if line.needed_by), None)
    need.urgency = highest_urgency(line.urgency for line in asking)
    need.channel = ruled_channel(line.channel for line in asking)
    need.first_asked = min((line.sent_at for line in lines if line.sent_at), default=None)
    need.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
    if ruled and need.state == NeedState.ENDORSED and before != (need.quantity, need.category, need.beneficiary):
        # what was endorsed was another quantity, thing or body: the need comes back to its first gate
        need.state = NeedState.TECHNICAL_REVIEW
    # what a person ruled stays; only the words of lines move a need between captured and withdrawn
    if not ruled and need.state in (NeedState.CAPTURED, NeedState.WITHDRAWN):
        need.state = NeedState.WITHDRAWN if is_withdrawn(amounts) else NeedState.CAPTURED


def _describe_offer(offer: Offer, members: Sequence[Line]) -> None:
    lines = _standing(members)
    giving = [line for line in lines if line.kind != "withdrawal"] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    offer.title = title_of((line.language, line.item) for line in giving)
    offer.category = commonest(line.category for line in giving)
    offer.provider = commonest(line.provider for line in giving)
    offer.beneficiary = commonest(line.beneficiary for line in giving)
    offer.quantity = standing_quantity(amounts)
    offer.unit = commonest(line.unit for line in giving)
    priced = next((line for line in reversed(giving) if line.value_amount is not None), None)
    offer.value_amount, offer.value_currency = (priced.value_amount, priced.value_currency) if priced else (None, "")
    offer.available_from = next((line.available_from for line in reversed(giving) if line.available_from), None)
    offer.available_until = next((line.available_until for line in reversed(giving) if line.available_until), None)
    conditions: dict[tuple[str, str], dict[str, str]] = {}
    for line in giving:
        for condition in line.conditions:
            conditions.setdefault((condition.get("code", ""), condition.get("text", "")), condition)
    offer.conditions = list(conditions.values())
    offer.withdrawn = is_withdrawn(amounts)
    offer.first_offered = min((line.sent_at for line in lines if line.sent_at), default=None)
    offer.provisional = not any(line.state == LineState.ACCEPTED for line in lines)


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


def _move_need(need: Need, state: NeedState) -> None:
    """Change the state as NEED_MOVES allows, through the gate's own review. Raises Refused for a move that is not there."""
    now = NeedState(need.state)
    through = {now, *NEED_MOVES[now]}
    reachable = through | {onward for step in through & GATE_STATES for onward in NEED_MOVES[step]}
    if state != now and state not in reachable:
        raise Refused(f"The need {need.title!r} is {now} and cannot become {state}.")
    if state != now:
        need.state = state
        need.save()


@action("register.rule-gate", roles=AT_GATES)
def rule_gate(actor: Actor, need_id: UUID, gate: NeedState, passed: bool, *, reason: str) -> None:
    """A gate passes a need on, or not; the second gate endorses. Each gate's last ruling counts."""
    need = Need.objects.filter(id=need_id).first()
    if need is None:
        raise NotThere(f"There is no need {need_id}.")
    seat = next((entry for entry in mechanism_file(actor).gates if entry.name == gate), None)
    if seat is None:
        raise Refused(f"The mechanism has no gate {gate}. See the gates in its file.")
    if seat.role not in actor.roles:
        raise Refused(f"{actor.name} does not sit at the gate {gate} ({seat.question}). Ask somebody who does.")
    told = GateRuling.objects.filter(need=need).order_by("created_at", "id")
    last = {ruling.gate: ruling for ruling in told}
    said = last.get(gate)
    if said is not None and (said.passed, said.ruled_by, said.reason) == (passed, actor.name, reason):
        return  # said already, in the same words, and nothing else since: an act that is sent twice is one ruling
    technical = last.get(NeedState.TECHNICAL_REVIEW)
    if gate == NeedState.INTERAGENCY_REVIEW and not (technical is not None and technical.passed):
        raise Refused(f"The need {need.title!r} has not passed the technical review; that comes first.")
    onward = NeedState.INTERAGENCY_REVIEW if gate == NeedState.TECHNICAL_REVIEW else NeedState.ENDORSED
    _move_need(need, onward if passed else NeedState.NOT_ENDORSED)
    GateRuling(
        need=need,
        gate=gate,
        passed=passed,
        ruled_by=actor.name,
        reason=reason,
        ruled_on=clock.today(),
        releasable_to=[need.owner_id, *need.releasable_to],
    ).save()
