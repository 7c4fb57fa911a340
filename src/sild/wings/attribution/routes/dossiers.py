"""Dossiers for programs: made, read with their STIX bundle, recalled."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import OPENERS, WORKERS, make_dossier, recall_dossier
from sild.wings.attribution.reads import CASE, DOSSIER, dossier_content, dossiers_of
from sild.wings.attribution.routes.mount import router

ONE = {"case": CASE}
PAPER = {"dossier": DOSSIER}


def _dossier(row: object) -> schemas.CaseDossier:
    return schemas.CaseDossier.model_validate({name: getattr(row, name) for name in schemas.CaseDossier.model_fields})


@route(router, "get", "/attribution-cases/{case}/dossiers", roles=WORKERS, answer=schemas.CaseDossiers, subjects=ONE)
def list_case_dossiers(actor: Actor, case: UUID) -> schemas.CaseDossiers:
    """The dossiers of a case."""
    return schemas.CaseDossiers(rows=[_dossier(row) for row in dossiers_of(actor, case)])


@route(router, "post", "/attribution-cases/{case}/dossiers", roles=OPENERS, answer=Made, subjects=ONE)
def make_case_dossier(actor: Actor, case: UUID, new: schemas.DossierToMake) -> Made:
    """Keep what an audience may be shown of a case today."""
    return Made(id=make_dossier(actor, case, new.new(), reason=new.reason))


@route(router, "get", "/dossiers/{dossier}", roles=WORKERS, answer=schemas.WholeDossier, subjects=PAPER)
def read_dossier(actor: Actor, dossier: UUID) -> schemas.WholeDossier:
    """A dossier with its STIX 2.1 bundle."""
    row, _case, _paper, bundle = dossier_content(actor, dossier)
    return schemas.WholeDossier(dossier=_dossier(row), bundle=bundle)


@route(router, "post", "/dossiers/{dossier}/recall", roles=OPENERS, answer=None, status=204, subjects=PAPER)
def recall_case_dossier(actor: Actor, dossier: UUID, told: schemas.CaseWord) -> None:
    """Give its files no more."""
    recall_dossier(actor, dossier, version=told.version, reason=told.reason)
