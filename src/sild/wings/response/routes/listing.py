"""Listing packs for programs: begun, filled on open evidence, approved by two people, recalled."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.response import schemas
from sild.wings.response.actions import (
    OPENERS,
    WORKERS,
    approve_listing,
    begin_listing,
    name_identifier,
    recall_listing,
    strike_part,
    tick_point,
    write_reason,
)
from sild.wings.response.reads import LISTING, RESPONSE, ListingRow, TickRow, listing_record, listings_of
from sild.wings.response.routes.mount import router

ONE = {"response": RESPONSE}
PACK = {"listing": LISTING}


def _row(one: ListingRow) -> schemas.ListingPackRow:
    return schemas.ListingPackRow.model_validate({name: getattr(one, name) for name in schemas.ListingPackRow.model_fields})


def _tick(one: TickRow) -> schemas.ListingTick:
    alike = ("kind", "label", "article", "as_of", "sources", "from_memory")
    told = {name: getattr(one.point, name) for name in alike}
    return schemas.ListingTick.model_validate({**told, "point": one.point.id, "stand": one.stand, "said": one.said, "by": one.by})


@route(router, "get", "/responses/{response}/listings", roles=WORKERS, answer=schemas.ListingPacks, subjects=ONE)
def list_listing_packs(actor: Actor, response: UUID) -> schemas.ListingPacks:
    """The listing packs of a response."""
    return schemas.ListingPacks(rows=[_row(one) for one in listings_of(actor, response)])


@route(router, "post", "/responses/{response}/listings", roles=OPENERS, answer=Made, subjects=ONE)
def begin_listing_pack(actor: Actor, response: UUID, new: schemas.ListingToBegin) -> Made:
    """Begin a listing pack for a response to a case."""
    return Made(id=begin_listing(actor, response, new.new(), reason=new.reason))


@route(router, "get", "/listings/{listing}", roles=WORKERS, answer=schemas.WholeListingPack, subjects=PACK)
def read_listing_pack(actor: Actor, listing: UUID) -> schemas.WholeListingPack:
    """A listing pack with its gaps."""
    found = listing_record(actor, listing)
    return schemas.WholeListingPack(
        pack=_row(found.row),
        ticks=[_tick(one) for one in found.ticks],
        identifiers=[schemas.ListingIdentifier.model_validate(one) for one in found.identifiers],
        reasons=[
            schemas.ListingReason(
                key=one.key, text=one.text, evidence=[item.row.id for item in one.items], changed=list(one.changed), by=one.by
            )
            for one in found.reasons
        ],
        approved_by=[one.name for one in found.approvals],
        gaps=list(found.gaps),
        digest=found.digest,
        intact=found.intact,
    )


@route(router, "put", "/listings/{listing}/point", roles=WORKERS, answer=None, status=204, subjects=PACK)
def tick_listing_point(actor: Actor, listing: UUID, told: schemas.PointToTick) -> None:
    """Say whether a point is met."""
    tick_point(actor, listing, told.point, told.stand, version=told.version, reason=told.reason)


@route(router, "post", "/listings/{listing}/identifiers", roles=WORKERS, answer=None, status=204, subjects=PACK)
def name_listing_identifier(actor: Actor, listing: UUID, new: schemas.IdentifierToName) -> None:
    """Name an identifier."""
    name_identifier(actor, listing, new.new(), version=new.version)


@route(router, "post", "/listings/{listing}/reasons", roles=WORKERS, answer=None, status=204, subjects=PACK)
def write_listing_reason(actor: Actor, listing: UUID, new: schemas.ReasonToWrite) -> None:
    """Write a sentence of the statement of reasons, on open evidence alone."""
    write_reason(actor, listing, new.text, new.evidence, version=new.version)


@route(router, "post", "/listings/{listing}/strikes", roles=WORKERS, answer=None, status=204, subjects=PACK)
def strike_listing_part(actor: Actor, listing: UUID, told: schemas.PartToStrike) -> None:
    """Take a sentence or an identifier out of a draft."""
    strike_part(actor, listing, told.part, told.key, version=told.version, reason=told.reason)


@route(router, "post", "/listings/{listing}/approvals", roles=WORKERS, answer=schemas.ListingApproved, subjects=PACK)
def approve_listing_pack(actor: Actor, listing: UUID, told: schemas.ResponseWord) -> schemas.ListingApproved:
    """Approve a draft to the letter; with the second person it is frozen."""
    return schemas.ListingApproved(frozen=approve_listing(actor, listing, version=told.version, reason=told.reason))


@route(router, "post", "/listings/{listing}/recall", roles=OPENERS, answer=None, status=204, subjects=PACK)
def recall_listing_pack(actor: Actor, listing: UUID, told: schemas.ResponseWord) -> None:
    """Give its files no more."""
    recall_listing(actor, listing, version=told.version, reason=told.reason)
