"""Verbs on licence cases: open one, move it, ask again, describe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.kernel.turns import turn_until_commit
from sild.wings.clearance.actions.wording import Wording
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.readers import case_readers, withheld_lines
from sild.wings.clearance.rules import (
    JURISDICTIONS,
    LONGEST_TEXT,
    LOOKED_AT,
    MOST_STEPS,
    OPEN_STATES,
    CaseState,
    control_list,
    moves_from,
)
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Line

OPENERS = frozenset({Role.OFFICER, Role.LICENCE_LIAISON})
LIAISONS = frozenset({Role.LICENCE_LIAISON})
OPENED_FOR = frozenset({"offer", "update"})


@action("clearance.open-case", roles=OPENERS)
def open_case(
    actor: Actor, line_id: UUID, jurisdiction: str, authority: str = "", *, on: date | None = None, apart: bool = False, reason: str = ""
) -> UUID:
    """Open the case of a line of an offer in a jurisdiction (two letters, ISO 3166-1); returns its id. One that is there is that one.

    Where another line of the offer has a case there, only somebody who says that this line needs one `apart` opens it: so two people do not
    ask one authority twice about one gift. Raises NotThere; Refused for that, a line of a need, another organisation's line, an unknown
    jurisdiction.
    """
    line: Line = Line.found(line_id)
    where = jurisdiction.strip().upper()
    # some signs become two letters when they are put in capitals
    if where not in JURISDICTIONS or not jurisdiction.isascii():
        raise Refused(_("{code} names no state. Give its two letters, such as EE or US.").format(code=jurisdiction[:20] or "–"))
    if line.offer_id is None or line.kind not in OPENED_FOR:
        raise Refused(_("A licence case is opened for a line of an offer: what is only asked for leaves no country."))
    if line.owner_id != actor.organisation:
        raise Refused(_("The line is another organisation's. Ask the secretariat to open the case: you can move it then."))
    turn_until_commit(actor.mechanism, f"licences of {line.offer_id}")
    there = LicenceCase.objects.filter(line_id=line_id, jurisdiction=where, owner_id=actor.organisation).first()
    if there is not None:
        return there.id
    if not apart:
        _refuse_second(line.id, line.offer_id, where)
    day = _day(actor, on, None)
    case = LicenceCase(
        line_id=line_id,
        jurisdiction=where,
        authority=Wording.short(authority, 300),
        state=CaseState.NOT_ASSESSED,
        state_since=day,
        steps=[_step(actor, day, "", CaseState.NOT_ASSESSED, reason, None)],
        marking=line.marking,
        compartment_id=line.compartment_id,
        embargo_until=line.embargo_until,
        **{name: getattr(line, name) for name in LicenceCase.TOLD_BY_LINE},
    )
    by_rule = case_readers(actor, line.provider) - withheld_lines([line.id]).get(line.id, frozenset())
    case.releasable_to = released_to(by_rule, None, owner=actor.organisation, marking=line.marking, compartment_id=line.compartment_id)
    case.save()
    return case.id


def _refuse_second(line: UUID, offer: UUID, where: str) -> None:
    """Refuse where a case that goes on hangs on another line of the offer, as far as the actor sees both."""
    others = list(Line.objects.filter(offer_id=offer).exclude(id=line).values_list("id", flat=True))
    alike = LicenceCase.objects.filter(line_id__in=others, jurisdiction=where).exclude(state=CaseState.SET_ASIDE)
    one = alike.order_by("created_at", "id").first()
    if one is not None:
        told = _(
            "“{item}” of this offer has a licence case in {code} already ({state}). Ask there about this line too; or, if this line needs a"
            " licence of its own, say so and open the case."
        )
        raise Refused(told.format(item=one.item or "–", code=where, state=said().label(one.state, "licence")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a case goes: `on` the day it happened (None: today), `due_on` when to ask again, what a grant says."""

    state: CaseState
    on: date | None = None
    due_on: date | None = None
    conditions: Sequence[str] = field(default_factory=tuple)
    expires_on: date | None = None


@action("clearance.move-case", roles=LIAISONS)
def move_case(actor: Actor, case_id: UUID, move: Move, *, version: int | None = None, reason: str) -> None:
    """Write down that a case came into another state, on which day and why. Raises NotThere, Stale; Refused for a move that is not there.

    The liaison tells what was assessed or answered; the desk judges neither.
    """
    case: LicenceCase = LicenceCase.found(case_id, version=version)
    now = CaseState(case.state)
    if move.state not in moves_from(now, _been(case)):
        told = _("The case is {now}, and from there it does not come to “{state}”. See what may follow on its page.")
        raise Refused(told.format(now=said().label(now, "licence"), state=said().label(move.state, "licence")))
    Wording.needed(reason)
    day = _day(actor, move.on, case)
    _refuse_due(move.due_on, day)
    if move.expires_on is not None and (move.state != CaseState.GRANTED or move.expires_on <= day):
        raise Refused(_("Only a licence that was granted expires, and on a day after it was granted."))
    if move.conditions and move.state != CaseState.GRANTED:
        raise Refused(_("Conditions belong to a licence that was granted. Write them into the reason, or leave them out."))
    _keep_step(case, _step(actor, day, now, move.state, reason, move.due_on))
    case.state, case.state_since, case.due_on = move.state, day, move.due_on if move.state in OPEN_STATES else None
    # what an earlier licence said ends with it
    case.conditions = Wording.conditions(move.conditions)
    case.expires_on = move.expires_on
    case.save()


@action("clearance.chase-case", roles=OPENERS)
def chase_case(actor: Actor, case_id: UUID, due_on: date | None, *, version: int | None = None, reason: str) -> None:
    """Write down that somebody was asked again, and when it is due now (None: no day). Raises NotThere, Stale, Refused."""
    case: LicenceCase = LicenceCase.found(case_id, version=version)
    if case.state not in OPEN_STATES:
        raise Refused(_("Nobody has to do anything in this case now, so there is nobody to ask again."))
    Wording.needed(reason)
    day = _day(actor, None, case)
    _refuse_due(due_on, day)
    _keep_step(case, _step(actor, day, CaseState(case.state), CaseState(case.state), reason, due_on))
    case.due_on = due_on
    case.save()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is known of a case besides its state. `term_days` needs its source; `entries` are ids of the list that were looked at."""

    authority: str = ""
    reference: str = ""
    term_days: int | None = None
    term_source: str = ""
    entries: Sequence[str] = ()


LONGEST_TERM_DAYS = 3650


@action("clearance.describe-case", roles=LIAISONS)
def describe_case(actor: Actor, case_id: UUID, told: Description, *, version: int | None = None, reason: str = "") -> None:
    """Say whose case it is at the authority, how long it says it takes, which entries of the list were looked at. Raises as above."""
    case: LicenceCase = LicenceCase.found(case_id, version=version)
    known = control_list()
    looked_at = {entry.id for entry in known.entries if entry.kind in LOOKED_AT}
    strange = sorted(set(told.entries) - looked_at)
    if strange:
        raise Refused(_("The list has no entry {entry} to look at. See the list of entries.").format(entry=strange[0][:60]))
    if told.term_days is not None and not 0 < told.term_days <= LONGEST_TERM_DAYS:
        raise Refused(_("A term is between 1 and {most} days.").format(most=LONGEST_TERM_DAYS))
    if (told.term_days is None) != (not told.term_source.strip()):
        raise Refused(_("A term needs the word of whoever said it, and the other way round: give both, or none."))
    case.authority, case.reference = Wording.short(told.authority, 300), Wording.short(told.reference, 200)
    case.term_days, case.term_source = told.term_days, Wording.short(told.term_source, 300)
    chosen = [entry.id for entry in known.entries if entry.id in set(told.entries)]
    if chosen != case.entries:
        case.entries, case.entries_version = chosen, known.version if chosen else ""
    if case.image() != case.remembered():
        case.save()


def _been(case: LicenceCase) -> tuple[CaseState, ...]:
    return tuple(CaseState(step["state"]) for step in case.steps)


def _step(actor: Actor, day: date, before: str, state: str, reason: str, due_on: date | None) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "before": str(before),
        "state": str(state),
        "by": actor.name,
        "reason": reason.strip()[:LONGEST_TEXT],
        "due_on": due_on.isoformat() if due_on else None,
    }


def _keep_step(case: LicenceCase, step: dict[str, Any]) -> None:
    if len(case.steps) >= MOST_STEPS:
        raise Refused(_("The case has {most} steps, the most there are. Set it aside and open a new one.").format(most=MOST_STEPS))
    case.steps = [*case.steps, step]


def _day(actor: Actor, on: date | None, case: LicenceCase | None) -> date:
    """The day of a step: not after today, not before the step before it."""
    today = desk_day(actor)
    last = date.fromisoformat(case.steps[-1]["on"]) if case is not None and case.steps else None
    day = on or max(today, last or today)
    if day > today and on is not None:
        raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=day.isoformat()))
    if last is not None and day < last:
        raise Refused(_("The step before this one was on {day}; nothing is put before it.").format(day=last.isoformat()))
    return day


def _refuse_due(due_on: date | None, day: date) -> None:
    if due_on is not None and due_on < day:
        raise Refused(_("It cannot be due before it began: choose a later day, or none."))
