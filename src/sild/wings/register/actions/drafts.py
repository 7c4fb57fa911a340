"""Verbs on a giver's own drafts of offers: write, change, send to clearance, clear, send back, drop. Offering one is intake's, the door."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.lowering import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.said import said
from sild.values.marking import Marking
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import OfferDraft
from sild.wings.register.rules import CATEGORIES, LONGEST_WORDS, STEPS, WITH_WORDS, DraftStage, DraftStep, DraftWords, last_writer

GIVERS = frozenset({Role.DONOR, Role.COMPANY})
ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@action("register.write-offer-draft", roles=GIVERS)
def write_offer_draft(actor: Actor, words: DraftWords) -> UUID:
    """Begin an offer that nobody outside the giver's house sees. Raises Refused for words that make no offer."""
    draft = OfferDraft(**_fitted(actor, words))
    _step(actor, draft, DraftStep.WRITTEN, "")
    draft.save()
    return draft.id


@action("register.change-offer-draft", roles=GIVERS)
def change_offer_draft(actor: Actor, key: UUID, words: DraftWords, *, version: int | None = None) -> None:
    """Write a draft anew. Raises NotThere, Stale; Refused once it is at clearance or further."""
    draft = _own_draft(actor, key, version)
    _may(draft, DraftStep.CHANGED)
    for column, value in _fitted(actor, words).items():
        setattr(draft, column, value)
    _step(actor, draft, DraftStep.CHANGED, "")
    draft.save()


@action("register.move-offer-draft", roles=GIVERS)
def move_offer_draft(actor: Actor, key: UUID, step: DraftStep, *, version: int | None = None, words: str = "") -> None:
    """Send a draft to clearance, clear it, send it back, drop it or take it up again.

    The words stay with the draft and nowhere else: the ledger's readers are not of the giver's house. Raises NotThere, Stale; Refused
    where the step does not follow, where its words are missing, and where the one who wrote it would clear it although the mechanism
    asks for two people.
    """
    if step in (DraftStep.WRITTEN, DraftStep.CHANGED, DraftStep.OFFERED):
        raise Refused(_("A draft is written, changed and offered by its own forms."))
    draft = _own_draft(actor, key, version)
    _may(draft, step)
    told = words.strip()[:LONGEST_WORDS]
    if step in WITH_WORDS and not told:
        raise Refused(_("Say in a few words why; your colleagues read it beside the draft."))
    if step == DraftStep.CLEARED and mechanism_file(actor).offer_clearance == "two-people" and _wrote(actor, draft):
        raise Refused(_("You wrote this draft. The mechanism asks that somebody else of your organisation clears it."))
    _step(actor, draft, step, told)
    draft.save()


@action("register.note-offered", roles=GIVERS, recalled=True)
def note_offered(actor: Actor, key: UUID, message: UUID, reference: str, *, version: int) -> None:
    """Keep which message a cleared draft became. Raises NotThere, Stale, Refused."""
    draft = _own_draft(actor, key, version)
    _may(draft, DraftStep.OFFERED)
    draft.message_id, draft.reference = message, reference
    _step(actor, draft, DraftStep.OFFERED, "")
    draft.save()


def _own_draft(actor: Actor, key: UUID, version: int | None = None) -> OfferDraft:
    """A draft of the actor's own organisation. Raises NotThere, Stale."""
    draft = OfferDraft.found(key)
    if draft.owner_id != actor.organisation:
        raise NotThere(_("There is no such draft of yours."))
    if version is not None and draft.version != version:
        raise draft.stale()
    return draft


def _may(draft: OfferDraft, step: DraftStep) -> None:
    if DraftStage(draft.stage) not in STEPS[step][0]:
        told = _("The draft is at “{stage}”; that does not follow from there. Open it again and see what may be done.")
        raise Refused(told.format(stage=said().label(draft.stage, "draft-stage")))


def _step(actor: Actor, draft: OfferDraft, step: DraftStep, words: str) -> None:
    if step != DraftStep.WRITTEN:
        draft.stage = STEPS[step][1]
    account = account_on(actor, actor.person)
    kept = {"step": str(step), "by": actor.name, "person": str(actor.person), "account": str(account or ""), "words": words}
    draft.steps = [*draft.steps, kept | {"on": (mechanism_file(actor).today or clock.today()).isoformat()}]


def _wrote(actor: Actor, draft: OfferDraft) -> bool:
    """Whether the words that stand now are the actor's, from this seat or from another one of the same person."""
    writer = last_writer(draft.steps)
    mine = account_on(actor, actor.person)
    return writer.get("person") == str(actor.person) or (mine is not None and writer.get("account") == str(mine))


def _fitted(actor: Actor, words: DraftWords) -> dict[str, object]:
    """The columns of a draft. Raises Refused for an empty item, an unknown category, a number that is none, days the wrong way round."""
    told = asdict(words) | {name: " ".join(getattr(words, name).split()) for name in ("item", "unit", "beneficiary")}
    told["terms"] = " ".join(words.terms.split())[:LONGEST_WORDS]
    told |= {"item": told["item"][:400], "unit": told["unit"][:60], "beneficiary": told["beneficiary"][:300]}
    if not told["item"]:
        raise Refused(_("Say what you would give."))
    if words.category and words.category not in CATEGORIES:
        raise Refused(_("Choose a category of the list, or leave it open."))
    if any(amount is not None and amount <= 0 for amount in (words.quantity, words.value_amount)):
        raise Refused(_("An amount is above 0. Leave it empty where you do not know it."))
    if (words.value_amount is not None or words.value_currency) and not (
        words.value_amount is not None and len(words.value_currency) == 3 and set(words.value_currency) <= ALLOWED
    ):
        raise Refused(_("Say a value with its currency, such as 12000 and EUR."))
    if words.available_from and words.available_until and words.available_until < words.available_from:
        raise Refused(_("It would end before it begins. Mend one of the two days."))
    if words.marking > Marking.AMBER:
        raise Refused(_("An offer that others answer is at most TLP:AMBER. Leave out what must not be read by those who asked."))
    return told | {"marking": int(words.marking)}
