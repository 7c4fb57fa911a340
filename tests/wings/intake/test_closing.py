"""A message that moved into a compartment is there for its members, and from outside it is as if it had never come."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sild.kernel.actor import Actor, acting
from sild.kernel.casework import Note, add_note
from sild.kernel.closing import raise_marking
from sild.kernel.history import Act, Change
from sild.kernel.home import Home
from sild.kernel.identity import Compartment, actor_named
from sild.kernel.moving import change_compartment_members, open_compartment
from sild.kernel.refusals import NotThere, Refused
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.wings.intake.actions import close_message_into
from sild.wings.intake.models import Message, MessageText, Sighting
from sild.wings.intake.public import messages
from sild.wings.linkage.models import Judgement, Link
from sild.wings.parties.public import parties
from sild.wings.planning.models import Match, Outcome, Plan
from sild.wings.register.models import GateRuling, Line, Need
from sild.wings.register.public import NeedState, lines, needs, rule_gate
from tests.cast import Cast
from tests.keeping import faults_of_inheritance
from tests.kernel.test_at_one_moment import at_once
from tests.wings.intake.test_run import inbox, mail, run  # noqa: F401 - the fixture is used by its name

SEEN = (Message, MessageText, Sighting, Line, Need, Link, Judgement, GateRuling, Plan, Match, Outcome, Change, Act, Compartment)


def member(name: str = "officer") -> Actor:
    """The seat as it is found anew: with the compartments that it is in now."""
    return actor_named("drill", name)


def closed(cast: Cast, name: str) -> tuple[Actor, object]:
    room = open_compartment(cast.officer, "the site", [], reason="the site is named")
    message = next(one for one in messages(cast.officer) if one.name == name)
    return member(), close_message_into(member(), message.id, room, reason="it names the site")


def everything(actor: Actor) -> str:
    """Every value of every row that an actor sees, as one text."""
    with acting(actor):
        return "\n".join(str(row) for model in SEEN for row in model._default_manager.values())  # type: ignore[attr-defined]  # all have one


def test_a_message_in_a_compartment_is_whole_inside_and_leaves_no_word_outside(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
    server: Server,
) -> None:
    run(cast, home, inbox)
    assert "generators" in everything(cast.deputy)
    inside, told = closed(cast, "generators.eml")
    assert (told.lines, told.needs) == (1, 1)  # type: ignore[attr-defined]  # ClosedInto
    with acting(inside):
        [message] = Message.objects.filter(name="generators.eml")
        [line] = Line.objects.filter(message_id=message.id)
        assert line.need is not None
        assert line.need.title
        assert MessageText.objects.filter(message=message).count() == 1
        assert Change.objects.filter(record_id=line.id).exists()
    for outside in (cast.deputy, cast.run, cast.auditor, cast.technical, cast.asker, cast.donor):
        assert "generator" not in everything(outside), outside.name
    assert faults_of_inheritance(server) == []


def test_the_same_bytes_that_come_again_outside_are_a_new_message_there_and_meet_nothing(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
) -> None:
    run(cast, home, inbox)
    before = {(line.id, line.message_id) for line in lines(cast.run)}, {need.id for need in needs(cast.run)}
    inside, _told = closed(cast, "generators.eml")
    again = run(cast, home, inbox)
    assert (again.fresh, again.known) == (1, 3)
    assert ({(line.id, line.message_id) for line in lines(cast.run)}, {need.id for need in needs(cast.run)}) == before
    assert sum(message.name == "generators.eml" for message in messages(inside)) == 2
    assert sum(message.name == "generators.eml" for message in messages(cast.deputy)) == 1


def test_a_need_that_other_messages_speak_of_too_is_parted(cast: Cast, home: Home, inbox: Path) -> None:  # noqa: F811
    run(cast, home, inbox)
    [shared] = [need for need in needs(cast.run) if len(need.lines) == 2]
    inside, told = closed(cast, "laptops.eml")
    assert told.needs == 0  # type: ignore[attr-defined]  # ClosedInto
    [outside] = [need for need in needs(cast.deputy) if need.id == shared.id]
    assert (len(outside.lines), outside.messages) == (1, ("laptops-uk.eml",))
    assert "laptops.eml" not in everything(cast.deputy)
    with acting(inside):
        line = Line.objects.get(message_name="laptops.eml")
        assert line.need_id not in (None, shared.id)
        assert line.need is not None
        assert (line.need.compartment_id, line.need.beneficiary) == (line.compartment_id, "Lviv City Council")


def test_what_a_gate_ruled_on_it_goes_in_with_it_and_its_own_gate_sees_it_no_more(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
) -> None:
    run(cast, home, inbox)
    need = next(need for need in needs(cast.run) if need.messages == ("generators.eml",))
    rule_gate(cast.technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="the generators are feasible")
    inside, _told = closed(cast, "generators.eml")
    assert "generator" not in everything(cast.technical)
    with acting(inside):
        [ruling] = GateRuling.objects.all()
        assert ruling.need.title


def test_a_body_that_was_met_in_it_alone_is_met_no_more(cast: Cast, home: Home, inbox: Path) -> None:  # noqa: F811
    shutil.rmtree(inbox)
    inbox.mkdir()
    (inbox / "unknown.eml").write_bytes(mail("Hospital No. 8 of Bakhmut asks for 12 routers.", 7))
    run(cast, home, inbox)
    met = [party.name for party in parties(cast.run) if not party.known]
    assert met
    closed(cast, "unknown.eml")
    assert [party.name for party in parties(cast.run) if not party.known] == []
    for name in met:
        assert name not in everything(cast.deputy)


def test_what_is_inside_is_not_linked_or_planned_with_what_is_outside_by_those_who_see_both(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
) -> None:
    run(cast, home, inbox)
    inside, _told = closed(cast, "laptops.eml")
    (inbox / "laptops.eml").unlink()
    run(cast, home, inbox)
    with acting(inside):
        closed_line = Line.objects.get(message_name="laptops.eml")
        assert closed_line.need_id is not None
    with acting(cast.deputy):
        assert "laptops.eml" not in str(list(Plan.objects.values()))


def test_only_who_is_in_a_compartment_moves_messages_into_it_or_knows_of_it(cast: Cast, home: Home, inbox: Path) -> None:  # noqa: F811
    run(cast, home, inbox)
    room = open_compartment(cast.officer, "the site", [], reason="the site is named")
    message = messages(cast.officer)[0].id
    for stranger in (cast.deputy, cast.technical, cast.outsider, cast.officer):
        # the officer of before it was opened holds it as little as anybody: a seat is found anew for every request
        with pytest.raises(NotThere):
            close_message_into(stranger, message, room, reason="mine")
        with pytest.raises(NotThere):
            change_compartment_members(stranger, room, [stranger.person], reason="let me in")
    with pytest.raises(NotThere):
        change_compartment_members(member(), room, [cast.technical.person], reason="of another organisation")
    change_compartment_members(member(), room, [cast.deputy.person], reason="she knows the site")
    assert room in member("deputy").compartments
    close_message_into(member("deputy"), message, room, reason="it names the site")
    with pytest.raises(NotThere):
        close_message_into(member("deputy"), message, room, reason="again")


def test_a_message_that_is_inside_is_not_moved_into_a_second_compartment(cast: Cast, home: Home, inbox: Path) -> None:  # noqa: F811
    run(cast, home, inbox)
    inside, told = closed(cast, "generators.eml")
    other = open_compartment(inside, "another", [], reason="another")
    with pytest.raises(Refused, match="in a compartment already"):
        close_message_into(member(), told.message, other, reason="both")  # type: ignore[attr-defined]  # ClosedInto


def test_raising_a_message_raises_its_lines_and_what_was_made_from_them(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
    server: Server,
) -> None:
    run(cast, home, inbox)
    message = next(one for one in messages(cast.officer) if one.name == "generators.eml")
    raise_marking(cast.officer, "intake.Message", message.id, Marking.RED, reason="names a site")
    with acting(cast.officer):
        assert set(Line.objects.filter(message_id=message.id).values_list("marking", flat=True)) == {Marking.RED}
        assert Need.objects.filter(marking=Marking.RED).count() == 1
        assert Plan.objects.filter(marking=Marking.RED).exists()
    assert faults_of_inheritance(server) == []


@pytest.mark.parametrize("noted_first", [True, False])
def test_a_note_that_is_written_while_its_message_moves_goes_along_or_is_refused(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
    noted_first: bool,
) -> None:
    run(cast, home, inbox)
    room = open_compartment(cast.officer, "the site", [], reason="the site is named")
    message = next(one for one in messages(cast.officer) if one.name == "generators.eml").id
    keeper = member()
    with acting(cast.deputy):
        line = Line.objects.filter(message_id=message).values_list("id", flat=True)[0]
    steps = [
        lambda: add_note(cast.deputy, "register.Line", line, "what the generators are for"),
        lambda: close_message_into(keeper, message, room, reason="it names the site"),
    ]
    waited, raised = at_once(*(cast.deputy, *steps) if noted_first else (keeper, *steps[::-1]))
    assert waited
    assert [type(fault) for fault in raised] == ([] if noted_first else [NotThere])
    with acting(cast.deputy):
        assert not Note.objects.exists()
    with acting(keeper):
        assert Note.objects.filter(compartment_id=room).count() == noted_first
