"""Lists of needs, offers and lines. Filters stand in the address, so that a saved filter is a bookmark; CSV is the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import MOST_IN_A_FILE, MOST_ROWS, Listing, Slice, as_csv
from sild.kernel.page import page
from sild.wings.register.reads import (
    LINES,
    NEEDS,
    OFFERS,
    LineFilter,
    NeedFilter,
    OfferFilter,
    list_lines,
    list_needs,
    list_offers,
)
from sild.wings.register.rules import CATEGORIES, KINDS, URGENCIES, Answer, Channel, LineState, NeedState

LONGEST = 300
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter above a list. `words` names the table of words of its options; `kind` is search, select, tick or kept (no field)."""

    name: str
    label: str
    kind: str
    value: str = ""
    words: str = ""
    options: tuple[str, ...] = ()


@page("register.needs", "needs/")
def needs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every need that the reader may see, newest first."""
    told = _told(request.GET)
    wanted = NeedFilter(
        state=told("state"),
        category=told("category"),
        beneficiary=told("beneficiary"),
        urgency=told("urgency"),
        channel=told("channel"),
        provisional=_flag(told("provisional")),
        text=told("q"),
        mine=told("mine") == YES,
        due=told("due") == YES,
        at_my_gate=told("gate") == YES,
    )
    filters = [
        Filter(name="q", label=_("Words"), kind="search", value=wanted.text),
        Filter(name="state", label=_("State"), kind="select", value=wanted.state, words="need", options=tuple(NeedState)),
        Filter(name="category", label=_("Category"), kind="select", value=wanted.category, words="category", options=_codes()),
        Filter(name="urgency", label=_("Urgency"), kind="select", value=wanted.urgency, words="urgency", options=URGENCIES[::-1]),
        Filter(name="channel", label=_("Civil or military"), kind="select", value=wanted.channel, words="channel", options=tuple(Channel)),
        Filter(name="mine", label=_("I have it"), kind="tick", value=told("mine")),
        Filter(name="due", label=_("Next step due"), kind="tick", value=told("due")),
        Filter(name="gate", label=_("Waits at my gate"), kind="tick", value=told("gate")),
        Filter(name="provisional", label=_("Nobody accepted it yet"), kind="tick", value=told("provisional")),
        Filter(name="beneficiary", label=_("Beneficiary"), kind="kept", value=wanted.beneficiary),
    ]
    return _answer(request, "register/needs.html", filters, NEEDS, lambda after, limit: list_needs(actor, wanted, after=after, limit=limit))


@page("register.offers", "offers/")
def offers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every offer that the reader may see, newest first."""
    told = _told(request.GET)
    wanted = OfferFilter(
        answer=told("answer"),
        category=told("category"),
        provider=told("provider"),
        beneficiary=told("beneficiary"),
        withdrawn=_flag(told("withdrawn")),
        provisional=_flag(told("provisional")),
        text=told("q"),
        mine=told("mine") == YES,
        due=told("due") == YES,
    )
    filters = [
        Filter(name="q", label=_("Words"), kind="search", value=wanted.text),
        Filter(name="answer", label=_("Answer"), kind="select", value=wanted.answer, words="answer", options=tuple(Answer)),
        Filter(name="category", label=_("Category"), kind="select", value=wanted.category, words="category", options=_codes()),
        Filter(name="mine", label=_("I have it"), kind="tick", value=told("mine")),
        Filter(name="due", label=_("Next step due"), kind="tick", value=told("due")),
        Filter(name="withdrawn", label=_("Withdrawn"), kind="tick", value=told("withdrawn")),
        Filter(name="provisional", label=_("Nobody accepted it yet"), kind="tick", value=told("provisional")),
        Filter(name="provider", label=_("Provider"), kind="kept", value=wanted.provider),
        Filter(name="beneficiary", label=_("Beneficiary"), kind="kept", value=wanted.beneficiary),
    ]
    return _answer(
        request, "register/offers.html", filters, OFFERS, lambda after, limit: list_offers(actor, wanted, after=after, limit=limit)
    )


@page("register.lines", "lines/")
def lines(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every line that the reader may see, newest first."""
    told = _told(request.GET)
    wanted = LineFilter(
        state=told("state"),
        kind=told("kind"),
        category=told("category"),
        beneficiary=told("beneficiary"),
        provider=told("provider"),
        urgency=told("urgency"),
        language=told("language"),
        text=told("q"),
    )
    filters = [
        Filter(name="q", label=_("Words"), kind="search", value=wanted.text),
        Filter(name="state", label=_("State"), kind="select", value=wanted.state, words="line", options=tuple(LineState)),
        Filter(name="kind", label=_("Kind"), kind="select", value=wanted.kind, words="kind", options=KINDS),
        Filter(name="category", label=_("Category"), kind="select", value=wanted.category, words="category", options=_codes()),
        Filter(name="urgency", label=_("Urgency"), kind="select", value=wanted.urgency, words="urgency", options=URGENCIES[::-1]),
        Filter(name="language", label=_("Language"), kind="kept", value=wanted.language, words="language"),
        Filter(name="beneficiary", label=_("Beneficiary"), kind="kept", value=wanted.beneficiary),
        Filter(name="provider", label=_("Provider"), kind="kept", value=wanted.provider),
    ]
    return _answer(request, "register/lines.html", filters, LINES, lambda after, limit: list_lines(actor, wanted, after=after, limit=limit))


def _answer(
    request: HttpRequest, template: str, filters: Iterable[Filter], listing: Listing[Any], ask: Callable[[str, int], Slice[Any]]
) -> HttpResponse:
    """The list as a page, or as CSV where the address says format=csv."""
    told = [one for one in filters if one.value or one.kind != "kept"]
    query = {one.name: one.value for one in told if one.value}
    if request.GET.get("format") == "csv":
        return _csv(listing, ask)
    after = request.GET.get("after", "")
    found = ask(after, 50)
    context = {
        "rows": found.rows,
        "filters": told,
        "in_force": [(one, _address({name: value for name, value in query.items() if name != one.name})) for one in told if one.value],
        "clear_url": _address({}),
        "csv_url": _address({**query, "format": "csv"}),
        "next_url": _address({**query, "after": found.after}) if found.after else "",
        "newest_url": _address(query) if after else "",
    }
    return render(request, template, context)


def _csv(listing: Listing[Any], ask: Callable[[str, int], Slice[Any]]) -> HttpResponse:
    """The first ten thousand rows of the list as a file; it is made whole before it is sent."""
    rows: list[Any] = []
    after = ""
    while len(rows) < MOST_IN_A_FILE:
        found = ask(after, MOST_ROWS)
        rows += found.rows
        after = found.after
        if not after:
            break
    name = listing.table.removeprefix("register_") + "s"
    heads = [(column, column) for column in listing.columns if column not in ("version",)]
    return download(as_csv(rows[:MOST_IN_A_FILE], heads), f"{name}.csv", CSV)


def list_url(name: str, **filters: str) -> str:
    """The address of a list with filters."""
    return reverse(name) + _address(filters)


def _address(query: Mapping[str, str]) -> str:
    return f"?{urlencode(query)}" if query else "?"


def _told(query: Mapping[str, str]) -> Callable[[str], str]:
    return lambda name: query.get(name, "")[:LONGEST].replace("\x00", "").strip()


def _flag(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _codes() -> tuple[str, ...]:
    return tuple(sorted(CATEGORIES))
