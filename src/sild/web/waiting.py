"""What waits for me: the first page after sign-in. Each group is the beginning of a list that stands on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.page import page
from sild.kernel.proposals import proposals_to_confirm
from sild.wings.intake.public import Waiting, Wanted, inbox
from sild.wings.linkage.public import queue
from sild.wings.planning.public import plan_sheet
from sild.wings.register.public import NeedFilter, NeedRow, OfferFilter, OfferRow, list_needs, list_offers

SHOWN = 5
ACCESS_PAGES = {
    "intake.Message": "access.message",
    "register.Line": "access.line",
    "register.Need": "access.need",
    "register.Offer": "access.offer",
    "planning.Plan": "access.plan",
}
"""The page about who sees a record, by its kind."""
GATES = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that waits: where it is, what it is called, what is said beside it."""

    url: str
    title: str
    detail: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Things of one kind that wait; `all_url` leads to the whole list, `more` says that there are others."""

    title: str
    why: str
    items: tuple[Item, ...]
    all_url: str
    more: bool


@page("web.waiting", "")
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that waits for this person, most urgent first."""
    # one transaction for all the questions of the page
    with acting(actor):
        groups = [group for collect in COLLECTED for group in collect(actor) if group.items]
    return render(request, "web/waiting.html", {"groups": groups, "auditor": actor.roles == {Role.AUDITOR}})


def _due(actor: Actor) -> Iterator[Group]:
    today = clock.today()
    found: list[NeedRow | OfferRow] = [
        *list_needs(actor, NeedFilter(due=True), limit=SHOWN + 1).rows,
        *list_offers(actor, OfferFilter(due=True), limit=SHOWN + 1).rows,
    ]
    yield Group(
        title=_("Next steps that are due"),
        why=_("You or a colleague set this step and this day."),
        items=tuple(_worked(row, today) for row in found[:SHOWN]),
        all_url=f"{reverse('register.needs')}?due=yes",
        more=len(found) > SHOWN,
    )


def _mine(actor: Actor) -> Iterator[Group]:
    today = clock.today()
    found: list[NeedRow | OfferRow] = [
        *list_needs(actor, NeedFilter(mine=True), limit=SHOWN + 1).rows,
        *list_offers(actor, OfferFilter(mine=True), limit=SHOWN + 1).rows,
    ]
    yield Group(
        title=_("Yours"),
        why=_("Somebody gave you these to look after."),
        items=tuple(_worked(row, today) for row in found[:SHOWN]),
        all_url=f"{reverse('register.needs')}?mine=yes",
        more=len(found) > SHOWN,
    )


def _worked(row: NeedRow | OfferRow, today: date) -> Item:
    step, on = row.handling.next_step, row.handling.next_step_on
    name = "register.need" if isinstance(row, NeedRow) else "register.offer"
    body = row.beneficiary if isinstance(row, NeedRow) else row.provider
    return Item(
        url=reverse(name, args=[row.id]),
        title=row.title or _("without a title"),
        detail=" · ".join(part for part in (step, body) if part),
        urgent=on is not None and on <= today,
    )


def _gates(actor: Actor) -> Iterator[Group]:
    if not actor.roles & GATES:
        return
    found = list_needs(actor, NeedFilter(at_my_gate=True), limit=SHOWN + 1).rows
    yield Group(
        title=_("Needs at your gate"),
        why=_("They go on when you have ruled."),
        items=tuple(_need(row) for row in found[:SHOWN]),
        all_url=reverse("register.gates"),
        more=len(found) > SHOWN,
    )


def _need(row: NeedRow) -> Item:
    return Item(
        url=reverse("register.need", args=[row.id]),
        title=row.title or _("without a title"),
        detail=row.beneficiary,
        urgent=row.urgency == "critical",
    )


def _messages(actor: Actor) -> Iterator[Group]:
    if Role.OFFICER not in actor.roles:
        return
    for state, title, why in (
        (Waiting.WAITING, _("Messages to look through"), _("What was read from them waits for a person to accept, mend or reject it.")),
        (Waiting.QUARANTINED, _("Messages that could not be read"), _("Their originals are kept. Read them yourself, or ask the sender.")),
    ):
        found = inbox(actor, Wanted(state=state), limit=SHOWN)
        yield Group(
            title=title,
            why=why,
            items=tuple(Item(url=reverse("intake.message", args=[row.id]), title=row.title, detail=row.sender) for row in found.rows),
            all_url=f"{reverse('intake.inbox')}?state={state.value}",
            more=bool(found.after),
        )


def _links(actor: Actor) -> Iterator[Group]:
    if Role.OFFICER not in actor.roles:
        return
    found = queue(actor)
    yield Group(
        title=_("Pairs that may be one"),
        why=_("The desk proposes; you rule. The first ones decide most."),
        items=tuple(
            Item(url=reverse("linkage.pair", args=[one.early.id, one.late.id]), title=f"{one.early.item} ↔ {one.late.item}")
            for one in found.pairs[:SHOWN]
        ),
        all_url=reverse("linkage.links"),
        more=len(found.pairs) > SHOWN,
    )


def _lowerings(actor: Actor) -> Iterator[Group]:
    found = proposals_to_confirm(actor, limit=SHOWN + 1)
    yield Group(
        title=_("Markings to be lowered"),
        why=_("A colleague proposes it; a second person confirms or declines."),
        items=tuple(
            Item(url=reverse(ACCESS_PAGES[one.model], args=[one.subject]), title=one.why, detail=one.who)
            for one in found[:SHOWN]
            if one.model in ACCESS_PAGES
        ),
        all_url=reverse("web.waiting"),
        more=False,
    )


def _offers(actor: Actor) -> Iterator[Group]:
    if Role.RECIPIENT not in actor.roles:
        return
    found = list_offers(actor, OfferFilter(answer="open", withdrawn=False), limit=SHOWN + 1).rows
    yield Group(
        title=_("Offers to answer"),
        why=_("The one who asked decides: accept, accept in part, or decline with a reason."),
        items=tuple(Item(url=reverse("register.offer", args=[row.id]), title=row.title, detail=row.provider) for row in found[:SHOWN]),
        all_url=f"{reverse('register.offers')}?answer=open",
        more=len(found) > SHOWN,
    )


def _unmet(actor: Actor) -> Iterator[Group]:
    """For those who give: what a shared plan leaves open."""
    if not actor.roles & {Role.DONOR, Role.COMPANY}:
        return
    sheet = plan_sheet(actor)
    found = [row for row in sheet.rows if row.state in ("unmet", "partly")] if sheet is not None else []
    yield Group(
        title=_("Needs that nobody covers yet"),
        why=_("Endorsed, and open in the plan that was shared with you."),
        items=tuple(Item(url=reverse("register.need", args=[row.need]), title=row.title, detail=row.beneficiary) for row in found[:SHOWN]),
        all_url=f"{reverse('planning.plan')}?state=unmet",
        more=len(found) > SHOWN,
    )


COLLECTED: tuple[Callable[[Actor], Iterator[Group]], ...] = (_due, _gates, _lowerings, _offers, _messages, _links, _mine, _unmet)
"""In the order in which they are shown."""
