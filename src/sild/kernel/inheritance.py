"""Inheritance: no child is less closed than its parent. Models declare whom they inherit from; the end of every act sees to it.

A child takes the highest marking of its parents, their latest embargo, and their compartment; its history is closed with it. Other
organisations' records beside a record (their notes, their rulings) are closed too, on their behalf.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, current_actor, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.grants import MOST_RELEASED, recall_all
from sild.kernel.inherits import From
from sild.kernel.journal import Image, Written
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.turns import turn_beside, turn_until_commit


@dataclass(frozen=True, slots=True)
class Closed:
    """How closed something is: its marking, its compartment, the end of its embargo."""

    marking: int
    compartment: UUID | None
    embargo: datetime | None

    def joined(self, other: Closed) -> Closed:
        """As closed as both. Raises Refused where they lie in two compartments."""
        if self.compartment and other.compartment and self.compartment != other.compartment:
            raise Refused(_("This would join records of two compartments. Move both into one compartment first."))
        embargoes = [until for until in (self.embargo, other.embargo) if until is not None]
        return Closed(max(self.marking, other.marking), self.compartment or other.compartment, max(embargoes, default=None))


OPEN = Closed(0, None, None)


def closed_of(record: Record) -> Closed:
    """How closed a record is."""
    return Closed(record.marking, record.compartment_id, record.embargo_until)


def _closed_in(image: Image) -> Closed:
    return Closed(image["marking"], image["compartment_id"], image["embargo_until"])


def models_of_records() -> list[type[Record]]:
    """Every table of records."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


@settles
def _inherit(written: Sequence[Written]) -> None:
    """Close what is less closed than its parents, and what hangs on it, until nothing is left; then close the history."""
    candidates: dict[str, set[UUID]] = defaultdict(set)
    raised: dict[str, set[UUID]] = defaultdict(set)
    for label, key, before, after in written:
        if after is None:
            continue
        identity = key if isinstance(key, UUID) else UUID(key)
        model = apps.get_model(label)
        if not issubclass(model, Record):
            continue
        moved = before is None or _closed_in(before) != _closed_in(after)
        if before is not None and moved:
            raised[label].add(identity)
        if model.inherits and (moved or _names_others(model, before, after)):
            candidates[label].add(identity)
        for child, way in _ways():
            if way.pointer and way.of == label and after[way.pointer] and (moved or (before or {}).get(way.pointer) != after[way.pointer]):
                candidates[child._meta.label].add(after[way.pointer])
    if not candidates and not raised:
        return
    _await_others(closing=bool(raised))
    _refuse_orphans(written)
    with on_behalf_of(current_actor().organisation):
        _close(candidates, raised)


CLOSING = "closing"


def begin_closing() -> None:
    """Within an act: wait for those who make children of records, and let nobody finish making one until this transaction is over."""
    turn_until_commit(current_actor().mechanism, CLOSING)


def _await_others(*, closing: bool) -> None:
    """Let a child that is made and a parent that is closed at one moment see each other, whichever of the two is first.

    Who makes children holds the turn beside others and reads the parents afterwards; who closes holds it alone and looks for the
    children afterwards. A lock on each parent would let nobody hold it who reads a record and may not write it.
    """
    if closing:
        begin_closing()
    else:
        turn_beside(current_actor().mechanism, CLOSING)


def _refuse_orphans(written: Sequence[Written]) -> None:
    """Raise NotThere for a word beside a record that went while it was written: it moved into a compartment, or is gone."""
    subjects: dict[str, set[UUID]] = defaultdict(set)
    for label, _key, before, after in written:
        if before is None and after is not None and any(way.of == "*" for way in apps.get_model(label).inherits):
            subjects[after["subject_model"]].add(after["subject_id"])
    for label, keys in subjects.items():
        found: Any = apps.get_model(label)._default_manager.filter(id__in=list(keys))
        if found.count() < len(keys):
            raise NotThere(_("The record went while you wrote about it. Look for it anew."))


def _names_others(model: type[Record], before: Image | None, after: Image) -> bool:
    named = [name for way in model.inherits for name in (way.key, way.among) if name]
    return before is None or any(before.get(name) != after.get(name) for name in named)


def _ways() -> Iterator[tuple[type[Record], From]]:
    for model in models_of_records():
        for way in model.inherits:
            yield model, way


def _close(candidates: dict[str, set[UUID]], raised: dict[str, set[UUID]]) -> None:
    closing = {label: set(keys) for label, keys in raised.items()}
    while candidates or raised:
        for label, keys in raised.items():
            for child_label, child_keys in children_of(label, keys):
                candidates.setdefault(child_label, set()).update(child_keys)
        raised = defaultdict(set)
        for label, keys in candidates.items():
            changed = _raise(label, keys)
            raised[label] |= changed
            closing.setdefault(label, set()).update(changed)
        raised = defaultdict(set, {label: keys for label, keys in raised.items() if keys})
        candidates = {}
    for label, keys in closing.items():
        if keys:
            close_history(label, keys)


def children_of(label: str, keys: Collection[UUID]) -> Iterator[tuple[str, set[UUID]]]:
    """What inherits from records of a kind: by kind, the identifiers of the children."""
    for model, way in _ways():
        if way.of in (label, "*"):
            yield model._meta.label, _children(label, keys, model, way)


def _children(label: str, keys: Collection[UUID], model: type[Record], way: From) -> set[UUID]:
    if way.everybody:
        kept = kept_beside(model._meta.db_table, way.key, keys, label if way.of == "*" else "")
        return {child for children in kept.values() for child in children}
    mine = current_actor().organisation
    with on_behalf_of(mine):
        if way.pointer:
            parents = apps.get_model(label)._default_manager.filter(id__in=list(keys)).exclude(**{way.pointer: None})
            return set(parents.values_list(way.pointer, flat=True))
        narrowed = {"subject_model": label} if way.of == "*" else {}
        lookup = {f"{way.among}__overlap": list(keys)} if way.among else {f"{way.key}__in": list(keys)}
        return set(model._default_manager.filter(**lookup, **narrowed, owner_id=mine).values_list("id", flat=True))


def _keepers(model: type[Record], keys: Collection[UUID]) -> list[UUID]:
    """Whose of the named records there are: one's own, or everybody's where every organisation keeps such records."""
    if not any(way.everybody for way in model.inherits):
        return [current_actor().organisation]
    return list(kept_beside(model._meta.db_table, "id", keys))


def _raise(label: str, keys: Collection[UUID]) -> set[UUID]:
    """Close the named records as far as their parents are; returns those that changed."""
    model: Any = apps.get_model(label)
    changed: set[UUID] = set()
    for owner in _keepers(model, keys):
        with on_behalf_of(owner):
            records = list(model.objects.filter(id__in=list(keys), owner_id=owner))
        # the parents are read as who closed them sees them: the owner of a note may see its record no more
        demanded = _demanded(model, records)
        wanted = [(record, level) for record in records if (level := closed_of(record).joined(demanded[record.id])) != closed_of(record)]
        if wanted:
            with on_behalf_of(owner) as rules:
                inherit(rules, wanted)
            changed |= {record.id for record, _level in wanted}
    return changed


def demanded_of(record: Record) -> Closed:
    """How closed a record's parents are, taken together."""
    return _demanded(type(record), [record])[record.id]


def _demanded(model: type[Record], records: Sequence[Any]) -> dict[UUID, Closed]:
    """How closed the parents of records of one kind are, a query for each way and kind of parent. Raises Refused as `joined` does."""
    levels = {record.id: OPEN for record in records}
    for way in model.inherits:
        rooms: dict[UUID, set[UUID | None]] = defaultdict(set)
        for child, parent in _parents(records, way):
            rooms[child].add(parent.compartment)
            levels[child] = levels[child].joined(parent)
        if way.together and any(len(found) > 1 for found in rooms.values()):
            raise Refused(_("Lines inside and outside a compartment cannot speak of one need or offer. Move all of them, or none."))
    return levels


def _parents(records: Sequence[Any], way: From) -> Iterator[tuple[UUID, Closed]]:
    """Every child with every parent of it that the actor sees: (child's id, how closed the parent is)."""
    columns = ("marking", "compartment_id", "embargo_until")
    if way.pointer:
        pointing: Any = apps.get_model(way.of)._default_manager.filter(**{f"{way.pointer}__in": [record.id for record in records]})
        # lines of one need are alike but for a few: one row for each kind of them
        for child, *level in pointing.order_by().values_list(way.pointer, *columns).distinct():
            yield child, Closed(*level)
        return
    named: dict[str, dict[UUID, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        label = record.subject_model if way.of == "*" else way.of
        for parent in getattr(record, way.among) if way.among else [getattr(record, way.key)]:
            named[label][parent].append(record.id)
    for label, children in named.items():
        found: Any = apps.get_model(label)._default_manager.filter(id__in=list(children))
        for parent, *level in found.values_list("id", *columns):
            for child in children[parent]:
                yield child, Closed(*level)


@action("kernel.inherit", roles=frozenset({Role.SERVICE}), recalled=True)
def inherit(actor: Actor, wanted: Sequence[tuple[Record, Closed]]) -> None:
    """Close records as far as their parents are. The desk's own rules do it, for whoever closed a parent."""
    by_model: dict[type[Record], list[Any]] = defaultdict(list)
    for record, level in wanted:
        if record.owner_id != actor.organisation:
            continue
        record.marking, record.compartment_id, record.embargo_until = level.marking, level.compartment, level.embargo
        by_model[type(record)].append(record)
    for model, records in by_model.items():
        away = [record for record in records if record.marking > MOST_RELEASED or record.compartment_id is not None]
        recall_all(model._meta.label, [record.id for record in away])
        for record in away:
            record.releasable_to = []
        model._default_manager.bulk_change(records, ["marking", "compartment_id", "embargo_until", "releasable_to"])


_CLOSE_CHANGES = """update kernel_change change set marking = greatest(change.marking, record.marking),
        compartment_id = coalesce(change.compartment_id, record.compartment_id)
    from {table} record where record.id = change.record_id and change.model = %s and record.id = any(%s)
      and (change.marking < record.marking or (record.compartment_id is not null and change.compartment_id is null))"""

_SEAL_CHANGES = """update kernel_change set compartment_id = %s where model = %s and record_id = any(%s) and compartment_id is null"""

# an act's reason may speak of what it wrote; without a reason it says only that somebody did something, unless nothing else was done
_CLOSE_ACTS = """update kernel_act act set marking = greatest(act.marking, closed.marking),
        compartments = array(select distinct unnest(act.compartments || closed.compartments) order by 1)
    from (select act_id, max(marking) as marking, min(marking) as least, count(*) = count(compartment_id) as inside,
                 array_remove(array_agg(distinct compartment_id), null) as compartments
          from kernel_change where act_id = any(%s) group by act_id) closed
    where closed.act_id = act.id and act.owner_id = (select sild_organisation())
      and (act.reason <> '' or (closed.least = closed.marking and (closed.inside or closed.compartments = '{}')))
      and (act.marking < closed.marking or not closed.compartments <@ act.compartments)"""


def close_history(label: str, keys: Collection[UUID]) -> None:
    """Close what history keeps of records, and the acts that wrote them, as far as the records are."""
    table = apps.get_model(label)._meta.db_table
    for owner in _tellers(keys):
        with on_behalf_of(owner), connection.cursor() as cursor:
            cursor.execute(_CLOSE_CHANGES.format(table=table), [label, list(keys)])
            _close_acts(cursor, label, keys)


def seal_history(label: str, keys: Collection[UUID], compartment: UUID) -> None:
    """Close what history keeps of records into a compartment in which the records themselves are not: it tells what moved there."""
    for owner in _tellers(keys):
        with on_behalf_of(owner), connection.cursor() as cursor:
            cursor.execute(_SEAL_CHANGES, [compartment, label, list(keys)])
            _close_acts(cursor, label, keys)


def _tellers(keys: Collection[UUID]) -> list[UUID]:
    """Whose history tells of the records."""
    return list(kept_beside("kernel_change", "record_id", keys))


def _close_acts(cursor: Any, label: str, keys: Collection[UUID]) -> None:
    cursor.execute("select distinct act_id from kernel_change where model = %s and record_id = any(%s)", [label, list(keys)])
    acts = [row[0] for row in cursor.fetchall()]
    if acts:
        cursor.execute(_CLOSE_ACTS, [acts])


def inheritance_faults_sql() -> dict[str, str]:
    """For the doctor and the tests: by name, a query whose rows are children less closed than a parent. Runs without policies."""
    statements = {}
    for child, way in _ways():
        for parent in [apps.get_model(way.of)] if way.of != "*" else models_of_records():
            statements[f"{child._meta.label} of {parent._meta.label}"] = _fault_sql(child, way, parent._meta.label, parent._meta.db_table)
    for model in models_of_records():
        statements[f"history of {model._meta.label}"] = (
            f"select change.id from kernel_change change join {model._meta.db_table} record on record.id = change.record_id"
            f" where change.model = '{model._meta.label}'"
            # what was written in one compartment stays in it, wherever the record is closed later
            " and (change.marking < record.marking or (record.compartment_id is not null and change.compartment_id is null))"
        )
    return statements


COVERED = "sild_covered"


def covered_sql() -> str:
    """The database's own knowledge of what was made from what: a function that answers a record with all below it, in its organisation.

    Made from the declarations of the models after every migration (kernel/house.py); the guard lets a lowering open no other rows.
    """
    below = "\n      union all ".join(
        _below_sql(child, way) for child, way in sorted(_ways(), key=lambda one: (one[0]._meta.label, str(one[1])))
    )
    return f"""create or replace function {COVERED}(subject_model text, subject uuid) returns uuid[] language plpgsql stable
set search_path = public, pg_temp as $$
begin
  return array(
    with recursive covered(label, id) as (
      select subject_model, subject
      union
      select below.label, below.id from covered cross join lateral (
      {below}
      ) below)
    select distinct covered.id from covered);
end $$"""


def _below_sql(child: type[Record], way: From) -> str:
    mine = "owner_id = (select sild_organisation())"
    table, label = child._meta.db_table, child._meta.label
    if way.pointer:
        parent = apps.get_model(way.of)._meta.db_table
        return (
            f"select '{label}'::text as label, one.{way.pointer} as id from {parent} one where covered.label = '{way.of}'"
            f" and one.id = covered.id and one.{way.pointer} is not null and one.{mine}"
        )
    named = f"one.{way.among} @> array[covered.id]" if way.among else f"one.{way.key} = covered.id"
    of = "one.subject_model = covered.label" if way.of == "*" else f"covered.label = '{way.of}'"
    return f"select '{label}'::text as label, one.id from {table} one where {of} and {named} and one.{mine}"


def _fault_sql(child: type[Record], way: From, label: str, table: str) -> str:
    joined = f"parent.{way.pointer} = child.id" if way.pointer else f"parent.id = child.{way.key}"
    if way.among:
        joined = f"parent.id = any(child.{way.among})"
    narrowed = f" and child.subject_model = '{label}'" if way.of == "*" else ""
    return (
        f"select child.id from {child._meta.db_table} child join {table} parent on {joined}{narrowed}"
        " where child.marking < parent.marking"
        " or (parent.compartment_id is not null and child.compartment_id is distinct from parent.compartment_id)"
        " or (parent.embargo_until > now() and (child.embargo_until is null or child.embargo_until < parent.embargo_until))"
    )
