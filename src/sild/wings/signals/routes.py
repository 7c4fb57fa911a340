"""Incidents for programs: the list, one whole, writing down, mending, weighing, moving, tying."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.signals import schemas
from sild.wings.signals.actions import (
    REPORTERS,
    mend_incident,
    move_incident,
    record_incident,
    tie_incidents,
    untie_incidents,
    weigh_incident,
)
from sild.wings.signals.reads import INCIDENT, TIE, FactorView, incident_record, list_incidents

router = Router(tags=["signals"])

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"incident": INCIDENT}


@route(router, "get", "/incidents", roles=READERS, answer=Listed[schemas.Incident])
def list_all_incidents(actor: Actor, wanted: Query[schemas.WantedIncidents]) -> Cut:
    """The incidents that you may see, those written down last first."""
    found, after = list_incidents(actor, wanted.wanted(), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Incident.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/incidents/{incident}", roles=READERS, answer=schemas.WholeIncident, subjects=ONE)
def read_incident(actor: Actor, incident: UUID) -> schemas.WholeIncident:
    """An incident with its factors, attributions, contradictions, ties and what happened to it."""
    seen = incident_record(actor, incident)
    told = {name: getattr(seen, name) for name in schemas.WholeIncident.model_fields if name not in ("incident", "factors")}
    told |= {"incident": seen.row, "factors": [_factor(one) for one in seen.factors], "raw": dict(seen.raw)}
    return schemas.WholeIncident.model_validate(told | {"attributions": [dict(one) for one in seen.attributions]})


def _factor(view: FactorView) -> schemas.IncidentFactor:
    return schemas.IncidentFactor(
        factor=view.factor.key,
        defined_by=view.factor.source,
        defined_on=view.factor.as_of,
        memory=view.factor.memory,
        degree=view.degree,
        said=view.said,
        source=view.source,
        on=view.on,
    )


@route(router, "post", "/incidents", roles=REPORTERS, answer=Made)
def write_incident(actor: Actor, new: schemas.IncidentToWrite) -> Made:
    """Write an incident down for your organisation."""
    return Made(id=record_incident(actor, new.facts(), marking=new.marked(), compartment=new.compartment, reason=new.reason))


@route(router, "put", "/incidents/{incident}", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def mend_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentToMend) -> None:
    """Write down anew what is told of an incident."""
    mend_incident(actor, incident, told.facts(), version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/factors", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def weigh_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentWeighing) -> None:
    """Say how grave one factor is."""
    weigh_incident(actor, incident, told.weighing(), version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/moves", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def move_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentMove) -> None:
    """Move an incident on; what is not pursued says why."""
    move_incident(actor, incident, told.state, told.why_not, version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/ties", roles=REPORTERS, answer=Made, subjects=ONE)
def tie_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentTieToRule) -> Made:
    """Rule how an incident hangs together with another."""
    return Made(id=tie_incidents(actor, incident, told.other, told.kind, reason=told.reason))


@route(router, "post", "/incident-ties/{tie}/end", roles=REPORTERS, answer=None, status=204, subjects={"tie": TIE})
def untie_one_incident(actor: Actor, tie: UUID, told: schemas.IncidentUntie) -> None:
    """Take a tie between incidents back."""
    untie_incidents(actor, tie, version=told.version, reason=told.reason)
