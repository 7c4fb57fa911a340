"""Norms that incidents touch, for programs."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.response import schemas
from sild.wings.response.actions import OPENERS, WORKERS, touch_norm, untouch_norm
from sild.wings.response.reads import TOUCHED, NormRow, incidents_of_norms, norms_of_incident
from sild.wings.response.routes.mount import router
from sild.wings.signals.public import INCIDENT

ONE = {"incident": INCIDENT}


@route(router, "get", "/incidents/{incident}/norms", roles=WORKERS, answer=schemas.NormsTouched, subjects=ONE)
def read_incident_norms(actor: Actor, incident: UUID) -> schemas.NormsTouched:
    """The norms, each with what was said of this incident."""
    _incident, rows = norms_of_incident(actor, incident)
    return schemas.NormsTouched(norms=[_norm(one) for one in rows])


@route(router, "get", "/norm-incidents", roles=WORKERS, answer=schemas.NormsTouched)
def read_norm_incidents(actor: Actor) -> schemas.NormsTouched:
    """The norms, each with the incidents of which somebody said that they touch it."""
    return schemas.NormsTouched(norms=[_norm(one) for one in incidents_of_norms(actor)])


@route(router, "post", "/incidents/{incident}/norms", roles=OPENERS, answer=Made, subjects=ONE)
def touch_incident_norm(actor: Actor, incident: UUID, told: schemas.NormToTouch) -> Made:
    """Say how an incident touches a norm. The desk finds nobody in breach."""
    return Made(id=touch_norm(actor, incident, told.norm, told.touch, source=told.source, version=told.version, reason=told.reason))


@route(router, "post", "/touched-norms/{touched}/removal", roles=OPENERS, answer=None, status=204, subjects={"touched": TOUCHED})
def untouch_incident_norm(actor: Actor, touched: UUID, told: schemas.ResponseWord) -> None:
    """Take back that an incident touches a norm."""
    untouch_norm(actor, touched, version=told.version, reason=told.reason)


def _norm(one: NormRow) -> schemas.NormTouchedBy:
    return schemas.NormTouchedBy(
        norm=one.id,
        said=[
            schemas.TouchSaid(
                **{name: getattr(each, name) for name in schemas.TouchSaid.model_fields if name != "incident"}, incident=each.incident.id
            )
            for each in one.rows
        ],
    )
