"""Which list a person works through: kept in the address, so that a page, its next page and its acts stay in the same list."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.wings.intake.reads import Wanted, following
from sild.wings.intake.rules import Waiting

FILTERS = ("state", "channel", "language", "q")


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """The list that an address asks for; what is no filter is left out of account."""
    state = query.get("state") or Waiting.WAITING
    return Wanted(
        state=Waiting(state) if state in [*map(str, Waiting)] else Waiting.WAITING,
        channel=query.get("channel", "")[:20],
        language=query.get("language", "")[:8],
        text=query.get("q", "")[:200].replace("\x00", ""),
    )


def query_of(wanted: Wanted, **more: object) -> str:
    """The same list as the query of an address; "" for the list that everybody starts with."""
    told = {"state": wanted.state, "channel": wanted.channel, "language": wanted.language, "q": wanted.text}
    kept = {name: value for name, value in told.items() if value and (name, value) != ("state", Waiting.WAITING)}
    return urlencode({**kept, **{name: value for name, value in more.items() if value}}, doseq=True)


def list_fields(wanted: Wanted) -> list[tuple[str, str]]:
    """The list as hidden fields of a form that is sent by GET."""
    told = [("state", str(wanted.state)), ("channel", wanted.channel), ("language", wanted.language), ("q", wanted.text)]
    return [(name, value) for name, value in told if value]


def posted(request: HttpRequest) -> Wanted:
    """The list that a form was sent from (its hidden field `list`)."""
    return wanted_of(QueryDict(request.POST.get("list", "")[:1000]).dict())


def message_url(message: UUID, wanted: Wanted, **more: object) -> str:
    """The page of a message within a list."""
    query = query_of(wanted, **more)
    return reverse("intake.message", args=[message]) + (f"?{query}" if query else "")


def inbox_url(wanted: Wanted, **more: object) -> str:
    """The list itself."""
    query = query_of(wanted, **more)
    return reverse("intake.inbox") + (f"?{query}" if query else "")


def onward(actor: Actor, message: UUID, wanted: Wanted) -> str:
    """The next message of the list, or the list where there is no other."""
    found = following(actor, wanted, message)
    return message_url(found, wanted) if found is not None else inbox_url(wanted)


def done(request: HttpRequest, words: str, url: str) -> HttpResponseRedirect:
    """Go on to `url`, with what was done and a button that takes it back."""
    act = last_act()
    if act is not None:
        request.session["undo"] = {"act": str(act), "words": words}
    return HttpResponseRedirect(url)


def version_in(request: HttpRequest) -> int:
    """The version that a form was made from."""
    return number_in(request.POST.get("version", ""))


def number_in(text: str) -> int:
    """A version; what is no number is no version of anything."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
