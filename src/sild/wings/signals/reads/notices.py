"""Notices before something is said: those that the reader gave or was given, one with who read it, and those that wait to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.wings.signals.models import NoticeReceipt, SpeakingNotice

NOTICE = "signals.SpeakingNotice"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """Who read it, when, with which word."""

    by: str
    office: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice. `to` names the other organisations that have it, for whoever gave it; `own`: the reader's organisation did; `read`: the
    reader said that they read it, or gave it themselves; `over`: its moment has passed."""

    id: UUID
    version: int
    title: str
    at: datetime
    says: str
    earlier: str
    watch: str
    study_id: UUID | None
    to: tuple[str, ...]
    written_by: str
    written_at: datetime
    recalled: bool
    recalled_why: str
    marking: int
    own: bool
    read: bool
    over: bool
    receipts: tuple[ReceiptRow, ...]


@read
def list_notices(actor: Actor) -> list[NoticeRow]:
    """The notices that the reader sees, those that are given last first."""
    return _rows(actor, SpeakingNotice.objects.order_by("-written_at", "-id")[:MOST_SHOWN])


@read
def notice_record(actor: Actor, notice_id: UUID) -> NoticeRow:
    """One notice. Raises NotThere."""
    return _rows(actor, [SpeakingNotice.found(notice_id)])[0]


@read
def notices_waiting(actor: Actor, *, most: int) -> list[NoticeRow]:
    """Notices whose moment is to come and that the reader did not say to have read, the next first; who gave one need not."""
    coming = SpeakingNotice.objects.filter(at__gt=clock.now(), recalled=False).exclude(written_by=actor.person)
    read_by_me = NoticeReceipt.objects.filter(read_by=actor.person).values_list("notice_id", flat=True)
    return _rows(actor, coming.exclude(id__in=list(read_by_me)).order_by("at", "id")[:most])


@read
def noticeable(actor: Actor) -> list[tuple[UUID, str]]:
    """The other organisations of the desk: id and name."""
    return list(Organisation.objects.exclude(id=actor.organisation).order_by("name").values_list("id", "name"))


@read
def notices_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's notices and receipts in which one of the words stands, as plain data to hand out to whom they name."""
    told: list[dict[str, Any]] = []
    tables: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (SpeakingNotice, ("title", "says", "earlier", "watch", "written_by_name", "recalled_why")),
        (NoticeReceipt, ("words", "read_by_name")),
    )
    for model, columns in tables:
        said = Q()
        for word in words:
            for column in columns:
                said |= Q(**{f"{column}__icontains": word})
        if said:
            rows = model.objects.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
            told += [{name: getattr(one, name) for name in columns} for one in rows]
    return told


def _rows(actor: Actor, notices: Iterable[SpeakingNotice]) -> list[NoticeRow]:
    found, now = list(notices), clock.now()
    receipts = list(NoticeReceipt.objects.filter(notice_id__in=[one.id for one in found]).order_by("read_at", "id"))
    alike = ("id", "version", "title", "at", "says", "earlier", "watch", "written_at", "recalled", "recalled_why", "marking")
    return [
        NoticeRow(
            **{name: getattr(one, name) for name in alike},
            study_id=one.study_id if one.owner_id == actor.organisation else None,
            to=tuple(one.to) if one.owner_id == actor.organisation else (),
            written_by=one.written_by_name,
            own=one.owner_id == actor.organisation,
            read=one.written_by == actor.person or any(each.read_by == actor.person for each in receipts if each.notice_id == one.id),
            over=one.at <= now,
            receipts=tuple(
                ReceiptRow(by=each.read_by_name, office=each.office, at=each.read_at, words=each.words)
                for each in receipts
                if each.notice_id == one.id
            ),
        )
        for one in found
    ]
