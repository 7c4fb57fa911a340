"""Verbs on listing packs: begin one, tick points, name identifiers, write reasons on open evidence, approve by two people, recall.

Every change of a draft takes its approvals away: two people approved what is frozen, to the letter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from sild.formats.report_paper import paper_as_data
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.kernel.lowering import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.wings.response.actions.responses import OPENERS, WORKERS
from sild.wings.response.models import Listing, Response
from sild.wings.response.reads.listing import listing_record
from sild.wings.response.reads.listing_paper import listing_paper
from sild.wings.response.reads.openly import items_of
from sild.wings.response.reads.standing import closed_as, full, open_one, own, reason_given, short
from sild.wings.response.rules import (
    APPROVERS,
    LANGUAGES,
    MOST_IDENTIFIERS,
    MOST_LISTINGS,
    MOST_SENTENCES,
    IdentifierKind,
    ListingState,
    PreconditionStand,
    SubjectKind,
    listing_digest,
    listing_point,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewListing:
    """Who is to be listed, as typed, what they are, and in which language the paper is made."""

    name: str
    subject: SubjectKind = SubjectKind.PERSON
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIdentifier:
    """What tells the subject from others, as typed, and where it was read."""

    kind: IdentifierKind
    text: str
    source: str = ""


@action("response.begin-listing", roles=OPENERS)
def begin_listing(actor: Actor, response_id: UUID, new: NewListing, *, reason: str) -> UUID:
    """Begin a pack for a response to a case, on whose evidence it rests; returns its id. Raises NotThere, Refused."""
    response = open_one(actor, response_id)
    reason_given(reason)
    if response.case_id is None:
        raise Refused(_("A listing rests on the evidence of a case of attribution. Open a response to one."))
    if not short(new.name):
        raise Refused(_("Say who is to be listed, as it is written in its source."))
    if new.language not in LANGUAGES:
        raise Refused(_("Choose the language of the paper from the list."))
    if Listing.objects.filter(response_id=response.id).count() >= MOST_LISTINGS:
        raise Refused(_("The response has {most} listing packs, the most there are.").format(most=MOST_LISTINGS))
    one = Listing(
        response_id=response.id,
        name=short(new.name),
        subject=new.subject,
        language=new.language,
        begun_by_name=actor.name,
        begun_at=clock.now(),
        **closed_as(response),
    )
    one.save()
    return one.id


@action("response.tick-point", roles=WORKERS)
def tick_point(actor: Actor, listing_id: UUID, key: str, stand: PreconditionStand, *, version: int | None = None, reason: str) -> None:
    """Say of a point whether it is met, and what shows it. Raises NotThere, Stale, Refused."""
    one = _draft(actor, listing_id, version)
    if listing_point(key) is None:
        raise Refused(_("There is no such point. Choose one of the list."))
    one.ticks = {**one.ticks, key: {"stand": stand, "said": reason_given(reason), **_now(actor)}}
    _changed(one)


@action("response.name-identifier", roles=WORKERS)
def name_identifier(actor: Actor, listing_id: UUID, new: NewIdentifier, *, version: int | None = None, reason: str = "") -> None:
    """Write down what tells the subject from others. Raises NotThere, Stale, Refused."""
    one = _draft(actor, listing_id, version)
    if not short(new.text):
        raise Refused(_("Write the identifier as its source has it."))
    if len(one.identifiers) >= MOST_IDENTIFIERS:
        raise Refused(_("The pack has {most} identifiers, the most there are.").format(most=MOST_IDENTIFIERS))
    told = {"key": _key(one.identifiers), "kind": new.kind, "text": short(new.text), "source": short(new.source), **_now(actor)}
    one.identifiers = [*one.identifiers, told]
    _changed(one)


@action("response.write-reason", roles=WORKERS)
def write_reason(
    actor: Actor, listing_id: UUID, text: str, evidence: Collection[UUID], *, version: int | None = None, reason: str = ""
) -> None:
    """Add a sentence to the statement of reasons, on open evidence of the case alone. Raises NotThere, Stale; Refused with why not."""
    one = _draft(actor, listing_id, version)
    if not text.strip():
        raise Refused(_("Write the sentence."))
    if len(one.sentences) >= MOST_SENTENCES:
        raise Refused(_("The pack has {most} sentences, the most there are.").format(most=MOST_SENTENCES))
    wanted = list(dict.fromkeys(evidence))
    if not wanted:
        raise Refused(_("Say on which evidence the sentence rests. A sentence that rests on none has no place in it."))
    response: Response = Response.found(one.response_id)
    items = items_of(actor, response.case_id)
    for key in wanted:
        if key not in items:
            raise NotThere(_("There is no such item of evidence in this case."))
        if items[key].why_not:
            raise Refused(items[key].why_not)
    told = {"key": _key(one.sentences), "text": full(text), "evidence": [str(key) for key in wanted], **_now(actor)}
    one.sentences = [*one.sentences, told]
    _changed(one)


@action("response.strike-part", roles=WORKERS)
def strike_part(actor: Actor, listing_id: UUID, part: str, key: str, *, version: int | None = None, reason: str) -> None:
    """Take a sentence ("sentences") or an identifier ("identifiers") out of a draft. Raises NotThere, Stale, Refused."""
    one = _draft(actor, listing_id, version)
    reason_given(reason)
    if part not in ("sentences", "identifiers"):
        raise Refused(_("Choose one of the list."))
    kept = [each for each in getattr(one, part) if each["key"] != key]
    if len(kept) == len(getattr(one, part)):
        raise NotThere(_("It is not in the pack any more."))
    setattr(one, part, kept)
    _changed(one)


@action("response.approve-listing", roles=WORKERS, recalled=True)
def approve_listing(actor: Actor, listing_id: UUID, *, version: int | None = None, reason: str) -> bool:
    """Approve a draft to the letter; with the second person it is frozen. Returns whether it is.

    Raises NotThere, Stale; Refused for who approved already, without sentences, and where evidence is open no longer.
    """
    one = _draft(actor, listing_id, version)
    reason_given(reason)
    view = listing_record(actor, one.id)
    if not view.reasons:
        raise Refused(_("There is no sentence in the statement of reasons to approve."))
    for each in view.reasons:
        if each.changed or each.missing:
            said = each.changed[0] if each.changed else _("An item on which a sentence rests is gone.")
            raise Refused(_("{why} Take the sentence out or put its evidence right.").format(why=said))
    account = account_on(actor, actor.person)
    seats = {each["person"] for each in one.approvals}
    accounts = {each["account"] for each in one.approvals if each["account"]}
    if str(actor.person) in seats or (account is not None and str(account) in accounts):
        raise Refused(_("You approved it already. It takes two people."))
    told = {"person": str(actor.person), "account": str(account) if account is not None else "", **_now(actor), "name": actor.name}
    one.approvals = [*one.approvals, told]
    one.save()
    if len(one.approvals) < APPROVERS:
        return False
    house = Organisation.objects.filter(id=actor.organisation).first()
    with override(one.language):
        paper = listing_paper(listing_record(actor, one.id), made_by=house.name if house is not None else "", today=clock.today())
    one.state, one.frozen_at, one.content = ListingState.FROZEN, clock.now(), paper_as_data(paper)
    one.digest = listing_digest(one.content)
    one.save()
    return True


@action("response.recall-listing", roles=OPENERS, recalled=True)
def recall_listing(actor: Actor, listing_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Give the files of a pack no more, or leave a draft; whoever has a file is told by people. Raises NotThere, Stale, Refused."""
    one = own(actor, Listing, listing_id, version)
    if one.state == ListingState.RECALLED:
        raise Refused(_("The pack was recalled already."))
    one.state, one.recalled_why = ListingState.RECALLED, reason_given(reason)
    one.save()


def _draft(actor: Actor, listing_id: UUID, version: int | None) -> Listing:
    one = own(actor, Listing, listing_id, version)
    open_one(actor, one.response_id)
    if one.state != ListingState.DRAFT:
        raise Refused(_("The pack is frozen or recalled and stays as it is. Begin another."))
    return one


def _changed(one: Listing) -> None:
    """Keep a changed draft: what was approved was another text."""
    one.approvals = []
    one.save()


def _now(actor: Actor) -> dict[str, Any]:
    return {"by": actor.name, "at": clock.now().isoformat()}


def _key(rows: list[dict[str, Any]]) -> str:
    return str(max((int(row["key"]) for row in rows), default=0) + 1)
