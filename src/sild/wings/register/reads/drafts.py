"""A giver's own drafts of offers: read in the house that writes them and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.said import said
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.register.models import Line, OfferDraft
from sild.wings.register.rules import DraftStage, DraftStep, last_writer, steps_from

MOST = 500
"""Drafts of one house in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStepView:
    """What somebody did with a draft, on which day and with what words."""

    step: str
    by: str
    on: date | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft whole. `moves`: what may follow; `offer`: the offer that came of it, None where there is none to see."""

    id: UUID
    version: int
    created_at: datetime
    item: str
    category: str
    quantity: Decimal | None
    unit: str
    beneficiary: str
    value_amount: Decimal | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    terms: str
    marking: int
    stage: str
    steps: tuple[DraftStepView, ...]
    moves: tuple[DraftStep, ...]
    waits_for_another: bool
    reference: str
    offer: UUID | None
    provider: str


@read
def offer_drafts(actor: Actor) -> list[DraftView]:
    """The drafts of the actor's own organisation, the newest first."""
    found = list(OfferDraft.objects.filter(owner_id=actor.organisation).order_by("-created_at", "-id")[:MOST])
    return _views(actor, found)


@read
def offer_draft(actor: Actor, key: UUID) -> DraftView:
    """One draft of the actor's own organisation. Raises NotThere."""
    draft = OfferDraft.found(key)
    if draft.owner_id != actor.organisation:
        raise NotThere(_("There is no such draft of yours."))
    return _views(actor, [draft])[0]


@read
def draft_to_offer(actor: Actor, key: UUID, version: int | None) -> DraftView:
    """A draft that may be offered now. Raises NotThere, Stale; Refused where it is not cleared."""
    draft = OfferDraft.found(key, version=version)
    if draft.owner_id != actor.organisation:
        raise NotThere(_("There is no such draft of yours."))
    if draft.stage != DraftStage.CLEARED:
        told = _("The draft is at “{stage}”. It is offered when it was cleared.")
        raise Refused(told.format(stage=said().label(draft.stage, "draft-stage")))
    return _views(actor, [draft])[0]


def _views(actor: Actor, drafts: Sequence[OfferDraft]) -> list[DraftView]:
    messages = [draft.message_id for draft in drafts if draft.message_id is not None]
    offers = (
        dict(Line.objects.filter(message_id__in=messages, offer__isnull=False).values_list("message_id", "offer_id")) if messages else {}
    )
    spec = mechanism_file(actor)
    slugs = {identity: slug for slug, identity in organisation_ids(actor).items()}
    house = next((one for one in spec.organisations if one.slug == slugs.get(actor.organisation)), None)
    provider = (house.party or house.name) if house is not None else ""
    plain = (name for name in DraftView.__dataclass_fields__ if name not in ("steps", "moves", "waits_for_another", "offer", "provider"))
    columns = tuple(plain)
    return [
        DraftView(
            **{name: getattr(draft, name) for name in columns},
            steps=tuple(_step(one) for one in draft.steps),
            moves=steps_from(DraftStage(draft.stage)),
            waits_for_another=draft.stage == DraftStage.CLEARANCE
            and spec.offer_clearance == "two-people"
            and last_writer(draft.steps).get("person") == str(actor.person),
            offer=offers.get(draft.message_id) if draft.message_id is not None else None,
            provider=provider,
        )
        for draft in drafts
    ]


def _step(kept: dict[str, str]) -> DraftStepView:
    on = kept.get("on", "")
    return DraftStepView(
        step=kept.get("step", ""), by=kept.get("by", ""), on=date.fromisoformat(on) if on else None, words=kept.get("words", "")
    )


@read
def drafts_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's drafts of offers in which one of the words stands, as plain data."""
    told = Q()
    for word in words:
        for column in ("item", "beneficiary", "terms", "told"):
            told |= Q(**{f"{column}__icontains": word})
    if not told:
        return []
    drafts = OfferDraft.objects.annotate(told=Cast("steps", TextField())).filter(told, owner_id=actor.organisation)
    return [{"item": one.item, "beneficiary": one.beneficiary, "terms": one.terms, "steps": one.steps} for one in drafts.order_by("id")]


HELD_TOO["offer_drafts"] = drafts_naming
