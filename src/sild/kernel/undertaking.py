"""Undertakings: long work that a job does for people to see: since when, asked for by whom, how far, how it ended.

Not a record: the acts behind it stand in history and ledger. Seen by the organisation that it belongs to.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from threading import get_ident
from time import monotonic

from django.db import connection, models

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, acting

RUNNING, DONE, FAILED, BROKEN_OFF = "running", "done", "failed", "broken-off"


class Undertaking(models.Model):
    """One time that the work called `name` was done, or is being done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    name = models.CharField(max_length=80)
    asked_by_name = models.CharField(max_length=300)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default=RUNNING)
    stage = models.CharField(max_length=200, blank=True)
    told = models.TextField(blank=True)
    # somebody asked that it ends with what it has
    ending = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["mechanism_id", "name", "begun_at"], name="kernel_unde_mechani_jobs_idx")]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndertakingView:
    """An undertaking as pages show it."""

    asked_by: str
    begun_at: datetime
    ended_at: datetime | None
    state: str
    stage: str
    told: str
    ending: bool


class Watched:
    """Progress (see kernel.progress) that is kept with the undertaking, each stage in a transaction of its own.

    Notes of steps are kept at most once in NOTED_EVERY_S, and outside of every other transaction alone: they are news or nothing.
    """

    def __init__(self, actor: Actor, name: str) -> None:
        """Begin. An undertaking of this name that still seems to run was broken off: its process died."""
        self._actor, self._thread, self._ending = actor, get_ident(), False
        self._next: dict[str, float] = {}
        with acting(actor):
            mine = Undertaking.objects.filter(mechanism_id=actor.mechanism, owner_id=actor.organisation, name=name)
            mine.filter(state=RUNNING).update(state=BROKEN_OFF, ended_at=clock.now())
            kept = list(mine.order_by("-begun_at").values_list("id", flat=True)[:KEPT])
            mine.exclude(id__in=kept).delete()
            self._undertaking = Undertaking(
                mechanism_id=actor.mechanism,
                owner_id=actor.organisation,
                name=name,
                asked_by_name=actor.started_by or actor.name,
                begun_at=clock.now(),
            )
            self._undertaking.save(force_insert=True)

    def stage(self, name: str, _steps: int | None) -> None:
        """A new stage is shown."""
        self._keep(stage=name)

    def step(self, note: str = "") -> None:
        """What is known now; a step without a note is not shown."""
        if note and self._may_ask("noted"):
            self._keep(told=note)

    def asked_to_end(self) -> bool:
        """Whether somebody asked that the work ends with what it has; looked up at most once in NOTED_EVERY_S."""
        if not self._ending and self._may_ask("looked"):
            with acting(self._actor):
                self._ending = Undertaking.objects.filter(id=self._undertaking.id, ending=True).exists()
        return self._ending

    def _may_ask(self, what: str) -> bool:
        # a solver may call from a thread of its own, which has no connection of ours
        if get_ident() != self._thread or connection.in_atomic_block or monotonic() < self._next.get(what, 0.0):
            return False
        self._next[what] = monotonic() + NOTED_EVERY_S
        return True

    def done(self, note: str) -> None:
        """What came out of a stage stands until the next begins."""
        self._keep(stage=note)

    def end(self, state: str, told: str = "") -> None:
        """The work is over."""
        self._keep(state=state, told=told, ended_at=clock.now())

    def _keep(self, **columns: object) -> None:
        with acting(self._actor):
            Undertaking.objects.filter(id=self._undertaking.id).update(**columns)


def ask_to_end(_actor: Actor, name: str) -> bool:
    """Ask that the undertaking of this name that runs ends with what it has; False where none runs. Runs inside an act."""
    return bool(Undertaking.objects.filter(name=name, state=RUNNING).update(ending=True))


NOTED_EVERY_S = 0.5

KEPT = 50
"""How many of one name are kept; what they did stands in the history."""


@read
def last_undertaking(_actor: Actor, name: str) -> UndertakingView | None:
    """The newest undertaking of this name that belongs to the actor's organisation, or None."""
    found = Undertaking.objects.filter(name=name).order_by("-begun_at").first()
    if found is None:
        return None
    return UndertakingView(
        asked_by=found.asked_by_name,
        begun_at=found.begun_at,
        ended_at=found.ended_at,
        state=found.state,
        stage=found.stage,
        told=found.told,
        ending=found.ending,
    )
