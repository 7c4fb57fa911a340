"""Signing in without a browser: address, password and code, under the same limits as the sign-in page, and as silent about who is known."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sild.api.problems import NotSignedIn, TooMany, WrongField
from sild.kernel.accounts import Account
from sild.kernel.factors import Unreadable, first_use
from sild.kernel.identity import Seat, seats_of


def seat_for(request: HttpRequest, address: str, password: str, code: str, seat: str) -> tuple[Account, Seat]:
    """The account behind address, password and code, with the seat named "mechanism/member" (or its only one, where `seat` is empty).

    Raises NotSignedIn in the same words whatever is wrong, TooMany after too many attempts; and WrongField, once it is known who asks,
    where it is not clear which of their seats is meant.
    """
    with context.request_context(request):
        account = _by_password(request, address, password)
        _check_code(request, account, code)
    seats = {f"{one.mechanism_slug}/{one.member_slug}": one for one in seats_of(account.id)}
    if not seats:
        raise NotSignedIn
    if seat not in seats and (seat or len(seats) > 1):
        raise WrongField("seat", _("Name one of your seats: {seats}.").format(seats=", ".join(seats)))
    return account, seats[seat or next(iter(seats))]


def _by_password(request: HttpRequest, address: str, password: str) -> Account:
    try:
        account = get_adapter().authenticate(request, email=address, password=password)
    except ValidationError as too_many:
        raise TooMany(_("Too many attempts to sign in. Wait a few minutes, then try again.")) from too_many
    if not isinstance(account, Account) or not account.is_active:
        raise NotSignedIn
    return account


def _check_code(request: HttpRequest, account: Account, code: str) -> None:
    """Raises NotSignedIn unless the code is the account's now; only the ready accounts of an exercise may be without a second factor."""
    key = f"mfa-auth-user-{account.pk}"
    # counted together with the codes tried on the sign-in page
    usage = ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)
    if not usage:
        raise TooMany(_("Too many attempts to sign in. Wait a few minutes, then try again."))
    factor = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if factor is None and not account.demo:
        raise NotSignedIn
    if factor is not None and not (_opens(factor, code) and first_use(account.pk, code)):
        raise NotSignedIn
    usage.rollback()


def _opens(factor: Authenticator, code: str) -> bool:
    try:
        return bool(TOTP(factor).validate_code(code))
    except Unreadable:  # the doctor tells of it; whoever asks learns no more than that it does not open
        return False
