"""Undo: a compensating act, made from the kept images. Refused, with the reason, when later acts build on what would be undone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ProtectedError

from sild.kernel import clock
from sild.kernel.action import ACTIONS, STEPWISE, action
from sild.kernel.actor import Actor, Role
from sild.kernel.history import Act
from sild.kernel.record import ENCODER, Record
from sild.kernel.refusals import NotThere, Refused

DAYS = 30
EVERYBODY_WHO_WRITES = frozenset(Role) - {Role.AUDITOR}


@action("kernel.undo", roles=EVERYBODY_WHO_WRITES)
def undo(actor: Actor, act_id: UUID, *, reason: str) -> int:
    """Put back what the act changed; returns how many records. Raises NotThere, or Refused with the reason."""
    act = Act.objects.filter(id=act_id, owner_id=actor.organisation).first()
    if act is None:
        raise NotThere(f"There is no act {act_id}.")
    _refuse_what_stays(actor, act)
    try:
        for label, key, before, after in reversed(act.images):
            _put_back(label, key, before, after)
    except ProtectedError as problem:
        raise Refused(f"{act.action} cannot be undone: later records build on it ({problem.args[0]}). Undo those first.") from problem
    Act.objects.filter(id=act.id).update(undone_by=actor.person)
    return len(act.images)


def _refuse_what_stays(actor: Actor, act: Act) -> None:
    when = f"{act.at:%d %b %Y %H:%M}"
    if not actor.roles & ACTIONS.get(act.action, frozenset()):
        raise Refused(f"{actor.name} may not undo {act.action}: it takes a role that may do it.")
    if act.undone_by is not None:
        raise Refused(f"{act.action} of {when} was undone already.")
    if act.action in STEPWISE:
        raise Refused(f"{act.action} of {when} is made of many acts, each kept by itself. Undo those that are wrong.")
    outer = Act.objects.filter(id=act.parent_id).first() if act.parent_id else None
    if outer is not None and outer.action not in STEPWISE and outer.undone_by is None:
        raise Refused(f"{act.action} of {when} is part of {outer.action} (act {outer.id}). Undo that one.")
    if act.at < clock.now() - timedelta(days=DAYS):
        raise Refused(f"{act.action} of {when} is older than {DAYS} days and stays. Correct the record by a new act.")


def _put_back(label: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    model = apps.get_model(label)
    if not issubclass(model, Record):
        raise Refused(f"{label} {key} is no record and cannot be put back.")
    now = model.objects.filter(pk=key).first()
    if _comparable(_plain(now) if now is not None else None) != _comparable(after):
        raise Refused(f"{model._meta.verbose_name} {key} was changed since: undo the later act first.")
    if before is None and now is not None:
        now.delete()
        return
    record = now if now is not None else model(id=key)
    for field in model._meta.concrete_fields:
        if before is not None and field.attname != "version":
            setattr(record, field.attname, field.to_python(before[field.attname]))
    record.save()


def _plain(record: Record) -> dict[str, Any]:
    image: dict[str, Any] = json.loads(json.dumps(record.image(), cls=ENCODER))
    return image


def _comparable(image: dict[str, Any] | None) -> dict[str, Any] | None:
    # an undone later act raises the version and leaves the record as the earlier act left it
    return None if image is None else {name: value for name, value in image.items() if name not in ("version", "created_at")}
