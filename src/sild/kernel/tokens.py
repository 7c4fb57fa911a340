"""Tokens: what a program acts by. One belongs to a person on a seat, ends by itself, and is withdrawn when the person leaves the seat.

The secret is shown once and never kept; of it only the digest is.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.accounts import Account, ApiToken
from sild.kernel.action import action, read
from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.identity import TOKEN_MARK, digest_of_secret
from sild.kernel.refusals import NotThere
from sild.values.marking import Marking

DAYS = 30
"""How long a token lasts unless less is asked for."""
MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """A token as its owner sees it; `ended` when it is withdrawn or over."""

    id: uuid.UUID
    name: str
    made_at: datetime
    expires_at: datetime
    ended: bool


@action("kernel.make-token", roles=PEOPLE, recalled=True)
def make_token(actor: Actor, account: uuid.UUID, name: str, *, days: int = DAYS) -> tuple[TokenView, str]:
    """Make a token for the actor's seat, for the account that sits on it. Returns it with its secret, which nothing keeps."""
    secret = TOKEN_MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        member_id=actor.person,
        account_id=account,
        name=name,
        digest=digest_of_secret(secret),
        expires_at=clock.now() + timedelta(days=min(days, MOST_DAYS)),
        # it says nothing of any record: its owner sees it under every ceiling
        marking=int(Marking.CLEAR),
    )
    token.save()
    return _view(token), secret


@action("kernel.withdraw-token", roles=PEOPLE, recalled=True)
def withdraw_token(actor: Actor, token_id: uuid.UUID) -> None:
    """End a token of the actor's own seat; one that is withdrawn already stays so. Raises NotThere."""
    token = ApiToken.objects.filter(id=token_id, member_id=actor.person).first()
    if token is None:
        raise NotThere(_("There is no such token."))
    if not token.withdrawn:
        token.withdrawn = True
        token.save()


def end_tokens(account: uuid.UUID) -> None:
    """No token made for this account until now opens anything any more: for a recovery, and for a new password."""
    Account.objects.filter(id=account).update(tokens_since=clock.now())


@read
def tokens(actor: Actor) -> list[TokenView]:
    """The tokens of the actor's own seat, the newest first."""
    found = list(ApiToken.objects.filter(member_id=actor.person).order_by("-created_at", "-id")[:200])
    since = dict(Account.objects.filter(id__in={token.account_id for token in found}).values_list("id", "tokens_since"))
    return [_view(token, since.get(token.account_id)) for token in found]


def _view(token: ApiToken, since: datetime | None = None) -> TokenView:
    """`since`: tokens of the account that were made until then have ended, by a new password or a recovery."""
    return TokenView(
        id=token.id,
        name=token.name,
        made_at=token.created_at,
        expires_at=token.expires_at,
        ended=token.withdrawn or token.expires_at <= clock.now() or (since is not None and token.created_at <= since),
    )
