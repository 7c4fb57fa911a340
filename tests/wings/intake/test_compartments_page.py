"""The pages of compartments: one's own are listed and opened, a change of members shows what it means and is done with a reason."""

from __future__ import annotations

from html import unescape

from django.test import Client

from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.kernel.moving import compartments_of
from tests.cast import Cast
from tests.web.signed import signed_in

LIST = "/access/compartments/"


def text(client: Client, path: str, **data: object) -> str:
    response = client.post(path, data, follow=True) if data else client.get(path)
    return unescape(response.content.decode())


def opened(cast: Cast, client: Client, *members: Actor) -> str:
    page = text(client, LIST, name="The site", seat=[member.person for member in members], reason="the site is named")
    assert "The compartment The site is open." in page
    [(key, _name)] = compartments_of(actor_named("drill", "officer"))
    return f"{LIST}{key}/"


def test_an_officer_opens_a_compartment_and_finds_it_from_people(cast: Cast) -> None:
    client = signed_in(cast.officer)
    assert LIST in text(client, "/people/")
    assert "You are in no compartment." in text(client, LIST)
    place = opened(cast, client)
    assert place in text(client, LIST)
    page = text(client, place)
    assert "Secretariat officer" in page
    assert "the site is named" in page
    assert "Nothing yet." in page


def test_a_change_of_members_shows_what_it_means_before_it_is_done(cast: Cast) -> None:
    client = signed_in(cast.officer)
    place = opened(cast, client)
    sure = text(client, place, seat=[cast.deputy.person])
    assert "Secretariat deputy comes in and sees 0 of the 0 records in it" in sure
    assert compartments_of(actor_named("drill", "deputy")) == []
    version = "1"
    asked = {"seats": str(cast.deputy.person), "sure": "yes", "version": version}
    assert "Say why" in text(client, place, **asked, reason="  ")
    assert "Who is in The site is changed." in text(client, place, **asked, reason="she knows the site")
    assert compartments_of(actor_named("drill", "deputy")) != []
    assert client.post(place, {**asked, "reason": "again, from an old page"}).status_code == 409
    assert "nothing would change" in text(client, place, seat=[cast.deputy.person])
    out = text(client, place, act="change")
    assert "Secretariat deputy goes out and sees nothing of it any more." in out
    assert "In it stay: Secretariat officer." in out


def test_a_compartment_is_not_there_for_those_outside_it(cast: Cast) -> None:
    place = opened(cast, signed_in(cast.officer))
    for outside in (cast.deputy, cast.technical, cast.donor):
        client = signed_in(outside)
        assert client.get(place).status_code == 404
        assert "The site" not in text(client, LIST)
        assert client.post(place, {"seat": [outside.person], "sure": "yes", "reason": "let me in"}).status_code == 404
    assert signed_in(cast.auditor).get(LIST).status_code == 403


def test_a_seat_of_another_organisation_is_let_in_by_nobody(cast: Cast) -> None:
    client = signed_in(cast.officer)
    place = opened(cast, client)
    asked = {"seats": str(cast.technical.person), "sure": "yes", "version": "1", "reason": "they asked"}
    assert client.post(place, asked).status_code == 404
    assert client.post(place, {"seat": "no identifier"}).status_code == 404
    assert compartments_of(actor_named("drill", "technical")) == []
