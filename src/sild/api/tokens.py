"""Tokens over the API: one is made with address, password and code, and acts for one seat; each seat sees and withdraws its own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, SecretStr, StringConstraints

from sild.api.sign_in import seat_for
from sild.kernel import tokens as kept
from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.route import ANYBODY, Created, Cut, route
from sild.kernel.shapes import Listed, Shape, Word

router = Router(tags=["tokens"])


class SignIn(Shape):
    """Who asks for a token. `seat` is mechanism/member; it may be left out by who has one seat. `code` is of the authenticator app."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254, pattern=r"^[^\u0000]*$")]
    password: Annotated[SecretStr, Field(min_length=1, max_length=1000)]
    code: Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9 ]*$")] = ""
    seat: Annotated[str, StringConstraints(max_length=170, pattern=r"^([a-z0-9-]{1,80}/[a-z0-9-]{1,80})?$")] = ""
    name: Annotated[Word, Field(min_length=1, description="What the token is for, in your own words.")]
    days: int = Field(kept.DAYS, ge=1, le=kept.MOST_DAYS, description="How long it lasts.")


class Token(Shape):
    """A token, without its secret; `ended` when it is withdrawn or over."""

    id: UUID
    name: str
    made_at: datetime
    expires_at: datetime
    ended: bool


class NewToken(Token):
    """A token with its secret, which is shown this once and kept nowhere. Send it as `Authorization: Bearer`."""

    secret: str


@route(router, "post", "/tokens", roles=ANYBODY, answer=NewToken, status=201)
def make_token(request: HttpRequest, sign_in: SignIn) -> Created:
    """Sign in for a program: a token for one seat. Takes no idempotency key, as its answer is kept nowhere."""
    account, seat = seat_for(request, sign_in.address, sign_in.password.get_secret_value(), sign_in.code, sign_in.seat)
    token, secret = kept.make_token(seat.actor, account.id, sign_in.name, days=sign_in.days)
    made = NewToken(**Token.model_validate(token).model_dump(), secret=secret)
    return Created(location=f"{request.path}/{token.id}", body=made)


@route(router, "get", "/tokens", roles=PEOPLE, answer=Listed[Token])
def list_tokens(actor: Actor) -> Cut:
    """The tokens of this seat, the newest first; at most 200, the older ones are over."""
    return Cut(items=[Token.model_validate(token) for token in kept.tokens(actor)])


@route(router, "delete", "/tokens/{token}", roles=PEOPLE, answer=None, status=204, subjects={"token": "kernel.ApiToken"})
def withdraw_token(actor: Actor, token: UUID) -> None:
    """Withdraw a token of this seat, which may be the one that asks."""
    kept.withdraw_token(actor, token)
