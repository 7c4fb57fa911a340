"""Erasure: words leave history and ledger; acts and commitments stay, undo says so, and nobody reaches into another's history."""

from __future__ import annotations

import json

import pytest
from django.db import ProgrammingError, connection, transaction

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.casework import add_note
from sild.kernel.erasure import forget_images, forget_reasons, is_erased
from sild.kernel.history import Act, Change
from sild.kernel.history_reads import history_of
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.wings.register.public import keep_lines, reject_line
from tests.cast import Cast
from tests.wings.readings import reading

LINE = reading(1, "request", "endpoint-protection", "a secret phrase", 20, beneficiary="Ministry of Health of Ukraine")


@pytest.fixture
def rejected(cast: Cast) -> Cast:
    keep_lines(cast.officer, [LINE])
    reject_line(cast.officer, LINE.id, reason="Olena of the hospital said so")
    return cast


def test_images_and_reasons_lose_their_words_and_the_acts_stay(rejected: Cast, server: Server) -> None:
    officer = rejected.officer
    with acting(officer):
        acts = list(Act.objects.values_list("id", flat=True))
        assert forget_images([LINE.id]) == 2
        assert forget_reasons(acts) == 1
        assert list(Act.objects.values_list("id", flat=True)) == acts
        kept = json.dumps(list(Change.objects.filter(record_id=LINE.id).values_list("before", "after")))
    assert "secret phrase" not in kept
    entries = server.query()("select plain, salt, length(commitment) from kernel_ledgerentry")
    assert entries
    assert not any("Olena" in plain for plain, _salt, _length in entries)
    assert {length for _plain, _salt, length in entries} == {64}
    assert [(entry.reason, entry.changes) for entry in history_of(officer, [LINE.id])] == [("", ()), ("", ())]


def test_what_was_erased_is_not_put_back(rejected: Cast) -> None:
    done = last_act()
    assert done is not None
    with acting(rejected.officer):
        forget_images([LINE.id])
    with pytest.raises(Refused, match="erased since"):
        undo(rejected.officer, done, reason="a mistake")


def test_nobody_erases_in_the_history_of_another_organisation(rejected: Cast) -> None:
    with acting(rejected.officer):
        acts = list(Act.objects.values_list("id", flat=True))
    for other in (rejected.donor, rejected.outsider, rejected.technical):
        with acting(other):
            assert forget_images([LINE.id]) == 0
            assert forget_reasons(acts) == 0
    with acting(rejected.officer):
        assert not any(map(is_erased, Change.objects.filter(record_id=LINE.id).values_list("after", flat=True)))
        assert Act.objects.exclude(reason="").exists()


def test_history_is_changed_by_no_other_way(rejected: Cast) -> None:
    add_note(rejected.officer, "register.Line", LINE.id, "a word")
    for statement in (
        "update kernel_change set before = null",
        "update kernel_act set reason = ''",
        "update kernel_ledgerentry set plain = ''",
    ):
        with acting(rejected.officer), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
