"""Erasing in the browser: what is meant is looked up, what would go is shown to the last record, and then it is done, with a reason.

What is shown is foretold by the act itself. Where it is not the same any more when it is confirmed, nothing is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel.actor import Actor, Role
from sild.kernel.foretelling import foretold
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.actions.erasing import Erased, erase_message, erase_person
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads.held import Erasable, erasable, erasable_messages, messages_with

OFFICERS = frozenset({Role.OFFICER})
MOST_WORDS, LONGEST_WORD, MOST_NAMED, LONGEST_REASON = 20, 200, 50, 4000
RECORDS = {
    "intake.Message": noop("Messages"),
    "intake.MessageText": noop("Texts of messages as they were read"),
    "intake.Sighting": noop("Names under which messages came"),
    "intake.Receipt": noop("Acknowledgements to senders"),
    "intake.Reply": noop("Answers of senders"),
    "intake.SecondOpinion": noop("What the second reader said"),
    "intake.Bundle": noop("Archives in which messages came"),
    "kernel.Note": noop("Notes"),
    "kernel.Handling": noop("Next steps"),
    "register.Line": noop("Lines"),
    "register.Need": noop("Needs"),
    "register.Offer": noop("Offers"),
    "parties.Party": noop("Bodies that wait for review"),
    "planning.Plan": noop("Plans"),
    "clearance.LicenceCase": noop("Licence cases"),
    "agreements.Agreement": noop("Agreements"),
    "agreements.NoHelp": noop("Words of givers who cannot help"),
    "disclosure.Report": noop("Situation reports"),
    "delivery.Consignment": noop("Consignments"),
    "delivery.LetOn": noop("Words that let something go out"),
    "money.Flow": noop("Flows of money"),
    "money.Claim": noop("What sources say"),
    "signals.Incident": noop("Incidents"),
    "signals.PublicStatement": noop("Public statements"),
    "signals.SpeakingNotice": noop("Notices before something is said"),
    "signals.InfluenceStudy": noop("Studies of statements and incidents"),
    "continuity.System": noop("Systems"),
    "continuity.Dataset": noop("Datasets"),
    "continuity.Host": noop("Hosts"),
    "clearance.CaseDocument": noop("Papers of licence cases"),
    "clearance.Objection": noop("Objections"),
    "clearance.Donation": noop("Decisions on dual-use donations"),
    "clearance.ConditionWord": noop("Words on conditions"),
    "clearance.Handover": noop("Hand-overs"),
    "planning.Limit": noop("Limits"),
    "planning.Assessment": noop("Assessments"),
    "planning.NeedAssessment": noop("What people said of needs"),
    "planning.PriorityOverride": noop("Priorities that people set"),
    "planning.PlanScope": noop("Which needs plans take in"),
}
"""What is counted by name; the rest (keys and links that follow a line) is counted together."""


@page("intake.erase", "erase/", roles=OFFICERS, methods=("GET", "POST"))
def erase(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say whose words are to go; a message that is found by its words is chosen; then what would go is shown."""
    if request.method != "POST":
        done = request.session.pop("erased", None)
        return _asking(request, done=done, name=request.GET.get("name", "")[:300])
    try:
        if request.POST.get("what") == "person":
            return _preview(request, actor, _person(request))
        name, chosen = request.POST.get("name", "")[:300], _uuid(request.POST.get("message", ""))
        found = erasable(actor, [chosen]) if chosen is not None else erasable_messages(actor, name)
        if len(found) != 1:
            fault = "" if found else _("There is no message of yours that {name} names, and none that says it.").format(name=name.strip())
            return _asking(request, name=name, found=found, fault=fault if name.strip() else _("Say which message is meant."))
        return _preview(request, actor, _message(request, found[0]))
    except NotThere:
        raise
    except Refused as refusal:
        told = {"words": request.POST.get("words", ""), "name": request.POST.get("name", "")}
        return _asking(request, fault=str(refusal), **told)


@page("intake.erase-now", "erase/now/", roles=OFFICERS, methods=("POST",))
def erase_now(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Erase what was shown, with its reason, where it is still what was shown and the word was typed."""
    if request.POST.get("what") == "person":
        meant = _person(request)
    else:
        chosen = _uuid(request.POST.get("message", ""))
        found = erasable(actor, [chosen]) if chosen is not None else ()
        if not found:
            raise NotThere(_("There is no such message of yours."))
        meant = _message(request, found[0])
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    try:
        if not reason:
            raise Refused(_("Say why: the reason is all that stays."))
        if request.POST.get("typed", "").strip().casefold() != meant["typed"].casefold():
            raise Refused(_("Nothing was erased. Type {word} to confirm.").format(word=meant["typed"]))
        if _seen(actor, meant, foretold(lambda: meant["act"](actor, _FORETELLING))) != request.POST.get("seen", ""):
            raise Refused(_("Nothing was erased: what is held changed since you looked. This is how it is now."))
        erased: Erased = meant["act"](actor, reason)
    except NotThere:
        raise
    except Refused as refusal:
        return _preview(request, actor, meant, fault=str(refusal), reason=reason)
    request.session["erased"] = {"gone": _counted(erased.gone, erased), "changed": _counted(erased.changed)}
    return HttpResponseRedirect(reverse("intake.erase"))


_FORETELLING = "…"
"""The reason of an act that does not stay: too short to hold anybody's name."""


def _person(request: HttpRequest) -> dict[str, Any]:
    """The words of a person, and the act that erases them. Raises Refused."""
    words = [line.strip()[:LONGEST_WORD] for line in request.POST.get("words", "").splitlines() if line.strip()][:MOST_WORDS]
    if not words:
        raise Refused(_("Give at least one name or address of the person."))

    def act(actor: Actor, reason: str) -> Erased:
        return erase_person(actor, words, reason=reason)

    return {"what": "person", "typed": words[0], "act": act, "words": words, "fields": {"what": "person", "words": "\n".join(words)}}


def _message(request: HttpRequest, found: Erasable) -> dict[str, Any]:
    """A message, and the act that erases it."""
    whole = request.POST.get("whole") == "yes"

    def act(actor: Actor, reason: str) -> Erased:
        return erase_message(actor, found.id, reason=reason, whole=whole)

    fields = {"what": "message", "message": str(found.id), "whole": "yes" if whole else ""}
    # messages of before have no reference
    typed = found.reference or str(found.id)[:8]
    return {"what": "message", "typed": typed, "act": act, "message": found, "whole": whole, "fields": fields}


def _preview(request: HttpRequest, actor: Actor, meant: dict[str, Any], *, fault: str = "", reason: str = "") -> HttpResponse:
    act: Callable[[Actor, str], Erased] = meant["act"]
    erased = foretold(lambda: act(actor, _FORETELLING))
    named = _named(actor, meant)
    context = {
        **meant,
        "named": [{"view": one, "title": inert(one.title), "lines": [inert(line) for line in one.lines]} for one in named[:MOST_NAMED]],
        "more": max(0, len(named) - MOST_NAMED),
        "gone": _counted(erased.gone, erased),
        "changed": _counted(erased.changed),
        "nothing": not (erased.gone or erased.changed or erased.reasons),
        "fields": {**meant["fields"], "seen": _seen(actor, meant, erased)},
        "fault": fault,
        "reason": reason,
    }
    return render(request, "intake/erase_preview.html", context, status=422 if fault else 200)


def _named(actor: Actor, meant: dict[str, Any]) -> Sequence[Erasable]:
    return erasable(actor, messages_with(actor, meant["words"])) if meant["what"] == "person" else (meant["message"],)


def _seen(actor: Actor, meant: dict[str, Any], erased: Erased) -> str:
    """What was foretold in one word: another one where a record came, went or is another one."""
    told = (erased.gone, erased.changed, erased.files, erased.reasons, [str(one.id) for one in _named(actor, meant)])
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _counted(records: Sequence[tuple[str, int]], erased: Erased | None = None) -> list[list[Any]]:
    """Counts by what people call the records: originals and reasons too where the whole is told."""
    counts: dict[str, int] = {}
    for label, many in records:
        words = _(RECORDS[label]) if label in RECORDS else _("Keys and links that follow these")
        counts[words] = counts.get(words, 0) + many
    if erased is not None:
        # images of history are not counted for people: some may stand above what the officer sees
        counts |= {_("Original files"): erased.files, _("Reasons of acts"): erased.reasons}
    return [[words, many] for words, many in counts.items() if many]


def _asking(request: HttpRequest, **told: Any) -> HttpResponse:
    found = [{"view": one, "title": inert(one.title), "sender": inert(one.sender)} for one in told.pop("found", ())]
    return render(request, "intake/erase.html", {**told, "found": found}, status=422 if told.get("fault") else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
