"""Verbs on objections: raise one, reply, begin a silence procedure, close it, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.clearance.actions.line_bound import LineSubject
from sild.wings.clearance.actions.wording import Wording
from sild.wings.clearance.models import Objection
from sild.wings.clearance.reads.readers import own_name
from sild.wings.clearance.rules import (
    LONGEST_SILENCE_DAYS,
    LONGEST_TEXT,
    MOST_TURNS,
    OBJECTION_MOVES,
    Ground,
    ObjectionState,
    Severity,
    Turn,
    silence_is_over,
)
from sild.wings.parties.public import desk_day

RAISERS = PEOPLE - {Role.AUDITOR, Role.COMPANY}
"""Who may object, or write down that somebody did: firms give, and do not object to what others give."""
SPEAKERS = PEOPLE - {Role.AUDITOR}
OVERRULERS = frozenset({Role.OFFICER})
WRITES_FOR_OTHERS = frozenset({Role.OFFICER, Role.LICENCE_LIAISON})
"""Who writes down the objections of others, by their names; anybody else objects in the name of their own organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An objection as it is raised; `asks` is what would mitigate it. `raised_by` is read of officers and liaisons alone."""

    ground: Ground
    severity: Severity
    asks: str = ""
    raised_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How an objection ends: `conditions` stay with the line; `decided_by` names who overruled it."""

    how: ObjectionState
    conditions: Sequence[str] = field(default_factory=tuple)
    decided_by: str = ""


@action("clearance.raise-objection", roles=RAISERS)
def raise_objection(actor: Actor, line_id: UUID, raised: Raised, *, reason: str) -> UUID:
    """Object to what a line offers or asks; `reason` are the words of the objection. Returns its id. Raises NotThere, Refused."""
    return _raise(actor, LineSubject.of_line(line_id), raised, reason)


@action("clearance.object-in-case", roles=RAISERS)
def object_in_case(actor: Actor, case_id: UUID, raised: Raised, *, reason: str) -> UUID:
    """The same for the line of a licence case that one sees. Raises NotThere, Refused."""
    return _raise(actor, LineSubject.of_case(case_id), raised, reason)


def _raise(actor: Actor, subject: LineSubject, raised: Raised, words: str) -> UUID:
    Wording.needed(words)
    own = own_name(actor)
    named = Wording.short(raised.raised_by, 300)
    who = named if named and actor.roles & WRITES_FOR_OTHERS else own
    day = desk_day(actor)
    objection: Objection = subject.on(
        Objection,
        actor,
        raised_by=who,
        ground=raised.ground,
        severity=raised.severity,
        asks=raised.asks.strip()[:LONGEST_TEXT],
        state_since=day,
    )
    _take_turn(actor, objection, Turn.RAISED, words)
    objection.save()
    return objection.id


@action("clearance.reply-to-objection", roles=SPEAKERS)
def reply_to_objection(actor: Actor, objection_id: UUID, *, breaks_silence: bool = False, version: int | None = None, reason: str) -> None:
    """Say something to an objection; `breaks_silence`: the silence procedure ends with it. Raises NotThere, Stale, Refused."""
    objection: Objection = Objection.found(objection_id, version=version)
    Wording.needed(reason)
    if not breaks_silence:
        _take_turn(actor, objection, Turn.REPLIED, reason)
    elif objection.silence_until is None:
        raise Refused(_("No silence procedure is under way here, so there is none to break. Reply without that."))
    elif silence_is_over(objection.silence_until, desk_day(actor)):
        raise Refused(_("The silence procedure ended on {day}. Reply, or raise the objection anew.").format(day=objection.silence_until))
    else:
        _take_turn(actor, objection, Turn.SILENCE_BROKEN, reason)
        objection.silence_until, objection.silence_says = None, ""
    objection.save()


@action("clearance.begin-silence", roles=OVERRULERS)
def begin_silence(actor: Actor, objection_id: UUID, until: date, *, version: int | None = None, reason: str) -> None:
    """Put a text (`reason`) before everybody who sees the objection: who does not speak by the end of the day `until` agrees to it.

    Nothing follows by itself: when the day is over, a person closes the objection. Raises NotThere, Stale, Refused.
    """
    objection: Objection = Objection.found(objection_id, version=version)
    Wording.needed(reason)
    _refuse_closed(objection)
    _refuse_strange_line(actor, objection)
    today = desk_day(actor)
    if not today < until <= today + timedelta(days=LONGEST_SILENCE_DAYS):
        told = _("A silence procedure ends on a day that is still to come, at most {days} days from now.")
        raise Refused(told.format(days=LONGEST_SILENCE_DAYS))
    objection.silence_until, objection.silence_says = until, reason.strip()[:LONGEST_TEXT]
    _take_turn(actor, objection, Turn.SILENCE_BEGUN, reason)
    objection.save()


@action("clearance.close-objection", roles=RAISERS)
def close_objection(actor: Actor, objection_id: UUID, closing: Closing, *, version: int | None = None, reason: str) -> None:
    """End an objection. It is lifted or mitigated by who raised it or who keeps the line; overruled by the secretariat's officer alone.

    Raises NotThere, Stale; Refused while a silence procedure runs, for mitigation without a condition, for overruling without who decided.
    """
    objection: Objection = Objection.found(objection_id, version=version)
    Wording.needed(reason)
    if closing.how not in OBJECTION_MOVES[ObjectionState(objection.state)]:
        raise Refused(_("The objection is closed. Open it again before it ends otherwise."))
    mine = objection.owner_id == actor.organisation
    keeper = objection.line_owner_id == actor.organisation and Role.OFFICER in actor.roles
    if not (mine or keeper):
        raise Refused(_("Who raised the objection, or the officer who keeps the line, closes it. Reply to it instead."))
    _refuse_unfit(actor, objection, closing, keeper=keeper)
    fallen = mine and closing.how == ObjectionState.LIFTED
    if objection.silence_until is not None and not fallen and not silence_is_over(objection.silence_until, desk_day(actor)):
        told = _("A silence procedure runs until {day}. Others may still speak: until then it can only be lifted, by who raised it.")
        raise Refused(told.format(day=objection.silence_until.isoformat()))
    objection.conditions = Wording.conditions(closing.conditions)
    objection.decided_by = Wording.short(closing.decided_by, 300)
    objection.state, objection.state_since = closing.how, desk_day(actor)
    objection.silence_until, objection.silence_says = None, ""
    _take_turn(actor, objection, Turn.CLOSED, reason)
    objection.save()


def _refuse_unfit(actor: Actor, objection: Objection, closing: Closing, *, keeper: bool) -> None:
    """Raise Refused where what a closing says does not fit how it closes."""
    kept = Wording.conditions(closing.conditions)
    if closing.how == ObjectionState.MITIGATED and not kept:
        raise Refused(_("Say under which conditions the objection ends: they stay with the line. Without any it is lifted."))
    if closing.how == ObjectionState.LIFTED and kept:
        raise Refused(_("An objection that is lifted leaves no conditions. With conditions it is mitigated."))
    if closing.how == ObjectionState.OVERRULED:
        if not keeper:
            raise Refused(_("Only the officer who keeps the line writes down that an objection was overruled."))
        if not closing.decided_by.strip():
            raise Refused(_("Name who decided to overrule it, and give their reason: whoever objected reads both."))
        if objection.raised_by == own_name(actor):
            raise Refused(_("Nobody overrules themselves. Lift the objection."))
    elif closing.decided_by.strip():
        raise Refused(_("Only who overrules is named. Leave the name out, or write it into the reason."))


@action("clearance.reopen-objection", roles=RAISERS)
def reopen_objection(actor: Actor, objection_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Open a closed objection again; its conditions stay in its history. By who raised it or who keeps the line. Raises as above."""
    objection: Objection = Objection.found(objection_id, version=version)
    Wording.needed(reason)
    if objection.state == ObjectionState.OPEN:
        raise Refused(_("The objection is open. Reply to it."))
    keeper = objection.line_owner_id == actor.organisation and Role.OFFICER in actor.roles
    if not (keeper or objection.owner_id == actor.organisation):
        raise Refused(_("Who raised the objection, or the officer who keeps the line, opens it again. Raise one of your own instead."))
    objection.state, objection.state_since = ObjectionState.OPEN, desk_day(actor)
    objection.conditions, objection.decided_by = [], ""
    _take_turn(actor, objection, Turn.REOPENED, reason)
    objection.save()


def _refuse_closed(objection: Objection) -> None:
    if objection.state != ObjectionState.OPEN:
        raise Refused(_("The objection is closed. Open it again first."))


def _refuse_strange_line(actor: Actor, objection: Objection) -> None:
    if objection.line_owner_id != actor.organisation:
        raise Refused(_("The line is another organisation's: its officer begins a silence procedure."))


def _take_turn(actor: Actor, objection: Objection, turn: Turn, words: str) -> None:
    if len(objection.turns) >= MOST_TURNS:
        raise Refused(_("The objection has {most} turns, the most there are. Close it and raise a new one.").format(most=MOST_TURNS))
    told: dict[str, Any] = {
        "on": desk_day(actor).isoformat(),
        "turn": str(turn),
        "by": actor.name,
        "office": own_name(actor),
        "words": words.strip()[:LONGEST_TEXT],
        "state": str(objection.state),
        "conditions": list(objection.conditions),
    }
    objection.turns = [*objection.turns, told]
