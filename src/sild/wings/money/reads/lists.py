"""The list of flows: filters that reach what is kept back only for those who see it, slices cut by a key, the whole as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.record import RecordQuerySet
from sild.wings.agreements.public import agreements_of_offers
from sild.wings.money.models import Flow, Withheld
from sild.wings.money.reads.told import FlowRow, rows_of
from sild.wings.register.public import Offer

NOT_SAID = "-"
"""The value of a filter that finds flows which say nothing there."""
NAMES = ("giver", "through")
MOST_OF_OFFER = 50
PLAIN = ("state", "body", "category", "sector", "series", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFilter:
    """Which flows: exact values ("": all), words, a year, a month (2026-03), one of the source's own divisions (name=value)."""

    state: str = ""
    giver: str = ""
    through: str = ""
    body: str = ""
    category: str = ""
    sector: str = ""
    currency: str = ""
    series: str = ""
    source: str = ""
    year: str = ""
    month: str = ""
    tag: str = ""
    text: str = ""

    def told(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}

    def without(self, *names: str) -> dict[str, str]:
        """The same but for some."""
        return {name: value for name, value in self.told().items() if name not in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSubjects:
    """What a flow is for and out of which it came, for those who reckon with it; a reader is not told of what they do not see."""

    agreement: UUID | None
    offer: UUID | None
    parent: UUID | None


@read
def subjects_of_flows(actor: Actor) -> dict[UUID, FlowSubjects]:
    """Every flow that the reader may see, with what it is for."""
    found = Flow.objects.values_list("id", "agreement_id", "offer_id", "parent_id")
    return {key: FlowSubjects(agreement=agreement, offer=offer, parent=parent) for key, agreement, offer, parent in found}


@read
def flows_of_offer(actor: Actor, offer_id: UUID) -> list[FlowRow]:
    """The money written down for an offer, or for an agreement on it, the newest first, as far as the reader is shown it and its giver.

    A flow whose giver is not named to the reader is left out: beside the offer it would be named.
    """
    offer = Offer.found(offer_id)
    agreed = [row.id for row in agreements_of_offers(actor, [offer.id]).get(offer.id, ())]
    found = Flow.objects.filter(Q(offer_id=offer.id) | Q(agreement_id__in=agreed)).order_by("-created_at", "-id")[:MOST_OF_OFFER]
    return [row for row in rows_of(list(found)) if row.giver]


@read
def list_flows(
    actor: Actor, wanted: FlowFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[FlowRow], tuple[datetime, UUID] | None]:
    """The flows that the reader may see, the newest first, and the key from which the next slice goes on (None at the end)."""
    found = narrowed(wanted)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    flows = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = rows_of(flows[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(flows) > limit else None


def all_rows(actor: Actor, wanted: FlowFilter, *, most: int) -> Iterator[FlowRow]:
    """Up to `most` flows, the newest first, read in slices."""
    after, left = None, most
    while left > 0:
        rows, after = list_flows(actor, wanted, after=after, limit=min(left, 1000))
        yield from rows
        left -= len(rows)
        if after is None:
            return


def narrowed(wanted: FlowFilter) -> RecordQuerySet[Flow]:
    """The flows of a filter. Names and words are looked for in what is kept back too, of which the reader sees their own alone."""
    found = Flow.objects.all()
    for name in PLAIN:
        value = getattr(wanted, name)
        if value:
            found = found.filter(**{name: "" if value == NOT_SAID else value})
    for name in NAMES:
        value = getattr(wanted, name)
        if value == NOT_SAID:
            found = found.filter(**{name: ""}).exclude(id__in=Withheld.objects.exclude(**{name: ""}).values("flow_id"))
        elif value:
            found = found.filter(Q(**{name: value}) | Q(id__in=Withheld.objects.filter(**{name: value}).values("flow_id")))
    if wanted.currency:
        kept = Withheld.objects.filter(told__currency=wanted.currency)
        found = found.filter(Q(currency=wanted.currency) | Q(id__in=kept.values("flow_id")))
    found = _in_time(found, wanted)
    name, mark, value = wanted.tag.partition("=")
    if mark:
        found = found.filter(tags__contains={name: [value]})
    if wanted.text.strip():
        found = found.filter(_said(wanted.text.strip()))
    return found


def _in_time(found: RecordQuerySet[Flow], wanted: FlowFilter) -> RecordQuerySet[Flow]:
    """The flows of a year or a month: of their day, else of the beginning of their period. A time that is none finds nothing."""
    for told, parts in ((wanted.year, 1), (wanted.month, 2)):
        if not told:
            continue
        numbers = told.split("-")
        if told == NOT_SAID:
            found = found.filter(on=None, begins=None)
        elif len(numbers) == parts and all(one.isascii() and one.isdigit() and len(one) <= 4 for one in numbers) and int(numbers[0]) > 0:
            named = {f"__{part}": int(number) for part, number in zip(("year", "month"), numbers, strict=False)}
            day = Q(**{f"on{part}": number for part, number in named.items()})
            begins = Q(on=None, **{f"begins{part}": number for part, number in named.items()})
            found = found.filter(day | begins)
        else:
            return found.none()
    return found


def _said(text: str) -> Q:
    said = Q()
    for column in ("title", "giver", "through", "body", "key"):
        said |= Q(**{f"{column}__icontains": text})
    kept = Withheld.objects.filter(Q(giver__icontains=text) | Q(through__icontains=text))
    return said | Q(id__in=kept.values("flow_id"))
