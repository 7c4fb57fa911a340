"""Influence studies: asked by a person, answered by a job, kept with who asked, when, and what was counted. Nothing is decided by them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.jobs import defer
from sild.kernel.refusals import Refused
from sild.wings.parties.public import desk_day
from sild.wings.signals.models import Incident, InfluenceStudy, PublicStatement
from sild.wings.signals.reads.influence import StudyQuestion, counted_by
from sild.wings.signals.rules import LONGEST_WINDOW, MOST_INCIDENTS, MOST_STATEMENTS, StudyState

ASKERS = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})
WORK = "signals.study"
"""The job that answers a study."""


@action("signals.ask-study", roles=ASKERS)
def ask_study(actor: Actor, asked: StudyQuestion, *, reason: str = "") -> UUID:
    """Ask whether incidents followed statements; what counts is fixed now, the answer is worked out behind. Raises Refused."""
    if asked.last < asked.first:
        raise Refused(_("The last day lies before the first. Change one of the two."))
    if asked.last > desk_day(actor):
        raise Refused(_("Nobody has looked at days that are still to come. End with today at the latest."))
    if not 0 <= asked.window <= LONGEST_WINDOW or asked.unwatched < 0:
        raise Refused(_("Ask about {most} days after a statement at most.").format(most=LONGEST_WINDOW))
    counted = counted_by(actor, asked)
    if not counted.statements or not counted.incidents:
        raise Refused(
            _("There is no statement, or no incident, whose day is known and which fits. Write them down first, or ask for more.")
        )
    if len(counted.statements) > MOST_STATEMENTS or len(counted.incidents) > MOST_INCIDENTS:
        raise Refused(_("These are more statements or incidents than one study counts. Narrow the days or the country."))
    one = InfluenceStudy(id=uuid4(), asked=asked.told(), statements=list(counted.statements), incidents=list(counted.incidents))
    one.left_out, one.asked_by_name, one.asked_on = dict(counted.left_out), actor.name, desk_day(actor)
    said = PublicStatement.objects.filter(id__in=one.statements).values_list("marking", flat=True)
    happened = Incident.objects.filter(id__in=one.incidents).values_list("marking", flat=True)
    one.marking = max(*said, *happened)
    one.save()
    defer(WORK, actor=actor, study=one.id)
    return one.id


@action("signals.keep-study", roles=ASKERS)
def keep_study(actor: Actor, study_id: UUID, answer: dict[str, Any], faults: list[str], *, refusal: str = "", reason: str = "") -> None:
    """Keep what the core answered and what the check says of it. One that was ended meanwhile stays ended. Raises NotThere."""
    one: InfluenceStudy = InfluenceStudy.found(study_id)
    if one.state != StudyState.WAITING:
        return
    one.state = StudyState.REFUSED if refusal else StudyState.BROKE if faults else StudyState.DONE
    one.answer, one.faults, one.refusal = answer, faults[:50], refusal[:1000]
    one.save()


@action("signals.end-study", roles=ASKERS)
def end_study(actor: Actor, study_id: UUID, *, version: int | None = None, reason: str = "") -> None:
    """End a study that still waits for its answer. Raises NotThere, Stale, Refused."""
    one: InfluenceStudy = InfluenceStudy.found(study_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("Another organisation asked this."))
    if one.state != StudyState.WAITING:
        raise Refused(_("The study is over already."))
    one.state = StudyState.ENDED
    one.save()
