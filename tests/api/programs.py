"""Programs that talk to the API in the tests: one for each seat of the cast, each with its token."""

from __future__ import annotations

import json
import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from sild.kernel.accounts import Account
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Member, actor_named
from sild.kernel.tokens import make_token

ROOT = "/api/v1"
PASSWORD = "a long enough pass phrase"


@action("tests.sit-down", roles=frozenset({Role.SERVICE}))
def sit_down(actor: Actor, member_id: uuid.UUID, account_id: uuid.UUID | None) -> None:
    """Put an account on a seat."""
    member = Member.found(member_id)
    member.account_id = account_id
    member.save()


def account_on(run: Actor, member: Actor, address: str, password: str | None = None) -> Account:
    """An account on the member's seat; without a password where none is given, as hashing one takes its time."""
    account = Account.objects.create_user(email=address, password=password)
    sit_down(run, member.person, account.id)
    return account


class Program:
    """A program with a token, or without one."""

    def __init__(self, secret: str = "", *, language: str = "") -> None:
        self.headers = {}
        if secret:
            self.headers["Authorization"] = f"Bearer {secret}"
        if language:
            self.headers["Accept-Language"] = language
        self._client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send a request; `path` is below the API's root unless it begins with it."""
        content: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        where = path if path.startswith(ROOT) else f"{ROOT}{path}"
        return self._client.generic(method, where, headers=sent, **content)


def program_of(mechanism: str, member: str, account: Account) -> Program:
    """A program that acts from a member's seat; its account has a second factor, without which no token opens anything."""
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    _token, secret = make_token(actor_named(mechanism, member), account.id, "of the tests")
    return Program(secret)
