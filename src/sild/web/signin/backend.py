"""Who a password opens for. Whoever may not enter is answered as if the password were wrong."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from sild.kernel.accounts import Account
from sild.kernel.loopback import demo_may_enter


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # the package has no types
    """E-mail and password, less closed accounts, and less demo people where these are not let in."""

    def authenticate(self, request: HttpRequest | None, **credentials: str) -> Account | None:
        account = super().authenticate(request, **credentials)
        if not isinstance(account, Account):
            return None
        if account.demo and (request is None or not demo_may_enter(request)):
            return None
        return account

    @classmethod
    def _stash_user(cls, user: object) -> None:
        """A closed account is not told apart from a wrong password."""
