"""Casework: notes beside a record, who looks after it, and what they do next. Each organisation keeps its own.

What is kept beside a record is marked like it and stands in its compartment; who does not see the record cannot work on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from sild.kernel.action import action, read
from sild.kernel.actor import PEOPLE, Actor, Role, on_behalf_of
from sild.kernel.identity import Mechanism, Member
from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused

WORKERS = PEOPLE - {Role.AUDITOR}
LONGEST_NOTE = 4000
LONGEST_STEP = 500
MOST_NOTES = 200


class Note(Record):
    """What somebody wrote beside a record, for their own organisation; marked at least like the record."""

    inherits = (From(of="*", key="subject_id", everybody=True),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    text = models.TextField()
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=300)

    class Meta:
        app_label = "kernel"


class Handling(Record):
    """Who of an organisation looks after a record, and what they do next, by when. Each organisation has its own."""

    inherits = (From(of="*", key="subject_id", everybody=True),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    assignee_id = models.UUIDField(null=True)
    assignee_name = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    next_step_on = models.DateField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "subject_model", "subject_id"], name="handling_once")]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note of the reader's own organisation."""

    id: UUID
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingView:
    """Who of the reader's organisation has a record, and their next step; `version` 0 where nobody said anything yet."""

    assignee_id: UUID | None = None
    assignee_name: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    version: int = 0


@action("casework.write-note", roles=WORKERS)
def add_note(actor: Actor, model: str, subject_id: UUID, text: str) -> UUID:
    """Write a note beside a record, for one's own organisation; returns its identifier. Raises NotThere, Refused."""
    subject = _subject(model, subject_id)
    text = text.strip()
    if not text:
        raise Refused(_("The note is empty. Write something, or leave it."))
    if len(text) > LONGEST_NOTE:
        raise Refused(_("The note has {count} letters; {most} are the most. Shorten it.").format(count=len(text), most=LONGEST_NOTE))
    note = Note(
        subject_model=model,
        subject_id=subject_id,
        text=text,
        written_by=actor.person,
        written_by_name=actor.name,
        **_as_closed_as(subject),
    )
    note.save()
    return note.id


@action("casework.assign", roles=WORKERS)
def assign(actor: Actor, model: str, subject_id: UUID, assignee_id: UUID | None, *, version: int | None = None) -> None:
    """Give a record to somebody of one's own organisation, or to nobody. Raises NotThere, Refused, Stale."""
    subject = _subject(model, subject_id)
    name = ""
    if assignee_id is not None:
        name = dict(_colleagues(actor, subject.marking)).get(assignee_id, "")
        if not name:
            raise Refused(_("Only somebody of your own organisation who may see it can have it. Choose one of them."))
    handling = _handling(actor, model, subject, version, {"assignee_name": name})
    handling.assignee_id, handling.assignee_name = assignee_id, name
    handling.save()


@action("casework.set-next-step", roles=WORKERS)
def set_next_step(actor: Actor, model: str, subject_id: UUID, text: str, on: date | None, *, version: int | None = None) -> None:
    """Say what one's own organisation does next with a record, and by when; empty for nothing. Raises NotThere, Refused, Stale."""
    subject = _subject(model, subject_id)
    text = text.strip()
    if len(text) > LONGEST_STEP:
        told = _("The next step has {count} letters; {most} are the most. Say the rest in a note.")
        raise Refused(told.format(count=len(text), most=LONGEST_STEP))
    if on is not None and not text:
        raise Refused(_("A day without a step: say what is to be done by then."))
    handling = _handling(actor, model, subject, version, {"next_step": text, "next_step_on": on})
    handling.next_step, handling.next_step_on = text, on
    handling.save()


@read
def notes_on(actor: Actor, model: str, subject_id: UUID) -> tuple[NoteView, ...]:
    """The notes of one's own organisation beside a record, newest first."""
    rows = Note.objects.filter(owner_id=actor.organisation, subject_model=model, subject_id=subject_id).order_by("-created_at", "-id")
    return tuple(NoteView(id=row.id, at=row.created_at, who=row.written_by_name, text=row.text) for row in rows[:MOST_NOTES])


@read
def handling_of(actor: Actor, model: str, subjects: Iterable[UUID]) -> dict[UUID, HandlingView]:
    """Who of one's own organisation has which of the records, and what they do next; records of nobody are left out."""
    rows = Handling.objects.filter(owner_id=actor.organisation, subject_model=model, subject_id__in=list(subjects))
    return {
        row.subject_id: HandlingView(
            assignee_id=row.assignee_id,
            assignee_name=row.assignee_name,
            next_step=row.next_step,
            next_step_on=row.next_step_on,
            version=row.version,
        )
        for row in rows
    }


@read
def handled(actor: Actor, model: str, *, mine: bool = False, due_by: date | None = None) -> frozenset[UUID]:
    """The records of a kind that the actor has (`mine`), or whose next step is due by a day."""
    rows = Handling.objects.filter(owner_id=actor.organisation, subject_model=model)
    if mine:
        rows = rows.filter(assignee_id=actor.person)
    if due_by is not None:
        rows = rows.filter(next_step_on__lte=due_by)
    return frozenset(rows.values_list("subject_id", flat=True))


@read
def worked_on(actor: Actor, model: str, subjects: Iterable[UUID]) -> frozenset[UUID]:
    """The records of a kind beside which one's own organisation keeps a note, or which somebody of it has."""
    mine = {"owner_id": actor.organisation, "subject_model": model, "subject_id__in": list(subjects)}
    noted = Note.objects.filter(**mine).values_list("subject_id", flat=True)
    return frozenset({*noted, *Handling.objects.filter(**mine).values_list("subject_id", flat=True)})


@read
def colleagues(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Who sits in one's own organisation: (seat, name), by name; services are left out."""
    return _colleagues(actor)


def _colleagues(actor: Actor, marking: int = 0) -> tuple[tuple[UUID, str], ...]:
    mechanism = Mechanism.objects.filter(id=actor.mechanism).first()
    if mechanism is None:
        return ()
    # the secretariat keeps the list of seats; of it only the own organisation's names are told
    with on_behalf_of(mechanism.owner_id):
        seats = (
            Member.objects.filter(organisation_id=actor.organisation, ceiling__gte=marking)
            .exclude(roles__contains=[Role.SERVICE])
            .order_by("name", "id")
        )
        return tuple((seat.id, seat.name) for seat in seats)


def _subject(model: str, subject_id: UUID) -> Record:
    """The record that is worked on, as the actor sees it. Raises NotThere."""
    try:
        kind = apps.get_model(model)
    except (LookupError, ValueError):
        kind = None
    if kind is None or not issubclass(kind, Record) or kind._meta.app_label == "kernel":
        raise NotThere(_("There is no kind of record called {model}.").format(model=model))
    return kind.found(subject_id)


def _as_closed_as(subject: Record) -> dict[str, object]:
    return {"marking": subject.marking, "compartment_id": subject.compartment_id}


def _handling(actor: Actor, model: str, subject: Record, version: int | None, mine: Mapping[str, object]) -> Handling:
    """The organisation's handling of a record, a new one where there is none. Raises Stale where it is not at `version`."""
    found = Handling.objects.filter(owner_id=actor.organisation, subject_model=model, subject_id=subject.id).first()
    if found is None:
        return Handling(subject_model=model, subject_id=subject.id, **_as_closed_as(subject))
    if version is not None and found.version != version:
        raise found.stale().against(mine)
    # a record that was marked higher since takes along who has it
    found.marking = max(found.marking, subject.marking)
    return found
