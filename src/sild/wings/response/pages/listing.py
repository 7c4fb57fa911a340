"""Pages of listing packs: those of a response, one whole with its forms, its files."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.downloads import download
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.response.actions import (
    OPENERS,
    WORKERS,
    approve_listing,
    begin_listing,
    name_identifier,
    recall_listing,
    strike_part,
    tick_point,
    write_reason,
)
from sild.wings.response.forms import identifier_of, identity_of, new_listing_of, stand_of
from sild.wings.response.pages.responses import ONE
from sild.wings.response.reads import LISTING, listing_file, listing_record, listings_of, response_record
from sild.wings.response.reads.listing import FILES
from sild.wings.response.rules import LANGUAGES, IdentifierKind, ListingState, PreconditionStand, ResponseState, SubjectKind

PACK = {"listing": LISTING}


@page("response.listings", "responses/<uuid:response>/listings/", roles=WORKERS, subjects=ONE)
def show_listings(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """The listing packs of a response, and for officers the form that begins one."""
    record = response_record(actor, response)
    context = {
        "record": record,
        "tab": "listings",
        "found": listings_of(actor, response),
        "subjects": list(SubjectKind),
        "languages": LANGUAGES,
        "may": record.own and record.row.state == ResponseState.OPEN and bool(actor.roles & OPENERS),
    }
    return render(request, "response/listings.html", context)


@page("response.begin-listing", "responses/<uuid:response>/listings/new/", roles=OPENERS, methods=("POST",), subjects=ONE)
def begin(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Begin a pack."""
    made = begin_listing(actor, response, new_listing_of(request.POST.dict()), reason=reason_of(request))
    return _done(request, made, _("The pack was begun. Tick the points, name identifiers, write reasons."))


@page("response.listing", "responses/listings/<uuid:listing>/", roles=WORKERS, subjects=PACK)
def show_listing(request: HttpRequest, actor: Actor, listing: UUID) -> HttpResponse:
    """A pack whole: what is missing, the points, identifiers, reasons with their evidence, who approved it."""
    found = listing_record(actor, listing)
    record = response_record(actor, found.response)
    open_still = found.own and record.row.state == ResponseState.OPEN
    context = {
        "record": record,
        "tab": "listing",
        "found": found,
        "stands": list(PreconditionStand),
        "kinds": list(IdentifierKind),
        "usable": [one for one in found.items if not one.why_not],
        "refused": [one for one in found.items if one.why_not],
        "may": open_still and found.row.state == ListingState.DRAFT,
        "may_recall": found.own and found.row.state != ListingState.RECALLED and bool(actor.roles & OPENERS),
        "files": [(form, reverse(f"response.listing-{form}", args=[listing])) for form in FILES]
        if found.row.state == ListingState.FROZEN
        else [],
    }
    return render(request, "response/listing.html", context)


Doing = Callable[[HttpRequest, Actor, UUID, int], str]


def _tick(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    told = request.POST.dict()
    tick_point(actor, listing, told.get("point", ""), stand_of(told), version=version, reason=reason_of(request))
    return _("It is written down.")


def _identify(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    name_identifier(actor, listing, identifier_of(request.POST.dict()), version=version, reason=reason_of(request))
    return _("It is written down.")


def _reason(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    evidence = [key for text in request.POST.getlist("evidence") if (key := identity_of(text)) is not None]
    write_reason(actor, listing, request.POST.get("text", ""), evidence, version=version, reason=reason_of(request))
    return _("The sentence stands in the statement of reasons.")


def _strike(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    told = request.POST.dict()
    strike_part(actor, listing, told.get("part", ""), told.get("key", ""), version=version, reason=reason_of(request))
    return _("It was taken out.")


def _approve(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    frozen = approve_listing(actor, listing, version=version, reason=reason_of(request))
    return _("Two people approved the pack: it is frozen.") if frozen else _("You approved it. A second person does it too.")


def _recall(request: HttpRequest, actor: Actor, listing: UUID, version: int) -> str:
    recall_listing(actor, listing, version=version, reason=reason_of(request))
    return _("The pack was recalled. Tell whoever has a file of it.")


def _declare(name: str, roles: frozenset[Role], doing: Doing) -> None:
    """A page of one form about a pack: one act, then back to the pack."""

    @page(f"response.{name}-listing", f"responses/listings/<uuid:listing>/{name}/", roles=roles, methods=("POST",), subjects=PACK)
    def view(request: HttpRequest, actor: Actor, listing: UUID) -> HttpResponse:
        return _done(request, listing, doing(request, actor, listing, read_version(request)))


for _name, _roles, _doing in (
    ("tick", WORKERS, _tick),
    ("identify", WORKERS, _identify),
    ("reason", WORKERS, _reason),
    ("strike", WORKERS, _strike),
    ("approve", WORKERS, _approve),
    ("recall", OPENERS, _recall),
):
    _declare(_name, _roles, _doing)


def _give(form: str) -> None:
    """A page for each file of a pack."""

    @page(f"response.listing-{form}", f"responses/listings/<uuid:listing>/{form}/", roles=WORKERS, subjects=PACK)
    def give(request: HttpRequest, actor: Actor, listing: UUID) -> HttpResponse:
        name, kind, data = listing_file(actor, listing, form)
        return download(data, name, kind)


for _form in FILES:
    _give(_form)


def _done(request: HttpRequest, listing: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("response.listing", args=[listing]))
