"""The second reader at the desk: what it is asked about, what of its answer is kept, and that it changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.chat_endpoint import NotAnswered
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.moving import open_compartment
from sild.values.marking import Marking
from sild.wings.intake.actions import second
from sild.wings.intake.actions.closing import close_message_into
from sild.wings.intake.actions.erasing import erase_message
from sild.wings.intake.actions.second import ask_second_reader
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.models import Message
from sild.wings.intake.public import messages
from sild.wings.intake.reads.second import due_for_second_reader, second_opinions
from sild.wings.intake.rules import Door
from sild.wings.parties.public import import_parties
from sild.wings.register.public import lines
from tests.cast import Cast
from tests.kernel.test_chat_endpoint import Server, completion, endpoint, serving
from tests.readers import InProcess
from tests.web.signed import signed_in
from tests.wings.intake.test_correspondence import ASK, letter
from tests.wings.intake.test_run import COUNCIL

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@dataclass
class Model:
    """A reader that says what it is told to say."""

    answer: str = '{"lines": []}'
    up_to: Marking = Marking.AMBER
    model: str = "small"
    fault: str = ""
    asked: list[str] = field(default_factory=list)

    def ask(self, messages: tuple[dict[str, str], ...]) -> str:
        self.asked.append(messages[1]["content"])
        if self.fault:
            raise NotAnswered(self.fault)
        return self.answer


def says(**fields: tuple[object, str]) -> str:
    """An answer of one line whose words stand in the first block."""
    return json.dumps({"lines": [{name: {"value": value, "block": 0, "words": words} for name, (value, words) in fields.items()}]})


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    yield at


@pytest.fixture
def run(cast: Cast, home: Home, now: list[datetime]) -> Actor:
    """A desk with one letter in it, marked TLP:AMBER as whatever says nothing else."""
    import_parties(cast.run, [COUNCIL])
    Taking(cast.run, home, InProcess(), Door.MAILBOX).data(letter(ASK), "ask.eml")
    return cast.run


def test_its_opinions_stand_beside_the_lines_and_change_nothing(run: Actor, cast: Cast) -> None:
    [message] = messages(run)
    before = [(line.id, line.version, line.quantity, line.state) for line in lines(run)]
    model = Model(says(quantity=(1, "1 April"), category=("end-user-devices", "laptops"), needed_by=("2026-04-01", "by 1 April 2026"),
                       provider=("Norland", "Norland gives")))  # fmt: skip
    assert ask_second_reader(run, model).told == 1
    assert "40 laptops" in model.asked[0]
    told = second_opinions(cast.officer, message.id)
    assert told is not None and told.state == "told" and told.model == "small"
    [line] = lines(run)
    assert {(one.line, one.field, one.verdict) for one in told.opinions} >= {
        (line.id, "category", "agrees"),
        (line.id, "needed_by", "agrees"),
    }
    assert all(one.field != "provider" for one in told.opinions) and any("provider" in why for why in told.refused)
    assert [(line.id, line.version, line.quantity, line.state) for line in lines(run)] == before
    assert ask_second_reader(run, model).told == 0, "it is asked once"
    assert second_opinions(cast.outsider, message.id) is None and second_opinions(cast.seller, message.id) is None


def test_what_is_marked_higher_than_allowed_is_not_handed_out(run: Actor) -> None:
    model = Model(up_to=Marking.GREEN)
    assert ask_second_reader(run, model).told == 0 and model.asked == []


def test_what_was_put_under_an_embargo_meanwhile_is_not_handed_out(run: Actor) -> None:
    with acting(run):
        [key] = Message.objects.values_list("id", flat=True)
        assert second._document(run, key, Marking.RED) is not None

    @action("tests.embargo", roles=frozenset({Role.SERVICE}))
    def embargo(_actor: Actor) -> None:
        message = Message.found(key)
        message.embargo_until = clock.now() + timedelta(days=1)
        message.save()

    embargo(run)
    with acting(run):
        assert second._document(run, key, Marking.RED) is None


@pytest.mark.parametrize("answer", ["no json", '{"lines": 3}', ""])
def test_a_fault_is_kept_and_tried_again_an_hour_later_three_times_in_all(run: Actor, now: list[datetime], answer: str) -> None:
    [message] = messages(run)
    model = Model(answer, fault="" if answer else "the endpoint took too long")
    for times in (1, 2, 3):
        assert ask_second_reader(run, model).failed == 1
        assert ask_second_reader(run, model).failed == 0
        told = second_opinions(run, message.id)
        assert told is not None and told.state == "failed" and told.why and len(model.asked) == times
        now[0] += timedelta(minutes=61)
    assert ask_second_reader(run, model).failed == 0


def test_a_compartment_is_never_handed_out_and_opinions_move_into_it_with_their_message(run: Actor, cast: Cast, home: Home) -> None:
    ask_second_reader(run, Model(says(category=("end-user-devices", "laptops"))))
    officer = cast.officer
    room = open_compartment(officer, "closed", [officer.person], reason="for the tests")
    inside = actor_named("drill", "officer")
    first = messages(officer)[0].id
    closed = close_message_into(inside, first, room, reason="closed")
    assert second_opinions(cast.deputy, closed.message) is None and second_opinions(cast.deputy, first) is None
    told = second_opinions(inside, closed.message)
    assert told is not None and told.opinions
    assert due_for_second_reader(inside, Marking.RED, clock.now() + timedelta(days=1)) == []


def test_opinions_are_erased_with_the_words_of_their_message(run: Actor, cast: Cast) -> None:
    ask_second_reader(run, Model(says(category=("end-user-devices", "laptops"))))
    message = messages(run)[0].id
    erase_message(cast.officer, message, reason="asked by the sender")
    assert second_opinions(cast.officer, message) is None
    assert due_for_second_reader(run, Marking.RED, clock.now()) == []


def test_the_page_shows_where_it_differs_and_from_which_words(run: Actor, cast: Cast) -> None:
    ask_second_reader(run, Model(says(kind=("offer", "asks"), category=("end-user-devices", "laptops"), urgency=("high", "<b>"))))
    [message] = messages(run)
    text = signed_in(cast.officer).get(f"/inbox/{message.id}/").content.decode()
    assert "Second reader" in text and "It agrees in 1 field." in text and "1 of its statements was refused" in text
    assert "read as <bdi>request</bdi>; the second reader says <bdi>offer</bdi>" in text


def test_a_server_that_invents_words_is_refused_them_and_the_page_and_programs_are_told(run: Actor, cast: Cast) -> None:
    invented = says(
        quantity=(400, "four hundred laptops for all districts"),
        category=("end-user-devices", "laptops"),
        kind=("offer", "asks"),
        provider=("Norland", "as Norland promised us"),
    )
    with serving(Server([(503, {}, b"busy"), (200, {}, completion(invented))])) as server:
        assert ask_second_reader(run, endpoint(server, up_to=Marking.AMBER)).told == 1
        # it was asked over the wire, twice, with the letter's words and none of the desk's own
        assert [path for path, _headers, _body in server.asked] == ["/v1/chat/completions"] * 2
        assert b"40 laptops" in server.asked[1][2] and b"end-user-devices" not in server.asked[1][2].split(b"40 laptops")[1]
    [message] = messages(run)
    told = second_opinions(cast.officer, message.id)
    assert told is not None and told.state == "told"
    assert {(one.field, one.verdict) for one in told.opinions} == {("category", "agrees"), ("kind", "differs")}
    assert len(told.refused) == 2 and all("quantity" in why or "provider" in why for why in told.refused)
    [line] = lines(run)
    assert (line.quantity, line.provider, line.kind) == (40, "", "request")
    page = signed_in(cast.officer).get(f"/inbox/{message.id}/").content.decode()
    assert "2 of its statements were refused" in page and "read as <bdi>request</bdi>; the second reader says <bdi>offer</bdi>" in page
    assert "four hundred laptops" not in page and "Norland promised" not in page
