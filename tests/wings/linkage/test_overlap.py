"""Questions across walls: one bit, to whom it may be told, as often as the mechanism's file says, and nothing else."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from pydantic import ValidationError

from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.history import Act, Change
from sild.kernel.identity import actor_named
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.wings.linkage.models import OverlapMark, OverlapQuestion
from sild.wings.linkage.public import answer_overlap, ask_overlap, consent_to_overlap, link_register, overlap_questions
from sild.wings.linkage.reads import ask_page
from sild.wings.parties.public import MechanismFile, PartyRow, change_mechanism, import_parties
from sild.wings.register.public import keep_lines, lines, mend_line, needs, offers, reject_line
from tests.cast import MECHANISM, Cast
from tests.wings.readings import reading

CLINIC, MINISTRY = "Uman Regional Hospital", "Ministry of Health of Ukraine"
ASKED = reading(1, "request", "backup-storage", "backup storage", 60, unit="TB", beneficiary=CLINIC)
OURS = reading(2, "offer", "backup-storage", "storage", 40, unit="TB", provider="Estonia")
THEIRS = reading(3, "offer", "backup-storage", "cloud storage", 50, unit="TB", provider="Latvia")
ALIKE = reading(4, "request", "cloud-hosting", "a place for copies", 80, unit="TB", beneficiary=MINISTRY)


def let_ask(actor: Actor, slug: str = "drill", **terms: Any) -> None:
    """Take in the mechanism's file with these terms."""
    change_mechanism(actor, MechanismFile.model_validate(MECHANISM.model_dump() | {"mechanism": slug, "overlap": terms}))


def told(actor: Actor, *readings: Any) -> None:
    """Messages were read in the actor's mechanism."""
    above = (
        PartyRow(line=2, name=MINISTRY, aliases=(), country="UA", kind="recipient-body", sector="health"),
        PartyRow(line=3, name=CLINIC, aliases=(), country="UA", kind="recipient-body", sector="hospitals", parent=MINISTRY),
    )
    import_parties(actor, above)
    keep_lines(actor, list(readings))
    link_register(actor)


class Days:
    """Each question is asked on a day of its own: the same record is answered once a day."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch, self.day = patch, datetime(2026, 2, 10, 9, tzinfo=UTC)

    def next(self) -> None:
        self.day += timedelta(days=1)
        day = self.day
        self.patch.setattr(clock, "now", lambda: day)

    def possible(self, actor: Actor, model: str, key: uuid.UUID) -> bool:
        self.next()
        return ask_overlap(actor, model, key).possible


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


def written(server: Server, table: str, key: uuid.UUID, what: str) -> None:
    """Change who sees a record past all policies and guards, as another history would have left it."""
    server.execute(["set session_replication_role = replica", f"update {table} set {what} where id = '{key}'"])


def test_nobody_asks_where_the_file_does_not_say_so_and_nothing_is_kept_beside_lines(cast: Cast, server: Server) -> None:
    def kept() -> list[tuple[int]]:
        return server.query()("select cardinality(keys) from linkage_overlapmark order by 1")

    told(cast.run, ASKED, OURS)
    with pytest.raises(Refused, match="does not say"):
        ask_overlap(cast.officer, "register.Line", ASKED.id)
    assert kept() == []
    let_ask(cast.officer)
    assert kept() == [(1,), (2,)]
    let_ask(cast.officer, left_out=["estonia"])
    assert kept() == [(1,)]
    with pytest.raises(Refused, match="left out"):
        ask_overlap(cast.donor, "register.Offer", offers(cast.donor)[0].id)
    change_mechanism(cast.officer, MECHANISM)
    assert kept() == []


def test_a_giver_learns_that_others_may_give_the_same_and_whoever_sees_both_learns_nothing(cast: Cast, days: Days) -> None:
    let_ask(cast.officer)
    told(cast.run, OURS)
    [ours] = offers(cast.donor)
    assert not days.possible(cast.donor, "register.Offer", ours.id)
    told(cast.run, THEIRS)
    # the answer of a day stands until midnight, and costs no second question
    assert not ask_overlap(cast.donor, "register.Offer", ours.id).possible
    assert ask_page(cast.donor, "register.Offer", ours.id).left == 4
    assert days.possible(cast.donor, "register.Offer", ours.id)
    assert not days.possible(cast.officer, "register.Offer", ours.id)
    [theirs] = offers(cast.other_donor)
    with pytest.raises(NotThere):
        ask_overlap(cast.donor, "register.Offer", theirs.id)
    with pytest.raises(NotForRole):
        ask_overlap(cast.seller, "register.Offer", theirs.id)
    page = ask_page(cast.donor, "register.Offer", ours.id)
    assert [(one.possible, one.own, one.title) for one in page.answers] == [(True, True, "storage"), (False, True, "storage")]
    assert page.coordinators == ("Secretariat deputy", "Secretariat officer")


def test_a_giver_who_asks_about_a_need_is_told_of_offers_and_not_of_needs(cast: Cast, days: Days, server: Server) -> None:
    let_ask(cast.officer)
    told(cast.run, ASKED, ALIKE)
    [need] = [one for one in needs(cast.run) if one.beneficiary == CLINIC]
    written(server, "register_need", need.id, f"releasable_to = array['{cast.donor.organisation}']::uuid[]")
    assert not days.possible(cast.donor, "register.Need", need.id)
    told(cast.run, THEIRS)
    assert days.possible(cast.donor, "register.Need", need.id)


def test_the_twin_mechanism_is_compared_where_both_files_name_each_other(cast: Cast, days: Days) -> None:
    let_ask(cast.officer, beside=["strangers"])
    told(cast.run, ASKED)
    told(actor_named("strangers", "run"), ALIKE)
    asked = (cast.officer, "register.Line", ASKED.id)
    assert not days.possible(*asked)
    let_ask(cast.outsider, "strangers")
    assert not days.possible(*asked)
    let_ask(cast.outsider, "strangers", beside=["drill"])
    assert days.possible(*asked)
    assert days.possible(cast.outsider, "register.Line", lines(cast.outsider)[0].id)
    let_ask(cast.officer)
    assert not days.possible(*asked)


def test_red_and_embargoed_lines_are_never_compared(cast: Cast, days: Days, server: Server) -> None:
    let_ask(cast.officer)
    told(cast.run, OURS, THEIRS)
    asked = (cast.donor, "register.Offer", offers(cast.donor)[0].id)
    assert days.possible(*asked)
    written(server, "register_line", THEIRS.id, "embargo_until = now() + interval '1 day'")
    assert not days.possible(*asked)
    written(server, "register_line", THEIRS.id, "embargo_until = null, marking = 4")
    assert not days.possible(*asked)


def test_a_compartment_is_compared_while_file_and_members_let_it(cast: Cast, days: Days, server: Server) -> None:
    let_ask(cast.officer, compartments=True)
    told(cast.run, ASKED, ALIKE)
    room = open_compartment(cast.officer, "the site", [], reason="named")
    member = actor_named("drill", "officer")
    # the line moves in: what is not agreed to is not compared, whatever stands beside it
    written(server, "register_line", ALIKE.id, f"compartment_id = '{room}', need_id = null")
    asked = (cast.deputy, "register.Line", ASKED.id)
    assert not days.possible(*asked)
    with pytest.raises(NotThere):
        consent_to_overlap(cast.deputy, room, given=True, reason="I guess")
    consent_to_overlap(member, room, given=True, reason="others ask for the same")
    assert days.possible(*asked)
    let_ask(cast.officer)
    assert not days.possible(*asked)
    let_ask(cast.officer, compartments=True)
    assert days.possible(*asked)
    consent_to_overlap(member, room, given=False, reason="no longer")
    assert not days.possible(*asked)
    # asked from inside: the question stays inside
    consent_to_overlap(member, room, given=True, reason="again")
    assert not days.possible(member, "register.Line", ALIKE.id)
    with acting(cast.deputy):
        assert not OverlapQuestion.objects.filter(subject_id=ALIKE.id).exists()


def test_a_mark_follows_its_line(cast: Cast, days: Days, server: Server) -> None:
    let_ask(cast.officer)
    told(cast.run, OURS, THEIRS)
    asked = (cast.donor, "register.Offer", offers(cast.donor)[0].id)
    reject_line(cast.officer, THEIRS.id, reason="misread")
    rejected = last_act()
    assert not days.possible(*asked)
    assert rejected is not None
    undo(cast.officer, rejected, reason="it was right")
    assert days.possible(*asked)
    [line] = [one for one in lines(cast.officer) if one.id == THEIRS.id]
    mend_line(cast.officer, THEIRS.id, line.version, {"category": "training"}, reason="it is a course")
    assert not days.possible(*asked)


def test_the_limits_of_a_day_hold_for_a_person_and_for_an_organisation(cast: Cast, days: Days) -> None:
    let_ask(cast.officer, person_per_day=2, organisation_per_day=3)
    told(cast.run, *(reading(n, "request", "training", f"course {n}", n, beneficiary=MINISTRY) for n in range(1, 6)))
    days.next()
    first, second, third, fourth = [line.id for line in lines(cast.officer)][:4]
    for line in (first, second, first):
        ask_overlap(cast.officer, "register.Line", line)
    with pytest.raises(Refused, match=r"You asked 2 questions .* Ask again from 12 Feb 2026"):
        ask_overlap(cast.officer, "register.Line", third)
    ask_overlap(cast.deputy, "register.Line", third)
    with pytest.raises(Refused, match=r"Your organisation asked 3 questions .* Ask again from 12 Feb 2026"):
        ask_overlap(cast.deputy, "register.Line", fourth)
    assert not days.possible(cast.deputy, "register.Line", fourth)


def test_a_coordinator_is_told_and_answers_and_an_auditor_learns_that_was_asked_and_not_what_was_answered(cast: Cast, days: Days) -> None:
    let_ask(cast.officer, coordinators=["officer"])
    told(cast.run, OURS, THEIRS, reading(5, "offer", "training", "a course", 5, provider="Estonia"))
    storage, course = sorted(offers(cast.donor), key=lambda one: one.title != "storage")
    assert days.possible(cast.donor, "register.Offer", storage.id)
    assert not days.possible(cast.donor, "register.Offer", course.id)
    assert overlap_questions(cast.deputy, waiting=True) == [] == overlap_questions(cast.other_donor)
    assert len(overlap_questions(cast.deputy)) == 2
    [waits] = overlap_questions(cast.officer, waiting=True)
    assert (waits.organisation, waits.title, waits.possible) == ("Estonia's donor desk", "storage", True)
    with pytest.raises(NotForRole):
        answer_overlap(cast.deputy, waits.id, "I know")
    answer_overlap(cast.officer, waits.id, "Both are wanted: go on.")
    assert overlap_questions(cast.officer, waiting=True) == []
    [said] = ask_page(cast.donor, "register.Offer", storage.id).answers[0].words
    assert (said.text, said.who) == ("Both are wanted: go on.", "Secretariat officer")
    with acting(cast.auditor):
        asked = Act.objects.filter(action="linkage.ask-overlap").values_list("person_name", "reason")
        assert list(asked) == [("Donor focal point", ""), ("Donor focal point", "")]
    with acting(cast.observer):
        assert not Change.objects.filter(model="linkage.OverlapQuestion").exists()


def test_the_gate_answers_a_question_that_was_put_down_and_no_other(cast: Cast, days: Days) -> None:
    let_ask(cast.officer)
    told(cast.run, OURS, THEIRS)
    days.possible(cast.donor, "register.Offer", offers(cast.donor)[0].id)
    with acting(cast.donor):
        asked = OverlapQuestion.objects.get()
        assert set(OverlapMark.objects.values_list("line_id", flat=True)) == set()
    for actor, question in ((cast.donor, asked.id), (cast.donor, uuid.uuid4()), (cast.officer, asked.id)):
        with pytest.raises(DatabaseError, match="a question that waits"), acting(actor), connection.cursor() as cursor:
            cursor.execute("select gate.overlap(%s, '{}'::uuid[])", [question])


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ({"coordinators": ["technical"]}, "no officer of the secretariat"),
        ({"left_out": ["nowhere"]}, "'nowhere' is not in the file"),
        ({"person_per_day": 21}, "less than or equal to 20"),
        ({"per_person": 3}, "extra"),
    ],
)
def test_a_file_that_lets_people_ask_wrongly_is_refused(terms: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        MechanismFile.model_validate(MECHANISM.model_dump() | {"overlap": terms})


def test_what_says_too_little_is_not_compared(cast: Cast) -> None:
    let_ask(cast.officer)
    told(cast.run, reading(7, "request", "", "something", None, beneficiary=MINISTRY), reading(8, "withdrawal", "training", "courses", 3))
    nothing, withdrawn = [line.id for line in lines(cast.officer)]
    with pytest.raises(Refused, match="too little"):
        ask_overlap(cast.officer, "register.Line", nothing)
    with pytest.raises(Refused, match="asks or offers"):
        ask_overlap(cast.officer, "register.Line", withdrawn)
