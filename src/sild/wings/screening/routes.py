"""Screening for programs: where parties stand, hits and rulings, the lists."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed
from sild.wings.screening import schemas
from sild.wings.screening.actions import OFFICERS, rule_hit, withdraw_list
from sild.wings.screening.reads import HitFilter, hit_record, list_hits, lists, screening_page
from sild.wings.screening.rules import HitState

router = Router(tags=["screening"])

HIT = {"hit": "screening.Hit"}


@route(router, "get", "/screening", roles=OFFICERS, answer=Listed[schemas.ScreenedParty])
def list_screened_parties(actor: Actor, wanted: Query[schemas.WantedStandings]) -> Cut:
    """Where every party stands, those to look at first; all on one page."""
    found = screening_page(actor, standing=wanted.standing, text=wanted.q)
    return Cut(items=[schemas.ScreenedParty.model_validate(row) for row in found.rows])


@route(router, "get", "/screening-hits", roles=OFFICERS, answer=Listed[schemas.Hit])
def list_screening_hits(actor: Actor, wanted: Query[schemas.WantedHits]) -> Cut:
    """The hits that you may see, the newest first."""
    asked = HitFilter(state=wanted.state, party=wanted.party, text=wanted.q)
    found, after = list_hits(actor, asked, after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Hit.model_validate(_row(row)) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/screening-hits/{hit}", roles=OFFICERS, answer=schemas.WholeHit, subjects=HIT)
def read_screening_hit(actor: Actor, hit: UUID) -> schemas.WholeHit:
    """A hit with both sides, its parts and what was ruled."""
    seen = hit_record(actor, hit)
    told = {name: getattr(seen, name) for name in ("party_names", "party_kind", "party_country", "parts", "rulings", "following", "entry")}
    return schemas.WholeHit.model_validate(told | {"hit": _row(seen.row)})


@route(router, "post", "/screening-hits/{hit}/rulings", roles=OFFICERS, answer=None, status=204, subjects=HIT)
def rule_screening_hit(actor: Actor, hit: UUID, told: schemas.NewRuling) -> None:
    """Confirm or clear a hit, or open it again, with the reason."""
    rule_hit(actor, hit, HitState(told.state), version=told.version, reason=told.reason)


@route(router, "get", "/screening-lists", roles=OFFICERS, answer=Listed[schemas.KeptList])
def list_screening_lists(actor: Actor) -> Cut:
    """The lists that were provided, by the day they speak of, the newest first; all on one page."""
    told = ({name: getattr(one, name) for name in schemas.KeptList.model_fields} for one in lists(actor))
    return Cut(items=[schemas.KeptList.model_validate(one) for one in told])


@route(
    router,
    "post",
    "/screening-lists/{list_id}/withdrawal",
    roles=OFFICERS,
    answer=None,
    status=204,
    subjects={"list_id": "screening.ScreeningList"},
)
def withdraw_screening_list(actor: Actor, list_id: UUID, told: schemas.ListWithdrawal) -> None:
    """Take a list away: nobody is screened against it any more."""
    withdraw_list(actor, list_id, version=told.version, reason=told.reason)


def _row(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in schemas.Hit.model_fields}
