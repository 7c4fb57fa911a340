"""Agreements for programs: the list, one agreement, what is spoken for of a need, proposing, saying a word."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.agreements import schemas
from sild.wings.agreements.actions import ASKING, GIVERS, GIVING, SAYING, propose_agreement, say_no_help, show_agreement, take_no_help_back
from sild.wings.agreements.reads import AgreementFilter, agreement_record, agreements_of_need, list_agreements
from sild.wings.agreements.reads.no_help import no_help_of
from sild.wings.agreements.rules import Word

router = Router(tags=["agreements"])

READERS = PEOPLE - {Role.AUDITOR}
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


@route(router, "put", "/agreements/{agreement}/visibility", roles=GIVING, answer=None, status=204, subjects=ONE)
def say_how_it_is_shown(actor: Actor, agreement: UUID, told: schemas.AgreementShown) -> None:
    """Say how what an agreement gives is shown to those who neither keep nor give it. What was named was read: it is never undone."""
    show_agreement(actor, agreement, told.visibility, named_from=told.named_from, version=told.version, reason=told.reason)


@route(router, "get", "/needs/{need}/no-help", roles=READERS, answer=Listed[schemas.NoHelp], subjects=NEED)
def list_no_help(actor: Actor, need: UUID) -> Cut:
    """Who said that they cannot help with a need, as far as you may know: your own word, and for who keeps the need everybody's."""
    return Cut(items=[schemas.NoHelp.model_validate(row) for row in no_help_of(actor, need).rows])


@route(router, "put", "/needs/{need}/no-help", roles=GIVERS, answer=Made, subjects=NEED)
def say_that_we_cannot_help(actor: Actor, need: UUID, told: schemas.NewNoHelp) -> Made:
    """Say that your organisation cannot help with a need. Who keeps the need reads it, no other giver does."""
    return Made(id=say_no_help(actor, need, told.why, reason=told.reason))


@route(router, "delete", "/needs/{need}/no-help", roles=GIVERS, answer=None, status=204, subjects=NEED)
def say_that_we_help_after_all(actor: Actor, need: UUID, told: schemas.HelpAfterAll) -> None:
    """Take back that your organisation cannot help with a need."""
    take_no_help_back(actor, need, reason=told.reason)


def _say(word: Word, roles: frozenset[Role]) -> None:
    """A route of its own for each word, for those who may say it, described as its act is."""
    act = SAYING[word]

    def said(actor: Actor, agreement: UUID, told: schemas.NewWord) -> None:
        act(actor, agreement, told.saying(), version=told.version, reason=told.reason)

    said.__name__, said.__doc__ = f"say_{word.name.lower()}", (act.__doc__ or "").split(" Raises ")[0]
    route(router, "post", f"/agreements/{{agreement}}/words/{word.value}", roles=roles, answer=None, status=204, subjects=ONE)(said)


for _word, _roles in (
    (Word.ACKNOWLEDGE, ASKING | GIVING),
    (Word.ACCEPT, ASKING),
    (Word.DECLINE, ASKING),
    (Word.COMMIT, GIVING),
    (Word.CANNOT_HELP, GIVING),
    (Word.RECALL, GIVING),
    (Word.RELEASE, ASKING),
):
    _say(_word, _roles)
