"""Whoever runs statements as the desk's role writes nothing in another's name, slips nothing into history, opens nothing else."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import DatabaseError, connection

from sild.kernel.actor import Actor, acting
from sild.kernel.closing import raise_marking
from sild.kernel.history import Act
from sild.kernel.identity import Member
from sild.kernel.inheritance import COVERED, covered_sql
from sild.kernel.lowering import confirm_lowering, propose_lowering
from sild.kernel.tokens import make_token
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.parties.actions import invite_member, vacate_seat
from sild.wings.register.models import Line, Need
from sild.wings.register.public import Grouping, keep_lines, place_lines
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.readings import reading
from tests.wings.register.test_release import ASKED, NEED, placed

ACT = (
    "insert into kernel_act (id, mechanism_id, owner_id, action, person_id, person_name, started_by, roles, at, reason, marking,"
    " compartments, root_id, undone_by) values (%(id)s, sild_mechanism(), sild_organisation(), 'register.rule-gate', %(person)s, 'me', '',"
    " '{}', now(), '', 0, '{}', %(root)s, %(undone)s)"
)
CHANGE = (
    "insert into kernel_change (id, mechanism_id, owner_id, releasable_to, marking, act_id, root_id, place, model, record_id)"
    " values (gen_random_uuid(), sild_mechanism(), sild_organisation(), '{}', 2, %(act)s, %(root)s, 99, 'register.Need', %(act)s)"
)
ENTRY = (
    "insert into kernel_ledgerentry (id, mechanism_id, owner_id, queued_at, plain, salt, commitment) values (gen_random_uuid(),"
    " sild_mechanism(), sild_organisation(), now(), %(plain)s, '00', encode(sha256(decode('00', 'hex') || convert_to(%(plain)s, 'UTF8')),"
    " 'hex'))"
)
NOTE = (
    "insert into kernel_note (id, mechanism_id, owner_id, marking, releasable_to, created_at, version, subject_model, subject_id, text,"
    " written_by, written_by_name) values (gen_random_uuid(), sild_mechanism(), sild_organisation(), 2, '{}', now(), 1, 'register.Need',"
    " gen_random_uuid(), 'hers', %(person)s, 'she')"
)
COPY = (
    "insert into {table} select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'digest', 'known'))).*"
    " from {table} one"
)


def raw(actor: Actor, statement: str, **values: object) -> int:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def one_act(actor: Actor) -> Act:
    with acting(actor):
        found = Act.objects.filter(owner_id=actor.organisation).order_by("at").first()
    assert found is not None
    return found


def act(actor: Actor, *, person: uuid.UUID, root: uuid.UUID | None = None, undone: uuid.UUID | None = None) -> uuid.UUID:
    identity = uuid.uuid4()
    raw(actor, ACT, id=identity, person=person, root=root or identity, undone=undone)
    return identity


def test_an_act_is_written_in_ones_own_name_and_never_as_part_of_one_that_is_over(cast: Cast) -> None:
    over = one_act(cast.run)
    with pytest.raises(DatabaseError, match="row-level security"):
        act(cast.officer, person=cast.deputy.person)
    with pytest.raises(DatabaseError, match="row-level security"):
        act(cast.officer, person=cast.officer.person, undone=uuid.uuid4())
    with pytest.raises(DatabaseError, match="is over"):
        act(cast.donor, person=cast.donor.person, root=over.id)
    act(cast.officer, person=cast.officer.person)


def test_what_an_act_wrote_is_put_down_by_whoever_did_it_under_that_act(cast: Cast) -> None:
    mine = act(cast.officer, person=cast.officer.person)
    hers = act(cast.deputy, person=cast.deputy.person)
    other = act(cast.donor, person=cast.donor.person)
    for change in ({"act": hers, "root": hers}, {"act": other, "root": other}, {"act": mine, "root": hers}):
        with pytest.raises(DatabaseError, match="written by who did it"):
            raw(cast.officer, CHANGE, **change)
    assert raw(cast.officer, CHANGE, act=mine, root=mine) == 1


def test_an_entry_of_the_ledger_says_who_did_which_act_and_is_committed_to(cast: Cast) -> None:
    mine = act(cast.officer, person=cast.officer.person)
    told = {
        "act": str(mine),
        "action": "register.rule-gate",
        "mechanism": str(cast.officer.mechanism),
        "organisation": str(cast.officer.organisation),
        "person": str(cast.officer.person),
    }
    wrong = [{"person": str(cast.deputy.person)}, {"act": str(uuid.uuid4())}, {"action": "register.accept-line"}]
    for entry in wrong:
        with pytest.raises(DatabaseError, match="row-level security"):
            raw(cast.officer, ENTRY, plain=json.dumps(told | entry))
    with pytest.raises(DatabaseError, match="row-level security"):
        raw(cast.officer, ENTRY.replace("decode('00'", "decode('01'"), plain=json.dumps(told))
    assert raw(cast.officer, ENTRY, plain=json.dumps(told)) == 1


def test_notes_and_invitations_and_tokens_are_in_nobody_elses_name(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="row-level security"):
        raw(cast.officer, NOTE, person=cast.deputy.person)
    assert raw(cast.officer, NOTE, person=cast.officer.person) == 1
    account = account_on(cast.deputy)
    make_token(cast.deputy, account.id, "hers")
    assert raw(cast.officer, "update kernel_apitoken set digest = 'one that I know'") == 0
    with pytest.raises(DatabaseError, match="row-level security"):
        raw(cast.officer, COPY.format(table="kernel_apitoken"))
    account_on(cast.officer)
    invited = invite_member(cast.officer, cast.auditor.person, "somebody@example.org")
    for change in (
        f"confirmed_by = '{cast.officer.person}'",
        f"asked_by = '{cast.deputy.person}'",
        f"confirmed_by = '{cast.deputy.person}'",
    ):
        with pytest.raises(DatabaseError, match="invitation"):
            raw(cast.officer, f"update kernel_invitation set {change} where id = %(id)s", id=invited.invitation)


@pytest.mark.parametrize(
    "statement",
    [
        "update kernel_act set marking = 0 where marking > 0",
        "update kernel_act set compartments = '{}' where compartments <> '{}'",
        "update kernel_act set undone_by = gen_random_uuid()",
        "update kernel_change set marking = 0 where marking > 0",
        "update kernel_change set record_id = gen_random_uuid()",
    ],
)
def test_history_is_closed_further_and_never_opened(cast: Cast, server: Server, statement: str) -> None:
    placed(cast)
    server.execute(
        [f"UPDATE kernel_act SET compartments = ARRAY['{uuid.UUID(int=7)}'::uuid], marking = 2 WHERE action = 'register.place-lines'"]
    )
    inside = Actor(
        **{name: getattr(cast.officer, name) for name in Actor.__dataclass_fields__} | {"compartments": frozenset({uuid.UUID(int=7)})}
    )
    with pytest.raises(DatabaseError, match=r"never opened|undone once"):
        raw(inside, statement)


def test_a_lowering_is_proposed_and_confirmed_by_who_is_told(cast: Cast) -> None:
    placed(cast)
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    for who in (cast.officer.person, cast.deputy.person):
        with pytest.raises(DatabaseError, match="somebody else than who proposed it"):
            raw(cast.officer, "update kernel_lowering set confirmed_by = %(who)s where id = %(id)s", who=who, id=lowering)
    with pytest.raises(DatabaseError, match="row-level security"):
        raw(cast.deputy, COPY.format(table="kernel_lowering"))


def test_a_lowering_opens_its_record_and_what_was_made_from_it_and_no_other(cast: Cast) -> None:
    other = reading(9, "request", "training", "a second ask", 5, beneficiary="Ministry of Health of Ukraine")
    keep_lines(cast.run, [ASKED, other])
    beside = uuid.uuid4()
    place_lines(cast.run, [Grouping(id=key, side="need", lines=(line,)) for key, line in ((NEED, ASKED.id), (beside, other.id))])
    for line in (ASKED.id, other.id):
        raise_marking(cast.officer, "register.Line", line, Marking.RED, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    for table, key in (("register_line", other.id), ("register_need", beside)):
        with pytest.raises(DatabaseError, match="lowered by two people"), acting(cast.deputy), connection.cursor() as cursor:
            # what is written into the column by hand counts for nothing
            given = [cast.deputy.person, [other.id, beside], lowering]
            cursor.execute("update kernel_lowering set confirmed_by = %s, covers = %s where id = %s", given)
            cursor.execute("update kernel_lowering set covers = %s where id = %s", [[other.id, beside], lowering])
            cursor.execute("select set_config('sild.lowering', %s, true)", [str(lowering)])
            cursor.execute(f"update {table} set marking = 2 where id = %s", [key])
    assert confirm_lowering(cast.deputy, lowering) == 2
    with acting(cast.officer):
        assert (Line.found(ASKED.id).marking, Need.found(NEED).marking) == (Marking.AMBER, Marking.AMBER)
        assert (Line.found(other.id).marking, Need.found(beside).marking) == (Marking.RED, Marking.RED)


def test_the_database_knows_what_was_made_from_what_as_the_models_declare_it(cast: Cast, server: Server) -> None:
    [(source,)] = server.query()(f"SELECT prosrc FROM pg_proc WHERE proname = '{COVERED}'")
    assert source in covered_sql()
    assert source.count("union all") >= 15


def test_tokens_of_a_seat_end_for_good_with_its_occupation(cast: Cast, server: Server) -> None:
    account_on(cast.officer, demo=False)
    account = account_on(cast.donor)
    make_token(cast.donor, account.id, "of the first time")
    with acting(cast.officer):
        version = Member.found(cast.donor.person).version
    vacate_seat(cast.officer, cast.donor.person, version=version, reason="left")
    server.execute([f"UPDATE kernel_member SET account_id = '{account.id}' WHERE id = '{cast.donor.person}'"])
    assert server.query()("SELECT DISTINCT withdrawn::text FROM kernel_apitoken") == [("true",)]
