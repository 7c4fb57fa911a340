"""Who sees a record, and why: its marking, releases, compartment and embargo; each change shows who would see it before it is done.

One page for each kind of record that people mark. A change is asked for on it, shown on a second page with its effect, and done there
with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel.access import AccessView, Audience, access_of, proposed_audience
from sild.kernel.actor import Actor
from sild.kernel.closing import MARKERS, raise_marking, set_embargo
from sild.kernel.grants import recall_release, release_to
from sild.kernel.lowering import confirm_lowering, decline_lowering, propose_lowering
from sild.kernel.moving import compartments_of
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.intake.actions import close_message_into
from sild.wings.signals.public import close_incident_into, close_statement_into

KINDS = {
    "message": "intake.Message",
    "line": "register.Line",
    "need": "register.Need",
    "offer": "register.Offer",
    "plan": "planning.Plan",
    "case": "clearance.LicenceCase",
    "objection": "clearance.Objection",
    "donation": "clearance.Donation",
    "handover": "clearance.Handover",
    "agreement": "agreements.Agreement",
    "consignment": "delivery.Consignment",
    "flow": "money.Flow",
    "incident": "signals.Incident",
    "statement": "signals.PublicStatement",
    "system": "continuity.System",
    "host": "continuity.Host",
}
"""What has a page about who sees it: the word in its address, and the kind of record."""
LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A change that was asked for: what the second page says of it, who would see the record then, and how it is done.

    `fields` go along to the second page; `perform(reason)` does it and returns where to go on.
    """

    title: str
    label: str
    text: str = ""
    names: Audience | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    danger: bool = False
    reason_wanted: bool = True
    perform: Callable[[str], str]


Asking = Callable[[HttpRequest, Actor, AccessView, str], Asked]


def _declare(kind: str, model: str) -> None:
    @page(f"access.{kind}", f"access/{kind}s/<uuid:{kind}>/", methods=("GET", "POST"), subjects={kind: model})
    def view(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
        key = identifiers[kind]
        access = access_of(actor, model, key)
        url = reverse(f"access.{kind}", args=[key])
        if request.method == "POST":
            return _answer(request, actor, access, url)
        return render(request, "intake/access.html", _context(actor, access, kind, url))


for _kind, _model in KINDS.items():
    _declare(_kind, _model)


def _context(actor: Actor, access: AccessView, kind: str, url: str) -> dict[str, object]:
    may = access.mine and bool(actor.roles & MARKERS)
    return {
        "access": access,
        "kind": kind,
        "url": url,
        "record_url": _record_url(kind, access.id),
        "may": may,
        "higher": [marking for marking in Marking if access.marking < marking <= actor.ceiling] if may else [],
        "lower": [marking for marking in Marking if access.floor <= marking < access.marking] if may else [],
        "rooms": compartments_of(actor) if may and kind in INTO and not access.compartment else [],
        "released": access.marking <= Marking.AMBER and not access.compartment,
    }


def _record_url(kind: str, key: UUID) -> str:
    if kind == "plan":
        return reverse("planning.plan")
    if kind in ("case", "objection", "donation", "handover"):
        return reverse(f"clearance.{kind}", args=[key])
    if kind in ("flow", "incident", "statement"):
        return reverse({"flow": "money.flow", "incident": "signals.incident", "statement": "signals.statement"}[kind], args=[key])
    if kind == "agreement":
        return reverse("agreements.one", args=[key])
    if kind == "consignment":
        return reverse("delivery.one", args=[key])
    if kind in ("system", "host"):
        return reverse(f"continuity.{kind}", args=[key])
    return reverse("intake.message" if kind == "message" else f"register.{kind}", args=[key])


def _answer(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> HttpResponse:
    asking = ASKED.get(request.POST.get("act", ""))
    if asking is None:
        raise Refused(_("The form did not say what to do. Go back and choose it."))
    asked = asking(request, actor, access, url)
    if request.POST.get("sure") != "yes":
        told = {
            "asked": asked,
            "title": asked.title,
            "text": " ".join(filter(None, [asked.text, asked.names.note if asked.names is not None else ""])),
            "names": asked.names.names if asked.names is not None else None,
            "fields": {**asked.fields, "act": request.POST["act"], "sure": "yes"},
            "version": access.version,
            "act_url": url,
            "act_label": asked.label,
            "back_url": url,
            "reason_wanted": asked.reason_wanted,
            "danger": asked.danger,
        }
        return render(request, "intake/access_sure.html", told)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:LONGEST_REASON]
    if asked.reason_wanted and not reason:
        raise Refused(_("Say why: the reason stays with the act."))
    onward = asked.perform(reason)
    messages.success(request, _("Done: {what}.").format(what=asked.title))
    return HttpResponseRedirect(onward)


def _version(request: HttpRequest) -> int:
    """The version that the second page was made from; the first one needs none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as fault:
        raise NotThere(_("There is no such record.")) from fault


def _marking(request: HttpRequest) -> Marking:
    try:
        return Marking.parse(request.POST.get("marking", ""))
    except ValueError as fault:
        raise Refused(_("Choose one of the five markings.")) from fault


def _organisations(request: HttpRequest, access: AccessView) -> tuple[list[UUID], str]:
    """The chosen organisations, from ticks or from the second page, with their names."""
    told = [*request.POST.getlist("organisation"), *request.POST.get("organisations", "").split()]
    known = dict(access.others) | {reader.organisation: reader.name for reader in (*access.released, *access.withheld)}
    try:
        chosen = sorted({UUID(text) for text in told})
    except ValueError as fault:
        raise NotThere(_("There is no such organisation in this mechanism.")) from fault
    if not chosen:
        raise Refused(_("Tick at least one organisation."))
    if not set(chosen) <= set(known):
        raise NotThere(_("There is no such organisation in this mechanism."))
    return chosen, "; ".join(known[one] for one in chosen)


def _raising(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    marking = _marking(request)

    def perform(reason: str) -> str:
        raise_marking(actor, access.model, access.id, marking, reason=reason, version=_version(request))
        return url

    return Asked(
        title=_("Mark it {marking}").format(marking=marking.label),
        text=_("Everything that was made from it is closed as far. One person raises a marking; two lower it."),
        label=_("Raise the marking"),
        names=proposed_audience(actor, access, marking=marking),
        fields={"marking": marking.name},
        perform=perform,
    )


def _embargo(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    try:
        day = date.fromisoformat(request.POST.get("until", ""))
        until = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except ValueError as fault:
        raise Refused(_("Name the day on which the embargo ends, such as 2026-12-15.")) from fault

    def perform(reason: str) -> str:
        set_embargo(actor, access.model, access.id, until, reason=reason, version=_version(request))
        return url

    return Asked(
        title=_("Keep it from all others until {when}").format(when=date_format(until, "j M Y")),
        label=_("Set the embargo"),
        names=proposed_audience(actor, access, embargo_until=until),
        fields={"until": day.isoformat()},
        perform=perform,
    )


def _releasing(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    chosen, names = _organisations(request, access)

    def perform(reason: str) -> str:
        release_to(actor, access.model, access.id, chosen, reason=reason)
        return url

    return Asked(
        title=_("Release it to {names}").format(names=names),
        text=_("What was read cannot be unread: a release is recalled, never undone."),
        label=_("Release it"),
        names=proposed_audience(actor, access, added=chosen),
        fields={"organisations": " ".join(map(str, chosen))},
        danger=True,
        perform=perform,
    )


def _recalling(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    chosen, names = _organisations(request, access)

    def perform(reason: str) -> str:
        recall_release(actor, access.model, access.id, chosen, reason=reason)
        return url

    return Asked(
        title=_("Recall it from {names}").format(names=names),
        text=_("They see it no more, whatever the rule says, until somebody releases it to them again."),
        label=_("Recall it"),
        names=proposed_audience(actor, access, taken=chosen),
        fields={"organisations": " ".join(map(str, chosen))},
        perform=perform,
    )


def _proposing(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    marking = _marking(request)
    leaves, ends = request.POST.get("leaves") == "yes", request.POST.get("ends") == "yes"

    def perform(reason: str) -> str:
        propose_lowering(actor, access.model, access.id, marking, reason=reason, leaves_compartment=leaves, ends_embargo=ends)
        return url

    return Asked(
        title=_("Propose to lower it to {marking}").format(marking=marking.label),
        text=_("Nothing changes until a colleague confirms."),
        label=_("Propose it"),
        fields={"marking": marking.name, "leaves": "yes" if leaves else "", "ends": "yes" if ends else ""},
        perform=perform,
    )


def _confirming(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    waiting = _waiting(request, access)

    def perform(reason: str) -> str:
        confirm_lowering(actor, waiting, reason=reason)
        return url

    return Asked(
        title=_("Confirm the lowering"),
        text=_("The record, and what was closed with it, is then seen by whoever may see it by the rule of the mechanism."),
        label=_("Confirm the lowering"),
        fields={"lowering": str(waiting)},
        danger=True,
        perform=perform,
    )


def _declining(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    waiting = _waiting(request, access)

    def perform(reason: str) -> str:
        decline_lowering(actor, waiting, reason=reason)
        return url

    return Asked(title=_("Decline the lowering"), label=_("Decline it"), fields={"lowering": str(waiting)}, perform=perform)


def _waiting(request: HttpRequest, access: AccessView) -> UUID:
    """A proposal about this record. One about another is not there: its page is elsewhere."""
    waiting = _key(request, "lowering")
    if waiting not in {lowering.id for lowering in access.lowerings}:
        raise NotThere(_("There is no such proposal."))
    return waiting


def _closing(request: HttpRequest, actor: Actor, access: AccessView, url: str) -> Asked:
    room = _key(request, "compartment")
    name, way = dict(compartments_of(actor)).get(room), next((INTO[kind] for kind in INTO if KINDS[kind] == access.model), None)
    if name is None or way is None:
        raise NotThere(_("There is no such compartment."))
    title, text, move = way

    def perform(reason: str) -> str:
        return move(request, actor, access, room, reason) or url

    return Asked(
        title=gettext(title).format(name=name),
        text=gettext(text),
        label=_("Move it"),
        names=proposed_audience(actor, access, compartment_id=room),
        fields={"compartment": str(room)},
        danger=True,
        perform=perform,
    )


def _move_message(_request: HttpRequest, actor: Actor, access: AccessView, room: UUID, reason: str) -> str:
    return reverse("access.message", args=[close_message_into(actor, access.id, room, reason=reason).message])


def _move_incident(request: HttpRequest, actor: Actor, access: AccessView, room: UUID, reason: str) -> str:
    close_incident_into(actor, access.id, room, version=_version(request), reason=reason)
    return ""


def _move_statement(request: HttpRequest, actor: Actor, access: AccessView, room: UUID, reason: str) -> str:
    close_statement_into(actor, access.id, room, version=_version(request), reason=reason)
    return ""


INTO = {
    "message": (
        noop("Move the message into the compartment {name}"),
        noop(
            "Its lines go with it, and the needs, offers and plans that they alone speak of. From outside it is as if it had never come. "
            "Take the file out of the folder that it came from, or the next run reads it again in the open."
        ),
        _move_message,
    ),
    "incident": (
        noop("Move the incident into the compartment {name}"),
        noop(
            "Other readings of it, its ties, the norms that it touches, responses to it and studies that count it go with it. "
            "Whoever takes the same list in outside writes it down anew in the open."
        ),
        _move_incident,
    ),
    "statement": (
        noop("Move the statement into the compartment {name}"),
        noop("Studies that count it go with it. From outside it is as if it had never been written down."),
        _move_statement,
    ),
}
"""What is moved into a compartment from its page: the title, what goes with it, and how; the way onward, empty for the same page."""


ASKED: Mapping[str, Asking] = {
    "raise": _raising,
    "embargo": _embargo,
    "release": _releasing,
    "recall": _recalling,
    "propose": _proposing,
    "confirm": _confirming,
    "decline": _declining,
    "close": _closing,
}
