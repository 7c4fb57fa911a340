"""Forums and complaints for programs."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.response import schemas
from sild.wings.response.actions import WORKERS, withdraw_complaint, write_complaint
from sild.wings.response.reads import COMPLAINT, RESPONSE, ForumRow, forums_of
from sild.wings.response.routes.mount import router

ONE = {"response": RESPONSE}
PAPER = {"complaint": COMPLAINT}


def _forum(row: ForumRow) -> schemas.ForumBeside:
    alike = ("label", "purpose", "decides", "cycle", "contact_duty", "audience", "as_of", "from_memory")
    return schemas.ForumBeside(
        forum=row.fact.id,
        **{name: getattr(row.fact, name) for name in alike},
        sources=list(row.fact.sources),
        ticks=[schemas.ForumTick.model_validate(one) for one in row.ticks],
        complaints=[
            schemas.ComplaintTo.model_validate({name: getattr(one, name) for name in schemas.ComplaintTo.model_fields})
            for one in row.complaints
        ],
    )


@route(router, "get", "/responses/{response}/forums", roles=WORKERS, answer=schemas.ForumsBeside, subjects=ONE)
def list_response_forums(actor: Actor, response: UUID) -> schemas.ForumsBeside:
    """Where a State can turn, what each forum needs, and what of it is there."""
    return schemas.ForumsBeside(rows=[_forum(one) for one in forums_of(actor, response).rows])


@route(router, "post", "/responses/{response}/complaints", roles=WORKERS, answer=Made, subjects=ONE)
def write_response_complaint(actor: Actor, response: UUID, new: schemas.ComplaintToWrite) -> Made:
    """Write down what a forum is asked; the desk sends it nowhere."""
    return Made(id=write_complaint(actor, response, new.new()))


@route(router, "post", "/complaints/{complaint}/withdrawal", roles=WORKERS, answer=None, status=204, subjects=PAPER)
def withdraw_response_complaint(actor: Actor, complaint: UUID, told: schemas.ResponseWord) -> None:
    """Take a complaint back."""
    withdraw_complaint(actor, complaint, version=told.version, reason=told.reason)
