"""The page about who sees a record: it shows what a change would do before it is done, and does what the acts allow, no more."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.lowering import Lowering, propose_lowering
from sild.kernel.moving import open_compartment
from sild.values.marking import Marking
from sild.wings.intake.public import messages
from sild.wings.parties.public import organisation_ids
from sild.wings.register.models import Need
from sild.wings.register.public import Grouping, keep_lines, needs, place_lines
from tests.cast import Cast
from tests.keeping import once
from tests.web.signed import signed_in
from tests.wings.intake.test_run import inbox, run  # noqa: F401 - the fixture is used by its name
from tests.wings.readings import reading

ASKED = reading(1, "request", "endpoint-protection", "EDR licences", 1200, beneficiary="Ministry of Health of Ukraine")
NEED = uuid.UUID("7d1c3c0e-6f3e-4d3f-8f0e-0f6d7f5a9b55")
PAGE = f"/access/needs/{NEED}/"


@pytest.fixture
@once
def placed(cast: Cast) -> Cast:
    keep_lines(cast.run, [ASKED])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id,))])
    return cast


def text(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def ask(client: Client, path: str = PAGE, **fields: Any) -> str:
    """The second page: what a change would do."""
    answer = client.post(path, fields)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[-900:])
    return answer.content.decode()


def do(client: Client, path: str = PAGE, reason: str = "agreed", **fields: Any) -> str:
    """The change, with the version that the second page was made from; returns where it goes on."""
    version = ask(client, path, **fields).split('name="version" value="')[1].split('"')[0]
    answer = client.post(path, {**fields, "sure": "yes", "reason": reason, "version": version})
    assert answer.status_code == 302, answer.content.decode()[-900:]
    return str(answer.headers["Location"])


def released(cast: Cast) -> set[str]:
    names = {key: slug for slug, key in organisation_ids(cast.officer).items()}
    with acting(cast.officer):
        return {names[key] for key in Need.objects.get(id=NEED).releasable_to}


def test_the_owner_reads_who_sees_it_and_by_what_and_a_reader_reads_only_its_marking(placed: Cast) -> None:
    mine = text(signed_in(placed.officer))
    assert "the rule of the mechanism" in mine
    assert "The ministry of health" in mine
    assert "Latvia" in mine
    theirs = text(signed_in(placed.technical))
    assert "TLP:AMBER" in theirs
    assert "The ministry of health" not in theirs
    assert "belongs to The desk" in theirs


def test_not_yours_and_not_there_are_one_page(placed: Cast) -> None:
    donor = signed_in(placed.donor)
    absent = f"/access/needs/{uuid.uuid4()}/"
    for fields in ({}, {"act": "raise", "marking": "RED"}, {"act": "nonsense"}):
        answers = []
        for path in (PAGE, absent):
            answer = donor.post(path, fields) if fields else donor.get(path)
            answers.append((answer.status_code, answer.content.replace(path.encode(), b"")))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def test_a_release_shows_who_would_see_it_and_nothing_is_released_before_a_reason_is_given(placed: Cast) -> None:
    client, latvia = signed_in(placed.officer), organisation_ids(placed.officer)["latvia"]
    shown = ask(client, act="release", organisation=str(latvia))
    assert "Latvia&#x27;s donor desk" in shown
    assert released(placed) == {"front", "ministry"}
    without = client.post(PAGE, {"act": "release", "organisations": str(latvia), "sure": "yes", "reason": " "})
    assert without.status_code == 409
    do(client, act="release", organisation=str(latvia))
    assert released(placed) == {"front", "ministry", "latvia"}
    do(client, act="recall", organisation=str(latvia))
    assert released(placed) == {"front", "ministry"}
    assert "Withheld from" in text(client)


def test_an_organisation_of_another_mechanism_is_not_there(placed: Cast) -> None:
    client, stranger = signed_in(placed.officer), organisation_ids(placed.outsider)["latvia"]
    for key in (str(stranger), str(uuid.uuid4()), "latvia"):
        assert client.post(PAGE, {"act": "release", "organisation": key}).status_code == 404
    assert released(placed) == {"front", "ministry"}


def test_a_marking_is_raised_by_one_and_lowered_by_two(placed: Cast) -> None:
    officer, deputy = signed_in(placed.officer), signed_in(placed.deputy)
    assert "no longer see it" in ask(officer, act="raise", marking="RED")
    do(officer, act="raise", marking="RED")
    assert released(placed) == set()
    do(officer, act="propose", marking="AMBER")
    with acting(placed.officer):
        waiting = Lowering.objects.get().id
    assert "a colleague has to confirm" in text(officer)
    alone = officer.post(PAGE, {"act": "confirm", "lowering": str(waiting), "sure": "yes", "reason": "me"})
    assert alone.status_code == 409
    do(deputy, act="confirm", lowering=str(waiting))
    assert released(placed) == {"front", "ministry"}


def test_a_proposal_about_another_record_is_not_confirmed_on_this_page(placed: Cast) -> None:
    raise_marking(placed.officer, "register.Line", ASKED.id, Marking.RED, reason="names a site")
    waiting = propose_lowering(placed.officer, "register.Line", ASKED.id, Marking.AMBER, reason="old")
    answer = signed_in(placed.deputy).post(PAGE, {"act": "confirm", "lowering": str(waiting), "sure": "yes", "reason": "mixed"})
    assert answer.status_code == 404
    assert needs(placed.technical) == []


def test_a_stale_form_raises_nothing(placed: Cast) -> None:
    answer = signed_in(placed.officer).post(PAGE, {"act": "raise", "marking": "RED", "sure": "yes", "reason": "now", "version": "999"})
    assert answer.status_code == 409
    assert released(placed) == {"front", "ministry"}


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "raise", "marking": "PURPLE"},
        {"act": "raise"},
        {"act": "embargo", "until": "tomorrow"},
        {"act": "embargo", "until": "0001-01-01", "sure": "yes", "reason": "late", "version": "1"},
        {"act": "release"},
        {"act": ""},
        {"act": "propose", "marking": "RED", "sure": "yes", "reason": "higher"},
        {"act": "propose", "marking": "CLEAR", "sure": "yes", "reason": "below its line"},
    ],
    ids=str,
)
def test_what_cannot_be_done_is_refused_in_words(placed: Cast, fields: Mapping[str, str]) -> None:
    answer = signed_in(placed.officer).post(PAGE, fields)
    assert answer.status_code == 409, answer.content.decode()[-600:]
    assert released(placed) == {"front", "ministry"}


def test_an_auditor_reads_and_changes_nothing(placed: Cast) -> None:
    client = signed_in(placed.auditor)
    assert 'name="act"' not in text(client)
    answer = client.post(PAGE, {"act": "raise", "marking": "RED", "sure": "yes", "reason": "seen", "version": "1"})
    assert answer.status_code == 403


def test_a_message_is_moved_into_a_compartment_and_its_old_address_leads_nowhere(
    cast: Cast,
    home: Home,
    inbox: Any,  # noqa: F811
) -> None:
    run(cast, home, inbox)
    room = open_compartment(cast.officer, "the site", [], reason="named")
    message = messages(cast.officer)[0].id
    path = f"/access/messages/{message}/"
    officer = signed_in(actor_named("drill", "officer"))
    assert "the site" in text(officer, path)
    assert "the site" not in text(signed_in(cast.deputy), path)
    onward = do(officer, path, act="close", compartment=str(room))
    assert "the site" in text(officer, onward)
    assert officer.get(path).status_code == 404
    assert signed_in(cast.deputy).get(onward).status_code == 404
