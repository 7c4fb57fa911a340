"""Questions across walls in the browser and for programs: the answer in plain words, what waits for a coordinator, the consent."""

from __future__ import annotations

import html

from django.test import Client

from sild.kernel.identity import actor_named
from sild.kernel.moving import open_compartment
from sild.wings.register.public import offers
from tests.api.programs import Program, program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.linkage.test_overlap import OURS, THEIRS, let_ask, told
from tests.wings.readings import reading


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return html.unescape(answer.content.decode())


def program(cast: Cast, slug: str) -> Program:
    return program_of("drill", slug, account_on(actor_named("drill", slug)))


def test_a_donor_asks_is_answered_one_bit_in_plain_words_and_a_coordinator_says_what_they_may_know(cast: Cast) -> None:
    let_ask(cast.officer)
    told(cast.run, OURS, THEIRS)
    [ours] = offers(cast.donor)
    donor, officer = signed_in(cast.donor), signed_in(cast.officer)
    place = f"/offers/{ours.id}/overlap/"
    assert place in text(donor, f"/offers/{ours.id}/")
    assert 'href="/overlaps/"' in text(officer, place) and 'href="/overlaps/"' not in text(donor, place)
    before = text(donor, place)
    assert "Things that you do not see and that are offered: Backup and storage" in before
    assert "You may ask 5 more questions today." in before
    assert donor.post(place).headers["Location"] == place
    after = text(donor, place)
    assert "Possible overlap: ask the coordinator" in after
    assert "Latvia" not in after and "cloud storage" not in after
    assert "Secretariat deputy; Secretariat officer" in after
    assert (
        "You may ask 4 more questions today." in after
        and "The answer of today stands" in after
        and '<form method="post" action="/offers' not in after
    )
    assert "Можливий перетин: зверніться до координатора" in html.unescape(
        donor.get(place, headers={"accept-language": "uk"}).content.decode()
    )
    assert "Possible overlaps behind walls" in text(officer, "/")
    listed = text(officer, "/overlaps/?show=waiting")
    assert "Estonia's donor desk" in listed and "Tell them" in listed
    question = listed.partition("/overlaps/")[2].partition("/overlaps/")[2].partition("/word/")[0][-36:]
    assert officer.post(f"/overlaps/{question}/word/", {"text": " "}).status_code == 409
    assert officer.post(f"/overlaps/{question}/word/", {"text": "Go on, it is for another town."}).status_code == 302
    assert "Go on, it is for another town." in text(donor, place)
    assert "Possible overlaps behind walls" not in text(officer, "/")


def test_a_program_is_answered_the_same_bit_and_told_when_to_come_back(cast: Cast) -> None:
    let_ask(cast.officer, person_per_day=1)
    told(cast.run, OURS, THEIRS, reading(5, "offer", "training", "a course", 5, provider="Estonia"))
    storage, course = sorted(offers(cast.donor), key=lambda one: one.title != "storage")
    donor = program(cast, "donor")
    answer = donor.ask("POST", f"/offers/{storage.id}/overlap")
    assert answer.status_code == 200 and set(answer.json()) == {"id", "possible"} and answer.json()["possible"] is True
    late = donor.ask("POST", f"/offers/{course.id}/overlap")
    assert late.status_code == 429 and 0 < int(late.headers["Retry-After"]) <= 86_400
    assert "Ask again from" in late.json()["detail"]
    officer = program(cast, "officer")
    [waits] = officer.ask("GET", "/overlaps?waiting=true").json()["items"]
    assert (waits["title"], waits["possible"], waits["own"]) == ("storage", True, False)
    assert officer.ask("POST", f"/overlaps/{waits['id']}/word", {"text": "Go on."}).status_code == 200
    assert officer.ask("GET", "/overlaps?waiting=true").json()["items"] == []
    assert [one["possible"] for one in donor.ask("GET", "/overlaps").json()["items"]] == [True]


def test_where_nobody_may_ask_no_page_offers_it(cast: Cast) -> None:
    told(cast.run, OURS)
    [ours] = offers(cast.donor)
    donor = signed_in(cast.donor)
    assert "/overlap/" not in text(donor, f"/offers/{ours.id}/")
    assert "its file does not say" in text(donor, f"/offers/{ours.id}/overlap/", 409)
    assert "Nothing was asked." in text(signed_in(cast.officer), "/overlaps/")


def test_members_of_a_compartment_let_it_be_compared_and_end_that(cast: Cast) -> None:
    let_ask(cast.officer, compartments=True)
    room = open_compartment(cast.officer, "The site", [], reason="named")
    officer = signed_in(actor_named("drill", "officer"))
    place = f"/access/compartments/{room}/overlap/"
    assert place in text(officer, f"/access/compartments/{room}/")
    assert "It is not compared now." in text(officer, place)
    assert officer.post(place, {"given": "yes", "reason": ""}).status_code == 409
    for given, words in (("yes", "It is compared now."), ("no", "It is not compared now.")):
        assert officer.post(place, {"given": given, "reason": "the site asks twice"}).status_code == 302
        assert words in text(officer, place)
    text(signed_in(cast.deputy), place, 404)
