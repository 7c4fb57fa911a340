"""What waits for me: the first page after sign-in. Each group is the beginning of a list that stands on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.waiting import WaitingItem
from sild.wings.intake.public import Waiting, WaitingGroup, what_waits

PAGES_OF = {
    "intake.Message": "intake.message",
    "register.Line": "register.line",
    "register.Need": "register.need",
    "register.Offer": "register.offer",
    "clearance.LicenceCase": "clearance.case",
    "clearance.Objection": "clearance.objection",
    "clearance.Donation": "clearance.donation",
    "clearance.Handover": "clearance.handover",
    "agreements.Agreement": "agreements.one",
    "delivery.Consignment": "delivery.one",
    "disclosure.Report": "disclosure.one",
    "screening.Hit": "screening.hit",
    "money.Flow": "money.flow",
    "attribution.Case": "attribution.case",
    "attribution.Statement": "attribution.statement",
    "attribution.RoundInvitation": "attribution.invitation",
    "response.Response": "response.one",
    "response.Listing": "response.listing",
    "continuity.System": "continuity.system",
    "continuity.Dataset": "continuity.dataset",
    "continuity.Service": "continuity.service",
    "continuity.Host": "continuity.host",
    "continuity.CustodyCopy": "continuity.custody",
    "continuity.EvacuationPlan": "continuity.evacuation",
    "continuity.LightsOut": "continuity.lights-out-one",
    "signals.Incident": "signals.incident",
    "signals.PublicStatement": "signals.statement",
    "signals.InfluenceStudy": "signals.study",
    "signals.SpeakingNotice": "signals.notice",
}
"""The page of a record, by its kind."""
LISTED = {
    "intake.SealedMessage": "intake.sealed",
    "intake.Reply": "intake.correspondence",
    "linkage.OverlapQuestion": "linkage.overlaps",
    "diplomacy.Duty": "diplomacy.measures",
}
"""The page where records of a kind stand together, for those that have none of their own."""
ACCESS_PAGES = {
    "intake.Message": "access.message",
    "register.Line": "access.line",
    "register.Need": "access.need",
    "register.Offer": "access.offer",
    "planning.Plan": "access.plan",
    "clearance.LicenceCase": "access.case",
    "clearance.Objection": "access.objection",
    "clearance.Donation": "access.donation",
    "clearance.Handover": "access.handover",
    "agreements.Agreement": "access.agreement",
    "delivery.Consignment": "access.consignment",
    "money.Flow": "access.flow",
    "signals.Incident": "access.incident",
    "signals.PublicStatement": "access.statement",
    "continuity.System": "access.system",
    "continuity.Host": "access.host",
}
"""The page about who sees a record, by its kind."""

GROUPS = {
    "sealed": (
        gettext_noop("Sealed messages"),
        gettext_noop("They bear a classification line. Unanswered they are wiped when their time is over."),
        "intake.sealed",
        "",
    ),
    "answers": (
        gettext_noop("What senders answered"),
        gettext_noop("Each is a proposal until you confirm or dismiss it."),
        "intake.correspondence",
        "",
    ),
    "due": (
        gettext_noop("Next steps that are due"),
        gettext_noop("You or a colleague set this step and this day."),
        "register.needs",
        "due=yes",
    ),
    "gates": (gettext_noop("Needs at your gate"), gettext_noop("They go on when you have ruled."), "register.gates", ""),
    "withdrawals": (
        gettext_noop("Needs that a letter takes back"),
        gettext_noop("Nothing is planned or proposed for them until a person rules: withdraw the need, or reject the line that says so."),
        "register.needs",
        "",
    ),
    "endorsements": (
        gettext_noop("Endorsements that end"),
        gettext_noop("They lapse within thirty days, or have lapsed: the gates rule again, or an officer closes the need."),
        "register.needs",
        "state=endorsed",
    ),
    "lowerings": (
        gettext_noop("Markings to be lowered"),
        gettext_noop("A colleague proposes it; a second person confirms or declines."),
        "web.waiting",
        "",
    ),
    "licences": (
        gettext_noop("Licences to move on"),
        gettext_noop("It is your move, or the day has come to ask again. Nothing is sent by the desk: ask, and write down what they say."),
        "clearance.board",
        "",
    ),
    "screening": (
        gettext_noop("Screening hits to rule"),
        gettext_noop("A party may stand on your list. Compare both sides, and confirm or clear it with the reason."),
        "screening.parties",
        "",
    ),
    "inputs": (
        gettext_noop("Late inputs to attribution cases"),
        gettext_noop("A body did not deliver in time. Ask again, write down what came, or say why it is not needed."),
        "attribution.list",
        "state=open",
    ),
    "rounds": (
        gettext_noop("Co-attribution rounds"),
        gettext_noop("A State waits for an answer, or evidence waits for a second person before it leaves its compartment."),
        "attribution.rounds",
        "",
    ),
    "notices": (
        gettext_noop("Something will be said in public"),
        gettext_noop("You were told before, so that you know what to look for. Say that you read it."),
        "signals.notices",
        "",
    ),
    "approvals": (
        gettext_noop("Papers that want a second approval"),
        gettext_noop("A colleague approved it as it stands. Read it, and approve it too or say what is to change."),
        "attribution.list",
        "state=open",
    ),
    "drills": (
        gettext_noop("Drills that are overdue"),
        gettext_noop("What was not tried for long may not hold. Do it again under its name, or say on its page that it is not done again."),
        "continuity.lights-out",
        "",
    ),
    "duties": (
        gettext_noop("Duties whose day comes"),
        gettext_noop("Norms, measures and contact points that your own clocks name. Do it, then write down how."),
        "diplomacy.measures",
        "",
    ),
    "agreements": (
        gettext_noop("Agreements that wait for your word"),
        gettext_noop("Those who asked accept or decline what is proposed; then the giver commits, or says that they cannot help."),
        "agreements.list",
        "",
    ),
    "consignments": (
        gettext_noop("Consignments that wait for you"),
        gettext_noop("Those who receive answer for what is there; what is late or disputed waits for those who give."),
        "delivery.list",
        "",
    ),
    "handovers": (
        gettext_noop("Hand-overs without an answer"),
        gettext_noop("Nobody said yet that they arrived: ask, and write down what they say."),
        "clearance.handovers",
        "overdue=yes",
    ),
    "objections": (
        gettext_noop("Objections"),
        gettext_noop("Somebody objects. Nothing ends by itself: reply before a silence is over, or close it when it is."),
        "clearance.objections",
        "state=open",
    ),
    "offers": (
        gettext_noop("Offers to answer"),
        gettext_noop("The one who asked decides: accept, accept in part, or decline with a reason."),
        "register.offers",
        "answer=open",
    ),
    "messages": (
        gettext_noop("Messages to look through"),
        gettext_noop("What was read from them waits for a person to accept, mend or reject it."),
        "intake.inbox",
        f"state={Waiting.WAITING.value}",
    ),
    "quarantined": (
        gettext_noop("Messages that could not be read"),
        gettext_noop("Their originals are kept. Read them yourself, or ask the sender."),
        "intake.inbox",
        f"state={Waiting.QUARANTINED.value}",
    ),
    "links": (
        gettext_noop("Pairs that may be one"),
        gettext_noop("The desk proposes; you rule. The first ones decide most."),
        "linkage.links",
        "",
    ),
    "overlaps": (
        gettext_noop("Possible overlaps behind walls"),
        gettext_noop("Somebody asked, and something they do not see may be the same. Look at both sides; tell them what they may know."),
        "linkage.overlaps",
        "show=waiting",
    ),
    "mine": (gettext_noop("Yours"), gettext_noop("Somebody gave you these to look after."), "register.needs", "mine=yes"),
    "unmet": (
        gettext_noop("Needs that nobody covers yet"),
        gettext_noop("Endorsed, and open in the plan that was shared with you."),
        "planning.plan",
        "state=unmet",
    ),
    "endorsed": (
        gettext_noop("Endorsed needs"),
        gettext_noop("No plan was shared with you yet. Look at what you could give, and write to the secretariat."),
        "register.needs",
        "state=endorsed",
    ),
}
"""What a group is called, why it waits, and the page with the whole list, with its filter."""


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
    groups = [_in_words(group) for group in what_waits(actor)]
    return render(request, "web/waiting.html", {"groups": groups, "auditor": actor.roles == {Role.AUDITOR}})


def _in_words(group: WaitingGroup) -> Group:
    title, why, whole, wanted = GROUPS[group.kind]
    return Group(
        title=_(title),
        why=_(why),
        items=tuple(
            Item(url=_url(group.kind, item), title=item.title or _("without a title"), detail=item.detail, urgent=item.urgent)
            for item in group.items
        ),
        all_url=f"{reverse(whole)}?{wanted}" if wanted else reverse(whole),
        more=group.more,
    )


def _url(kind: str, item: WaitingItem) -> str:
    if item.other is not None:
        return reverse("linkage.pair", args=[item.id, item.other])
    if item.model in LISTED:
        return reverse(LISTED[item.model])
    return reverse((ACCESS_PAGES if kind == "lowerings" else PAGES_OF)[item.model], args=[item.id])
