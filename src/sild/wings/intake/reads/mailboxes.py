"""Mailboxes: which are fetched from, how the last fetch went, and which are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.intake.models import Mailbox, MailboxPlace

LONGEST_WAIT_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxView:
    """A mailbox as a person knows it, and how far it was fetched. `passed_over`: (number, reason)."""

    id: UUID
    name: str
    user: str
    host: str
    port: int
    security: str
    folder: str
    every_minutes: int
    afterwards: str
    fetched_at: datetime | None
    taken: int
    last_uid: int
    fault: str
    passed_over: tuple[tuple[int, str], ...]


@read
def mailboxes(actor: Actor) -> list[MailboxView]:
    """Those that are fetched from, by name."""
    places = {place.mailbox_id: place for place in MailboxPlace.objects.all()}
    return [_view(mailbox, places.get(mailbox.id)) for mailbox in Mailbox.objects.filter(closed=False).order_by("name")]


@read
def due_mailboxes(actor: Actor) -> list[UUID]:
    """Those whose time has come; one that failed several times waits longer, at most an hour."""
    now, due = clock.now(), []
    for mailbox in Mailbox.objects.filter(closed=False).order_by("name"):
        place = MailboxPlace.objects.filter(mailbox_id=mailbox.id).first()
        wait = mailbox.every_minutes * (2 ** min(place.faults, 6) if place is not None else 1)
        wait = min(wait, max(mailbox.every_minutes, LONGEST_WAIT_MINUTES))
        if place is None or place.fetched_at is None or now - place.fetched_at >= timedelta(minutes=wait):
            due.append(mailbox.id)
    return due


def _view(mailbox: Mailbox, place: MailboxPlace | None) -> MailboxView:
    return MailboxView(
        id=mailbox.id,
        name=mailbox.name,
        user=mailbox.user,
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        folder=mailbox.folder,
        every_minutes=mailbox.every_minutes,
        afterwards=mailbox.afterwards,
        fetched_at=place.fetched_at if place else None,
        taken=place.taken if place else 0,
        last_uid=place.last_uid if place else 0,
        fault=place.fault if place else "",
        passed_over=tuple((int(uid), str(why)) for uid, why in place.passed_over) if place else (),
    )
