"""Pages of one's own account: the way in and out, the second factor, seats, language, theme.

Each stands in web/framework_routes.py with its methods and whom it is for; nobody reaches it by another way.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.logout import logout
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as factor_views
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sild.kernel.accounts import Account
from sild.kernel.identity import seats_of
from sild.kernel.tokens import end_tokens
from sild.web.middleware import SEAT
from sild.web.signin.account_forms import SignOutEverywhereForm
from sild.web.signin.adapter import THEME_COOKIE, wear
from sild.web.signin.entry import Hindrance, has_second_factor, hindrance

THEMES = ("light", "dark", "")


def local_address(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the form asks to go next, if that is a place of this desk; else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else otherwise


def account_of(request: HttpRequest) -> Account:
    """The account that signed in; the route lets nobody else in."""
    assert isinstance(request.user, Account)
    return request.user


class NewFactorView(factor_views.ActivateTOTPView):  # type: ignore[misc]  # the package has no types
    """Set up the authenticator app; its codes for a lost phone come next."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        key = shown["form"].secret
        return {**shown, "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4))}

    def get_success_url(self) -> str:
        return str(reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else reverse("web.account"))


class RemoveFactorView(factor_views.DeactivateTOTPView):  # type: ignore[misc]  # the package has no types
    """Take the authenticator away, to set up another: without one nothing else opens."""

    success_url = reverse_lazy("mfa_activate_totp")


class NewPasswordView(account_views.PasswordChangeView):  # type: ignore[misc]  # the package has no types
    """Another password; every session but this one ends."""

    def get_default_success_url(self) -> str:
        return str(reverse("web.account"))

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        end_tokens(account_of(self.request).pk)
        messages.success(self.request, _("Your password is changed. You are signed out everywhere else, and your tokens have ended."))
        return response


new_factor = NewFactorView.as_view()
remove_factor = RemoveFactorView.as_view()
new_password = NewPasswordView.as_view()
show_codes = code_views.view_recovery_codes
renew_codes = code_views.generate_recovery_codes


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: address, second factor, seats, password, sessions."""
    person = account_of(request)
    return render(
        request,
        "signin/account.html",
        {"account": person, "second_factor": has_second_factor(person), "own_seats": seats_of(person.pk)},
    )


def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too. The password is asked for: it is kept anew, which ends them."""
    person = account_of(request)
    form = SignOutEverywhereForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        logout(request, show_message=False)
        messages.success(request, _("You are signed out everywhere. Sign in again where you work."))
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "signin/sign_out_everywhere.html", {"form": form})


def seats(request: HttpRequest) -> HttpResponse:
    """Choose for whom to act; who may not act yet is told what to do first."""
    person = account_of(request)
    hindered = hindrance(request, person)
    if hindered is Hindrance.NO_SECOND_FACTOR:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if hindered is Hindrance.DEMO_ELSEWHERE:
        return render(request, "signin/demo_elsewhere.html", status=403)
    own = seats_of(person.pk)
    if request.method == "POST":
        for seat in own:
            if str(seat.actor.person) == request.POST.get("seat"):
                request.session[SEAT] = str(seat.actor.person)
                return HttpResponseRedirect(local_address(request))
        messages.error(request, _("That seat is not yours any more. Choose one of these."))
        return HttpResponseRedirect(reverse("web.seats"))
    return render(request, "signin/seats.html", {"own_seats": own, "next": local_address(request)})


def language(request: HttpRequest) -> HttpResponse:
    """Read in another language, from the next page on, here and wherever the person signs in."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(local_address(request))
    if wanted in dict(settings.LANGUAGES):
        wear(response, language=wanted, secure=request.is_secure())
        _keep(request, "language", wanted)
    return response


def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    wanted = request.POST.get("theme", "")
    response = HttpResponseRedirect(local_address(request))
    if wanted in THEMES:
        wear(response, theme=wanted, secure=request.is_secure())
        if not wanted:
            response.delete_cookie(THEME_COOKIE, samesite="Lax")
        _keep(request, "theme", wanted)
    return response


def keys(request: HttpRequest) -> HttpResponse:
    """Switch the keyboard shortcuts on or off, here and wherever the person signs in."""
    wanted = {"on": True, "off": False}.get(request.POST.get("keys", ""))
    if wanted is not None:
        _keep(request, "keys", wanted)
    return HttpResponseRedirect(local_address(request))


def _keep(request: HttpRequest, field: str, value: str | bool) -> None:
    person = request.user
    if isinstance(person, Account) and getattr(person, field) != value:
        setattr(person, field, value)
        person.save(update_fields=[field])


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """A form that did not come from a page of this session, or whose session has ended."""
    return render(request, "signin/forged.html", status=403)
