"""A need's priority as its arithmetic, from what people, the supplement and the message say; and what was said of it, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.wings.parties.public import MechanismFile, mechanism_file
from sild.wings.planning.models import NeedAssessment, PriorityOverride
from sild.wings.planning.reads.limits import Known, known_limits
from sild.wings.planning.rules import URGENCY_SCALE, Overridden, Priority, priority_of
from sild.wings.register.public import Need, all_joined_into, audiences_of

ASSESSORS = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})
"""Who may speak by any criterion."""
OWN_CRITERIA = frozenset({"own_measures", "absorption"})
"""What those who ask know best themselves: what they do already, and whether they are ready to take it in."""
OVERRIDERS = frozenset({Role.OFFICER})
MOST_SAID = 200
"""So many words on one need are shown, the last first."""


class Weighable(Protocol):
    """What a priority is told from, of a need."""

    @property
    def id(self) -> UUID: ...
    @property
    def beneficiary(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def urgency(self) -> str: ...
    @property
    def needed_by(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of a need; `criterion` is empty and `value` from 0 to 10 for an override, None where it was taken back.

    `stands`: nobody said another thing later.
    """

    criterion: str
    value: Decimal | None
    by: str
    on: date
    source: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPriority:
    """A need's priority now, as far as the reader may see what it rests on, and every word that people said of it, the last first.

    `criteria`: by which the reader may say something; `may_override`: whether the reader may set a priority over the arithmetic.
    """

    need: UUID
    title: str
    body: str
    priority: Priority
    said: tuple[Said, ...]
    criteria: tuple[str, ...]
    may_override: bool


def priority_of_need(need: Weighable, known: Known, spec: MechanismFile, today: date) -> Priority:
    """The arithmetic from what is known: of the need itself, else of its body in its category, else of the body, else of the message.

    What a person set over it stands beside it.
    """
    values: dict[str, tuple[Decimal, str]] = {}
    for criterion in spec.priority:
        person = known.of_needs.get((need.id, criterion))
        assessment = known.assessment(need.beneficiary, need.category, criterion)
        if person is not None:
            values[criterion] = (person.value, f"{person.said_by}, {person.said_on:%d %b %Y}: {person.source}")
        elif assessment is not None:
            values[criterion] = (assessment.value, f"{assessment.source}, {assessment.as_of:%d %b %Y}")
    if "time_criticality" not in values:
        if need.urgency in URGENCY_SCALE:
            values["time_criticality"] = (URGENCY_SCALE[need.urgency], "urgency stated in the message")
        elif need.needed_by is not None:
            days = (need.needed_by - today).days
            share = Decimal("1") if days <= 14 else Decimal("0.7") if days <= 45 else Decimal("0.4")
            values["time_criticality"] = (share, f"needed by {need.needed_by:%d %b %Y}")
    over = known.overrides.get(need.id)
    weights = {name: Decimal(str(weight)) for name, weight in spec.priority.items()}
    return priority_of(weights, values, _overridden(over) if over is not None else None)


def _overridden(told: PriorityOverride) -> Overridden:
    return Overridden(value=told.value or Decimal(0), by=told.said_by, on=told.said_on, reason=told.reason)


@read
def need_priority(actor: Actor, need_id: UUID) -> NeedPriority:
    """The priority of a need, and who said what of it when and why. Raises NotThere."""
    need, spec = Need.found(need_id), mechanism_file(actor)
    # what went into another need is weighed there: its own page tells what was said of it by then
    around = list(all_joined_into(actor, "need", [need.id]))
    return NeedPriority(
        need=need.id,
        title=need.title,
        body=need.beneficiary,
        priority=priority_of_need(need, known_limits(), spec, spec.today or clock.today()),
        said=_said(around),
        criteria=criteria_of(actor, need),
        may_override=bool(actor.roles & OVERRIDERS),
    )


def criteria_of(actor: Actor, need: Need) -> tuple[str, ...]:
    """By which of the mechanism's criteria the actor may say something of a need."""
    weighed = [name for name, weight in mechanism_file(actor).priority.items() if weight > 0]
    if actor.roles & ASSESSORS:
        return tuple(weighed)
    own = need.owner_id == actor.organisation or actor.organisation in audiences_of(actor).concerned(need.beneficiary)
    return tuple(name for name in weighed if name in OWN_CRITERIA) if own and Role.RECIPIENT in actor.roles else ()


def _said(needs: list[UUID]) -> tuple[Said, ...]:
    words: list[NeedAssessment | PriorityOverride] = [
        *NeedAssessment.objects.filter(need_id__in=needs),
        *PriorityOverride.objects.filter(need_id__in=needs),
    ]
    words.sort(key=lambda one: (one.said_on, one.created_at, str(one.id)), reverse=True)
    told, closed = [], set[str]()
    for one in words:
        criterion = one.criterion if isinstance(one, NeedAssessment) else ""
        source = one.source if isinstance(one, NeedAssessment) else ""
        stands = criterion not in closed
        closed.add(criterion)
        told.append(
            Said(criterion=criterion, value=one.value, by=one.said_by, on=one.said_on, source=source, reason=one.reason, stands=stands)
        )
    return tuple(told[:MOST_SAID])
