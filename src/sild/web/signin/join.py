"""The way in by a link: somebody who was invited takes a seat, or somebody whom two officers let in again sets a new password.

Unknown, used, expired and withdrawn links are one and the same answer. What stands behind the link is shown to nobody without it.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from sild.kernel.accounts import Account
from sild.kernel.identity import actor_named, seats_of
from sild.kernel.invitations import Invited, invited_by
from sild.kernel.refusals import NotThere, Stale
from sild.web.middleware import SEAT
from sild.web.signin.account_forms import JoinForm, RecoverForm
from sild.wings.parties.public import DOOR, leave_seat, recover, take_seat


@sensitive_post_parameters()
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link is for, and the form that uses it."""
    if not ratelimit.consume(request, app="allauth.account", action="join"):
        return ratelimit.respond_429(request)  # type: ignore[no-any-return]  # the package's answer is an HttpResponse
    invited = invited_by(secret)
    if invited is None:
        return _dead(request)
    try:
        return _recover(request, invited) if invited.recovers else _take(request, invited)
    except (NotThere, Stale):
        # somebody used or withdrew it in this moment
        return _dead(request)


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "signin/dead_link.html", status=404)


def _take(request: HttpRequest, invited: Invited) -> HttpResponse:
    person = request.user
    if isinstance(person, Account):
        return _take_signed_in(request, invited, person)
    form = JoinForm(request.POST or None, request=request, email=invited.email)
    if request.method == "POST" and form.is_valid():
        known = form.account
        account = _seat(invited, known, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        return _enter(request, account, invited)
    return render(request, "signin/join.html", {"invited": invited, "form": form}, status=422 if form.errors else 200)


def _take_signed_in(request: HttpRequest, invited: Invited, person: Account) -> HttpResponse:
    """Whoever is signed in as the one who was invited sits down with one click; anybody else signs out first."""
    if person.email != invited.email or person.demo:
        return render(request, "signin/join_other.html", {"invited": invited})
    if request.method == "POST":
        _seat(invited, person, name=person.name, password="")
        request.session[SEAT] = str(invited.member)
        return HttpResponseRedirect("/")
    return render(request, "signin/join_known.html", {"invited": invited})


def _seat(invited: Invited, known: Account | None, *, name: str, password: str) -> Account:
    door = actor_named(invited.mechanism_slug, DOOR, started_by=invited.email)
    return Account.objects.get(id=take_seat(door, invited.invitation, name=name, password=password, account_id=known.id if known else None))


def _recover(request: HttpRequest, invited: Invited) -> HttpResponse:
    form = RecoverForm(request.POST or None, email=invited.email)
    if request.method == "POST" and form.is_valid():
        _leave_elsewhere(invited)
        door = actor_named(invited.mechanism_slug, DOOR, started_by=invited.email)
        account = Account.objects.get(id=recover(door, invited.invitation, password=form.cleaned_data["password"]))
        return _enter(request, account, invited)
    return render(request, "signin/recover.html", {"invited": invited, "form": form}, status=422 if form.errors else 200)


def _leave_elsewhere(invited: Invited) -> None:
    """Seats in other mechanisms end first: the officers who confirmed this recovery have no say there."""
    account = Account.objects.filter(email=invited.email).first()
    for seat in seats_of(account.pk) if account is not None else []:
        if seat.mechanism_slug != invited.mechanism_slug:
            door = actor_named(seat.mechanism_slug, DOOR, started_by=invited.email)
            leave_seat(door, seat.actor.person, reason=_("The account was recovered in another mechanism."))


def _enter(request: HttpRequest, account: Account, invited: Invited) -> HttpResponse:
    """Sign in by the password that was just given; a second factor is asked for, or set up, next."""
    request.session[SEAT] = str(invited.member)
    login = Login(user=account, email=account.email, redirect_url="/")
    response: HttpResponse = perform_password_login(request, {"email": account.email}, login)
    return response
