"""What is known of limits and weights, contradictions resolved by date and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor, current_actor
from sild.wings.planning.models import Assessment, Limit, NeedAssessment, PriorityOverride
from sild.wings.register.public import final_ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of limits and weights. Where two sources contradict each other the newer stands, and the contradiction is told."""

    limits: Mapping[tuple[str, str, str, date | None], Limit]
    assessments: Mapping[tuple[str, str, str], Assessment]
    of_needs: Mapping[tuple[UUID, str], NeedAssessment] = field(default_factory=dict)
    overrides: Mapping[UUID, PriorityOverride] = field(default_factory=dict)
    contradictions: tuple[str, ...] = field(default=())

    def limit(self, kind: str, subject: str, category: str = "", month: date | None = None) -> Limit | None:
        """The limit of a subject for a category, else for all its categories."""
        return self.limits.get((kind, subject, category, month)) or self.limits.get((kind, subject, "", month))

    def months(self, kind: str, subject: str) -> dict[date, Limit]:
        """The limits of a subject by month."""
        return {
            month: limit for (one, name, _, month), limit in self.limits.items() if one == kind and name == subject and month is not None
        }

    def of_kind(self, kind: str) -> list[Limit]:
        """Every limit of a kind that stands, by subject and category."""
        found = [limit for (one, *_), limit in self.limits.items() if one == kind]
        return sorted(found, key=lambda limit: (limit.subject, limit.category))

    def assessment(self, subject: str, category: str, criterion: str) -> Assessment | None:
        """What is said of a body's needs in a category, else of all its needs."""
        return self.assessments.get((subject, category, criterion)) or self.assessments.get((subject, "", criterion))


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView:
    """A limit as it was stated; `month` is the first day of the month it speaks of, `detail` what its kind needs besides.

    `stands`: nobody said another thing of it later. `differs`: other sources that said another thing before, the last first.
    """

    id: UUID
    stated_at: datetime
    kind: str
    subject: str
    category: str
    month: date | None
    amount: Decimal | None
    currency: str
    detail: Mapping[str, Any]
    source: str
    as_of: date
    stands: bool
    differs: tuple[str, ...]


@read
def list_limits(
    _actor: Actor, *, kind: str = "", subject: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[LimitView], tuple[datetime, UUID] | None]:
    """Stated limits, the newest first, and the key from which the next page goes on (None at the end)."""
    found = Limit.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if subject:
        found = found.filter(subject=subject)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = list(found.order_by("-created_at", "-id")[: limit + 1])
    beside = Limit.objects.filter(kind__in={row.kind for row in rows}, subject__in={row.subject for row in rows})
    views = _views(rows[:limit], beside)
    return views, (views[-1].stated_at, views[-1].id) if len(rows) > limit else None


@read
def every_limit(_actor: Actor, *, kind: str = "", subject: str = "", differing: bool = False) -> list[LimitView]:
    """Stated limits of a kind, of those whose name holds `subject`, the newest first; `differing`: where sources contradict each other."""
    found = Limit.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if subject:
        found = found.filter(subject__icontains=subject)
    rows = list(found.order_by("-created_at", "-id"))
    views = _views(rows, rows)
    if not differing:
        return views
    places = {_place(one) for one in views if one.differs and one.stands}
    return [one for one in views if _place(one) in places]


def _place(one: Limit | LimitView) -> tuple[str, str, str, date | None]:
    """What a limit speaks of: of two with one place the later counts."""
    return one.kind, one.subject, one.category, one.period if isinstance(one, Limit) else one.month


def _views(rows: Iterable[Limit], beside: Iterable[Limit]) -> list[LimitView]:
    """The rows as they are shown. `beside` holds every limit that speaks of the same."""
    around: dict[tuple[str, str, str, date | None], list[Limit]] = defaultdict(list)
    for one in sorted(beside, key=lambda one: (one.as_of, one.created_at, one.id)):
        around[_place(one)].append(one)
    views = []
    for row in rows:
        told = around[_place(row)]
        before = told[: [one.id for one in told].index(row.id)]
        differs = dict.fromkeys(one.source for one in reversed(before) if one.source != row.source and _said(one) != _said(row))
        views.append(
            LimitView(
                id=row.id,
                stated_at=row.created_at,
                kind=row.kind,
                subject=row.subject,
                category=row.category,
                month=row.period,
                amount=row.amount,
                currency=row.unit,
                detail=row.detail,
                source=row.source,
                as_of=row.as_of,
                stands=told[-1].id == row.id,
                differs=tuple(differs),
            )
        )
    return views


def _said(limit: Limit) -> tuple[Decimal | None, str]:
    """What a limit says, to be compared with another of the same place."""
    return limit.amount, str(sorted(limit.detail.items(), key=str))


def known_limits() -> Known:
    """Limits, assessments and overrides in the scope of whoever reads, contradictions resolved by date and named."""
    contradictions: list[str] = []
    limits = _newest(
        Limit.objects.order_by("as_of", "created_at", "id"),
        lambda limit: (limit.kind, limit.subject, limit.category, limit.period),
        _said,
        contradictions,
    )
    assessments = _newest(
        Assessment.objects.order_by("as_of", "created_at", "id"),
        lambda one: (one.subject, one.category, one.criterion),
        lambda one: one.value,
        contradictions,
    )
    of_needs, overrides = _said_of_needs(current_actor())
    return Known(limits=limits, assessments=assessments, of_needs=of_needs, overrides=overrides, contradictions=tuple(contradictions))


def _said_of_needs(actor: Actor) -> tuple[dict[tuple[UUID, str], NeedAssessment], dict[UUID, PriorityOverride]]:
    """The last word of people on each need by criterion, and on its whole priority; it goes with a need that went into another."""
    said = list(NeedAssessment.objects.order_by("said_on", "created_at", "id"))
    set_over = list(PriorityOverride.objects.order_by("said_on", "created_at", "id"))
    now = final_ones(actor, "need", {one.need_id for one in said} | {one.need_id for one in set_over}) if said or set_over else {}
    last = {now[one.need_id]: one for one in set_over}
    return {(now[one.need_id], one.criterion): one for one in said}, {need: one for need, one in last.items() if one.value is not None}


def _newest(records: Iterable[Any], key: Any, value: Any, contradictions: list[str]) -> dict[Any, Any]:
    newest: dict[Any, Any] = {}
    for record in records:
        place = key(record)
        earlier = newest.get(place)
        # the same source speaking again is news; two sources that differ are a contradiction
        if earlier is not None and earlier.source != record.source and value(earlier) != value(record):
            words = " / ".join(str(part) for part in place if part)
            contradictions.append(
                f"{words}: {earlier.source} ({earlier.as_of:%d %b %Y}) and {record.source} ({record.as_of:%d %b %Y}) differ;"
                " the later stands"
            )
        newest[place] = record
    return newest
