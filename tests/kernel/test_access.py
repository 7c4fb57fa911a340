"""Nothing is less closed than what it was made from; one person closes, two open; raw statements do no more than acts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

import sild
from sild.cores.linkage.problem import Relation
from sild.kernel import clock
from sild.kernel.access import access_of, audience
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.casework import Note
from sild.kernel.closing import raise_marking, set_embargo
from sild.kernel.grants import release_to
from sild.kernel.history import Act, Change
from sild.kernel.identity import Compartment, actor_named
from sild.kernel.lowering import confirm_lowering, decline_lowering, propose_lowering
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.public import judge, link_register
from sild.wings.parties.public import change_mechanism, organisation_ids
from sild.wings.planning.public import make_plan
from sild.wings.register.models import GateRuling, Line, Need
from sild.wings.register.public import Grouping, NeedState, keep_lines, needs, place_lines, rule_gate
from tests.cast import MECHANISM, Cast
from tests.keeping import faults_of_inheritance
from tests.wings.readings import reading

HEALTH = "Ministry of Health of Ukraine"
ASKED = reading(1, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary=HEALTH)
AGAIN = reading(2, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary=HEALTH)
GIVEN = reading(3, "offer", "endpoint-protection", "EDR licences", 500, unit="licence", provider="Kestrel Endpoint Inc.")


def linked(cast: Cast) -> uuid.UUID:
    """A need of two lines with a link, a judgement, a ruling, notes of two organisations and a plan."""
    keep_lines(cast.run, [ASKED, AGAIN, GIVEN])
    link_register(cast.run)
    judge(cast.officer, ASKED.id, AGAIN.id, Relation.SAME_AS, reason="they told it twice")
    link_register(cast.run)
    need = needs(cast.run)[0].id
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    for actor in (cast.officer, cast.technical):
        noted(actor, need)
    make_plan(cast.run, clock.today())
    return need


def noted(actor: Actor, need: uuid.UUID) -> None:
    @action("test.note", roles=frozenset(Role))
    def act(actor: Actor, *, reason: str) -> None:
        Note(subject_model="register.Need", subject_id=need, text="ask again", written_by=actor.person, written_by_name=actor.name).save()

    act(actor, reason="what the ministry told")


def marking_of(actor: Actor, model: type, **which: object) -> set[int]:
    with acting(replace(actor, ceiling=Marking.RED)):
        return set(model.objects.filter(**which).values_list("marking", flat=True))  # type: ignore[attr-defined]  # a model of records


def test_whatever_a_run_makes_is_as_closed_as_the_lines_it_was_made_from(cast: Cast, server: Server) -> None:
    keep_lines(cast.run, [replace(ASKED, tlp="TLP:RED"), AGAIN, replace(GIVEN, tlp="TLP:AMBER+STRICT")])
    link_register(cast.run)
    make_plan(cast.run, clock.today())
    assert faults_of_inheritance(server) == []
    assert marking_of(cast.run, Need) == {Marking.RED}
    assert marking_of(cast.run, Link) <= {Marking.RED}


def test_closing_a_line_closes_everything_that_was_made_from_it_and_its_history(cast: Cast, server: Server) -> None:
    need = linked(cast)
    assert faults_of_inheritance(server) == []
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    assert faults_of_inheritance(server) == []
    assert marking_of(cast.officer, Need, id=need) == {Marking.RED}
    for model in (Judgement, Note):
        assert marking_of(cast.officer, model) == {Marking.RED}
    assert marking_of(cast.technical, GateRuling) == {Marking.RED}
    assert marking_of(cast.technical, Note) == {Marking.RED}
    assert marking_of(cast.officer, Line, id=AGAIN.id) == {Marking.AMBER}
    assert marking_of(cast.officer, Change, record_id=need) == {Marking.RED}
    with acting(cast.technical):
        assert not Act.objects.filter(action="test.note").exists()  # its reason tells what was closed
    assert needs(cast.technical) == []


def test_what_others_keep_beside_a_record_is_closed_with_it_and_its_words_are_not_told(cast: Cast) -> None:
    need = linked(cast)
    raise_marking(cast.officer, "register.Need", need, Marking.AMBER_STRICT, reason="names a person")
    for actor, owners in ((cast.officer, {cast.officer.organisation}), (cast.technical, {cast.technical.organisation})):
        with acting(actor):
            kept = list(Change.objects.filter(model="kernel.Note", before__isnull=False))
        assert {change.owner_id for change in kept} == owners


def test_an_early_image_of_the_act_that_closes_a_record_is_as_closed_as_the_record(cast: Cast, server: Server) -> None:
    keep_lines(cast.run, [ASKED])

    @action("test.mend-and-close", roles=frozenset(Role))
    def act(actor: Actor, *, reason: str) -> None:
        line = Line.objects.get(id=ASKED.id)
        line.item = "what nobody may read"
        line.save()
        line.marking = int(Marking.RED)
        line.save()

    act(cast.officer, reason="both at once")
    assert faults_of_inheritance(server) == []


def test_a_run_never_lowers_what_a_person_closed(cast: Cast) -> None:
    need = linked(cast)
    raise_marking(cast.officer, "register.Need", need, Marking.AMBER_STRICT, reason="what it is for is not for everybody")
    link_register(cast.run)
    assert marking_of(cast.officer, Need, id=need) == {Marking.AMBER_STRICT}


def test_nobody_marks_above_their_own_ceiling_nor_lowers_alone(cast: Cast) -> None:
    linked(cast)
    low = replace(cast.officer, ceiling=Marking.AMBER)
    with pytest.raises(Refused, match="above what you may see yourself"):
        raise_marking(low, "register.Line", ASKED.id, Marking.RED, reason="secret")
    with pytest.raises(Refused, match="lowered by two people"):
        raise_marking(cast.officer, "register.Line", ASKED.id, Marking.GREEN, reason="it is in the papers")
    with pytest.raises(NotForRole):
        raise_marking(cast.auditor, "register.Line", ASKED.id, Marking.RED, reason="I saw it")
    with pytest.raises(NotThere):
        raise_marking(cast.donor, "register.Line", ASKED.id, Marking.RED, reason="not mine")
    with pytest.raises(NotThere):
        raise_marking(cast.officer, "kernel.Member", cast.deputy.person, Marking.RED, reason="shut out")


def test_a_lowered_marking_needs_two_people(cast: Cast, server: Server) -> None:
    need = linked(cast)
    raise_marking(cast.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    with pytest.raises(Refused, match="made from records marked"):
        propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="told in public since")
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="told in public since")
    with pytest.raises(Refused, match="a colleague has to confirm"):
        confirm_lowering(cast.officer, lowering)
    with pytest.raises(NotThere):
        confirm_lowering(cast.outsider, lowering)
    with pytest.raises(NotThere):
        confirm_lowering(cast.technical, lowering)
    assert marking_of(cast.officer, Line, id=ASKED.id) == {Marking.RED}
    confirm_lowering(cast.deputy, lowering)
    assert marking_of(cast.officer, Line, id=ASKED.id) == {Marking.AMBER}
    assert marking_of(cast.officer, Need, id=need) == {Marking.AMBER}
    assert [one.id for one in needs(cast.technical)] == [need]
    assert marking_of(cast.officer, Change, record_id=ASKED.id) == {Marking.RED}
    assert faults_of_inheritance(server) == []
    with pytest.raises(Refused, match="confirmed or declined already"):
        confirm_lowering(cast.deputy, lowering)


def test_a_release_does_not_come_back_when_a_record_is_lowered_again(cast: Cast) -> None:
    need = linked(cast)
    latvia = organisation_ids(cast.officer)["latvia"]
    release_to(cast.officer, "register.Need", need, [latvia], reason="agreed")
    assert needs(cast.other_donor) != []
    raise_marking(cast.officer, "register.Need", need, Marking.RED, reason="not any more")
    with pytest.raises(Refused, match="stays in its organisation"):
        release_to(cast.officer, "register.Need", need, [latvia], reason="agreed again")
    confirm_lowering(cast.deputy, propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="over"))
    assert needs(cast.other_donor) == []


def test_a_declined_lowering_changes_nothing_and_another_may_be_proposed(cast: Cast) -> None:
    need = linked(cast)
    raise_marking(cast.officer, "register.Need", need, Marking.RED, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="old")
    with pytest.raises(Refused, match="waits already"):
        propose_lowering(cast.deputy, "register.Need", need, Marking.AMBER, reason="old")
    decline_lowering(cast.deputy, lowering, reason="it is not")
    with pytest.raises(Refused, match="declined already"):
        confirm_lowering(cast.deputy, lowering)
    assert marking_of(cast.officer, Need, id=need) == {Marking.RED}
    propose_lowering(cast.deputy, "register.Need", need, Marking.AMBER, reason="now it is")


def test_one_person_on_two_seats_is_one_of_the_two_people(cast: Cast, server: Server) -> None:
    need = linked(cast)
    server.execute([f"UPDATE kernel_member SET account_id = '{uuid.uuid4()}' WHERE slug IN ('officer', 'deputy')"])
    raise_marking(cast.officer, "register.Need", need, Marking.RED, reason="names a site")
    lowering = propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="old")
    with pytest.raises(Refused, match="a colleague has to confirm"):
        confirm_lowering(cast.deputy, lowering)


def test_an_embargo_keeps_a_record_from_all_others_and_is_inherited_and_ended_sooner_by_two_people(cast: Cast, server: Server) -> None:
    need = linked(cast)
    assert needs(cast.technical) != []
    with pytest.raises(Refused, match="over already"):
        set_embargo(cast.officer, "register.Line", ASKED.id, clock.now() - timedelta(days=1), reason="late")
    set_embargo(cast.officer, "register.Line", ASKED.id, clock.now() + timedelta(days=30), reason="until the announcement")
    assert needs(cast.technical) == []
    assert needs(cast.officer) != []
    assert faults_of_inheritance(server) == []
    with pytest.raises(Refused, match="ended sooner by two people"):
        set_embargo(cast.officer, "register.Line", ASKED.id, clock.now() + timedelta(days=3), reason="sooner")
    with pytest.raises(Refused, match="End the embargo of the message"):
        propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="announced", ends_embargo=True)
    lowering = propose_lowering(cast.officer, "register.Line", ASKED.id, Marking.AMBER, reason="announced", ends_embargo=True)
    confirm_lowering(cast.deputy, lowering)
    assert needs(cast.technical) != []


def test_a_compartment_is_there_for_its_members_alone(cast: Cast, server: Server) -> None:
    keep_lines(cast.run, [ASKED])
    room = uuid.uuid4()

    @action("test.put-in", roles=frozenset(Role))
    def act(actor: Actor) -> None:
        Compartment(id=room, name="the site", members=[cast.officer.person]).save()
        line = Line.objects.get(id=ASKED.id)
        line.compartment_id = room
        line.save()

    act(replace(cast.officer, compartments=frozenset({room})))
    assert actor_named("drill", "officer").compartments == {room}
    assert faults_of_inheritance(server) == []
    for actor, there in ((actor_named("drill", "officer"), True), (cast.deputy, False), (cast.run, False), (cast.auditor, False)):
        with acting(actor):
            assert Line.objects.filter(id=ASKED.id).exists() is there
            assert Change.objects.filter(record_id=ASKED.id).exists() is there


def test_lines_inside_and_outside_a_compartment_speak_of_no_one_need(cast: Cast) -> None:
    keep_lines(cast.run, [ASKED, AGAIN])
    place_lines(cast.run, [Grouping(id=uuid.uuid4(), side="need", lines=(ASKED.id, AGAIN.id))])
    room = uuid.uuid4()

    @action("test.put-in", roles=frozenset(Role))
    def act(actor: Actor) -> None:
        line = Line.objects.get(id=ASKED.id)
        line.compartment_id = room
        line.save()

    with pytest.raises(Refused, match="inside and outside a compartment"):
        act(replace(cast.officer, compartments=frozenset({room})))


def raw(actor: Actor, statement: str, *arguments: object, **settings: str) -> int:
    """A statement as the desk's role, with settings made by hand on top of the actor's."""
    with acting(actor), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("select set_config(%s, %s, true)", [f"sild.{name}", value])
        cursor.execute(statement, arguments)
        return int(cursor.rowcount)


REFUSED: list[tuple[str, Callable[[Cast], Actor]]] = [
    ("update register_need set marking = 0", lambda cast: cast.officer),
    ("update register_need set embargo_until = null", lambda cast: cast.officer),
    ("update register_need set releasable_to = array[owner_id] where owner_id <> sild_organisation()", lambda cast: cast.technical),
    ("update register_need set marking = 4 where owner_id <> sild_organisation()", lambda cast: cast.technical),
    ("update register_need set owner_id = sild_organisation()", lambda cast: cast.technical),
    ("update kernel_change set before = '{}'", lambda cast: cast.officer),
    ("update kernel_act set reason = ''", lambda cast: cast.officer),
    ("delete from kernel_act", lambda cast: cast.officer),
    ("alter table register_need disable trigger guard", lambda cast: cast.officer),
    ("set role sild_owner", lambda cast: cast.officer),
    ("set session_replication_role = replica", lambda cast: cast.officer),
]


@pytest.mark.parametrize(("statement", "who"), REFUSED, ids=[statement for statement, _ in REFUSED])
def test_a_raw_statement_of_the_desks_own_role_is_refused_by_the_database(cast: Cast, statement: str, who: Callable[[Cast], Actor]) -> None:
    need = linked(cast)
    set_embargo(cast.officer, "register.Line", GIVEN.id, clock.now() + timedelta(days=3), reason="soon")
    with acting(cast.officer):
        assert Need.objects.filter(id=need).exists()
    if "embargo" in statement:
        set_embargo(cast.officer, "register.Need", need, clock.now() + timedelta(days=3), reason="soon")
    with pytest.raises(DatabaseError):
        raw(who(cast), statement)


def test_a_setting_made_by_hand_lowers_nothing(cast: Cast) -> None:
    need = linked(cast)
    raise_marking(cast.officer, "register.Need", need, Marking.RED, reason="names a site")
    waiting = propose_lowering(cast.officer, "register.Need", need, Marking.AMBER, reason="old")
    for setting in (str(waiting), str(uuid.uuid4())):
        with pytest.raises(DatabaseError, match="lowered by two people"):
            raw(cast.officer, "update register_need set marking = 2 where id = %s", need, lowering=setting)
    confirm_lowering(cast.deputy, waiting)
    raise_marking(cast.officer, "register.Need", need, Marking.RED, reason="again")
    with pytest.raises(DatabaseError, match="lowered by two people"):
        raw(cast.officer, "update register_need set marking = 2 where id = %s", need, lowering=str(waiting))


def test_visible_to_names_who_would_see_a_record_and_says_who_does_not_and_why(cast: Cast) -> None:
    ids = organisation_ids(cast.officer)
    desk, estonia, watch = ids["desk"], ids["estonia"], ids["watch"]
    seen = audience(cast.officer, owner=desk, marking=Marking.AMBER, releasable_to=[estonia, watch])
    assert (seen.names, seen.seats) == (("The desk", "Estonia's donor desk"), 4)
    assert "Observers does not see it" in seen.note
    assert "TLP:AMBER" in seen.note
    closed = audience(cast.officer, owner=desk, marking=Marking.RED, releasable_to=[estonia])
    assert (closed.names, closed.seats) == (("The desk",), 3)
    assert "Estonia's donor desk no longer see it" in closed.note
    later = audience(cast.donor, owner=desk, marking=Marking.GREEN, releasable_to=[estonia], embargo_until=clock.now() + timedelta(days=9))
    assert later.names == ("The desk", "Estonia's donor desk")
    assert "Only its owner sees it before" in later.note


def test_what_is_not_ones_own_tells_its_marking_and_not_its_readers(cast: Cast) -> None:
    need = linked(cast)
    mine, theirs = access_of(cast.officer, "register.Need", need), access_of(cast.technical, "register.Need", need)
    assert {reader.name for reader in mine.released} == {"The recipient's front office", "The ministry of health"}
    assert mine.mine
    assert (theirs.mine, theirs.released, theirs.withheld, theirs.lowerings, theirs.others) == (False, (), (), (), ())
    assert theirs.audience.names == ("The desk", "The recipient's front office")
    for nobody in (cast.donor, cast.outsider):
        with pytest.raises(NotThere):
            access_of(nobody, "register.Need", need)


def test_a_lowered_ceiling_hides_what_was_seen_before(cast: Cast) -> None:
    linked(cast)
    assert needs(cast.technical) != []
    organisations = [entry.model_copy(update={"ceiling": "GREEN"}) if entry.slug == "front" else entry for entry in MECHANISM.organisations]
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations}))
    assert needs(actor_named("drill", "technical")) == []


WHO_ACTS_FOR_OWNERS = {
    "kernel/beside.py": "every organisation is asked what it keeps beside a record that was closed",
    "kernel/access.py": "counts the seats that would see a record",
    "kernel/actor.py": "where it is",
    "kernel/casework.py": "names the seats of one's own organisation",
    "kernel/inheritance.py": "closes children that other organisations keep, and their history",
    "kernel/lowering.py": "asks whether two seats are one person's",
    "kernel/moving.py": "takes what hangs on a message into its compartment",
    "wings/clearance/actions/documents.py": "shows the papers of a licence case to whoever the case is shown to, whoever made them",
    "wings/clearance/actions/erasing.py": "lets go of papers that hold erased words, whoever made them",
    "wings/clearance/actions/line_bound.py": "lets what is said beside a line follow it, whoever said it",
    "wings/money/actions/following.py": "lets money follow who sits in the mechanism and what people released, whoever keeps it",
    "wings/disclosure/reads/readers.py": "reads a report as each organisation of its audience, and asks which seats these have",
    "wings/disclosure/actions/following.py": "closes reports with what they tell of, whoever moves it",
    "wings/agreements/actions/no_help.py": "closes what givers said of a need that moves, whichever giver said it",
    "wings/agreements/actions/following.py": "lets agreements follow the need and the offer that they are about",
    "wings/clearance/actions/moving.py": "takes what organisations keep beside a line or a case into its compartment",
    "wings/clearance/actions/following.py": "lets a licence case follow the line that it hangs on, whoever keeps the case",
    "wings/delivery/actions/following.py": "lets consignments follow the agreement that they hang on",
    "wings/delivery/actions/letting_out.py": "stops what a giver sends for what the keeper knows, without telling the giver what",
    "wings/delivery/actions/preparing.py": "keeps a consignment with the keeper of its agreement, whoever prepares it",
    "wings/linkage/actions/renewing.py": "files anew the slots of lines with the lines' owner",
    "wings/linkage/reads/stale.py": "counts each organisation's lines whose slots are of another edition",
    "wings/linkage/actions/filing.py": "files the slots and vectors of lines with the lines' owner",
    "wings/linkage/actions/overlap_marks.py": "writes the values of lines that may be compared across walls, and reads the rules of that",
    "wings/linkage/reads/overlap.py": "reads the coordinators' rules, and counts an organisation's questions",
    "wings/planning/actions/closing.py": "takes what anybody said weighs in a need into the compartment of the need",
    "wings/planning/actions/following.py": "takes back what was shown of a plan, or said of a need, with the need, whoever said it",
    "wings/register/actions/gates.py": "tells from all lines of a need on what a gate ruled, also where the gate sees some of them",
    "wings/register/actions/moving.py": "closes what others said of a need or an offer that moves into a compartment",
    "wings/register/actions/release.py": "releases by rule what another organisation's gate endorsed",
}


def test_the_desk_acts_on_behalf_of_another_organisation_nowhere_but_where_a_reason_stands() -> None:
    package = Path(sild.__file__).parent
    found = {str(file.relative_to(package)) for file in package.rglob("*.py") if "on_behalf_of" in file.read_text(encoding="utf-8")}
    assert found == set(WHO_ACTS_FOR_OWNERS)
