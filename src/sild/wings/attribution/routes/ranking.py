"""Catalogues, names and the ranking of a case for programs."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import WORKERS, see_trait, unsee_trait
from sild.wings.attribution.reads import CASE, SEEN_TRAIT, catalogues, named, ranking_of
from sild.wings.attribution.routes.mount import router

ONE = {"case": CASE}


@route(router, "get", "/actor-catalogues", roles=WORKERS, answer=schemas.ActorCatalogues)
def list_actor_catalogues(actor: Actor) -> schemas.ActorCatalogues:
    """Your organisation's catalogues of intrusion sets and of names, the newest first."""
    return schemas.ActorCatalogues(rows=[schemas.ActorCatalogue.model_validate(one) for one in catalogues(actor)])


@route(router, "get", "/actor-names", roles=WORKERS, answer=schemas.NameMeans)
def read_actor_name(actor: Actor, wanted: Query[schemas.WantedActorName]) -> schemas.NameMeans:
    """Every actor that goes by a name in the catalogues that count; none is chosen."""
    return schemas.NameMeans.model_validate(named(actor, wanted.name))


@route(router, "get", "/attribution-cases/{case}/ranking", roles=WORKERS, answer=schemas.CaseRanking, subjects=ONE)
def read_case_ranking(actor: Actor, case: UUID) -> schemas.CaseRanking:
    """Whom what was seen in a case is like, with reasons. It names nobody."""
    found = ranking_of(actor, case)
    return schemas.CaseRanking.model_validate({name: getattr(found, name) for name in schemas.CaseRanking.model_fields if name != "says"})


@route(router, "post", "/attribution-cases/{case}/seen-traits", roles=WORKERS, answer=Made, subjects=ONE)
def see_case_trait(actor: Actor, case: UUID, new: schemas.TraitToSee) -> Made:
    """Write down that a source saw a technique or a software."""
    return Made(id=see_trait(actor, case, new.new()))


@route(router, "post", "/seen-traits/{seen}/removal", roles=WORKERS, answer=None, status=204, subjects={"seen": SEEN_TRAIT})
def unsee_case_trait(actor: Actor, seen: UUID, told: schemas.CaseWord) -> None:
    """Take an entry away."""
    unsee_trait(actor, seen, version=told.version, reason=told.reason)
