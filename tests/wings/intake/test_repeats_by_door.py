"""By whatever door a message came, its lines are checked by one read: an officer sees what they repeat, a sender learns nothing of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, founder
from sild.kernel.moving import open_compartment
from sild.wings.intake.actions.arriving import read_arrived, receive
from sild.wings.intake.actions.closing import close_message_into
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import messages
from sild.wings.intake.rules import Door
from sild.wings.linkage.public import likely_repeats, link_register
from sild.wings.parties.public import found_mechanism, import_parties
from sild.wings.register.public import lines
from tests.api.programs import account_on, program_of
from tests.cast import MECHANISM, Cast
from tests.formats.sheets import LAPTOPS, filled
from tests.web.signed import signed_in
from tests.wings.intake.test_requests import sent
from tests.wings.intake.test_run import COUNCIL, InProcess, mail

FIRST = "Lviv City Council asks for 40 laptops for its service centres by 1 April 2026."
AGAIN = "Lviv City Council kindly reminds of its request for 40 laptops for the service centres by 1 April 2026."


@pytest.fixture
def desk(cast: Cast, home: Home) -> Actor:
    """A desk with the form switched on, and one letter in its register."""
    found_mechanism(founder("open-desk", started_by="the tests"), MECHANISM.model_copy(update={"mechanism": "open-desk", "web_form": True}))
    run = actor_named("open-desk", "run")
    import_parties(run, [COUNCIL])
    cache.clear()
    Taking(run, home, InProcess(), Door.FOLDER).data(mail(FIRST, 1), "first.eml")
    link_register(run)
    return run


def newest(run: Actor, known: set[UUID]) -> UUID:
    """The line that came since."""
    [line] = {line.id for line in lines(run)} - known
    return line


def test_lines_of_every_door_are_told_what_they_repeat(desk: Actor, home: Home) -> None:
    officer, client = actor_named("open-desk", "officer"), Client()
    [first] = lines(desk)
    known, came = {first.id}, {}

    def came_by(door: Door) -> None:
        came[door] = newest(desk, known)
        known.add(came[door])

    Taking(desk, home, InProcess(), Door.MAILBOX).data(mail(AGAIN, 2), "again.eml")
    came_by(Door.MAILBOX)
    receive(officer, "program.eml", mail(AGAIN + " Thank you.", 3), home, Door.API)
    read_arrived(desk, home, InProcess())
    came_by(Door.API)
    _answer, secret = sent(client, description=FIRST)
    read_arrived(desk, home, InProcess())
    came_by(Door.FORM)
    Taking(desk, home, InProcess(), Door.SHEET).data(filled("en", request=[LAPTOPS]), "needs.xlsx")
    came_by(Door.SHEET)

    program = program_of("open-desk", "officer", account_on(desk, officer, "officer@desk.example"))
    browser = signed_in(actor_named("open-desk", "deputy"), mechanism="open-desk")
    for door, key in came.items():
        [line] = [line for line in lines(desk) if line.id == key]
        found = likely_repeats(officer, [key])[key]
        assert first.id in {one.other.id for one in found}, door
        answer = program.ask("GET", f"/messages/{line.message_id}/repeats")
        assert answer.status_code == 200, answer.content
        [told] = answer.json()["items"]
        assert (told["line"], [one["other"]["id"] for one in told["repeats"]]) == (str(key), [str(one.other.id) for one in found])
        assert program.ask("GET", f"/lines/{key}/repeats").json()["items"][0]["other"]["id"] == str(found[0].other.id)
        page = browser.get(f"/inbox/{line.message_id}/").content.decode()
        assert f"/links/{key}/{found[0].other.id}/" in page, door
    followed = client.get(f"/ask/open-desk/{secret}/").content.decode()
    assert "repeat" not in followed
    assert str(first.id) not in followed

    [closed] = [line for line in lines(desk) if line.id == came[Door.MAILBOX]]
    room = open_compartment(officer, "the site", [], reason="the site is named")
    close_message_into(actor_named("open-desk", "officer"), closed.message_id, room, reason="it names the site")
    inside, outside = actor_named("open-desk", "officer"), actor_named("open-desk", "deputy")
    hidden = {line.id for line in lines(inside)} - {line.id for line in lines(outside)}
    assert len(hidden) == 1
    for actor in (inside, outside):
        seen = {one.other.id for repeats in likely_repeats(actor, sorted(known)).values() for one in repeats}
        assert not seen & hidden, "what lies in a compartment is held against nothing in the open"
    assert likely_repeats(inside, hidden) == {}
    assert len(messages(outside)) == len(messages(inside)) - 1
