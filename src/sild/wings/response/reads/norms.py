"""Which norms an incident touches, and which incidents touched a norm, as far as the reader sees both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.diplomacy.public import norms
from sild.wings.response.models import TouchedNorm
from sild.wings.response.rules import NormTouch
from sild.wings.signals.public import IncidentRow, incident_record, incident_rows

TOUCHED = "response.TouchedNorm"


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchRow:
    """What somebody says of an incident and a norm; `own`: the reader's organisation said it."""

    id: UUID
    version: int
    norm: str
    touch: NormTouch
    why: str
    source: str
    said_by: str
    said_at: datetime
    own: bool
    incident: IncidentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """A norm with what was said of it, the newest first; `mine` is the own organisation's word on the incident that is shown."""

    id: str
    label: str
    description: str
    rows: tuple[TouchRow, ...]
    mine: TouchRow | None = None


@read
def norms_of_incident(actor: Actor, incident_id: UUID) -> tuple[IncidentRow, tuple[NormRow, ...]]:
    """An incident, and all norms with what was said of it. Raises NotThere."""
    incident = incident_record(actor, incident_id).row
    rows = _rows(actor, {incident.id: incident})
    return incident, tuple(_by_norm(rows))


@read
def incidents_of_norms(actor: Actor) -> tuple[NormRow, ...]:
    """All norms, each with the incidents of which somebody said that they touch it."""
    keys = set(TouchedNorm.objects.order_by().values_list("incident_id", flat=True).distinct())
    return tuple(_by_norm(_rows(actor, incident_rows(actor, keys))))


@read
def incident_of_touch(actor: Actor, touched_id: UUID) -> UUID:
    """The incident of a word on a norm. Raises NotThere."""
    one: TouchedNorm = TouchedNorm.found(touched_id)
    return one.incident_id


def _rows(actor: Actor, incidents: dict[UUID, IncidentRow]) -> list[TouchRow]:
    found = TouchedNorm.objects.filter(incident_id__in=list(incidents)).order_by("-said_at", "id")
    alike = ("id", "version", "norm", "why", "source", "said_at")
    return [
        TouchRow(
            **{name: getattr(one, name) for name in alike},
            touch=NormTouch(one.touch),
            said_by=one.said_by_name,
            own=one.owner_id == actor.organisation,
            incident=incidents[one.incident_id],
        )
        for one in found
    ]


def _by_norm(rows: list[TouchRow]) -> list[NormRow]:
    language = get_language() or "en"
    told = []
    for norm in norms():
        held = tuple(one for one in rows if one.norm == norm.id)
        mine = next((one for one in held if one.own), None)
        told.append(NormRow(id=norm.id, label=norm.called(language), description=norm.description, rows=held, mine=mine))
    return told
