"""Records that one actor may not see: of every table, in every way in which a record can be closed.

They are put in past the policies, as another organisation's history would have left them, and look like what the actor can see:
the same names, digests and words, so that a uniqueness or a search that looks too far shows itself. Half of those that hang on
another record hang on one that the actor sees: what others wrote, ruled, released or changed there is theirs.
"""

from __future__ import annotations

import json
import random
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections, models, transaction

from sild.kernel.accounts import Account
from sild.kernel.actor import Actor, acting
from sild.kernel.grants import BY_RULE, Grant
from sild.kernel.history import Act, Change, LedgerEntry
from sild.kernel.identity import Compartment, Mechanism, Member, Organisation
from sild.kernel.inherits import From
from sild.kernel.once import Answered
from sild.kernel.record import Record
from sild.kernel.undertaking import Undertaking
from sild.values.marking import Marking
from sild.wings.intake.models import Opening
from sild.wings.linkage.models import OverlapMark
from tests.worlds.stillness import BEGINNING

# a whole mechanism, organisation or seat is not added here: the mechanism of strangers in the base world holds them
NOT_PLANTED = (Mechanism, Organisation, Member)


SUBJECTS = ("register.Need", "register.Offer", "register.Line", "intake.Message")
"""What notes, assignees, releases and lowerings are about."""
HANGS_ON = {"register.Line": (From(of="register.Need", key="need_id"), From(of="register.Offer", key="offer_id"))}
"""Children that say it the other way round: a need is released to more readers than the lines that tell it."""
SEEN_WITH_ANOTHER = frozenset({"intake.MessageText", "intake.Sighting", "intake.SecondOpinion"})
"""Tables whose rows are seen by whoever sees the message they belong to: nothing is hidden beside that."""
STATES = frozenset(
    {
        "renewal",
        "aspect",
        "reliability",
        "rating",
        "shown_as",
        "currency",
        "value_currency",
        "series",
        "stage",
        "severity",
        "ground",
        "stance",
        "stand",
        "state",
        "kind",
        "relation",
        "channel",
        "gate",
        "answer",
        "criterion",
        "basis",
        "locator",
        "part",
        "model",
        "place",
        "word",
        "track",
        "touch",
        "norm",
        "question",
        "likelihood",
        "confidence",
        "level",
        "essential",
        "layer",
        "portability",
        "custody",
        "dongle",
        "permission",
        "agreement",
        "immunity",
        "primary",
    }
)
"""Columns that hold one of few words of the program: never one that it does not know."""
ONE_IN_THE_HOME = {"kernel.ApiToken": ("digest",), "kernel.Invitation": ("digest",)}
"""Digests of secrets: chance makes each the only one, whoever made it."""
KNOWN = {
    ("planning.NeedAssessment", "criterion"): ("severity", "own_measures"),
    ("agreements.NoHelp", "why"): ("", "no-stock", "no-budget", "not-ours"),
    ("clearance.ConditionWord", "stand"): ("met", "carried"),
    ("clearance.ConditionWord", "source"): ("licence", "objection", "donation"),
    ("intake.SealedMessage", "place"): ("head", "foot", "subject"),
    ("attribution.EvidenceRating", "rating"): (-2, -1, 0, 1, 2),
    ("attribution.Hypothesis", "stance"): ("actor", "other"),
    ("signals.Incident", "why_not"): ("", "others-lead"),
    ("signals.PublicStatement", "precision"): ("day", "month", "year", "unknown"),
    ("continuity.StandbyMove", "kind"): ("planned", "unplanned", "returned", "refusing", "alone", "back"),
    ("continuity.StandbyMove", "primary"): ("home", "abroad", ""),
    ("intake.Reply", "word"): ("received", "accept", "commit", "decline"),
}
"""Words of the program that no enumeration holds, for tables that the base world leaves empty."""
SECRETS = 12


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
    """Puts hidden records into the world that is connected now.

    `visible` are the records that the actor sees, by table. `kept` are the identifiers by table of what was put in, `secrets` the words
    that nothing else holds; `refused` counts by table what a constraint did not let in, because the actor's own record stands there.
    """

    actor: Actor
    others: tuple[uuid.UUID, ...]
    chance: random.Random
    ways: list[Way]
    visible: Mapping[str, list[uuid.UUID]]
    kept: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    beside: int = 0
    _like_those: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    _owners: dict[uuid.UUID, Record] = field(default_factory=dict)

    def hide(self, rounds: int) -> None:
        """Add `rounds` records to every table of records, as many beside what the actor sees, then the history of both."""
        for _round in range(rounds):
            for model in _tables():
                self._add(model, self.chance.choice(self.ways), {})
                if beside := self._beside(model):
                    self._add(model, *beside)
        self._add_history(rounds)
        self._add_plain(rounds)
        self._add_marks()

    def _add(self, model: type[Record], way: Way, fixed: Mapping[str, Any]) -> None:
        record = model(id=uuid.UUID(bytes=self.chance.randbytes(16), version=4))
        for column in model._meta.concrete_fields:
            if not column.primary_key:
                value = fixed[column.attname] if column.attname in fixed else self._value(model, column, way)
                setattr(record, column.attname, value)
        record.version = 1
        try:
            with transaction.atomic(using="migrate"):
                models.Model.save(record, using="migrate", force_insert=True)
        except DatabaseError:
            # it cannot be there: the actor's own record stands in its place
            self.refused[model._meta.label] += 1
            return
        self.beside += bool(fixed)
        self.kept.setdefault(model._meta.label, []).append(record.id)
        if model._meta.label in BY_RULE:
            self._withhold(record)

    def _withhold(self, record: Record) -> None:
        """Somebody withheld it from the actor, beyond the rule by which records of its kind are shown: a rule that looks at it again,
        for what others do to what it hangs on, is not to show it."""
        if record.owner_id == self.actor.organisation or record.mechanism_id != self.actor.mechanism:
            return
        grant = Grant(
            id=uuid.UUID(bytes=self.chance.randbytes(16), version=4),
            subject_model=record._meta.label,
            subject_id=record.id,
            organisation_id=self.actor.organisation,
            withholds=True,
            granted_by=uuid.UUID(bytes=self.chance.randbytes(16), version=4),
            granted_by_name="Hidden person",
            why="hidden reason",
            marking=record.marking,
            compartment_id=record.compartment_id,
            embargo_until=record.embargo_until,
            mechanism_id=record.mechanism_id,
            owner_id=record.owner_id,
        )
        models.Model.save(grant, using="migrate", force_insert=True)

    def _beside(self, model: type[Record]) -> tuple[Way, dict[str, Any]] | None:
        """Where a hidden record of this kind hangs on one that the actor sees: how it is closed, and the columns that say so.

        It belongs to the parent's owner, or where every organisation keeps its own, to any but the actor's.
        """
        ways = HANGS_ON.get(model._meta.label) or [way for way in model.inherits if way.key]
        if not ways or model._meta.label in SEEN_WITH_ANOTHER:
            return None
        columns: dict[str, Any] = {}
        closed = Way(name="beside what is seen", mechanism=self.actor.mechanism, owner=self.actor.organisation)
        for way in ways:
            label = self.chance.choice(SUBJECTS) if way.of == "*" else way.of
            parent = self._seen(label, everybody=way.everybody)
            if parent is None:
                return None
            columns[way.key] = parent.id
            if way.of == "*":
                columns["subject_model"] = label
            owner = self.chance.choice(self.others) if way.everybody else parent.owner_id
            if "plan_id" in {column.attname for column in model._meta.concrete_fields}:
                columns["plan_id"] = self.chance.choice(self._plans())
            closed = replace(closed, owner=owner, marking=max(closed.marking, parent.marking), compartment=parent.compartment_id)
        return closed, columns

    def _plans(self) -> list[uuid.UUID]:
        """The plans that were made, the actor may see something of them."""
        return list(models.QuerySet(apps.get_model("planning.Plan"), using="migrate").order_by("id").values_list("id", flat=True))

    def _seen(self, label: str, *, everybody: bool) -> Record | None:
        """A record that the actor sees; of another organisation, unless every organisation keeps its own things beside it."""
        for identity in self.chance.sample(self.visible.get(label, []), min(8, len(self.visible.get(label, [])))):
            if identity not in self._owners:
                there: models.QuerySet[Any] = models.QuerySet(apps.get_model(label), using="migrate")
                self._owners[identity] = there.get(id=identity)
            if everybody or self._owners[identity].owner_id != self.actor.organisation:
                return self._owners[identity]
        return None

    def _value(self, model: type[Record], column: models.Field[Any, Any], way: Way) -> Any:
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
        if column.attname in fixed:
            return fixed[column.attname]
        if isinstance(column, models.ForeignKey):
            return self._parent(column)
        return self._like(model, column)

    def _parent(self, column: models.ForeignKey[Any, Any]) -> Any:
        """A parent that is hidden too: what hangs on a visible one is chosen by `_beside`."""
        there = self.kept.get(column.related_model._meta.label, [])
        return self.chance.choice(there) if there else None

    def _like(self, model: type[Record], column: models.Field[Any, Any]) -> Any:
        """A value as some record of the table has it, so that hidden records look like visible ones; now and then one of its own."""
        place = (model._meta.label, column.attname)
        if place not in self._like_those:
            plain: models.QuerySet[Any] = models.QuerySet(model, using="migrate")
            self._like_those[place] = list(plain.order_by("id").values_list(column.attname, flat=True)[:40])
        seen = self._like_those[place]
        if column.attname in ONE_IN_THE_HOME.get(model._meta.label, ()):
            return f"hidden {self.chance.randrange(10**9)}"
        if seen and (self.chance.random() < 0.8 or isinstance(column, models.JSONField) or column.attname in STATES):
            return self.chance.choice(seen)
        if column.attname in STATES and (known := KNOWN.get(place) or _words_of(model, column)):
            return self.chance.choice(known)
        return self._fresh(column)

    def _fresh(self, column: models.Field[Any, Any]) -> Any:
        if column.null:
            return None
        if column.has_default() and not isinstance(column, models.UUIDField | ArrayField):
            return column.get_default()
        if isinstance(column, models.UUIDField):
            return uuid.UUID(bytes=self.chance.randbytes(16), version=4)
        if isinstance(column, ArrayField):
            return []
        if isinstance(column, models.JSONField):
            return column.get_default()
        if isinstance(column, models.BooleanField):
            return False
        if isinstance(column, models.DecimalField):
            return Decimal(1)
        if isinstance(column, models.DateTimeField):
            return BEGINNING
        if isinstance(column, models.DateField):
            return date(2026, 2, 1)
        if isinstance(column, models.IntegerField | models.FloatField):
            return 1
        if len(self.secrets) < SECRETS and (column.max_length or 1000) >= 60:
            self.secrets.append(f"hidden words {self.chance.randrange(10**6)}")
            return self.secrets[-1]
        return self.chance.choice(self.secrets)[: column.max_length]

    def _add_history(self, rounds: int) -> None:
        """Acts of others with what they changed: hidden records, and records of others that the actor sees."""
        for number in range(rounds * 4):
            way = self.chance.choice(self.ways)
            label, identities = self.chance.choice(sorted(self.kept.items()))
            act = self._act(way, number)
            if way.owner == self.actor.organisation and self.actor.ceiling >= act.marking and way.compartment is None:
                continue
            if self._sees_all_acts(act):
                continue
            models.QuerySet(Act, using="migrate").bulk_create([act])
            seen = self._seen(self.chance.choice(SUBJECTS), everybody=False) if number % 2 else None
            if seen is not None:
                self._add_change(act, replace(way, owner=seen.owner_id), seen._meta.label, seen.id)
            elif way.embargo_until is None:
                self._add_change(act, way, label, self.chance.choice(identities))

    def _act(self, way: Way, number: int) -> Act:
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
        return act

    def _add_change(self, act: Act, way: Way, label: str, identity: uuid.UUID) -> None:
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
            record_id=identity,
            before=None,
            after={"text": "hidden words"},
        )
        models.QuerySet(Change, using="migrate").bulk_create([change])

    def _add_plain(self, rounds: int) -> None:
        """Rows of the tables that hold no records: who reads what, work under way, kept answers, jobs, the ledger's queue, sessions."""
        there = [identity for label in SUBJECTS for identity in [*self.visible.get(label, [])[:3], *self.kept.get(label, [])[:3]]]
        messages = [*self.visible.get("intake.Message", [])[:5], *self.kept.get("intake.Message", [])] or [uuid.UUID(int=1)]
        for number in range(rounds):
            owner = self.chance.choice(self.others)
            whose: dict[str, Any] = {"mechanism_id": self.actor.mechanism, "owner_id": owner}
            person = uuid.UUID(bytes=self.chance.randbytes(16), version=4)
            at = BEGINNING - timedelta(seconds=number)
            rows = [
                Opening(**whose, message_id=self.chance.choice(messages), person_id=person, person_name="Hidden reader", opened_at=at),
                Undertaking(**whose, name="intake.refresh", asked_by_name="Hidden person", begun_at=at, stage="hidden stage"),
                Answered(**whose, at=at, member_id=person, key=("one", "two")[number % 2], request_digest="0" * 64, status=200, body="{}"),
                LedgerEntry(**whose, queued_at=at, plain='{"hidden": true}', salt="0" * 32, commitment=f"{number:064d}"),
                Account(email=f"hidden{number}@demo.invalid", name="Hidden person", password="!", demo=True),
                Session(session_key=f"hidden{number}".ljust(32, "0"), session_data="hidden", expire_date=at + timedelta(days=900)),
            ]
            for row in rows:
                if isinstance(row.pk, uuid.UUID):
                    row.pk = uuid.UUID(bytes=self.chance.randbytes(16), version=4)
                models.QuerySet(type(row), using="migrate").bulk_create([row])
            with connections["migrate"].cursor() as cursor:
                subject = self.chance.choice(there) if there else person
                cursor.execute(
                    "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)"
                    " values ('default', 'sild.kernel.jobs.perform', %s, %s, %s)",
                    [f"hidden {subject}", f"hidden {number}", json.dumps({"job": "hidden", "member": str(person), "ids": {}})],
                )

    def _add_marks(self) -> None:
        """Values beside hidden lines that give every question the same bit: those of nothing else, or of lines that are never compared."""
        lines: models.QuerySet[Any] = models.QuerySet(apps.get_model("register.Line"), using="migrate")
        marks: models.QuerySet[OverlapMark] = models.QuerySet(OverlapMark, using="migrate")
        known = sorted({key for keys in marks.values_list("keys", flat=True) for key in keys})
        for line in lines.filter(id__in=self.kept.get("register.Line", [])).order_by("id"):
            never = line.marking == Marking.RED or line.embargo_until is not None
            keys = known if never else [uuid.UUID(bytes=self.chance.randbytes(16), version=4)]
            marks.bulk_create([OverlapMark(line_id=line.id, mechanism_id=line.mechanism_id, owner_id=line.owner_id, keys=keys)])

    def _sees_all_acts(self, act: Act) -> bool:
        """Whether the actor, as an auditor, would know of this act."""
        auditor = "auditor" in {role.value for role in self.actor.roles}
        return auditor and act.mechanism_id == self.actor.mechanism and act.marking <= self.actor.ceiling and not act.compartments


def _words_of(model: type[Record], column: models.Field[Any, Any]) -> list[str]:
    """The words that a column of this name may hold, from the rules of the table's wing: an enumeration named like table and column."""
    name = f"{model.__module__.rpartition('.')[0]}.rules"
    rules = import_module(name) if find_spec(name) else None
    found = [one for one in vars(rules).values() if isinstance(one, type) and issubclass(one, StrEnum)] if rules else []
    named = [
        one
        for one in found
        if one.__name__.lower().endswith(column.attname) and all(len(word) <= (column.max_length or 99) for word in one)
    ]
    if not named:
        return []
    return list(max(named, key=lambda one: sum(a == b for a, b in zip(one.__name__, model.__name__, strict=False))))


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
