"""Outlook for programs: capacity, what lapses, on whom many depend; terms are written down, renewed, ended."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.outlook import schemas
from sild.wings.outlook.actions import KEEPERS, end_term, keep_term, renew_term
from sild.wings.outlook.reads import absorption_page, concentration_page, sustainment_page

router = Router(tags=["outlook"])

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"term": "outlook.Term"}


@route(router, "get", "/absorption", roles=READERS, answer=Listed[schemas.Capacity])
def list_capacity(actor: Actor, wanted: Query[schemas.WantedBody]) -> Cut:
    """What bodies can take in over the next months and what is planned for them; all on one page. Capacity is stated at /limits."""
    return Cut(items=[schemas.Capacity.model_validate(_capacity(one)) for one in absorption_page(actor) if wanted.body in ("", one.body)])


@route(router, "get", "/lapses", roles=READERS, answer=Listed[schemas.LapsingTerm])
def list_lapses(actor: Actor, wanted: Query[schemas.WantedBody]) -> Cut:
    """What lapses within a year and a half, or has lapsed, the earliest first, with what the plan brings instead; all on one page."""
    return Cut(items=[schemas.LapsingTerm.model_validate(one) for one in sustainment_page(actor, body=wanted.body).rows])


@route(router, "get", "/concentrations", roles=READERS, answer=Listed[schemas.Concentration])
def list_concentrations(actor: Actor, wanted: Query[schemas.WantedCategory]) -> Cut:
    """On whom two bodies or more lean, with the rows behind each share and what else is offered; all on one page."""
    return Cut(items=[schemas.Concentration.model_validate(one) for one in concentration_page(actor, category=wanted.category)])


@route(router, "post", "/terms", roles=KEEPERS, answer=Made)
def keep_new_term(actor: Actor, new: schemas.TermToKeep) -> Made:
    """Write down what runs out."""
    return Made(id=keep_term(actor, new.term()))


@route(router, "post", "/terms/{term}/renewal", roles=KEEPERS, answer=None, status=204, subjects=ONE)
def renew_kept_term(actor: Actor, term: UUID, told: schemas.TermRenewal) -> None:
    """It was renewed until a later day."""
    renew_term(actor, term, told.ends_on, version=told.version, reason=told.reason)


@route(router, "post", "/terms/{term}/ending", roles=KEEPERS, answer=None, status=204, subjects=ONE)
def end_kept_term(actor: Actor, term: UUID, told: schemas.Ending) -> None:
    """It is not needed any more."""
    end_term(actor, term, version=told.version, reason=told.reason)


def _capacity(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in schemas.Capacity.model_fields}
