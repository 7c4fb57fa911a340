"""What waits for somebody over the whole desk, group by group: the beginning of each list that stands somewhere as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import ngettext

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.proposals import proposals_to_confirm
from sild.kernel.waiting import WaitingItem, declared
from sild.wings.agreements.public import agreements_waiting
from sild.wings.attribution.public import late_inputs, rounds_waiting
from sild.wings.clearance.public import cases_waiting, list_handovers, objections_waiting
from sild.wings.delivery.public import State, consignments_waiting
from sild.wings.diplomacy.public import duties_due
from sild.wings.intake.reads.correspondence import replies
from sild.wings.intake.reads.inbox import InboxRow, Wanted, bodies_of, inbox
from sild.wings.intake.reads.sealed import sealed_messages
from sild.wings.intake.rules import Waiting
from sild.wings.linkage.public import overlap_questions, queue
from sild.wings.planning.public import plan_sheet
from sild.wings.register.public import (
    NeedFilter,
    NeedRow,
    NeedState,
    OfferFilter,
    OfferRow,
    endorsements_ending,
    list_needs,
    list_offers,
    needs_taken_back,
)
from sild.wings.screening.public import hits_waiting
from sild.wings.signals.public import notices_waiting

Kind = Literal[
    "sealed",
    "due",
    "gates",
    "withdrawals",
    "endorsements",
    "lowerings",
    "objections",
    "handovers",
    "licences",
    "screening",
    "inputs",
    "rounds",
    "notices",
    "approvals",
    "drills",
    "duties",
    "agreements",
    "consignments",
    "offers",
    "answers",
    "messages",
    "quarantined",
    "links",
    "overlaps",
    "mine",
    "unmet",
    "endorsed",
]
"""Messages that bear a classification line, next steps that are due, needs at one's gate or that a letter takes back, endorsements that
end, markings to be lowered, objections, hand-overs without an answer, licences to move on, screening hits to rule, late inputs to
attribution cases, rounds that want an answer or a second person, what one person approved and a second one is to, duties of diplomacy
whose day comes, agreements that wait for one's word, consignments to answer for or that are late, offers to answer, what senders
answered, messages to look through, messages that could not be read, pairs that may be one, possible overlaps behind walls that a
coordinator is to look at, what one looks after, needs that a shared plan leaves open, endorsed needs where no plan is shared yet."""

GATES = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})
MARKED = frozenset(
    {
        "intake.Message",
        "register.Line",
        "register.Need",
        "register.Offer",
        "planning.Plan",
        "clearance.LicenceCase",
        "clearance.Objection",
        "clearance.Donation",
        "clearance.Handover",
        "agreements.Agreement",
        "delivery.Consignment",
        "money.Flow",
        "signals.Incident",
        "signals.PublicStatement",
    }
)
"""Kinds of records with a page about who sees them, where a lowering is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """Things of one kind that wait; `more` says that there are others."""

    kind: Kind
    items: tuple[WaitingItem, ...]
    more: bool


@read
def what_waits(actor: Actor, *, most: int = 5) -> tuple[WaitingGroup, ...]:
    """Everything that waits for this person, the most urgent kind first, at most so many of each; kinds of which nothing waits are out."""
    return tuple(group for collect in COLLECTED for group in collect(actor, most) if group.items)


def _sealed(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.OFFICER in actor.roles:
        found = sealed_messages(actor, waiting=True)
        items = [WaitingItem(model="intake.SealedMessage", id=one.id, title=one.mark, detail=one.sender, urgent=True) for one in found]
        yield _group("sealed", items, most)


def _answers(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.OFFICER in actor.roles:
        found = replies(actor, limit=most + 1)
        items = [
            WaitingItem(model="intake.Reply", id=one.id, title=f"{one.word.upper()} {one.reference}", detail=one.sender) for one in found
        ]
        yield _group("answers", items, most)


def _due(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    found: list[NeedRow | OfferRow] = [
        *list_needs(actor, NeedFilter(due=True), limit=most + 1).rows,
        *list_offers(actor, OfferFilter(due=True), limit=most + 1).rows,
    ]
    yield _group("due", [_worked(row) for row in found], most)


def _mine(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    found: list[NeedRow | OfferRow] = [
        *list_needs(actor, NeedFilter(mine=True), limit=most + 1).rows,
        *list_offers(actor, OfferFilter(mine=True), limit=most + 1).rows,
    ]
    yield _group("mine", [_worked(row) for row in found], most)


def _gates(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if actor.roles & GATES:
        yield _group("gates", [_need(row) for row in list_needs(actor, NeedFilter(at_my_gate=True), limit=most + 1).rows], most)


def _withdrawals(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """A letter rules on nothing: the need stands, unplanned, until an officer or those who asked withdraw it or say that it stays."""
    if actor.roles & {Role.OFFICER, Role.RECIPIENT}:
        found = needs_taken_back(actor, limit=most + 1)
        yield _group("withdrawals", [replace(_need(row), urgent=row.state == NeedState.ENDORSED) for row in found], most)


def _endorsements(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Endorsements that lapse within thirty days, or have lapsed: the gates rule again, or an officer closes the need."""
    if actor.roles & {Role.OFFICER, *GATES}:
        items = [
            WaitingItem(model="register.Need", id=row.id, title=row.title, detail=row.beneficiary, urgent=row.lapsed)
            for row in endorsements_ending(actor, limit=most + 1)
        ]
        yield _group("endorsements", items, most)


def _messages(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.OFFICER not in actor.roles:
        return
    kinds: tuple[tuple[Kind, Waiting], ...] = (("messages", Waiting.WAITING), ("quarantined", Waiting.QUARANTINED))
    for kind, state in kinds:
        found = inbox(actor, Wanted(state=state), limit=most)
        items = [WaitingItem(model="intake.Message", id=row.id, title=row.title, detail=_told(row)) for row in found.rows]
        yield replace(_group(kind, items, most), more=bool(found.after))


def _told(row: InboxRow) -> str:
    """Who sent a message, or whom its lines speak of, and how many lines wait in it."""
    lines = ngettext("{count} line", "{count} lines", row.drafts).format(count=row.drafts) if row.drafts else ""
    return " · ".join(part for part in (row.sender or bodies_of(row), lines) if part)


def _links(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.OFFICER not in actor.roles:
        return
    pairs = queue(actor).pairs[: most + 1]
    items = [
        WaitingItem(model="register.Line", id=one.early.id, other=one.late.id, title=f"{one.early.item} ↔ {one.late.item}") for one in pairs
    ]
    yield _group("links", items, most)


def _lowerings(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    items = [
        WaitingItem(model=one.model, id=one.subject, title=one.why, detail=one.who)
        for one in proposals_to_confirm(actor, limit=most)
        if one.model in MARKED
    ]
    yield _group("lowerings", items, most)


def _offers(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.RECIPIENT not in actor.roles:
        return
    found = list_offers(actor, OfferFilter(answer="open", withdrawn=False), limit=most + 1).rows
    yield _group("offers", [WaitingItem(model="register.Offer", id=row.id, title=row.title, detail=row.provider) for row in found], most)


def _licences(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """What the liaison or the giver has to do, and, for liaisons and officers, where the day to ask again has come."""
    if not actor.roles & {Role.LICENCE_LIAISON, Role.OFFICER, Role.DONOR, Role.COMPANY}:
        return
    items = [
        WaitingItem(
            model="clearance.LicenceCase",
            id=row.id,
            title=row.item,
            detail=" · ".join(part for part in (row.provider, row.authority or row.jurisdiction) if part),
            urgent=row.due,
        )
        for row in cases_waiting(actor, most=most + 1)
    ]
    yield _group("licences", items, most)


def _screening(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Hits that an officer has to rule, those with most points first."""
    if Role.OFFICER in actor.roles:
        rows = hits_waiting(actor, most=most + 1)
        items = [WaitingItem(model="screening.Hit", id=row.id, title=row.party, detail=row.entry_name) for row in rows]
        yield _group("screening", items, most)


def _inputs(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """What bodies owe to open cases of attribution that the reader is in, and did not deliver in time."""
    items = [
        WaitingItem(model="attribution.Case", id=case, title=owed.what, detail=f"{owed.agency_name} · {title}", urgent=True)
        for owed, case, title in late_inputs(actor, most=most + 1)
    ]
    yield _group("inputs", items, most)


def _rounds(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Invitations to attribute together that want an answer, and evidence that wants a second person to leave its compartment."""
    items = [
        WaitingItem(model=model, id=key, title=title, detail=detail, urgent=late)
        for model, key, title, detail, late in rounds_waiting(actor, most=most + 1)
    ]
    yield _group("rounds", items, most)


def _notices(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Notices of what will be said in public that the reader did not say to have read."""
    items = [
        WaitingItem(model="signals.SpeakingNotice", id=row.id, title=row.title, detail=row.at.date().isoformat(), urgent=True)
        for row in notices_waiting(actor, most=most + 1)
    ]
    yield _group("notices", items, most)


def _approvals(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Statements and papers that one person approved and that want a second one."""
    yield _group("approvals", declared(actor, "approvals", most), most)


def _drills(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Drills whose day to be done again has passed."""
    yield _group("drills", declared(actor, "drills", most), most)


def _duties(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Duties of the own organisation that are overdue or due within thirty days."""
    items = [
        WaitingItem(model="diplomacy.Duty", id=row.id, title=row.what, detail=row.due_on.isoformat(), urgent=row.state == "overdue")
        for row in duties_due(actor, most=most + 1)
    ]
    yield _group("duties", items, most)


def _agreements(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    items = [
        WaitingItem(
            model="agreements.Agreement",
            id=row.id,
            title=row.title,
            detail=" · ".join(part for part in (row.giver, row.body) if part),
        )
        for row in agreements_waiting(actor, most=most)
    ]
    yield _group("agreements", items, most)


def _consignments(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """What is there and unanswered for those who receive, what is disputed or late for those who give, what is late for officers."""
    items = [
        WaitingItem(
            model="delivery.Consignment",
            id=row.id,
            title=row.title,
            detail=" · ".join(part for part in (row.giver, row.body) if part),
            urgent=row.overdue or row.state == State.DISPUTED,
        )
        for row in consignments_waiting(actor, most=most)
    ]
    yield _group("consignments", items, most)


def _objections(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Open objections to lines that an officer keeps; silence procedures in which anybody else may still speak."""
    items = [
        WaitingItem(model="clearance.Objection", id=row.id, title=row.item, detail=row.raised_by, urgent=row.silence_over or row.stops)
        for row in objections_waiting(actor, most=most + 1)
    ]
    yield _group("objections", items, most)


def _handovers(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    """Lines that were handed over and are not acknowledged in time, for the officers who sent them."""
    if Role.OFFICER in actor.roles:
        rows, _after = list_handovers(actor, overdue=True, limit=most + 1)
        items = [WaitingItem(model="clearance.Handover", id=row.id, title=row.item, detail=row.to, urgent=True) for row in rows]
        yield _group("handovers", items, most)


def _overlaps(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if Role.OFFICER in actor.roles:
        found = overlap_questions(actor, waiting=True, most=most + 1)
        items = [WaitingItem(model="linkage.OverlapQuestion", id=one.id, title=one.title, detail=one.organisation) for one in found]
        yield _group("overlaps", items, most)


def _unmet(actor: Actor, most: int) -> Iterator[WaitingGroup]:
    if not actor.roles & {Role.DONOR, Role.COMPANY}:
        return
    sheet = plan_sheet(actor)
    if sheet is None:
        yield _group("endorsed", [_need(row) for row in list_needs(actor, NeedFilter(state=NeedState.ENDORSED), limit=most + 1).rows], most)
        return
    found = [row for row in sheet.rows if row.state in ("unmet", "partly")]
    items = [WaitingItem(model="register.Need", id=row.need, title=row.title, detail=row.beneficiary) for row in found[: most + 1]]
    yield _group("unmet", items, most)


def _worked(row: NeedRow | OfferRow) -> WaitingItem:
    step, on = row.handling.next_step, row.handling.next_step_on
    need = isinstance(row, NeedRow)
    body = row.beneficiary if isinstance(row, NeedRow) else row.provider
    return WaitingItem(
        model="register.Need" if need else "register.Offer",
        id=row.id,
        title=row.title,
        detail=" · ".join(part for part in (step, body) if part),
        urgent=on is not None and on <= clock.today(),
    )


def _need(row: NeedRow) -> WaitingItem:
    return WaitingItem(model="register.Need", id=row.id, title=row.title, detail=row.beneficiary, urgent=row.urgency == "critical")


def _group(kind: Kind, items: list[WaitingItem], most: int) -> WaitingGroup:
    return WaitingGroup(kind=kind, items=tuple(items[:most]), more=len(items) > most)


COLLECTED: tuple[Callable[[Actor, int], Iterator[WaitingGroup]], ...] = (
    _sealed,
    _due,
    _gates,
    _withdrawals,
    _endorsements,
    _lowerings,
    _objections,
    _handovers,
    _licences,
    _screening,
    _inputs,
    _rounds,
    _notices,
    _approvals,
    _drills,
    _duties,
    _agreements,
    _consignments,
    _offers,
    _answers,
    _messages,
    _links,
    _overlaps,
    _mine,
    _unmet,
)
"""In the order in which they are told."""
