"""Agreements for programs: the list, one agreement, what is spoken for of a need, proposing, saying a word."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.agreements import schemas
from sild.wings.agreements.actions import SAYING, propose_agreement
from sild.wings.agreements.reads import AgreementFilter, agreement_record, agreements_of_need, list_agreements
from sild.wings.agreements.rules import Word

router = Router(tags=["agreements"])

READERS = PEOPLE - {Role.AUDITOR}
SPEAKERS = frozenset({Role.OFFICER, Role.RECIPIENT, Role.DONOR, Role.COMPANY})
ONE = {"agreement": "agreements.Agreement"}
NEED = {"need": "register.Need"}


@route(router, "get", "/agreements", roles=READERS, answer=Listed[schemas.Agreement])
def list_all_agreements(actor: Actor, wanted: Query[schemas.WantedAgreements]) -> Cut:
    """The agreements that you may see, the newest first."""
    narrowed = wanted.model_dump(exclude={"after", "limit", "q"})
    found, after = list_agreements(actor, AgreementFilter(**narrowed, text=wanted.q), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Agreement.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/agreements/{agreement}", roles=READERS, answer=schemas.WholeAgreement, subjects=ONE)
def read_agreement(actor: Actor, agreement: UUID) -> schemas.WholeAgreement:
    """An agreement with what was said, and what you may say now."""
    seen = agreement_record(actor, agreement)
    told = {name: getattr(seen, name) for name in schemas.WholeAgreement.model_fields if name != "agreement"}
    return schemas.WholeAgreement.model_validate(told | {"agreement": seen.row})


@route(router, "get", "/needs/{need}/agreements", roles=READERS, answer=schemas.OfNeed, subjects=NEED)
def read_agreements_of_need(actor: Actor, need: UUID) -> schemas.OfNeed:
    """What is spoken for of a need, with the agreements behind the sums; all on one page."""
    return schemas.OfNeed.model_validate(agreements_of_need(actor, need))


@route(router, "post", "/needs/{need}/agreements", roles=frozenset({Role.OFFICER}), answer=Made, subjects=NEED)
def propose_new_agreement(actor: Actor, need: UUID, new: schemas.NewAgreement) -> Made:
    """Put a quantity of an offer to those who asked."""
    return Made(id=propose_agreement(actor, need, new.offer, new.proposal(), reason=new.reason))


@route(router, "post", "/agreements/{agreement}/words", roles=SPEAKERS, answer=None, status=204, subjects=ONE)
def say_of_agreement(actor: Actor, agreement: UUID, told: schemas.NewWord) -> None:
    """Say a word of your side: acknowledge, accept, decline, commit, cannot help, recall, release."""
    SAYING[Word(told.word)](actor, agreement, told.saying(), version=told.version, reason=told.reason)
