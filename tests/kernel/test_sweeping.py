"""What served its time goes by its age alone; what is young, and what is history, stays."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from sild.kernel import clock
from sild.kernel.actor import acting
from sild.kernel.once import Answer, Answered, once
from sild.kernel.sweeping import ANSWER_DAYS, UNDERTAKING_DAYS, Swept, sweep
from sild.kernel.undertaking import DONE, Undertaking, Watched
from sild.postgres.supervisor import Server
from tests.cast import Cast


def test_old_sessions_counters_answers_and_undertakings_go_and_young_ones_stay(cast: Cast, server: Server) -> None:
    for key in ("old", "young"):
        once(cast.donor, key, key, lambda: Answer(status=204))
        once(cast.officer, key, key, lambda: Answer(status=204))
        Watched(cast.officer, key).end(DONE)
    Watched(cast.officer, "it runs still")
    for name, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=clock.now() + timedelta(days=days))
    cache.set("young", 1, 600)
    server.execute(
        [
            f"UPDATE kernel_answered SET at = now() - interval '{ANSWER_DAYS + 1} days' WHERE key = 'old'",
            f"UPDATE kernel_undertaking SET begun_at = now() - interval '{UNDERTAKING_DAYS + 9} days',"
            f" ended_at = CASE state WHEN 'done' THEN now() - interval '{UNDERTAKING_DAYS + 1} days' END WHERE name <> 'young'",
            "INSERT INTO kernel_cache VALUES ('old', '', now() - interval '1 hour')",
        ]
    )
    assert sweep() == Swept(sessions=1, counters=1, answers=2, undertakings=1)
    assert cache.get("young") == 1
    assert [one.session_key for one in Session.objects.all()] == ["open"]
    with acting(cast.donor):
        assert list(Answered.objects.values_list("key", flat=True)) == ["young"]
    with acting(cast.officer):
        assert set(Undertaking.objects.values_list("name", flat=True)) == {"young", "it runs still"}
    assert sweep() == Swept(sessions=0, counters=0, answers=0, undertakings=0)


def test_the_sweeper_of_the_database_removes_nothing_that_is_young_whoever_calls_it(cast: Cast) -> None:
    once(cast.donor, str(uuid.uuid4()), "asked", lambda: Answer(status=204))
    with connection.cursor() as cursor:
        cursor.execute("select set_config('sild.moment', '2099-01-01', false)")
        try:
            cursor.execute("select answers from gate.sweep()")
            assert cursor.fetchone() == (0,)
        finally:
            cursor.execute("reset sild.moment")


def test_kept_answers_are_for_the_programs_of_the_same_seat_alone(cast: Cast) -> None:
    once(cast.officer, "key", "asked", lambda: Answer(status=200, body="what is RED"))
    with acting(cast.deputy):
        assert not Answered.objects.exists()
