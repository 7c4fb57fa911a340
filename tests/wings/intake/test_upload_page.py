"""Uploading in the browser: the page waits with its person, a file that cannot be taken comes back with the form, a sealed one is found."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sild.kernel.home import Home
from sild.wings.intake.actions import arriving
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import Wanted, inbox, what_waits
from sild.wings.intake.rules import Door
from sild.wings.parties.public import import_parties
from tests.cast import Cast
from tests.readers import InProcess
from tests.web.signed import signed_in
from tests.wings.intake.test_run import COUNCIL

ASK = b"Lviv City Council asks for 40 laptops for its service centres by 1 April 2026."
MARKED = b"NATO RESTRICTED\n\nLviv City Council asks for 40 laptops by 1 April 2026.\n\nNATO RESTRICTED\n"


def test_the_page_loads_itself_until_it_is_read_and_a_sealed_message_is_led_to(cast: Cast, home: Home) -> None:
    browser = signed_in(cast.officer)
    sent = browser.post("/inbox/upload/", {"file": SimpleUploadedFile("ask.txt", MARKED)})
    page = sent["Location"]
    assert 'http-equiv="refresh" content="5;url=' in browser.get(page).content.decode()
    assert 'http-equiv="refresh"' not in browser.get(f"{page}?again=24").content.decode(), "not for ever"
    arriving.read_arrived(cast.run, home, InProcess())
    led = browser.get(page)
    assert (led.status_code, led["Location"]) == (302, "/sealed/")
    assert "sealed unread" in browser.get("/sealed/").content.decode()
    assert browser.get(f"/inbox/{uuid.uuid4()}/").status_code == 404


def test_what_cannot_be_taken_comes_back_with_the_form_and_the_reason(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "LARGEST", 20)
    refused = signed_in(cast.officer).post("/inbox/upload/", {"file": SimpleUploadedFile("ask.txt", ASK)})
    told = refused.content.decode()
    assert refused.status_code == 422
    assert "larger than" in told and 'type="file"' in told


def test_a_letter_without_a_sender_is_told_by_what_was_read_from_it(cast: Cast, home: Home) -> None:
    import_parties(cast.run, [COUNCIL])
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(ASK, "ask.txt")
    [row] = inbox(cast.officer, Wanted()).rows
    assert (row.sender, row.bodies) == ("", ("Lviv City Council",))
    [waiting] = [group for group in what_waits(cast.officer) if group.kind == "messages"]
    assert [item.detail for item in waiting.items] == ["Lviv City Council · 1 line"]
    assert "by its lines:" in signed_in(cast.officer).get("/inbox/").content.decode()
