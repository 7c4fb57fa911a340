"""Pages of questions across walls: asking about a record, what coordinators look at, the consent of a compartment."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel.actor import Actor, Role
from sild.kernel.moving import KEEPERS
from sild.kernel.page import page
from sild.wings.linkage.actions import answer_overlap, ask_overlap, consent_to_overlap
from sild.wings.linkage.reads import QuestionView, ask_page, consent_of, overlap_questions
from sild.wings.linkage.reads.overlap import ASKERS, may_answer
from sild.wings.linkage.rules.overlap import WINDOW_MONTHS

PAGES_OF = {"register.Need": "register.need", "register.Offer": "register.offer", "register.Line": "register.line"}
FAMILIES = {
    "defence": noop("protection of devices, networks, mail, accounts and control systems"),
    "watch": noop("logs, threat intelligence, weaknesses and assessments"),
    "response": noop("incident response, forensics and experts"),
    "data": noop("copies, cloud and places for servers"),
    "lines": noop("secure communication, satellite links and network equipment"),
    "machines": noop("devices, servers and power"),
    "programs": noop("licences and platforms of e-government"),
    "skills": noop("training, exercises and advice"),
}
"""What a family of categories is called."""
SIDES = {"need": noop("asked for"), "offer": noop("offered")}


@page("linkage.overlap-need", "needs/<uuid:need>/overlap/", roles=ASKERS, methods=("GET", "POST"), subjects={"need": "register.Need"})
def about_need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Whether something that one may not see may overlap with a need."""
    return _asked(request, actor, "register.Need", need)


@page("linkage.overlap-offer", "offers/<uuid:offer>/overlap/", roles=ASKERS, methods=("GET", "POST"), subjects={"offer": "register.Offer"})
def about_offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """Whether something that one may not see may overlap with an offer."""
    return _asked(request, actor, "register.Offer", offer)


@page("linkage.overlap-line", "lines/<uuid:line>/overlap/", roles=ASKERS, methods=("GET", "POST"), subjects={"line": "register.Line"})
def about_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Whether something that one may not see may overlap with a line."""
    return _asked(request, actor, "register.Line", line)


def _asked(request: HttpRequest, actor: Actor, model: str, key: UUID) -> HttpResponse:
    if request.method == "POST":
        ask_overlap(actor, model, key)
        return HttpResponseRedirect(request.path)
    found = ask_page(actor, model, key)
    context = {
        "asked": found,
        "family": _(FAMILIES[found.subject.record.family]),
        "side": _(SIDES[found.subject.record.side]),
        "months": WINDOW_MONTHS,
        "lists": Role.OFFICER in actor.roles,
        "url": request.path,
        "back": reverse(PAGES_OF[model], args=[key]),
    }
    return render(request, "linkage/overlap.html", context)


@page("linkage.overlaps", "overlaps/", roles=frozenset({Role.OFFICER}))
def overlaps(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Questions across walls that one may see: what was asked by whom, and whether something may overlap."""
    waiting = request.GET.get("show", "") == "waiting"
    found = overlap_questions(actor, waiting=waiting)
    context = {
        "asked": [(one, _page_of(one)) for one in found],
        "answering": may_answer(actor),
        "waiting": waiting,
        "choices": [
            ("", _("All of them"), reverse("linkage.overlaps")),
            ("waiting", _("Waiting for a word"), f"{reverse('linkage.overlaps')}?show=waiting"),
        ],
    }
    return render(request, "linkage/overlaps.html", context)


def _page_of(one: QuestionView) -> str:
    """Where the record stands that was asked about; "" where the reader does not see it."""
    return reverse(PAGES_OF[one.subject_model], args=[one.subject_id]) if one.title and one.subject_model in PAGES_OF else ""


@page(
    "linkage.overlap-word",
    "overlaps/<uuid:question>/word/",
    roles=frozenset({Role.OFFICER}),
    methods=("POST",),
    subjects={"question": "linkage.OverlapQuestion"},
)
def say_word(request: HttpRequest, actor: Actor, question: UUID) -> HttpResponse:
    """A coordinator tells those who asked what they may know."""
    answer_overlap(actor, question, request.POST.get("text", ""))
    messages.success(request, _("They were told. A word that was read cannot be taken back; say another one where it was wrong."))
    return HttpResponseRedirect(reverse("linkage.overlaps"))


@page(
    "linkage.overlap-room",
    "access/compartments/<uuid:compartment>/overlap/",
    roles=KEEPERS,
    methods=("GET", "POST"),
    subjects={"compartment": "kernel.Compartment"},
)
def room(request: HttpRequest, actor: Actor, compartment: UUID) -> HttpResponse:
    """Whether what lies in a compartment may be compared when somebody outside asks."""
    if request.method == "POST":
        given = request.POST.get("given", "") == "yes"
        consent_to_overlap(actor, compartment, given=given, reason=request.POST.get("reason", ""))
        return HttpResponseRedirect(request.path)
    return render(request, "linkage/overlap_room.html", {"consent": consent_of(actor, compartment), "url": request.path})
