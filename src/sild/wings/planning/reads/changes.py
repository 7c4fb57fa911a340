"""What became different from one plan to the next, and whether the next one is being made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Mechanism
from sild.kernel.jobs import is_pending
from sild.kernel.undertaking import RUNNING, last_undertaking
from sild.wings.planning.models import OF_NEWEST_PLAN, Outcome
from sild.wings.planning.rules import REFRESH
from sild.wings.register.public import needs

WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """A need whose coverage is another one than in the plan before. `state_before` is empty where that plan did not know the need,
    `state` where the newest does not know it; quantities are in `unit`."""

    need: UUID
    title: str
    unit: str
    state_before: str
    state: str
    planned_before: Decimal
    planned: Decimal
    asked_before: Decimal | None
    asked: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshState:
    """How the making anew of links and plan stands: waiting, running, done, failed or broken-off; `begun_at` is None while it waits.

    `stage` is what is being done, `told` why it failed. `asked_by` is who asked for the one that runs or ran last. `ending`: somebody
    asked that it ends with the best plan so far.
    """

    state: str
    asked_by: str
    begun_at: datetime | None
    ended_at: datetime | None
    stage: str
    told: str
    ending: bool = False

    @property
    def gap_percent(self) -> str:
        """While it plans: how far from the best the plan so far can be, in hundredths; empty while that is not known."""
        return self.told if self.state == RUNNING else ""

    @property
    def goes_on(self) -> bool:
        """Whether what the page shows is about to become older than the register."""
        return self.state in (WAITING, RUNNING)


@read
def plan_changes(actor: Actor) -> list[PlanChange]:
    """The needs whose coverage differs between the newest plan and the one before, as far as the actor sees both; by title."""
    plans = _newest_two()
    if len(plans) < len(("newest", "former")):
        return []
    newest, former = ({outcome.need_id: outcome for outcome in Outcome.objects.filter(plan_id=plan)} for plan in plans)
    titles = {need.id: need.title for need in needs(actor)}
    changes = [
        _change(titles.get(need, ""), former.get(need), newest.get(need))
        for need in sorted(newest.keys() | former.keys())
        if need in titles and _told(former.get(need)) != _told(newest.get(need))
    ]
    return sorted(changes, key=lambda change: (change.title, str(change.need)))


@read
def refresh_state(actor: Actor) -> RefreshState | None:
    """How the making anew stands, for members of the organisation that plans; None for others, and where it was never asked for."""
    if not Mechanism.objects.filter(id=actor.mechanism, owner_id=actor.organisation).exists():
        return None
    last = last_undertaking(actor, REFRESH)
    pending = is_pending(REFRESH, actor)
    if last is not None and (last.state == RUNNING or not pending):
        return RefreshState(
            state=last.state,
            asked_by=last.asked_by,
            begun_at=last.begun_at,
            ended_at=last.ended_at,
            stage=last.stage,
            told=last.told,
            ending=last.ending,
        )
    return RefreshState(state=WAITING, asked_by="", begun_at=None, ended_at=None, stage="", told="") if pending else None


def _newest_two() -> list[UUID]:
    """The newest plan that the actor sees something of, and the one before."""
    plans: list[UUID] = []
    for _ in ("newest", "former"):
        plan = Outcome.objects.exclude(plan_id__in=plans).order_by(*OF_NEWEST_PLAN).values_list("plan_id", flat=True).first()
        if plan is not None:
            plans.append(plan)
    return plans


def _told(outcome: Outcome | None) -> tuple[object, ...]:
    return () if outcome is None else (outcome.state, outcome.planned, outcome.asked, outcome.unit)


def _change(title: str, former: Outcome | None, newest: Outcome | None) -> PlanChange:
    known = newest or former
    return PlanChange(
        need=known.need_id if known is not None else UUID(int=0),
        title=title,
        unit=known.unit if known is not None else "",
        state_before=former.state if former is not None else "",
        state=newest.state if newest is not None else "",
        planned_before=former.planned if former is not None else Decimal(0),
        planned=newest.planned if newest is not None else Decimal(0),
        asked_before=former.asked if former is not None else None,
        asked=newest.asked if newest is not None else None,
    )
