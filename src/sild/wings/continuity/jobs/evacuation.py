"""The job that works an evacuation out: searched, checked by the independent check, kept; who waits sees how far it is and may end it."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores import evacuation as core
from sild.kernel.actor import Actor
from sild.kernel.jobs import job
from sild.kernel.refusals import NotThere
from sild.kernel.undertaking import DONE, FAILED, Watched
from sild.wings.continuity.actions.evacuation import EVACUATE, keep_evacuation
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.reads.evacuation import EvacuationTask, evacuation_to_work
from sild.wings.continuity.rules import EvacuationState

LINES = logging.getLogger("sild.jobs")


@job(EVACUATE, roles=WORKERS)
def work_evacuation_out(actor: Actor, plan: UUID) -> None:
    """Nothing is written while it is searched; what was undone or ended meanwhile is left alone."""
    try:
        task = evacuation_to_work(actor, plan)
    except NotThere:  # undone meanwhile
        return
    if task.state != EvacuationState.WAITING:
        return
    watch = Watched(actor, EVACUATE)
    try:
        found = _searched(task, watch)
        keep_evacuation(actor, plan, *found)
    except BaseException:
        watch.end(FAILED)
        raise
    watch.end(DONE if found[0] else FAILED)


def _searched(task: EvacuationTask, watch: Watched) -> tuple[dict[str, Any], list[str]]:
    """The answer and what the check finds of it; without an answer why there is none, so that no plan waits for ever."""
    try:
        answer = core.evacuate(
            task.problem,
            core.Effort(
                seconds=task.seconds,
                bound_share=0.0 if task.again else 0.3,
                report=lambda step: watch.step(_told(step)),
                cancelled=watch.asked_to_end,
            ),
        )
        return core.answer_to(answer), core.check(task.problem, answer)
    except Exception as fault:
        LINES.exception("An evacuation plan could not be worked out.")
        return {}, [
            _("The search broke off ({kind}), so there is no plan. Ask again; report it where it happens again.").format(
                kind=type(fault).__name__
            )
        ]


def _told(step: core.Progress) -> str:
    lost, bound = (f"{amount / 1_000_000:,.0f}" for amount in (step.cost, step.bound or 0))
    return _("{lost} points are lost by the best plan so far, none loses less than {bound}").format(lost=lost, bound=bound)
