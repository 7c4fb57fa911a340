"""Pages of diplomacy: norms and measures with their log, clocks and contacts; positions by topic; a draft checked; treaties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import as_csv
from sild.kernel.page import asked_from, offer_undo, page
from sild.kernel.sent import day_of, read_version, reason_of
from sild.values.marking import Marking
from sild.wings.diplomacy.actions import (
    WRITERS,
    answer_ping,
    confirm_contact,
    discharge_duty,
    end_duty,
    keep_contact,
    keep_duty,
    keep_position,
    keep_treaty_step,
    log_implementation,
    move_implementation,
    ping_contact,
    retire_contact,
    take_back,
)
from sild.wings.diplomacy.forms import contact_of, duty_of, implementation_of, position_of, progress_of, treaty_step_of
from sild.wings.diplomacy.models import ContactPoint, Duty, Implementation, Position, TreatyStep
from sild.wings.diplomacy.reads import (
    StateWord,
    checked_draft,
    contacts,
    duties,
    own_country,
    position_states,
    subject_record,
    subject_rows,
    topic_record,
    topic_rows,
    treaty_record,
    treaty_rows,
    words_of,
)
from sild.wings.diplomacy.reads.positions import LONGEST_DRAFT
from sild.wings.diplomacy.reads.told import country_of
from sild.wings.diplomacy.rules import ContactKind, Progress, TreatyAct, measures, months_after, norm_of, treaties
from sild.wings.parties.public import desk_day

READERS = PEOPLE - {Role.AUDITOR}
ENTRY = {"entry": Implementation._meta.label}
DUTY = {"duty": Duty._meta.label}
CONTACT = {"contact": ContactPoint._meta.label}
POSITION = {"position": Position._meta.label}
STEP = {"step": TreatyStep._meta.label}


def _may(actor: Actor) -> dict[str, Any]:
    """What every page says of the reader: whether they may write, and how a new entry may be marked."""
    return {"may": bool(actor.roles & WRITERS), "markings": [one for one in Marking if one <= actor.ceiling], "today": desk_day(actor)}


@page("diplomacy.norms", "diplomacy/norms/", roles=READERS)
def show_norms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The eleven norms, with what was done for each."""
    return render(request, "diplomacy/subjects.html", {"rows": subject_rows(actor, of="norms"), "of": "norms"})


@page("diplomacy.measures", "diplomacy/measures/", roles=READERS)
def show_measures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Confidence-building measures, with clocks and contact points."""
    context = {"rows": subject_rows(actor, of="measures"), "of": "measures", "due": duties(actor)}
    return render(request, "diplomacy/subjects.html", context)


@page("diplomacy.norm", "diplomacy/norms/<slug:subject>/", roles=READERS)
def show_norm(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """One norm."""
    return _subject(request, actor, subject)


@page("diplomacy.measure", "diplomacy/measures/<slug:subject>/", roles=READERS)
def show_measure(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """One measure."""
    return _subject(request, actor, subject)


def _subject(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """What a norm or measure asks, the log, clocks, contact points, and forms for each."""
    found = subject_record(actor, subject)
    today = desk_day(actor)
    clocks = getattr(found.fact, "clocks", ())
    context = {
        "found": found,
        "is_norm": norm_of(subject) is not None,
        "progresses": list(Progress),
        "kinds": list(ContactKind),
        "proposed": [(one, months_after(today, one.every_months)) for one in clocks],
        "country": own_country(actor),
        **_may(actor),
    }
    return render(request, "diplomacy/subject.html", context)


@page("diplomacy.contacts", "diplomacy/contacts/", roles=READERS)
def show_contacts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All contact points with their pings; as a file where the address says format=csv."""
    rows = contacts(actor)
    if request.GET.get("format") == "csv":
        heads = [(name, name) for name in ("subject", "country", "contact_kind", "office", "reach", "confirmed_on", "old", "open_ping")]
        return download(as_csv(rows, heads), f"contacts-{clock.today()}.csv", CSV)
    places = [(one.id, one) for one in measures() if one.contacts] + [(one.id, one) for one in treaties()]
    return render(request, "diplomacy/contacts.html", {"rows": rows, "places": places, "names": dict(places), **_may(actor)})


@page("diplomacy.log", "diplomacy/about/<slug:subject>/log/", roles=WRITERS, methods=("POST",))
def log(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """Put an entry into the log."""
    log_implementation(actor, implementation_of(request.POST.dict(), subject), reason=reason_of(request))
    return _back(request, _("It stands in the log."), "diplomacy.norms" if norm_of(subject) is not None else "diplomacy.measures")


@page("diplomacy.move", "diplomacy/entries/<uuid:entry>/move/", roles=WRITERS, methods=("POST",), subjects=ENTRY)
def move(request: HttpRequest, actor: Actor, entry: UUID) -> HttpResponse:
    """How far an entry is now."""
    told = request.POST.dict()
    on, proof = day_of(told.get("on", "")), told.get("proof", "")
    move_implementation(actor, entry, progress_of(told), on=on, proof=proof, version=read_version(request), reason=reason_of(request))
    return _back(request, _("It is written down."), "diplomacy.norms")


@page("diplomacy.keep-duty", "diplomacy/about/<slug:subject>/clocks/", roles=WRITERS, methods=("POST",))
def start_clock(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """Start a clock."""
    keep_duty(actor, duty_of(request.POST.dict(), subject), reason=reason_of(request))
    return _back(request, _("The clock runs."), "diplomacy.measures")


@page("diplomacy.discharge", "diplomacy/clocks/<uuid:duty>/done/", roles=WRITERS, methods=("POST",), subjects=DUTY)
def discharge(request: HttpRequest, actor: Actor, duty: UUID) -> HttpResponse:
    """What was due is done."""
    discharge_duty(actor, duty, on=day_of(request.POST.get("on", "")), version=read_version(request), reason=reason_of(request))
    return _back(request, _("It is done; the clock starts again where it is due again."), "diplomacy.measures")


@page("diplomacy.end-duty", "diplomacy/clocks/<uuid:duty>/end/", roles=WRITERS, methods=("POST",), subjects=DUTY)
def stop_clock(request: HttpRequest, actor: Actor, duty: UUID) -> HttpResponse:
    """The clock is not needed any more."""
    end_duty(actor, duty, version=read_version(request), reason=reason_of(request))
    return _back(request, _("The clock was ended."), "diplomacy.measures")


@page("diplomacy.keep-contact", "diplomacy/about/<slug:subject>/contacts/", roles=WRITERS, methods=("POST",))
def add_contact(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """Write a contact point down."""
    keep_contact(actor, contact_of(request.POST.dict(), subject), reason=reason_of(request))
    return _back(request, _("The contact point is written down."), "diplomacy.contacts")


def _declare_contact_act(name: str, doing: Callable[[HttpRequest, Actor, UUID], str]) -> None:
    @page(f"diplomacy.{name}-contact", f"diplomacy/contacts/<uuid:contact>/{name}/", roles=WRITERS, methods=("POST",), subjects=CONTACT)
    def view(request: HttpRequest, actor: Actor, contact: UUID) -> HttpResponse:
        return _back(request, doing(request, actor, contact), "diplomacy.contacts")


def _confirmed(request: HttpRequest, actor: Actor, contact: UUID) -> str:
    told = request.POST.dict()
    words = {name: told.get(name, "") for name in ("office", "reach")}
    confirm_contact(actor, contact, **words, on=day_of(told.get("on", "")), version=read_version(request), reason=reason_of(request))
    return _("The contact point was confirmed.")


def _pinged(request: HttpRequest, actor: Actor, contact: UUID) -> str:
    ping_contact(actor, contact, on=day_of(request.POST.get("on", "")), version=read_version(request), reason=reason_of(request))
    return _("It is written down that a ping was sent.")


def _answered(request: HttpRequest, actor: Actor, contact: UUID) -> str:
    answer_ping(actor, contact, on=day_of(request.POST.get("on", "")), version=read_version(request), reason=reason_of(request))
    return _("It is written down that the ping was answered.")


def _retired(request: HttpRequest, actor: Actor, contact: UUID) -> str:
    retire_contact(actor, contact, version=read_version(request), reason=reason_of(request))
    return _("The contact point was retired.")


for _name, _doing in (("confirm", _confirmed), ("ping", _pinged), ("answer", _answered), ("retire", _retired)):
    _declare_contact_act(_name, _doing)


@page("diplomacy.topics", "diplomacy/positions/", roles=READERS)
def show_topics(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Topics of international law: the word of one State, and how many say the same or otherwise."""
    country = _country(request)
    context = {
        "rows": topic_rows(actor, country),
        "country": country or own_country(actor),
        "states": position_states(actor),
        **_may(actor),
    }
    return render(request, "diplomacy/topics.html", context)


@page("diplomacy.topic", "diplomacy/positions/<slug:topic>/", roles=READERS)
def show_topic(request: HttpRequest, actor: Actor, topic: str) -> HttpResponse:
    """One topic: what every State said, those who differ first; as a file where the address says format=csv."""
    found = topic_record(actor, topic, _country(request))
    if request.GET.get("format") == "csv":
        heads = [(name, name) for name in StateWord.__dataclass_fields__]
        return download(as_csv(words_of(found), heads), f"positions-{found.topic.id}.csv", CSV)
    return render(request, "diplomacy/topic.html", {"found": found, "states": position_states(actor), **_may(actor)})


@page("diplomacy.keep-position", "diplomacy/positions/<slug:topic>/positions/", roles=WRITERS, methods=("POST",))
def add_position(request: HttpRequest, actor: Actor, topic: str) -> HttpResponse:
    """Write a position down."""
    keep_position(actor, position_of(request.POST.dict(), topic), reason=reason_of(request))
    return _done(request, _("The position is written down."), "diplomacy.topic", topic)


@page("diplomacy.take-back-position", "diplomacy/said/<uuid:position>/take-back/", roles=WRITERS, methods=("POST",), subjects=POSITION)
def take_back_position(request: HttpRequest, actor: Actor, position: UUID) -> HttpResponse:
    """Take a position away that was written down wrongly."""
    take_back(actor, position, version=read_version(request), reason=reason_of(request))
    return _back(request, _("The position was taken away."), "diplomacy.topics")


@page("diplomacy.draft", "diplomacy/draft/", roles=READERS, methods=("GET", "POST"))
def check_draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A draft held against what the own State said. Nothing of it is kept."""
    text = request.POST.get("text", "").replace("\x00", "")[:LONGEST_DRAFT] if request.method == "POST" else ""
    country = country_of(request.POST["country"]) if request.POST.get("country", "").strip() else ""
    found = checked_draft(actor, text, country) if text.strip() else None
    context = {"text": text, "found": found, "country": country or own_country(actor), "longest": LONGEST_DRAFT}
    return render(request, "diplomacy/draft.html", context)


@page("diplomacy.treaties", "diplomacy/treaties/", roles=READERS)
def show_treaties(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The treaties on cybercrime: how many States, and where the own State stands."""
    rows = [(one, next((seen for seen in one.seen if seen.country and seen.country == one.country), None)) for one in treaty_rows(actor)]
    return render(request, "diplomacy/treaties.html", {"rows": rows, "country": own_country(actor)})


@page("diplomacy.treaty", "diplomacy/treaties/<slug:treaty>/", roles=READERS)
def show_treaty(request: HttpRequest, actor: Actor, treaty: str) -> HttpResponse:
    """One treaty: States as sources show them, and what was written down here."""
    context = {"found": treaty_record(actor, treaty), "acts": list(TreatyAct), "kinds": list(ContactKind), **_may(actor)}
    return render(request, "diplomacy/treaty.html", context)


@page("diplomacy.keep-treaty-step", "diplomacy/treaties/<slug:treaty>/acts/", roles=WRITERS, methods=("POST",))
def add_treaty_step(request: HttpRequest, actor: Actor, treaty: str) -> HttpResponse:
    """Write down what a State did with a treaty."""
    keep_treaty_step(actor, treaty_step_of(request.POST.dict(), treaty), reason=reason_of(request))
    return _done(request, _("It is written down."), "diplomacy.treaty", treaty)


@page("diplomacy.take-back-step", "diplomacy/treaty-acts/<uuid:step>/take-back/", roles=WRITERS, methods=("POST",), subjects=STEP)
def take_back_step(request: HttpRequest, actor: Actor, step: UUID) -> HttpResponse:
    """Take an act on a treaty away that was written down wrongly."""
    take_back(actor, step, version=read_version(request), reason=reason_of(request))
    return _back(request, _("It was taken away."), "diplomacy.treaties")


def _country(request: HttpRequest) -> str:
    """The country that an address asks for; "" for none. Raises Refused."""
    told = request.GET.get("state", "").strip()
    return country_of(told) if told else ""


def _done(request: HttpRequest, words: str, name: str, *arguments: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse(name, args=arguments))


def _back(request: HttpRequest, words: str, otherwise: str) -> HttpResponse:
    """Offer undo, and go back to the page of the desk that the form stood on; `otherwise` where it is not told."""
    offer_undo(request, words)
    path = asked_from(request)
    return HttpResponseRedirect(path if path.startswith("/diplomacy/") else reverse(otherwise))
