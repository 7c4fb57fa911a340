"""Copies in custody, for programs."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.continuity.actions import WORKERS
from sild.wings.continuity.actions.custody import add_receipt, end_custody, mend_custody, take_custody
from sild.wings.continuity.reads.custody import CUSTODY, CustodyRow, custody_board, custody_record
from sild.wings.continuity.routes.mount import router
from sild.wings.continuity.schemas import custody as schemas

ONE = {"custody": CUSTODY}


@route(router, "get", "/custody-copies", roles=WORKERS, answer=schemas.CustodyCopies)
def list_custody_copies(actor: Actor) -> schemas.CustodyCopies:
    """The copies in custody that you may see."""
    return schemas.CustodyCopies(copies=[_row(one) for one in custody_board(actor)])


@route(router, "get", "/custody-copies/{custody}", roles=WORKERS, answer=schemas.WholeCustodyCopy, subjects=ONE)
def read_custody_copy(actor: Actor, custody: UUID) -> schemas.WholeCustodyCopy:
    """A copy with its digests and what was done with it."""
    one = custody_record(actor, custody)
    return schemas.WholeCustodyCopy(
        row=_row(one.row),
        copy_name=one.copy,
        manifest=one.manifest,
        key=one.key,
        seconds=one.seconds,
        readers=list(one.readers),
        written_by=one.written_by,
        ended_why=one.ended_why,
        deeds=[
            schemas.CustodyDeedTold(**{name: getattr(each, name) for name in schemas.CustodyDeedTold.model_fields}) for each in one.deeds
        ],
    )


@route(router, "post", "/custody-copies", roles=WORKERS, answer=Made)
def take_custody_copy(actor: Actor, told: schemas.CustodyToTake) -> Made:
    """Take the receipt of a new copy in, as `sild custody copy` wrote it."""
    return Made(id=take_custody(actor, told.dataset, told.host, told.receipt.encode(), told.terms(), reason=told.reason))


@route(router, "post", "/custody-copies/{custody}/receipts", roles=WORKERS, answer=Made, subjects=ONE)
def add_custody_receipt(actor: Actor, custody: UUID, told: schemas.CustodyReceiptToAdd) -> Made:
    """Take in that a copy was verified or restored."""
    return Made(id=add_receipt(actor, custody, told.receipt.encode(), reason=told.reason))


@route(router, "post", "/custody-copies/{custody}/terms", roles=WORKERS, answer=None, status=204, subjects=ONE)
def mend_custody_copy(actor: Actor, custody: UUID, told: schemas.CustodyToMend) -> None:
    """Write down anew who keeps a copy, who opens it, who may see it."""
    mend_custody(actor, custody, told.terms(), version=told.version, reason=told.reason)


@route(router, "post", "/custody-copies/{custody}/end", roles=WORKERS, answer=None, status=204, subjects=ONE)
def end_custody_copy(actor: Actor, custody: UUID, told: schemas.CustodyEnd) -> None:
    """Say that a copy was returned or destroyed."""
    end_custody(actor, custody, told.state, version=told.version, reason=told.reason)


def _row(one: CustodyRow) -> schemas.CustodyCopyTold:
    return schemas.CustodyCopyTold.model_validate({name: getattr(one, name) for name in schemas.CustodyCopyTold.model_fields})
