"""Lines stand under their slots from the act that wrote them on, as closed as they are; a new line is checked against all of them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sild.cores.linkage.method import link
from sild.cores.linkage.method.slots import kept_slots
from sild.cores.linkage.problem import Relation
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.home import Home
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.linkage.actions import file_lines, renewing
from sild.wings.linkage.actions.renewing import renew_slots
from sild.wings.linkage.public import judge, likely_repeats, link_register, stale_lines_asked
from sild.wings.linkage.reads.checking import checked
from sild.wings.linkage.reads.problem import core_line, line_id, problem_of
from sild.wings.linkage.reads.slots import numbers
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.register.public import Line, Part, erase_lines, keep_lines, lines, mend_line, reject_line, reopen_line, split_line
from tests.cast import Cast
from tests.wings.readings import reading

MINISTRY, HOSPITAL = "Ministry of Health of Ukraine", "Uman Regional Hospital"
PARTIES = (
    PartyRow(line=2, name=MINISTRY, aliases=(("uk", "МОЗ"),), country="UA", kind="recipient-body", sector="health"),
    PartyRow(line=3, name=HOSPITAL, aliases=(), country="UA", kind="recipient-body", sector="health", parent=MINISTRY),
)
ASKED = reading(1, "request", "backup-storage", "backup storage", 60, unit="TB", beneficiary=HOSPITAL, sent_by=HOSPITAL)
OTHER = reading(2, "request", "end-user-devices", "laptops", 40, unit="laptop", beneficiary=HOSPITAL, sent_by=HOSPITAL)
RELAYED = reading(
    9, "request", "cloud-hosting", "сховище для резервних копій", 60, unit="TB", beneficiary=HOSPITAL, sent_by=MINISTRY, language="uk"
)
GROWN = reading(
    20, "update", "backup-storage", "backup storage", 90, unit="TB", beneficiary=HOSPITAL, sent_by=HOSPITAL, changes=Decimal(60),
    urgency="critical",
)  # fmt: skip
GIVEN = reading(11, "offer", "backup-storage", "backup storage", 60, unit="TB", provider="Estonia", beneficiary=HOSPITAL)


def filed(server: Server) -> dict[UUID, set[int]]:
    """Every line in the table of slots with its numbers, past all policies."""
    found: dict[UUID, set[int]] = {}
    for line, slot in server.query()("select line_id, slot from linkage_slot"):
        assert slot not in found.setdefault(UUID(str(line)), set()), "a slot is kept once for a line"
        found[UUID(str(line))].add(int(slot))
    return found


def wanted(cast: Cast) -> dict[UUID, set[int]]:
    """What should stand there."""
    standing = [line for line in lines(cast.run) if line.state != "rejected"]
    told = {line.id: set(numbers(line.mechanism_id, line.owner_id, kept_slots(core_line(line)))) for line in standing}
    return {key: slots for key, slots in told.items() if slots}


def back(cast: Cast) -> None:
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="tried")


def found(cast: Cast, key: UUID) -> Line:
    return next(line for line in lines(cast.officer) if line.id == key)


def test_slots_follow_every_act_on_a_line(cast: Cast, server: Server) -> None:
    import_parties(cast.run, PARTIES)
    keep_lines(cast.run, [ASKED, OTHER, GIVEN])
    kept = filed(server)
    assert kept == wanted(cast)
    assert len(kept) == 3

    mend_line(cast.officer, OTHER.id, found(cast, OTHER.id).version, {"item": "generators", "category": "power-continuity"})
    assert filed(server) == wanted(cast) != kept
    back(cast)
    assert filed(server) == wanted(cast) == kept

    split_line(
        cast.officer, OTHER.id, found(cast, OTHER.id).version, [Part(item="laptops", quantity=30), Part(item="tablets", quantity=10)]
    )
    assert filed(server) == wanted(cast)
    assert len(filed(server)) == 4
    back(cast)
    assert filed(server) == kept

    reject_line(cast.officer, OTHER.id, reason="noise")
    assert OTHER.id not in filed(server)
    reopen_line(cast.officer, OTHER.id)
    assert filed(server) == kept
    link_register(cast.run)
    assert filed(server) == kept

    server.execute(["delete from linkage_slot where owner_id is not null"])
    assert file_lines(cast.run) == 3
    assert filed(server) == kept
    erase_lines(cast.officer, OTHER.message_id, whole=False, reason="asked to")
    assert filed(server) == wanted(cast) != kept
    erase_lines(cast.officer, OTHER.message_id, whole=True, reason="asked to")
    assert OTHER.id not in filed(server)


def test_slots_are_as_closed_as_their_line_and_other_organisations_see_none(cast: Cast, server: Server) -> None:
    keep_lines(cast.run, [ASKED, OTHER])
    low = replace(cast.officer, ceiling=Marking.AMBER)

    def seen(actor: object) -> int:
        with acting(actor), connection.cursor() as cursor:  # type: ignore[arg-type]  # an actor of the cast
            cursor.execute("select count(distinct line_id) from linkage_slot")
            return int(cursor.fetchone()[0])

    assert seen(low) == 2
    assert [seen(one) for one in (cast.donor, cast.technical, cast.outsider, cast.seller)] == [0, 0, 0, 0]
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names the site")
    assert seen(low) == 1
    assert seen(cast.officer) == 2
    keep_lines(cast.run, [RELAYED])
    assert RELAYED.id in likely_repeats(cast.officer, [RELAYED.id])
    assert likely_repeats(low, [RELAYED.id]) == {}, "what is closed is neither met nor counted"


def test_one_slot_is_another_number_in_another_register(home: Home) -> None:
    mechanism, one, other = (uuid.UUID(int=number) for number in range(3))
    slot = [("need", "body", HOSPITAL, "storage")]
    assert len({*numbers(mechanism, one, slot), *numbers(mechanism, other, slot), *numbers(other, one, slot)}) == 3


def test_a_new_line_is_told_what_it_repeats_and_what_changed_before_anybody_links(cast: Cast) -> None:
    import_parties(cast.run, PARTIES)
    keep_lines(cast.run, [ASKED, OTHER, GIVEN])
    link_register(cast.run)
    keep_lines(cast.run, [RELAYED])
    [first, *_rest] = likely_repeats(cast.officer, [RELAYED.id])[RELAYED.id]
    assert (first.other.id, first.joins, first.proposed, first.relation) == (ASKED.id, True, False, "same-as")
    assert first.reasons_for
    keep_lines(cast.run, [GROWN])
    told = likely_repeats(cast.officer, [RELAYED.id, GROWN.id])
    grown = next(one for one in told[GROWN.id] if one.other.id == ASKED.id)
    assert (grown.relation, grown.joins) == ("supersedes", True)
    assert [(one.field, one.before, one.after) for one in grown.changes] == [("quantity", 60, 90)]
    assert {one.other.kind for repeats in told.values() for one in repeats} <= {"request", "update"}, "needs and offers never mix"
    assert likely_repeats(cast.donor, [RELAYED.id]) == likely_repeats(cast.outsider, [RELAYED.id]) == {}

    judge(cast.officer, ASKED.id, RELAYED.id, Relation.NOT_THE_SAME, reason="another department")
    ruled = next(one for one in likely_repeats(cast.officer, [RELAYED.id])[RELAYED.id] if one.other.id == ASKED.id)
    assert (ruled.joins, ruled.ruled) == (False, True)


def test_the_check_says_what_linking_the_whole_register_says(cast: Cast) -> None:
    import_parties(cast.run, PARTIES)
    keep_lines(cast.run, [ASKED, OTHER, GIVEN, RELAYED, GROWN])
    with acting(cast.run):
        whole = link(problem_of(cast.run, lines(cast.run), []))
        found = checked(cast.run, [ASKED.id, OTHER.id, GIVEN.id, RELAYED.id, GROWN.id])
    scored = {frozenset((line_id(one.line_a), line_id(one.line_b))): one for one in (*whole.links, *whole.look_alikes)}
    met = {
        frozenset((key, one.others[near.other].id)): (near.score, near.reasons)
        for key, one in found.items()
        for near in one.proposal.weighed
    }
    joined = {pair for pair, one in scored.items() if pair in met}
    assert len(joined) >= 2
    assert {pair: met[pair] for pair in joined} == {pair: (scored[pair].score, scored[pair].reasons) for pair in joined}


@pytest.mark.parametrize("many", [1, 6])
def test_a_check_costs_a_dozen_statements_however_many_lines(cast: Cast, many: int) -> None:
    import_parties(cast.run, PARTIES)
    fresh = [replace(RELAYED, id=uuid.uuid4(), message_id=uuid.uuid4(), message_digest=f"{one:064x}") for one in range(50, 50 + many)]
    keep_lines(cast.run, [ASKED, OTHER, GROWN, *fresh])
    with acting(cast.officer), CaptureQueriesContext(connection) as asked:
        assert len(likely_repeats(cast.officer, [line.id for line in fresh])) == many
    assert len(asked) <= 13


def test_slots_of_an_older_lexicon_are_made_anew_in_turns_and_the_doctor_counts_them(
    cast: Cast, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale() -> list[int]:
        [counted] = server.query()(stale_lines_asked())
        return [int(one) for one in counted]

    keep_lines(cast.run, [ASKED, OTHER, RELAYED])
    kept = filed(server)
    assert (stale(), renew_slots(cast.run)) == ([0, 0], 0)
    # past the guard that lets owners alone close what is theirs
    closed = f"update register_line set compartment_id = gen_random_uuid() where id = '{OTHER.id}'"
    server.execute(["set session_replication_role = replica", closed])
    server.execute(["update linkage_slotedition set edition = 'older', closed = 'older'", "delete from linkage_slot"])
    assert stale() == [2, 1]
    monkeypatch.setattr(renewing, "AT_A_TIME", 1)
    assert renewing._renew_some(cast.run, cast.run.organisation) == 1
    assert stale() == [1, 1]
    assert renew_slots(cast.run) == 1
    assert stale() == [0, 1]
    assert filed(server) == {key: slots for key, slots in kept.items() if key != OTHER.id}
    file_lines(cast.run)
    assert stale() == [0, 0]
