"""Records that one actor may not see: of every table, in every way in which a record can be closed.

They are put in past the policies, as another organisation's history would have left them, and look like what the actor can see:
the same names, digests and words, so that a uniqueness or a search that looks too far shows itself.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction

from sild.kernel.actor import Actor, acting
from sild.kernel.history import Act, Change
from sild.kernel.identity import Compartment, Mechanism, Member, Organisation
from sild.kernel.record import Record
from sild.values.marking import Marking
from tests.worlds.stillness import BEGINNING

# a whole mechanism, organisation or seat is not added here: the mechanism of strangers in the base world holds them
NOT_PLANTED = (Mechanism, Organisation, Member)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which a record is closed to the actor."""

    name: str
    mechanism: uuid.UUID
    owner: uuid.UUID
    marking: int = int(Marking.AMBER)
    releasable_to: tuple[uuid.UUID, ...] = ()
    compartment: uuid.UUID | None = None
    embargo_until: datetime | None = None


def ways(actor: Actor, others: Iterable[uuid.UUID], strangers: tuple[uuid.UUID, uuid.UUID], compartment: uuid.UUID) -> list[Way]:
    """Every way to close a record to the actor: not theirs, not released, above the ceiling, in a compartment, embargoed, elsewhere."""
    found = [Way(name="of strangers", mechanism=strangers[0], owner=strangers[1])]
    found.append(Way(name="in a compartment", mechanism=actor.mechanism, owner=actor.organisation, compartment=compartment))
    if actor.ceiling < Marking.RED:
        found.append(Way(name="above the ceiling", mechanism=actor.mechanism, owner=actor.organisation, marking=int(Marking.RED)))
    for owner in sorted(others)[:4]:
        if owner == actor.organisation:
            continue
        found.append(Way(name="of another organisation", mechanism=actor.mechanism, owner=owner))
        found.append(
            Way(
                name="under an embargo",
                mechanism=actor.mechanism,
                owner=owner,
                releasable_to=(actor.organisation,),
                embargo_until=BEGINNING + timedelta(days=900),
            )
        )
        found.append(
            Way(
                name="released to others",
                mechanism=actor.mechanism,
                owner=owner,
                releasable_to=tuple(x for x in sorted(others) if x not in (owner, actor.organisation)),
            )
        )
    return found


@dataclass(slots=True)
class Hider:
    """Puts hidden records into the world that is connected now; `kept` are the identifiers by table of what was put in."""

    actor: Actor
    chance: random.Random
    ways: list[Way]
    kept: dict[str, list[uuid.UUID]]

    def hide(self, rounds: int) -> None:
        """Add `rounds` records to every table of records, then the history that would have come with them."""
        for _round in range(rounds):
            for model in _tables():
                self._add(model)
        self._add_history(rounds)

    def _add(self, model: type[Record]) -> None:
        way = self.chance.choice(self.ways)
        record = model(id=uuid.UUID(bytes=self.chance.randbytes(16), version=4))
        for field in model._meta.concrete_fields:
            if not field.primary_key:
                setattr(record, field.attname, self._value(model, field, way))
        record.version = 1
        try:
            with transaction.atomic(using="migrate"):
                models.Model.save(record, using="migrate", force_insert=True)
        except DatabaseError:
            # it cannot be there: the actor's own record stands in its place
            return
        self.kept.setdefault(model._meta.label, []).append(record.id)

    def _value(self, model: type[Record], field: models.Field[Any, Any], way: Way) -> Any:
        fixed = {
            "mechanism_id": way.mechanism,
            "owner_id": way.owner,
            "marking": way.marking,
            "releasable_to": list(way.releasable_to),
            "compartment_id": way.compartment,
            "embargo_until": way.embargo_until,
            "created_at": BEGINNING - timedelta(minutes=self.chance.randrange(1, 10_000)),
            "message_name": f"hidden {self.chance.randrange(10**6)}.eml",
        }
        if field.attname in fixed:
            return fixed[field.attname]
        if isinstance(field, models.ForeignKey):
            return self._parent(field)
        return self._like(model, field)

    def _parent(self, field: models.ForeignKey[Any, Any]) -> Any:
        """A parent that is hidden too: what is under a visible record is as visible as that."""
        there = self.kept.get(field.related_model._meta.label, [])
        return self.chance.choice(there) if there else None

    def _like(self, model: type[Record], field: models.Field[Any, Any]) -> Any:
        """A value as some record of the table has it, so that hidden records look like visible ones."""
        plain: models.QuerySet[Any] = models.QuerySet(model, using="migrate")
        seen = list(plain.order_by("id").values_list(field.attname, flat=True)[:40])
        if seen and self.chance.random() < 0.8:
            return self.chance.choice(seen)
        return self._fresh(field)

    def _fresh(self, field: models.Field[Any, Any]) -> Any:
        if field.null:
            return None
        if isinstance(field, models.UUIDField):
            return uuid.UUID(bytes=self.chance.randbytes(16), version=4)
        if isinstance(field, ArrayField):
            return []
        if isinstance(field, models.JSONField):
            return field.get_default()
        if isinstance(field, models.BooleanField):
            return False
        if isinstance(field, models.DecimalField):
            return Decimal(1)
        if isinstance(field, models.DateTimeField):
            return BEGINNING
        if isinstance(field, models.DateField):
            return date(2026, 2, 1)
        if isinstance(field, models.IntegerField | models.FloatField):
            return 1
        return "hidden words"

    def _add_history(self, rounds: int) -> None:
        for number in range(rounds * 4):
            way = self.chance.choice(self.ways)
            label, identities = self.chance.choice(sorted(self.kept.items()))
            act = Act(
                id=uuid.UUID(bytes=self.chance.randbytes(16), version=4),
                mechanism_id=way.mechanism,
                owner_id=way.owner,
                action="register.accept-line",
                person_id=uuid.UUID(bytes=self.chance.randbytes(16), version=4),
                person_name=f"Hidden person {number}",
                at=BEGINNING - timedelta(minutes=number + 1),
                reason="hidden reason",
                # an auditor of the mechanism knows of every act within the ceiling
                marking=int(Marking.RED) if way.compartment is None and way.mechanism == self.actor.mechanism else way.marking,
                compartments=[way.compartment] if way.compartment else [],
            )
            act.root_id = act.id
            if way.owner == self.actor.organisation and self.actor.ceiling >= act.marking and way.compartment is None:
                continue
            if self._sees_all_acts(act):
                continue
            models.QuerySet(Act, using="migrate").bulk_create([act])
            change = Change(
                id=uuid.UUID(bytes=self.chance.randbytes(16), version=4),
                mechanism_id=way.mechanism,
                owner_id=way.owner,
                releasable_to=[],
                marking=way.marking,
                compartment_id=way.compartment,
                act_id=act.id,
                root_id=act.id,
                place=0,
                model=label,
                record_id=self.chance.choice(identities),
                before=None,
                after={"text": "hidden words"},
            )
            if way.embargo_until is None:
                models.QuerySet(Change, using="migrate").bulk_create([change])

    def _sees_all_acts(self, act: Act) -> bool:
        """Whether the actor, as an auditor, would know of this act."""
        auditor = "auditor" in {role.value for role in self.actor.roles}
        return auditor and act.mechanism_id == self.actor.mechanism and act.marking <= self.actor.ceiling and not act.compartments


def _tables() -> list[type[Record]]:
    """Tables of records, parents before what points at them."""
    found = [model for model in apps.get_models() if issubclass(model, Record) and model not in NOT_PLANTED and model is not Compartment]
    placed: list[type[Record]] = []
    while len(placed) < len(found):
        for model in found:
            parents = {field.related_model for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)}
            if model not in placed and all(parent in placed or parent not in found or parent is model for parent in parents):
                placed.append(model)
    return placed


def seen_after_all(actor: Actor, kept: dict[str, list[uuid.UUID]]) -> list[str]:
    """Hidden records that the actor can see: the worlds would not be a fair question."""
    with acting(actor):
        return [
            f"{label} {identity}"
            for label, identities in sorted(kept.items())
            for identity in apps.get_model(label)._default_manager.filter(id__in=identities).values_list("id", flat=True)
        ]
