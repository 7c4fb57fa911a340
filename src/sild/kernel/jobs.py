"""Jobs: work that is done after the click, by the worker, at least once.

A job is put down in the transaction that asks for it: what rolls back leaves no job. It carries ids alone: the member who asked, and the
account that sat there. When it runs, both are looked up anew: for a seat that this account left nothing is done, and who lost the role
is refused and the refusal recorded. Jobs are declared in the wings' `jobs` rooms and must bear to be done twice.
"""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy, exceptions
from procrastinate.contrib.django import app

from sild.kernel.action import FOLLOW_UPS, action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Seat, account_on, actor_named, seat_of_member
from sild.kernel.refusals import NotForRole, Refused, Stale
from sild.kernel.said import said

LINES = logging.getLogger("sild.jobs")
SERVICE = "run"
"""The service of every mechanism in whose name a refused job is recorded."""

PASSING = (Stale, OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""Faults that may be gone the next time: somebody wrote at the same moment, the database was restarted."""
RETRIES = RetryStrategy(max_attempts=7, exponential_wait=2, retry_exceptions=PASSING)
TRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A declared job. `body(actor, **ids)` does it, with the member who asked as they are now.

    Of jobs that wait the one with the greatest `priority` goes first, and of equals the one that was put down first.
    """

    name: str
    roles: frozenset[Role]
    body: Callable[..., None]
    priority: int = 0


SOON = 10
"""The priority of what somebody waits for at the screen: what came is read before links and plans are made anew."""

JOBS: dict[str, Job] = {}
"""Every job by name."""


def job(name: str, *, roles: frozenset[Role], priority: int = 0) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `body(actor, **ids)` as the job called `name` ("intake.refresh") that members with `roles` may ask for."""

    def decorate(body: Callable[..., None]) -> Callable[..., None]:
        JOBS[name] = Job(name=name, roles=roles, body=body, priority=priority)
        return body

    return decorate


def defer(name: str, *, actor: Actor, **ids: UUID) -> None:
    """Ask for a job, in the transaction of the caller. While the same one waits in this mechanism nothing is added. Raises NotForRole.

    A job that waits is held back until the caller's transaction is over: it sees what the caller wrote.
    """
    declared = JOBS[name]
    _refuse_role(declared, actor)
    told: dict[str, Any] = {key: str(UUID(str(value))) for key, value in ids.items()}
    lock = " ".join([name, str(actor.mechanism), *(told[key] for key in sorted(told))])
    account = account_on(actor.person)
    asker = {"member": str(actor.person), **({"account": str(account)} if account is not None else {})}
    with transaction.atomic():
        for _try in range(TRIES):
            if _waits(lock, declared, asker):
                return
            try:
                with transaction.atomic():
                    perform.configure(lock=lock, queueing_lock=lock, priority=declared.priority).defer(job=name, **asker, ids=told)
                return
            except exceptions.AlreadyEnqueued:
                # somebody else was quicker: theirs is there now
                continue
    raise Refused(_("The job {job} could not be put down: too many ask for it at once. Try again.").format(job=name))


def after(name: str, acts: Iterable[str]) -> None:
    """Let every act of these names, done by a person, ask for the job in its own transaction."""
    for act in acts:
        FOLLOW_UPS[act] = functools.partial(_follow, name)


def is_pending(name: str, actor: Actor) -> bool:
    """Whether the job waits or runs in the actor's mechanism."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from procrastinate_jobs where lock = %s and status in ('todo', 'doing'))",
            [f"{name} {actor.mechanism}"],
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueHealth:
    """How many jobs failed for good within a day, and how many wait for longer than an hour."""

    failed: int
    late: int


def queue_health() -> QueueHealth:
    """How the queue of this home does; what is told is the same for everybody, in numbers alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where job.status = 'failed' and event.type = 'failed' and event.at > now() - interval '1 day'),"
            " count(distinct job.id) filter (where job.status = 'todo' and event.type = 'deferred'"
            " and event.at < now() - interval '1 hour')"
            " from procrastinate_jobs job join procrastinate_events event on event.job_id = job.id"
        )
        failed, late = cursor.fetchone()
    return QueueHealth(failed=failed, late=late)


def _follow(name: str, actor: Actor) -> None:
    """Ask for the job that follows an act, where the actor may; who may not leaves it to the next who may."""
    if actor.roles & JOBS[name].roles:
        defer(name, actor=actor)


_WAITING = "from procrastinate_jobs where queueing_lock = %s and status = 'todo'"


def _waits(lock: str, declared: Job, asker: dict[str, str]) -> bool:
    """Whether the job waits; then its row is held, so that it does not start before this transaction is over.

    One that waits for somebody who may ask for it no more would be refused: it is done for `asker` instead.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"select args ->> 'member', args ->> 'account' {_WAITING}", [lock])
        waiting = cursor.fetchone()
        if waiting is None:
            return False
        seat = _seat(*waiting)
        if seat is None or not seat.actor.roles & declared.roles:
            cursor.execute(
                "update procrastinate_jobs set args = (args - 'account') || %s::jsonb where queueing_lock = %s and status = 'todo'",
                [json.dumps(asker), lock],
            )
        cursor.execute(f"select id {_WAITING} for share", [lock])
        return cursor.fetchone() is not None


def _seat(member: str, account: str | None) -> Seat | None:
    return seat_of_member(UUID(member), UUID(account) if account else None)


def _refuse_role(declared: Job, actor: Actor) -> None:
    if not actor.roles & declared.roles:
        allowed = ", ".join(sorted(said().label(role, "role") for role in declared.roles))
        told = _("{name} may not ask for {job}: it is for {roles}. Ask somebody who has that role.")
        raise NotForRole(told.format(name=actor.name, job=declared.name, roles=allowed))


@app.task(name="sild.perform", retry=RETRIES, pass_context=True)
def perform(context: Any, *, job: str, member: str, ids: dict[str, str], account: str | None = None) -> None:
    """Do one job: look up who asked for it, whether they sit there still and with what roles, and do it."""
    declared = JOBS.get(job)
    if declared is None:
        raise Refused(f"There is no job {job} in this version of the program.")
    seat = _seat(member, account)
    if seat is None:
        LINES.warning("job %s refused: who asked for it sits there no more, or has no account", job)
        return
    try:
        _refuse_role(declared, seat.actor)
    except NotForRole as refusal:
        LINES.warning("job %s refused: who asked for it has no role for it any more", job)
        record_refusal(actor_named(seat.mechanism_slug, SERVICE, started_by=seat.actor.name), reason=str(refusal))
        return
    LINES.info("job %s begins", job)
    try:
        declared.body(seat.actor, **{key: UUID(value) for key, value in ids.items()})
    except PASSING:
        if _another_waits(context.job.queueing_lock):
            # the queue holds one waiting job of a kind; that one will do this work
            LINES.info("job %s was disturbed; the one that waits does its work", job)
            return
        raise
    except Refused as refusal:
        LINES.warning("job %s was refused: %s", job, type(refusal).__name__)
        raise
    LINES.info("job %s is done", job)


@action("kernel.refuse-job", roles=frozenset({Role.SERVICE}), recalled=True)
def record_refusal(_actor: Actor, *, reason: str) -> None:
    """Put down in history and ledger that a job was refused, and why."""


def _another_waits(lock: str | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from procrastinate_jobs where queueing_lock = %s and status = 'todo')", [lock])
        return bool(cursor.fetchone()[0])
