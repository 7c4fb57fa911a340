"""History in words: who wrote a record, when, why, and what changed from what to what, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import is_erased
from sild.kernel.history import Act, Change

MOST_ENTRIES = 200
SILENT = (
    "id mechanism_id owner_id created_at version words fields evidence threads message_id message_digest part locator position"
    " releasable_to subject_id subject_model written_by assignee_id need_id offer_id conditions"
)
UNTOLD = frozenset(SILENT.split())
"""Columns that say nothing to a reader, or that another page says better (who sees the record)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field of a record that an act changed; the values as kept: texts, numbers, ISO days."""

    record_id: UUID
    model: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One act on a record or what belongs to it; `act` is what Undo takes back, `own` whether the reader's organisation did it.

    `made_ids` are those of the records that the act made.
    """

    act: UUID
    at: datetime
    who: str
    action: str
    reason: str
    made: bool
    undone: bool
    own: bool
    changes: tuple[FieldChange, ...]
    made_ids: tuple[UUID, ...] = ()


@read
def history_of(actor: Actor, records: Collection[UUID], *, labels: Collection[str] = ()) -> tuple[HistoryEntry, ...]:
    """What was done to records, newest first; `labels` narrows it to kinds of record. The newest two hundred changes are looked at."""
    rows = Change.objects.filter(record_id__in=list(records))
    if labels:
        rows = rows.filter(model__in=list(labels))
    changes: dict[UUID, list[Change]] = {}
    known = {act.id: act for act in Act.objects.filter(id__in=rows.values("act_id")).order_by("-at", "id")[:MOST_ENTRIES]}
    for change in rows.filter(act_id__in=list(known)).order_by("place", "id"):
        changes.setdefault(change.act_id, []).append(change)
    return tuple(_entry(actor, act, changes.get(act.id, [])) for act in known.values())


def acted_on(records: Collection[UUID], actions: Collection[str]) -> dict[UUID, frozenset[UUID]]:
    """Which organisations did one of the named acts to each of these records, as far as the reader may know of the acts. Needs an actor.

    What was taken back was not done.
    """
    wrote: dict[UUID, set[UUID]] = {}
    rows = list(Change.objects.filter(record_id__in=list(records)).values_list("record_id", "act_id"))
    done = Act.objects.filter(id__in={act for _record, act in rows}, action__in=list(actions), undone_by=None)
    owners = dict(done.values_list("id", "owner_id"))
    for record, act in rows:
        if act in owners:
            wrote.setdefault(record, set()).add(owners[act])
    return {record: frozenset(found) for record, found in wrote.items()}


def _entry(actor: Actor, act: Act, changes: list[Change]) -> HistoryEntry:
    return HistoryEntry(
        act=act.root_id or act.id,
        at=act.at,
        who=act.person_name,
        action=act.action,
        reason=act.reason,
        made=all(change.before is None for change in changes),
        undone=act.undone_by is not None,
        own=act.owner_id == actor.organisation,
        changes=tuple(one for change in changes for one in _fields(change)),
        made_ids=tuple(change.record_id for change in changes if change.before is None),
    )


def _fields(change: Change) -> list[FieldChange]:
    if change.before is None or change.after is None or is_erased(change.before) or is_erased(change.after):
        return []  # a record made or taken away is one deed, not many fields
    before, after = change.before, change.after
    return [
        FieldChange(record_id=change.record_id, model=change.model, field=name, before=before.get(name), after=after.get(name))
        for name in after
        if name not in UNTOLD and name in before and not _same(before[name], after[name])
    ]


def _same(one: object, other: object) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))
