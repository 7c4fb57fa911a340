"""How the sign-in framework behaves here: nobody signs up, nothing is mailed, counters are by address alone, factors are encrypted."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sild.kernel.accounts import Account
from sild.kernel.factors import seal, unseal

THEME_COOKIE = "sild_theme"
A_YEAR = 365 * 24 * 3600


class DeskAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """Accounts come from invitations; one answer for every address that does not open."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not open an account here. Check both, then try again."),
        "too_many_login_attempts": _("There were too many attempts. Wait a quarter of an hour, then try again."),
        "rate_limited": _("There were too many attempts. Wait some minutes, then try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the framework's signature
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the framework's signature
        """One face for all: an answer to a script would be a second way to ask."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The desk says by itself what was done."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is mailed: links are passed on by people."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 - as above
        # the framework counts by the Host header too, which is for the client to choose
        return unicodedata.normalize("NFKC", str(credentials.get("email", ""))).strip().casefold()

    def reauthenticate(self, user: Account, password: str) -> bool:
        """The password once more, counted like any other attempt on this address."""
        again = self.authenticate(self.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        # whoever came in this minute need not prove again at once who they are
        record_authentication(request, user, method="password", reauthenticated=True)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """The desk appears in the language and the theme that the person chose."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        wear(response, language=user.language, theme=user.theme, secure=request.is_secure())
        return response


def wear(response: HttpResponse, *, language: str = "", theme: str = "", secure: bool = False) -> None:
    """Put language and theme into the cookies that the next page is made by; an empty one stays as it is."""
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
    if theme:
        response.set_cookie(THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)


class DeskFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the package has no types
    """Secrets of second factors lie in the database under a key that lies in the home: either alone opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not open. Wait for the next one that your app shows, then type that."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture on white, so that an app reads it in a dark theme too."""
        drawn: str = super().build_totp_svg(url)
        return drawn.replace("<path", '<rect width="100%" height="100%" fill="#fff"/><path', 1)

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
