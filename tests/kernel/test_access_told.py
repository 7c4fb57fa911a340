"""What versions, reasons and acts must not tell those who may not know, and what nobody may make unreachable."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from sild.kernel import clock
from sild.kernel.action import action, last_act
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.closing import raise_marking, set_embargo
from sild.kernel.grants import recall_release, release_to
from sild.kernel.history import Act
from sild.kernel.identity import actor_named
from sild.kernel.lowering import confirm_lowering, propose_lowering
from sild.kernel.moving import compartments_of, open_compartment
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.parties.public import organisation_ids
from sild.wings.register.models import Line, Need
from tests.cast import Cast
from tests.wings.register.test_release import ASKED, GIVEN, NEED, endorsed, placed, who_sees


def version(actor: Actor) -> int:
    with acting(actor):
        return Need.found(NEED).version


@action("test.write", roles=frozenset(Role))
def write(actor: Actor, change: Callable[[], None]) -> None:
    change()


def test_the_version_of_a_need_does_not_tell_its_readers_of_other_readers(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    ids = organisation_ids(cast.officer)
    read = version(cast.donor)
    release_to(cast.officer, "register.Need", NEED, [ids["kestrel"]], reason="they may have some")
    recall_release(cast.officer, "register.Need", NEED, [ids["latvia"]], reason="not them")
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "donor", "maker"}
    assert version(cast.donor) == read


def test_the_version_of_a_need_does_not_tell_that_it_was_under_an_embargo(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    read = version(cast.donor)
    set_embargo(cast.officer, "register.Line", ASKED.id, clock.now() + timedelta(days=1), reason="soon")
    with pytest.raises(NotThere):
        version(cast.donor)
    with pytest.raises(Refused, match="lasts until"):
        set_embargo(cast.officer, "register.Need", NEED, clock.now() + timedelta(hours=1), reason="sooner")
    set_embargo(cast.officer, "register.Need", NEED, clock.now() + timedelta(days=3), reason="later", version=read)
    lowered = confirm_lowering(
        cast.deputy, propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="over", ends_embargo=True)
    )
    assert lowered == 1, "the need keeps an embargo of its own"
    assert version(cast.officer) == read


def test_who_writes_a_need_under_an_embargo_that_they_did_not_see_writes_it_not_away(cast: Cast) -> None:
    placed(cast)
    until = clock.now() + timedelta(days=3)

    def save() -> None:
        need = Need.found(NEED)
        set_embargo(cast.officer, "register.Need", NEED, until, reason="soon")
        need.title = "EDR"
        need.save()

    def sooner() -> None:
        need = Need.found(NEED)
        set_embargo(cast.officer, "register.Need", NEED, until + timedelta(days=3), reason="later")
        need.embargo_until = until + timedelta(days=1)
        need.save()

    write(cast.officer, save)
    with acting(cast.officer):
        assert Need.found(NEED).embargo_until == until
    with pytest.raises(Stale):
        write(cast.officer, sooner)


def test_who_writes_a_need_that_was_released_meanwhile_writes_over_no_release(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    ids = organisation_ids(cast.officer)

    def save() -> None:
        need = Need.found(NEED)
        recall_release(cast.officer, "register.Need", NEED, [ids["latvia"]], reason="not them")
        need.title = "EDR"
        need.save()

    def change() -> None:
        need = Need.found(NEED)
        release_to(cast.officer, "register.Need", NEED, [ids["kestrel"]], reason="they may have some")
        need.title = "EDR licences"
        Need.objects.bulk_change([need], ["title"])

    read = version(cast.officer)
    write(cast.officer, save)
    assert "other_donor" not in who_sees(cast, Need, NEED)
    write(cast.officer, change)
    assert "maker" in who_sees(cast, Need, NEED)
    assert version(cast.officer) == read + 2


@pytest.mark.parametrize("bulk", [True, False])
def test_two_who_change_the_readers_of_one_record_do_not_write_over_each_other(cast: Cast, bulk: bool) -> None:
    placed(cast)
    ids = organisation_ids(cast.officer)

    def kept(record: Record) -> None:
        if bulk:
            Line.objects.bulk_change([record], ["releasable_to"])
        else:
            record.save()

    def both() -> None:
        mine, theirs = Line.found(ASKED.id), Line.found(ASKED.id)
        theirs.releasable_to = [ids["watch"]]
        kept(theirs)
        mine.releasable_to = [ids["estonia"]]
        kept(mine)

    with pytest.raises(Stale):
        write(cast.officer, both)


def test_a_page_that_was_read_before_a_release_may_still_be_saved_and_one_read_before_a_change_may_not(cast: Cast) -> None:
    placed(cast)
    ids = organisation_ids(cast.officer)
    read = version(cast.officer)
    release_to(cast.officer, "register.Need", NEED, [ids["kestrel"]], reason="they may have some")
    raise_marking(cast.officer, "register.Need", NEED, Marking.AMBER_STRICT, reason="names a site", version=read)
    with pytest.raises(Stale):
        raise_marking(cast.officer, "register.Need", NEED, Marking.RED, reason="old page", version=read)


def test_the_reason_of_an_act_that_wrote_nothing_is_as_closed_as_its_actor(cast: Cast) -> None:
    placed(cast)
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    latvia = [organisation_ids(cast.officer)["latvia"]]
    recall_release(cast.officer, "register.Line", ASKED.id, latvia, reason="they asked about the site")
    recall_release(cast.officer, "register.Line", ASKED.id, latvia, reason="the site is in Sumy")
    with acting(cast.observer):
        assert not Act.objects.filter(action="access.recall").exists()
    room = open_compartment(cast.officer, "the site", [], reason="few know")
    inside = actor_named("drill", "officer")
    assert room in inside.compartments
    recall_release(inside, "register.Line", ASKED.id, latvia, reason="the room speaks of Sumy")
    with acting(cast.auditor):
        assert not Act.objects.filter(reason="the room speaks of Sumy").exists()
    with acting(inside):
        assert Act.objects.get(reason="the room speaks of Sumy").compartments == [room]


def test_a_compartment_that_was_opened_is_not_undone_from_under_what_lies_in_it(cast: Cast) -> None:
    room = open_compartment(cast.officer, "the site", [cast.deputy.person], reason="few know")
    act = last_act()
    assert act is not None
    deputy = actor_named("drill", "deputy")
    with pytest.raises(Refused, match="cannot be undone"):
        undo(deputy, act, reason="tidy")
    assert compartments_of(deputy) == [(room, "the site")]


def test_who_left_the_seat_from_which_they_proposed_a_lowering_does_not_confirm_it_from_another(cast: Cast, server: Server) -> None:
    placed(cast)
    one, two = uuid.uuid4(), uuid.uuid4()
    server.execute([f"UPDATE kernel_member SET account_id = '{one}' WHERE slug = 'officer'"])
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    server.execute(
        [
            "UPDATE kernel_member SET account_id = NULL WHERE slug = 'officer'",
            f"UPDATE kernel_member SET account_id = '{one}' WHERE slug = 'deputy'",
        ]
    )
    with pytest.raises(Refused, match="a colleague has to confirm"):
        confirm_lowering(cast.deputy, lowering)
    server.execute([f"UPDATE kernel_member SET account_id = '{two}' WHERE slug = 'deputy'"])
    assert confirm_lowering(cast.deputy, lowering) >= 1


FORGED = [
    (
        "insert",
        "insert into kernel_lowering select (jsonb_populate_record(null::kernel_lowering, to_jsonb(one) || %s)).* from kernel_lowering one",
    ),
    ("update", "update kernel_lowering set confirmed_by = proposed_by"),
    ("update", "update kernel_lowering set to_marking = 0"),
    ("update", "update kernel_lowering set proposed_by = gen_random_uuid()"),
    ("update", "update kernel_lowering set applied = true"),
]


@pytest.mark.parametrize(("how", "statement"), FORGED, ids=[statement[:60] for _how, statement in FORGED])
def test_the_database_takes_no_lowering_that_was_not_proposed_first_and_confirmed_by_another(cast: Cast, how: str, statement: str) -> None:
    placed(cast)
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    forged = json.dumps({"id": str(uuid.uuid4()), "confirmed_by": str(uuid.uuid4())})
    with pytest.raises(DatabaseError, match="lowering"), acting(cast.officer), connection.cursor() as cursor:
        cursor.execute(statement, [forged] if how == "insert" else [])


def test_a_confirmed_lowering_opens_nothing_that_it_does_not_speak_of(cast: Cast) -> None:
    placed(cast)
    set_embargo(cast.officer, "register.Line", ASKED.id, clock.now() + timedelta(days=9), reason="soon")
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.AMBER_STRICT, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    raise_marking(cast.officer, "register.Line", GIVEN.id, Marking.RED, reason="names a price")
    for opens in ("embargo_until = null", "marking = 2"):
        key = ASKED.id if "embargo" in opens else GIVEN.id
        with pytest.raises(DatabaseError, match="lowered by two people"), acting(cast.deputy), connection.cursor() as cursor:
            cursor.execute("update kernel_lowering set confirmed_by = %s where id = %s", [cast.deputy.person, lowering])
            cursor.execute("select set_config('sild.lowering', %s, true)", [str(lowering)])
            cursor.execute(f"update register_line set {opens} where id = %s", [key])
