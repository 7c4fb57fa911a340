"""What lapses when, whom it touches, and what comes instead: consignments and terms in one calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.delivery.public import renewals, renewals_unknown
from sild.wings.outlook.models import Term
from sild.wings.outlook.reads.absorption import speaks_for
from sild.wings.outlook.rules import LAPSES_AHEAD_DAYS, SOON_DAYS, Arrival, Outlook, Running, TermKind, TermState, forecast
from sild.wings.parties.public import desk_day
from sild.wings.planning.public import plan_sheet

TERM = "outlook.Term"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term. `own`: the reader's organisation keeps it and may renew or end it."""

    id: UUID
    version: int
    kind: TermKind
    title: str
    body: str
    category: str
    vendor: str
    giver: str
    quantity: Decimal | None
    unit: str
    ends_on: date
    state: TermState
    source: str
    steps: tuple[dict[str, Any], ...]
    own: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A month in which something goes dark: how many things, and the bodies that they touch."""

    month: date
    count: int
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SustainmentPage:
    """What lapses until `until`, the earliest first; `past` of it has lapsed already, `soon` lapses within ninety days. `unknown`
    consignments have no day; `touched` by month is what is not replaced in time."""

    today: date
    until: date
    rows: tuple[Outlook, ...]
    past: int
    soon: int
    unknown: int
    touched: tuple[Touched, ...]
    terms: dict[UUID, TermView]
    bodies: tuple[str, ...]


@read
def terms(actor: Actor) -> list[TermView]:
    """The terms that the reader may see, by the day on which they end."""
    return [_view(one, actor) for one in Term.objects.order_by("ends_on", "created_at", "id")]


@read
def sustainment_page(actor: Actor, *, body: str = "") -> SustainmentPage:
    """What lapses within a year and a half, or has lapsed, of one body or of all; with what a plan brings instead."""
    today = desk_day(actor)
    until = today + timedelta(days=LAPSES_AHEAD_DAYS)
    held = {one.id: one for one in terms(actor) if one.state == TermState.RUNNING}
    rows = forecast([one for one in _running(actor, until, held) if body in ("", one.body)], _arrivals(actor))
    return SustainmentPage(
        today=today,
        until=until,
        rows=tuple(rows),
        past=sum(one.running.on < today for one in rows),
        soon=sum(today <= one.running.on <= today + timedelta(days=SOON_DAYS) for one in rows),
        unknown=renewals_unknown(actor),
        touched=tuple(_touched(rows)),
        terms=held,
        bodies=tuple(sorted(speaks_for(actor))),
    )


@read
def terms_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's terms in which one of the words stands, as plain data to hand out to whom they name."""
    said = Q()
    for word in words:
        for column in ("title", "body", "vendor", "giver", "source", "told"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    found = Term.objects.annotate(told=Cast("steps", TextField())).filter(said, owner_id=actor.organisation)
    return [{"title": one.title, "body": one.body, "source": one.source, "steps": one.steps} for one in found.order_by("created_at", "id")]


def _running(actor: Actor, until: date, held: dict[UUID, TermView]) -> Iterator[Running]:
    seen: set[UUID] = set()
    for one in renewals(actor, until):
        # giver and recipient may name two days: the earlier one, which comes first, is the one to plan by
        if one.consignment in seen:
            continue
        seen.add(one.consignment)
        yield Running(
            id=one.consignment,
            on=one.on,
            kind=str(one.kind),
            title=one.title,
            body=one.body,
            category=one.category,
            giver=one.giver,
            unit=one.unit,
            quantity=one.quantity,
            in_use=one.in_use,
            told_by="consignment",
            differs=one.differs,
        )
    for term in held.values():
        if term.ends_on <= until:
            alike = {name: getattr(term, name) for name in ("id", "title", "body", "category", "giver", "unit", "quantity")}
            yield Running(**alike, on=term.ends_on, kind=str(term.kind), in_use=None, told_by="term")


def _arrivals(actor: Actor) -> Iterator[Arrival]:
    sheet = plan_sheet(actor)
    for row in sheet.rows if sheet is not None else ():
        for given in row.given:
            if given.month is not None:
                yield Arrival(body=row.beneficiary, category=row.category, unit=row.unit, month=given.month, quantity=given.quantity)


def _touched(rows: Iterable[Outlook]) -> Iterator[Touched]:
    by_month: dict[date, list[Outlook]] = {}
    for one in rows:
        if one.dark is None or one.dark > 0:
            by_month.setdefault(one.running.on.replace(day=1), []).append(one)
    for month, found in sorted(by_month.items()):
        yield Touched(month=month, count=len(found), bodies=tuple(sorted({one.running.body for one in found if one.running.body})))


def _view(one: Term, actor: Actor) -> TermView:
    alike = ("id", "version", "title", "body", "category", "vendor", "giver", "quantity", "unit", "ends_on", "source", "marking")
    return TermView(
        **{name: getattr(one, name) for name in alike},
        kind=TermKind(one.kind),
        state=TermState(one.state),
        steps=tuple(one.steps),
        own=one.owner_id == actor.organisation,
    )
