"""One incident whole: what is told, how grave, what contradicts itself, what it hangs together with, what happened, what may come next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.signals.models import Incident, Tie
from sild.wings.signals.reads.lists import INCIDENT, IncidentRow, odd_of, row_of
from sild.wings.signals.rules import FACTORS, NEXT, Contradiction, Degree, Factor, IncidentState, TieKind

TIE = "signals.Tie"
MOST_TIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorView:
    """A factor with what was said of it; `degree` is None where nobody said anything."""

    factor: Factor
    degree: Degree | None
    said: str
    source: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieView:
    """A tie as it is seen from one incident; `first`: this incident is the one that follows or repeats."""

    id: UUID
    version: int
    kind: TieKind
    first: bool
    other: IncidentRow
    reason: str
    ruled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStep:
    """What happened to an incident."""

    on: date
    what: str
    by: str
    state: IncidentState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident with everything that stands beside it. `room`: the compartment in which it lies."""

    row: IncidentRow
    room: UUID | None
    own: bool
    summary: str
    victims: tuple[Mapping[str, Any], ...]
    factors: tuple[FactorView, ...]
    attributions: tuple[Mapping[str, Any], ...]
    contradictions: tuple[Contradiction, ...]
    ties: tuple[TieView, ...]
    readings: tuple[IncidentRow, ...]
    address: str
    digest: str
    raw: tuple[tuple[str, str], ...]
    steps: tuple[IncidentStep, ...]
    following: tuple[IncidentState, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def incident_record(actor: Actor, incident_id: UUID) -> IncidentView:
    """One incident. Raises NotThere."""
    one: Incident = Incident.found(incident_id)
    row, own = row_of(one), one.owner_id == actor.organisation
    family = Q(reading_of=one.reading_of or one.id) | Q(id=one.reading_of)
    return IncidentView(
        row=row,
        room=one.compartment_id,
        own=own,
        summary=one.summary,
        victims=tuple(one.victims),
        factors=tuple(_factor(factor, one.factors.get(factor.key)) for factor in FACTORS),
        attributions=tuple(one.attributions),
        contradictions=odd_of(one),
        ties=_ties(one),
        readings=tuple(row_of(other) for other in Incident.objects.filter(family).exclude(id=one.id).order_by("created_at", "id")),
        address=one.address,
        digest=one.digest,
        raw=tuple((str(name), "" if value is None else str(value)) for name, value in one.raw.items()),
        steps=tuple(_step(told) for told in one.steps),
        following=NEXT[row.state] if own else (),
        audience=audience_of(actor, one),
        notes=notes_on(actor, INCIDENT, one.id),
        handling=handling_of(actor, INCIDENT, [one.id]).get(one.id, HandlingView()),
    )


def _factor(factor: Factor, told: Mapping[str, Any] | None) -> FactorView:
    if told is None:
        return FactorView(factor=factor, degree=None, said="", source="", on="")
    return FactorView(factor=factor, degree=Degree(told["degree"]), said=told["said"], source=told["source"], on=told["on"])


def _ties(one: Incident) -> tuple[TieView, ...]:
    ties = list(Tie.objects.filter(Q(incident_id=one.id) | Q(other_id=one.id)).order_by("created_at", "id")[:MOST_TIES])
    ends = {tie.other_id if tie.incident_id == one.id else tie.incident_id for tie in ties}
    others = {other.id: row_of(other) for other in Incident.objects.filter(id__in=ends)}
    found = []
    for tie in ties:
        first = tie.incident_id == one.id
        other = others.get(tie.other_id if first else tie.incident_id)
        if other is not None:
            view = TieView(
                id=tie.id,
                version=tie.version,
                kind=TieKind(tie.kind),
                first=first,
                other=other,
                reason=tie.reason,
                ruled_by=tie.ruled_by,
            )
            found.append(view)
    return tuple(found)


def _step(told: Mapping[str, Any]) -> IncidentStep:
    return IncidentStep(
        on=date.fromisoformat(told["on"]), what=told["what"], by=told["by"], state=IncidentState(told["state"]), reason=told["reason"]
    )
