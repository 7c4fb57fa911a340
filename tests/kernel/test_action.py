"""Actions and reads: who may, what stays, what a stranger sees."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, connections, transaction
from psycopg.errors import DeadlockDetected

from sild.cores.linkage.problem import Relation
from sild.kernel import clock
from sild.kernel.action import ACTIONS, action
from sild.kernel.actor import Actor, Role, acting, on_behalf_of
from sild.kernel.history import Act, Change, LedgerEntry
from sild.kernel.home import Home
from sild.kernel.identity import Member, actor_named
from sild.kernel.ledger.sequencer import book_of, sequence
from sild.kernel.refusals import NotThere, Refused, Unscoped
from sild.kernel.undo import undo
from sild.wings.linkage.public import judge, link_register
from sild.wings.parties.models import Party
from sild.wings.parties.public import PartyRow, import_parties, organisation_ids, parties
from sild.wings.register.models import Need
from sild.wings.register.public import Grouping, NeedState, keep_lines, lines, needs, place_lines, rule_gate
from tests.cast import Cast
from tests.wings.readings import reading

ASKED = reading(1, "request", "end-user-devices", "laptops", 40, beneficiary="Lviv City Council")
ROW = PartyRow(line=2, name="Testland", aliases=(("uk", "Тестландія"),), country="TL", kind="donor-state", sector="government")


def newest_act(actor: Actor) -> Act:
    with acting(actor):
        return Act.objects.order_by("-at").first()  # type: ignore[return-value]


def test_a_role_that_may_not_is_refused_and_nothing_stays(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"may not do “.*”: it is for secretariat officer, service of the desk") as told:
        import_parties(cast.auditor, [ROW])
    assert "parties.import" not in str(told.value)
    assert parties(cast.officer) == []


def test_an_act_leaves_its_entry_and_its_images(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    act = newest_act(cast.officer)
    assert (act.action, act.person_name) == ("parties.import", "Secretariat officer")
    with acting(cast.officer):
        change = Change.objects.get(act_id=act.id)
    assert (change.model, change.before, change.after["name"]) == ("parties.Party", None, "Testland")


@action("tests.look-at-theirs", roles=frozenset({Role.SERVICE}))
def look_at_theirs(actor: Actor, name: str) -> None:
    """A rule at work on an organisation's records: it changes one of them, or none where `name` is empty."""
    if name:
        Party(name=name, kind="donor-state").save()


@action("tests.touch", roles=frozenset({Role.OFFICER}))
def touch(actor: Actor, owner: UUID, name: str) -> None:
    """An act from which something may follow for another organisation."""
    with on_behalf_of(owner) as rules:
        look_at_theirs(rules, name)


def test_what_a_rule_looked_at_and_left_as_it_was_is_no_act_of_its_owner(cast: Cast) -> None:
    """An empty act in the owner's history and ledger would tell that somebody did something that the owner does not see."""

    def told() -> set[str]:
        with acting(cast.donor):
            return set(Act.objects.values_list("action", flat=True))

    before = told()
    touch(cast.officer, cast.donor.organisation, "")
    assert told() == before
    with connections["migrate"].cursor() as cursor:
        cursor.execute("select count(*) from kernel_ledgerentry where plain like %s", ["%tests.look-at-theirs%"])
        assert cursor.fetchone() == (0,)
    touch(cast.officer, cast.donor.organisation, "Testland")
    assert told() - before == {"tests.look-at-theirs"}


def test_what_rolls_back_leaves_neither_record_nor_entry(cast: Cast, home: Home) -> None:
    before = sequence(home)
    with pytest.raises(RuntimeError), transaction.atomic():
        import_parties(cast.officer, [ROW])
        raise RuntimeError("the machine stops here")
    assert parties(cast.officer) == []
    assert sequence(home) == before


def test_a_stranger_sees_nothing_and_not_even_that_there_is_something(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    assert parties(cast.outsider) == []
    assert parties(cast.donor) == []


def test_without_an_actor_reading_fails_loudly_and_the_database_shows_no_row(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    with pytest.raises(Unscoped):
        list(Party.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from parties_party")
        assert cursor.fetchone() == (0,)


def test_writing_outside_an_action_fails_loudly(cast: Cast) -> None:
    with acting(cast.officer), pytest.raises(Unscoped, match="no action"):
        Party(name="Smuggled").save()


def test_a_write_without_images_is_refused(cast: Cast) -> None:
    with acting(cast.officer), pytest.raises(Unscoped, match="no image"):
        Party.objects.all().update(name="x")


def test_the_actor_is_gone_after_the_transaction(cast: Cast) -> None:
    parties(cast.officer)
    with connection.cursor() as cursor:
        cursor.execute("select sild_organisation()")
        assert cursor.fetchone() == (None,)


def test_nobody_can_insert_for_another_organisation(cast: Cast) -> None:
    forged = replace(cast.donor, roles=frozenset({Role.OFFICER}))

    @action("test.forge", roles=frozenset({Role.OFFICER}))
    def forge(actor: Actor) -> None:
        Party(name="Forged", owner_id=cast.officer.organisation, mechanism_id=actor.mechanism).save()

    try:
        with pytest.raises(Exception, match="row-level security"):
            forge(forged)
    finally:
        del ACTIONS["test.forge"]


def test_undo_puts_a_change_back_and_then_the_creation(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    created = newest_act(cast.officer)
    import_parties(cast.officer, [replace(ROW, country="XX")])
    changed = newest_act(cast.officer)
    with pytest.raises(Refused, match="changed since"):
        undo(cast.officer, created.id, reason="too early")
    undo(cast.officer, changed.id, reason="wrong country")
    assert [party.country for party in parties(cast.officer)] == ["TL"]
    undo(cast.officer, created.id, reason="not a party")
    assert parties(cast.officer) == []


def test_an_act_is_undone_once_and_by_its_own_organisation(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    act = newest_act(cast.officer)
    with pytest.raises(NotThere) as strangers:
        undo(cast.outsider, act.id, reason="mischief")
    absent = uuid4()
    with pytest.raises(NotThere) as nobodys:
        undo(cast.outsider, absent, reason="mischief")
    assert str(strangers.value).replace(str(act.id), "") == str(nobodys.value).replace(str(absent), "")
    with pytest.raises(Refused, match="takes a role"):
        undo(replace(cast.officer, roles=frozenset({Role.DONOR})), act.id, reason="not mine to undo")
    undo(cast.officer, act.id, reason="again")
    with pytest.raises(Refused, match="undone already"):
        undo(cast.officer, act.id, reason="again")


def test_an_act_older_than_thirty_days_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import_parties(cast.officer, [ROW])
    act = newest_act(cast.officer)
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refused, match="older than 30 days"):
        undo(cast.officer, act.id, reason="too late")


def test_the_ledger_commits_to_every_act_and_opens_only_with_the_salt(cast: Cast, home: Home) -> None:
    import_parties(cast.officer, [ROW])
    entries = sequence(home)
    assert book_of(home).verify() == (entries, [])
    with connections["sequencer"].cursor() as cursor:
        cursor.execute("select index, plain, salt, commitment from kernel_ledgerentry order by index")
        rows = cursor.fetchall()
    assert [row[0] for row in rows] == list(range(entries))
    assert list(book_of(home).commitments()) == [row[3] for row in rows]
    for _, plain, salt, commitment in rows:
        assert hashlib.sha256(bytes.fromhex(salt) + plain.encode()).hexdigest() == commitment
    assert any(json.loads(row[1])["action"] == "parties.import" for row in rows)
    assert "parties.import" not in book_of(home).entries.read_text()


def test_the_desks_role_cannot_read_the_ledgers_entries(cast: Cast) -> None:
    with acting(cast.officer), pytest.raises(Exception, match="permission denied"):
        list(LedgerEntry.objects.all())


def test_sequencing_twice_numbers_nothing_twice(cast: Cast, home: Home) -> None:
    assert sequence(home) == sequence(home)
    assert book_of(home).verify()[1] == []


def test_a_crash_between_database_and_book_is_completed_by_the_next_pass(cast: Cast, home: Home) -> None:
    sequence(home)
    book = book_of(home)
    entries, checkpoints = book.entries.read_bytes(), book.checkpoints.read_bytes()
    import_parties(cast.officer, [ROW])
    total = sequence(home)
    whole = book.entries.read_bytes()
    for left in (entries, entries + b"2 dead", whole):
        book.entries.write_bytes(left)
        book.checkpoints.write_bytes(checkpoints)
        assert sequence(home) == total
        assert book.verify() == (total, [])


def test_nothing_is_signed_over_a_book_that_was_changed_or_cut(cast: Cast, home: Home) -> None:
    sequence(home)
    book = book_of(home)
    lines = book.entries.read_text().splitlines(keepends=True)
    forged = [lines[0][:-2] + ("0\n" if lines[0][-2] != "0" else "1\n"), *lines[1:]]
    for tampered, drop in ((forged, False), (forged, True), (lines[:-1], False)):
        book.entries.write_text("".join(tampered))
        kept = book.checkpoints.read_bytes()
        if drop:
            book.checkpoints.unlink()
        import_parties(cast.officer, [replace(ROW, name=f"P{drop}{len(tampered)}")])
        with pytest.raises(Refused, match=r"changed|damaged"):
            sequence(home)
        book.checkpoints.write_bytes(kept)
        book.entries.write_text("".join(lines))


def test_an_act_cannot_be_rewritten_and_an_entry_cannot_number_itself(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    with acting(cast.officer), pytest.raises(Exception, match="permission denied"):
        Act.objects.update(person_name="somebody else")
    with acting(cast.officer), pytest.raises(Exception, match=r"row-level security"):
        entry = LedgerEntry(mechanism_id=cast.officer.mechanism, owner_id=cast.officer.organisation, queued_at=clock.now(), index=9)
        LedgerEntry.objects.bulk_create([entry])


def test_a_database_put_back_behind_its_book_is_refused(cast: Cast, home: Home, server) -> None:  # type: ignore[no-untyped-def]
    sequence(home)
    server.execute(["DELETE FROM kernel_ledgerentry WHERE index > 0"])
    with pytest.raises(Refused, match="older state"):
        sequence(home)


def test_who_may_read_a_record_may_not_take_it_over_or_release_it(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    need, front = uuid4(), organisation_ids(cast.run)["front"]
    place_lines(cast.run, [Grouping(id=need, side="need", lines=(ASKED.id,))])

    def change(actor: Actor, **fields: object) -> None:
        @action("test.change", roles=frozenset(Role))
        def act(actor: Actor) -> None:
            record = Need.objects.get(id=need)
            for name, value in fields.items():
                setattr(record, name, value)
            record.save()

        try:
            act(actor)
        finally:
            del ACTIONS["test.change"]

    for fields in ({"owner_id": front}, {"marking": 0}, {"releasable_to": [front, uuid4()]}):
        with pytest.raises(Exception, match="owner"):
            change(cast.technical, **fields)
    change(cast.technical, state="clarifying")
    with pytest.raises(Exception, match=r"keeps its id"):
        change(cast.officer, owner_id=uuid4())
    change(cast.officer, releasable_to=[])
    assert [one.state for one in needs(cast.technical)] == ["clarifying"]  # the rule gives back what was taken away beside it
    change(cast.officer, channel="military")
    assert needs(cast.technical) == []


def test_undoing_an_act_takes_back_all_that_was_written_in_it_and_a_part_alone_is_refused(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    with acting(cast.run):
        whole = Act.objects.get(action="register.keep-lines")
    assert undo(cast.run, whole.id, reason="read by mistake") == 1
    assert lines(cast.run) == []
    keep_lines(cast.run, [ASKED])
    link_register(cast.run)
    with acting(cast.run):
        outer = Act.objects.get(action="linkage.link-register")
        inner = Act.objects.get(action="register.place-lines")
    with pytest.raises(Refused, match=r"part of linkage\.link-register"):
        undo(cast.run, inner.id, reason="half of it")
    undo(cast.run, outer.id, reason="all of it")
    assert needs(cast.run) == []
    assert [line.need_id for line in lines(cast.run)] == [None]


def test_what_was_taken_back_is_not_brought_back_by_undoing_that(cast: Cast) -> None:
    import_parties(cast.officer, [ROW])
    undo(cast.officer, newest_act(cast.officer).id, reason="not a party")
    with pytest.raises(Refused, match="Do the act anew"):
        undo(cast.officer, newest_act(cast.officer).id, reason="it was one")


def test_a_gate_does_not_take_back_the_ruling_of_the_other_gate(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED])
    link_register(cast.run)
    [need] = needs(cast.officer)
    rule_gate(cast.technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="can be done")
    rule_gate(cast.interagency, need.id, NeedState.INTERAGENCY_REVIEW, False, reason="not now")
    with acting(cast.interagency):
        ruling = Act.objects.filter(action="register.rule-gate").order_by("-at").first()
    assert ruling is not None
    with pytest.raises(Refused, match="takes a role"):
        undo(cast.technical, ruling.id, reason="I think otherwise")
    assert [one.state for one in needs(cast.officer)] == ["not-endorsed"]
    undo(cast.interagency, ruling.id, reason="asked too early")
    assert [one.state for one in needs(cast.officer)] == ["interagency-review"]


def test_undo_never_takes_a_persons_judgement_with_it(cast: Cast) -> None:
    other = reading(2, "request", "end-user-devices", "tablets", 9, beneficiary="Lviv City Council")
    keep_lines(cast.run, [ASKED, other])
    with acting(cast.run):
        kept = Act.objects.get(action="register.keep-lines")
    judge(cast.officer, ASKED.id, other.id, Relation.NOT_THE_SAME, reason="two things")
    with pytest.raises(Refused, match="later records build on it"):
        undo(cast.run, kept.id, reason="too late")
    assert len(lines(cast.run)) == 2


def test_counting_without_an_actor_fails_loudly_too(cast: Cast) -> None:
    for question in (Party.objects.count, Party.objects.all().exists, Party.objects.all().delete):
        with pytest.raises(Unscoped):
            question()


def test_only_the_secretariat_makes_members(cast: Cast) -> None:
    @action("test.member", roles=frozenset(Role))
    def smuggle(actor: Actor) -> None:
        Member(slug="mole", name="Mole", organisation_id=cast.officer.organisation, roles=["officer"]).save()

    try:
        smuggle(cast.donor)
    finally:
        del ACTIONS["test.member"]
    with pytest.raises(Refused, match="has no member 'mole'"):
        actor_named("drill", "mole")


def test_an_act_that_the_database_ends_because_two_waited_for_each_other_begins_again(cast: Cast) -> None:
    ended: list[int] = []

    @action("test.deadlocked", roles=frozenset(Role))
    def deadlocked(actor: Actor, times: int) -> str:
        if len(ended) < times:
            ended.append(1)
            raise OperationalError("deadlock detected") from DeadlockDetected("deadlock detected")
        return "done"

    assert deadlocked(cast.officer, 2) == "done"
    with acting(cast.officer):
        assert Act.objects.filter(action="test.deadlocked").count() == 1
    ended.clear()
    with pytest.raises(OperationalError):
        deadlocked(cast.officer, 9)
    ended.clear()
    # inside a transaction that somebody else began there is nothing to begin again with
    with acting(cast.officer), pytest.raises(OperationalError):
        deadlocked(cast.officer, 1)
