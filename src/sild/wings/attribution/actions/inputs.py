"""Verbs on what bodies owe to a case: ask for it, write down what came, ask for it no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import AgencyInput
from sild.wings.attribution.reads.procedure import procedure
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import LONGEST_TITLE, LONGEST_WORDS, MOST_HOURS, MOST_INPUTS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInput:
    """What is asked of which body, for which stage, within how many hours from now."""

    agency: str
    stage: str
    what: str
    hours: int


@action("attribution.ask-input", roles=WORKERS)
def ask_input(actor: Actor, case_id: UUID, new: NewInput, *, reason: str = "") -> UUID:
    """Ask a body for something; returns the id of what it owes. Raises NotThere, Refused."""
    case, told = open_one(case_id), procedure(actor)
    agency = told.agency(new.agency)
    if agency is None or told.stage(new.stage) is None:
        raise Refused(_("The procedure has no such body or stage. Choose from its own, or have the mechanism's file changed."))
    if not new.what.strip():
        raise Refused(_("Say what the body is asked for."))
    if not 1 <= new.hours <= MOST_HOURS:
        raise Refused(_("Give it between 1 hour and {most} hours.").format(most=MOST_HOURS))
    if AgencyInput.objects.filter(case_id=case.id).count() >= MOST_INPUTS:
        raise Refused(_("The case asks for {most} things already, the most there are.").format(most=MOST_INPUTS))
    owed = AgencyInput(
        case_id=case.id,
        agency=agency.code,
        agency_name=agency.name,
        stage=new.stage,
        what=new.what.strip()[:LONGEST_TITLE],
        due_at=clock.now() + timedelta(hours=new.hours),
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    owed.save()
    return owed.id


@action("attribution.deliver-input", roles=WORKERS)
def deliver_input(actor: Actor, input_id: UUID, text: str, *, version: int | None = None, reason: str = "") -> None:
    """Write down what a body delivered; anew where it sends something better. Raises NotThere, Stale, Refused."""
    owed: AgencyInput = AgencyInput.found(input_id, version=version)
    open_one(owed.case_id)
    if not text.strip():
        raise Refused(_("Write down what the body said, or where its paper lies."))
    owed.text, owed.delivered_by_name = text.strip()[:LONGEST_WORDS], actor.name
    owed.delivered_at = owed.delivered_at or clock.now()
    owed.waived, owed.waived_why = False, ""
    owed.save()


@action("attribution.waive-input", roles=WORKERS)
def waive_input(actor: Actor, input_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Ask for it no more, with the reason. Raises NotThere, Stale, Refused."""
    owed: AgencyInput = AgencyInput.found(input_id, version=version)
    open_one(owed.case_id)
    if owed.delivered_at is not None:
        raise Refused(_("The body delivered it. Undo that first where it was written down by mistake."))
    owed.waived, owed.waived_why = True, reason_given(reason)
    owed.save()
