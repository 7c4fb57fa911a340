"""Accounts: people who sign in, each with one address. What they may do stands in their seats (kernel.identity.Member), not here.

Also the secrets that open a door without a password: API tokens and invitations. Of each secret only the digest is kept.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from sild.kernel.record import Record


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; used by the sign-in framework."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who signs in. `demo` marks the ready accounts of an exercise; `language` and `theme` are how they like to read,
    `keys` whether single keys do something.

    API tokens made before `tokens_since` open nothing: it is set when the means of signing in may have been somebody else's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    theme = models.CharField(max_length=8, blank=True)
    keys = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    tokens_since = models.DateTimeField(null=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        app_label = "kernel"


class ApiToken(Record):
    """A token by which a program acts as a member, as long as `account_id` sits on that seat. `digest` is of its secret, shown once."""

    member_id = models.UUIDField()
    account_id = models.UUIDField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
        # of a secret of 256 random bits: tells nothing about the tokens of others
        constraints = [models.UniqueConstraint(fields=["digest"], name="token_digest_once")]


class Invitation(Record):
    """A link by which a person takes a seat. `recovers` is set where it replaces lost means of signing in.

    `email` is whom it was sent to; `used_at` and `withdrawn` end it, and so does `expires_at`. Where it `needs_second` it opens once
    a second officer confirmed it; `asked_by_account` is who sat on the seat `asked_by` at that moment, whatever becomes of the seat.
    """

    member_id = models.UUIDField()
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)
    recovers = models.BooleanField(default=False)
    needs_second = models.BooleanField(default=False)
    asked_by = models.UUIDField()
    asked_by_account = models.UUIDField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["digest"], name="invitation_digest_once")]
