"""Addresses that are no declared page of a wing: signing in, one's own account, the form for people without one.

Each with its methods and whom it lets in.
Whoever is not let in is sent to the door, before anything is looked at; the access matrix is made from this table.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from sild.web.signin import views
from sild.web.signin.join import join
from sild.wings.intake.pages import request as web_form

View = Callable[..., HttpResponse]


class Who(StrEnum):
    """Whom a route lets in."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed-in"
    """An account, with a seat or without one."""
    OWES_FACTOR = "owes-factor"
    """Somebody who gave the password and not yet the second factor; others are sent to the door by the framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRoute:
    """A route beside the declared pages."""

    name: str
    path: str
    methods: tuple[str, ...]
    who: Who
    view: View

    @property
    def allowed(self) -> str:
        """The Allow header."""
        return ", ".join([*self.methods, *(["HEAD"] if "GET" in self.methods else []), "OPTIONS"])


def _route(name: str, path: str, view: View, who: Who, *methods: str) -> FrameworkRoute:
    return FrameworkRoute(name=name, path=path, methods=methods or ("GET", "POST"), who=who, view=view)


ROUTES: tuple[FrameworkRoute, ...] = (
    _route("account_login", "sign-in/", account_views.login, Who.ANYBODY),
    _route("mfa_authenticate", "sign-in/code/", factor_views.authenticate, Who.OWES_FACTOR),
    _route("account_logout", "sign-out/", account_views.logout, Who.SIGNED_IN),
    _route("account_reauthenticate", "account/password-again/", account_views.reauthenticate, Who.SIGNED_IN),
    _route("mfa_reauthenticate", "account/code-again/", factor_views.reauthenticate, Who.SIGNED_IN),
    _route("account_change_password", "account/password/", views.new_password, Who.SIGNED_IN),
    _route("mfa_activate_totp", "account/factor/", views.new_factor, Who.SIGNED_IN),
    _route("mfa_deactivate_totp", "account/factor/remove/", views.remove_factor, Who.SIGNED_IN),
    _route("mfa_view_recovery_codes", "account/codes/", views.show_codes, Who.SIGNED_IN, "GET"),
    _route("mfa_generate_recovery_codes", "account/codes/new/", views.renew_codes, Who.SIGNED_IN),
    _route("web.account", "account/", views.account, Who.SIGNED_IN, "GET"),
    _route("web.sign-out-everywhere", "account/sign-out-everywhere/", views.sign_out_everywhere, Who.SIGNED_IN),
    _route("web.join", "join/<str:secret>/", join, Who.ANYBODY),
    _route("web.seats", "seats/", views.seats, Who.SIGNED_IN),
    _route("intake.ask", "ask/<str:mechanism>/", web_form.ask, Who.ANYBODY),
    _route("intake.asked", "ask/<str:mechanism>/<str:secret>/", web_form.asked, Who.ANYBODY),
    _route("web.language", "language/", views.language, Who.ANYBODY, "POST"),
    _route("web.theme", "theme/", views.theme, Who.ANYBODY, "POST"),
    _route("web.keys", "keys/", views.keys, Who.SIGNED_IN, "POST"),
)
"""Every route that no wing declares."""


def guarded(route: FrameworkRoute) -> View:
    """The route's view behind its declaration: methods, whom it lets in, and no copy in any cache."""

    @functools.wraps(route.view)
    def answered(request: HttpRequest, **parts: Any) -> HttpResponse:
        response = _answer(route, request, parts)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return answered


def _answer(route: FrameworkRoute, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
    if route.who is Who.SIGNED_IN and not request.user.is_authenticated:
        here = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": route.allowed})
    if request.method not in (*route.methods, *(["HEAD"] if "GET" in route.methods else [])):
        return HttpResponse(status=405, headers={"Allow": route.allowed})
    return route.view(request, **parts)


def framework_urls() -> list[URLPattern]:
    """The addresses of the table."""
    return [path(route.path, guarded(route), name=route.name) for route in ROUTES]
