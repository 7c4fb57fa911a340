"""Browsers of the tests: a client that is signed in as somebody of the cast, without the ceremony of the sign-in page."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from sild.kernel.accounts import Account
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Member, actor_named


@action("tests.seat", roles=frozenset({Role.SERVICE}))
def seat(actor: Actor, member: Actor, account: Account) -> None:
    """Put an account on a member's seat."""
    record = Member.found(member.person)
    record.account_id = account.id
    record.save()


def account_on(member: Actor, *, mechanism: str = "drill", demo: bool = True) -> Account:
    """The account of a member of the cast, made and seated when it is not there. A demo account needs no second factor."""
    email = f"{member.person}@demo.invalid" if demo else f"{member.person}@example.org"
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create_user(email, "a password of the tests", demo=demo, name=member.name)
        seat(actor_named(mechanism, "run"), member, account)
    return account


def signed_in(member: Actor, *, mechanism: str = "drill") -> Client:
    """A browser on this machine, signed in as a member of the cast."""
    client = Client()
    client.force_login(account_on(member, mechanism=mechanism))
    return client


def give_factor(account: Account) -> str:
    """Set up an authenticator for an account; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return str(secret)


def code_now(secret: str) -> str:
    """The code that an authenticator with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
