"""What somebody who wrote is told where a standby is asked for: done, refused, or not known; never the one for the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections

from sild.kernel import clock, replicated
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.once import Answer, once
from sild.kernel.refusals import Refused
from sild.kernel.replicated import NotKnownReplicated, WritesRefused, choice, keep_look, look_of
from sild.postgres import standby_promise
from sild.postgres.standby_guard import OnLoss
from sild.wings.parties.public import PartyRow, import_parties, parties
from tests.cast import Cast

ROW = PartyRow(line=2, name="Testland", aliases=(), country="TL", kind="donor-state", sector="government")


def names(actor: Actor) -> set[str]:
    return {party.name for party in parties(actor)}


def test_a_primary_that_takes_no_writes_refuses_the_act_in_words_and_nothing_stays(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        with pytest.raises(WritesRefused, match="takes no writes now"):
            import_parties(cast.officer, [ROW])
        assert "Testland" not in names(cast.officer), "reads go on"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET default_transaction_read_only")
    import_parties(cast.officer, [ROW])
    assert "Testland" in names(cast.officer)


def test_an_act_that_no_standby_has_is_never_told_as_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_STANDBY", "refuse")
    import_parties(cast.officer, [ROW])  # the primary asks for no standby: nothing is promised, nothing is to be proved
    monkeypatch.setattr(replicated, "is_asked_for", lambda row: True)
    monkeypatch.setattr(standby_promise, "PROVED_WITHIN_S", 0.05)
    with pytest.raises(NotKnownReplicated, match="not known whether the standby has it"):
        import_parties(cast.officer, [PartyRow(line=3, name="Farland", aliases=(), country="FA", kind="donor-state", sector="government")])
    assert "Farland" in names(cast.officer), "it was written here, which the words say"


def test_a_kept_answer_is_not_given_again_before_a_standby_has_what_it_says(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask() -> Answer:
        return once(cast.officer, "key", "digest", lambda: Answer(status=201, body="made"))

    assert ask().body == "made"
    monkeypatch.setenv("SILD_STANDBY", "refuse")
    assert ask().body == "made", "no standby is asked for"
    monkeypatch.setattr(replicated, "is_asked_for", lambda row: True)
    monkeypatch.setattr(standby_promise, "PROVED_WITHIN_S", 0.05)
    with pytest.raises(NotKnownReplicated):
        ask()


def test_the_commit_of_an_act_is_bounded_and_a_connection_that_ends_in_it_is_not_known(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_STANDBY", "go-on")
    seen: list[str] = []

    @action("test.look", roles=frozenset({Role.OFFICER}))
    def look(actor: Actor, *, late: bool) -> None:
        if late:
            raise OperationalError("gone before the commit")

    asked = replicated.is_asked_for

    def dies_in_the_commit(row: tuple[object, ...]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            seen.append(cursor.fetchone()[0])
        monkeypatch.setattr(connections["default"], "commit", ends)
        return asked(row)

    def ends() -> None:
        raise OperationalError("gone")

    with pytest.raises(OperationalError, match="gone before the commit"):
        look(cast.officer, late=True)
    monkeypatch.setattr(replicated, "is_asked_for", dies_in_the_commit)
    with pytest.raises(NotKnownReplicated):
        look(cast.officer, late=False)
    monkeypatch.undo()
    connection.close()
    assert seen == ["6s"]


def test_the_operators_choice_is_one_of_two_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choice() is None
    monkeypatch.setenv("SILD_STANDBY", "go-on")
    assert choice() is OnLoss.GO_ON
    monkeypatch.setenv("SILD_STANDBY", "maybe")
    with pytest.raises(Refused, match="write refuse or go-on"):
        choice()


def test_what_the_guard_saw_is_kept_with_since_when_and_is_not_believed_for_ever(home: Home) -> None:
    assert look_of(home) is None
    began = clock.now()
    keep_look(home, "refusing", by_guard=True, at=began, behind_bytes=7, ended=2)
    keep_look(home, "refusing", by_guard=True, at=began + timedelta(seconds=5), ended=1)
    kept = look_of(home)
    assert kept is not None
    assert (kept.state, kept.since, kept.ended, kept.fresh) == ("refusing", began, 3, True)
    keep_look(home, "synchronous", by_guard=False, at=began - timedelta(seconds=20))
    kept = look_of(home)
    assert kept is not None
    assert (kept.since, kept.fresh) == (began - timedelta(seconds=20), False)
    (home.root / "standby.json").write_text("{")
    assert look_of(home) is None
