"""Links that let somebody in: who is invited by one. The link holds a random secret, of which the digest alone is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sild.kernel.identity import digest_of_secret

LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What a link that is still open stands for. `recovers`: it replaces lost means of signing in to the account on the seat."""

    invitation: UUID
    mechanism_slug: str
    mechanism_name: str
    member: UUID
    member_name: str
    organisation_name: str
    email: str
    recovers: bool


def new_secret() -> str:
    """A secret for a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def invited_by(secret: str) -> Invited | None:
    """Whom the link with this secret lets in; None when it is unknown, used, expired, withdrawn or not confirmed: nobody is told which.

    Goes through a gate function of the database: this look-up has no actor yet.
    """
    if len(secret) > LONGEST_SECRET:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "select invitation, mechanism_slug, mechanism_name, member, member_name, organisation_name, email, recovers"
            " from gate.invitation(%s)",
            [digest_of_secret(secret)],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    invitation, mechanism_slug, mechanism_name, member, member_name, organisation_name, email, recovers = row
    return Invited(
        invitation=invitation,
        mechanism_slug=mechanism_slug,
        mechanism_name=mechanism_name,
        member=member,
        member_name=member_name,
        organisation_name=organisation_name,
        email=email,
        recovers=recovers,
    )
