"""What happens to every request: the seat that the person acts from is found, and the answer says what a browser may do with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from sild.kernel.action import forget_last_act
from sild.kernel.identity import Seat
from sild.web.signin.entry import usable_seats

SEAT = "seat"
"""Where the session keeps the seat that the person chose."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets request.seats, request.seat and request.actor from the account that signed in; None for a stranger.

    Seats are asked for anew at every request: a role that was taken away is gone with the next click.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forget_last_act()
        seats = usable_seats(request)
        seat = chosen(seats, request.session.get(SEAT))
        request.seats, request.seat = seats, seat  # type: ignore[attr-defined]  # the framework's way to pass things on
        request.actor = seat.actor if seat is not None else None  # type: ignore[attr-defined]  # the same
        return self.answer(request)


def chosen(seats: list[Seat], kept: object) -> Seat | None:
    """The seat that the session names; where it names none, the only one that there is.

    A seat that was named and taken away since is not replaced by another: nobody acts for somebody whom they did not choose.
    """
    if isinstance(kept, str):
        return next((seat for seat in seats if seat.actor.person == _identifier(kept)), None)
    return seats[0] if len(seats) == 1 else None


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class PolicyMiddleware:
    """Headers that hold on every answer: nothing from elsewhere is loaded, nothing is framed, the language is named."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response
