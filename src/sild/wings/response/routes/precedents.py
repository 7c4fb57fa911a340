"""Precedents for programs."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.wings.response import schemas
from sild.wings.response.actions import WORKERS
from sild.wings.response.reads import RESPONSE, PrecedentRow, precedents_of
from sild.wings.response.routes.mount import router


def _precedent(one: PrecedentRow) -> schemas.LikePrecedent:
    alike = ("id", "label", "happened", "said", "note", "as_of", "from_memory")
    return schemas.LikePrecedent(
        **{name: getattr(one.fact, name) for name in alike},
        measures=list(one.fact.measures),
        responses=list(one.fact.responses),
        sources=list(one.fact.sources),
        parts=[schemas.LikePart.model_validate(part) for part in one.likeness.parts],
        left_out=list(one.likeness.left_out),
        own_state_spoke=one.spoke,
    )


@route(router, "get", "/responses/{response}/precedents", roles=WORKERS, answer=schemas.ResponsePrecedents, subjects={"response": RESPONSE})
def read_response_precedents(actor: Actor, response: UUID, wanted: Query[schemas.WantedPrecedents]) -> schemas.ResponsePrecedents:
    """What was done before in like cases, and where the picked options depart from it."""
    asked = {name: (value,) for name in ("sector", "effect", "actor") if (value := getattr(wanted, name))}
    found = precedents_of(actor, response, asked)
    return schemas.ResponsePrecedents(
        ours={name: list(value) for name, value in found.ours.items()},
        unknown=list(found.unknown),
        rows=[_precedent(one) for one in found.rows],
        then=dict(found.then),
        enough=found.enough,
        not_picked=dict(found.not_picked),
        not_then=[one.option for one in found.not_then],
        not_compared=[one.option for one in found.not_compared],
    )
