"""The ledger in words: the acts that the actor may know of, newest first. Auditors see every act of the mechanism within their ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from sild.kernel import clock
from sild.kernel.action import RECALLED, STEPWISE, read
from sild.kernel.actor import Actor
from sild.kernel.history import Act, Change
from sild.kernel.identity import Organisation
from sild.kernel.undo import DAYS, UNDO, may_take_back

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act: `records` counts what it wrote, as far as the reader may see; `undoable` says whether the reader could take it back now."""

    id: UUID
    action: str
    at: datetime
    person: str
    organisation: str
    started_by: str
    reason: str
    records: int
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFilter:
    """Which acts: whose (`people`, `services` or all), of which action, by whom; `parts` shows the acts inside acts too."""

    who: str = ""
    action: str = ""
    person: str = ""
    parts: bool = False


@read
def list_acts(
    actor: Actor, wanted: ActFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[ActView], tuple[datetime, UUID] | None]:
    """Acts, newest first, and the key from which the next page goes on (None at the end)."""
    acts = Act.objects.filter(mechanism_id=actor.mechanism)
    if not wanted.parts:
        acts = acts.filter(Q(root_id=F("id")) | Q(root_id=None))
    if wanted.who in ("people", "services"):
        acts = acts.filter(started_by="") if wanted.who == "people" else acts.exclude(started_by="")
    if wanted.action:
        acts = acts.filter(action=wanted.action)
    if wanted.person:
        acts = acts.filter(person_name__icontains=wanted.person)
    if after is not None:
        acts = acts.filter(Q(at__lt=after[0]) | Q(at=after[0], id__lt=after[1]))
    found = list(acts.order_by("-at", "-id")[: min(limit, MOST) + 1])
    shown = found[: min(limit, MOST)]
    names = dict(Organisation.objects.filter(id__in={act.owner_id for act in shown}).values_list("id", "name"))
    records: dict[UUID, set[UUID]] = {}
    for root, record in Change.objects.filter(root_id__in=[act.id for act in shown]).values_list("root_id", "record_id"):
        records.setdefault(root, set()).add(record)
    views = [_view(actor, act, names.get(act.owner_id, ""), len(records.get(act.id, ()))) for act in shown]
    return views, (shown[-1].at, shown[-1].id) if len(found) > len(shown) else None


@read
def act_names(actor: Actor) -> list[str]:
    """The actions that stand in the acts which the actor may know of, for a filter."""
    return sorted(Act.objects.filter(mechanism_id=actor.mechanism).order_by().values_list("action", flat=True).distinct())


def _view(actor: Actor, act: Act, organisation: str, records: int) -> ActView:
    may = act.owner_id == actor.organisation and may_take_back(actor, act)
    stays = act.action == UNDO or act.action in STEPWISE or act.action in RECALLED or act.undone_by is not None or not records
    recent = (clock.now() - act.at).days < DAYS
    return ActView(
        id=act.id,
        action=act.action,
        at=act.at,
        person=act.person_name,
        organisation=organisation,
        started_by=act.started_by,
        reason=act.reason,
        records=records,
        undone=act.undone_by is not None,
        undoable=may and recent and not stays and act.root_id in (act.id, None),
    )
