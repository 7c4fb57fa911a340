"""Make anew what rests on the register: the links and the plan, when people changed what they rest on."""

from __future__ import annotations

from sild.cores.allocation.method import Progress as Step
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.progress import Progress, Silence
from sild.kernel.turns import turn
from sild.wings.linkage.public import embed_lines, link_register
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.public import PlanMade, make_plan


@action("intake.refresh", roles=frozenset({Role.SERVICE}), stepwise=True)
def refresh(actor: Actor, *, progress: Progress | None = None) -> PlanMade:
    """Link the register and plan anew, in the mechanism's turn. The same register gives the plan that is there: it may be done twice."""
    watch = progress or Silence()
    with turn(actor.mechanism, "run", wait=True), clock.pinned(mechanism_file(actor).today):
        watch.stage("linking", None)
        embed_lines(actor)
        link_register(actor)
        watch.stage("planning", None)
        return make_plan(actor, clock.today(), report=lambda step: watch.step(_told(step)), cancelled=watch.asked_to_end)


def _told(step: Step) -> str:
    """How far from the best the plan so far can be, in hundredths; nothing while that is not known."""
    return "" if step.gap is None else f"{100 * step.gap:.2f}"
