"""Verbs on a case: open it in a compartment, move it to another stage, end it, take it up again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, acting
from sild.kernel.moving import open_compartment, own_compartment
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.attribution.models import AgencyInput, Case
from sild.wings.attribution.reads.procedure import procedure, procedure_to_keep
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import ENDS, LONGEST_TITLE, LONGEST_WORDS, AttributionState

OPENERS = frozenset({Role.OFFICER})
WORKERS = PEOPLE - {Role.AUDITOR}
"""Whoever is in the compartment works on the case: who is let in is decided there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened: what it is called, what happened, how closed it is."""

    title: str
    summary: str = ""
    marking: Marking = Marking.AMBER_STRICT


class CaseOpening:
    """Opens a compartment for named seats and the case in it, both or neither: the case is written from inside."""

    def __init__(self, actor: Actor, readers: Collection[UUID]) -> None:
        self._actor, self._readers = actor, readers

    def run(self, new: NewCase, *, reason: str) -> UUID:
        """Do it; returns the id of the case. Raises NotThere for a seat of others, Refused."""
        with acting(self._actor):
            room = open_compartment(self._actor, new.title.strip()[:200], self._readers, reason=reason)
            inside = replace(self._actor, compartments=self._actor.compartments | {room})
            return open_case(inside, room, new, reason=reason)


@action("attribution.open-case", roles=OPENERS)
def open_case(actor: Actor, room: UUID, new: NewCase, *, reason: str) -> UUID:
    """Open a case in a compartment that the actor is in, with what the procedure asks of each body. Raises NotThere, Refused."""
    own_compartment(actor, room)
    title = " ".join(new.title.split())[:LONGEST_TITLE]
    if not title:
        raise Refused(_("Give the case a title that its readers know it by. It is seen by nobody else."))
    reason_given(reason)
    if new.marking > actor.ceiling:
        raise Refused(_("You could not see a case as closed as that. Choose a lower marking, or ask who may."))
    told, now = procedure_to_keep(actor), clock.now()
    case = Case(
        title=title,
        summary=new.summary.strip()[:LONGEST_WORDS],
        stage=told.stages[0].code,
        opened_at=now,
        opened_by_name=actor.name,
        marking=int(new.marking),
        compartment_id=room,
    )
    case.save()
    for owed in told.inputs:
        agency = told.agency(owed.agency)
        AgencyInput(
            case_id=case.id,
            agency=owed.agency,
            agency_name=agency.name if agency is not None else owed.agency,
            stage=owed.stage,
            what=owed.what,
            due_at=now + timedelta(hours=owed.hours),
            marking=case.marking,
            compartment_id=room,
        ).save()
    return case.id


@action("attribution.move-case", roles=WORKERS)
def move_case(actor: Actor, case_id: UUID, stage: str, *, version: int | None = None, reason: str) -> None:
    """Say at which stage of the procedure a case stands; it may go back. Raises NotThere, Stale, Refused."""
    case = open_one(case_id, version=version)
    if procedure(actor).stage(stage) is None:
        raise Refused(_("The procedure has no such stage. Choose one of its own."))
    if stage == case.stage:
        raise Refused(_("The case stands at this stage already."))
    reason_given(reason)
    case.stage = stage
    case.save()


@action("attribution.end-case", roles=OPENERS)
def end_case(actor: Actor, case_id: UUID, state: AttributionState, *, version: int | None = None, reason: str) -> None:
    """Close a case, or write down that it is not pursued; the reason stays with it. Raises NotThere, Stale, Refused."""
    case = open_one(case_id, version=version)
    if state not in ENDS:
        raise Refused(_("Say whether the case was carried through or is not pursued."))
    case.state, case.ended_why = state, reason_given(reason)
    case.save()


@action("attribution.reopen-case", roles=OPENERS)
def reopen_case(actor: Actor, case_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a case up again; why it had ended stays in its history. Raises NotThere, Stale, Refused."""
    case: Case = Case.found(case_id, version=version)
    if case.state == AttributionState.OPEN:
        raise Refused(_("The case is open already."))
    reason_given(reason)
    case.state, case.ended_why = AttributionState.OPEN, ""
    case.save()
