"""Jobs: put down with the act, done by whoever may still ask for it, done again when they were disturbed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from sild.kernel import jobs, jobs_worker
from sild.kernel.accounts import Account
from sild.kernel.action import ACTIONS, FOLLOW_UPS, action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.history import Act
from sild.kernel.identity import Member
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.undertaking import BROKEN_OFF, DONE, RUNNING, Undertaking, Watched, last_undertaking
from sild.postgres.supervisor import Server
from sild.web import urls
from sild.wings.intake.jobs import REFRESH_AFTER
from tests.cast import Cast
from tests.web.signed import account_on

OFFICERS = frozenset({Role.OFFICER})


class Noted:
    """A job that notes who did it with what, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.done: list[tuple[Actor, dict[str, UUID]]] = []
        self.faults: list[Exception] = []

    def __call__(self, actor: Actor, **ids: UUID) -> None:
        if self.faults:
            raise self.faults.pop()
        self.done.append((actor, ids))


@pytest.fixture
def noted(cast: Cast) -> Iterator[Noted]:
    """A job `test.note` for officers."""
    body = Noted()
    jobs.job("test.note", roles=OFFICERS)(body)
    yield body
    del jobs.JOBS["test.note"]


def queue() -> list[tuple[str, Any]]:
    """The jobs that are there: (state, arguments)."""
    with connection.cursor() as cursor:
        cursor.execute("select status::text, args from procrastinate_jobs order by id")
        return list(cursor.fetchall())


def do_all() -> None:
    """Let a worker do what waits, and end."""

    async def once() -> None:
        async with app.with_connector(PsycopgConnector(kwargs=connector_params())).open_async() as worker:
            await worker.run_worker_async(wait=False, listen_notify=False, delete_jobs="successful", install_signal_handlers=False)

    asyncio.run(once())


def let_it_be_due() -> None:
    """As if the wait before the next try were over."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")


def test_what_somebody_waits_for_at_the_screen_goes_before_what_was_put_down_earlier(cast: Cast) -> None:
    done: list[str] = []
    jobs.job("test.later", roles=OFFICERS)(lambda _actor: done.append("later"))
    jobs.job("test.soon", roles=OFFICERS, priority=jobs.SOON)(lambda _actor: done.append("soon"))
    try:
        for name in ("test.later", "test.soon"):
            jobs.defer(name, actor=cast.officer)
        do_all()
        assert done == ["soon", "later"]
    finally:
        del jobs.JOBS["test.later"], jobs.JOBS["test.soon"]


def test_a_job_is_done_by_the_member_who_asked_with_the_ids_that_they_gave(cast: Cast, noted: Noted) -> None:
    what = uuid4()
    jobs.defer("test.note", actor=cast.officer, what=what)
    do_all()
    assert [(actor.person, ids) for actor, ids in noted.done] == [(cast.officer.person, {"what": what})]
    assert queue() == [], "a job that is done leaves nothing in the queue"


def test_a_job_carries_ids_alone(cast: Cast, noted: Noted) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        jobs.defer("test.note", actor=cast.officer, what="a text of a record")  # type: ignore[arg-type]  # what must not be
    jobs.defer("test.note", actor=cast.officer)
    [(_, told)] = queue()
    assert told == f'{{"ids": {{}}, "job": "test.note", "member": "{cast.officer.person}"}}' or told == {
        "ids": {},
        "job": "test.note",
        "member": str(cast.officer.person),
    }


def test_a_job_of_a_transaction_that_rolls_back_vanishes(cast: Cast, noted: Noted) -> None:
    with pytest.raises(RuntimeError), acting(cast.officer):
        jobs.defer("test.note", actor=cast.officer)
        raise RuntimeError
    do_all()
    assert noted.done == []


def leaves(member: Actor, server: Server, account: UUID | None = None) -> None:
    sits = f"'{account}'" if account else "NULL"
    server.execute([f"UPDATE kernel_member SET account_id = {sits} WHERE id = '{member.person}'"])


def test_a_job_of_a_seat_that_its_person_left_is_not_done_for_nobody_and_not_for_the_next(cast: Cast, noted: Noted, server: Server) -> None:
    next_one = account_on(cast.officer).id
    for sits_then in (None, next_one):
        account_on(cast.deputy)
        leaves(cast.deputy, server, account_on(cast.deputy).id)
        jobs.defer("test.note", actor=cast.deputy)
        leaves(cast.deputy, server, sits_then)
        do_all()
        assert noted.done == []
        assert queue() == []
    leaves(cast.deputy, server, None)
    jobs.defer("test.note", actor=cast.deputy)
    do_all()
    assert noted.done == [], "somebody sat there once: nobody acts from that seat"


def test_a_job_that_waits_for_somebody_who_left_is_done_for_the_next_who_asks(cast: Cast, noted: Noted, server: Server) -> None:
    account_on(cast.deputy)
    jobs.defer("test.note", actor=cast.deputy)
    leaves(cast.deputy, server)
    jobs.defer("test.note", actor=cast.officer)
    assert len(queue()) == 1
    do_all()
    assert [actor.person for actor, _ids in noted.done] == [cast.officer.person]


def test_many_clicks_make_one_waiting_job(cast: Cast, noted: Noted) -> None:
    for _ in range(5):
        with acting(cast.officer):
            jobs.defer("test.note", actor=cast.officer)
            jobs.defer("test.note", actor=cast.officer)
    assert len(queue()) == 1
    do_all()
    assert len(noted.done) == 1


def test_jobs_about_different_records_wait_beside_each_other(cast: Cast, noted: Noted) -> None:
    for _ in range(2):
        jobs.defer("test.note", actor=cast.officer, what=uuid4())
    do_all()
    assert len(noted.done) == 2


def test_a_waiting_job_does_not_start_while_somebody_who_relies_on_it_still_writes(cast: Cast, noted: Noted) -> None:
    jobs.defer("test.note", actor=cast.officer)
    with acting(cast.officer):
        # the job was put down by another click; this click writes, and counts on that job to see what it wrote
        jobs.defer("test.note", actor=cast.officer)
        do_all()
        assert noted.done == []
    do_all()
    assert len(noted.done) == 1


def test_two_clicks_at_once_make_one_job(cast: Cast, noted: Noted) -> None:
    in_both = threading.Barrier(2, timeout=20)

    def click() -> None:
        try:
            with acting(cast.officer):
                in_both.wait()
                jobs.defer("test.note", actor=cast.officer)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(queue()) == 1


def test_who_has_no_role_for_a_job_may_not_ask_for_it(cast: Cast, noted: Noted) -> None:
    with pytest.raises(NotForRole, match=r"test\.note"):
        jobs.defer("test.note", actor=cast.donor)
    assert queue() == []


@action("test.change-member", roles=frozenset({Role.SERVICE}))
def change_member(_actor: Actor, member: UUID, **columns: object) -> None:
    """Give the member other columns."""
    found = Member.found(member)
    for name, value in columns.items():
        setattr(found, name, value)
    found.save()


def test_a_job_of_a_member_who_lost_the_role_is_refused_and_recorded(cast: Cast, noted: Noted) -> None:
    jobs.defer("test.note", actor=cast.officer)
    change_member(cast.run, cast.officer.person, roles=["auditor"])
    do_all()
    assert noted.done == []
    with acting(cast.run):
        act = Act.objects.get(action="kernel.refuse-job")
    assert act.started_by == cast.officer.name
    assert "test.note" in act.reason
    assert queue() == []


def test_a_job_of_a_closed_account_is_not_done(cast: Cast, noted: Noted) -> None:
    account = Account.objects.create(email="officer@drill.invalid", password="!")
    change_member(cast.run, cast.officer.person, account_id=account.id)
    jobs.defer("test.note", actor=cast.officer)
    account.is_active = False
    account.save()
    do_all()
    assert noted.done == []


def test_a_job_that_was_disturbed_is_done_again(cast: Cast, noted: Noted) -> None:
    noted.faults = [OperationalError("the server went away")]
    jobs.defer("test.note", actor=cast.officer)
    do_all()
    assert noted.done == []
    let_it_be_due()
    do_all()
    assert len(noted.done) == 1


def test_a_job_is_not_tried_for_ever(cast: Cast, noted: Noted) -> None:
    noted.faults = [OperationalError("the server went away") for _ in range(50)]
    jobs.defer("test.note", actor=cast.officer)
    for _ in range(20):
        let_it_be_due()
        do_all()
    assert [state for state, _ in queue()] == ["failed"]
    assert 50 - len(noted.faults) == jobs.RETRIES.max_attempts + 1


def test_a_job_that_is_refused_is_not_tried_again(cast: Cast, noted: Noted) -> None:
    noted.faults = [Refused("the register contradicts itself")] * 2
    jobs.defer("test.note", actor=cast.officer)
    do_all()
    assert [state for state, _ in queue()] == ["failed"]
    assert len(noted.faults) == 1


def test_the_queue_tells_what_failed_and_what_waits_for_long(cast: Cast, noted: Noted) -> None:
    assert jobs.queue_health() == jobs.QueueHealth(failed=0, late=0)
    noted.faults = [Refused("the register contradicts itself")]
    jobs.defer("test.note", actor=cast.officer)
    do_all()
    assert jobs.queue_health() == jobs.QueueHealth(failed=1, late=0)
    jobs.defer("test.note", actor=cast.officer)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '25 hours'")
    assert jobs.queue_health() == jobs.QueueHealth(failed=0, late=1)


def test_a_disturbed_job_gives_way_to_the_same_one_that_waits(cast: Cast, noted: Noted) -> None:
    class Disturbed(OperationalError):
        """Raised after somebody asked for the same job."""

    def disturbed(actor: Actor) -> None:
        if not noted.done:
            noted.done.append((actor, {}))
            jobs.defer("test.note", actor=cast.officer)
            raise Disturbed
        noted.done.append((actor, {}))

    jobs.job("test.note", roles=OFFICERS)(disturbed)
    jobs.defer("test.note", actor=cast.officer)
    do_all()
    assert len(noted.done) == 2
    assert queue() == [], "nothing may be left that holds up the next"


def test_a_job_whose_worker_died_is_put_back(cast: Cast, noted: Noted) -> None:
    jobs.defer("test.note", actor=cast.officer)
    _as_if_the_worker_had_died()
    _rescue()
    assert [state for state, _ in queue()] == ["todo"]
    do_all()
    assert len(noted.done) == 1


def test_a_job_whose_worker_died_gives_way_to_the_same_one_that_waits(cast: Cast, noted: Noted) -> None:
    jobs.defer("test.note", actor=cast.officer)
    _as_if_the_worker_had_died()
    jobs.defer("test.note", actor=cast.officer)
    assert [state for state, _ in queue()] == ["doing", "todo"]
    _rescue()
    assert [state for state, _ in queue()] == ["todo"]
    do_all()
    assert len(noted.done) == 1


def _as_if_the_worker_had_died() -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id")
        worker = cursor.fetchone()[0]
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [worker])
        assert cursor.fetchone()[0] is not None


def _rescue() -> None:
    """One round of what the worker does beside its work."""

    async def once() -> None:
        async with app.with_connector(PsycopgConnector(kwargs=connector_params())).open_async() as worker:
            rescue = asyncio.create_task(jobs_worker.put_back_what_stalled(worker, {}))
            await rescue

    asyncio.run(once())


def test_a_persons_act_asks_for_the_job_that_follows_it_and_a_replayed_one_does_not(cast: Cast, noted: Noted) -> None:
    @action("test.act", roles=OFFICERS)
    def act(_actor: Actor, fault: Callable[[], None] = lambda: None) -> None:
        fault()

    jobs.after("test.note", ["test.act"])
    try:
        act(Actor(**{name: getattr(cast.officer, name) for name in Actor.__dataclass_fields__} | {"started_by": "the run"}))
        assert queue() == []
        with pytest.raises(ZeroDivisionError):
            act(cast.officer, fault=lambda: 1 / 0)  # type: ignore[arg-type,return-value]  # what it gives back does not matter
        assert queue() == []
        act(cast.officer)
        assert len(queue()) == 1
    finally:
        del FOLLOW_UPS["test.act"]


def test_the_acts_after_which_links_and_plan_are_made_anew_are_acts_of_the_desk() -> None:
    assert urls.urlpatterns, "every verb is known once the pages were read"
    assert set(REFRESH_AFTER) <= set(ACTIONS)


def test_an_undertaking_is_seen_by_its_organisation_alone(cast: Cast) -> None:
    watched = Watched(cast.run, "test.work")
    watched.stage("linking", None)
    seen = last_undertaking(cast.officer, "test.work")
    assert seen is not None
    assert (seen.state, seen.stage, seen.asked_by) == (RUNNING, "linking", cast.run.name)
    for stranger in (cast.donor, cast.technical, cast.outsider):
        assert last_undertaking(stranger, "test.work") is None
    watched.end(DONE)
    seen = last_undertaking(cast.officer, "test.work")
    assert seen is not None
    assert seen.state == DONE
    assert seen.ended_at is not None


def test_an_undertaking_whose_process_died_is_told_as_broken_off(cast: Cast) -> None:
    Watched(cast.run, "test.work")
    Watched(cast.run, "test.work").end(DONE)
    with acting(cast.run):
        states = list(Undertaking.objects.order_by("begun_at").values_list("state", flat=True))
    assert states == [BROKEN_OFF, DONE]
