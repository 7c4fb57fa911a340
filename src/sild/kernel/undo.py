"""Undo: a compensating act, made from the kept images. Refused, with the reason, when later acts build on what would be undone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import ACTIONS, RECALLED, STEPWISE, action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import is_erased
from sild.kernel.history import ENCODER, Act, Change
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.said import said

DAYS = 30
UNDO = "kernel.undo"
FOLLOWS = frozenset({"version", "created_at", "releasable_to", "words"})
"""Columns that follow from the others whenever a record is saved: they are neither compared nor put back."""
EVERYBODY_WHO_WRITES = frozenset(Role) - {Role.AUDITOR}


@action(UNDO, roles=EVERYBODY_WHO_WRITES)
def undo(actor: Actor, act_id: UUID, *, reason: str) -> int:
    """Put back what the act changed; returns how many records. Raises NotThere, or Refused with the reason."""
    act = Act.objects.filter(id=act_id, owner_id=actor.organisation).first()
    if act is None:
        raise NotThere(_("There is no such act."))
    _refuse_what_stays(actor, act)
    changes = list(Change.objects.filter(root_id=act.id).order_by("-place"))
    try:
        for change in changes:
            _put_back(change)
    except ProtectedError as problem:
        told = _("{action} cannot be undone: later records build on it ({records}). Undo those first.")
        raise Refused(told.format(action=f"“{said().act(act.action)}”", records=problem.args[0])) from problem
    Act.objects.filter(id=act.id).update(undone_by=actor.person)
    return len(changes)


def may_take_back(actor: Actor, act: Act) -> bool:
    """Whether the actor's roles allow it: those in which the act was done; for a service's act, any that may do such an act.

    A gate does not take back the ruling of another gate, although both do acts of one name.
    """
    allowed = ACTIONS.get(act.action, frozenset())
    done_as = {Role(role) for role in act.roles}
    return bool(actor.roles & allowed & done_as) or (bool(actor.roles & allowed) and (not done_as or Role.SERVICE in done_as))


def _refuse_what_stays(actor: Actor, act: Act) -> None:
    what = {"action": f"“{said().act(act.action)}”", "when": f"{act.at:%d %b %Y %H:%M}", "days": DAYS}
    if act.action == UNDO:
        raise Refused(_("What was taken back at {when} is not brought back by undoing that. Do the act anew.").format(**what))
    if not may_take_back(actor, act):
        raise Refused(_("{name} may not undo {action}: it takes a role that may do it.").format(name=actor.name, **what))
    if act.undone_by is not None:
        raise Refused(_("{action} of {when} was undone already.").format(**what))
    if act.action in RECALLED:
        raise Refused(_("{action} of {when} has left the house and cannot be undone. Recall it by a new act.").format(**what))
    if act.action in STEPWISE:
        raise Refused(_("{action} of {when} is made of many acts, each kept by itself. Undo those that are wrong.").format(**what))
    outer = Act.objects.filter(id=act.root_id).first() if act.root_id not in (None, act.id) else None
    if outer is not None and outer.undone_by is None:
        told = _("{action} of {when} is part of {outer} (act {act}). Undo that one.")
        raise Refused(told.format(outer=outer.action, act=outer.id, **what))
    if act.at < clock.now() - timedelta(days=DAYS):
        raise Refused(_("{action} of {when} is older than {days} days and stays. Correct the record by a new act.").format(**what))


def _put_back(change: Change) -> None:
    label, key, before = change.model, change.record_id, change.before
    model = apps.get_model(label)
    if is_erased(change.before) or is_erased(change.after):
        told = _("{record} {key} was erased since: what it said is not kept any more.")
        raise Refused(told.format(record=_(str(model._meta.verbose_name)), key=key))
    if not issubclass(model, Record):
        raise Refused(_("{record} {key} is no record and cannot be put back.").format(record=label, key=key))
    now = model._default_manager.filter(pk=key).first()
    touched = _touched(before, change.after)
    if (now is None) != (change.after is None) or (now is not None and _part(_plain(now), touched) != _part(change.after, touched)):
        told = _("{record} {key} was changed since: undo the later act first.")
        raise Refused(told.format(record=_(str(model._meta.verbose_name)), key=key))
    if before is None and now is not None:
        now.delete()
        return
    record = now if now is not None else model(id=key)
    back = touched if now is not None else set(before or ()) - {"version"}
    closed = (record.marking, record.compartment_id, record.embargo_until)
    for field in model._meta.concrete_fields:
        if before is not None and field.attname in back and field.attname in before:
            setattr(record, field.attname, field.to_python(before[field.attname]))
    if now is not None and _opens(closed, record):
        raise Refused(_("Undoing this would lower a marking. A marking is lowered by two people: propose that instead."))
    record.save()


def _opens(closed: tuple[int, UUID | None, datetime | None], record: Record) -> bool:
    """Whether a record would be less closed than it was: by its marking, out of its compartment, or before its embargo ends."""
    marking, compartment, embargo = closed
    sooner = embargo is not None and embargo > clock.now() and (record.embargo_until is None or record.embargo_until < embargo)
    return record.marking < marking or (compartment is not None and record.compartment_id != compartment) or sooner


def _plain(record: Record) -> dict[str, Any]:
    image: dict[str, Any] = json.loads(json.dumps(record.image(), cls=ENCODER))
    return image


def _touched(before: dict[str, Any] | None, after: dict[str, Any] | None) -> set[str]:
    """The columns that an act changed: what others changed beside them since stays, and does not stand in the way.

    What an act made or removed was its whole. An undone later act raises the version and leaves the record as the earlier act left
    it, and an image that was kept before a column came says nothing of that column.
    """
    whole = before is None or after is None
    names = (before or after or {}) if whole else [name for name in after or {} if (before or {}).get(name) != (after or {})[name]]
    return set(names) - FOLLOWS


def _part(image: dict[str, Any] | None, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in (image or {}).items() if name in names}
