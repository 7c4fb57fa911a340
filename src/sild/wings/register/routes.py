"""Needs, offers and lines for programs: lists, whole records, rulings, casework."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.casework import WORKERS, add_note, assign, set_next_step
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made, Paging
from sild.wings.register import schemas
from sild.wings.register.actions import (
    GIVERS,
    Part,
    accept_line,
    answer_offer,
    change_offer_draft,
    mend_line,
    move_offer_draft,
    reject_line,
    reopen_line,
    rule_channel,
    rule_gate,
    set_state,
    split_line,
    write_offer_draft,
)
from sild.wings.register.actions.answers import REQUESTERS
from sild.wings.register.actions.gates import AT_GATES, WHO_MOVE
from sild.wings.register.actions.mending import OFFICERS
from sild.wings.register.reads import (
    LineFilter,
    NeedFilter,
    OfferFilter,
    line_record,
    list_lines,
    list_needs,
    list_offers,
    need_record,
    offer_draft,
    offer_drafts,
    offer_record,
)
from sild.wings.register.rules import Answer, DraftStep, NeedState

Body = TypeVar("Body", bound=Callable[..., Any])

router = Router(tags=["register"])

NEED, OFFER, LINE = {"need": "register.Need"}, {"offer": "register.Offer"}, {"line": "register.Line"}
DRAFT = {"draft": "register.OfferDraft"}


def _narrowed(wanted: Paging) -> dict[str, Any]:
    return wanted.model_dump(exclude={"after", "limit"})


@route(router, "get", "/needs", roles=PEOPLE, answer=Listed[schemas.Need])
def find_needs(actor: Actor, wanted: Query[schemas.WantedNeeds]) -> Cut:
    """The needs that you may see, the newest first."""
    found = list_needs(actor, NeedFilter(**_narrowed(wanted)), after=wanted.after, limit=wanted.limit)
    return Cut(items=[schemas.Need.model_validate(row) for row in found.rows], after=found.after)


@route(router, "get", "/needs/{need}", roles=PEOPLE, answer=schemas.WholeNeed, subjects=NEED)
def read_need(actor: Actor, need: UUID) -> schemas.WholeNeed:
    """A need with its lines in all languages, its gates, its history, and who sees it."""
    return schemas.WholeNeed.model_validate(need_record(actor, need))


@route(router, "post", "/needs/{need}/rulings", roles=AT_GATES, answer=None, status=204, subjects=NEED)
def rule_on_need(actor: Actor, need: UUID, ruling: schemas.GateRuling) -> None:
    """A gate passes the need on, or does not; its last ruling counts. The same ruling in the same words is one ruling."""
    rule_gate(actor, need, NeedState(ruling.gate), ruling.passed, version=ruling.version, reason=ruling.reason)


@route(router, "post", "/needs/{need}/state", roles=WHO_MOVE, answer=None, status=204, subjects=NEED)
def move_need(actor: Actor, need: UUID, move: schemas.NeedMove) -> None:
    """Send the need to be clarified or reviewed, or withdraw it. Every other state is the gates' and the lines'."""
    set_state(actor, need, NeedState(move.state), version=move.version, reason=move.reason)


@route(router, "get", "/offers", roles=PEOPLE, answer=Listed[schemas.Offer])
def find_offers(actor: Actor, wanted: Query[schemas.WantedOffers]) -> Cut:
    """The offers that you may see, the newest first."""
    found = list_offers(actor, OfferFilter(**_narrowed(wanted)), after=wanted.after, limit=wanted.limit)
    return Cut(items=[schemas.Offer.model_validate(row) for row in found.rows], after=found.after)


@route(router, "get", "/offers/{offer}", roles=PEOPLE, answer=schemas.WholeOffer, subjects=OFFER)
def read_offer(actor: Actor, offer: UUID) -> schemas.WholeOffer:
    """An offer with its lines, its history, and who sees it."""
    return schemas.WholeOffer.model_validate(offer_record(actor, offer))


@route(router, "post", "/offers/{offer}/answer", roles=REQUESTERS, answer=None, status=204, subjects=OFFER)
def answer(actor: Actor, offer: UUID, said: schemas.OfferAnswer) -> None:
    """Accept or decline the offer; the last answer counts, and its giver reads the reason."""
    answer_offer(actor, offer, Answer(said.answer), version=said.version, reason=said.reason)


@route(router, "get", "/offer-drafts", roles=GIVERS, answer=Listed[schemas.OfferDraft])
def list_offer_drafts(actor: Actor) -> Cut:
    """The drafts of offers of your own organisation, the newest first; all on one page. Nobody outside it sees them."""
    return Cut(items=[schemas.OfferDraft.model_validate(one) for one in offer_drafts(actor)])


@route(router, "post", "/offer-drafts", roles=GIVERS, answer=Made)
def write_new_offer_draft(actor: Actor, new: schemas.OfferDraftToWrite) -> Made:
    """Begin an offer that nobody outside your organisation sees."""
    return Made(id=write_offer_draft(actor, new.told()))


@route(router, "get", "/offer-drafts/{draft}", roles=GIVERS, answer=schemas.OfferDraft, subjects=DRAFT)
def read_offer_draft(actor: Actor, draft: UUID) -> schemas.OfferDraft:
    """A draft with what was done with it."""
    return schemas.OfferDraft.model_validate(offer_draft(actor, draft))


@route(router, "put", "/offer-drafts/{draft}", roles=GIVERS, answer=None, status=204, subjects=DRAFT)
def write_offer_draft_anew(actor: Actor, draft: UUID, change: schemas.OfferDraftChange) -> None:
    """Write a draft anew, as long as it is not at clearance."""
    change_offer_draft(actor, draft, change.told(), version=change.version)


@route(router, "post", "/offer-drafts/{draft}/steps", roles=GIVERS, answer=None, status=204, subjects=DRAFT)
def take_step_with_offer_draft(actor: Actor, draft: UUID, move: schemas.OfferDraftMove) -> None:
    """Send a draft to your internal clearance, clear it, send it back, drop it or take it up again."""
    move_offer_draft(actor, draft, DraftStep(move.step), version=move.version, words=move.words)


@route(router, "get", "/lines", roles=PEOPLE, answer=Listed[schemas.Line])
def find_lines(actor: Actor, wanted: Query[schemas.WantedLines]) -> Cut:
    """The lines that you may see, the newest first."""
    found = list_lines(actor, LineFilter(**_narrowed(wanted)), after=wanted.after, limit=wanted.limit)
    return Cut(items=[schemas.Line.model_validate(row) for row in found.rows], after=found.after)


@route(router, "get", "/lines/{line}", roles=PEOPLE, answer=schemas.LineRecord, subjects=LINE)
def read_line(actor: Actor, line: UUID) -> schemas.LineRecord:
    """A line with the words that it was read from."""
    whole, beside = line_record(actor, line)
    return schemas.LineRecord(line=schemas.WholeLine.model_validate(whole), beside=schemas.Beside.model_validate(beside))


@route(router, "post", "/lines/{line}/accept", roles=OFFICERS, answer=None, status=204, subjects=LINE)
def accept(actor: Actor, line: UUID, ruling: schemas.LineRuling) -> None:
    """Accept what was read."""
    accept_line(actor, line, version=ruling.version, reason=ruling.reason)


@route(router, "post", "/lines/{line}/reject", roles=OFFICERS, answer=None, status=204, subjects=LINE)
def reject(actor: Actor, line: UUID, ruling: schemas.LineRejection) -> None:
    """Reject what was read; the line stays, out of the plan."""
    reject_line(actor, line, version=ruling.version, reason=ruling.reason)


@route(router, "post", "/lines/{line}/reopen", roles=OFFICERS, answer=None, status=204, subjects=LINE)
def reopen(actor: Actor, line: UUID, ruling: schemas.LineRuling) -> None:
    """Make a rejected line a draft again."""
    reopen_line(actor, line, version=ruling.version, reason=ruling.reason)


@route(router, "post", "/lines/{line}/channel", roles=OFFICERS, answer=None, status=204, subjects=LINE)
def rule_on_channel(actor: Actor, line: UUID, ruling: schemas.ChannelRuling) -> None:
    """Rule the line civil or military; a military need leaves this mechanism."""
    rule_channel(actor, line, ruling.channel, version=ruling.version, reason=ruling.reason)


@route(router, "patch", "/lines/{line}", roles=OFFICERS, answer=schemas.Mended, subjects=LINE)
def mend(actor: Actor, line: UUID, change: schemas.LineChange) -> schemas.Mended:
    """Set fields to what is right. What was read, and where it stands in the message, stays beside it."""
    changes = change.fields.model_dump(exclude_unset=True)
    return schemas.Mended(changed=list(mend_line(actor, line, change.version, changes, reason=change.reason)))


@route(router, "post", "/lines/{line}/split", roles=OFFICERS, answer=schemas.Split, subjects=LINE)
def split(actor: Actor, line: UUID, given: schemas.LineSplit) -> schemas.Split:
    """Make several lines of one that speaks of several things."""
    parts = [Part(**part.model_dump()) for part in given.parts]
    return schemas.Split(lines=list(split_line(actor, line, given.version, parts, reason=given.reason)))


@dataclass(frozen=True, slots=True)
class Worked:
    """A kind of record that organisations work on: its place, its name in the path, and what it is."""

    place: str
    name: str
    model: str


WORKED = (
    Worked("/needs", "need", "register.Need"),
    Worked("/offers", "offer", "register.Offer"),
    Worked("/lines", "line", "register.Line"),
)


def _named(name: str) -> Callable[[Body], Body]:
    """Give a body the name under which the document has it: one body serves several kinds."""

    def decorate(body: Body) -> Body:
        body.__name__ = name
        return body

    return decorate


def _casework(kind: Worked) -> None:
    """The same three verbs for every kind: a note, whose it is, the next step."""
    one, subjects = f"{kind.place}/{{subject}}", {"subject": kind.model}

    @route(router, "post", f"{one}/notes", roles=WORKERS, answer=Made, status=201, subjects=subjects)
    @_named(f"write_note_on_{kind.name}")
    def note(actor: Actor, subject: UUID, told: schemas.NewNote) -> Made:
        """Write a note beside it, for your own organisation."""
        return Made(id=add_note(actor, kind.model, subject, told.text))

    @route(router, "post", f"{one}/assignee", roles=WORKERS, answer=None, status=204, subjects=subjects)
    @_named(f"assign_{kind.name}")
    def assignee(actor: Actor, subject: UUID, told: schemas.Assignment) -> None:
        """Give it to somebody of your own organisation, or to nobody."""
        assign(actor, kind.model, subject, told.assignee, version=told.version)

    @route(router, "post", f"{one}/next-step", roles=WORKERS, answer=None, status=204, subjects=subjects)
    @_named(f"set_next_step_of_{kind.name}")
    def step(actor: Actor, subject: UUID, told: schemas.NextStep) -> None:
        """Say what your own organisation does next with it, and by when."""
        set_next_step(actor, kind.model, subject, told.text, told.on, version=told.version)


for worked in WORKED:
    _casework(worked)
