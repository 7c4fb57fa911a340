"""Verbs on hand-overs: rule a line civil or military, hand a military one over, write down what the other mechanism answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.clearance.actions.line_bound import LineSubject
from sild.wings.clearance.actions.wording import Wording
from sild.wings.clearance.models import Handover
from sild.wings.clearance.reads.readers import own_name
from sild.wings.clearance.rules import HANDOVER_MOVES, MOST_TURNS, WITH_THEM, HandoverState
from sild.wings.parties.public import desk_day, mechanism_file
from sild.wings.register.public import Channel, Line, rule_channel

OFFICERS = frozenset({Role.OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: `state` acknowledged, returned or recalled, on which day (None: today), their number of it."""

    state: HandoverState
    on: date | None = None
    reference: str = ""


@action("clearance.rule-line", roles=OFFICERS)
def rule_line(actor: Actor, line_id: UUID, channel: Channel, *, version: int | None = None, reason: str) -> None:
    """Rule a line civil, military, mixed or undetermined; a need that was handed over and is military no more is taken up again.

    Raises NotThere, Stale; Refused while the line is with the other mechanism.
    """
    Wording.needed(reason)
    if channel != Channel.MILITARY and _with_them(line_id):
        raise Refused(_("The line was handed over. Write down first that it was returned, or recall it."))
    rule_channel(actor, line_id, channel, version=version, reason=reason)


@action("clearance.hand-over", roles=OFFICERS, recalled=True)
def hand_over(actor: Actor, line_id: UUID, to: str = "", *, on: date | None = None, due_on: date | None = None, reason: str) -> UUID:
    """Write down that a military line was sent to another mechanism (empty: the one that the mechanism's file names); returns its id.

    What was sent has left the house: it is recalled, never undone. Raises NotThere; Refused for a line that is not ruled military,
    another organisation's, or with the other mechanism already.
    """
    line: Line = Line.found(line_id)
    words, where = Wording.needed(reason), Wording.short(to, 300) or (mechanism_file(actor).scope.handed_over_to or "")
    if line.owner_id != actor.organisation:
        raise Refused(_("The line is another organisation's: its officer hands it over."))
    if line.channel != Channel.MILITARY:
        raise Refused(_("Only a line that is ruled military is handed over. Rule it first."))
    if not where:
        raise Refused(_("Say to whom it goes: the mechanism's file names nobody for military lines."))
    if _with_them(line_id):
        raise Refused(_("The line was handed over already. Write down what they answered, or recall it first."))
    day = _day(actor, on, None)
    if due_on is not None and due_on < day:
        raise Refused(_("It cannot be due before it began: choose a later day, or none."))
    handover = LineSubject.of_line(line_id).on(Handover, actor, to=where, state_since=day, due_on=due_on)
    _take_turn(actor, handover, HandoverState.SENT, day, words)
    handover.save()
    return handover.id


@action("clearance.answer-handover", roles=OFFICERS)
def answer_handover(actor: Actor, handover_id: UUID, answer: Answer, *, version: int | None = None, reason: str) -> None:
    """Write down that a hand-over was acknowledged, returned, or recalled by this desk; `reason` says who said so. Raises NotThere, Stale,
    Refused. A line that came back keeps its ruling until somebody rules it anew.
    """
    handover: Handover = Handover.found(handover_id, version=version)
    words = Wording.needed(reason)
    if handover.owner_id != actor.organisation:
        raise Refused(_("The hand-over is another organisation's: its officer writes down what was answered."))
    if answer.state not in HANDOVER_MOVES[HandoverState(handover.state)]:
        raise Refused(_("The hand-over is over, or this was written down already. Hand the line over again if it has to go."))
    day = _day(actor, answer.on, handover)
    handover.state, handover.state_since, handover.due_on = answer.state, day, None
    handover.reference = Wording.short(answer.reference, 200) or handover.reference
    _take_turn(actor, handover, answer.state, day, words)
    handover.save()


def _with_them(line_id: UUID) -> bool:
    return Handover.objects.filter(line_id=line_id, state__in=WITH_THEM).exists()


def _day(actor: Actor, on: date | None, handover: Handover | None) -> date:
    """The day of a turn: not after today, not before the one before it."""
    today = desk_day(actor)
    last = date.fromisoformat(handover.turns[-1]["on"]) if handover is not None else None
    day = on or max(today, last or today)
    if on is not None and day > today:
        raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=day.isoformat()))
    if last is not None and day < last:
        raise Refused(_("The step before this one was on {day}; nothing is put before it.").format(day=last.isoformat()))
    return day


def _take_turn(actor: Actor, handover: Handover, turn: HandoverState, day: date, words: str) -> None:
    if len(handover.turns) >= MOST_TURNS:
        raise Refused(_("The hand-over has {most} turns, the most there are.").format(most=MOST_TURNS))
    told = {"on": day.isoformat(), "turn": str(turn), "by": actor.name, "office": own_name(actor), "words": words}
    handover.turns = [*handover.turns, told]
