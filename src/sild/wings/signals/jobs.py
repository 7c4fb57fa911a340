"""Jobs of signals: a study that somebody asked for is answered, checked and kept."""

from __future__ import annotations

from uuid import UUID

from sild.cores import influence as core
from sild.cores.influence.shape import answer_to_json
from sild.kernel.actor import Actor
from sild.kernel.jobs import job
from sild.kernel.refusals import NotThere
from sild.wings.signals.actions.influence import ASKERS, WORK, keep_study
from sild.wings.signals.reads.influence import problem_of, study_record
from sild.wings.signals.rules import StudyState


@job(WORK, roles=ASKERS)
def answer_study(actor: Actor, study: UUID) -> None:
    """Work the answer out and let the independent check look at it; nothing is written while it is worked out."""
    try:
        if study_record(actor, study).row.state != StudyState.WAITING:
            return
        problem = problem_of(actor, study)
    except NotThere:  # undone meanwhile
        return
    except core.BadProblem as fault:
        keep_study(actor, study, {}, [], refusal=str(fault))
        return
    answer = core.study(problem)
    keep_study(actor, study, answer_to_json(problem, answer), core.check(problem, answer))
