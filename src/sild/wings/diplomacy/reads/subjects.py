"""Norms and measures with what was done for them: the log, the clocks, the contact points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere
from sild.wings.diplomacy.models import ContactPoint, Implementation
from sild.wings.diplomacy.reads.duties import DutyRow, duties
from sild.wings.diplomacy.rules import ContactKind, DutyState, Measure, Norm, Progress, measure_of, measures, norm_of, norms
from sild.wings.parties.public import desk_day

STALE_DAYS = 365
"""A contact point that was not confirmed for so long is shown as old; the OSCE asks for data once a year (interval from memory)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the implementation log; `own`: the reader's organisation wrote it."""

    id: UUID
    version: int
    created_at: datetime
    subject: str
    what: str
    agency: str
    progress: Progress
    on: date | None
    proof: str
    marking: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact point; `old`: never confirmed, or not for a year; `open_ping`: the day of a ping that nobody answered yet."""

    id: UUID
    version: int
    subject: str
    country: str
    contact_kind: ContactKind
    office: str
    reach: str
    confirmed_on: date | None
    pings: tuple[Mapping[str, Any], ...]
    retired: bool
    marking: int
    own: bool
    old: bool
    open_ping: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """A norm or a measure in its list: entries by progress, the next clock, contact points that are old."""

    fact: Norm | Measure
    done: int
    going_on: int
    next_due: DutyRow | None
    contacts: int
    old_contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """One norm or measure whole."""

    fact: Norm | Measure
    entries: tuple[Entry, ...]
    duties: tuple[DutyRow, ...]
    contacts: tuple[ContactRow, ...]


@read
def entries(actor: Actor, *, subject: str = "") -> list[Entry]:
    """The log as far as the reader may see it, the newest first."""
    found = Implementation.objects.all()
    if subject:
        found = found.filter(subject=subject)
    alike = ("id", "version", "created_at", "subject", "what", "agency", "on", "proof", "marking")
    return [
        Entry(
            **{name: getattr(one, name) for name in alike},
            progress=Progress(one.progress),
            own=one.owner_id == actor.organisation,
        )
        for one in found.order_by("-created_at", "-id")
    ]


@read
def contacts(actor: Actor, *, subject: str = "", retired: bool = False) -> list[ContactRow]:
    """The contact points that the reader may see, by country; retired ones only where asked for."""
    today, found = desk_day(actor), ContactPoint.objects.all()
    if subject:
        found = found.filter(subject=subject)
    if not retired:
        found = found.filter(retired=False)
    return [_contact(one, actor, today) for one in found.order_by("retired", "country", "subject", "created_at", "id")]


def _contact(one: ContactPoint, actor: Actor, today: date) -> ContactRow:
    alike = ("id", "version", "subject", "country", "office", "reach", "confirmed_on", "retired", "marking")
    last = one.pings[-1] if one.pings else None
    return ContactRow(
        **{name: getattr(one, name) for name in alike},
        contact_kind=ContactKind(one.contact_kind),
        pings=tuple(one.pings),
        own=one.owner_id == actor.organisation,
        old=not one.retired and (one.confirmed_on is None or (today - one.confirmed_on).days > STALE_DAYS),
        open_ping=last["on"] if last is not None and not last["answered_on"] else "",
    )


@read
def subject_rows(actor: Actor, *, of: str) -> list[SubjectRow]:
    """All norms (`of` "norms") or measures ("measures"), with what was done for each as far as the reader may see it."""
    facts: tuple[Norm | Measure, ...] = norms() if of == "norms" else measures()
    counted = Counter((one.subject, one.progress) for one in entries(actor))
    clocks, points = duties(actor), contacts(actor)
    return [
        SubjectRow(
            fact=fact,
            done=counted[fact.id, Progress.DONE],
            going_on=counted[fact.id, Progress.PLANNED] + counted[fact.id, Progress.UNDER_WAY],
            next_due=next((one for one in clocks if one.subject == fact.id and one.state != DutyState.ENDED), None),
            contacts=sum(one.subject == fact.id for one in points),
            old_contacts=sum(one.subject == fact.id and one.old for one in points),
        )
        for fact in facts
    ]


@read
def subject_record(actor: Actor, key: str) -> SubjectView:
    """One norm or measure with all that hangs on it. Raises NotThere."""
    fact: Norm | Measure | None = norm_of(key) or measure_of(key)
    if fact is None:
        raise NotThere(_("There is no such norm or measure."))
    return SubjectView(
        fact=fact,
        entries=tuple(entries(actor, subject=key)),
        duties=tuple(duties(actor, subject=key, ended=True)),
        contacts=tuple(contacts(actor, subject=key, retired=True)),
    )
