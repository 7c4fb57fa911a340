"""May this person act at all? The one place that decides it, asked at every request before any seat is given.

A person acts only with a second factor. Demo people need none, and act only in a home of exercises, on a server that listens on this
machine alone, over a connection from this machine.
"""

from __future__ import annotations

from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sild.kernel.accounts import Account
from sild.kernel.identity import Seat, seats_of
from sild.kernel.loopback import demo_may_enter


class Hindrance(StrEnum):
    """Why a person who signed in may not act yet."""

    NO_SECOND_FACTOR = "no-second-factor"
    DEMO_ELSEWHERE = "demo-elsewhere"


def usable_seats(request: HttpRequest) -> list[Seat]:
    """The seats that the person of this request may act from; none for a stranger, and none for whom something hinders."""
    account = request.user
    if not isinstance(account, Account) or hindrance(request, account) is not None:
        return []
    return seats_of(account.pk)


def hindrance(request: HttpRequest, account: Account) -> Hindrance | None:
    """What keeps the account from acting, None for nothing."""
    if account.demo:
        return None if demo_may_enter(request) else Hindrance.DEMO_ELSEWHERE
    return None if has_second_factor(account) else Hindrance.NO_SECOND_FACTOR


def has_second_factor(account: Account) -> bool:
    """Whether the account signs in with an authenticator too."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists())
