"""Two people at one moment: whoever is second sees what the first did, also where neither saw it when they began."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from sild.kernel import clock
from sild.kernel.actor import Actor, acting
from sild.kernel.casework import Note, add_note
from sild.kernel.closing import raise_marking
from sild.kernel.grants import recall_release
from sild.values.marking import Marking
from sild.wings.parties.public import organisation_ids
from sild.wings.planning.models import Outcome, Plan
from sild.wings.planning.public import make_plan, share_plan
from sild.wings.register.models import Need
from tests.cast import Cast
from tests.wings.register.test_release import ASKED, NEED, endorsed, placed

Step = Callable[[], object]


def at_once(actor: Actor, first: Step, second: Step) -> tuple[bool, list[Exception]]:
    """Do `first`, and while its transaction is open begin `second` elsewhere: whether the second waited, and what was raised."""
    written, commit = threading.Event(), threading.Event()
    raised: list[Exception] = []

    def one() -> None:
        try:
            with acting(actor):
                first()
                written.set()
                commit.wait(30)
        finally:
            written.set()
            connections.close_all()

    def two() -> None:
        try:
            second()
        except Exception as fault:
            raised.append(fault)
        finally:
            connections.close_all()

    opened, beside = threading.Thread(target=one), threading.Thread(target=two)
    opened.start()
    written.wait(30)
    beside.start()
    beside.join(0.5)
    waited = beside.is_alive()
    commit.set()
    opened.join(30)
    beside.join(30)
    return waited, raised


def markings_of_notes(actor: Actor) -> list[int]:
    with acting(actor):
        return list(Note.objects.values_list("marking", flat=True))


def test_a_note_that_is_written_while_its_line_is_closed_is_closed_with_it(cast: Cast) -> None:
    placed(cast)
    waited, raised = at_once(
        cast.officer,
        lambda: raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site"),
        lambda: add_note(cast.deputy, "register.Line", ASKED.id, "what the line says"),
    )
    assert (waited, raised) == (True, [])
    assert markings_of_notes(cast.officer) == [Marking.RED]


def test_a_line_that_is_closed_while_a_note_is_written_closes_the_note(cast: Cast) -> None:
    placed(cast)
    waited, raised = at_once(
        cast.deputy,
        lambda: add_note(cast.deputy, "register.Line", ASKED.id, "what the line says"),
        lambda: raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site"),
    )
    assert (waited, raised) == (True, [])
    assert markings_of_notes(cast.officer) == [Marking.RED]


def test_two_notes_at_one_moment_do_not_wait_for_each_other(cast: Cast) -> None:
    placed(cast)
    waited, raised = at_once(
        cast.deputy,
        lambda: add_note(cast.deputy, "register.Line", ASKED.id, "mine"),
        lambda: add_note(cast.officer, "register.Line", ASKED.id, "mine too"),
    )
    assert (waited, raised) == (False, [])
    assert len(markings_of_notes(cast.officer)) == 2


@pytest.mark.parametrize("shared_first", [True, False])
def test_a_plan_that_is_shared_while_a_need_is_taken_back_shows_nothing_of_it(cast: Cast, shared_first: bool) -> None:
    placed(cast)
    endorsed(cast)
    make_plan(cast.run, clock.today())
    with acting(cast.officer):
        plan = Plan.objects.latest("created_at").id
    latvia = organisation_ids(cast.officer)["latvia"]
    steps: list[Step] = [
        lambda: share_plan(cast.officer, plan, reason="agreed"),
        lambda: recall_release(cast.officer, "register.Need", NEED, [latvia], reason="never to them"),
    ]
    waited, raised = at_once(cast.officer, *(steps if shared_first else steps[::-1]))
    assert (waited, raised) == (True, [])
    with acting(cast.officer):
        assert latvia not in Need.found(NEED).releasable_to
        readers = [one.releasable_to for one in Outcome.objects.filter(plan_id=plan, need_id=NEED)]
        assert readers
        assert all(latvia not in one for one in readers)
        assert any(readers)
